"""The tools of orders, refunds and tickets, as models and platforms call them."""

from __future__ import annotations

from decimal import Decimal

import pytest

from scheduling.desk import Desk
from scheduling.values import Organisation
from support.shop import Shop
from support.ticket_values import TicketFilter
from support.tickets import Tickets
from tests.support.goods import bought, delivered_on
from tests.voice.caller import Caller
from tests.voice.tool_runs import run
from voice.call import CallContext
from voice.conversation import Conversation

JANE = "Jane Doe"


@pytest.fixture
def shop(desk: Desk) -> Shop:
    return Shop(desk)


@pytest.fixture
async def context(
    conversation: Conversation, caller: Caller, shop: Shop, clinic: Organisation
) -> CallContext:
    """Jane calls from her own number; she has paid for 12345."""
    await shop.bring_in(clinic.id, bought())
    caller.known_phone = bought().customer.phone
    return await conversation.tool_context(caller.call)


async def refunded(shop: Shop, clinic: Organisation) -> Decimal:
    return (await shop.history(clinic.id, "12345"))[0].refunded


async def test_an_order_is_told_with_what_could_be_given_back(context: CallContext) -> None:
    result = await run(context, "lookup_order", name=JANE, used="no")
    assert result.facts["order"]["reference"] == "12345"
    assert result.facts["order"]["refundable"] == "84.30"
    assert result.facts["order"]["lines"][0] == {
        "number": 1, "product": "Electric toothbrush", "quantity": 2, "price": "39.90",
        "refunded": 0,
    }  # fmt: skip
    assert "two electric toothbrushes" in result.spoken


async def test_part_of_an_order_by_number_or_by_name(context: CallContext) -> None:
    await run(context, "lookup_order", name=JANE)
    for items in ("2", "2x1", "the floss"):
        result = await run(context, "lookup_order", reference="12345", items=items, used="no")
        assert result.facts["order"]["refundable"] == "4.50"
    result = await run(context, "lookup_order", reference="12345", items="2x5", used="no")
    assert result.refused == "invalid"


async def test_nothing_is_told_to_who_has_not_shown_whose_it_is(context: CallContext) -> None:
    for given in ({"name": "Rob Roy"}, {"reference": "12345"}, {}):
        result = await run(context, "lookup_order", **given)
        assert result.refused == "not_verified"
        assert "order" not in result.facts
    result = await run(context, "process_refund", order_id="12345", reason="x", used="no")
    assert result.refused == "not_verified"


async def test_one_proof_serves_visits_and_orders(context: CallContext) -> None:
    verified = await run(context, "verify_caller", name=JANE)
    assert verified.facts["caller"]["name"] == JANE
    assert (await run(context, "lookup_order")).facts["order"]["reference"] == "12345"


async def test_wrong_names_for_orders_and_for_visits_are_counted_together(
    context: CallContext,
) -> None:
    for tool in ("lookup_order", "verify_caller", "lookup_order", "find_appointment"):
        await run(context, tool, name="Rob Roy")
    result = await run(context, "lookup_order", name="Rob Roy")
    assert "can't check that any more" in result.spoken
    result = await run(context, "lookup_order", name=JANE)
    assert result.refused == "not_verified"


async def test_whether_it_was_used_is_asked_before_anything_is_given_back(
    context: CallContext, shop: Shop, clinic: Organisation
) -> None:
    await run(context, "lookup_order", name=JANE)
    result = await run(context, "process_refund", order_id="12345", reason="too big")
    assert (result.refused, result.spoken[-1]) == ("invalid", "?")
    result = await run(context, "process_refund", order_id="12345", reason="x", used="yes")
    assert result.refused == "not_allowed"
    assert await refunded(shop, clinic) == 0


async def test_a_refund_is_made_once_however_often_it_is_called(
    context: CallContext, shop: Shop, clinic: Organisation
) -> None:
    await run(context, "lookup_order", name=JANE)
    asked = {"order_id": "12345", "reason": "one is enough", "items": "1x1", "used": "no"}
    first = await run(context, "process_refund", **asked)
    assert first.facts["refund"]["amount"] == "39.90"
    again = await run(context, "process_refund", **asked)
    assert again.refused is None
    assert await refunded(shop, clinic) == Decimal("39.90")


async def test_a_delivery_repeated_by_the_platform_refunds_once(
    conversation: Conversation, caller: Caller, context: CallContext, shop: Shop,
    clinic: Organisation,
) -> None:  # fmt: skip
    await conversation.use_tool(caller.call, "lookup_order", {"name": JANE}, "one")
    asked = {"order_id": "12345", "reason": "x", "items": "1x1", "used": "no"}
    told = [
        await conversation.use_tool(caller.call, "process_refund", asked, tool_call_id)
        for tool_call_id in ("two", "two", "three")
    ]
    assert told[0] == told[1]
    assert await refunded(shop, clinic) == Decimal("39.90")


async def test_too_late_says_which_day_was_the_last(
    conversation: Conversation, caller: Caller, shop: Shop, clinic: Organisation
) -> None:
    placed = bought().placed_at.replace(month=10, day=1)
    await shop.bring_in(clinic.id, delivered_on("2026-10-05", placed=placed))
    caller.known_phone = bought().customer.phone
    context = await conversation.tool_context(caller.call)
    await run(context, "lookup_order", name=JANE)
    result = await run(context, "process_refund", order_id="12345", reason="x", used="no")
    assert result.refused == "not_allowed"
    assert "Wednesday, November 4th" in result.spoken


async def test_a_ticket_has_a_number_and_is_written_once(
    context: CallContext, desk: Desk, clinic: Organisation
) -> None:
    asked = {"issue": "The brush hums.", "priority": "high"}
    first = await run(context, "create_ticket", **asked)
    again = await run(context, "create_ticket", **asked)
    assert first.facts["ticket"]["reference"] == again.facts["ticket"]["reference"]
    [ticket] = (await Tickets(desk).find(clinic.id, TicketFilter())).tickets
    assert (ticket.issue, ticket.priority) == ("The brush hums.", "high")
    assert (await run(context, "create_ticket", issue="x", priority="soon")).refused == "invalid"
