"""Which of the offers a caller means: by place in the list, by time, by person."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date, datetime, time

from voice.understanding.dates.reading import Times
from voice.understanding.phrasebook import phrases
from voice.understanding.reading import Context, Moment, OfferedTime, When
from voice.understanding.words import plain

_PLACES = ("number one", "number two", "number three", "number four")
_NOT_A_PLACE = re.compile(r"\b(?:one|a|just a) (?:second|sec)\b|\b(?:first|second|last) name\b")


def choose(said: str, context: Context, times: Times) -> int | None:
    """The index of the offer that is meant, or None; `said` is plain text."""
    offers = context.offered
    left = [
        index
        for index, offer in enumerate(offers)
        if not any(_fits(when, offer) for when in times.exclude)
    ]
    by_time = [index for index in left if any(_fits(when, offers[index]) for when in times.found)]
    by_person = [index for index in left if _names(said, offers[index].provider)]
    both = [index for index in by_time if index in by_person]
    for found in (both, by_time, by_person):
        if len(found) == 1:
            return found[0]
    if times.found and not by_time:
        return None
    place = _by_place(said, offers)
    if place is not None:
        return place
    if len(left) == 1 < len(offers):
        return left[0]
    remaining = both or by_time or by_person or left
    return remaining[0] if remaining and _says("either", said) else None


def fits_an_offer(when: When, context: Context) -> bool:
    """Whether the phrase only says again what was offered."""
    return any(_fits(when, offer) for offer in context.offered)


def _says(section: str, said: str) -> bool:
    return phrases("answers")[section].search(f"{said} ") is not None


def _by_place(said: str, offers: Sequence[OfferedTime]) -> int | None:
    """ "The second one", "the last", "the later one"."""
    words = _NOT_A_PLACE.sub(" ", said)
    for index, section in enumerate(_PLACES):
        if _says(section, words):
            return index if index < len(offers) else None
    if _says("number last", words):
        return len(offers) - 1
    if _says("number middle", words) and len(offers) == 3:
        return 1
    by_start = sorted(range(len(offers)), key=lambda at: offers[at].start or datetime.max)
    if _says("earliest", words):
        return by_start[0]
    return by_start[-1] if _says("latest", words) else None


def _names(said: str, provider: str) -> bool:
    """Any full word of the person's name, titles aside."""
    spoken = set(said.split())
    return any(part in spoken for part in plain(provider).split() if _telling(part))


def _telling(part: str) -> bool:
    return len(part) > 2 and part not in {"doctor", "the", "and", "for"}


def _fits(when: When, offer: OfferedTime) -> bool:
    start = offer.start
    if start is None:
        return False
    if any(_fits(other, offer) for other in when.candidates):
        return True
    if when.kind == "range":
        first, last = _as_datetime(when.start), _as_datetime(when.end)
        return (first is None or first <= start) and (last is None or start < last)
    if when.kind == "timerange":
        return _in_hours(start.time(), when.start, when.end)
    return _is(start, when.value)


def _is(start: datetime, value: Moment | None) -> bool:
    if isinstance(value, datetime):
        return start == value
    if isinstance(value, time):
        return start.time() == value
    return value is not None and start.date() == value


def _in_hours(at: time, start: Moment | None, end: Moment | None) -> bool:
    """Half-open; midnight as the end is the end of the day."""
    after = not isinstance(start, time) or start <= at
    return after and (not isinstance(end, time) or end == time(0) or at < end)


def _as_datetime(value: Moment | None) -> datetime | None:
    if isinstance(value, datetime):
        return value
    return datetime.combine(value, time(0)) if isinstance(value, date) else None
