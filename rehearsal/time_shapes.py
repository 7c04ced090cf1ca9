"""Times as people put them: where a day or a clock stands in their words, and others there."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import Literal

from rehearsal.goals import Part, Times
from rehearsal.saying import HOURS, ORDINALS, WEEKDAYS

Kind = Literal["day", "clock", "part"]
_HOUR = "(?:" + "|".join(HOURS) + r"|\d{1,2})"
_MINUTE = r"(?:oh five|(?:twenty|thirty|forty|fifty)(?:[ -]five)?|five|ten|fifteen)"
_HALF = r"(?: ?[ap]\.?m\b\.?| ?[ap] m\b| in the (?:morning|afternoon|evening)| o'?clock)"
_CLOCK = (
    rf"\b(?:half|quarter|ten|five|twenty(?:[ -]five)?) (?:past|to|after|of) {_HOUR}\b{_HALF}?"
    rf"|\bhalf (?:{'|'.join(HOURS)})\b{_HALF}?"
    rf"|\b\d{{1,2}}[:.]\d\d\b{_HALF}?|\b\d{{1,2}}{_HALF}"
    rf"|\b(?:{'|'.join(HOURS)}) {_MINUTE}\b{_HALF}?"
    rf"|\b{_HOUR}{_HALF}|\bnoon\b|\bmidday\b|\b(?:{'|'.join(HOURS)}|\d{{1,2}})\b(?!\w)"
)
_WEEKDAY = r"(?:mon|tues?|wed(?:nes)?|thu(?:rs?)?|fri|sat(?:ur)?|sun)(?:day)?s?\b"
_MONTH = (
    r"(?:january|february|march|april|may|june|july|august|september|october|november|december)"
)
_ORDINAL = "(?:" + "|".join(each.replace("-", "[ -]") for each in reversed(ORDINALS))
_ORDINAL += r"|\d{1,2}(?:st|nd|rd|th))\b"
_DAY = (
    rf"\b(?:this |coming )?{_WEEKDAY},? (?:the )?{_ORDINAL}(?: of {_MONTH})?"
    rf"|\b{_WEEKDAY},? {_MONTH} (?:the )?{_ORDINAL}"
    rf"|\b{_MONTH} (?:the )?{_ORDINAL}|\b{_ORDINAL} of {_MONTH}|\b(?:this )?{_WEEKDAY}"
    rf"|\bthe day after tomorrow\b|\btoday\b|\btomorrow\b|(?<=the ){_ORDINAL}(?! (?:one|two)\b)"
)
_ONE_O_CLOCK = re.compile(r"(?:^|\b(?:at|after|before|around|about|from|between|and) )$")
_PART = r"\b(?:mornings?|afternoons?|arvo|evenings?)\b"
_TOKEN = re.compile(rf"(?P<day>{_DAY})|(?P<part>{_PART})|(?P<clock>{_CLOCK})", re.IGNORECASE)
_PLAIN = frozenset(
    "on at in the for this please maybe like say so if you ye can at all possible any time "
    "anytime after before around about from between and or to ish fine good perfect grand sweet "
    "then will do 'll 'd 's be i'd i suppose guess let's gimme i'll take works me it's that's is "
    "surely would could coming um uh".split()
)
_RELATIONS: dict[str, Part] = {
    "after": "after", "from": "after", "before": "before", "around": "around", "about": "around",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Place:
    """Where a time stands in somebody's words."""

    kind: Kind
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Shape:
    """Somebody's words for a time, open where the time itself stands."""

    text: str
    places: tuple[Place, ...]
    part: Part
    """What the words around a clock make of it; `any`: there is none."""

    def days(self) -> int:
        """How many days are named."""
        return sum(place.kind == "day" for place in self.places)

    def filled(self, days: Sequence[str], clocks: Sequence[str], part: str) -> str:
        """The same words around other times."""
        given = {"day": iter(days), "clock": iter(clocks), "part": iter([part])}
        said, at = "", 0
        for place in self.places:
            value = next(given[place.kind])
            before = self.text[at : place.start]
            said += (before if place.kind == "part" else _fitting(before, value)) + value
            at = place.end
        return said + self.text[at:]


@cache
def shape_of(text: str) -> Shape | None:
    """The shape of words for a time; None when they say more than days and clocks can."""
    places = time_places(text)
    rest, at = [], 0
    for place in places:
        rest += re.findall(r"[\w']+", text[at : place.start].lower())
        at = place.end
    rest += re.findall(r"[\w']+", text[at:].lower())
    if not places or not all(word in _PLAIN for word in rest):
        return None
    part = _part_of(text, places)
    return None if part is None else Shape(text, tuple(places), part)


@cache
def time_places(text: str) -> Sequence[Place]:
    """Days, clocks and parts of a day, in their order."""
    found = []
    for token in _TOKEN.finditer(text):
        assert token.lastgroup is not None
        kind: Kind = token.lastgroup  # type: ignore[assignment]
        if token[0].lower() == "one" and not _ONE_O_CLOCK.search(text[: token.start()].lower()):
            continue
        found.append(Place(kind, token.start(), token.end()))
    return found


def fits(shape: Shape, times: Times, *, days: int) -> bool:
    """Whether the shape can say these times, naming so many days."""
    if shape.days() != days:
        return False
    if times.part in ("afternoon", "evening"):
        return shape.part == "morning"
    return shape.part == times.part


def _part_of(text: str, places: Sequence[Place]) -> Part | None:
    clocks = [place for place in places if place.kind == "clock"]
    if any(place.kind == "part" for place in places):
        if re.search(r"\bthis (?:morning|afternoon|arvo|evening)", text.lower()):
            return None
        return "morning" if not clocks else None
    if not clocks:
        return "any" if not re.search(r"\b(?:after|before|from|between)\b", text) else None
    before = re.findall(r"[\w']+", text[: clocks[0].start].lower())
    if len(clocks) == 2:
        return "between" if "between" in before else None
    if len(clocks) > 2:
        return None
    if re.match(r"\s*ish\b", text[clocks[0].end :]):
        return "around"
    relation = before[-1] if before else ""
    if any(word in _RELATIONS for word in before[:-1]):
        return None
    return _RELATIONS.get(relation, "exact")


def _fitting(before: str, value: str) -> str:
    """`on today` is `today`, `the Friday` is `Friday` when a whole date follows."""
    first = value.split()[0].lower().rstrip(",")
    if first in ("today", "tomorrow"):
        return re.sub(r"\b(?:on|for|the|this) (?:the )?$", "", before, flags=re.IGNORECASE)
    if first == "noon":
        return re.sub(r"\bthe $", "", before, flags=re.IGNORECASE)
    if first == "the" or first.capitalize() not in WEEKDAYS:
        return re.sub(r"\bthe $", "", before, flags=re.IGNORECASE)
    return before
