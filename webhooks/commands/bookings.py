"""`ringbook bookings`: look bookings up, as staff type what they know."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from zoneinfo import ZoneInfo

import typer

from scheduling.desk import Desk
from scheduling.errors import Invalid, NotFound
from scheduling.store import Store
from scheduling.values import Booking, BookingFilter
from webhooks.admin.documents import booking_document
from webhooks.commands.business import show_json
from webhooks.commands.failures import CommandFailed
from webhooks.settings import read_settings

COLUMNS = ("reference", "status", "start", "service", "with", "customer", "phone", "organisation")


@dataclass(frozen=True, slots=True)
class Search:
    """What was typed; None does not filter."""

    organisation: str | None = None
    phone: str | None = None
    name: str | None = None
    day: str | None = None
    reference: str | None = None

    def wanted(self) -> BookingFilter:
        """As the desk takes it."""
        day = parse_day(self.day) if self.day else None
        return BookingFilter(
            reference=self.reference,
            name=self.name,
            phone=self.phone,
            first_day=day,
            last_day=day,
            limit=200,
        )


def bookings(search: Search, *, as_json: bool) -> None:
    """All that fit, soonest first."""
    settings = read_settings()
    found = asyncio.run(find(settings.database_url, search))
    if as_json:
        documents = [booking_document(booking) for booking in found]
        show_json({"bookings": documents, "next_cursor": None})
        return
    for line in table(found):
        typer.echo(line)


async def find(url: str, search: Search) -> list[Booking]:
    """Every page of what the desk finds."""
    wanted = search.wanted()
    found: list[Booking] = []
    async with Store.open(url) as store:
        if not await store.is_migrated():
            raise CommandFailed("there is no store yet: `ringbook migrate` makes one")
        desk = Desk(store)
        organisation_id = await organisation_named(desk, search.organisation)
        while True:
            try:
                page = await desk.find(organisation_id, wanted)
            except Invalid as wrong:
                raise typer.BadParameter(wrong.message) from None
            found += page.bookings
            if page.next_cursor is None:
                return found
            wanted = replace(wanted, cursor=page.next_cursor)


async def organisation_named(desk: Desk, slug: str | None) -> int | None:
    """The organisation's id; None is all of them."""
    if slug is None:
        return None
    organisation = await desk.find_organisation(slug=slug)
    if organisation is None:
        raise NotFound(f"no organisation {slug!r}")
    return organisation.id


def parse_day(text: str) -> date:
    """An ISO date."""
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise typer.BadParameter(f"{text!r} is not a day such as 2026-11-24") from None


def table(found: Sequence[Booking]) -> list[str]:
    """Columns as wide as what is in them."""
    if not found:
        return ["No bookings."]
    rows = [COLUMNS, *(row_of(booking) for booking in found)]
    widths = [max(len(row[column]) for row in rows) for column in range(len(COLUMNS))]
    return [
        "  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip()
        for row in rows
    ]


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
