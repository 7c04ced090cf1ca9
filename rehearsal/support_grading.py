"""Whether a support call left in the store what the caller came for, and nothing else."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from rehearsal.goals import Goal, Person
from rehearsal.people import same_name
from rehearsal.support_goals import ShopState, SupportWish, expected
from rehearsal.support_hearing import money_in, signs_in
from scheduling.business import Business
from scheduling.values import Booking
from support.order_values import PlacedOrder

TOLD: dict[str, str] = {
    "placed": "not been sent", "shipped": "on its way", "delivered": "was delivered",
}  # fmt: skip
PAID = re.compile(r"\b(?:received|paid)\b")
OPEN = re.compile(r"\b(?:open|owe|to be paid|to pay)\b")
ENOUGH_OF_AN_ANSWER = 0.7
"""Of its words."""


@dataclass(frozen=True, slots=True)
class SupportOutcome:
    """What a support call left behind."""

    before: ShopState
    after: ShopState
    replies: tuple[str, ...]
    """All that we said."""
    put_through: bool
    bookings: tuple[Booking, ...] = ()
    """Of the caller, after the call."""


def support_shortfalls(
    goal: Goal, wish: SupportWish, business: Business, outcome: SupportOutcome
) -> list[str]:
    """What is missing or too much, a line each."""
    wanted = expected(wish, business)
    found = _refunds(dict(wanted.refunds), outcome)
    found += _bought(Counter(dict(wanted.bought)), goal.person, outcome)
    found += _tickets([wanted.ticket] if wanted.ticket else [], wish, outcome)
    if not was_told(wish, business, outcome.replies):
        found.append(f"not told: {wish.kind}")
    if wish.kind == "person" and not (outcome.put_through or _fresh_tickets(outcome)):
        found.append("neither put through nor a message taken")
    if wish.new_phone and not all(
        each.customer_phone == wish.new_phone for each in outcome.bookings
    ):
        found.append("number not changed")
    return found


def was_told(wish: SupportWish, business: Business, replies: Sequence[str]) -> bool:
    """Whether what was asked for was said; of a wish that asks for nothing, always."""
    said = " ".join(replies)
    order = wish.orders[0] if wish.orders else None
    match wish.kind:
        case "status" if order is not None:
            return any(
                TOLD[order.status] in each and order.reference in signs_in(each) for each in replies
            )
        case "owed" | "receipt" if order is not None:
            as_asked = PAID if wish.kind == "receipt" else OPEN
            return any(
                as_asked.search(each) and order.total(business) in money_in(each)
                for each in replies
            )
        case "my orders":
            return all(each.reference in signs_in(said) for each in wish.orders)
        case "fix":
            wanted = set(wish.remedy.lower().split())
            there = wanted & set(said.lower().split())
            return len(there) >= ENOUGH_OF_AN_ANSWER * len(wanted)
    return True


def _refunds(wanted: dict[str, Decimal], outcome: SupportOutcome) -> list[str]:
    before = {each.reference: each.refunded for each in outcome.before.orders}
    found = []
    for order in outcome.after.orders:
        given = order.refunded - before.get(order.reference, Decimal(0))
        right = wanted.get(order.reference, Decimal(0))
        if given == right:
            continue
        found.append(
            f"refunded and not wished: {given} of {order.reference}"
            if not right
            else f"not refunded: {right}"
            if not given
            else f"refunded with the wrong amount: {given}, not {right}"
        )
    return found


def _bought(wanted: Counter[str], person: Person, outcome: SupportOutcome) -> list[str]:
    known = {each.reference for each in outcome.before.orders}
    fresh = [each for each in outcome.after.orders if each.reference not in known]
    found = []
    for order in fresh:
        if not wanted:
            found.append(f"ordered and not wished: {_line(order)}")
        elif Counter({each.product_id: each.quantity for each in order.lines}) != wanted:
            found.append(f"ordered with the wrong goods: {_line(order)}")
        elif not same_name(order.customer_name, person.name):
            found.append(f"ordered with the wrong name: {order.customer_name}")
        elif order.customer_phone != person.phone:
            found.append("ordered with the wrong number")
        wanted = Counter()
    return [*found, "not ordered"] if wanted else found


def _tickets(wanted: list[str], wish: SupportWish, outcome: SupportOutcome) -> list[str]:
    kinds = Counter(_fresh_tickets(outcome))
    if wish.kind == "person":  # a message is as good where nobody can be reached
        kinds["message"] -= kinds["message"] > 0
    missing, beyond = Counter(wanted) - kinds, kinds - Counter(wanted)
    found = [f"no ticket: {kind}" for kind in missing]
    return found + [f"written down and not wished: {kind}" for kind in beyond]


def _fresh_tickets(outcome: SupportOutcome) -> list[str]:
    known = {each.reference for each in outcome.before.tickets}
    return [each.kind for each in outcome.after.tickets if each.reference not in known]


def _line(order: PlacedOrder) -> str:
    return ", ".join(f"{each.quantity} {each.product}" for each in order.lines)
