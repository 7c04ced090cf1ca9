"""The calendar itself: months, weeks and which year a date falls in."""

from __future__ import annotations

from calendar import monthrange
from datetime import date, timedelta


def month_after(today: date, months: int) -> date:
    """The first of the month so many months on."""
    months += today.year * 12 + today.month - 1
    return date(months // 12, months % 12 + 1, 1)


def add_months(start: date, months: int) -> date:
    """The same day so many months on, or the last day of a shorter month."""
    first = month_after(start, months)
    return first.replace(day=min(start.day, monthrange(first.year, first.month)[1]))


def whole_month(year: int, month: int) -> tuple[date, date]:
    first = date(year, month, 1)
    return first, month_after(first, 1)


def week_of(day: date) -> date:
    """The Monday of the week."""
    return day - timedelta(day.weekday())


def nth_weekday(first: date, weekday: int | None, count: int) -> date | None:
    """The nth weekday (or day, for None) of the month that begins at `first`; -1 is the last."""
    after = month_after(first, 1)
    if count > 0:
        ahead = 0 if weekday is None else (weekday - first.weekday()) % 7
        found = first + timedelta(ahead + (count - 1) * (1 if weekday is None else 7))
    else:
        last = after - timedelta(1)
        back = 0 if weekday is None else (last.weekday() - weekday) % 7
        found = last - timedelta(back + (-count - 1) * (1 if weekday is None else 7))
    return found if first <= found < after else None


def easter(year: int) -> date:
    """Western Easter Sunday, by the anonymous Gregorian computation."""
    century, rest = divmod(year, 100)
    skipped = century // 4
    epact = (
        19 * (year % 19) + century - skipped - (century - (century + 8) // 25 + 1) // 3 + 15
    ) % 30
    week = (32 + 2 * (century % 4) + 2 * (rest // 4) - epact - rest % 4) % 7
    late = (year % 19 + 11 * epact + 22 * week) // 451
    month, day = divmod(epact + week - 7 * late + 114, 31)
    return date(year, month, day + 1)


def existing(year: int, month: int, day: int) -> date | None:
    """The date, or None where the month has no such day."""
    return date(year, month, day) if 1 <= day <= monthrange(year, month)[1] else None


def next_month_day(today: date, month: int, day: int) -> date | None:
    """The next such date, today included; 29 February waits for its year."""
    for year in range(today.year, today.year + 9):
        found = existing(year, month, day)
        if found and found >= today:
            return found
    return None


def next_day_of_month(today: date, day: int) -> date | None:
    """The next month, this one included, in which the day is still to come."""
    for months in range(4):
        first = month_after(today, months)
        found = existing(first.year, first.month, day)
        if found and found >= today:
            return found
    return None
