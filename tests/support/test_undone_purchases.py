"""What an attempt bought or gave back that its caller never heard of has not happened."""

from __future__ import annotations

from decimal import Decimal

import pytest

from scheduling.errors import NotFound, Superseded
from scheduling.store import Store
from scheduling.values import Attempt, Organisation
from support.order_values import OrderFilter, PlacedOrder
from support.shop import Shop
from support.stock import NotInStock
from tests.scheduling.willow import JANE, begin, delivered, hang_up, pass_time
from tests.support.goods import GUARDS, UNUSED, bought, in_cart, left_of, some


@pytest.fixture
async def deciding(store: Store, shop: Shop, clinic: Organisation) -> Attempt:
    """The attempt at the turn in which a caller with all night guards in the cart says yes."""
    first = (await begin(store, clinic, 1)).attempt
    await shop.add(clinic.id, "night-guard", GUARDS, attempt=first)
    return (await begin(store, clinic, 2, unheard=2)).attempt


async def check_out(shop: Shop, clinic: Organisation, attempt: Attempt) -> PlacedOrder:
    return await shop.check_out(clinic.id, JANE, attempt=attempt, key="yes")


async def test_an_order_that_nobody_heard_of_is_none_and_its_goods_are_in_the_cart(
    store: Store, shop: Shop, clinic: Organisation, deciding: Attempt
) -> None:
    lost = await check_out(shop, clinic, deciding)
    assert await left_of(shop, clinic, "night-guard") == 0
    await begin(store, clinic, 2)
    with pytest.raises(NotFound):
        await shop.history(clinic.id, lost.reference)
    assert (await shop.find(clinic.id, OrderFilter())).orders == ()
    assert in_cart(await shop.cart(clinic.id, call_id="call")) == {"night-guard": GUARDS}
    assert await left_of(shop, clinic, "night-guard") == 0
    with pytest.raises(NotInStock):
        await shop.add(clinic.id, "night-guard", call_id="another")


async def test_the_yes_that_is_heard_orders_once(
    store: Store, shop: Shop, clinic: Organisation, deciding: Attempt
) -> None:
    await check_out(shop, clinic, deciding)
    winner = (await begin(store, clinic, 2)).attempt
    order = await check_out(shop, clinic, winner)
    await delivered(store, winner)
    await begin(store, clinic, 3, unheard=3)
    [kept] = (await shop.find(clinic.id, OrderFilter())).orders
    assert (kept, kept.total) == (order, Decimal("267.00"))
    with pytest.raises(Superseded):
        await shop.add(clinic.id, "floss", attempt=deciding)


async def test_what_was_heard_stays_sold_after_the_call(
    store: Store, shop: Shop, clinic: Organisation, deciding: Attempt
) -> None:
    await check_out(shop, clinic, deciding)
    await hang_up(store, clinic)
    await shop.release(clinic.id, "call")
    await pass_time(store, days=1)
    assert await left_of(shop, clinic, "night-guard") == 0
    assert len((await shop.find(clinic.id, OrderFilter())).orders) == 1


async def test_an_order_that_staff_have_touched_is_left_as_they_made_it(
    store: Store, shop: Shop, clinic: Organisation, deciding: Attempt
) -> None:
    order = await check_out(shop, clinic, deciding)
    await shop.set_status(clinic.id, order.reference, "shipped")
    await begin(store, clinic, 2)
    kept, events = await shop.history(clinic.id, order.reference)
    assert (kept.status, [each.undone for each in events]) == ("shipped", [False, False])
    assert await left_of(shop, clinic, "night-guard") == 0
    assert (await shop.cart(clinic.id, call_id="call")).lines == ()


async def test_what_may_come_back_to_a_cart_is_sold_to_nobody_meanwhile(
    store: Store, shop: Shop, clinic: Organisation, deciding: Attempt
) -> None:
    await shop.set_quantity(clinic.id, "night-guard", 0, attempt=deciding)
    with pytest.raises(NotInStock):
        await shop.add(clinic.id, "night-guard", call_id="another")
    await delivered(store, deciding)
    await pass_time(store, seconds=11)
    await shop.add(clinic.id, "night-guard", GUARDS, call_id="another")


async def test_buying_some_of_it_in_an_attempt_takes_it_once_from_the_stock(
    store: Store, shop: Shop, clinic: Organisation
) -> None:
    first = (await begin(store, clinic, 1)).attempt
    await shop.add(clinic.id, "night-guard", 1, attempt=first)
    await shop.check_out(clinic.id, JANE, attempt=first)
    assert await left_of(shop, clinic, "night-guard") == GUARDS - 1
    await begin(store, clinic, 1)
    assert await left_of(shop, clinic, "night-guard") == GUARDS


async def test_a_refund_that_nobody_heard_of_was_not_made(
    store: Store, shop: Shop, clinic: Organisation
) -> None:
    await shop.bring_in(clinic.id, bought())
    losing = (await begin(store, clinic, 1)).attempt
    await shop.refund(clinic.id, "12345", some((1, 1)), attempt=losing, key="yes")
    order, _ = await shop.history(clinic.id, "12345")
    assert order.refunded == Decimal("39.90"), "for everybody else it counts until then"
    winner = (await begin(store, clinic, 1)).attempt
    order, events = await shop.history(clinic.id, "12345")
    assert order.refunded == 0
    assert [(each.what, each.undone) for each in events] == [
        ("brought in", False),
        ("refunded", True),
    ]
    made = await shop.refund(clinic.id, "12345", UNUSED, attempt=winner, key="yes")
    await hang_up(store, clinic)
    order, _ = await shop.history(clinic.id, "12345")
    assert (made.amount, order.refunded) == (Decimal("84.30"), Decimal("84.30"))
