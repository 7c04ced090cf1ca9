"""Buying: a look around, the cart as the caller wants it, a read-back, a yes, one order."""

from __future__ import annotations

import pytest

from scheduling.desk import Desk
from scheduling.values import Organisation
from support.order_values import OrderFilter
from support.shop import Shop
from tests.support.goods import buy, left_of
from tests.voice.dialogue.labelled import LabelledCaller
from voice.dialogue.goods_spoken import say_number_of

MARIA = "[give:name Maria Lopez]"
A_BRUSH = "[want:buy I'd like to buy] [give:product an electric toothbrush]"


@pytest.fixture
def shop(desk: Desk) -> Shop:
    return Shop(desk)


async def orders(shop: Shop, clinic: Organisation) -> list[str]:
    """What was bought: `Maria Lopez: 2 toothbrush = 79.80`."""
    found = (await shop.find(clinic.id, OrderFilter())).orders
    return [
        f"{one.customer_name}: "
        f"{', '.join(f'{line.quantity} {line.product_id}' for line in one.lines)} = {one.total}"
        for one in found
    ]


async def test_a_thing_is_bought_after_it_was_read_back_with_its_total(
    labelled: LabelledCaller, shop: Shop, clinic: Organisation
) -> None:
    heard = await labelled.say(A_BRUSH)
    assert "the electric toothbrush for 39 dollars and 90 cents" in heard
    heard = await labelled.say(MARIA)
    assert "electric toothbrush for 39 dollars and 90 cents, for Maria Lopez" in heard
    assert heard.endswith("Shall I order it?")
    assert await orders(shop, clinic) == []
    heard = await labelled.say("[affirm yes]")
    assert "order number is" in heard
    assert "pay.willow.example/" in heard
    assert "never take cards" in heard
    assert await orders(shop, clinic) == ["Maria Lopez: 1 toothbrush = 39.90"]


async def test_the_cart_is_changed_until_it_is_right(
    labelled: LabelledCaller, shop: Shop, clinic: Organisation
) -> None:
    await labelled.says(A_BRUSH, MARIA)
    heard = await labelled.say("[deny no] make it two")
    assert "two electric toothbrushes for 79 dollars and 80 cents" in heard
    heard = await labelled.say("[give:product and a floss]")
    assert "two electric toothbrushes and the dental floss for 84 dollars and 30 cents" in heard
    heard = await labelled.say("take the floss out again")
    assert "two electric toothbrushes for 79 dollars and 80 cents" in heard
    await labelled.say("[affirm yes]")
    assert await orders(shop, clinic) == ["Maria Lopez: 2 toothbrush = 79.80"]


async def test_a_yes_to_the_cart_before_it_changed_orders_nothing(
    labelled: LabelledCaller, shop: Shop, clinic: Organisation
) -> None:
    heard = await labelled.says(A_BRUSH, MARIA, "[affirm yes], and [give:product a floss]")
    assert "the dental floss for 44 dollars and 40 cents" in heard
    assert await orders(shop, clinic) == []


async def test_three_things_at_most_are_told_with_their_prices(labelled: LabelledCaller) -> None:
    heard = await labelled.say("[want:buy what products do you sell]")
    assert "the dental floss for 4 dollars and 50 cents" in heard
    assert heard.count("dollars") == 3
    assert heard.endswith("Which one would you like?")
    heard = await labelled.say("[choose the first one]")
    assert "That's the dental floss for" in heard


async def test_a_price_limit_keeps_the_dear_ones_out(labelled: LabelledCaller) -> None:
    heard = await labelled.say("[want:buy what do you have for under ten dollars]")
    assert "dental floss" in heard
    assert "toothbrush" not in heard


async def test_two_are_compared_before_one_is_had(
    labelled: LabelledCaller, shop: Shop, clinic: Organisation
) -> None:
    heard = await labelled.say(
        "[ask:other which is better, the night guard or the electric toothbrush]"
    )
    assert "89 dollars" in heard
    assert "39 dollars and 90 cents" in heard
    assert await left_of(shop, clinic, "night-guard") == 3
    assert "That's the electric toothbrush for" in await labelled.say("[choose the cheaper one]")


async def test_what_is_only_asked_for_is_not_put_in_the_cart(labelled: LabelledCaller) -> None:
    heard = await labelled.say("[want:buy do you sell] [give:product toothbrushes]?")
    assert "costs 39 dollars and 90 cents, and we have it" in heard
    assert heard.endswith("Would you like it?")
    assert "nothing is ordered" in await labelled.say("[deny no thanks]")


async def test_what_is_not_sold_gets_an_honest_no(labelled: LabelledCaller) -> None:
    heard = await labelled.say("[want:buy I'd like to buy] [give:product a hairdryer]")
    assert "nothing we sell" in heard
    assert "dental floss" in heard
    heard = await labelled.say("[deny no]")
    assert "nothing is ordered" in heard


async def test_an_electric_kettle_is_no_electric_toothbrush(labelled: LabelledCaller) -> None:
    heard = await labelled.say("[want:buy I want] [give:product an electric kettle]")
    assert "nothing we sell" in heard


async def test_the_last_one_is_anothers_while_they_decide(
    labelled: LabelledCaller, shop: Shop, clinic: Organisation
) -> None:
    await shop.set_quantity(clinic.id, "night-guard", 3, call_id="another")
    heard = await labelled.say("[want:buy I'd like] [give:product a night guard]")
    assert "no night guard to be had just now" in heard
    await shop.release(clinic.id, "another")
    heard = await labelled.say("[give:product a night guard]")
    assert "That's the night guard for" in heard


async def test_fewer_than_wanted_are_offered(labelled: LabelledCaller) -> None:
    heard = await labelled.say("[want:buy I'd like] [give:product five night guards]")
    assert "I can give you only three" in heard
    assert "That's three night guards for" in await labelled.say("[affirm yes please]")


async def test_what_was_bought_by_another_meanwhile_is_read_back_anew(
    labelled: LabelledCaller, shop: Shop, clinic: Organisation
) -> None:
    await labelled.says("[want:buy I'd like] [give:product two night guards]", MARIA)
    await shop.release(clinic.id, "call-1")
    await buy(shop, clinic, "another", ("night-guard", 2))
    heard = await labelled.say("[affirm yes]")
    assert "only one" in heard
    assert "the night guard for 89 dollars, for Maria Lopez" in heard
    await labelled.say("[affirm yes]")
    assert "Maria Lopez: 1 night-guard = 89.00" in await orders(shop, clinic)


async def test_a_given_up_cart_is_empty(
    labelled: LabelledCaller, shop: Shop, clinic: Organisation
) -> None:
    await labelled.say("[want:buy I'd like] [give:product a night guard]")
    assert await left_of(shop, clinic, "night-guard") == 2
    heard = await labelled.say("[drop never mind]")
    assert "nothing is ordered" in heard
    assert await left_of(shop, clinic, "night-guard") == 3


async def test_questions_about_things_are_answered_from_values(labelled: LabelledCaller) -> None:
    heard = await labelled.say("[ask:price how much is the night guard]")
    assert "89 dollars, and there are three left: one size" in heard
    heard = await labelled.say("[want:buy I'll take] [give:product a floss]")
    assert "4 dollars and 50 cents" in heard
    assert "4 dollars and 50 cents" in await labelled.say("[ask:price what's the total]")


async def test_a_purchase_and_a_visit_are_seen_to_one_after_the_other(
    labelled: LabelledCaller, shop: Shop, clinic: Organisation
) -> None:
    heard = await labelled.says(
        "[want:buy I want to buy] [give:product a floss], and [want:book book] "
        "[give:service a check-up] [give:when on Tuesday at ten]",
        MARIA,
        "[affirm yes]",
    )
    assert await orders(shop, clinic) == ["Maria Lopez: 1 floss = 4.50"]
    assert "check-up" in heard.lower()


async def test_the_cart_that_is_begun_again_has_what_was_named_then(
    labelled: LabelledCaller, shop: Shop, clinic: Organisation
) -> None:
    heard = await labelled.says(
        A_BRUSH, MARIA, "[drop cancel that order], [give:product start again with two floss]"
    )
    assert "two dental flosses for 9 dollars" in heard
    assert "toothbrush" not in heard


async def test_one_thing_recounted_leaves_the_others_in_the_cart(
    labelled: LabelledCaller, shop: Shop, clinic: Organisation
) -> None:
    await labelled.says(A_BRUSH, "[give:product and two floss]", MARIA)
    heard = await labelled.say("[deny no] [give:product* just the one floss]")
    assert "the electric toothbrush and the dental floss for" in heard


def test_a_name_that_says_how_much_is_in_one_has_no_plural() -> None:
    assert say_number_of(2, "Screenwash, five litres") == "two of the screenwash, five litres"
    assert say_number_of(2, "Gift card") == "two gift cards"
    assert say_number_of(2, "Pack of interdental brushes") == "two packs of interdental brushes"
    assert say_number_of(3, "Box for dentures") == "three boxes for dentures"
    assert say_number_of(2, "Alkaline battery") == "two alkaline batteries"
    assert say_number_of(2, "Steel guitar strings") == "two of the steel guitar strings"


async def test_a_yes_with_what_is_on_the_table_needs_no_second_one(
    labelled: LabelledCaller, shop: Shop, clinic: Organisation
) -> None:
    await labelled.says(A_BRUSH, MARIA)
    assert "order number is" in await labelled.say(
        "[affirm yes], [give:product the one toothbrush]"
    )
    assert await orders(shop, clinic) == ["Maria Lopez: 1 toothbrush = 39.90"]


async def test_who_gets_a_gift_does_not_buy_it(labelled: LabelledCaller) -> None:
    await labelled.says("[want:buy I'd like] [give:product a gift card]", MARIA)
    heard = await labelled.say("[give:party it's for my niece] [give:name Ada Lopez]")
    assert "50 dollars, for Maria Lopez" in heard
    assert "for Ada Lopez" in heard
