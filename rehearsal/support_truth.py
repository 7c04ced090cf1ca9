"""False claims about orders, money, tickets and numbers: what the store does not bear out.

Read by means of its own, as `truth` reads claims about appointments.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from decimal import Decimal
from itertools import product

from rehearsal.hearing import DENIED, split_sentences
from rehearsal.support_goals import ShopState
from rehearsal.support_hearing import deeds_of, money_in, signs_in
from scheduling.business import Business
from support.order_values import PlacedOrder

MOST_OF_ONE = 5
"""Of a product, whose prices together may be told."""
_STATES = (
    ("delivered", re.compile(r"\bwas delivered\b")),
    ("shipped", re.compile(r"\bon its way\b")),
    ("placed", re.compile(r"\bhas not been sent\b")),
    ("returned", re.compile(r"\bcame back to us\b")),
)


def false_of_support(
    text: str, business: Business, state: ShopState, own: frozenset[str]
) -> list[str]:
    """Sentences about what was bought that are not so; `own`: references the caller may hear of."""
    mine = [each for each in state.orders if each.reference in own]
    sums = _sums(business, mine, state.in_cart)
    return [
        sentence
        for sentence in split_sentences(text)
        if not (
            set(money_in(sentence)) <= sums
            and _deeds_are_so(sentence, mine, state)
            and _states_are_so(sentence, mine)
        )
    ]


def _deeds_are_so(sentence: str, mine: Iterable[PlacedOrder], state: ShopState) -> bool:
    deeds, signs, sums = deeds_of(sentence), signs_in(sentence), money_in(sentence)
    known = {each.reference for each in state.tickets}
    if "refunded" in deeds and not any(each.refunded in sums for each in mine):
        return False
    if "ordered" in deeds and not any(each.reference in signs for each in mine):
        return False
    return "written down" not in deeds or bool(known) and set(signs) <= known


def _states_are_so(sentence: str, mine: Iterable[PlacedOrder]) -> bool:
    lowered = sentence.lower()
    if lowered.endswith("?"):
        return True
    signs = signs_in(sentence)
    told = [state for state, pattern in _STATES if pattern.search(lowered)]
    named = [each for each in mine if each.reference in signs]
    if told and not named:
        return bool(DENIED.search(lowered))
    return all(each.status in told for each in named) if told else True


def _sums(business: Business, orders: Iterable[PlacedOrder], in_cart: Decimal) -> set[Decimal]:
    """Every amount that may be told: prices, what orders and parts of them come to, the cart."""
    known = {Decimal(0), in_cart}
    known |= {price for each in business.services if (price := each.price) is not None}
    known |= {each.price * count for each in business.products for count in range(1, MOST_OF_ONE)}
    for order in orders:
        known |= {order.total, order.paid, order.open, order.refunded}
        parts = [[line.price * count for count in range(line.quantity + 1)] for line in order.lines]
        known |= {sum(each, Decimal(0)) for each in product(*parts)}
    return known
