"""Shares counted: how many more slots may be held, and whether one more may be booked."""

from __future__ import annotations

from sqlalchemy import (
    ColumnElement,
    Integer,
    String,
    bindparam,
    exists,
    func,
    literal_column,
    select,
)

from scheduling.errors import ShareSpent
from scheduling.holders import HOUR, shares_of
from scheduling.locks import Lock, lock
from scheduling.prepared import prepare
from scheduling.tables import attempt, booking, occupancy
from scheduling.transaction import Transaction


def among(holder: ColumnElement[str]) -> ColumnElement[bool]:
    """Whether the first words of `words_of`, or all of them, are the column's."""
    length = bindparam("length", type_=Integer)
    begins = func.substr(holder.op("||")(literal_column("' '", String)), 1, length)
    return begins == bindparam("words")


COUNT_HELD = prepare(
    select(func.count(occupancy.c.offer_id.distinct())).where(
        occupancy.c.organisation_id == bindparam("organisation_id"),
        occupancy.c.kind == "hold",
        occupancy.c.expires_at > bindparam("now"),
        among(occupancy.c.holder),
    )
)
COUNT_BOOKED = prepare(
    select(func.count()).where(
        booking.c.organisation_id == bindparam("organisation_id"),
        booking.c.created_at > bindparam("since"),
        booking.c.status != "withdrawn",
        exists().where(
            attempt.c.organisation_id == booking.c.organisation_id,
            attempt.c.call_id == booking.c.call_id,
            among(attempt.c.holder),
        ),
    )
)
"""Cancelled ones too: booking and cancelling in turns is no way round."""


def left_to_hold(tx: Transaction) -> int:
    """How many more slots may be held for the asker; none for nobody's call."""
    if not tx.asker.call or not tx.asker.held_by:
        return 0
    shares = shares_of(tx.asker.held_by)
    queue_for(tx, [share.of for share in shares])
    return min(share.holds - _count_held(tx, share.of) for share in shares)


def check_booking(tx: Transaction) -> None:
    """Refuses a caller's booking once as many came from there within the hour as may."""
    if tx.asker.by != "caller":
        return
    limits = [
        (share.of, share.bookings)
        for share in shares_of(tx.asker.held_by)
        if share.bookings is not None
    ]
    queue_for(tx, [of for of, _ in limits])
    for of, most in limits:
        if _count_booked(tx, of) >= most:
            raise ShareSpent(f"{most} bookings within the hour already, by {of!r}")


def queue_for(tx: Transaction, holders: list[str]) -> None:
    """Whoever counts what is on these holders' account waits until this transaction ends."""
    lock(tx.connection, Lock.HOLDER, [f"{tx.organisation_id} {of}" for of in holders])


def _count_held(tx: Transaction, holder: str) -> int:
    given = {"organisation_id": tx.organisation_id, "now": tx.second, **words_of(holder)}
    return int(tx.connection.execute(COUNT_HELD, given).scalar_one())


def _count_booked(tx: Transaction, holder: str) -> int:
    given = {"organisation_id": tx.organisation_id, "since": tx.second - HOUR, **words_of(holder)}
    return int(tx.connection.execute(COUNT_BOOKED, given).scalar_one())


def words_of(holder: str) -> dict[str, str | int]:
    """The parameters of `among`."""
    return {"words": f"{holder} ", "length": len(holder) + 1}
