"""Many processes, one shop: nothing is sold twice, and no money is given back twice."""

from __future__ import annotations

from collections import Counter
from collections.abc import AsyncIterator
from decimal import Decimal

import pytest

from scheduling.desk import Desk
from scheduling.store import Store
from scheduling.values import Organisation
from support.order_values import OrderFilter, PlacedOrder
from support.shop import Shop
from tests.raced import raced
from tests.scheduling.willow import pass_time
from tests.support.goods import bought, buy, left_of, stocked, with_sample

SIZES = [
    pytest.param(2, 20, id="quick"),
    pytest.param(4, 500, id="2000", marks=[pytest.mark.slow, pytest.mark.timeout(900)]),
]
"""Processes, and the calls that each of them serves."""
ORDERS = 6
HOLD_MINUTES = 5


def race(address: str, mode: str, *, processes: int, count: int) -> Counter[str]:
    """What all were answered; they begin together."""
    after = (str(count), str(ORDERS))
    told = Counter[str]()
    for answer in raced("tests.support.shopper", (address, mode), after, processes=processes):
        told.update(answer)
    return told


async def every_order(shop: Shop, clinic: Organisation) -> AsyncIterator[PlacedOrder]:
    cursor = None
    while True:
        page = await shop.find(clinic.id, OrderFilter(limit=200, cursor=cursor))
        for order in page.orders:
            yield order
        cursor = page.next_cursor
        if cursor is None:
            return


@pytest.mark.parametrize(("processes", "count"), SIZES)
async def test_no_more_is_sold_than_there_was(
    store: Store,
    store_url: str,
    desk: Desk,
    shop: Shop,
    clinic: Organisation,
    processes: int,
    count: int,
) -> None:
    stock = processes * count // 4
    await with_sample(desk, clinic, products=stocked("night-guard", stock))
    told = race(store_url, "buy", processes=processes, count=count)
    sold = [order.lines[0].quantity async for order in every_order(shop, clinic)]
    assert sum(sold) == told["bought"] <= stock
    assert set(told) <= {"bought", "NotInStock"}, told
    assert told["NotInStock"] > 0
    rest = stock - sum(sold)
    await pass_time(store, minutes=HOLD_MINUTES + 1)  # what callers left in carts is anybody's then
    assert await left_of(shop, clinic, "night-guard") == rest
    if rest:
        await buy(shop, clinic, "late", ("night-guard", rest))
    assert await left_of(shop, clinic, "night-guard") == 0


@pytest.mark.parametrize(("processes", "count"), SIZES)
async def test_no_more_is_given_back_than_was_paid(
    store: Store,
    store_url: str,
    desk: Desk,
    shop: Shop,
    clinic: Organisation,
    processes: int,
    count: int,
) -> None:
    for number in range(ORDERS):
        await shop.bring_in(clinic.id, bought(f"R{1000 + number}"))
    told = race(store_url, "give back", processes=processes, count=count)
    async for order in every_order(shop, clinic):
        assert order.refunded == Decimal(told[f"{order.reference} refunded"]) / 100
        assert order.refunded <= order.paid
        assert all(line.refunded <= line.quantity for line in order.lines)
        _, events = await shop.history(clinic.id, order.reference)
        made = [each for each in events if each.what == "refunded" and not each.undone]
        assert len(made) <= 3
    assert set(told) <= {f"R{1000 + n} refunded" for n in range(ORDERS)} | {"RefundRefused"}
