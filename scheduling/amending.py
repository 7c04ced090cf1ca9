"""A booking's customer by another name or on another number; time and reference stay."""

from __future__ import annotations

from scheduling import settlement
from scheduling.changes import change, check_unchanged, note
from scheduling.customers import checked, remember
from scheduling.names import fold
from scheduling.queries import booking_value, find_booking
from scheduling.transaction import Transaction
from scheduling.values import Booking, CustomerDetails


def amend(tx: Transaction, reference: str, name: str | None, phone: str | None) -> Booking:
    """The booking with these details; those it has change nothing. As whom it counts stays:
    whoever asks cannot make room for more visits so."""
    row = find_booking(tx, reference, locked=True)
    wanted = CustomerDetails(name or row.customer_name, phone or row.customer_phone or None)
    customer = checked(wanted, tx.business.country)
    columns = {
        "customer_name": customer.name,
        "folded_name": fold(customer.name),
        "customer_phone": customer.phone or "",
    }
    before = {each: getattr(row, each) for each in columns}
    if columns == before:
        return booking_value(row, tx.roster)
    check_unchanged(tx, row)
    # Calendars show who comes, and take only a higher number for a change.
    numbers = {"customer_id": remember(tx, customer), "ical_sequence": row.ical_sequence + 1}
    after = change(tx, row, **columns, **numbers)
    note(tx, after, "amended")
    inverse = {
        "version": after.version,
        "start_at": row.start_at,
        "columns": {**before, "customer_id": row.customer_id},
    }
    settlement.record(tx, "amended", inverse=inverse, booking_id=row.id)
    return booking_value(after, tx.roster)
