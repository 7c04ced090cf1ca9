"""Finding bookings as staff type what they know: names, numbers, days."""

from __future__ import annotations

import base64
import binascii
from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Connection,
    Row,
    Select,
    and_,
    false,
    or_,
    select,
    true,
    tuple_,
)

from scheduling.customers import e164, fold
from scheduling.errors import Invalid
from scheduling.local_time import day_start, utc
from scheduling.queries import booking_value, provider_name, service_name, tidy_reference
from scheduling.roster import Roster
from scheduling.tables import booking, occupancy, offer
from scheduling.values import Booking, BookingFilter, BookingPage

MOST_AT_ONCE = 200
LARGEST_INTEGER = 2**63 - 1
"""That either database keeps in a column."""
FEWEST_DIGITS = 4
"""So many last digits of a number are enough to look for."""


def find(
    connection: Connection, rosters: Sequence[Roster], wanted: BookingFilter, *, second: int
) -> BookingPage:
    """One page of what these organisations have, by start; a later booking never repeats a row."""
    check_words(wanted)
    limit = max(1, min(wanted.limit, MOST_AT_ONCE))
    held = wanted.status == "held"
    table = offer if held else booking
    statement = _holds(rosters, wanted, second) if held else _bookings(rosters, wanted, second)
    if wanted.cursor is not None:
        statement = statement.where(
            tuple_(table.c.start_at, table.c.id) > tuple_(*_position(wanted.cursor))
        )
    rows = connection.execute(
        statement.order_by(table.c.start_at, table.c.id).limit(limit + 1)
    ).all()
    by_id = {roster.organisation.id: roster for roster in rosters}
    make = held_value if held else booking_value
    return BookingPage(
        tuple(make(row, by_id[row.organisation_id]) for row in rows[:limit]),
        _cursor(rows[limit - 1]) if len(rows) > limit else None,
    )


def check_words(wanted: BookingFilter) -> None:
    """Refuses a name or a number that filters nothing: who typed it would be shown everybody."""
    if wanted.name is not None and not fold(wanted.name):
        raise Invalid("name: has no letters or digits")
    if wanted.phone is not None and not any(each.isdigit() for each in wanted.phone):
        raise Invalid("phone: has no digits")


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
    for word in (wanted.name or "").split():
        statement = statement.where(booking.c.folded_name.contains(fold(word), autoescape=True))
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
                    _on_days(booking.c.start_at, roster, wanted),
                    _has_phone(roster, wanted.phone),
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
    if wanted.name is not None or wanted.phone is not None:
        statement = statement.where(false())
    return statement.where(
        or_(
            false(),
            *(
                and_(
                    offer.c.organisation_id == roster.organisation.id,
                    _on_days(offer.c.start_at, roster, wanted),
                )
                for roster in rosters
            ),
        )
    )


def _on_days(
    start_at: ColumnElement[int], roster: Roster, wanted: BookingFilter
) -> ColumnElement[bool]:
    zone = roster.business.zone
    first, last = wanted.first_day, wanted.last_day
    return and_(
        true() if first is None else start_at >= day_start(first, zone),
        true() if last is None else start_at < day_start(_day_after(last), zone),
    )


def _has_phone(roster: Roster, phone: str | None) -> ColumnElement[bool]:
    """The number in full, or its last digits."""
    if phone is None:
        return true()
    digits = "".join(each for each in phone if each.isdigit())
    matches: list[ColumnElement[bool]] = []
    number = e164(phone, roster.business.country)
    if number is not None:
        matches.append(booking.c.customer_phone == number)
    elif len(digits) >= FEWEST_DIGITS:
        matches.append(booking.c.customer_phone.endswith(digits, autoescape=True))
    return or_(false(), *matches)


def _day_after(day: date) -> date:
    return day if day == date.max else day + timedelta(days=1)


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


def _cursor(row: Row[Any]) -> str:
    position = f"{row.start_at}.{row.id}"
    return base64.urlsafe_b64encode(position.encode()).decode().rstrip("=")


def _position(cursor: str) -> tuple[int, int]:
    try:
        padded = cursor + "=" * (-len(cursor) % 4)
        start, row_id = base64.urlsafe_b64decode(padded).decode().split(".")
        position = int(start), int(row_id)
    except (binascii.Error, UnicodeDecodeError, ValueError):
        raise Invalid("that cursor is not one of ours") from None
    if not all(0 <= each <= LARGEST_INTEGER for each in position):
        raise Invalid("that cursor is not one of ours")
    return position
