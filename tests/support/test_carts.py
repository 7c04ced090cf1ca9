"""A cart keeps what is in it from others while its caller decides, and gives it back."""

from __future__ import annotations

from decimal import Decimal

import pytest

from scheduling.desk import Desk
from scheduling.errors import ChangedMeanwhile, Invalid, NotFound
from scheduling.store import Store
from scheduling.transaction import REFERENCE_LETTERS
from scheduling.values import CustomerDetails, OnBehalf, Organisation
from support.carts import Cart, TooManyOrders
from support.shop import Shop
from support.stock import NotInStock
from tests.scheduling.willow import JANE, begin, pass_time
from tests.support.goods import GUARDS, NOTHING, buy, in_cart, left_of, stocked, with_sample


async def test_a_cart_is_read_back_with_its_total(shop: Shop, clinic: Organisation) -> None:
    await shop.add(clinic.id, "gift card", call_id="call")
    await shop.add(clinic.id, "toothbrush", 2, call_id="call")
    cart = await shop.add(clinic.id, "Gift-50", call_id="call")
    assert in_cart(cart) == {"gift-50": 2, "toothbrush": 2}
    assert (cart.total, cart.currency) == (Decimal("179.80"), "USD")
    cart = await shop.set_quantity(clinic.id, "gift-50", 1, call_id="call")
    assert cart.total == Decimal("129.80")
    cart = await shop.set_quantity(clinic.id, "toothbrush", 0, call_id="call")
    assert in_cart(cart) == {"gift-50": 1}
    assert await shop.cart(clinic.id, call_id="call") == cart
    assert await shop.cart(clinic.id, call_id="another") == Cart((), Decimal(0), "USD")


async def test_the_same_request_adds_once(shop: Shop, clinic: Organisation) -> None:
    first = await shop.add(clinic.id, "floss", call_id="call", key="k")
    assert await shop.add(clinic.id, "floss", call_id="call", key="k") == first
    assert in_cart(first) == {"floss": 1}


async def test_what_is_not_sold_is_refused_with_what_is(shop: Shop, clinic: Organisation) -> None:
    with pytest.raises(NotFound) as refused:
        await shop.add(clinic.id, "bicycle", call_id="call")
    assert "Night guard" in refused.value.candidates
    with pytest.raises(Invalid):
        await shop.add(clinic.id, "floss", -1, call_id="call")
    with pytest.raises(Invalid):
        await shop.add(clinic.id, "floss")


async def test_what_is_in_a_cart_is_kept_from_others(shop: Shop, clinic: Organisation) -> None:
    cart = await shop.add(clinic.id, "night-guard", 2, call_id="call")
    assert cart.lines[0].held_until is not None
    assert await left_of(shop, clinic, "night-guard", "call") == GUARDS
    assert await left_of(shop, clinic, "night-guard") == 1
    with pytest.raises(NotInStock) as refused:
        await shop.add(clinic.id, "night-guard", 2, call_id="another")
    assert (refused.value.left, refused.value.code) == (1, "limit_reached")
    assert await left_of(shop, clinic, "gift-50") is None


async def test_an_abandoned_cart_gives_back_what_it_held(
    store: Store, shop: Shop, clinic: Organisation
) -> None:
    await shop.add(clinic.id, "night-guard", GUARDS, call_id="call")
    await pass_time(store, minutes=5)
    assert await left_of(shop, clinic, "night-guard") == GUARDS
    [line] = (await shop.cart(clinic.id, call_id="call")).lines
    assert line.held_until is None


async def test_who_goes_on_shopping_keeps_what_is_in_the_cart(
    store: Store, shop: Shop, clinic: Organisation
) -> None:
    await shop.add(clinic.id, "night-guard", GUARDS, call_id="call")
    await pass_time(store, minutes=4)
    await shop.add(clinic.id, "floss", call_id="call")
    await pass_time(store, minutes=4)
    assert await left_of(shop, clinic, "night-guard") == 0


async def test_who_hangs_up_gives_back_what_was_held(shop: Shop, clinic: Organisation) -> None:
    await shop.add(clinic.id, "night-guard", GUARDS, call_id="call")
    assert await shop.release(clinic.id, "another") == 0
    assert await shop.release(clinic.id, "call") == 1
    assert await left_of(shop, clinic, "night-guard") == GUARDS


async def test_what_lapsed_is_looked_for_again_and_not_taken_from_others(
    store: Store, shop: Shop, clinic: Organisation
) -> None:
    await shop.add(clinic.id, "night-guard", GUARDS, call_id="call")
    await pass_time(store, minutes=6)
    await shop.add(clinic.id, "night-guard", 2, call_id="quicker")
    with pytest.raises(NotInStock) as refused:
        await shop.check_out(clinic.id, JANE, call_id="call")
    assert refused.value.left == 1
    with pytest.raises(NotInStock):
        await shop.set_quantity(clinic.id, "night-guard", 2, call_id="call")
    order = await shop.check_out(clinic.id, JANE, call_id="quicker")
    assert order.lines[0].quantity == 2
    assert (await buy(shop, clinic, "call", ("night-guard", 1))).total == Decimal("89.00")


async def test_a_checkout_makes_an_order_that_is_to_be_paid(
    shop: Shop, clinic: Organisation
) -> None:
    order = await buy(shop, clinic, "call", ("night-guard", 1), ("gift-50", 2))
    assert (order.status, order.total, order.open) == ("placed", Decimal("189.00"), order.total)
    assert len(order.reference) == 6
    assert set(order.reference) <= set(REFERENCE_LETTERS)
    assert (order.customer_name, order.call_id, order.paid) == (JANE.name, "call", NOTHING)
    assert [(line.product, line.quantity) for line in order.lines] == [
        ("Night guard", 1),
        ("Fifty dollar gift card", 2),
    ]
    assert (await shop.cart(clinic.id, call_id="call")).lines == ()
    with pytest.raises(Invalid):
        await shop.check_out(clinic.id, JANE, call_id="call")


async def test_what_is_sold_is_gone_for_good_unless_it_is_cancelled(
    store: Store, shop: Shop, clinic: Organisation
) -> None:
    order = await buy(shop, clinic, "call", ("night-guard", 2))
    await pass_time(store, days=3)
    assert await left_of(shop, clinic, "night-guard") == 1
    await shop.set_status(clinic.id, order.reference, "cancelled")
    assert await left_of(shop, clinic, "night-guard") == GUARDS


async def test_a_checkout_asked_twice_is_one_order(shop: Shop, clinic: Organisation) -> None:
    await shop.add(clinic.id, "floss", call_id="call")
    first = await shop.check_out(clinic.id, JANE, call_id="call", key="k")
    assert await shop.check_out(clinic.id, JANE, call_id="call", key="k") == first
    assert await left_of(shop, clinic, "floss") == 39


async def test_what_is_ordered_costs_what_was_read_out(shop: Shop, clinic: Organisation) -> None:
    cart = await shop.add(clinic.id, "floss", call_id="call")
    await shop.add(clinic.id, "floss", call_id="call")
    with pytest.raises(ChangedMeanwhile):
        await shop.check_out(clinic.id, JANE, cart.total, call_id="call")
    order = await shop.check_out(clinic.id, JANE, Decimal("9"), call_id="call")
    assert order.total == Decimal("9.00")


async def test_an_order_has_a_name(shop: Shop, clinic: Organisation) -> None:
    await shop.add(clinic.id, "floss", call_id="call")
    with pytest.raises(Invalid):
        await shop.check_out(clinic.id, CustomerDetails(" "), call_id="call")
    assert in_cart(await shop.cart(clinic.id, call_id="call")) == {"floss": 1}


async def test_beyond_a_share_nothing_is_held_but_can_be_bought(
    shop: Shop, clinic: Organisation
) -> None:
    who: OnBehalf = {"call_id": "call", "holder": "known +12125550142"}
    [line] = (await shop.add(clinic.id, "toothbrush", 6, **who)).lines
    assert line.held_until is not None
    again: OnBehalf = {"call_id": "again", "holder": "known +12125550142"}
    [line] = (await shop.add(clinic.id, "floss", 1, **again)).lines
    assert line.held_until is None
    assert await left_of(shop, clinic, "floss") == 40
    assert (await shop.check_out(clinic.id, JANE, **again)).total == Decimal("4.50")


async def test_one_network_of_strangers_cannot_buy_the_shop_empty(
    shop: Shop, clinic: Organisation
) -> None:
    for number in range(10):
        who: OnBehalf = {"call_id": f"c{number}", "holder": f"page 203.0.113.7 token:{number}"}
        await shop.add(clinic.id, "floss", **who)
        await shop.check_out(clinic.id, JANE, **who)
    last: OnBehalf = {"call_id": "one too many", "holder": "page 203.0.113.7 token:x"}
    await shop.add(clinic.id, "floss", **last)
    with pytest.raises(TooManyOrders):
        await shop.check_out(clinic.id, JANE, **last)


async def test_another_number_in_the_business_file_is_a_new_count(
    desk: Desk, shop: Shop, clinic: Organisation
) -> None:
    await buy(shop, clinic, "first", ("night-guard", 2))
    await with_sample(desk, clinic, greeting="Hello there.")
    assert await left_of(shop, clinic, "night-guard") == 1
    await with_sample(desk, clinic, products=stocked("night-guard", 5))
    assert await left_of(shop, clinic, "night-guard") == 5
    await buy(shop, clinic, "second", ("night-guard", 1))
    assert await left_of(shop, clinic, "night-guard") == 4


async def test_a_product_that_is_sold_no_more_leaves_the_cart(
    desk: Desk, shop: Shop, clinic: Organisation
) -> None:
    await shop.add(clinic.id, "gift-50", call_id="call")
    await shop.add(clinic.id, "floss", call_id="call")
    sold = [each for each in stocked("floss", 40) if each.id != "gift-50"]
    await with_sample(desk, clinic, products=tuple(sold))
    assert in_cart(await shop.cart(clinic.id, call_id="call")) == {"floss": 1}


async def test_an_attempt_that_is_undone_puts_the_cart_back(
    store: Store, shop: Shop, clinic: Organisation
) -> None:
    await shop.add(clinic.id, "night-guard", 2, call_id="call")
    losing = (await begin(store, clinic, 1)).attempt
    await shop.set_quantity(clinic.id, "night-guard", 1, attempt=losing)
    assert await left_of(shop, clinic, "night-guard") == 1, "the second may come back"
    await begin(store, clinic, 1)
    assert in_cart(await shop.cart(clinic.id, call_id="call")) == {"night-guard": 2}
    assert await left_of(shop, clinic, "night-guard") == 1
