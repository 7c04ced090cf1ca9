"""A booking gets another time, or none. The row stays, and so does its reference."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Row

from scheduling import settlement
from scheduling.booking import (
    Choice,
    allowed,
    check_stands,
    choice_of,
    find_offer,
    promised_at,
    promised_on_the_clock,
    take_one,
)
from scheduling.changes import change, check_unchanged, give_up_rows, note, tell
from scheduling.customers import check_limit, people_moving
from scheduling.errors import Invalid, OfferOfAnother
from scheduling.life import check_step
from scheduling.local_time import on_the_clock, seconds_of, utc
from scheduling.occupying import Taken, Visit
from scheduling.offering import check_good_time, hold_seconds, let_go
from scheduling.queries import booking_value, find_booking
from scheduling.transaction import Transaction
from scheduling.values import Booking, Target, Wish

WHERE_AND_WHEN = (
    "provider_id", "provider_name", "start_at", "end_at", "booked_tz", "local_start",
)  # fmt: skip


def move(tx: Transaction, reference: str, target: Target) -> Booking:
    """The booking at its new time; if that is refused, the old one is untouched."""
    row = find_booking(tx, reference, locked=True)
    check_step(row.status, row.status, by=tx.asker.by)
    choice = _target_choice(tx, row, target)
    check_good_time(tx, row, since=promised_at(tx, choice.offer))
    visit = choice.visit
    if _is_there(tx, row, visit):
        return booking_value(row, tx.roster)
    check_unchanged(tx, row)
    allowed(tx, [choice])
    check_limit(tx, people_moving(tx, row), visit.start, moving=row.id)
    former = let_go(tx, "released")
    _, rows = take_one(tx, [choice], moving=row.id)
    had = give_up_rows(tx, row, new=rows)
    after = change(
        tx,
        row,
        provider_id=visit.provider_id,
        provider_name=tx.business.provider(visit.provider_id).name,
        start_at=visit.start,
        end_at=visit.start + visit.service.minutes * 60,
        **promised_on_the_clock(tx, visit.start),
        ical_sequence=row.ical_sequence + 1,
    )
    note(tx, after, "moved")
    tell(tx, after, "moved")
    if choice.offer is not None:
        former.let_go[choice.offer.id] = rows
    inverse = {
        **_inverse(row, after, had),
        "columns": {name: getattr(row, name) for name in WHERE_AND_WHEN},
        "freed": former.document(),
        "hold_seconds": hold_seconds(tx),
    }
    settlement.record(tx, "moved", inverse=inverse, booking_id=row.id)
    return booking_value(after, tx.roster)


def cancel(tx: Transaction, reference: str) -> Booking:
    """The booking, cancelled; cancelling it again changes nothing."""
    row = find_booking(tx, reference, locked=True)
    if row.status == "cancelled":
        return booking_value(row, tx.roster)
    check_step(row.status, "cancelled", by=tx.asker.by)
    check_good_time(tx, row, since=tx.now)
    check_unchanged(tx, row)
    had = give_up_rows(tx, row)
    after = change(tx, row, status="cancelled", ical_sequence=row.ical_sequence + 1)
    note(tx, after, "cancelled")
    tell(tx, after, "cancelled")
    inverse = {**_inverse(row, after, had), "columns": {"status": row.status}}
    settlement.record(tx, "cancelled", inverse=inverse, booking_id=row.id)
    return booking_value(after, tx.roster)


def wish_of(tx: Transaction, reference: str, target: Target) -> Wish:
    """What somebody who wanted to move there would take instead: about the same time."""
    row = find_booking(tx, reference)
    check_step(row.status, row.status, by=tx.asker.by)
    check_good_time(tx, row, since=tx.now)
    near, provider_id = target.start, target.provider_id
    if target.offer_id is not None:
        offered = find_offer(tx, target.offer_id)
        near = utc(offered.start_at)
        if offered.service_id == row.service_id:
            provider_id = offered.provider_id
    return Wish(row.service_id, near=near, provider_id=provider_id, moving=reference)


def _inverse(row: Row[Any], after: Row[Any], had: Sequence[Taken]) -> dict[str, Any]:
    """What undoing any change needs: what was, and how to tell that it is still to be undone."""
    return {
        "version": after.version,
        "start_at": row.start_at,
        "rows": [list(each) for each in had],
    }


def _is_there(tx: Transaction, row: Row[Any], visit: Visit) -> bool:
    """Whether there is nothing to move, not even what was promised on the clock."""
    if (visit.start, visit.provider_id) != (row.start_at, row.provider_id):
        return False
    return row.local_start in (None, on_the_clock(row.start_at, tx.business.zone))


def _target_choice(tx: Transaction, row: Row[Any], target: Target) -> Choice:
    if target.offer_id is not None:
        offered = find_offer(tx, target.offer_id)
        check_stands(offered)
        if offered.service_id != row.service_id:
            raise OfferOfAnother("the offer is for another service")
        return choice_of(tx, offered)
    if target.start is None or target.start.tzinfo is None or target.start.microsecond:
        raise Invalid("a target names an offer, or a start with its time zone")
    service = tx.business.service(row.service_id)
    provider = tx.business.performer(service.id, target.provider_id or row.provider_id)
    return Choice(Visit(service, provider.id, seconds_of(target.start)), None)
