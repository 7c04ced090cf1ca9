"""The tools of sales, as models and platforms call them."""

from __future__ import annotations

import pytest

from scheduling.desk import Desk
from scheduling.values import Organisation
from support.order_values import OrderFilter
from support.shop import Shop
from tests.support.goods import left_of
from tests.voice.caller import Caller
from tests.voice.tool_runs import run
from voice.call import CallContext
from voice.conversation import Conversation

MARIA = "Maria Lopez"


@pytest.fixture
def shop(desk: Desk) -> Shop:
    return Shop(desk)


@pytest.fixture
async def context(conversation: Conversation, caller: Caller, clinic: Organisation) -> CallContext:
    """Somebody calls the clinic, who is known by their number."""
    caller.known_phone = "+12125550188"
    return await conversation.tool_context(caller.call)


async def totals(shop: Shop, clinic: Organisation) -> list[str]:
    return [str(each.total) for each in (await shop.find(clinic.id, OrderFilter())).orders]


async def test_three_products_at_most_are_found_cheapest_first(context: CallContext) -> None:
    result = await run(context, "search_products")
    assert [each["product_id"] for each in result.facts["products"]] == [
        "floss", "toothbrush", "gift-50",
    ]  # fmt: skip
    assert result.facts["products"][0]["price"] == "4.50"


async def test_a_search_keeps_to_words_and_limit(context: CallContext) -> None:
    found = (await run(context, "search_products", query="something for dental care")).facts
    assert {each["product_id"] for each in found["products"]} == {
        "floss", "toothbrush", "night-guard",
    }  # fmt: skip
    found = (await run(context, "search_products", query="dental care", most="40")).facts
    assert [each["product_id"] for each in found["products"]] == ["floss", "toothbrush"]


async def test_what_is_not_sold_is_not_found(context: CallContext) -> None:
    result = await run(context, "search_products", query="an electric kettle")
    assert result.facts["products"] == []
    assert "nothing we sell" in result.spoken
    result = await run(context, "get_product_details", product_id="kettle")
    assert (result.refused, "nothing we sell" in result.spoken) == ("not_found", True)


async def test_details_are_the_files_own(context: CallContext) -> None:
    result = await run(context, "get_product_details", product_id="the night guard")
    assert result.facts["products"][0]["left"] == 3
    assert "89 dollars" in result.spoken
    assert "three left" in result.spoken


async def test_the_cart_adds_up_and_is_held(
    context: CallContext, shop: Shop, clinic: Organisation
) -> None:
    await run(context, "add_to_cart", product_id="night-guard", quantity="2")
    result = await run(context, "add_to_cart", product_id="floss", quantity="1")
    assert result.facts["cart"]["total"] == "182.50"
    assert await left_of(shop, clinic, "night-guard") == 1
    asked = {"product_id": "night-guard", "quantity": "0", "how": "in_all"}
    result = await run(context, "add_to_cart", **asked)
    assert result.facts["cart"]["total"] == "4.50"
    assert await left_of(shop, clinic, "night-guard") == 3


async def test_more_than_there_are_is_refused_with_how_many_there_are(
    context: CallContext,
) -> None:
    result = await run(context, "add_to_cart", product_id="night-guard", quantity="4")
    assert result.refused == "limit_reached"
    assert "only three" in result.spoken
    assert result.facts["products"][0]["left"] == 3
    result = await run(context, "add_to_cart", product_id="floss", quantity="a few")
    assert result.refused == "invalid"


async def test_a_checkout_makes_one_order_however_often_it_is_called(
    context: CallContext, shop: Shop, clinic: Organisation
) -> None:
    assert (await run(context, "checkout", name=MARIA)).refused == "invalid"
    await run(context, "add_to_cart", product_id="floss", quantity="2")
    result = await run(context, "checkout", name=MARIA)
    assert result.facts["order"]["total"] == "9.00"
    assert result.facts["order"]["customer"] == {"name": MARIA, "phone": "+12125550188"}
    again = await run(context, "checkout", name=MARIA)
    assert "nothing in the order" in again.spoken
    assert await totals(shop, clinic) == ["9.00"]


async def test_an_order_of_the_call_can_be_asked_after_at_once(context: CallContext) -> None:
    await run(context, "add_to_cart", product_id="floss", quantity="1")
    placed = (await run(context, "checkout", name=MARIA)).facts["order"]["reference"]
    assert (await run(context, "lookup_order")).facts["order"]["reference"] == placed


async def test_as_many_orders_as_may_come_from_one_call_are_no_limit_of_visits(
    context: CallContext,
) -> None:
    for _ in range(11):
        await run(context, "add_to_cart", product_id="floss", quantity="1")
        result = await run(context, "checkout", name=MARIA)
    assert result.refused == "not_allowed"
    assert "can't take any more orders" in result.spoken


async def test_a_question_about_a_product_is_answered_from_its_values(
    context: CallContext,
) -> None:
    result = await run(context, "answer_question", question="How much is the night guard?")
    assert "89 dollars" in result.spoken
    result = await run(context, "answer_question", question="How much is a check-up?")
    assert "night guard" not in result.spoken
