"""Orders, products, carts and tickets as the caller has heard of them: plain values, money in
decimals of the business's currency, instants aware UTC."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal

from voice.dialogue.statements import Frozen


class OrderLineFact(Frozen):
    """One thing of an order."""

    number: int
    """From 1, in the order's own sequence."""
    product_id: str
    """Empty: nothing that the business sells now."""
    product: str
    quantity: int
    price: Decimal
    """Of one."""
    refunded: int = 0
    """So many of the quantity."""

    @property
    def key(self) -> str:
        """Under which it is named: the product's id, or its name."""
        return self.product_id or self.product

    @property
    def left(self) -> int:
        """So many were not given back yet."""
        return self.quantity - self.refunded


class PaymentFact(Frozen):
    """Money that came in for an order."""

    amount: Decimal
    paid_at: datetime
    how: str


class VerdictFact(Frozen):
    """What the business's rules say to giving something of an order back."""

    items: str
    """That were asked about, as `written_lines` has them; empty: all that is left."""
    used: bool | None
    """What was said of them."""
    why: str = ""
    """Why not; empty: it can be."""
    amount: Decimal = Decimal(0)
    last_day: date | None = None
    """On which it still is, or would have been."""


class OrderFact(Frozen):
    """An order that this caller may hear of."""

    reference: str
    status: str
    placed_at: datetime
    delivered_at: datetime | None = None
    lines: tuple[OrderLineFact, ...] = ()
    total: Decimal = Decimal(0)
    paid: Decimal = Decimal(0)
    refunded: Decimal = Decimal(0)
    open: Decimal = Decimal(0)
    """Still to be paid."""
    customer: str = ""
    payments: tuple[PaymentFact, ...] = ()
    verdict: VerdictFact | None = None
    """On what was last asked to be given back."""

    def has_any(self, products: tuple[str, ...]) -> bool:
        """Whether one of these goods is in it, by their ids."""
        return any(line.key in products for line in self.lines)


class RefundFact(Frozen):
    """Money that was given back in this call."""

    reference: str
    """The order's."""
    items: str
    """As `written_lines` has them."""
    amount: Decimal


class ProductFact(Frozen):
    """A product that was read out."""

    product_id: str
    name: str
    price: Decimal
    left: int | None = None
    """None: it is always there."""
    note: str = ""


class CartLineFact(Frozen):
    """One product of the call's cart."""

    product_id: str
    name: str
    quantity: int
    price: Decimal
    """Of one."""


class CartFact(Frozen):
    """What the caller would buy."""

    lines: tuple[CartLineFact, ...] = ()
    total: Decimal = Decimal(0)


class TicketFact(Frozen):
    """What staff see to for this caller."""

    reference: str
    issue: str
    kind: str = "problem"
    priority: str = "normal"
    status: str = "open"
    call_back: str = ""
    """When the caller would be rung, in their words; empty: no call was asked for."""


def written_lines(lines: tuple[tuple[int, int], ...]) -> str:
    """Numbers of lines, each with its quantity, as tools take them: `1x2, 3x1`."""
    return ", ".join(f"{number}x{quantity}" for number, quantity in lines)
