"""What is told of things for sale that a caller asks about: their price and whether they can be
had, or what the business says of them, where that is what is asked."""

from __future__ import annotations

import re
from collections.abc import Sequence

from scheduling.business import Product
from voice.call import CallContext
from voice.dialogue.goods_spoken import say_product
from voice.spoken import lower_first, sentences
from voice.tools.arguments import on_behalf
from voice.tools.sales import product_fact, remember_product
from voice.understanding.asked_about import asks_how_long_good, asks_how_many, sides_of
from voice.understanding.goods.things_sold import says
from voice.understanding.tagging.meaning import closeness

MOST_TOLD = 2
LEAST_OF_A_NOTE = 0.27
"""Of closeness in meaning between a question and a sentence that is written of a thing spoken of:
below it the sentence answers something else."""


_TIME = re.compile(r"\b(?:days?|weeks?|months?|years?|expires?)\b")


def noted(context: CallContext, goods: Sequence[str], question: str) -> str | None:
    """The sentence of what is written of one of these things that answers the question; None where
    none does, or something else that the business wrote is nearer."""
    if "price" in sides_of(question) or says("stock", question):
        return None
    about = [each for each in context.business.products if each.id in goods and each.note]
    written = (*context.business.faqs, *context.business.policies)
    elsewhere = max(closeness(question, [each.question for each in written]), default=0.0)
    found = [
        (max(closeness(question, (part, f"{product.name}; {part}"))), part, product)
        for product in about
        for part in sentences(product.note)
    ]
    near, part, product = max(found, key=lambda each: each[0], default=(0.0, "", None))
    lasting = [(part, each) for _, part, each in found if _TIME.search(part)]
    if asks_how_long_good(question) and lasting:
        part, product = lasting[0]
    elif product is None or near < max(LEAST_OF_A_NOTE, elsewhere):
        return None
    return f"{_name(product)}: {lower_first(part)}"


def _name(product: Product) -> str:
    return f"The {lower_first(product.name)}"


async def told_of_goods(context: CallContext, goods: Sequence[str]) -> str | None:
    """Their price, whether they can be had, and what is said of them; None: they are not sold."""
    stocked = await context.shop.products(context.organisation.id, **on_behalf(context))
    asked = [product_fact(each) for each in stocked if each.product.id in goods]
    for each in asked:
        remember_product(context, each)
    counted = asks_how_many(context.text)
    told = [say_product(context.business, each, counted=counted) for each in asked[:MOST_TOLD]]
    return " ".join(told) or None
