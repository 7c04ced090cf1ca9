"""Which of the offers a caller means: by place in the list, by time, by person."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date, datetime, time

from voice.understanding.reading import Context, OfferedTime, When
from voice.understanding.words import plain

_PLACES = (
    (0, re.compile(r"\b(?:first|1st|former|number one|option one|option 1|option a|number 1)\b")),
    (
        1,
        re.compile(
            r"\b(?:second|2nd|number two|option two|option 2|option b|number 2)\b(?! thought)"
        ),
    ),
    (2, re.compile(r"\b(?:third|3rd|number three|option three|option 3|option c|number 3)\b")),
    (3, re.compile(r"\b(?:fourth|4th|number four|option four|option 4|number 4)\b")),
    (-1, re.compile(r"\b(?:last|latter|final)\b(?! (?:name|time|week|month))")),
)
_MIDDLE = re.compile(r"\bmiddle (?:one|slot|option|time)\b|^(?:the )?middle$")
_EARLY = re.compile(
    r"\b(?:the )?(?:earlier|earliest|soonest|sooner)(?: (?:one|time|slot|option|appointment|of (?:the )?(?:two|three)))?\b"
)
_LATE = re.compile(
    r"\b(?:the )?(?:later|latest)(?: (?:one|time|slot|option|appointment|of (?:the )?(?:two|three)))?\b"
)
_ANY = re.compile(
    r"\b(?:either|any(?: one)?(?: of (?:them|those|these))?(?: (?:is|are|works?))? ?(?:fine|good|ok|okay|works)|whichever|"
    r"(?:doesnt|does not|dont|do not) (?:really )?(?:matter|mind|care)|no preference|you (?:choose|pick|decide)|"
    r"both (?:work|are)|any (?:one )?of (?:them|those|these)|anyone|all (?:of them )?work)\b"
)
_ORDINAL_DATE = re.compile(
    r"\b(?:the )?(?:first|second|third|fourth) (?:of|week|thing|thought)\b|\b(?:first|second|third|last) name\b|\bone second\b|\ba second\b"
)


def choose(
    said: str, context: Context, heard: Sequence[When], excluded: Sequence[When]
) -> int | None:
    """The index of the offer that is meant, or None; `said` is plain text."""
    offers = context.offered
    if not offers:
        return None
    left = [
        index
        for index, offer in enumerate(offers)
        if not any(_fits(when, offer) for when in excluded)
    ]
    by_time = [
        index for index in left if heard and any(_fits(when, offers[index]) for when in heard)
    ]
    by_person = [index for index in left if _names(said, offers[index].provider)]
    both = [index for index in by_time if index in by_person]
    place = _by_place(said, offers)
    for found in (both, by_time, by_person):
        if len(found) == 1:
            return found[0]
    if place is not None:
        return place
    tied = both or by_time or by_person
    if tied and not heard and len(offers) > 1:
        return None
    if tied:
        return _narrow(said, tied, offers)
    if len(left) == 1 < len(offers):
        return left[0]
    return left[0] if left and _ANY.search(said) else None


def fits_an_offer(when: When, context: Context) -> bool:
    """Whether the phrase only says again what was offered."""
    return any(_fits(when, offer) for offer in context.offered)


def _narrow(said: str, tied: list[int], offers: Sequence[OfferedTime]) -> int | None:
    """Several offers fit: the exact one when the words name a single start, else nobody knows."""
    starts = {offers[index].start for index in tied}
    return tied[0] if len(starts) == 1 and _ANY.search(said) else None


def _by_place(said: str, offers: Sequence[OfferedTime]) -> int | None:
    words = _ORDINAL_DATE.sub(" ", said)
    for place, pattern in _PLACES:
        if pattern.search(words):
            index = place if place >= 0 else len(offers) - 1
            return index if index < len(offers) else None
    if _MIDDLE.search(words) and len(offers) == 3:
        return 1
    by_start = sorted(range(len(offers)), key=lambda index: offers[index].start or datetime.max)
    if _EARLY.search(words):
        return by_start[0]
    return by_start[-1] if _LATE.search(words) else None


def _names(said: str, provider: str) -> bool:
    """Any full word of the person's name, titles aside."""
    parts = [
        part
        for part in plain(provider).split()
        if len(part) > 2 and part not in {"doctor", "the", "and"}
    ]
    spoken = set(said.split())
    return any(part in spoken for part in parts)


def _fits(when: When, offer: OfferedTime) -> bool:
    start = offer.start
    if start is None:
        return False
    if any(_fits(other, offer) for other in when.candidates):
        return True
    if when.kind == "range":
        return _within(start, when.start, when.end)
    if when.kind == "timerange":
        return _within(start.time(), when.start, when.end)
    return _is(start, when.value)


def _is(start: datetime, value: date | time | datetime | None) -> bool:
    if isinstance(value, datetime):
        return start == value
    if isinstance(value, time):
        return start.time() == value
    return value is not None and start.date() == value


def _within(moment: datetime | time, start: object, end: object) -> bool:
    """Half-open; ends of another kind than the moment are compared by day."""
    if isinstance(moment, datetime):
        first = _as_datetime(start)
        last = _as_datetime(end)
        return (first is None or first <= moment) and (last is None or moment < last)
    return (not isinstance(start, time) or start <= moment) and (
        not isinstance(end, time) or moment < end or end == time(0)
    )


def _as_datetime(value: object) -> datetime | None:
    if isinstance(value, datetime):
        return value
    if isinstance(value, date):
        return datetime.combine(value, time(0))
    return None
