"""What the business wrote that is of a thing for sale: the notes of its products, its rules."""

from __future__ import annotations

from collections.abc import Sequence

from scheduling.business import Business, Faq, Product
from support.subjects import subjects
from voice.spoken import is_plural, lower_first, sentences
from voice.understanding.asked_about import asks_how_long_good, sides_of
from voice.understanding.goods.goods_said import (
    describes,
    tells_how_long_good,
    tells_of_faults,
    tells_of_handing_over,
    tells_of_putting_right,
)
from voice.understanding.goods.things_sold import says
from voice.understanding.reading import Named
from voice.understanding.services.matching import where_named
from voice.understanding.tagging.meaning import closeness

LEAST_OF_A_NOTE = 0.27
"""Of closeness in meaning between a question and a sentence that is written of a thing spoken of:
below it the sentence answers something else."""
OF_ONE_SIDE = 0.25
"""What it adds to that, where both are of how long a thing is good, or of how it is handed over."""


def noted_of(business: Business, goods: Sequence[str], question: str) -> str | None:
    """The sentence of what is written of one of these things that answers the question; None where
    none does, or something else that the business wrote is nearer."""
    if "price" in sides_of(question) or says("stock", question) or "refund" in subjects(question):
        return None
    about = [each for each in business.products if each.id in goods and each.note]
    written = (*business.faqs, *business.policies)
    elsewhere = max(closeness(question, [each.question for each in written]), default=0.0)
    found = [
        (_nearness(question, part, product), part, product)
        for product in about
        for part in sentences(product.note)
    ]
    near, part, product = max(found, key=lambda each: each[0], default=(0.0, "", None))
    if product is None or near < max(LEAST_OF_A_NOTE, elsewhere):
        return None
    joint = ":"
    if describes(part):
        joint = " are" if is_plural(product.name) else " is"
    return f"The {lower_first(product.name)}{joint} {lower_first(part)}"


def rule_for_faulty(business: Business) -> str | None:
    """What is written of what came broken, wrong or faulty, and of nothing else."""
    written = (*business.policies, *business.faqs)
    told = (part for each in written for part in sentences(each.answer))
    return next(filter(tells_of_faults, told), None)


def rule_for_visits(business: Business, told: str) -> str | None:
    """What is written of a visit that went wrong, the nearest to what was told of it."""
    written = (*business.policies, *business.faqs)
    rules = [e for e in written if tells_of_putting_right(f"{e.question} {e.answer}")]
    if not rules:
        return None
    parts = [part for each in rules for part in sentences(each.answer)]
    near = closeness(told, parts)
    return parts[max(range(len(parts)), key=near.__getitem__)]


def _nearness(question: str, part: str, product: Product) -> float:
    good = asks_how_long_good(question) and tells_how_long_good(part)
    handed = tells_of_handing_over(question) and tells_of_handing_over(part)
    near = max(closeness(question, (part, f"{product.name}; {part}")))
    return near + OF_ONE_SIDE * (good or handed)


def without_other_goods(business: Business, goods: Sequence[str]) -> Business:
    """Without what is written of other things for sale than these: the rule for opened creams is
    none for insoles."""
    named = {e.id: Named(e.id, (e.name, *e.also, e.category)) for e in business.products}
    spoken_of = [named.pop(each) for each in goods if each in named]
    others = list(named.values())

    def fits(entry: Faq) -> bool:
        head = f"{entry.question} {sentences(entry.answer)[0]}"
        return where_named(head, others) is None or where_named(head, spoken_of) is not None

    return business.telling_only(fits)
