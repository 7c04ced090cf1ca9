"""What a phrase of time means before it is placed on the calendar."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime, time
from typing import Literal

from voice.understanding.dates.lexicon import Half

FIRM, FAIR, WEAK = 3, 2, 1
"""How surely a phrase speaks of time by itself: "5 pm", "nine thirty", "five"."""


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
    foreign: bool = False
    """Said in another time zone."""


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


@dataclass(frozen=True, slots=True)
class Day:
    """A day as said: known outright, or by the parts of a date."""

    on: date | None = None
    weekday: int | None = None
    which: Literal["this", "next", "coming", "after next"] | None = None
    day: int | None = None
    month: int | None = None
    year: int | None = None
    strength: int = FIRM


@dataclass(frozen=True, slots=True)
class Days:
    """Whole days from `start` to `end`, half-open; None is an open end."""

    start: date | None
    end: date | None
    within: bool = False
    """A week or month that a weekday can be picked from."""
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
    if first.instant or second.instant or first.span or second.span:
        return None
    day = one_day(first, second)
    if day is None and (first.day or first.days) and (second.day or second.days):
        return None
    days = None if day else first.days or second.days
    if first.clock and (second.clock or second.hours) or first.hours and second.clock:
        return None
    if first.part and second.part:
        return None
    hours = first.hours or second.hours
    if first.hours and second.hours:
        hours = one_span(first.hours, second.hours)
        if hours is None:
            return None
    clock, part = first.clock or second.clock, first.part or second.part
    if days and (clock or hours or part):
        return None
    return Heard(day=day, days=days, clock=clock, hours=hours, part=part)


def one_day(first: Heard, second: Heard) -> Day | None:
    """The one day that both speak of: "Wednesday … next week", "Tuesday … the 5th"."""
    if first.day and second.day:
        return same_day(first.day, second.day) or same_day(second.day, first.day)
    day, days = first.day or second.day, first.days or second.days
    if not (day and days):
        return day
    if not (days.within and days.start and days.end and day.weekday is not None) or day.day:
        return None
    if (days.end - days.start).days != 7:
        return None
    ahead = (day.weekday - days.start.weekday()) % 7
    return Day(on=date.fromordinal(days.start.toordinal() + ahead))


def same_day(named: Day, dated: Day) -> Day | None:
    if named.weekday is None or named.day or named.on or dated.weekday is not None or dated.on:
        return None
    return replace(dated, weekday=named.weekday, strength=FIRM)


def one_span(first: Hours, second: Hours) -> Hours | None:
    """ "After nine" and "before eleven" make one span."""
    start, end = first.start or second.start, first.end or second.end
    if (first.start and second.start) or (first.end and second.end):
        return None
    return Hours(start, end)
