"""What became of a booking, as staff mark it: arrived, fulfilled, not shown up."""

from __future__ import annotations

from scheduling.changes import change, check_unchanged, note
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
    after = change(tx, row, status=status)
    note(tx, after, "mark taken back" if status == "booked" else status)
    return booking_value(after, tx.roster)
