"""What became of a booking, as staff mark it: arrived, fulfilled, not shown up."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Row

from scheduling.changes import change, check_unchanged, note
from scheduling.errors import NotAllowed
from scheduling.local_time import local_day
from scheduling.queries import booking_value, find_booking
from scheduling.transaction import Transaction
from scheduling.values import Booking, Mark


def mark(tx: Transaction, reference: str, status: Mark) -> Booking:
    """The booking with that status; marking it so again changes nothing.

    Its time stays taken: who wants the rest of a missed visit for somebody else cancels it.
    """
    row = find_booking(tx, reference, locked=True)
    if row.status == status:
        return booking_value(row, tx.roster)
    check_unchanged(tx, row)
    if status != "booked":
        _check_can_be_known(tx, row, status)
    after = change(tx, row, status=status)
    note(tx, after, "mark taken back" if status == "booked" else status)
    return booking_value(after, tx.roster)


def _check_can_be_known(tx: Transaction, row: Row[Any], status: Mark) -> None:
    """Refuses to mark what has not happened yet: it is another visit that is meant.

    People come early, and who has come may be seen before their time: that day is enough. Nobody
    is late, or done without having come, before the visit begins.
    """
    zone = tx.business.zone
    came = status == "arrived" or (status == "fulfilled" and row.status == "arrived")
    if came and local_day(row.start_at, zone) > local_day(tx.second, zone):
        raise NotAllowed(f"booking {row.reference} is for a later day: it cannot be {status} yet")
    if not came and row.start_at > tx.second:
        raise NotAllowed(f"booking {row.reference} has not begun: it cannot be {status} yet")
