"""Callers' words with their labels written into them: "no {rule_out:when not tuesday}"."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date, datetime
from typing import Any

from voice.understanding.acts import Act, Reading, Tagged
from voice.understanding.hearing import Hearing
from voice.understanding.reading import Named, OfferedTime
from voice.understanding.valuing import reading_of

NOW = datetime.fromisoformat("2026-11-25T09:00")
"""A Wednesday."""
SERVICES = (
    Named("cut", ("Haircut", "cut", "trim")),
    Named("colour", ("Hair colour", "highlights")),
    Named("beard", ("Beard trim",)),
)
PEOPLE = (
    Named("ana", ("Ana Ruiz",)),
    Named("joe", ("Joe Field",)),
    Named("kate", ("Kathryn Bell",)),
)
_MARK = re.compile(r"\{(?P<label>[a-z_]+(?::[a-z_]+)?) (?P<words>[^}]*)\}")


def heard(marked: str, **around: Any) -> Reading:
    """The reading of these words; `around` is what they are heard in."""
    text, tags = "", []
    at = 0
    for found in _MARK.finditer(marked):
        text += marked[at : found.start()]
        tags.append(Tagged(found["label"], len(text), len(text) + len(found["words"]), 0.9))
        text += found["words"]
        at = found.end()
    hearing = Hearing(now=NOW, services=SERVICES, providers=PEOPLE, zone="America/New_York")
    return reading_of(text + marked[at:], tags, replace(hearing, **around))


def act(marked: str, **around: Any) -> Act:
    """The last act of these words."""
    return heard(marked, **around).acts[-1]


def times(marked: str, **around: Any) -> list[object]:
    """What the last act says of time: values, or the ends of a range."""
    told = act(marked, **around).times
    return [when.value if when.value is not None else (when.start, when.end) for when in told]


def offers(*told: str) -> tuple[OfferedTime, ...]:
    """ "2026-11-26T10:00 Ana Ruiz": times with their people; "Fade, Haircut" without one."""
    made = []
    for each in told:
        start, _, rest = each.partition(" ")
        if start[:1].isdigit():
            made.append(OfferedTime(datetime.fromisoformat(start), rest))
        else:
            made.append(OfferedTime(None, "", (each,)))
    return tuple(made)


THURSDAY, FRIDAY = date(2026, 11, 26), date(2026, 11, 27)
