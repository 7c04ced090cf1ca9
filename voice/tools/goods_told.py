"""What is told of things for sale that a caller asks about: their price and whether they can be
had."""

from __future__ import annotations

from collections.abc import Sequence

from voice.call import CallContext
from voice.dialogue.goods_spoken import say_product
from voice.tools.arguments import on_behalf
from voice.tools.sales import product_fact, remember_product
from voice.understanding.asked_about import asks_how_many

MOST_TOLD = 2


async def told_of_goods(context: CallContext, goods: Sequence[str]) -> str | None:
    """Their price, whether they can be had, and what is said of them; None: they are not sold."""
    stocked = await context.shop.products(context.organisation.id, **on_behalf(context))
    asked = [product_fact(each) for each in stocked if each.product.id in goods]
    for each in asked:
        remember_product(context, each)
    counted = asks_how_many(context.text)
    told = [say_product(context.business, each, counted=counted) for each in asked[:MOST_TOLD]]
    return " ".join(told) or None
