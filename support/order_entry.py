"""Orders as they are entered, by staff or out of a cart: checked, tidied and written once."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from decimal import Decimal

from sqlalchemy import bindparam, select

from scheduling.business import Business
from scheduling.customers import checked
from scheduling.errors import Invalid, NotAllowed
from scheduling.names import fold
from scheduling.queries import tidy_reference
from scheduling.transaction import Transaction
from support.order_tables import placed_order
from support.order_values import NewLine, NewOrder, PlacedOrder
from support.orders import add_order, check_amount, note, order_of
from support.payments import add_payment

MOST_LINES = 100
MOST_OF_ONE = 999
IS_TAKEN = select(placed_order.c.id).where(
    placed_order.c.organisation_id == bindparam("of"),
    placed_order.c.reference == bindparam("reference"),
)
"""By one that was undone too."""


def tidied(tx: Transaction, new: NewOrder) -> NewOrder:
    """The order as it is stored: the same one, however it was typed; or `Invalid`."""
    reference = tidy_reference(new.reference)
    if not (4 <= len(reference) <= 12 and reference.isascii()):
        raise Invalid("reference: 4 to 12 letters or digits")
    if not 1 <= len(new.lines) <= MOST_LINES:
        raise Invalid(f"lines: from 1 to {MOST_LINES}")
    _check_times(new, tx.now)
    lines = tuple(_tidied_line(tx.business, line) for line in new.lines)
    customer = checked(new.customer, tx.business.country)
    return replace(new, reference=reference, customer=customer, lines=lines)


def bring_in(tx: Transaction, new: NewOrder) -> PlacedOrder:
    """The order, kept under its reference; of what was sold elsewhere nothing leaves the stock."""
    new = tidied(tx, new)
    asked = {"of": tx.organisation_id, "reference": new.reference}
    if tx.connection.execute(IS_TAKEN, asked).first() is not None:
        raise NotAllowed(f"there is an order {new.reference} already")
    row = add_order(tx, new)
    if new.paid:
        total = sum((line.price * line.quantity for line in new.lines), Decimal(0))
        add_payment(tx, row, total, how="elsewhere", at=row.placed_at)
    note(tx, row, "brought in")
    return order_of(tx, row)


def _check_times(new: NewOrder, now: datetime) -> None:
    for name, at in (("placed_at", new.placed_at), ("delivered_at", new.delivered_at)):
        if at is not None and (at.tzinfo is None or at > now):
            raise Invalid(f"{name}: an instant with its offset that has been")
    if new.delivered_at is not None and new.status not in ("delivered", "returned"):
        raise Invalid(f"delivered_at: the order is {new.status}")
    if new.delivered_at is not None and new.delivered_at < new.placed_at:
        raise Invalid("delivered_at: before the order was placed")


def _tidied_line(business: Business, line: NewLine) -> NewLine:
    product = " ".join(line.product.split())
    if not fold(product) or len(product) > 120:
        raise Invalid("lines: each names its product, in at most 120 characters")
    if not 1 <= line.quantity <= MOST_OF_ONE:
        raise Invalid(f"lines: a quantity is from 1 to {MOST_OF_ONE}")
    check_amount(line.price, business.currency)
    return replace(line, product=product)
