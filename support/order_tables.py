"""The rows of what is sold: orders, their history, payments, refunds, carts and counted stock.

What a row with an `attempt_id` tells holds unless that attempt was undone (`support.standing`).
Instants are whole seconds since the epoch, in UTC; amounts are decimals written out, so that no
database rounds them.
"""

from __future__ import annotations

from typing import Any

from sqlalchemy import JSON, BigInteger, CheckConstraint, Index, UniqueConstraint
from sqlmodel import Field, SQLModel

from scheduling.tables import ROW_ID, SECONDS


class OrderRow(SQLModel, table=True):
    """What a customer has bought."""

    __tablename__ = "placed_order"
    __table_args__ = (
        UniqueConstraint("organisation_id", "reference", name="placed_order_reference"),
        CheckConstraint(
            "status IN ('placed', 'shipped', 'delivered', 'returned', 'cancelled')",
            name="placed_order_status",
        ),
        Index("placed_order_placed", "organisation_id", "placed_at", "id"),
        Index("placed_order_phone", "organisation_id", "customer_phone", "placed_at"),
        Index("placed_order_call", "organisation_id", "call_id", "created_at"),
    )
    id: int | None = Field(default=None, primary_key=True, sa_type=ROW_ID)
    organisation_id: int = Field(foreign_key="organisation.id", sa_type=BigInteger)
    reference: str
    status: str
    customer_name: str
    folded_name: str
    customer_phone: str
    """E.164; empty: none given."""
    placed_at: int = Field(sa_type=SECONDS)
    delivered_at: int | None = Field(default=None, sa_type=SECONDS)
    currency: str
    lines: list[dict[str, Any]] = Field(sa_type=JSON)
    """As they were ordered, for ever: `product_id`, `name`, `quantity` and `price` of one."""
    call_id: str
    """Empty: brought in by staff."""
    attempt_id: int | None = Field(default=None, foreign_key="attempt.id", sa_type=BigInteger)
    """That made it; None once staff have had a hand in it, who then keep it whatever is undone."""
    created_at: int = Field(sa_type=SECONDS)
    updated_at: int = Field(sa_type=SECONDS)
    version: int


class OrderEventRow(SQLModel, table=True):
    """One line of an order's history; never changed, never deleted."""

    __tablename__ = "order_event"
    __table_args__ = (Index("order_event_order", "organisation_id", "order_id", "id"),)
    id: int | None = Field(default=None, primary_key=True, sa_type=ROW_ID)
    organisation_id: int = Field(foreign_key="organisation.id", sa_type=BigInteger)
    order_id: int = Field(foreign_key="placed_order.id", sa_type=BigInteger)
    attempt_id: int | None = Field(default=None, foreign_key="attempt.id", sa_type=BigInteger)
    at: int = Field(sa_type=SECONDS)
    what: str
    who: str
    why: str


class PaymentRow(SQLModel, table=True):
    """Money that came in for an order."""

    __tablename__ = "payment"
    __table_args__ = (Index("payment_order", "organisation_id", "order_id", "id"),)
    id: int | None = Field(default=None, primary_key=True, sa_type=ROW_ID)
    organisation_id: int = Field(foreign_key="organisation.id", sa_type=BigInteger)
    order_id: int = Field(foreign_key="placed_order.id", sa_type=BigInteger)
    amount: str
    paid_at: int = Field(sa_type=SECONDS)
    how: str
    who: str


class RefundRow(SQLModel, table=True):
    """Money that is given back for lines of an order."""

    __tablename__ = "refund"
    __table_args__ = (
        # Of two that saw the same order the database itself takes one.
        UniqueConstraint("organisation_id", "order_id", "order_version", name="refund_once"),
    )
    id: int | None = Field(default=None, primary_key=True, sa_type=ROW_ID)
    organisation_id: int = Field(foreign_key="organisation.id", sa_type=BigInteger)
    order_id: int = Field(foreign_key="placed_order.id", sa_type=BigInteger)
    order_version: int
    """That the order had until then."""
    attempt_id: int | None = Field(default=None, foreign_key="attempt.id", sa_type=BigInteger)
    amount: str
    lines: list[dict[str, int]] = Field(sa_type=JSON)
    """`number` of the order's line, from 1, and `quantity`."""
    at: int = Field(sa_type=SECONDS)
    who: str
    why: str


class CartEntryRow(SQLModel, table=True):
    """How many of a product a call's cart has from here on; the newest that stands says it.

    A checkout empties the cart and says how many were `sold` instead.
    """

    __tablename__ = "cart_entry"
    __table_args__ = (
        CheckConstraint("quantity >= 0 AND sold >= 0", name="cart_entry_counts"),
        CheckConstraint("(sold > 0) = (order_id IS NOT NULL)", name="cart_entry_sold"),
        Index("cart_entry_product", "organisation_id", "product_id", "held_until"),
        Index("cart_entry_call", "organisation_id", "call_id", "id"),
        Index("cart_entry_age", "organisation_id", "created_at"),
    )
    id: int | None = Field(default=None, primary_key=True, sa_type=ROW_ID)
    organisation_id: int = Field(foreign_key="organisation.id", sa_type=BigInteger)
    call_id: str
    product_id: str
    quantity: int
    sold: int = 0
    order_id: int | None = Field(default=None, foreign_key="placed_order.id", sa_type=BigInteger)
    attempt_id: int | None = Field(default=None, foreign_key="attempt.id", sa_type=BigInteger)
    held_until: int | None = Field(default=None, sa_type=SECONDS)
    """Until then the quantity is kept from others; None: it was never held."""
    holder: str
    """On whose account, as `scheduling.holders` writes it; empty once that is forgotten."""
    created_at: int = Field(sa_type=SECONDS)


class StockCountRow(SQLModel, table=True):
    """How many there were of a product when the business file last gave another number."""

    __tablename__ = "stock_count"
    organisation_id: int = Field(
        primary_key=True, foreign_key="organisation.id", sa_type=BigInteger
    )
    product_id: str = Field(primary_key=True)
    counted: int
    business_version: int
    """Of the file that gave it: a process that still has an older one counts nothing anew."""
    after_entry: int = Field(sa_type=BigInteger)
    """What was sold by this cart entry, or before it, is in the count."""


tables = SQLModel.metadata.tables
placed_order, order_event = tables["placed_order"], tables["order_event"]
payment, refund = tables["payment"], tables["refund"]
cart_entry, stock_count = tables["cart_entry"], tables["stock_count"]
