"""Times told in another place's zone, moved onto the clock of the business."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta, timezone, tzinfo
from zoneinfo import ZoneInfo

from voice.understanding.dates.words import Utterance

EASTERN, CENTRAL, MOUNTAIN, PACIFIC, BRITISH = (
    ZoneInfo(name)
    for name in ("America/New_York", "America/Chicago", "America/Denver", "America/Los_Angeles",
                 "Europe/London")
)  # fmt: skip


def ahead_of_utc(hours: float) -> tzinfo:
    return timezone(timedelta(hours=hours))


ZONES: dict[str, tzinfo] = {
    "est": EASTERN, "edt": EASTERN, "et": EASTERN,
    "cst": CENTRAL, "cdt": CENTRAL, "ct": CENTRAL,
    "mst": MOUNTAIN, "mdt": MOUNTAIN,
    "pst": PACIFIC, "pdt": PACIFIC, "pt": PACIFIC,
    "gmt": ahead_of_utc(0), "utc": ahead_of_utc(0), "bst": ahead_of_utc(1),
    "cet": ahead_of_utc(1), "cest": ahead_of_utc(2), "eet": ahead_of_utc(2),
    "ist": ahead_of_utc(5.5), "sgt": ahead_of_utc(8), "jst": ahead_of_utc(9),
    "aest": ahead_of_utc(10),
}  # fmt: skip
"""Americans say EST all summer and mean the clock of New York; so for the other three."""
NAMES: dict[str, tzinfo] = {
    "eastern": EASTERN, "central": CENTRAL, "mountain": MOUNTAIN, "pacific": PACIFIC,
    "uk": BRITISH, "london": BRITISH, "british": BRITISH,
}  # fmt: skip
"""Followed by "time"."""


def zone_said(said: Utterance, at: int) -> tuple[tzinfo, int] | None:
    """ "GMT", "(BST)", "Pacific time", "Eastern standard time"."""
    place = said.skip(at, ("(",))
    if named := NAMES.get(said.at(place)):
        end = said.first_of(
            place + 1, ("time", "timezone", "time zone", "standard time", "daylight time")
        )
        return (named, end) if end else None
    zone = ZONES.get(said.at(place))
    if not zone:
        return None
    end = place + 1
    return zone, end + (place > at and said.at(end) == ")")


def minutes_to_home(zone: tzinfo, said: Utterance, on: date | None, minute: int) -> int:
    """What to add to a time told in the zone, on that day, for the business's own time."""
    assert said.context.zone
    told = datetime.combine(on or said.today, time()) + timedelta(minutes=minute)
    here = told.replace(tzinfo=zone).astimezone(ZoneInfo(said.context.zone)).replace(tzinfo=None)
    return int((here - told).total_seconds()) // 60
