"""What a phrase of time means before it is placed on the calendar."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta, tzinfo
from typing import Literal

from voice.understanding.dates.lexicon import Half, Which

FIRM, FAIR, WEAK = 3, 2, 1
"""How surely a phrase speaks of time by itself: "5 pm", "nine thirty", "five"."""


SHORTEST_MONTH = 28
"""Days."""


@dataclass(frozen=True, slots=True)
class Clock:
    """A time of day as said; `half` only when the caller said which."""

    hour: int
    minute: int = 0
    second: int = 0
    half: Half | None = None
    full: bool = False
    """On the 24-hour clock: nothing left to settle."""
    strength: int = FIRM
    zone: tzinfo | None = None
    """The time zone that was said."""


@dataclass(frozen=True, slots=True)
class Hours:
    """From one time of day to another; None is an open end."""

    start: Clock | None
    end: Clock | None
    strength: int = FIRM


@dataclass(frozen=True, slots=True)
class Part:
    """A part of the day."""

    name: str
    start: time
    end: time
    of_clock: bool = False
    """Said of the time before it, to tell morning from afternoon: "before ten in the morning"."""


@dataclass(frozen=True, slots=True)
class Day:
    """A day as said: known outright, or by the parts of a date."""

    on: date | None = None
    weekday: int | None = None
    which: Which | None = None
    day: int | None = None
    month: int | None = None
    year: int | None = None
    strength: int = FIRM
    counted: Literal["weeks", "months"] | None = None
    """Counted off: a weekday beside it picks from its week, or is the next after so many months."""
    week: Days | None = None
    """The week that the day was picked from."""
    since: date | None = None
    """The day named before from which it was counted off: "… so the day before"."""

    @property
    def is_number(self) -> bool:
        """A day of the month and nothing else: "the 21st"."""
        return self.day is not None and self.month is None and self.weekday is None


@dataclass(frozen=True, slots=True)
class Days:
    """Whole days from `start` to `end`, half-open; None is an open end."""

    start: date | None
    end: date | None
    within: bool = False
    """A week or month that a weekday can be picked from."""
    weekdays: tuple[int, int] | None = None
    """First and last weekday, where only weekdays were said."""
    numbered: bool = False
    """From one day of the month to another, the month left unsaid."""
    latest: date | None = None
    """Where it may end instead, when "until" or "between" leaves the last day open."""
    strength: int = FIRM


@dataclass(frozen=True, slots=True)
class Span:
    """From one instant to another; None is an open end."""

    start: datetime | None
    end: datetime | None


Piece = Clock | Hours | Part | Day | Days | Span | datetime


@dataclass(frozen=True, slots=True)
class Heard:
    """One phrase: a day, a time of day, or both; or a span."""

    day: Day | None = None
    days: Days | None = None
    clock: Clock | None = None
    hours: Hours | None = None
    part: Part | None = None
    instant: datetime | None = None
    span: Span | None = None

    @property
    def strength(self) -> int:
        """As firm as the firmest of its pieces; two pieces together are evidence enough."""
        known = [piece.strength for piece in (self.day, self.days, self.clock, self.hours) if piece]
        if self.part or self.instant or self.span:
            known.append(FIRM)
        return max(known) if len(known) == 1 else FIRM


@dataclass(frozen=True, slots=True)
class Phrase:
    """One phrase of time and the places of its words."""

    meaning: Heard
    start: int
    end: int


def heard(piece: Piece) -> Heard:
    match piece:
        case Clock():
            return Heard(clock=piece)
        case Hours():
            return Heard(hours=piece)
        case Part():
            return Heard(part=piece)
        case Day():
            return Heard(day=piece)
        case Days():
            return Heard(days=piece)
        case Span():
            return Heard(span=piece)
        case datetime():
            return Heard(instant=piece)


def join(first: Heard, second: Heard) -> Heard | None:
    """Two neighbouring phrases as one, when they do not speak of the same thing twice."""
    if first.span or second.span:
        return None
    if first.instant or second.instant:
        return one_instant(first, second)
    if first.days and second.days:
        return one_stretch(first, second)
    day = one_day(first, second)
    if day is None and (first.day or first.days) and (second.day or second.days):
        return None
    days = None if day else first.days or second.days
    if first.clock and (second.clock or second.hours) or first.hours and second.clock:
        return None
    if first.part and second.part:
        if not (first.part.name == "first" and second.part.name == "morning" and not first.clock):
            return None
    hours = first.hours or second.hours
    if first.hours and second.hours:
        hours = one_span(first.hours, second.hours)
        if hours is None:
            return None
    clock, part = first.clock or second.clock, first.part or second.part
    if part and first.hours and second.part and None in (first.hours.start, first.hours.end):
        part = replace(part, of_clock=True)
    if days and (clock or hours or part):
        return None
    return Heard(day=day, days=days, clock=clock, hours=hours, part=part)


def one_day(first: Heard, second: Heard) -> Day | None:
    """The one day that both speak of: "Wednesday … next week", "next month … the 8th"."""
    if first.day and second.day:
        return same_day(first.day, second.day) or same_day(second.day, first.day)
    day, days = first.day or second.day, first.days or second.days
    if not (day and days):
        return day
    if not (days.within and days.start and days.end):
        return None
    if day.is_number and days.start.day == 1 and (days.end - days.start).days >= SHORTEST_MONTH:
        return replace(day, month=days.start.month, year=days.start.year, strength=FIRM)
    if day.weekday is None or day.day:
        return None
    if (days.end - days.start).days != 7:
        return None
    ahead = (day.weekday - days.start.weekday()) % 7
    return Day(on=date.fromordinal(days.start.toordinal() + ahead), week=days)


def one_instant(first: Heard, second: Heard) -> Heard | None:
    """ "Today in one hour": the day says nothing new."""
    then = first.instant or second.instant
    day = first.day or second.day
    if not (then and day and day.on == then.date()) or first.instant and second.instant:
        return None
    alone = first if first.day else second
    return Heard(instant=then) if alone == Heard(day=day) else None


def one_stretch(first: Heard, second: Heard) -> Heard | None:
    """ "Monday to Wednesday … next week"."""
    days, week = first.days, second.days
    if days and week and not days.weekdays:
        days, week = week, days
    if not (days and week and days.weekdays and week.within and week.start and week.end):
        return None
    if (week.end - week.start).days != 7:
        return None
    monday, (start, end) = week.start.toordinal(), days.weekdays
    begin = date.fromordinal(monday + start)
    after = date.fromordinal(monday + end + (7 if end < start else 0) + 1)
    if days.latest:
        return Heard(days=Days(begin, after - timedelta(1), latest=after))
    return Heard(days=Days(begin, after))


def same_day(named: Day, dated: Day) -> Day | None:
    if named.on and dated.on and dated.counted and not named.counted:
        near = 31 if dated.counted == "months" else 7
        return named if abs((named.on - dated.on).days) <= near else None
    if named.weekday is None or named.day or named.on or dated.weekday is not None:
        return None
    if dated.on and dated.counted:
        ahead = named.weekday - dated.on.weekday()
        ahead += 7 if dated.counted == "months" and ahead < 0 else 0
        return Day(on=dated.on + timedelta(ahead))
    if named.which:
        return None
    return replace(dated, weekday=named.weekday, strength=FIRM)


def one_span(first: Hours, second: Hours) -> Hours | None:
    """ "After nine" and "before eleven" make one span."""
    start, end = first.start or second.start, first.end or second.end
    if (first.start and second.start) or (first.end and second.end):
        return None
    return Hours(start, end)
