"""iCalendar text: a feed of what is taken, and the invitation to one booking."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from icalendar import Calendar, Event, vCalAddress, vText

from scheduling.business import Business
from scheduling.values import BookingStatus

PRODUCT = "-//Ringbook//Ringbook//EN"
REFRESH = timedelta(minutes=15)
ZONE_MARGIN = timedelta(days=366)
"""How far around its events a calendar describes their time zone."""
NOBODY = "invalid:nomail"
"""The address of somebody who has none, as calendar programs write it."""


@dataclass(frozen=True, slots=True)
class Entry:
    """A booking or a block as a calendar shows it."""

    uid: str
    sequence: int
    status: BookingStatus
    summary: str
    start: datetime
    end: datetime
    changed_at: datetime
    description: str = ""


@dataclass(frozen=True, slots=True)
class Guest:
    """Whom an invitation is for."""

    name: str
    phone: str | None


def feed_text(business: Business, title: str, entries: Sequence[Entry]) -> bytes:
    """A calendar to subscribe to; the same entries give the same text."""
    calendar = _calendar("PUBLISH")
    for named in ("name", "x-wr-calname"):
        calendar.add(named, vText(title))  # the library knows neither, and would not escape them
    calendar.add("x-wr-timezone", business.timezone)
    calendar.add("refresh-interval", REFRESH, parameters={"VALUE": "DURATION"})
    calendar.add("x-published-ttl", "PT15M")
    for entry in entries:
        calendar.add_component(_event(business, entry))
    return _text(calendar, entries)


def invitation_text(business: Business, entry: Entry, guest: Guest) -> bytes:
    """A request to put the booking into a calendar, or to take it out once it is cancelled."""
    calendar = _calendar("CANCEL" if entry.status == "cancelled" else "REQUEST")
    event = _event(business, entry)
    host = vCalAddress(f"tel:{business.phone}" if business.phone else NOBODY)
    host.params["CN"] = vText(business.name)
    event.add("organizer", host)
    if business.phone:
        event.add("contact", f"{business.name}, {business.phone}")
    whom = vCalAddress(f"tel:{guest.phone}" if guest.phone else NOBODY)
    whom.params["CN"] = vText(guest.name)
    whom.params["ROLE"] = vText("REQ-PARTICIPANT")
    whom.params["PARTSTAT"] = vText("ACCEPTED")
    whom.params["RSVP"] = vText("FALSE")
    event.add("attendee", whom)
    calendar.add_component(event)
    return _text(calendar, [entry])


def _calendar(method: str) -> Calendar:
    calendar = Calendar()
    calendar.add("prodid", PRODUCT)
    calendar.add("version", "2.0")
    calendar.add("calscale", "GREGORIAN")
    calendar.add("method", method)
    return calendar


def _event(business: Business, entry: Entry) -> Event:
    event = Event()
    event.add("uid", entry.uid)
    event.add("sequence", entry.sequence)
    event.add("dtstamp", entry.changed_at)
    event.add("last-modified", entry.changed_at)
    event.add("dtstart", _local(entry.start, business))
    event.add("dtend", _local(entry.end, business))
    event.add("summary", entry.summary)
    if entry.description:
        event.add("description", entry.description)
    if business.address:
        event.add("location", ", ".join((business.name, business.address)))
    event.add("status", "CANCELLED" if entry.status == "cancelled" else "CONFIRMED")
    event.add("transp", "OPAQUE")
    return event


def _local(at: datetime, business: Business) -> datetime:
    """By the business's clock; where that shows the hour twice, in UTC.

    A local time with a zone cannot mean the second of two such hours, and programs disagree
    about the first.
    """
    local = at.astimezone(business.zone)
    twice = local.replace(fold=0).utcoffset() != local.replace(fold=1).utcoffset()
    return at if twice else local


def _text(calendar: Calendar, entries: Sequence[Entry]) -> bytes:
    if entries:
        first = min(entry.start for entry in entries) - ZONE_MARGIN
        last = max(entry.end for entry in entries) + ZONE_MARGIN
        calendar.add_missing_timezones(first_date=first.date(), last_date=last.date())
    text: bytes = calendar.to_ical()
    return text
