"""What a caller wants of a business's support, and what the store holds of it. Values only."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Literal

from scheduling.business import Business
from support.order_values import OrderStatus, PlacedOrder
from support.ticket_values import Ticket, TicketKind

Specialist = Literal[
    "refunds", "order status", "billing", "sales", "tech support", "account", "a person", "mixed",
]  # fmt: skip
SPECIALISTS: tuple[Specialist, ...] = (
    "refunds", "order status", "billing", "sales", "tech support", "account", "a person", "mixed",
)  # fmt: skip
SupportKind = Literal[
    "refund", "refund part", "refund late", "status", "owed", "receipt", "dispute", "buy",
    "change cart", "abandon", "fix", "problem", "my orders", "new number", "person", "message",
]  # fmt: skip
KINDS_OF: dict[Specialist, tuple[SupportKind, ...]] = {
    "refunds": ("refund", "refund part", "refund late"),
    "order status": ("status",),
    "billing": ("owed", "receipt", "dispute"),
    "sales": ("buy", "change cart", "abandon"),
    "tech support": ("fix", "problem"),
    "account": ("my orders", "new number"),
    "a person": ("person", "message"),
    "mixed": ("refund", "status", "owed", "buy", "problem"),
}
Goods = tuple[str, int]
"""A product's id, and how many of it."""


@dataclass(frozen=True, slots=True)
class Bought:
    """An order of the caller's that the store holds before the call."""

    reference: str
    lines: tuple[Goods, ...]
    status: OrderStatus
    placed_at: datetime
    delivered_at: datetime | None = None
    paid: bool = True

    def total(self, business: Business) -> Decimal:
        """Of all its lines, at today's prices."""
        return worth(self.lines, business)


@dataclass(frozen=True, slots=True)
class SupportWish:
    """One thing that a caller wants of support."""

    kind: SupportKind
    orders: tuple[Bought, ...] = ()
    """All that the caller has ordered; the first is meant."""
    goods: tuple[Goods, ...] = ()
    """What is to be refunded, if not all of the order; or is named first by who buys."""
    cart: tuple[Goods, ...] = ()
    """What is to be ordered in the end."""
    knows_number: bool = False
    """Whether the order's number is at hand."""
    wants_ticket: bool = True
    """Whether a no of the rules shall be passed on to the team."""
    remedy: str = ""
    """The business's own answer to the problem."""
    problem: str = ""
    """The business's question that it answers."""
    new_phone: str = ""
    at_once: bool = False
    """Whether an appointment that is wanted too is asked for in the same breath."""


@dataclass(frozen=True, slots=True)
class ShopState:
    """What the store holds of orders and tickets at a moment."""

    orders: tuple[PlacedOrder, ...] = ()
    tickets: tuple[Ticket, ...] = ()
    in_cart: Decimal = Decimal(0)
    """What the call's cart comes to."""


@dataclass(frozen=True, slots=True)
class Expected:
    """What a support call is to leave behind, and nothing else."""

    refunds: tuple[tuple[str, Decimal], ...] = ()
    """References and amounts."""
    bought: tuple[Goods, ...] = ()
    ticket: TicketKind | None = None


def specialist_for(kind: SupportKind) -> Specialist:
    """Who sees to such a wish."""
    return next(each for each, kinds in KINDS_OF.items() if kind in kinds)


def worth(goods: tuple[Goods, ...], business: Business) -> Decimal:
    """What they cost together."""
    prices = {product.id: product.price for product in business.products}
    return sum((prices[product_id] * count for product_id, count in goods), Decimal(0))


def expected(wish: SupportWish, business: Business) -> Expected:
    """What is right by the wish and by the business's rules."""
    match wish.kind:
        case "refund" | "refund part":
            order = wish.orders[0]
            amount = worth(wish.goods or order.lines, business)
            return Expected(refunds=((order.reference, amount),))
        case "refund late":
            return Expected(ticket="refund" if wish.wants_ticket else None)
        case "dispute":
            return Expected(ticket="dispute")
        case "buy" | "change cart":
            return Expected(bought=wish.cart)
        case "problem":
            return Expected(ticket="problem")
        case "message":
            return Expected(ticket="message")
    return Expected()
