"""Reading bookings. Every query names its organisation."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Connection, Row, bindparam, func, select

from scheduling.errors import NotFound, UnknownProvider, UnknownService
from scheduling.local_time import utc
from scheduling.occupying import Taken
from scheduling.prepared import prepare
from scheduling.roster import Roster
from scheduling.tables import booking, booking_event, effect, occupancy
from scheduling.transaction import Transaction
from scheduling.values import Booking, BookingEvent

_own = booking.c.organisation_id == bindparam("organisation_id")
READ_BOOKING = select(booking).where(
    _own, booking.c.reference == bindparam("reference"), booking.c.status != "withdrawn"
)
READ_BOOKING_OF_OFFER = prepare(
    select(booking).where(_own, booking.c.offer_id == bindparam("offer_id"))
)
READ_ROWS = prepare(
    select(occupancy.c.resource_id, occupancy.c.start_at, occupancy.c.end_at).where(
        occupancy.c.organisation_id == bindparam("organisation_id"),
        occupancy.c.booking_id == bindparam("booking_id"),
        occupancy.c.kind == "booking",
    )
)
READ_EVENTS = prepare(
    select(booking_event)
    .where(
        booking_event.c.organisation_id == bindparam("organisation_id"),
        booking_event.c.booking_id == bindparam("booking_id"),
    )
    .order_by(booking_event.c.id)
)

_changed = (
    select(booking.c.reference)
    .join(effect, effect.c.booking_id == booking.c.id)
    .where(
        _own,
        effect.c.organisation_id == bindparam("organisation_id"),
        effect.c.attempt_id.in_(bindparam("attempt_ids", expanding=True)),
        booking.c.status != "withdrawn",
    )
)
BOOKED_BY = prepare(_changed.where(effect.c.kind == "booked"))
CHANGED_BY = prepare(_changed.group_by(booking.c.reference).order_by(func.min(effect.c.id)))


def booked_by(
    connection: Connection, organisation_id: int, *, attempt_ids: Sequence[int]
) -> Sequence[str]:
    """References of what these attempts booked and nobody has undone."""
    if not attempt_ids:
        return ()
    asked = {"organisation_id": organisation_id, "attempt_ids": list(attempt_ids)}
    return connection.execute(BOOKED_BY, asked).scalars().all()


def changed_by(
    connection: Connection, organisation_id: int, *, attempt_ids: Sequence[int]
) -> Sequence[str]:
    """References of what these attempts booked, moved or cancelled, in that order, each once."""
    asked = {"organisation_id": organisation_id, "attempt_ids": list(attempt_ids)}
    return connection.execute(CHANGED_BY, asked).scalars().all()


def find_booking(tx: Transaction, reference: str, *, locked: bool = False) -> Row[Any]:
    """The row; `locked` until the transaction ends, so that of two changes one comes later."""
    statement = READ_BOOKING.with_for_update() if locked else READ_BOOKING
    wanted = {"organisation_id": tx.organisation_id, "reference": tidy_reference(reference)}
    row = tx.connection.execute(statement, wanted).one_or_none()
    if row is None:
        raise NotFound(f"no booking {reference!r}")
    return row


def booking_of_offer(tx: Transaction, offer_id: int) -> Row[Any] | None:
    """The row made from an offer, withdrawn ones too."""
    wanted = {"organisation_id": tx.organisation_id, "offer_id": offer_id}
    return tx.connection.execute(READ_BOOKING_OF_OFFER, wanted).one_or_none()


def booking_rows(connection: Connection, organisation_id: int, booking_id: int) -> list[Taken]:
    """The time that a booking takes, by resource row."""
    wanted = {"organisation_id": organisation_id, "booking_id": booking_id}
    return [Taken(*row) for row in connection.execute(READ_ROWS, wanted)]


def events_of(connection: Connection, row: Row[Any]) -> tuple[BookingEvent, ...]:
    """A booking's history, oldest first."""
    wanted = {"organisation_id": row.organisation_id, "booking_id": row.id}
    return tuple(
        BookingEvent(utc(each.at), each.what, each.who, each.why, utc(each.start_at))
        for each in connection.execute(READ_EVENTS, wanted)
    )


def booking_value(row: Row[Any], roster: Roster) -> Booking:
    """A booking as everybody outside sees it, named as the business file names things now."""
    return Booking(
        reference=row.reference,
        status=row.status,
        organisation=roster.organisation.slug,
        service_id=row.service_id,
        service=service_name(roster, row.service_id, booked_as=row.service_name),
        provider_id=row.provider_id,
        provider=provider_name(roster, row.provider_id, booked_as=row.provider_name),
        start=utc(row.start_at),
        end=utc(row.end_at),
        timezone=roster.business.timezone,
        customer_name=row.customer_name,
        customer_phone=row.customer_phone or None,
        call_id=row.call_id or None,
        created_at=utc(row.created_at),
        updated_at=utc(row.updated_at),
        version=row.version,
        local_start=row.local_start,
    )


def tidy_reference(reference: str) -> str:
    """As it is stored: capitals without spaces or dashes."""
    return "".join(letter for letter in reference.upper() if letter.isalnum())


def service_name(roster: Roster, service_id: str, *, booked_as: str = "") -> str:
    """The service's name now; what it was booked as when the business has it no longer."""
    try:
        return roster.business.service(service_id).name
    except UnknownService:
        return booked_as or service_id


def provider_name(roster: Roster, provider_id: str, *, booked_as: str = "") -> str:
    """The provider's name now; what it was when booked if they are there no longer."""
    try:
        return roster.business.provider(provider_id).name
    except UnknownProvider:
        return booked_as or provider_id
