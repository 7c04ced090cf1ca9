"""Payments as records: what came in for an order, when and how. No card is ever seen here."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any

from sqlalchemy import Row, bindparam, insert, select

from scheduling.business import Business
from scheduling.errors import Invalid, NotAllowed
from scheduling.local_time import utc
from scheduling.transaction import Transaction
from scheduling.values import By
from support.order_tables import payment
from support.order_values import PlacedOrder
from support.orders import change, check_amount, find_order, note, order_of

LONGEST_HOW = 60
ADD_PAYMENT = insert(payment)
READ_PAYMENTS = (
    select(payment)
    .where(
        payment.c.organisation_id == bindparam("of"), payment.c.order_id == bindparam("order_row")
    )
    .order_by(payment.c.paid_at, payment.c.id)
)


@dataclass(frozen=True, slots=True)
class Payment:
    """Money that came in for an order, in the order's currency."""

    amount: Decimal
    paid_at: datetime
    how: str
    """In words: "at the desk", "by link", "elsewhere"."""
    who: By
    """Who recorded it."""


def pay(tx: Transaction, reference: str, amount: Decimal | None, how: str) -> PlacedOrder:
    """The order with what came in now; None: all that was open. Staff's doing, or a provider's."""
    if tx.asker.by == "caller":
        raise NotAllowed("nobody pays by saying so")
    row = find_order(tx, reference, locked=True)
    order = order_of(tx, row)
    paid = order.open if amount is None else amount
    check_amount(paid, order.currency)
    if not 0 < paid <= order.open:
        raise NotAllowed(f"order {row.reference}: {order.open} {order.currency} are open")
    if not how.strip() or len(how) > LONGEST_HOW:
        raise Invalid("how: in a few words, how it was paid")
    add_payment(tx, row, paid, how=how.strip(), at=tx.second)
    after = change(tx, row)
    note(tx, after, "paid")
    return order_of(tx, after)


def add_payment(tx: Transaction, row: Row[Any], amount: Decimal, *, how: str, at: int) -> None:
    """Writes that money came in."""
    paid = {"amount": str(amount), "paid_at": at, "how": how, "who": tx.asker.by}
    of_order = {"organisation_id": tx.organisation_id, "order_id": row.id}
    tx.connection.execute(ADD_PAYMENT, {**of_order, **paid})


def payments_of(tx: Transaction, reference: str) -> tuple[Payment, ...]:
    """What came in for that order, oldest first."""
    asked = {"of": tx.organisation_id, "order_row": find_order(tx, reference).id}
    return tuple(
        Payment(Decimal(each.amount), utc(each.paid_at), each.how, each.who)
        for each in tx.connection.execute(READ_PAYMENTS, asked)
    )


def payment_link(business: Business, reference: str) -> str | None:
    """Where that order is paid; None where the business has no such page."""
    return business.support.payment_link.replace("{reference}", reference) or None
