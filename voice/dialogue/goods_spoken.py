"""Orders and goods in words: what was bought, for how much, and where it is."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, datetime

from scheduling.business import Business
from voice.dialogue.goods import CartFact, OrderFact, ProductFact
from voice.spoken import (
    is_plural,
    list_of,
    lower_first,
    say_date,
    say_number,
    say_price,
    say_reference,
    sentences,
)

MOST_GOODS_SPOKEN = 3
FEW = 3
"""So many of a product, or fewer, are told."""
_SIBILANTS = ("s", "x", "z", "ch", "sh")
_VOWELS = "aeiou"
_BEFORE_WHAT_IS_IN_IT = (" of ", " for ", " with ", " in ")
"""In a name, between what there are several of and what says more of it."""


def say_goods(goods: Iterable[tuple[int, str]]) -> str:
    """`two gift cards and the brush`, from quantities and names."""
    said = [_say_one(quantity, name) for quantity, name in goods]
    if len(said) > MOST_GOODS_SPOKEN:
        more = len(said) - MOST_GOODS_SPOKEN + 1
        said = [*said[: MOST_GOODS_SPOKEN - 1], f"{say_number(more)} more things"]
    return list_of(said)


def say_ordered_on(business: Business, order: OrderFact, today: date) -> str:
    """`order 1 2 3, 4 5 from Friday, November 20th`."""
    placed = _say_date(business, order.placed_at, today)
    return f"order {say_reference(order.reference)} from {placed}"


def say_order(business: Business, order: OrderFact, today: date) -> str:
    """What it is, and where."""
    goods = say_goods((line.quantity, line.product) for line in order.lines)
    total = say_price(order.total, business.currency)
    state = _say_state(business, order, today)
    return f"Your order {say_reference(order.reference)}, {goods} for {total}, {state}."


def say_paid(business: Business, order: OrderFact, today: date) -> str:
    """What came in for it and when, what went back, and what is open."""
    currency = business.currency
    said = []
    if order.payments:
        paid = [
            f"{say_price(each.amount, currency)} on {_say_date(business, each.paid_at, today)}"
            for each in order.payments[:MOST_GOODS_SPOKEN]
        ]
        said.append(f"we received {list_of(paid)}")
    if order.refunded:
        said.append(f"{say_price(order.refunded, currency)} was given back")
    if order.open:
        said.append(f"{say_price(order.open, currency)} is still open")
    elif order.payments and not order.refunded:
        said.append("nothing is open")
    what = say_ordered_on(business, order, today)
    if not said:
        return f"For {what}, nothing is to be paid."
    return f"For {what}, {list_of(said)}."


def say_offered(business: Business, products: Sequence[ProductFact]) -> str:
    """`the gift card for 50 dollars and the brush for 39 dollars and 90 cents`; what is out of
    stock is said to be."""
    return list_of(
        [
            f"the {lower_first(each.name)} for {say_price(each.price, business.currency)}"
            f"{', though none is left just now' if each.left == 0 else ''}"
            for each in products
        ]
    )


def say_product(business: Business, product: ProductFact, *, counted: bool = False) -> str:
    """What it costs, whether it can be had, and what the business says of it, in one sentence;
    `counted`: how many there are."""
    price = say_price(product.price, business.currency)
    match product.left:
        case 0:
            there = "there is none to be had just now"
        case left if left is not None and (counted or left <= FEW):
            there = f"{'there is' if left == 1 else 'there are'} {say_number(left)} left"
        case _:
            there = "we have it"
    note = sentences(product.note)[0].rstrip(".") if product.note else ""
    note = f": {lower_first(note)}" if note else ""
    costs = "cost" if is_plural(product.name) else "costs"
    return f"The {lower_first(product.name)} {costs} {price}, and {there}{note}."


def say_in_cart(business: Business, cart: CartFact) -> str:
    """What is in it, and the total."""
    if not cart.lines:
        return "There is nothing in your order now."
    goods = say_goods((line.quantity, line.name) for line in cart.lines)
    return f"That's {goods} for {say_price(cart.total, business.currency)}."


def say_payment_page(business: Business, reference: str) -> str:
    """`pay.example/12345`: where it is paid; empty where the business has no such page."""
    link = business.support.payment_link.replace("{reference}", reference)
    return link.partition("://")[2] or link


def say_number_of(quantity: int, name: str) -> str:
    """`two gift cards`, `gift card`, `two of the screenwash, five litres`."""
    name = lower_first(name)
    if quantity == 1:
        return name
    if "," in name or is_plural(_counted(name)):  # how much is in one is said: it has no plural
        return f"{say_number(quantity)} of the {name}"
    return f"{say_number(quantity)} {_plural(name)}"


def _say_date(business: Business, at: datetime, today: date) -> str:
    """The business's day of an instant, as its country says it."""
    return say_date(at.astimezone(business.zone).date(), today, business.country)


def _say_one(quantity: int, name: str) -> str:
    said = say_number_of(quantity, name)
    return f"the {said}" if quantity == 1 else said


def _counted(name: str) -> str:
    """What there are several of: of a pack of brushes the pack."""
    return min((name.partition(word)[0] for word in _BEFORE_WHAT_IS_IN_IT), key=len)


def _plural(name: str) -> str:
    one = _counted(name)
    before = one[-2:-1]
    if one.endswith("y") and before and before not in _VOWELS:
        several = f"{one[:-1]}ies"
    else:
        several = f"{one}es" if one.endswith(_SIBILANTS) else f"{one}s"
    return several + name.removeprefix(one)


def _say_state(business: Business, order: OrderFact, today: date) -> str:
    match order.status:
        case "delivered" if order.delivered_at is not None:
            return f"was delivered on {_say_date(business, order.delivered_at, today)}"
        case "placed":
            return "has not been sent out yet"
        case "shipped":
            return "is on its way"
        case "returned":
            return "came back to us"
    return f"is {order.status}" if order.status == "cancelled" else f"was {order.status}"
