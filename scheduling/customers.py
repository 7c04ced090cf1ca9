"""Who a booking is for: names and numbers as they are stored and compared."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

from sqlalchemy import Row, bindparam, func, select, text

from scheduling.errors import Invalid, LimitReached
from scheduling.local_time import day_start, local_day
from scheduling.locks import Lock, lock
from scheduling.names import fold
from scheduling.occupying import NO_BOOKING
from scheduling.phone_numbers import said_number
from scheduling.prepared import prepare
from scheduling.tables import booking, customer
from scheduling.transaction import Transaction
from scheduling.values import CustomerDetails

LONGEST_NAME = 200
REMEMBER = prepare(
    text(
        "INSERT INTO customer (organisation_id, phone, name, folded_name, created_at)"
        " VALUES (:organisation_id, :phone, :name, :folded_name, :created_at)"
        " ON CONFLICT (organisation_id, phone, folded_name) DO UPDATE SET name = excluded.name"
        " RETURNING id"
    ).columns(customer.c.id)
)
_theirs = (
    booking.c.organisation_id == bindparam("organisation_id"),
    booking.c.counted_as.in_(bindparam("people", expanding=True)),
    booking.c.start_at >= bindparam("since"),
    booking.c.status.in_(("booked", "arrived", "fulfilled")),
    booking.c.id != bindparam("moving"),
)
COUNT = prepare(select(func.count()).where(*_theirs, booking.c.start_at < bindparam("until")))
READ_STARTS = prepare(select(booking.c.start_at).where(*_theirs))
READ_COUNTED = prepare(
    select(booking.c.counted_as).where(
        booking.c.organisation_id == bindparam("organisation_id"),
        booking.c.reference.in_(bindparam("references", expanding=True)),
        booking.c.counted_as != "",
    )
)


def checked(details: CustomerDetails, country: str) -> CustomerDetails:
    """The details as they are stored, or `Invalid`."""
    name = " ".join(details.name.split())
    if not fold(name) or len(name) > LONGEST_NAME:
        raise Invalid("name: a booking needs the customer's name")
    if not details.phone:
        return CustomerDetails(name)
    phone = said_number(details.phone, country)
    if phone is None:
        raise Invalid("phone: that is not a telephone number")
    return CustomerDetails(name, phone)


def remember(tx: Transaction, details: CustomerDetails) -> int:
    """The customer's row, made when they are new; a name is kept as it was said last."""
    who = {
        "organisation_id": tx.organisation_id,
        "phone": details.phone or "",
        "name": details.name,
        "folded_name": fold(details.name),
        "created_at": tx.second,
    }
    return int(tx.connection.execute(REMEMBER, who).scalar_one())


def people_of(tx: Transaction, details: CustomerDetails) -> list[str]:
    """As whom the asker's bookings count; a new one counts as the first of them.

    A number that was only claimed counts for nobody: it would tell strangers of its owner's
    visits, and they could lock that owner out. Staff know whom they enter.
    """
    if tx.asker.by == "staff":
        return [details.phone or f"name:{fold(details.name)}"]
    return people_asking(tx)


def people_asking(tx: Transaction) -> list[str]:
    """As whom a caller's bookings count, whoever they are for; nobody for staff."""
    asker = tx.asker
    if asker.by == "staff":
        return []
    people = [asker.known_phone] if asker.known_phone else []
    if asker.verified:
        shown = {"organisation_id": tx.organisation_id, "references": list(asker.verified)}
        people += tx.connection.execute(READ_COUNTED, shown).scalars()
    if asker.call:
        people.append(f"call:{asker.call}")
    return list(dict.fromkeys(people))


def people_moving(tx: Transaction, row: Row[Any]) -> list[str]:
    """As whom a booking counts on the day that the asker moves it to."""
    return sorted({row.counted_as, *people_of(tx, CustomerDetails(row.customer_name))} - {""})


def check_limit(
    tx: Transaction, people: Sequence[str], start: int, *, moving: int = NO_BOOKING
) -> None:
    """Refuses one booking too many on that local day; one that is being moved does not count."""
    if not people:
        return
    zone = tx.business.zone
    day = local_day(start, zone)
    lock(tx.connection, Lock.CUSTOMER, [f"{tx.organisation_id} {who}" for who in people])
    on_day = {
        "organisation_id": tx.organisation_id,
        "since": day_start(day, zone),
        "until": day_start(day + timedelta(days=1), zone),
        "moving": moving,
        "people": list(people),
    }
    if tx.connection.execute(COUNT, on_day).scalar_one() >= tx.business.booking.per_day:
        raise LimitReached(f"{tx.business.booking.per_day} bookings on {day} already")


def days_with_enough(
    tx: Transaction, people: Sequence[str], *, moving: int = NO_BOOKING
) -> frozenset[date]:
    """The local days from today on that have no room for another booking of theirs, as it stands
    now."""
    if not people:
        return frozenset()
    zone = tx.business.zone
    theirs = {
        "organisation_id": tx.organisation_id,
        "since": day_start(local_day(tx.second, zone), zone),
        "moving": moving,
        "people": list(people),
    }
    starts = tx.connection.execute(READ_STARTS, theirs).scalars()
    counts = Counter(local_day(start, zone) for start in starts)
    return frozenset(day for day, count in counts.items() if count >= tx.business.booking.per_day)
