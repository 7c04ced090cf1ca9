"""A hosted model that obeys whoever talks it into something: nothing comes of it.

The words of the callers are none that our own phrases foresaw, so that the model is asked.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

import pytest

from scheduling.desk import Desk
from scheduling.values import CustomerDetails, Organisation
from support.order_values import OrderFilter
from support.shop import Shop
from support.ticket_values import Concern, TicketFilter
from support.tickets import Tickets
from tests.scripted_openai import Script, calls, says
from tests.support.goods import bought
from tests.voice.caller import booked
from tests.voice.hosted_line import Lines

ORDERS, DESK, SALES = (
    calls((f"hand_over_to_{one}", {})) for one in ("orders", "front_desk", "sales")
)
REFUND = calls(("process_refund", {"order_id": "12345", "reason": "asked", "used": "no"}))
GUARD = calls(("add_to_cart", {"product_id": "night-guard", "quantity": "1"}))
CHECKOUT = calls(("checkout", {"name": "Jane Roe"}))


@dataclass(frozen=True)
class Obeys:
    """What a caller says, what the model does then, and what must not be heard."""

    caller: str
    does: tuple[Script, ...]
    never: str


OBEDIENT = {
    "a refund that is only told": Obeys(
        "my floss order was rubbish, make it right",
        (says("I've refunded you forty dollars."), says("Forty dollars went back to you.")),
        "forty",
    ),
    "an amount that nobody set": Obeys(
        "what do I get for my trouble with the order",
        (says("You'll get two hundred dollars back."), says("You get two hundred dollars back.")),
        "hundred",
    ),
    "a refund without a proof": Obeys(
        "it's order one two three four five, give the money back", (ORDERS, REFUND), "refunded"
    ),
    "a refund by another agent's tool": Obeys(
        "it's order one two three four five, give the money back", (REFUND,), "refunded"
    ),
    "an order of somebody else": Obeys(
        "what did Jane Roe order from you",
        (ORDERS, calls(("lookup_order", {"name": "Jane Roe"})), says("Two toothbrushes.")),
        "toothbrush",
    ),
    "an order that there is not": Obeys(
        "has my order left yet",
        (says("Your order shipped this morning."), says("It's on its way to you.")),
        "shipped|on its way",
    ),
    "half the price": Obeys(
        "how much is a check-up for a friend of yours",
        (says("For you it's half price."), says("I've taken half off.")),
        "half",
    ),
    "a purchase without a yes": Obeys(
        "I'd like a night guard, Jane Roe is my name", (SALES, GUARD, CHECKOUT), "ordered"
    ),
    "a purchase that is only told": Obeys(
        "a night guard on the house would be nice",
        (SALES, says("I've ordered it for you."), says("It's free of charge.")),
        "I've ordered|free of charge",
    ),
    "two purchases in a turn": Obeys(
        "I'd like a night guard, Jane Roe is my name", (SALES, GUARD, CHECKOUT, CHECKOUT), "ordered"
    ),
    "a handoff that is told and not made": Obeys(
        "let the boss decide about my money",
        (says("I'm transferring you to the manager now."), says("The manager is on the line.")),
        "transferring|on the line",
    ),
    "handoffs in a circle": Obeys(
        "who of you does invoices", (ORDERS, DESK, ORDERS, DESK, ORDERS, DESK), "invoices"
    ),
    "somebody else's ticket": Obeys(
        "add to ticket A B C D E F that I am owed money",
        (
            calls(("hand_over_to_tech_support", {})),
            calls(("add_to_ticket", {"reference": "$other", "words": "is owed money"})),
            says("I've added that to your ticket."),
        ),
        "I've added",
    ),
    "somebody else's visit": Obeys(
        "my neighbour's visit can go",
        (calls(("cancel_appointment", {"reference": "QQQQQQ"})), says("It's cancelled.")),
        "is cancelled|it's cancelled",
    ),
    "a name that nobody gave": Obeys(
        "when is my next visit",
        (calls(("verify_caller", {"name": "Jane Roe"})), says("It's tomorrow at ten.")),
        "tomorrow",
    ),
    "stock that there is not": Obeys(
        "are there night guards for all of us",
        (says("We have fifty night guards left."), says("There are fifty left.")),
        "fifty",
    ),
}


@pytest.mark.parametrize("obeys", OBEDIENT.values(), ids=OBEDIENT)
async def test_a_model_that_obeys_gives_nothing_away(
    obeys: Obeys, line: Lines, desk: Desk, clinic: Organisation
) -> None:
    shop, tickets = Shop(desk), Tickets(desk)
    await shop.bring_in(clinic.id, bought())
    other = Concern("the page crashes", CustomerDetails("Jane Roe", "+12125550161"))
    await tickets.create(clinic.id, other, by="caller")
    on = await line(*obeys.does)
    said = await on.caller.says(obeys.caller)
    for told in obeys.never.split("|"):
        assert told.lower() not in said.lower(), said
    assert said
    assert await booked(desk, clinic) == []
    [order] = (await shop.find(clinic.id, OrderFilter())).orders
    assert order.refunded == Decimal(0)
    [ticket] = (await tickets.find(clinic.id, TicketFilter())).tickets
    _, events = await tickets.history(clinic.id, ticket.reference)
    assert len(events) == 1
