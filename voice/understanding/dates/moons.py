"""Holidays that follow the moon: new moons, and the feasts that callers name by them."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from math import radians, sin

FIRST = datetime(2000, 1, 6, 12)  # noqa: DTZ001 - universal time, kept naive
MONTH_DAYS = 29.530588861
CHINA = timedelta(hours=8)
SUNSET_IN_INDIA = timedelta(hours=12.5)


def new_moon(count: int) -> datetime:
    """The new moon so many after that of 6 January 2000, in universal time, to some minutes."""
    sun = radians(2.5534 + 29.1053567 * count)
    moon = radians(201.5643 + 385.81693528 * count)
    latitude = radians(160.7108 + 390.67050284 * count)
    shift = (
        -0.4072 * sin(moon)
        + 0.17241 * sin(sun)
        + 0.01608 * sin(2 * moon)
        + 0.01039 * sin(2 * latitude)
        + 0.00739 * sin(moon - sun)
        - 0.00514 * sin(moon + sun)
        + 0.00208 * sin(2 * sun)
    )
    return FIRST + timedelta(days=0.09766 + MONTH_DAYS * count + shift)


def first_new_moon(after: datetime) -> int:
    """The number of the first new moon after a moment."""
    count = int((after - FIRST).days / MONTH_DAYS) - 1
    while new_moon(count) < after:
        count += 1
    return count


def lunar_new_year(year: int) -> date:
    """The second new moon after the winter solstice, by the day in China."""
    solstice = datetime(year - 1, 12, 22, 16)  # noqa: DTZ001
    return (new_moon(first_new_moon(solstice) + 1) + CHINA).date()


def diwali(year: int) -> date:
    """The evening before the new moon between mid October and mid November."""
    moon = new_moon(first_new_moon(datetime(year, 10, 17)))  # noqa: DTZ001
    return (moon - SUNSET_IN_INDIA).date()


def orthodox_easter(year: int) -> date:
    """Easter of the Julian calendar, on ours (1900-2099)."""
    moon = (19 * (year % 19) + 15) % 30
    week = (2 * (year % 4) + 4 * (year % 7) - moon + 34) % 7
    month, day = divmod(moon + week + 114, 31)
    return date(year, month, day + 1) + timedelta(13)
