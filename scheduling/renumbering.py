"""A booking's customer is reached on another number; time, name and reference stay."""

from __future__ import annotations

from scheduling import settlement
from scheduling.changes import change, check_unchanged, note
from scheduling.customers import checked, remember
from scheduling.queries import booking_value, find_booking
from scheduling.transaction import Transaction
from scheduling.values import Booking, CustomerDetails


def renumber(tx: Transaction, reference: str, phone: str) -> Booking:
    """The booking under that number; the number it has changes nothing. As whom it counts stays:
    whoever asks cannot make room for more visits so."""
    row = find_booking(tx, reference, locked=True)
    customer = checked(CustomerDetails(row.customer_name, phone), tx.business.country)
    if customer.phone == row.customer_phone:
        return booking_value(row, tx.roster)
    check_unchanged(tx, row)
    after = change(tx, row, customer_phone=customer.phone or "", customer_id=remember(tx, customer))
    note(tx, after, "renumbered")
    inverse = {
        "version": after.version,
        "start_at": row.start_at,
        "columns": {"customer_phone": row.customer_phone, "customer_id": row.customer_id},
    }
    settlement.record(tx, "renumbered", inverse=inverse, booking_id=row.id)
    return booking_value(after, tx.roster)
