"""Which bookings and blocks a calendar shows, and how much it says of them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Literal

from sqlalchemy import Row, bindparam, or_, select

from scheduling.calendars.ics import Entry
from scheduling.local_time import utc
from scheduling.queries import provider_name, service_name
from scheduling.roster import Roster
from scheduling.staff_tables import block
from scheduling.tables import LONGEST_OCCUPANCY, booking
from scheduling.transaction import Transaction

SHOWN = ("booked", "arrived", "fulfilled", "noshow")
READ_BOOKINGS = (
    select(booking)
    .where(
        booking.c.organisation_id == bindparam("of"),
        booking.c.start_at > bindparam("since") - LONGEST_OCCUPANCY,
        booking.c.end_at > bindparam("since"),
        booking.c.status.in_(SHOWN),
        or_(bindparam("whose") == "", booking.c.provider_id == bindparam("whose")),
    )
    .order_by(booking.c.start_at, booking.c.id)
)
READ_BLOCKS = (
    select(block)
    .where(
        block.c.organisation_id == bindparam("of"),
        block.c.end_at > bindparam("since"),
        block.c.lifted_at.is_(None),
        or_(
            bindparam("whose") == "",
            block.c.provider_id == bindparam("whose"),
            (block.c.provider_id == "") & (block.c.resource_key == ""),
        ),
    )
    .order_by(block.c.start_at, block.c.id)
)

Reader = Literal["everybody", "provider", "customer"]


def read_taken(
    tx: Transaction, provider_id: str, *, since: int
) -> tuple[Sequence[Row[Any]], Sequence[Row[Any]]]:
    """Bookings and blocks that end after that; of one provider, or of all when that is empty."""
    given = {"of": tx.organisation_id, "whose": provider_id, "since": since}
    bookings = tx.connection.execute(READ_BOOKINGS, given).all()
    return bookings, tx.connection.execute(READ_BLOCKS, given).all()


def booking_entry(
    row: Row[Any],
    roster: Roster,
    *,
    whose: Reader,
    with_names: bool = False,
    with_phones: bool = False,
) -> Entry:
    """The booking for whoever reads; names and numbers only where they were asked for."""
    service = service_name(roster, row.service_id, booked_as=row.service_name)
    provider = provider_name(roster, row.provider_id, booked_as=row.provider_name)
    summary = service if whose == "provider" else f"{service} with {provider}"
    said = [f"Reference {row.reference}"]
    if with_names and row.customer_name:
        summary = f"{row.customer_name}: {summary}"
    if with_phones and row.customer_phone:
        said.append(f"Telephone {row.customer_phone}")
    if row.status in ("arrived", "fulfilled", "noshow"):
        said.append({"noshow": "did not come"}.get(row.status, row.status).capitalize())
    return Entry(
        uid=row.ical_uid,
        sequence=row.ical_sequence,
        status=row.status,
        summary=summary,
        start=utc(row.start_at),
        end=utc(row.end_at),
        changed_at=utc(row.updated_at),
        description="\n".join(said),
    )


def block_entry(row: Row[Any], roster: Roster) -> Entry:
    """The block, without its reason: that is for staff who may look it up."""
    whose = row.resource_key
    if row.provider_id:
        whose = provider_name(roster, row.provider_id)
    return Entry(
        uid=f"{row.code}.{roster.organisation.slug}.block@ringbook",
        sequence=0,
        status="booked",
        summary=f"Blocked: {whose}" if whose else "Blocked",
        start=utc(row.start_at),
        end=utc(row.end_at),
        changed_at=utc(row.created_at),
    )
