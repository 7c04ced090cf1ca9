"""What others make of our iCalendar: lines by the standard, zones by dateutil, days by another
library."""

from __future__ import annotations

from datetime import UTC, datetime
from io import StringIO
from typing import Any

import recurring_ical_events
from dateutil.tz import tzical
from icalendar import Calendar

LONGEST_LINE = 75
"""Bytes, without the line's end (RFC 5545, 3.1)."""
Properties = dict[str, str]


def events_in(text: bytes) -> list[Properties]:
    """Each event's properties by name, parameters and all, from well-formed text only."""
    check_form(text)
    lines = text.decode().replace("\r\n ", "").split("\r\n")
    events: list[Properties] = []
    open_components: list[str] = []
    for line in filter(None, lines):
        name, _, value = line.partition(":")
        if name == "BEGIN":
            open_components.append(value)
            if value == "VEVENT":
                events.append({})
        elif name == "END":
            assert open_components.pop() == value
        elif open_components[-1] == "VEVENT":
            plain = name.split(";")[0]
            assert plain not in events[-1], f"{plain} twice"
            events[-1][plain] = line[len(plain) :]
    assert open_components == []
    return events


def check_form(text: bytes) -> None:
    """Lines end and fold as the standard says; what must be there is."""
    assert text.endswith(b"END:VCALENDAR\r\n")
    assert b"\n" not in text.replace(b"\r\n", b"")
    assert max(len(line) for line in text.split(b"\r\n")) <= LONGEST_LINE
    for needed in (b"BEGIN:VCALENDAR\r\n", b"VERSION:2.0\r\n", b"PRODID:", b"METHOD:"):
        assert text.count(needed) == 1
    text.decode("utf-8")


def start_of(text: bytes, event: Properties) -> datetime:
    """The instant, where the zone is read from the text itself and by nobody's own data."""
    parameters, _, value = event["DTSTART"].rpartition(":")
    if value.endswith("Z"):
        return datetime.strptime(value, "%Y%m%dT%H%M%S%z")
    zones: Any = tzical(StringIO(text.decode().replace("\r\n", "\n")))
    zone = zones.get(parameters.removeprefix(";TZID="))
    return datetime.strptime(value, "%Y%m%dT%H%M%S").replace(tzinfo=zone).astimezone(UTC)


def on_day(text: bytes, day: tuple[int, int, int]) -> list[str]:
    """Summaries of what a calendar program would draw on that day."""
    calendar = Calendar.from_ical(text)
    return sorted(str(each["SUMMARY"]) for each in recurring_ical_events.of(calendar).at(day))
