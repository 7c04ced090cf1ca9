"""What a label alone gets wrong, put right by what the words are known to say.

The tagger may cut one number in two, or take a new visit's details for a booking that the caller
has; the business's own names, its bookings and the grammars know better.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace

from voice.understanding.acts import Tagged
from voice.understanding.dates.reading import read_times
from voice.understanding.hearing import Hearing
from voice.understanding.limits import (
    bounds,
    busy_until,
    calls_it_wrong,
    denies_a_side,
    keeps_somebody,
    only_from_then,
)
from voice.understanding.loose_phrases import attempt_in
from voice.understanding.messages_said import when_to_ring
from voice.understanding.numbers.said_numbers import said_phones
from voice.understanding.phrasebook import says
from voice.understanding.reading import Named
from voice.understanding.relabelling.beginnings import (
    LEADING,
    OWN,
    spares_somebody,
    with_beginnings,
)
from voice.understanding.relabelling.changed_visits import of_a_change
from voice.understanding.relabelling.hours_asked import hour_asked
from voice.understanding.relabelling.new_or_past import new_or_past
from voice.understanding.relabelling.no_names import (
    BOOKINGS,
    behind_staff,
    instead_of_a_name,
)
from voice.understanding.relabelling.reference_signs import (
    is_a_reference,
    with_its_signs,
    with_signs_beside,
)
from voice.understanding.relabelling.ruled_out import (
    ruled_out_and_wished,
    with_denied_sides,
    with_listed_noes,
    with_mended_times,
)
from voice.understanding.relabelling.run_together import BETWEEN, run_together
from voice.understanding.relabelling.told import has_no_visit
from voice.understanding.services.matching import where_named
from voice.understanding.services.services_said import only_a_look, said_person, said_service
from voice.understanding.services.whom import age_told
from voice.understanding.words import plain, words_of

LEADING_TO_ONE = (LEADING | frozenset("same time hour please maybe".split())) - {"my"}
MAY_TELL_AN_AGE = frozenset({"give:when", "give:other", "story"})
POINTING_AT_ONE = frozenset("this the on at in tomorrow today".split())
SUITING = frozenset("suits suit works work good fine grand best would do is for me us".split())
"""Words beside a time that call it good."""
REFUSING = frozenset("no nah nope".split())
BY_THE_CLOCK = frozenset(("oclock", "am", "pm"))
TOWARDS = ("to ", "until ", "till ")
TOLD_BESIDE = frozenset({"story", "give:other", "give:service", "deny", "rule_out:when"})
HALF = 0.5
LEAST_OF_A_TIME = 2
"""Words that tell a time and no name, in the stretch of one."""
NEARLY_ALL = 0.75
"""Of a stretch."""
HARDLY_WORDS = frozenset({"social:chat", "social:greet"})
"""What the tagger takes a mumble for."""
SAYING_NOTHING = ("noise", "social:chat", "story", "outside", "give:other", "give:party")
BEFORE_A_SERVICE = frozenset("a an the for his her my our their own".split())
OF_A_BOOKING = frozenset({"want:move", "want:cancel", "want:lookup", "ask:booking"})


def relabelled(text: str, tags: Sequence[Tagged], hearing: Hearing) -> list[Tagged]:
    """The tags with labels that fit their words; none overlaps another that did not before."""
    moves = any(tag.label == "want:move" for tag in tags)
    tags = list(of_a_change(text, tags, hearing))
    tags = list(_with_their_no(text, with_listed_noes(text, with_beginnings(text, tags))))
    tags = list(with_denied_sides(text, list(with_mended_times(text, tags, hearing)), hearing))
    tags = [each for tag in tags for each in _age_and_rest(text, tag, hearing, moves=moves)]
    tags = [new_or_past(text, tag, tags, hearing) for tag in tags]
    tags = with_its_signs(text, tags, asked=hearing.asked == "reference")
    known = _has_one(text, tags, hearing)
    made: list[Tagged] = []
    for each in run_together(text, tags, hearing):
        tag, words = _as_it_says(text, each, hearing), text[each.start : each.end]
        if tag.label in ("ask:service", "ask:other", "ask:times") and _of_own_bookings(words):
            tag = replace(tag, label="ask:booking")
        if tag.confidence < HALF and tag.label == "want:cancel" and not known:
            made.append(replace(tag, label="deny"))
        elif tag.label.startswith(SAYING_NOTHING) and _names_a_service(words, hearing):
            made.append(replace(tag, label="give:service", confidence=1.0))
        elif tag.confidence < HALF and tag.label in HARDLY_WORDS and len(tags) == 1:
            made.append(replace(tag, label="noise:unclear"))
        elif tag.label == "give:when" and _is_within_a_name(words, hearing):
            made.append(replace(tag, label="give:service"))
        elif tag.label == "give:name" and (label := instead_of_a_name(text, tag, tags, hearing)):
            made.append(replace(tag, label=label))
        elif tag.label == "give:service" and _wants_any(words, hearing):
            made.append(replace(tag, label="want:book"))
        elif tag.label == "give:booking" and (
            not known or moves and _is_another(words, made, hearing)
        ):
            made += _details(text, tag, hearing)
        elif tag.label in ("give:reference", "give:name") and is_a_reference(text, tag):
            made.append(with_signs_beside(text, replace(tag, label="give:reference"), tags))
        elif tag.label == "give:provider" and said_person(words, hearing.providers) is None:
            named, likely = said_service(words, hearing.services)
            made.append(replace(tag, label="give:service") if named or likely else tag)
        else:
            made.append(tag)
    return made


def _wants_any(words: str, hearing: Hearing) -> bool:
    """Whether it names no service, but wishes for a visit: "something new", "just a look"."""
    return _only_new(words) or only_a_look(words, hearing.services)


def _is_another(words: str, before: Sequence[Tagged], hearing: Hearing) -> bool:
    """Whether a service that none of the caller's bookings is for is named behind one of them."""
    if not hearing.bookings or not any(tag.label == "give:booking" for tag in before):
        return False
    booked = [Named("", each.names) for each in hearing.bookings]
    return bool(where_named(words, hearing.services)) and not where_named(words, booked)


def _as_it_says(text: str, tag: Tagged, hearing: Hearing) -> Tagged:
    """Under the label that the words themselves tell, whatever stands beside them."""
    words = text[tag.start : tag.end]
    if tag.label == "give:phone" and hearing.asked != "phone" and _is_one_hour(words):
        return replace(tag, label="give:when")
    if tag.label == "give:reference" and said_phones([words], hearing.country)[0].value:
        return replace(tag, label="give:phone")  # more digits than any reference has
    if tag.label == "give:provider" and spares_somebody(words):
        return replace(tag, label="rule_out:provider")
    if tag.label == "give:when" and attempt_in(words) == "price":
        return replace(tag, label="ask:price")  # "make it free"
    return hour_asked(text, tag, hearing)


def _is_within_a_name(words: str, hearing: Hearing) -> bool:
    """Whether all that tells a time is the name of a service: an OCT scan is in no month."""
    place = where_named(words, hearing.services)
    span = _time_in(words, hearing)
    return place is not None and span is not None and place[0] <= span[0] and span[1] <= place[1]


def _names_a_service(words: str, hearing: Hearing) -> bool:
    """Whether they are the name of a service and nothing else: no word of ours is a mumble."""
    place = where_named(words, hearing.services)
    if place is None or words[place[1] :].strip():
        return False
    return BEFORE_A_SERVICE.issuperset(plain(words[: place[0]]).split())


def _has_one(text: str, tags: Sequence[Tagged], hearing: Hearing) -> bool:
    """Whether the caller has a booking: one is known, or the words are of one."""
    own = hearing.has_bookings or any(
        tag.label in OF_A_BOOKING and tag.confidence >= HALF or tag.label == "give:reference"
        for tag in tags
    )
    return own and not has_no_visit(text)


def _with_their_no(text: str, tags: Iterable[Tagged]) -> Iterator[Tagged]:
    """The "no" of "no earlier than nine" is none of its own, nor does "I can't get away till two"
    take back a visit."""
    held: Tagged | None = None
    for tag in tags:
        beside = (
            held is not None
            and tag.label in ("give:when", "rule_out:when")
            and not text[held.end : tag.start].strip()
        )
        if held is not None and beside and denies_a_side(text[held.start : tag.end]):
            tag = replace(tag, label="give:when", start=held.start)
        elif held is not None and beside and only_from_then(text[held.start : tag.end]):
            tag = replace(tag, label="rule_out:when", start=held.start)
        elif held is not None:
            yield held
        held = tag if tag.label in ("deny", "want:cancel") else None
        if held is None:
            yield tag
    if held is not None:
        yield held


def _only_new(words: str) -> bool:
    """ "A new one" names no service."""
    said = {word.folded for word in words_of(words)}
    return "new" in said and said <= BOOKINGS | set("a the new one brand then so please".split())


def _of_own_bookings(words: str) -> bool:
    """ "What appointments do I have?"."""
    said = {word.folded for word in words_of(words)}
    return not said.isdisjoint(BOOKINGS) and not said.isdisjoint(OWN) and "can" not in said


def _age_and_rest(text: str, tag: Tagged, hearing: Hearing, *, moves: bool) -> Iterator[Tagged]:
    """ "She's nine, on Friday at ten": an age is no hour, and what is behind it may be one."""
    at = age_told(text[tag.start : tag.end]) if tag.label in MAY_TELL_AN_AGE else 0
    if at:
        yield replace(tag, label="give:other", end=tag.start + at)
    behind = [word for word in words_of(text) if tag.start + at <= word.start < tag.end]
    if behind:
        rest = replace(tag, start=behind[0].start) if at else tag
        yield from _of_time(text, rest, hearing, moves=moves)


def _of_time(text: str, tag: Tagged, hearing: Hearing, *, moves: bool) -> Iterator[Tagged]:
    """A time is a wish wherever it is said: after the "to" of a move, beside a booking that is not
    named, or where the tagger saw no slot for it. Words that only lead to one are none."""
    words = text[tag.start : tag.end]
    said = [word.folded for word in words_of(words)]
    if tag.label == "give:when" and LEADING.issuperset(said):
        return
    if tag.label == "rule_out:when" and said == ["now"]:
        return  # "not before ten now": it only moves the talk along
    if tag.label == "choose" and (at := _with_another(words, hearing)):
        yield replace(tag, end=tag.start + len(words[:at].rstrip()))
        yield replace(tag, label="give:provider", start=tag.start + at)
        return
    if tag.label == "deny" and (at := _instead_of_it(words, hearing)):
        yield replace(tag, end=tag.start + len(words[:at].rstrip()))
        yield replace(tag, label="give:when", start=tag.start + at, corrects=True)
        return
    if tag.label == "give:name" and _is_an_hour(words, hearing):
        yield replace(tag, label="give:when")
        return
    if tag.label in TOLD_BESIDE and (label := _bound_in(words, tag.label, hearing)) is not None:
        yield replace(tag, label=label)
        return
    if (parted := _PARTED.get(tag.label)) is not None:
        yield from parted(text, tag, hearing)
        return
    if parts := when_to_ring(words, tag, hearing):
        yield from parts
        return
    if tag.label in ("want:move", "want:book"):
        yield from _wish_with_its_time(text, tag, hearing)
        return
    if tag.label == "give:booking" and moves:
        yield from _booking_or_time(text, tag, hearing)
    elif tag.label == "give:when" and moves and (at := _from_day_to_day(words, hearing)):
        yield from _parted(text, replace(tag, label="give:booking"), tag.start + at)
    elif tag.label == "give:when":
        yield from _wish_and_busy(text, tag, hearing)
    else:
        yield tag


def _from_day_to_day(words: str, hearing: Hearing) -> int:
    """Where "to Friday at two" begins behind another day: of a move, that is no span; else 0."""
    for word in words_of(words)[1:]:
        towards = f"{word.folded} " in TOWARDS and _tells_day(words[word.end :], hearing)
        if towards and _tells_day(words[: word.start].removeprefix("from "), hearing):
            return word.start
    return 0


def _tells_day(words: str, hearing: Hearing) -> bool:
    """Whether a day is told in the words, with its hour or without."""
    times = read_times(words, hearing.asking("date")).found
    return any(when.kind in ("date", "datetime") for when in times)


def _booking_or_time(text: str, tag: Tagged, hearing: Hearing) -> Iterator[Tagged]:
    """Beside a wish to move: the booking that is moved, the time that it is moved to, or both."""
    words = text[tag.start : tag.end]
    span, behind = _time_in(words, hearing), text[tag.end :].lstrip()
    onward = behind.startswith(TOWARDS) and _tells_day(behind, hearing)
    if span is None or onward or says("own_visits", "the one", words):
        yield tag
        return
    leads = [word.folded for word in words_of(words[: span[0]])]
    towards = [
        word.start
        for word in words_of(words)
        if f"{word.folded} " in TOWARDS and _time_in(words[word.end :], hearing)
    ]
    if LEADING_TO_ONE.issuperset(leads):
        yield replace(tag, label="give:when")
    elif towards:
        yield from _parted(text, tag, tag.start + towards[0])
    else:
        yield tag


def _whom_and_when(text: str, tag: Tagged, hearing: Hearing) -> Iterator[Tagged]:
    """ "With Conor on Friday": a person, and a time."""
    words = text[tag.start : tag.end]
    leads = [word for word in words_of(words) if word.folded in ("on", "at", "this", "next")]
    at = next((word.start for word in leads if word.start), 0)
    if not at or _time_in(words[at:], hearing) is None:
        yield tag
        return
    yield replace(tag, end=tag.start + len(words[:at].rstrip()))
    yield replace(tag, label="give:when", start=tag.start + at)


def _name_and_when(text: str, tag: Tagged, hearing: Hearing) -> Iterator[Tagged]:
    """ "November nineteenth. Victor Hale": a time in so many words, before or behind a name, is no
    part of it. A single word may be one: "June", "the third"."""
    if at := behind_staff(text, tag, hearing):
        yield replace(tag, label="story", end=tag.start + text[tag.start : at].rfind(","))
        tag = replace(tag, start=at)
    words = text[tag.start : tag.end]
    for when in read_times(words, hearing.asking("date")).found:
        said = words_of(words[slice(*when.span)])
        told = [word for word in said if word.folded not in LEADING | {"the"}]
        if when.kind not in ("date", "time", "datetime") or len(told) < LEAST_OF_A_TIME:
            continue
        first, last = (tag.start + at for at in when.span)
        time = Tagged("give:when", first, last, tag.confidence)
        start, end = words_of(text[last : tag.end]), len(text[:first].rstrip(BETWEEN))
        if first == tag.start and start:
            yield from (time, replace(tag, start=last + start[0].start))
            return
        if not start:
            yield from (replace(tag, end=end), time) if end > tag.start else (time,)
            return
    yield tag


def _with_another(words: str, hearing: Hearing) -> int:
    """Where "with Tomasz" begins behind a choice of which no offer is with him; else 0."""
    there = {offer.provider for offer in hearing.table}
    for word in words_of(words)[1:]:
        if word.folded != "with":
            continue
        who = said_person(words[word.end :], hearing.providers, loosely=False)
        named = {name for each in hearing.providers if each.id == who for name in each.names}
        return word.start if named and named.isdisjoint(there) else 0
    return 0


def _instead_of_it(words: str, hearing: Hearing) -> int:
    """Where the time begins that is told behind a bare no: "no, this Thursday"; else 0. A time
    right behind it is what is turned down: "no Thursdays"."""
    heard = words_of(words)
    behind = next((word for word in heard if word.folded not in REFUSING), None)
    if behind is None or behind is heard[0] or behind.folded not in POINTING_AT_ONE:
        return 0
    span = _time_in(words[behind.start :], hearing)
    return behind.start if span and _is_nearly_all(span, words[behind.start :]) else 0


def _is_an_hour(words: str, hearing: Hearing) -> bool:
    """ "Nine o'clock", after a name was asked for or given, is nobody's."""
    times = read_times(words, hearing.asking("time")).found
    heard = {word.folded for word in words_of(words)}
    return bool(times) and not heard.isdisjoint(BY_THE_CLOCK)


def _is_one_hour(words: str) -> bool:
    """Whether it is a number of the clock, and far too short for a telephone's: "no wait, 11"."""
    return words.isdecimal() and 0 < int(words) <= 24


def _bound_in(words: str, label: str, hearing: Hearing) -> str | None:
    """What a story or a refusal says of the visit's time: "my last bus goes at noon" when it has
    to be over, "nine's too early" what it must not be."""
    times = read_times(words, hearing.asking("time"))
    if label == "give:service" and any(said_service(words, hearing.services)):
        return None
    if calls_it_wrong(words) and (times.exclude or hearing.table):
        return "rule_out:when" if times.exclude else "more"
    if busy_until(words, times) == words_of(words)[0].start:
        return "rule_out:when"
    if label == "story" and keeps_somebody(words, times):
        return "rule_out:when"
    told = label in ("give:other", "story", "give:service")
    told = told and _is_only_a_time(words, label, hearing)
    return "give:when" if told or bounds(words, times) else None


def _is_only_a_time(words: str, label: str, hearing: Hearing) -> bool:
    """Whether nothing else is told but that it suits."""
    span = _time_in(words, hearing)
    if span is None:
        return False
    rest = words_of(words[: span[0]] + words[span[1] :])
    nearly = label == "give:other" and _is_nearly_all(span, words)
    return nearly or SUITING.issuperset(word.folded for word in rest)


def _wish_with_its_time(text: str, tag: Tagged, hearing: Hearing) -> Iterator[Tagged]:
    """ "Can you move that to eleven", where the tagger saw one stretch."""
    words = text[tag.start : tag.end]
    times = read_times(words, hearing.asking("time")).found
    if not times or not words[: times[0].span[0]].strip():
        yield tag
        return
    at = min(when.span[0] for when in times)
    before = words_of(words[:at])
    if before and f"{before[-1].folded} " in TOWARDS:
        at = before[-1].start
    yield from _parted(text, tag, tag.start + at)


def _wish_and_busy(text: str, tag: Tagged, hearing: Hearing) -> Iterator[Tagged]:
    """ "Friday, I'm in class until noon": a day that is wished for, and hours that will not do."""
    words = text[tag.start : tag.end]
    at = busy_until(words, read_times(words, hearing.asking("time")))
    if at is None:
        yield tag
        return
    end = len(text[: tag.start + at].rstrip(BETWEEN))
    if end > tag.start:
        yield replace(tag, end=end)
    yield replace(tag, label="rule_out:when", start=tag.start + at, corrects=False)


def _parted(text: str, tag: Tagged, at: int) -> Iterator[Tagged]:
    """The stretch before that place as it is, and a time from there on."""
    end = len(text[:at].rstrip())
    if end > tag.start:
        yield replace(tag, end=end)
    yield replace(tag, label="give:when", start=at)


def _time_in(words: str, hearing: Hearing) -> tuple[int, int] | None:
    """From the first to the last place of its times, where it tells a day or an hour for sure."""
    times = read_times(words, hearing.asking("date")).found
    if not times:
        return None
    return min(when.span[0] for when in times), max(when.span[1] for when in times)


def _is_nearly_all(span: tuple[int, int], words: str) -> bool:
    return span[1] - span[0] >= NEARLY_ALL * len(words)


def _details(text: str, tag: Tagged, hearing: Hearing) -> Iterator[Tagged]:
    """Of "physio with Ben on Wednesday at ten", where nothing is booked yet: what, with whom and
    when."""
    words = text[tag.start : tag.end]
    times = read_times(words, hearing.asking("date")).found
    at = min((when.span[0] for when in times), default=len(words))
    before = words[:at]
    place = where_named(before, hearing.services)
    if place is not None:
        start, end = place
        yield replace(tag, label="give:service", start=tag.start + start, end=tag.start + end)
        before = " " * end + before[end:]
    elif any(said_service(before, hearing.services)):
        yield replace(tag, label="give:service", end=tag.start + len(before.rstrip()))
        before = ""
    if before.strip() and said_person(before, hearing.providers):
        start = words_of(before)[0].start
        end = tag.start + len(before.rstrip())
        yield replace(tag, label="give:provider", start=tag.start + start, end=end)
    if times:
        yield replace(tag, label="give:when", start=tag.start + at)


_PARTED: dict[str, Callable[[str, Tagged, Hearing], Iterator[Tagged]]] = {
    "rule_out:when": ruled_out_and_wished,
    "give:name": _name_and_when,
    "give:provider": _whom_and_when,
}
"""What parts a stretch that tells a time with something else."""
