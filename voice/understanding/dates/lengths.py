"""Lengths of time, and the moments counted off with them: "in two weeks", "an hour from now"."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Literal

from voice.understanding.dates.calendar import add_months
from voice.understanding.dates.lexicon import COMING, LAST, NEXT, TODAY, UNITS, WEEKDAYS
from voice.understanding.dates.meaning import Day, Days, Span
from voice.understanding.dates.numbers import cardinal, fraction
from voice.understanding.dates.words import Utterance

NOW = ("now", "right now", "just now", "at the moment", "immediately", "straight away",
       "right away", "at the present time", "at this time", "atm", "this very minute",
       "at the minute")  # fmt: skip
SECONDS = {"second": 1, "minute": 60, "hour": 3600}
DAYS = {"day": 1, "weekday": 1, "week": 7}
MOST_UNITS = 4
"""Units that follow the first of a length: "2 days 1 hour 5 minutes 30 seconds" has three."""


@dataclass(frozen=True, slots=True)
class Length:
    """So many months, days and seconds."""

    months: int = 0
    days: float = 0
    seconds: float = 0
    working: bool = False
    """The days are working days."""

    def plus(self, other: Length) -> Length:
        return Length(
            self.months + other.months,
            self.days + other.days,
            self.seconds + other.seconds,
            self.working or other.working,
        )

    def times(self, sign: int) -> Length:
        return Length(self.months * sign, self.days * sign, self.seconds * sign, self.working)

    @property
    def unit(self) -> Literal["weeks", "months"]:
        """What a weekday beside it picks from."""
        return "months" if self.months else "weeks"

    @property
    def whole_days(self) -> bool:
        return not self.seconds

    def from_day(self, start: date) -> date:
        start = add_months(start, self.months)
        if not self.working:
            return start + timedelta(int(self.days))
        step = 1 if self.days > 0 else -1
        for _ in range(abs(int(self.days))):
            start += timedelta(step)
            while start.weekday() > 4:
                start += timedelta(step)
        return start

    def from_instant(self, start: datetime) -> datetime:
        day = add_months(start.date(), self.months)
        return datetime.combine(day, start.time()) + timedelta(self.days, self.seconds)


def length(said: Utterance, at: int) -> tuple[Length, int] | None:
    """ "Two weeks", "half an hour", "1 day 2 hours", "a fortnight"."""
    total = one_length(said, at)
    for _ in range(MOST_UNITS if total else 0):
        assert total
        place = said.skip(total[1], ("and", ","))
        more = one_length(said, place) if said.at(place) not in ("a", "an") else None
        if not more:
            break
        total = total[0].plus(more[0]), more[1]
    return total


def one_length(said: Utterance, at: int) -> tuple[Length, int] | None:
    number = fraction(said, at)
    if not number:
        return (Length(days=14), at + 1) if said.at(at) == "fortnight" else None
    count, place = number
    if count > 5000 or said.is_blocked(at):
        return None
    place = said.skip(place, ("more", "full", "whole"))
    if said.at(place) in ("fortnight", "fortnights"):
        return Length(days=14 * count), place + 1
    working = said.at(place) in ("business", "working")
    place += working
    unit = UNITS.get(said.at(place))
    if unit is None or (unit == "hour" and said.at(place) == "h" and not said.at(at).isdecimal()):
        return None
    half = said.first_of(place + 1, ("and a half",))
    return measured(count + (0.5 if half else 0), unit, working), half or place + 1


def measured(count: float, unit: str, working: bool = False) -> Length:
    if unit in SECONDS:
        return Length(seconds=count * SECONDS[unit])
    if unit in DAYS:
        return Length(days=count * DAYS[unit], working=working or unit == "weekday")
    months = count * (12 if unit == "year" else 1)
    return Length(months=int(months), days=15 if months % 1 else 0)


def instant(said: Utterance, at: int) -> tuple[datetime, int] | None:
    """ "Now", "in five minutes", "two hours from now", "30 minutes later"."""
    if end := said.first_of(at, NOW):
        return said.now, end
    counted = counted_off(said, at)
    exact = counted and said.follows(counted[1] - 2, "right now")
    if counted and (exact or not counted[0].whole_days):
        return counted[0].from_instant(said.now), counted[1]
    return None


def day_from_now(said: Utterance, at: int) -> tuple[Day, int] | None:
    """ "In two weeks", "three days from now", "a fortnight hence"."""
    if counted := counted_off(said, at):
        if counted[0].whole_days and counted[0].months < 600:
            on = counted[0].from_day(said.today)
            return Day(on=on, counted=counted[0].unit), counted[1]
    return some_weekdays_on(said, at)


def counted_off(said: Utterance, at: int) -> tuple[Length, int] | None:
    if said.at(at) == "in":
        place = said.skip(
            at + 1, ("about", "around", "approximately", "just", "another", "the next")
        )
        found = length(said, place) or bare_minutes(said, place)
        if not found or said.at(found[1]) in ("a", "the", "of"):
            return None
        return found[0], said.first_of(found[1], ("from now", "time", "from today")) or found[1]
    found = length(said, at)
    if not found:
        return None
    end = said.first_of(
        found[1], ("from now", "from right now", "hence", "later", "from today", "after today",
                   "from todays date", "after now")
    )  # fmt: skip
    return (found[0], end) if end else None


def bare_minutes(said: Utterance, at: int) -> tuple[Length, int] | None:
    """ "In 45", said to the end of a sentence, counts minutes."""
    number = cardinal(said, at)
    if number and said.at(number[1]) in ("'", '"') and said.glued(number[1]):
        return Length(seconds=number[0] * (60 if said.at(number[1]) == "'" else 1)), number[1] + 1
    if number and 5 <= number[0] <= 90 and said.at(number[1]) in ("", ".", ",", "?", "!"):
        return Length(seconds=60 * number[0]), number[1]
    return None


def some_weekdays_on(said: Utterance, at: int) -> tuple[Day, int] | None:
    """ "Two Sundays from now", "three Fridays later"."""
    number = cardinal(said, at)
    if not number or said.at(number[1]) not in WEEKDAYS or number[0] > 60:
        return None
    end = said.first_of(number[1] + 1, ("from now", "later", "hence", "from today"))
    if not end:
        return None
    ahead = (WEEKDAYS[said.at(number[1])] - said.today.weekday() - 1) % 7 + 1
    return Day(on=said.today + timedelta(ahead + 7 * (number[0] - 1))), end


def coming_span(said: Utterance, at: int) -> tuple[Days | Span, int] | None:
    """ "Within two hours", "the next few days", "the last ten minutes"."""
    if (told := length(said, at)) and (end := said.follows(told[1], "in the future")):
        return span_of(said, told[0], end, 1)
    if end := said.first_of(at, ("asap", "as soon as possible", "as soon as you can", "soonest")):
        return Span(said.now, None), end
    within = said.at(at) == "within"
    place = said.skip(at + within, ("the",))
    word = said.at(place)
    number = fraction(said, place) if not within else None
    if number and said.at(number[1]) in NEXT | LAST and word not in ("a", "an"):
        plural = said.at(number[1] + 1).endswith("s")  # "I need two next week" counts no weeks
        unit = UNITS.get(said.at(number[1] + 1)) if plural else None
        if unit and said.at(number[1]) in LAST:
            return past_span(said, (measured(number[0], unit), number[1] + 2))
        return span_of(said, measured(number[0], unit), number[1] + 2, 1) if unit else None
    if word in LAST:
        found = length(said, place + 1) or bare_unit(said, place + 1, ("minute", "hour"))
        return past_span(said, found) if found else None
    ahead = word in NEXT | COMING
    if not (within or ahead):
        return None
    found = length(said, place + ahead) or bare_unit(said, place + ahead, ("minute", "hour"))
    if ahead and place == at and said.at(at + 1) == "fortnight" and said.at(at - 1) != "in":
        return None
    if not found and within:
        found = bare_unit(said, place + ahead, ("day", "week", "month"), goes_on=ahead)
    if not found or (word in COMING and not within and found[0].whole_days):
        return None
    return span_of(said, found[0], found[1], 0 if within else 1)


def bare_unit(
    said: Utterance, at: int, units: tuple[str, ...], *, goes_on: bool = True
) -> tuple[Length, int] | None:
    unit = UNITS.get(said.at(at))
    if unit not in units or not goes_on:
        return None
    found, end = measured(1, unit), at + 1
    more = length(said, said.skip(end, ("and",)))
    return (found.plus(more[0]), more[1]) if more and end < more[1] else (found, end)


def span_of(said: Utterance, told: Length, end: int, gap: int) -> tuple[Days | Span, int] | None:
    if told.months > 600:
        return None
    if not told.whole_days:
        return Span(said.now, told.from_instant(said.now)), end
    start = said.today + timedelta(gap)
    return Days(start, told.from_day(start)), end


def past_span(said: Utterance, found: tuple[Length, int]) -> tuple[Span, int] | None:
    told, end = found
    if told.whole_days:
        return None
    return Span(told.times(-1).from_instant(said.now), said.now), end


def rest_of_day(said: Utterance, at: int) -> tuple[Span, int] | None:
    """ "The rest of the day": from now to its last minute."""
    place = said.skip(at, ("the",))
    if said.at(place) not in ("rest", "remainder"):
        return None
    place = said.skip(place + 1, ("of", "the", "my", "this", "current"))
    if said.at(place) not in ("day", *TODAY):
        return None
    return Span(said.now, datetime.combine(said.today, time(23, 59))), place + 1
