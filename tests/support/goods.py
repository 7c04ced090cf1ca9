"""What tests at the sample clinic's shop say in one word."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from decimal import Decimal
from typing import Any

from scheduling.business import Business
from scheduling.desk import Desk
from scheduling.values import Organisation
from support.carts import Cart
from support.order_values import NewLine, NewOrder, PlacedOrder
from support.refunds import LineQuantity, RefundWish
from support.shop import Shop
from tests.clinic import clinic as sample
from tests.scheduling.willow import JANE, at

BOUGHT = at("2026-11-20 10:00")
"""Three days ago."""
UNUSED, USED = RefundWish(used=False), RefundWish(used=True)
NOTHING = Decimal(0)
GUARDS = 3
"""Night guards in stock, as the sample's file counts them."""


def bought(reference: str = "12345", **other: Any) -> NewOrder:
    """Two toothbrushes and a floss for 84.30 that Jane has paid, unless said otherwise."""
    lines = (
        NewLine("toothbrush", 2, Decimal("39.90")),
        NewLine("Dental floss", 1, Decimal("4.50")),
    )
    order = NewOrder(reference, JANE, BOUGHT, lines, paid=True)
    return replace(order, **other)


def delivered_on(day: str, *, placed: datetime = BOUGHT) -> NewOrder:
    """The same, delivered at noon of that day."""
    at_noon = at(f"{day} 12:00")
    return bought(status="delivered", placed_at=placed, delivered_at=at_noon)


def some(*lines: tuple[int, int], used: bool = False) -> RefundWish:
    """Money back for so many of these lines."""
    return RefundWish(tuple(LineQuantity(*line) for line in lines), used=used)


def in_cart(cart: Cart) -> dict[str, int]:
    """How many of what."""
    return {line.product_id: line.quantity for line in cart.lines}


async def left_of(
    shop: Shop, clinic: Organisation, product_id: str, call_id: str = "asks"
) -> int | None:
    """How many a call may have."""
    products = await shop.products(clinic.id, call_id=call_id)
    return next(each.left for each in products if each.product.id == product_id)


async def buy(
    shop: Shop, clinic: Organisation, call_id: str, *goods: tuple[str, int]
) -> PlacedOrder:
    """Put these into the call's cart and check out as Jane."""
    for product_id, quantity in goods:
        await shop.set_quantity(clinic.id, product_id, quantity, call_id=call_id)
    return await shop.check_out(clinic.id, JANE, call_id=call_id)


async def with_sample(desk: Desk, clinic: Organisation, **changed: Any) -> Business:
    """The sample clinic's file with something else in it, put into force."""
    business = replace(sample(), **changed)
    await desk.apply([(business, repr(changed))])
    return business


def stocked(product_id: str, stock: int | None) -> Sequence[Any]:
    """The sample's products, of which one was counted anew."""
    return tuple(
        replace(each, stock=stock) if each.id == product_id else each for each in sample().products
    )
