"""What a story tells that somebody at the desk would not pass over: sad news, a visit there is."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date, timedelta
from typing import Literal

from voice.understanding.acts import Act
from voice.understanding.phrasebook import says


def sad_news(words: str) -> Literal["death", "mourning", "hurt"] | None:
    """Its kind; a battery that died is none."""
    kinds: tuple[Literal["death", "mourning", "hurt"], ...] = ("death", "mourning", "hurt")
    return next((kind for kind in kinds if says("sad_news", kind, words)), None)


def tells_of_a_visit(words: str) -> bool:
    """Whether it speaks of a visit that there is already: "she's on the books for Sunday". One of
    the past is none, nor one that is wished for."""
    if says("own_visits", "past", words) or says("own_visits", "wished", words):
        return False
    return any(says("own_visits", "had", each) for each in _SENTENCE_END.split(words))


_CLAUSE_END = re.compile(r"[.?!,;:–—]\s+|\s-\s| but | so (?=i)")
_SENTENCE_END = re.compile(r"[.?!]\s")
_DAY = re.compile(
    r"\b(yesterday|tomorrow|last (?:mon|tues|wednes|thurs|fri|satur|sun)day)\b", re.IGNORECASE
)


def with_dates(words: str, today: date) -> str:
    """With the date behind a day told from today: whoever reads it does so on another one."""

    def dated(found: re.Match[str]) -> str:
        said = found[1].lower()
        day = today + timedelta(days=1 if said == "tomorrow" else -1)
        while said.startswith("last") and f"{day:%A}".lower() not in said:
            day -= timedelta(days=1)
        return f"{found[1]} ({day:%a} {day.day} {day:%b})"

    return _DAY.sub(dated, words)


def is_past(words: str) -> bool:
    """Whether it tells of what was had before: "a while back", "last year"."""
    return says("own_visits", "past", words)


def is_over(words: str) -> bool:
    """Whether it tells of a day that is over: "yesterday", "last Thursday"."""
    return says("own_visits", "over", words)


def wants_no_visit(text: str) -> bool:
    """Whether it says that none is to be booked: "I'm not booking anything"."""
    return says("denials", "no visit", text)


def only_asks(text: str, acts: Sequence[Act]) -> bool:
    """Whether it says that for now only answers are wanted: "I'm only asking", "I must first speak
    with my wife"; "not yet" only beside no other time, and where we are not to wait."""
    waits = any(act.name == "hold" or act.kind == "when" and act.times for act in acts)
    if wants_no_visit(text):
        return True
    kinds = ("only asks",) if waits else ("only asks", "not now")
    clauses = _CLAUSE_END.split(text)
    return any(says("denials", kind, each) for kind in kinds for each in clauses)


def wants_nothing_sold(text: str) -> bool:
    """Whether it says that it is about nothing sold or ordered: "I never bought anything"."""
    return says("denials", "no order", text)


def has_no_visit(words: str) -> bool:
    """Whether the caller says that nothing is booked yet: "I haven't one, I'm ringing to make
    one"."""
    return says("own_visits", "none", words) and not says("own_visits", "negated new", words)


def has_none_at_hand(text: str) -> bool:
    """Whether what was asked for is not there to be told: "I didn't write it down"."""
    return says("denials", "none at hand", text)


def no_told(words: str) -> str | None:
    """`kept` for a no that leaves a visit as it is: "don't cancel it"; `unsure` for one that is
    none: "I don't know, to be honest"."""
    kinds = ("kept", "unsure")
    return next((kind for kind in kinds if says("own_visits", kind, words)), None)


def becoming(words: str) -> Literal["cancel", "move"] | None:
    """None: they say neither, as "I can't make it" does, or both."""
    cancels = says("own_visits", "cancel", words) and not says("own_visits", "negated", words)
    if cancels == says("own_visits", "move", words):
        return None
    return "cancel" if cancels else "move"


def protests(text: str) -> bool:
    """Whether who says no means that we got it wrong, or is about to say more."""
    return says("own_visits", "protests", text)


def told_in(acts: Sequence[Act], labels: Sequence[str]) -> str:
    """The words of these acts, one behind the other."""
    return " . ".join(each.text for each in acts if each.label in labels)
