"""The times in a sentence of ours, and whether they are among those that may be said."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time

from voice.understanding.reading import When


@dataclass(frozen=True, slots=True)
class SaidTime:
    """One time as a listener would take it: any of its readings, on the day it hangs on."""

    readings: tuple[datetime | date | time, ...]
    span: tuple[int, int]

    def fits(self, start: datetime) -> bool:
        """Whether this can mean that start; naive local."""
        return any(_same(reading, start) for reading in self.readings)


def said_times(found: Sequence[When]) -> list[SaidTime]:
    """Every time said, ends of ranges apart; a bare time belongs to the day named before it."""
    said: list[SaidTime] = []
    day: date | None = next((one for when in found for one in _days(when)), None)
    for when in found:
        day = next(iter(_days(when)), day)
        readings = [reading for one in (when, *when.candidates) for reading in _readings(one, day)]
        if readings:
            said.append(SaidTime(tuple(dict.fromkeys(readings)), when.span))
    return said


def said_ends(found: Sequence[When]) -> list[SaidTime]:
    """The two ends of each stretch between moments: "from Monday at two to Friday at ten"."""
    ends = []
    for when in said_ranges(found):
        each = (when, *when.candidates)
        for side in ("start", "end"):
            readings = [getattr(one, side) for one in each]
            moments = tuple(one for one in readings if isinstance(one, datetime))
            if moments:
                ends.append(SaidTime(moments, when.span))
    return ends


def said_ranges(found: Sequence[When]) -> list[When]:
    """Stretches of time: "tomorrow afternoon", "Monday to Friday"."""
    return [when for when in found if when.kind in ("range", "timerange")]


def any_within(when: When, starts: Iterable[datetime]) -> bool:
    """Whether one of these starts lies in the stretch."""
    return any(_within(when, start) for start in starts)


def _within(when: When, start: datetime) -> bool:
    low, high = when.start, when.end
    if isinstance(low or high, time):
        at = start.time()
        low_time = low if isinstance(low, time) else time.min
        high_time = high if isinstance(high, time) else time.max
        return low_time <= at < high_time
    after = low is None or _moment(low) <= start
    return after and (high is None or start < _moment(high))


def _moment(value: datetime | date | time) -> datetime:
    if isinstance(value, datetime):
        return value
    assert isinstance(value, date)
    return datetime.combine(value, time())


def _days(when: When) -> list[date]:
    if isinstance(when.value, datetime):
        return [when.value.date()]
    return [when.value] if isinstance(when.value, date) else []


def _readings(when: When, day: date | None) -> list[datetime | date | time]:
    value = when.value
    if isinstance(value, datetime | date):
        return [value]
    if isinstance(value, time):
        return [value if day is None else datetime.combine(day, value)]
    return []


def _same(reading: datetime | date | time, start: datetime) -> bool:
    if isinstance(reading, datetime):
        return reading == start.replace(second=0)
    if isinstance(reading, date):
        return reading == start.date()
    return reading == start.time().replace(second=0)
