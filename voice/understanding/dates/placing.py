"""Where a spoken day falls on the calendar: the future reading, and what else it might be."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from voice.understanding.dates.calendar import (
    existing,
    month_after,
    next_day_of_month,
    next_month_day,
    week_of,
)
from voice.understanding.dates.meaning import Day


@dataclass(frozen=True, slots=True)
class Placed:
    """The best reading of a day, the others, and whether weekday and date disagree."""

    on: date
    others: tuple[date, ...] = ()
    disagrees: bool = False


def place_day(day: Day, today: date) -> Placed:
    """The day on the calendar; 30 February is asked back, with the days beside it."""
    if day.on:
        return beside_weekday(day.on, day.weekday)
    if day.day is None:
        return place_weekday(day, today)
    if day.month is None:
        return place_day_of_month(day, today)
    if day.year:
        found = existing(day.year, day.month, day.day)
    else:
        found = next_month_day(today, day.month, day.day)
    if found is None:
        following = month_after(date(day.year or today.year, day.month, 1), 1)
        return Placed(following - timedelta(1), (following,), True)
    if day.year is None and day.weekday not in (None, found.weekday()):
        return next_year_too(found, day.weekday)
    return beside_weekday(found, day.weekday)


def next_year_too(found: date, weekday: int | None) -> Placed:
    """A date whose weekday is wrong this time may be the next one, on which both are true."""
    near = beside_weekday(found, weekday)
    later = next_month_day(found + timedelta(1), found.month, found.day)
    if later is None or later.weekday() != weekday:
        return near
    return Placed(later, (found, *near.others), True)


def place_weekday(day: Day, today: date) -> Placed:
    """The coming one; "next" means the one in next week, and is asked about when they differ."""
    weekday = day.weekday or 0
    ahead = (weekday - today.weekday()) % 7
    coming = today + timedelta(ahead)
    if day.which == "next":
        found = week_of(today) + timedelta(7 + weekday)
        return Placed(found, (coming,) if today < coming < found else ())
    if day.which == "this":
        return Placed(coming)
    after = coming if ahead else coming + timedelta(7)
    if day.which == "after next":
        return Placed(after + timedelta(7))
    if day.which == "coming":
        return Placed(after)
    return Placed(after, (today,) if not ahead else ())


def place_day_of_month(day: Day, today: date) -> Placed:
    """The next month that has the day; with a weekday, the next on which both are true."""
    number = day.day or 1
    nearest = next_day_of_month(today, number) or today
    if day.weekday is None or nearest.weekday() == day.weekday:
        return Placed(nearest)
    found = nearest
    for months in range(1, 19):
        first = month_after(nearest, months)
        both = existing(first.year, first.month, number)
        if both and both.weekday() == day.weekday:
            found = both
            break
    near = nearest_weekday(nearest, day.weekday)
    return Placed(found, tuple(other for other in (nearest, near) if other != found), True)


def beside_weekday(found: date, weekday: int | None) -> Placed:
    if weekday is None or found.weekday() == weekday:
        return Placed(found)
    return Placed(found, (nearest_weekday(found, weekday),), True)


def nearest_weekday(to: date, weekday: int) -> date:
    """Such a weekday within three days."""
    ahead = (weekday - to.weekday()) % 7
    return to + timedelta(ahead if ahead <= 3 else ahead - 7)
