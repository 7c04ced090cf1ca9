"""Which bookings a change leaves without service, provider or hours, or at another clock time."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

from scheduling.availability import fits_hours
from scheduling.business import Business
from scheduling.errors import UnknownProvider, UnknownService
from scheduling.interval import Interval
from scheduling.local_time import on_the_clock, seconds_of
from scheduling.values import Booking

Lack = Literal["service", "provider", "time", "hours"]


@dataclass(frozen=True, slots=True)
class Stranded:
    """A booking that the business could no longer keep."""

    booking: Booking
    lacks: Lack
    """`time`: by the business's zone, or newer rules of it, the clock shows another time then than
    was promised. The instant is kept: nobody is moved without being told."""


def stranded(business: Business, bookings: Iterable[Booking]) -> list[Stranded]:
    """Those of the bookings that the business, as it now is, has no place for; in their order."""
    found = []
    for booking in bookings:
        lacks = _lacks(business, booking)
        if lacks is not None:
            found.append(Stranded(booking, lacks))
    return found


def _lacks(business: Business, booking: Booking) -> Lack | None:
    """The booked times count, not the service's length today: a change never moves a booking."""
    try:
        provider = business.performer(booking.service_id, booking.provider_id)
    except UnknownService:
        return "service"
    except UnknownProvider:
        return "provider"
    visit = Interval(seconds_of(booking.start), seconds_of(booking.end))
    if booking.local_start not in (None, on_the_clock(visit.start, business.zone)):
        return "time"
    return None if fits_hours(business, provider, visit) else "hours"
