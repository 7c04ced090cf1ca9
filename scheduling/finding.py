"""Finding bookings as staff type what they know: names, numbers, days."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Connection, Row, Select, and_, false, or_, select, tuple_

from scheduling.listing import (
    check_words,
    cursor_of,
    has_name,
    has_phone,
    on_days,
    position_of,
    rows_wanted,
)
from scheduling.local_time import utc
from scheduling.queries import booking_value, provider_name, service_name, tidy_reference
from scheduling.roster import Roster
from scheduling.tables import booking, occupancy, offer
from scheduling.values import Booking, BookingFilter, BookingPage


def find(
    connection: Connection, rosters: Sequence[Roster], wanted: BookingFilter, *, second: int
) -> BookingPage:
    """One page of what these organisations have, by start; a later booking never repeats a row."""
    check_words(wanted.name, wanted.phone)
    limit = rows_wanted(wanted.limit)
    held = wanted.status == "held"
    table = offer if held else booking
    statement = _holds(rosters, wanted, second) if held else _bookings(rosters, wanted, second)
    if wanted.cursor is not None:
        statement = statement.where(
            tuple_(table.c.start_at, table.c.id) > tuple_(*position_of(wanted.cursor))
        )
    rows = connection.execute(
        statement.order_by(table.c.start_at, table.c.id).limit(limit + 1)
    ).all()
    by_id = {roster.organisation.id: roster for roster in rosters}
    make = held_value if held else booking_value
    return BookingPage(
        tuple(make(row, by_id[row.organisation_id]) for row in rows[:limit]),
        cursor_of(rows[limit - 1].start_at, rows[limit - 1].id) if len(rows) > limit else None,
    )


def with_reference(connection: Connection, roster: Roster, reference: str) -> Sequence[Row[Any]]:
    """The one booking of that organisation under that reference, if there is one."""
    statement = select(booking).where(
        booking.c.organisation_id == roster.organisation.id,
        booking.c.reference == tidy_reference(reference),
        booking.c.status != "withdrawn",
    )
    return connection.execute(statement).all()


def _bookings(rosters: Sequence[Roster], wanted: BookingFilter, second: int) -> Select[Any]:
    statement = select(booking).where(booking.c.status != "withdrawn")
    if wanted.status is not None:
        statement = statement.where(booking.c.status == wanted.status)
    if wanted.reference is not None:
        statement = statement.where(booking.c.reference == tidy_reference(wanted.reference))
    if wanted.among:
        statement = statement.where(booking.c.reference.in_(wanted.among))
    statement = statement.where(has_name(booking.c.folded_name, wanted.name))
    if wanted.upcoming_only:
        statement = statement.where(booking.c.start_at > second)
        if wanted.status is None:
            statement = statement.where(booking.c.status == "booked")
    return statement.where(
        or_(
            false(),
            *(
                and_(
                    booking.c.organisation_id == roster.organisation.id,
                    on_days(booking.c.start_at, roster, wanted.first_day, wanted.last_day),
                    has_phone(booking.c.customer_phone, roster, wanted.phone),
                )
                for roster in rosters
            ),
        )
    )


def _holds(rosters: Sequence[Roster], wanted: BookingFilter, second: int) -> Select[Any]:
    """Live holds, as offers: nobody's name or number is known yet."""
    statement = select(offer).where(
        select(occupancy.c.id)
        .where(
            occupancy.c.organisation_id == offer.c.organisation_id,
            occupancy.c.offer_id == offer.c.id,
            occupancy.c.kind == "hold",
            occupancy.c.expires_at > second,
        )
        .exists()
    )
    if wanted.reference is not None:
        statement = statement.where(offer.c.reference == tidy_reference(wanted.reference))
    if wanted.among:
        statement = statement.where(offer.c.reference.in_(wanted.among))
    if wanted.name is not None or wanted.phone is not None:
        statement = statement.where(false())
    return statement.where(
        or_(
            false(),
            *(
                and_(
                    offer.c.organisation_id == roster.organisation.id,
                    on_days(offer.c.start_at, roster, wanted.first_day, wanted.last_day),
                )
                for roster in rosters
            ),
        )
    )


def held_value(row: Row[Any], roster: Roster) -> Booking:
    """An offer that is held, as if it were a booking; for whom is not known yet."""
    at = utc(row.created_at)
    business = roster.business
    return Booking(
        reference=row.reference,
        status="held",
        organisation=roster.organisation.slug,
        service_id=row.service_id,
        service=service_name(roster, row.service_id),
        provider_id=row.provider_id,
        provider=provider_name(roster, row.provider_id),
        start=utc(row.start_at),
        end=utc(row.end_at),
        timezone=business.timezone,
        customer_name="",
        customer_phone=None,
        call_id=row.call_id or None,
        created_at=at,
        updated_at=at,
        version=0,
    )
