"""From a business's days and clock times to instants, through clock changes."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

EPOCH_DAY = date(1970, 1, 1).toordinal()
DAY_MINUTES = 24 * 60
DAY_SECONDS = DAY_MINUTES * 60


def instant(day: date, minute: int, zone: ZoneInfo, *, closing: bool = False) -> int:
    """UTC seconds at which the clock of that day shows this minute after midnight.

    Minutes past 1440 are the next day's. Where the clock skips that minute, it is the first one
    after the gap; where the minute comes twice, it is the first, or the second for a closing.
    """
    ordinal = day.toordinal() + minute // DAY_MINUTES
    hour, minute_of_hour = divmod(minute % DAY_MINUTES, 60)
    at = date.fromordinal(ordinal)
    wall = datetime(at.year, at.month, at.day, hour, minute_of_hour, tzinfo=zone)
    wall_seconds = (ordinal - EPOCH_DAY) * DAY_SECONDS + hour * 3600 + minute_of_hour * 60
    first, second = _offset(wall), _offset(wall.replace(fold=1))
    if first >= second:
        return wall_seconds - (second if closing else first)
    return _change_between(wall_seconds - second, wall_seconds - first, zone)


def local_day(seconds: int, zone: ZoneInfo) -> date:
    """The date on the business's calendar at that instant."""
    return datetime.fromtimestamp(seconds, zone).date()


def day_start(day: date, zone: ZoneInfo) -> int:
    """The instant at which that local date begins."""
    return instant(day, 0, zone)


def utc(seconds: int) -> datetime:
    """The aware UTC value of an instant."""
    return datetime.fromtimestamp(seconds, UTC)


def on_the_clock(seconds: int, zone: ZoneInfo) -> str:
    """What the business's clock shows at that instant, as `2026-11-24T14:00`."""
    return f"{datetime.fromtimestamp(seconds, zone):%Y-%m-%dT%H:%M}"


def seconds_of(at: datetime) -> int:
    """UTC seconds of an aware value, rounded up to the next whole second."""
    if at.tzinfo is None:
        raise ValueError(f"an instant needs a time zone: {at.isoformat()}")
    whole = int(at.replace(microsecond=0).timestamp())
    return whole + (at.microsecond > 0)


def _offset(wall: datetime) -> int:
    offset = wall.utcoffset()
    return 0 if offset is None else int(offset / timedelta(seconds=1))


def _change_between(early: int, late: int, zone: ZoneInfo) -> int:
    """The first second of the new offset, between an instant before the change and one after."""
    old = _offset(datetime.fromtimestamp(early, zone))
    while late - early > 1:
        middle = (early + late) // 2
        if _offset(datetime.fromtimestamp(middle, zone)) == old:
            early = middle
        else:
            late = middle
    return late
