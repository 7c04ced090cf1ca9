"""What every change of a booking leaves behind: its new version, an event and a message."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Literal

from sqlalchemy import Row, bindparam, delete, insert, select, update

from scheduling import settlement
from scheduling.errors import ChangedMeanwhile, TryAgain
from scheduling.interval import Interval, merge, subtract
from scheduling.life import check_step
from scheduling.occupying import Taken, claims_on, occupy
from scheduling.prepared import prepare
from scheduling.queries import booking_rows
from scheduling.tables import booking, booking_event, occupancy, outbox
from scheduling.transaction import Transaction

ADD_EVENT = prepare(insert(booking_event))
ADD_MESSAGE = prepare(insert(outbox))
CHANGE = (
    update(booking)
    .where(
        booking.c.organisation_id == bindparam("of"),
        booking.c.id == bindparam("row_id"),
        booking.c.version == bindparam("seen"),
    )
    .returning(booking)
)
FREE_ROWS = prepare(
    delete(occupancy).where(
        occupancy.c.organisation_id == bindparam("of"),
        occupancy.c.booking_id == bindparam("row_id"),
    )
)
READ_CLAIMS = prepare(
    select(occupancy.c.resource_id, occupancy.c.start_at, occupancy.c.end_at).where(
        occupancy.c.organisation_id == bindparam("of"),
        occupancy.c.booking_id == bindparam("row_id"),
        occupancy.c.kind == "undo",
    )
)

Told = Literal["booked", "moved", "cancelled"]


def check_unchanged(tx: Transaction, row: Row[Any]) -> None:
    """Refuses what was decided about a booking that somebody has changed since."""
    if tx.asker.version not in (None, row.version):
        raise ChangedMeanwhile(f"booking {row.reference} was changed meanwhile")


def change(tx: Transaction, row: Row[Any], **columns: Any) -> Row[Any]:
    """The row after its columns changed, unless it is no longer as it was read.

    A change without a status is a move: from the status to itself.
    """
    check_step(row.status, columns.get("status", row.status), by=tx.asker.by)
    given = {"of": tx.organisation_id, "row_id": row.id, "seen": row.version}
    changed = CHANGE.values(**columns, version=row.version + 1, updated_at=tx.second)
    after = tx.connection.execute(changed, given).one_or_none()
    if after is None:
        raise TryAgain(f"booking {row.reference} changed meanwhile")
    return after


def note(tx: Transaction, row: Row[Any], what: str) -> None:
    """One more line of the booking's history."""
    event = {
        "organisation_id": tx.organisation_id,
        "booking_id": row.id,
        "at": tx.second,
        "what": what,
        "who": tx.asker.by,
        "why": tx.asker.reason,
        "start_at": row.start_at,
    }
    tx.connection.execute(ADD_EVENT, event)


def tell(tx: Transaction, row: Row[Any], kind: Told) -> None:
    """A message to the outside, which waits until the attempt has settled."""
    message = {
        "organisation_id": tx.organisation_id,
        "kind": kind,
        "reference": row.reference,
        "payload": {"version": row.version, "start_at": row.start_at, "ical_uid": row.ical_uid},
        "attempt_id": tx.asker.attempt_id,
        "not_before": settlement.settles_at(tx),
        "state": "waiting",
    }
    tx.connection.execute(ADD_MESSAGE, message)


def give_up_rows(tx: Transaction, row: Row[Any], *, new: Sequence[Taken] = ()) -> list[Taken]:
    """Takes the booking's time from it, gives it new time, and tells what it had.

    Within an attempt undo claims keep what it had, and what it had before that, until the
    attempt settles; without one all of it is anybody's at once.
    """
    of_booking = {"of": tx.organisation_id, "row_id": row.id}
    had = booking_rows(tx.connection, tx.organisation_id, row.id)
    claimed = [Taken(*each) for each in tx.connection.execute(READ_CLAIMS, of_booking)]
    tx.connection.execute(FREE_ROWS, of_booking)
    taken = claims_on(new, kind="booking", booking_id=row.id)
    occupy(tx.connection, tx.organisation_id, taken)
    if tx.asker.attempt is not None:
        claims = claims_on(
            [piece for each in (*had, *claimed) for piece in _without(each, new)],
            kind="undo",
            booking_id=row.id,
            attempt_id=tx.asker.attempt.id,
            expires_at=settlement.settles_at(tx),
        )
        occupy(tx.connection, tx.organisation_id, claims)
    return had


def _without(taken: Taken, new: Sequence[Taken]) -> list[Taken]:
    """What is left of the time beside the new time on the same row."""
    others = merge(each[1:] for each in new if each.resource_id == taken.resource_id)
    left = subtract([Interval(*taken[1:])], others)
    return [Taken(taken.resource_id, piece.start, piece.end) for piece in left]
