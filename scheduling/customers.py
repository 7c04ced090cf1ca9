"""Who a booking is for: names and numbers as they are stored and compared."""

from __future__ import annotations

import unicodedata

import phonenumbers
from sqlalchemy import bindparam, func, select, text

from scheduling.errors import Invalid, LimitReached
from scheduling.local_time import day_start, local_day
from scheduling.locks import Lock, lock
from scheduling.occupying import NO_BOOKING
from scheduling.prepared import prepare
from scheduling.tables import booking, customer
from scheduling.transaction import Transaction
from scheduling.values import CustomerDetails

LONGEST_NAME = 200
UNDECOMPOSED = str.maketrans(
    {"ø": "o", "ł": "l", "đ": "d", "æ": "ae", "œ": "oe", "ı": "i", "þ": "th", "ð": "d"}
)
REMEMBER = prepare(
    text(
        "INSERT INTO customer (organisation_id, phone, name, folded_name, created_at)"
        " VALUES (:organisation_id, :phone, :name, :folded_name, :created_at)"
        " ON CONFLICT (organisation_id, phone, folded_name) DO UPDATE SET name = excluded.name"
        " RETURNING id"
    ).columns(customer.c.id)
)
_on_day = (
    booking.c.organisation_id == bindparam("organisation_id"),
    booking.c.start_at >= bindparam("since"),
    booking.c.start_at < bindparam("until"),
    booking.c.status.in_(("booked", "arrived", "fulfilled")),
    booking.c.id != bindparam("moving"),
)
COUNT_BY_PHONE = prepare(
    select(func.count()).where(*_on_day, booking.c.customer_phone == bindparam("phone"))
)
COUNT_BY_NAME = prepare(
    select(func.count()).where(
        *_on_day, booking.c.customer_phone == "", booking.c.folded_name == bindparam("name")
    )
)


def fold(name: str) -> str:
    """Letters and digits alone, without case, accents or spacing."""
    plain = name.casefold().translate(UNDECOMPOSED)
    return "".join(each for each in unicodedata.normalize("NFKD", plain) if each.isalnum())


def e164(number: str, country: str) -> str | None:
    """The number as the world dials it, from how it is dialled in that country.

    Without a plus it must have its area code; with one it is believed if it has a possible length.
    """
    try:
        parsed = phonenumbers.parse(number, country)
    except phonenumbers.NumberParseException:
        return None
    length = phonenumbers.is_possible_number_with_reason(parsed)
    short = length == phonenumbers.ValidationResult.IS_POSSIBLE_LOCAL_ONLY
    if length != phonenumbers.ValidationResult.IS_POSSIBLE and not (
        short and number.strip().startswith("+")
    ):
        return None
    return phonenumbers.format_number(parsed, phonenumbers.PhoneNumberFormat.E164)


def checked(details: CustomerDetails, country: str) -> CustomerDetails:
    """The details as they are stored, or `Invalid`."""
    name = " ".join(details.name.split())
    if not fold(name) or len(name) > LONGEST_NAME:
        raise Invalid("name: a booking needs the customer's name")
    if not details.phone:
        return CustomerDetails(name)
    phone = e164(details.phone, country)
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


def check_limit(
    tx: Transaction, details: CustomerDetails, start: int, *, moving: int = NO_BOOKING
) -> None:
    """Refuses one booking too many on that local day; one that is being moved does not count."""
    zone = tx.business.zone
    day = local_day(start, zone)
    who = details.phone or fold(details.name)
    lock(tx.connection, Lock.CUSTOMER, [f"{tx.organisation_id} {who}"])
    on_day = {
        "organisation_id": tx.organisation_id,
        "since": day_start(day, zone),
        "until": day_start(day.fromordinal(day.toordinal() + 1), zone),
        "moving": moving,
    }
    if details.phone:
        count = tx.connection.execute(COUNT_BY_PHONE, {**on_day, "phone": details.phone})
    else:
        count = tx.connection.execute(COUNT_BY_NAME, {**on_day, "name": fold(details.name)})
    if count.scalar_one() >= tx.business.booking.per_day:
        raise LimitReached(f"{tx.business.booking.per_day} bookings on {day} already")
