"""`ringbook bookings`: look bookings up, as staff type what they know."""

from __future__ import annotations

from typing import Any
from zoneinfo import ZoneInfo

from scheduling.desk import Desk
from scheduling.values import Booking, BookingFilter
from webhooks.admin.documents import booking_document
from webhooks.commands.looking_up import Page, Search, Shown, look_up

COLUMNS = ("reference", "status", "start", "service", "with", "customer", "phone", "organisation")


def bookings(search: Search, *, as_json: bool) -> None:
    """All that fit, soonest first."""
    shown = Shown("bookings", COLUMNS, row_of, booking_document)
    look_up(search, read_page, shown, as_json=as_json)


async def read_page(
    desk: Desk, organisation_id: int | None, wanted: dict[str, Any]
) -> Page[Booking]:
    """As the desk gives it."""
    page = await desk.find(organisation_id, BookingFilter(**wanted))
    return page.bookings, page.next_cursor


def row_of(booking: Booking) -> tuple[str, ...]:
    """In the business's own time."""
    start = booking.start.astimezone(ZoneInfo(booking.timezone))
    return (
        booking.reference,
        booking.status,
        f"{start:%a %Y-%m-%d %H:%M}",
        booking.service,
        booking.provider,
        booking.customer_name,
        booking.customer_phone or "",
        booking.organisation,
    )
