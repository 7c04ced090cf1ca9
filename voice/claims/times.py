"""The times in a sentence of ours, as a listener would take them.

The grammar of times reads callers, who count and answer in numbers too, so it wants evidence for a
bare hour. Of our own sentences we must be strict: what a listener may take for an hour is one.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time
from typing import TypeGuard

from voice.claims.words import Wording
from voice.understanding.dates.discourse import wishes
from voice.understanding.dates.meaning import Phrase
from voice.understanding.dates.phrases import phrases
from voice.understanding.dates.reading import Times
from voice.understanding.dates.resolving import resolve
from voice.understanding.dates.words import Utterance
from voice.understanding.reading import Context, Moment, When

_SAYS = Wording("times")
HOUR_WORDS = frozenset(
    (*_SAYS.text("hour_name").split("|"), "noon", "midday", *map(str, range(1, 13)))
)
_NUMBER = _SAYS.text("number")
_LISTED = _SAYS.pattern("listed")
_NO_HOUR_BEFORE = _SAYS.pattern("no_hour_before")
_MAY_BE_ONE = _SAYS.pattern("may_be_one")
""" "One" stands for a thing far more often than for an hour."""
_HOUR_AFTER = _SAYS.pattern("hour_after")
_COUNTED_AFTER = _SAYS.pattern("counted_after")
_COUNTED_BEFORE = _SAYS.pattern("counted_before")
_IN_A_LIST = _SAYS.pattern("in_a_list")
_MINUTES_TO = _SAYS.pattern("minutes_to")
_FROM = _SAYS.pattern("from")
""" "Ten to eleven" is a time of its own, unless it is the hours of a day."""
_THOSE = _SAYS.pattern("those")
_COUNTS = _SAYS.words("counts")


@dataclass(frozen=True, slots=True)
class SaidTime:
    """One time as a listener would take it: any of its readings, on the day it hangs on."""

    readings: tuple[datetime | date | time, ...]
    span: tuple[int, int]

    def fits(self, start: datetime) -> bool:
        """Whether this can mean that start; naive local."""
        return any(_same(reading, start) for reading in self.readings)


def read_ours(text: str, context: Context) -> Times:
    """The times in words of ours, in which a bare hour is one. What a caller tells of themselves is
    no wish; of us, every time is told."""
    said = Utterance(text, replace(context, question=None))
    heard = phrases(said)
    wished = wishes(said, heard)
    known = (*wished.wanted, *wished.refused)
    told = [one for one in heard if not any(_overlap(one, each) for each in known)]
    read = [resolve(said, phrase) for phrase in (*wished.wanted, *told)]
    refused = [resolve(said, phrase, refused=True) for phrase in wished.refused]
    disagreeing = (one.disagreement for one in (*read, *refused) if one.disagreement)
    return Times(
        tuple(sorted((one.when for one in read), key=lambda when: when.span)),
        tuple(one.when for one in refused),
        disagreement=next(disagreeing, None),
    )


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


def ends(when: When) -> list[SaidTime]:
    """The moments between which it lies; midnight is the end of a day and no hour of its own."""
    moments = (
        end
        for end in (when.start, when.end)
        if isinstance(end, time) or (isinstance(end, datetime) and end.time() != time())
    )
    return [SaidTime((end,), (0, 0)) for end in moments]


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


def with_hours(sentence: str) -> str:
    """The sentence with "o'clock" after every bare hour, as the grammar of times reads it.

    "The first is at nine" speaks of a list of ours, not of the first of a month.
    """

    plain = _THOSE.sub(r"\1 ones", _IN_A_LIST.sub(r"\1one", sentence))

    def told(found: re.Match[str]) -> str:
        before, after = plain[: found.start()], plain[found.end() :]
        alone = not re.search(r"\w", before + after)  # "Two." tells nothing by itself
        if _MINUTES_TO.fullmatch(found[0]) and not _FROM.search(before):
            return found[0]
        if alone or not _HOUR_AFTER.match(after) or _NO_HOUR_BEFORE.search(before):
            return found[0]
        numbers = [each.lower() for each in re.findall(_NUMBER, found[0], re.IGNORECASE)]
        if len(numbers) == 1 and not _is_hour(numbers[0], before, after):
            return found[0]
        return re.sub(
            rf"\b{_NUMBER}\b", lambda each: f"{each[0]} o'clock", found[0], flags=re.IGNORECASE
        )

    return _LISTED.sub(told, plain)


def _is_hour(number: str, before: str, after: str) -> bool:
    """A small number by itself may count the offers, or stand for one of them."""
    if number in ("one", "1") and not _MAY_BE_ONE.search(before):
        return False
    counted = _COUNTED_BEFORE.search(before) and _COUNTED_AFTER.match(after)
    return not (number in _COUNTS and counted)


def _overlap(one: Phrase, other: Phrase) -> bool:
    return one.start < other.end and other.start < one.end


def is_day(reading: Moment) -> TypeGuard[date]:
    """Whether it is a date without a clock time."""
    return isinstance(reading, date) and not isinstance(reading, datetime)


def only_a_day(one: SaidTime) -> bool:
    """Whether no clock time is said."""
    return not any(isinstance(reading, datetime | time) for reading in one.readings)
