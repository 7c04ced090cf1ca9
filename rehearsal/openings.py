"""How a caller brings up what he came for."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from rehearsal.filling import Content, wish_words
from rehearsal.goals import Matter, Times, Visit
from rehearsal.voicing import GREETING, Voice

NO_TIMES = Times(())
_FIRST = ("open", "service")
_LATER = ("open", "anything_else", "confirm", "confirm_move", "confirm_cancel", "reference")
_WHENS = ("date", "time", "choose", "confirm", "open", "service", "anything_else", "confirm_move")
_BARE = (("want:book",),)
_SERVICE = (("want:book", "give:service"), ("give:service",))
_ALL = (
    ("want:book", "give:service", "give:when"), ("give:service", "give:when"),
    ("want:book", "give:service", "give:when", "give:when"),
)  # fmt: skip
_WITH_PERSON = (
    ("want:book", "give:service", "give:provider"), ("give:service", "give:provider"),
    ("want:book", "give:provider", "give:service"),
    ("want:book", "give:service", "give:provider", "give:when"),
)  # fmt: skip
_MEANS_A_VISIT = re.compile(r"appointment|\bbook\b|see some|(?:come|get) in\b|schedule|slot|visit")
MOST_TRIED = 8
_WANTS = {
    "move": r"resched|change my|push (?:back|my)|move my|need to move",
    "cancel": r"cancel|scrap|won't (?:be able to )?make|won't be needing|take me off",
    "lookup": r"what time|what day|when",
}
"""Which wishes say all by themselves what is wanted."""
_PLAIN = {
    "move": (
        "i need to move my {}",
        "can i change the time of my {}",
        "i'd like to reschedule my {}",
    ),
    "cancel": ("i need to cancel my {}", "can you cancel my {}"),
    "lookup": ("when is my {}", "what time is my {}"),
}


@dataclass(frozen=True, slots=True)
class Opened:
    """The words, and what they told beside the matter itself."""

    words: str
    told: tuple[str, ...] = ()


def open_matter(voice: Voice, matter: Matter, visit: Visit | None, about: Content) -> Opened:
    """One matter, in words that fit how much this caller tells at once."""
    tells_all = voice.random.random() < voice.manner.tells_all
    if matter.kind == "book":
        assert visit is not None
        return _booking(voice, visit, tells_all=tells_all)
    return _earlier(voice, matter, about, tells_all=tells_all)


def _booking(voice: Voice, visit: Visit, *, tells_all: bool) -> Opened:
    content = voice.content(visit)
    if voice.random.random() < voice.manner.corrects:
        content.wrong = voice.slip(visit)
    if not tells_all:
        ways: Sequence[Sequence[str]] = _BARE if voice.random.random() < 0.25 else _SERVICE
        words = _bare(voice, content) if ways is _BARE else _in_words(voice, ways, content)
        told = ("service",) if ways is _SERVICE else ()
        return Opened(words, told) if words else Opened(_plain(voice, visit), ("service",))
    ways = _WITH_PERSON if visit.provider_id else _ALL
    words = _in_words(voice, ways, content)
    if words is not None and (visit.provider_id is None or _names(words, content)):
        said = _says_when(words, voice, content)
        return Opened(said, ("service", "when"))
    words = _in_words(voice, _SERVICE, content) or _plain(voice, visit)
    return Opened(f"{words} {when_piece(voice, content)}", ("service", "when"))


def _in_words(voice: Voice, ways: Sequence[Sequence[str]], content: Content) -> str | None:
    """Who rings up greets, and may tell a story; later in the call nobody greets."""
    if voice.used:
        return voice.one_of(_FIRST, ways, content)
    greets = voice.random.random() < 0.6 and not voice.manner.terse
    return voice.one_of(_FIRST[:1], ways, content, may=GREETING if greets else None)


def _bare(voice: Voice, content: Content) -> str | None:
    """Only that there is to be an appointment."""
    for _ in range(MOST_TRIED):
        words = voice.say(_FIRST if not voice.used else _LATER, *_BARE, content)
        if words is not None and _MEANS_A_VISIT.search(words):
            return words
    return None


def _says_when(words: str, voice: Voice, content: Content) -> str:
    """The time with it, where the human turn had none."""
    assert content.visit is not None
    if content.visit.provider_id is None:
        return words
    return f"{words} {when_piece(voice, content)}"


def when_piece(voice: Voice, content: Content) -> str:
    """When, as somebody said it who was asked: in one piece, or the day and then the time."""
    assert content.visit is not None
    ways, quiet = (("give:when",), ("give:when", "give:when")), replace(content, wrong=None)
    if words := voice.one_of(_WHENS, ways, quiet, may=()):
        return words
    times = content.visit.times
    day = _part_of_when(voice, quiet, Times(times.days))
    part = _part_of_when(voice, quiet, replace(times, days=()))
    return f"{day} {part}" if day and part else voice.bare(wish_words(times, content))


def _part_of_when(voice: Voice, content: Content, times: Times) -> str | None:
    assert content.visit is not None
    visit = replace(content.visit, times=times)
    return voice.piece("give:when", replace(content, visit=visit))


def provider_piece(voice: Voice, content: Content) -> str:
    """With whom, as somebody said it."""
    assert content.visit is not None
    assert content.visit.provider_id is not None
    words = voice.piece("give:provider", content, only="^with|only$|^dr|again")
    return words or f"with {content.business.provider(content.visit.provider_id).name}"


def _names(words: str, content: Content) -> bool:
    assert content.visit is not None
    assert content.visit.provider_id is not None
    who = content.business.provider(content.visit.provider_id).name
    return who.split()[0].lower() in words.lower()


def _plain(voice: Voice, visit: Visit) -> str:
    return voice.bare(voice.a_thing(visit.service_id))


def _earlier(voice: Voice, matter: Matter, about: Content, *, tells_all: bool) -> Opened:
    words = _of_a_booking(voice, matter, about)
    if words is None:
        assert about.booking is not None
        plain = voice.random.choice(_PLAIN[matter.kind])
        words = voice.bare(plain.format(voice.thing(about.booking.service_id)))
    if matter.kind == "move" and tells_all:
        when = re.sub(r"^(?:on|at|for|to) ", "", when_piece(voice, about))
        return Opened(f"{words} to {when}", ("when",))
    return Opened(words)


def _of_a_booking(voice: Voice, matter: Matter, about: Content) -> str | None:
    """In one turn of somebody's, or what one wanted with what another called the booking."""
    want = f"want:{matter.kind}"
    ways: Sequence[tuple[str, ...]] = ((want,), (want, "give:booking"))
    if voice.random.random() < 0.5:
        words = voice.one_of(_LATER, ways, about, may=None if voice.used else GREETING)
        if words is not None:
            return words
    wanted = voice.piece(want, about, only=_WANTS[matter.kind])
    if wanted is None or re.search(r"\b(?:my|it|me|the)\b", wanted):
        return wanted
    booking = voice.piece("give:booking", about)
    return f"{wanted} {booking}" if booking else None
