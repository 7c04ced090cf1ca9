"""Orders as everybody outside sees them: frozen values, money in decimals of the order's currency.

What was paid and given back is added up from its rows whenever an order is read.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any, Literal

from sqlalchemy import BindParameter, Connection, Row, bindparam, select

from scheduling.local_time import utc
from scheduling.roster import Roster
from scheduling.values import By, CustomerDetails
from support.order_tables import payment, refund
from support.standing import stands

OrderStatus = Literal["placed", "shipped", "delivered", "returned", "cancelled"]

_ids: BindParameter[Any] = bindparam("ids", expanding=True)
READ_PAYMENTS = select(payment.c.order_id, payment.c.amount).where(
    payment.c.organisation_id == bindparam("of"), payment.c.order_id.in_(_ids)
)
READ_REFUNDS = select(refund.c.order_id, refund.c.amount, refund.c.lines).where(
    refund.c.organisation_id == bindparam("of"), refund.c.order_id.in_(_ids), stands(refund)
)


@dataclass(frozen=True, slots=True)
class OrderLine:
    """One thing of an order, and how many of it."""

    number: int
    """From 1, in the order's own sequence."""
    product_id: str
    """Empty: nothing that the business file names."""
    product: str
    quantity: int
    price: Decimal
    """Of one."""
    refunded: int = 0
    """So many of the quantity."""


@dataclass(frozen=True, slots=True)
class PlacedOrder:
    """What a customer has bought, by phone or elsewhere."""

    reference: str
    status: OrderStatus
    organisation: str
    customer_name: str
    customer_phone: str | None
    placed_at: datetime
    delivered_at: datetime | None
    lines: tuple[OrderLine, ...]
    total: Decimal
    paid: Decimal
    refunded: Decimal
    currency: str
    timezone: str
    call_id: str | None
    created_at: datetime
    updated_at: datetime
    version: int

    @property
    def open(self) -> Decimal:
        """What is still to be paid."""
        return Decimal(0) if self.status == "cancelled" else max(self.total - self.paid, Decimal(0))

    @property
    def is_paid(self) -> bool:
        """Whether all of it came in."""
        return self.paid >= self.total


@dataclass(frozen=True, slots=True)
class NewLine:
    """A line as staff bring it in."""

    product: str
    """A product's id or name; what the business file does not have is kept by name."""
    quantity: int
    price: Decimal
    """Of one, in the business's currency."""


@dataclass(frozen=True, slots=True)
class NewOrder:
    """An order that was placed elsewhere, as staff bring it in."""

    reference: str
    """4 to 12 letters or digits, in either case."""
    customer: CustomerDetails
    placed_at: datetime
    lines: tuple[NewLine, ...]
    status: OrderStatus = "placed"
    paid: bool = False
    delivered_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class OrderEvent:
    """One line of an order's append-only history."""

    at: datetime
    what: str
    who: By
    why: str
    undone: bool
    """Whether the caller never heard of it, so that it does not hold."""


@dataclass(frozen=True, slots=True)
class OrderFilter:
    """Staff's and verified callers' search; None does not filter."""

    reference: str | None = None
    among: tuple[str, ...] = ()
    """References, tidied, of which it has one."""
    name: str | None = None
    """As typed: case, accents and spacing do not count; part of a name is enough."""
    phone: str | None = None
    """As typed: national or E.164."""
    status: OrderStatus | None = None
    first_day: date | None = None
    last_day: date | None = None
    """Local days on which orders were placed, both included."""
    limit: int = 50
    cursor: str | None = None


@dataclass(frozen=True, slots=True)
class OrderPage:
    """Orders, the last placed first, and where the next page begins."""

    orders: tuple[PlacedOrder, ...]
    next_cursor: str | None


def order_values(
    connection: Connection, roster: Roster, rows: Sequence[Row[Any]]
) -> tuple[PlacedOrder, ...]:
    """One organisation's rows with what was paid and given back."""
    asked = {"of": roster.organisation.id, "ids": [row.id for row in rows]}
    paid: defaultdict[int, Decimal] = defaultdict(Decimal)
    for each in connection.execute(READ_PAYMENTS, asked):
        paid[each.order_id] += Decimal(each.amount)
    refunded: defaultdict[int, Decimal] = defaultdict(Decimal)
    quantities: defaultdict[int, Counter[int]] = defaultdict(Counter)
    for made in connection.execute(READ_REFUNDS, asked):
        refunded[made.order_id] += Decimal(made.amount)
        quantities[made.order_id].update({ln["number"]: ln["quantity"] for ln in made.lines})
    return tuple(
        _order_value(row, roster, (paid[row.id], refunded[row.id]), quantities[row.id])
        for row in rows
    )


def _order_value(
    row: Row[Any], roster: Roster, money: tuple[Decimal, Decimal], given_back: Counter[int]
) -> PlacedOrder:
    lines = tuple(
        OrderLine(
            number=number,
            product_id=line["product_id"],
            product=line["name"],
            quantity=line["quantity"],
            price=Decimal(line["price"]),
            refunded=given_back[number],
        )
        for number, line in enumerate(row.lines, start=1)
    )
    return PlacedOrder(
        reference=row.reference,
        status=row.status,
        organisation=roster.organisation.slug,
        customer_name=row.customer_name,
        customer_phone=row.customer_phone or None,
        placed_at=utc(row.placed_at),
        delivered_at=None if row.delivered_at is None else utc(row.delivered_at),
        lines=lines,
        total=sum((line.price * line.quantity for line in lines), Decimal(0)),
        paid=money[0],
        refunded=money[1],
        currency=row.currency,
        timezone=roster.business.timezone,
        call_id=row.call_id or None,
        created_at=utc(row.created_at),
        updated_at=utc(row.updated_at),
        version=row.version,
    )
