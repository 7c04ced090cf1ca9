"""A slot becomes a booking: the offer that was read out, or a time that was asked for."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any, NamedTuple
from uuid import uuid4

from sqlalchemy import Row, bindparam, insert, select, update

from scheduling import settlement
from scheduling.availability import check_entry, check_start
from scheduling.changes import change, note, tell
from scheduling.customers import check_limit, checked, people_of, remember
from scheduling.errors import (
    BeingHeld,
    HeldByAnother,
    HoldExpired,
    Invalid,
    NoSuchOffer,
    OfferReplaced,
    Refusal,
    SlotTaken,
    UnknownProvider,
)
from scheduling.local_time import on_the_clock, seconds_of, utc
from scheduling.names import fold
from scheduling.occupying import (
    NO_BOOKING,
    Taken,
    Visit,
    claims_on,
    lock_rows,
    make_way,
    no_hold,
    occupy,
    take,
)
from scheduling.offering import add_offers, hold_seconds, let_go
from scheduling.prepared import prepare
from scheduling.queries import booking_of_offer, booking_value
from scheduling.shares import check_booking
from scheduling.tables import booking, offer
from scheduling.transaction import Transaction
from scheduling.values import BookedPair, Booking, CustomerDetails, Order, Paired, Slot, Wish

_of_call = (
    offer.c.organisation_id == bindparam("organisation_id"),
    offer.c.call_id == bindparam("call_id"),
)
READ_OFFER = prepare(select(offer).where(*_of_call, offer.c.code == bindparam("code")))
READ_LIVE_OFFERS = select(offer).where(
    *_of_call,
    offer.c.state == "live",
    offer.c.service_id == bindparam("service_id"),
    offer.c.start_at == bindparam("start_at"),
)
SET_BOOKED = prepare(
    update(offer)
    .where(offer.c.organisation_id == bindparam("of"), offer.c.id == bindparam("row_id"))
    .values(state="booked")
)
ADD_BOOKING = prepare(insert(booking).returning(booking))


class Choice(NamedTuple):
    """One visit that would do, and the offer it comes from."""

    visit: Visit
    offer: Row[Any] | None


def book_both(tx: Transaction, orders: tuple[Order, Order]) -> BookedPair:
    """Both visits of a pair, or none: what one of them refuses undoes the other."""
    first, second = orders
    following = None if second.offer_id is None else find_offer(tx, second.offer_id)
    if following is not None:
        check_stands(following)
    made = book(tx, first, following=None if following is None else following.id)
    return BookedPair(made, book(tx, second))


def book(tx: Transaction, order: Order, *, following: int | None = None) -> Booking:
    """The booking made of the order; an offer that is booked already gives its booking again.
    `following`: the row id of an offer that is booked next, whose hold that booking gives back."""
    customer = checked(order.customer, tx.business.country)
    given = None if order.offer_id is None else find_offer(tx, order.offer_id)
    if given is not None:
        made = booking_of_offer(tx, given.id) if given.state == "booked" else None
        if made is not None and made.status not in ("cancelled", "withdrawn"):
            return booking_value(made, tx.roster)
        check_stands(given)
    choices = allowed(tx, [choice_of(tx, given)] if given is not None else _choices(tx, order))
    people = people_of(tx, customer)
    check_limit(tx, people, choices[0].visit.start)
    former = let_go(tx, "released")
    choice, rows = take_one(tx, choices)
    check_booking(tx)
    whose = {**_customer(tx, customer), "counted_as": people[0] if people else ""}
    offer_id, row = _write(tx, choice, whose, already=former.count)
    claims = claims_on(rows, kind="booking", booking_id=row.id)
    occupy(tx.connection, tx.organisation_id, claims)
    note(tx, row, "booked")
    tell(tx, row, "booked")
    former.let_go[offer_id] = rows
    if following is not None:
        former.let_go.pop(following, None)
    inverse = {
        "version": row.version,
        "start_at": row.start_at,
        "columns": {"status": "withdrawn"},
        "freed": former.document(),
        "hold_seconds": hold_seconds(tx),
    }
    settlement.record(tx, "booked", inverse=inverse, booking_id=row.id)
    return booking_value(row, tx.roster)


def tidied(tx: Transaction, order: Order) -> Order:
    """The order with its customer as they are stored: the same one, however it was typed."""
    return replace(order, customer=checked(order.customer, tx.business.country))


def wish_of(tx: Transaction, order: Order) -> Wish:
    """What somebody who ordered this would take instead: about the same time."""
    if order.offer_id is not None:
        row = find_offer(tx, order.offer_id)
        # One that was only replaced is as a rule still free: it is the one to offer again.
        same = row.provider_id if row.state == "replaced" else None
        return Wish(row.service_id, near=utc(row.start_at), provider_id=same)
    if order.service_id is None:
        raise Invalid("an order names an offer, or a service and a start")
    return Wish(order.service_id, near=order.start, provider_id=order.provider_id)


def wish_of_both(tx: Transaction, orders: tuple[Order, Order]) -> Wish:
    """What somebody would take instead of a pair: another pair, about the same time."""
    first, second = (wish_of(tx, order) for order in orders)
    after = bool(first.near and second.near and second.near > first.near)
    return replace(first, provider_id=None, paired=Paired(second.service_id, after=after))


def find_offer(tx: Transaction, code: str) -> Row[Any]:
    """The offer of this call, whatever became of it."""
    wanted = {
        "organisation_id": tx.organisation_id,
        "call_id": tx.asker.call,
        "code": code.strip().lower() if tx.asker.call else code.strip().upper(),
    }
    row = tx.connection.execute(READ_OFFER, wanted).one_or_none()
    if row is None:
        raise NoSuchOffer(f"no offer {code!r} in this call")
    return row


def check_stands(row: Row[Any]) -> None:
    """Refuses an offer in whose place the call has been made newer ones: who names it may have
    mixed up two days."""
    if row.state == "replaced":
        raise OfferReplaced(f"newer offers stand in place of {row.code}")


def choice_of(tx: Transaction, row: Row[Any]) -> Choice:
    """The visit that was offered."""
    service = tx.business.service(row.service_id)
    provider = tx.business.performer(row.service_id, row.provider_id)
    return Choice(Visit(service, provider.id, row.start_at), row)


def allowed(tx: Transaction, choices: Sequence[Choice]) -> list[Choice]:
    """The choices that the rules allow; where there is none, the first refusal."""
    refusals, kept = [], []
    for choice in choices:
        try:
            _check(tx, choice)
        except Refusal as refusal:
            refusals.append(refusal)
        else:
            kept.append(choice)
    if not kept:
        raise refusals[0]
    return kept


def promised_at(tx: Transaction, row: Row[Any] | None) -> datetime:
    """The instant that notice is counted from: of a slot still held, when it was offered."""
    if row is None or row.state != "live" or (row.held_until or 0) <= tx.second:
        return tx.now
    return utc(row.created_at)


def promised_on_the_clock(tx: Transaction, start: int) -> dict[str, str]:
    """What the customer is told, which the instant alone would not keep through new zone rules."""
    return {
        "booked_tz": tx.business.timezone,
        "local_start": on_the_clock(start, tx.business.zone),
    }


def take_one(
    tx: Transaction, choices: Sequence[Choice], *, moving: int = NO_BOOKING
) -> tuple[Choice, list[Taken]]:
    """The first choice that is free, and what it takes."""
    lock_rows(tx, [choice.visit for choice in choices])
    for choice in choices:
        [rows] = take(tx, [choice.visit], moving=moving)
        if rows:
            make_way(tx, rows)
            return choice, rows
    raise _taken(tx, choices, moving=moving)


def _taken(tx: Transaction, choices: Sequence[Choice], *, moving: int) -> SlotTaken | HoldExpired:
    """Why none of them can be had: somebody has booked, or merely decides."""
    held = any(
        rows is not None
        for choice in choices
        for rows in take(tx, [choice.visit], moving=moving, counts=no_hold)
    )
    offered = choices[0].offer
    if offered is not None and offered.held_until is not None:
        lapsed = f"offer {offered.code} was not held any more"
        if held:
            return HeldByAnother(f"{lapsed}, and its slot is held for somebody else")
        return HoldExpired(f"{lapsed}, and its slot is taken")
    local = f"{utc(choices[0].visit.start).astimezone(tx.business.zone):%a %Y-%m-%d %H:%M}"
    return BeingHeld(f"{local} is being held") if held else SlotTaken(f"{local} is taken")


def _check(tx: Transaction, choice: Choice) -> None:
    service, provider_id, start = choice.visit
    if tx.asker.by == "staff":
        check_entry(tx.business, service, provider_id=provider_id, start=utc(start), now=tx.now)
        return
    check_start(
        tx.business,
        service,
        provider_id=provider_id,
        start=utc(start),
        now=tx.now,
        promised_at=promised_at(tx, choice.offer),
    )


def _choices(tx: Transaction, order: Order) -> list[Choice]:
    """Who could do it at that time; those already offered to this call first."""
    if order.service_id is None or order.start is None:
        raise Invalid("an order names an offer, or a service and a start")
    if order.start.tzinfo is None or order.start.microsecond:
        raise Invalid("a start is a whole second with its time zone")
    service, start = tx.business.service(order.service_id), seconds_of(order.start)
    wanted = {
        "organisation_id": tx.organisation_id,
        "call_id": tx.asker.call,
        "service_id": service.id,
        "start_at": start,
    }
    offered = {}
    if tx.asker.call:
        rows = tx.connection.execute(READ_LIVE_OFFERS, wanted)
        offered = {row.provider_id: row for row in rows}
    choices = [
        Choice(Visit(service, provider_id, start), offered.get(provider_id))
        for provider_id in tx.roster.candidates(service.id, order.provider_id)
    ]
    if not choices:
        raise UnknownProvider(f"nobody performs {service.id!r}")
    return sorted(choices, key=lambda choice: choice.offer is None)


def _customer(tx: Transaction, customer: CustomerDetails) -> dict[str, Any]:
    return {
        "customer_id": remember(tx, customer),
        "customer_name": customer.name,
        "folded_name": fold(customer.name),
        "customer_phone": customer.phone or "",
    }


def _write(
    tx: Transaction, choice: Choice, whose: dict[str, Any], *, already: int
) -> tuple[int, Row[Any]]:
    """The booking's row, and its offer's id; one withdrawn before is the same booking again."""
    row = choice.offer
    made = None if row is None else booking_of_offer(tx, row.id)
    details = {**whose, "status": "booked"}
    if row is None or (made is not None and made.status != "withdrawn"):
        slot = _slot_of(choice.visit)
        [new] = add_offers(tx, [slot], already=already, held=[None], state="booked")
        return new.row_id, _add(tx, choice.visit, new.row_id, new.reference, details)
    tx.connection.execute(SET_BOOKED, {"of": tx.organisation_id, "row_id": row.id})
    if made is not None:
        return row.id, change(tx, made, **details)
    return row.id, _add(tx, choice.visit, row.id, row.reference, details)


def _add(
    tx: Transaction, visit: Visit, offer_id: int, reference: str, details: dict[str, Any]
) -> Row[Any]:
    columns = {
        **details,
        "organisation_id": tx.organisation_id,
        "reference": reference,
        "offer_id": offer_id,
        "service_id": visit.service.id,
        "service_name": visit.service.name,
        "provider_id": visit.provider_id,
        "provider_name": tx.business.provider(visit.provider_id).name,
        "start_at": visit.start,
        "end_at": visit.start + visit.service.minutes * 60,
        **promised_on_the_clock(tx, visit.start),
        "call_id": tx.asker.call,
        "created_at": tx.second,
        "updated_at": tx.second,
        "version": 1,
        "ical_uid": str(uuid4()),
        "ical_sequence": 0,
    }
    return tx.connection.execute(ADD_BOOKING, columns).one()


def _slot_of(visit: Visit) -> Slot:
    end = visit.start + visit.service.minutes * 60
    return Slot(visit.service.id, visit.provider_id, utc(visit.start), utc(end))
