"""Offers: the few slots read to a caller, held for the call while it decides."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import Row, bindparam, delete, insert, select, update

from scheduling import settlement
from scheduling.errors import Overtaken
from scheduling.granting import grant
from scheduling.interval import overlap
from scheduling.life import check_notice, check_step
from scheduling.local_time import seconds_of, utc
from scheduling.occupying import (
    NO_BOOKING,
    Taken,
    Visit,
    claims_on,
    lock_rows,
    make_way,
    occupy,
    take,
)
from scheduling.prepared import prepare
from scheduling.queries import booking_rows, find_booking
from scheduling.shares import left_to_hold
from scheduling.tables import occupancy, offer
from scheduling.transaction import Transaction, draw_reference
from scheduling.values import Offer, Offered, Slot, Wish

CODE_LETTERS = "abcdefghjkmnpqrstuvwxyz"
_of_call = (
    offer.c.organisation_id == bindparam("organisation_id"),
    offer.c.call_id == bindparam("call_id"),
)
READ_STATES = prepare(select(offer.c.id, offer.c.state).where(*_of_call).order_by(offer.c.id))
READ_LIVE = prepare(
    select(offer).where(*_of_call, offer.c.state == "live").order_by(offer.c.start_at)
)
SET_STATE = prepare(
    update(offer)
    .where(
        offer.c.organisation_id == bindparam("of"),
        offer.c.id.in_(bindparam("offer_ids", expanding=True)),
    )
    .values(state=bindparam("new_state"))
)
FREE_HOLDS = prepare(
    delete(occupancy)
    .where(
        occupancy.c.organisation_id == bindparam("organisation_id"),
        occupancy.c.offer_id.in_(bindparam("offer_ids", expanding=True)),
        occupancy.c.kind == "hold",
        # Those that have expired are swept by whoever holds the lock of their row.
        occupancy.c.expires_at > bindparam("now"),
    )
    .returning(
        occupancy.c.offer_id,
        occupancy.c.resource_id,
        occupancy.c.start_at,
        occupancy.c.end_at,
    )
)
ADD_OFFERS = prepare(insert(offer).returning(offer.c.id, offer.c.reference))


class NewOffer(NamedTuple):
    """What the store made of a slot."""

    row_id: int
    code: str
    reference: str


@dataclass(frozen=True, slots=True)
class Former:
    """A call's offers so far, and what was let go of them."""

    count: int
    let_go: dict[int, list[Taken]]
    """The rows that were held, by offer; an offer without rows was not held."""

    def document(self) -> list[dict[str, Any]]:
        """As an inverse keeps it."""
        return [
            {"offer_id": offer_id, "rows": [list(row) for row in rows]}
            for offer_id, rows in self.let_go.items()
        ]


def make_offers(tx: Transaction, wish: Wish) -> Offered:
    """A new set in place of the call's former one; each is held while the fair share lasts.

    Nothing is offered to who would move a booking that can no longer be moved.
    """
    mover = None if wish.moving is None else find_booking(tx, wish.moving)
    if mover is not None:
        check_step(mover.status, mover.status, by=tx.asker.by)
        check_good_time(tx, mover, since=tx.now)
    former = let_go(tx, "replaced")
    moving = NO_BOOKING if mover is None else mover.id
    granted = grant(tx, wish, mover)
    slots = granted.slots
    if granted.seconds:
        slots = tuple(slot for pair in zip(slots, granted.seconds, strict=True) for slot in pair)
    pairs = bool(granted.seconds)
    offers = _write_offers(tx, slots, already=former.count, moving=moving, pairs=pairs)
    if granted.slots and not offers:
        raise Overtaken("every slot that was chosen has gone meanwhile")
    if offers or former.let_go:
        inverse = {
            "offers": [row_id for row_id, _ in offers],
            "freed": former.document(),
            "hold_seconds": hold_seconds(tx),
        }
        settlement.record(tx, "held", inverse=inverse)
    made = tuple(each for _, each in offers)
    if pairs:
        made = tuple(
            replace(first, paired=second)
            for first, second in zip(made[::2], made[1::2], strict=True)
        )
    return Offered(made, granted.why, granted.nearest, granted.being_held)


def check_good_time(tx: Transaction, row: Row[Any], *, since: datetime) -> None:
    """Callers change a booking in good time only; staff whenever its life allows."""
    if tx.asker.by == "caller":
        notice = tx.business.booking.cancel_notice_minutes
        check_notice(utc(row.start_at), now=tx.now, since=since, notice_minutes=notice)


def let_go(tx: Transaction, state: str) -> Former:
    """Ends the call's live offers and frees what they held."""
    if not tx.asker.call:
        return Former(0, {})
    given = {"organisation_id": tx.organisation_id, "call_id": tx.asker.call}
    states = tx.connection.execute(READ_STATES, given).all()
    live = [offer_id for offer_id, known in states if known == "live"]
    freed: dict[int, list[Taken]] = {offer_id: [] for offer_id in live}
    if live:
        given = {"of": tx.organisation_id, "offer_ids": live, "new_state": state}
        tx.connection.execute(SET_STATE, given)
        holds = {"organisation_id": tx.organisation_id, "offer_ids": live, "now": tx.second}
        for offer_id, resource_id, start, end in tx.connection.execute(FREE_HOLDS, holds).all():
            freed[offer_id].append(Taken(resource_id, start, end))
    return Former(len(states), freed)


def live_offers(tx: Transaction) -> tuple[Offer, ...]:
    """The call's offers in force, soonest first."""
    given = {"organisation_id": tx.organisation_id, "call_id": tx.asker.call}
    return tuple(_offer_of(tx, row) for row in tx.connection.execute(READ_LIVE, given))


def hold_seconds(tx: Transaction) -> int:
    """How long a hold lasts."""
    return tx.business.booking.hold_minutes * 60


def add_offers(
    tx: Transaction,
    slots: Sequence[Slot],
    *,
    already: int,
    held: Sequence[int | None],
    state: str = "live",
) -> list[NewOffer]:
    """Writes offers with new references, `already` being how many the call has had."""
    rows: list[dict[str, Any]] = []
    for number, (slot, held_until) in enumerate(zip(slots, held, strict=True), start=already):
        reference = draw_reference()
        rows.append(
            {
                "organisation_id": tx.organisation_id,
                "call_id": tx.asker.call,
                "code": offer_code(number) if tx.asker.call else reference,
                "attempt_id": tx.asker.attempt_id,
                "service_id": slot.service_id,
                "provider_id": slot.provider_id,
                "resource_id": tx.roster.provider_row(slot.provider_id),
                "start_at": seconds_of(slot.start),
                "end_at": seconds_of(slot.end),
                "reference": reference,
                "state": state,
                "held_until": held_until,
                "created_at": tx.second,
            }
        )
    made = {row.reference: row.id for row in tx.connection.execute(ADD_OFFERS, rows)}
    return [NewOffer(made[row["reference"]], row["code"], row["reference"]) for row in rows]


def offer_code(number: int) -> str:
    """Short and sayable: a1 to a9, b1, … z9, aa1, …; counted within one call."""
    letters, digit = divmod(number, 9)
    code = ""
    while True:
        letters, letter = divmod(letters, len(CODE_LETTERS))
        code = CODE_LETTERS[letter] + code
        if letters == 0:
            return f"{code}{digit + 1}"
        letters -= 1


def _write_offers(
    tx: Transaction, slots: Sequence[Slot], *, already: int, moving: int, pairs: bool
) -> list[tuple[int, Offer]]:
    """Each slot that is still free becomes an offer; with its row id. Of pairs, which are two
    slots one behind the other, both become offers or none."""
    visits = [_visit(tx, slot) for slot in slots]
    if not visits:
        return []
    lock_rows(tx, visits)
    taken = take(tx, visits, moving=moving)
    if pairs:
        whole = [
            bool(first and second) for first, second in zip(taken[::2], taken[1::2], strict=True)
        ]
        taken = [rows if whole[at // 2] else None for at, rows in enumerate(taken)]
    free = [(slot, rows) for slot, rows in zip(slots, taken, strict=True) if rows]
    if not free:
        return []
    share = left_to_hold(tx)
    own = [] if moving == NO_BOOKING else booking_rows(tx.connection, tx.organisation_id, moving)
    held: list[int | None] = []
    for _, rows in free:
        fits = share > 0 and not any(_collide(row, other) for row in rows for other in own)
        held.append(tx.second + hold_seconds(tx) if fits else None)
        share -= fits
    kept = [rows for (_, rows), until in zip(free, held, strict=True) if until is not None]
    make_way(tx, [row for rows in kept for row in rows])
    made = add_offers(tx, [slot for slot, _ in free], already=already, held=held)
    hold = {"kind": "hold", "holder": tx.asker.held_by}
    claims = [
        claim
        for new, (_, rows), until in zip(made, free, held, strict=True)
        if until is not None
        for claim in claims_on(rows, **hold, offer_id=new.row_id, expires_at=until)
    ]
    occupy(tx.connection, tx.organisation_id, claims)
    return [
        (new.row_id, offer_value(tx, new.code, slot, until))
        for new, (slot, _), until in zip(made, free, held, strict=True)
    ]


def offer_value(tx: Transaction, code: str, slot: Slot, held_until: int | None) -> Offer:
    """The slot under its id, with the names that callers hear."""
    return Offer(
        offer_id=code,
        service_id=slot.service_id,
        service=tx.business.service(slot.service_id).name,
        provider_id=slot.provider_id,
        provider=tx.business.provider(slot.provider_id).name,
        start=slot.start,
        end=slot.end,
        held_until=None if held_until is None else utc(held_until),
    )


def _offer_of(tx: Transaction, row: Row[Any]) -> Offer:
    slot = Slot(row.service_id, row.provider_id, utc(row.start_at), utc(row.end_at))
    return offer_value(tx, row.code, slot, row.held_until)


def _visit(tx: Transaction, slot: Slot) -> Visit:
    return Visit(tx.business.service(slot.service_id), slot.provider_id, seconds_of(slot.start))


def _collide(this: Taken, that: Taken) -> bool:
    return this.resource_id == that.resource_id and overlap(this[1:], that[1:])
