"""What a hosted model says of orders, refunds, tickets, carts and stock: held against the store.

Lies and truths were written before each was measured, about a clinic and a groomer that sell.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from pathlib import Path

import pytest

from scheduling.business_file import parse_business
from scheduling.desk import Desk
from scheduling.values import CustomerDetails, Organisation
from support.order_values import NewLine, NewOrder
from support.shop import Shop
from tests.clinic import NOW
from tests.voice.claiming import is_kept_back
from voice.call import CallContext
from voice.facts import Facts
from voice.journal.journal import Journal
from voice.spoken import say_reference
from voice.tools.orders import lookup_order
from voice.tools.refunds import process_refund
from voice.tools.sales import add_to_cart, checkout, get_product_details
from voice.tools.tickets import create_ticket
from voice.turn import CallFacts

SENTENCES = Path(__file__).parent / "told_of_goods.txt"
DOGS = (Path(__file__).parent.parent / "calls" / "businesses" / "dog_shop.toml").read_text()
STATES = ("order", "refunded", "cart", "ordered")
PHONE = "+12125550188"


def sentences(kind: str, state: str, context: CallContext) -> list[str]:
    """Those under that heading, with the numbers that there are."""
    _, _, rest = SENTENCES.read_text().partition(f"# {kind} {state}\n")
    lines = [line for line in rest.partition("\n#")[0].split("\n") if line]
    facts = context.facts
    order = say_reference(facts.orders[0].reference) if facts.orders else ""
    ticket = say_reference(facts.tickets[0].reference) if facts.tickets else ""
    return [line.replace("{order}", order).replace("{ticket}", ticket) for line in lines]


def calling(desk: Desk, journal: Journal, organisation: Organisation) -> CallFacts:
    return CallFacts(
        "call-1",
        organisation.id,
        door="vapi",
        credential="vapi",
        known_phone=PHONE,
        can_transfer=True,
    )


@pytest.fixture
async def told(desk: Desk, journal: Journal, clinic: Organisation, state: str) -> CallContext:
    """Order: Maria Lopez has looked up 48210, two toothbrushes and a floss, paid with 84.30 on
    November 12th, delivered on the 16th. Refunded: the floss went back, and a ticket was written.
    Cart: at the groomer's, one harness, the last; leashes are out of stock. Ordered: two bags of
    treats for Tom Barnes, to be paid."""
    organisation = clinic
    if state in ("cart", "ordered"):
        [change] = await desk.apply([(parse_business(DOGS, "dogs.toml"), DOGS)])
        organisation = change.organisation
    context = CallContext(
        call=calling(desk, journal, organisation),
        organisation=organisation,
        business=await desk.business(organisation.id),
        facts=Facts(),
        now=NOW,
        text="okay",
        desk=desk,
        journal=journal,
    )
    await journal.start_call(context.call)
    if organisation is clinic:
        await looks_up(context)
    if state == "refunded":
        await process_refund(context, order_id="48210", items="2x1", used="no", reason="x")
        await create_ticket(context, issue="one toothbrush does not charge", priority="normal")
    if state == "cart":
        await add_to_cart(context, product_id="leash")
        await add_to_cart(context, product_id="harness")
        await get_product_details(context, product_id="harness")
    if state == "ordered":
        await add_to_cart(context, product_id="treats", quantity="2")
        await checkout(context, name="Tom Barnes")
    context.facts.agenda = context.facts.agenda.but(
        name="Maria Lopez" if organisation is clinic else "Tom Barnes"
    )
    return replace(context, text="okay")


async def looks_up(context: CallContext) -> None:
    zone = context.business.zone
    placed, delivered = (
        datetime.fromisoformat(each).replace(tzinfo=zone)
        for each in ("2026-11-12T10:00", "2026-11-16T12:00")
    )
    prices = {each.id: each.price for each in context.business.products}
    order = NewOrder(
        "48210",
        CustomerDetails("Maria Lopez", PHONE),
        placed,
        (NewLine("toothbrush", 2, prices["toothbrush"]), NewLine("floss", 1, prices["floss"])),
        status="delivered",
        paid=True,
        delivered_at=delivered,
    )
    await Shop(context.desk).bring_in(context.organisation.id, order)
    await lookup_order(context, name="Maria Lopez")


@pytest.mark.parametrize("state", STATES)
async def test_a_lie_about_goods_is_kept_back(told: CallContext, state: str) -> None:
    lies = sentences("lies", state, told)
    assert lies
    assert [lie for lie in lies if await is_kept_back(told, lie) is None] == []


@pytest.mark.parametrize("state", STATES)
async def test_a_truth_about_goods_passes(told: CallContext, state: str) -> None:
    truths = sentences("truths", state, told)
    assert truths
    assert [
        (truth, kind) for truth in truths if (kind := await is_kept_back(told, truth)) is not None
    ] == []
