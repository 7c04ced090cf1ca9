"""Money is given back as the business's rules say, once, and never more than came in."""

from __future__ import annotations

import asyncio
from decimal import Decimal
from typing import Any

import pytest

from scheduling.desk import Desk
from scheduling.errors import Invalid, NotFound, TryAgain
from scheduling.policy import SupportPolicy
from scheduling.values import Organisation
from support.order_values import NewOrder, PlacedOrder
from support.refunds import (
    LineQuantity,
    NotRefundable,
    Refund,
    Refundable,
    RefundRefused,
    RefundWish,
    WhyNoRefund,
)
from support.shop import Shop
from tests.scheduling.willow import at
from tests.support.goods import (
    NOTHING,
    UNUSED,
    USED,
    bought,
    buy,
    delivered_on,
    some,
    with_sample,
)

ALL = Decimal("84.30")


async def why_not(shop: Shop, clinic: Organisation, wish: RefundWish = UNUSED) -> WhyNoRefund:
    """Why nothing is given back for the one order; asking for it all the same is refused too."""
    verdict = await shop.refundable(clinic.id, "12345", wish)
    assert isinstance(verdict, NotRefundable)
    with pytest.raises(RefundRefused) as refused:
        await shop.refund(clinic.id, "12345", wish)
    assert (refused.value.verdict, refused.value.code) == (verdict, "not_allowed")
    return verdict.why


async def order_now(shop: Shop, clinic: Organisation) -> PlacedOrder:
    order, _ = await shop.history(clinic.id, "12345")
    return order


async def test_a_whole_order_is_given_back_once(shop: Shop, clinic: Organisation) -> None:
    await shop.bring_in(clinic.id, bought())
    verdict = await shop.refundable(clinic.id, "12345", UNUSED)
    assert isinstance(verdict, Refundable)
    assert (verdict.amount, verdict.currency) == (ALL, "USD")
    made = await shop.refund(clinic.id, "12345", UNUSED, reason="changed my mind")
    assert (made.amount, made.rest, made.lines) == (ALL, NOTHING, verdict.lines)
    order, events = await shop.history(clinic.id, "12345")
    assert order.refunded == ALL
    assert [line.refunded for line in order.lines] == [2, 1]
    assert (events[-1].what, events[-1].why) == ("refunded", "changed my mind")
    assert await why_not(shop, clinic) == "already_refunded"


async def test_a_part_is_given_back_and_then_the_rest(shop: Shop, clinic: Organisation) -> None:
    await shop.bring_in(clinic.id, bought())
    made = await shop.refund(clinic.id, "12345", some((1, 1)))
    assert (made.amount, made.rest) == (Decimal("39.90"), Decimal("44.40"))
    with pytest.raises(Invalid):
        await shop.refund(clinic.id, "12345", some((1, 2)))
    with pytest.raises(Invalid):
        await shop.refund(clinic.id, "12345", some((1, 1), (1, 1)))
    made = await shop.refund(clinic.id, "12345", some((2, 1)))
    assert made.amount == Decimal("4.50")
    assert await why_not(shop, clinic, some((2, 1))) == "already_refunded"
    made = await shop.refund(clinic.id, "12345", UNUSED)
    assert (made.amount, made.rest) == (Decimal("39.90"), NOTHING)
    assert made.lines == (LineQuantity(1, 1),)
    assert (await order_now(shop, clinic)).refunded == ALL


async def test_the_same_request_gives_back_once(shop: Shop, clinic: Organisation) -> None:
    await shop.bring_in(clinic.id, bought())
    first = await shop.refund(clinic.id, "12345", some((1, 1)), key="k")
    assert await shop.refund(clinic.id, "12345", some((1, 1)), key="k") == first
    assert (await order_now(shop, clinic)).refunded == Decimal("39.90")


@pytest.mark.parametrize(
    ("order", "wish", "why"),
    [
        (bought(paid=False), UNUSED, "not_paid"),
        (bought(status="cancelled"), UNUSED, "cancelled"),
        (bought(status="returned"), UNUSED, "returned"),
        (bought(), USED, "used"),
        (bought(), RefundWish(), "use_unknown"),
        (bought(placed_at=at("2026-10-23 23:59")), UNUSED, "too_late"),
        (delivered_on("2026-10-23", placed=at("2026-10-20 09:00")), UNUSED, "too_late"),
    ],
)
async def test_what_the_rules_do_not_give_back_is_refused_with_why(
    shop: Shop, clinic: Organisation, order: NewOrder, wish: RefundWish, why: str
) -> None:
    await shop.bring_in(clinic.id, order)
    assert await why_not(shop, clinic, wish) == why
    assert (await order_now(shop, clinic)).refunded == 0


@pytest.mark.parametrize(
    "order",
    [
        bought(placed_at=at("2026-10-24 00:00")),
        delivered_on("2026-10-24", placed=at("2026-09-01 09:00")),
    ],
)
async def test_the_last_day_is_a_whole_day_of_the_business(
    shop: Shop, clinic: Organisation, order: NewOrder
) -> None:
    await shop.bring_in(clinic.id, order)
    verdict = await shop.refundable(clinic.id, "12345", UNUSED)
    assert isinstance(verdict, Refundable)
    assert str(verdict.last_day) == "2026-11-23"


async def test_a_business_without_rules_gives_nothing_back_by_phone(
    desk: Desk, shop: Shop, clinic: Organisation
) -> None:
    await with_sample(desk, clinic, support=SupportPolicy())
    await shop.bring_in(clinic.id, bought())
    assert await why_not(shop, clinic) == "no_policy"


async def test_used_things_go_back_where_the_rules_take_them(
    desk: Desk, shop: Shop, clinic: Organisation
) -> None:
    await with_sample(desk, clinic, support=SupportPolicy(refund_days=30))
    await shop.bring_in(clinic.id, bought())
    assert (await shop.refund(clinic.id, "12345", USED)).amount == ALL


async def test_an_order_that_was_paid_in_part_is_not_paid(shop: Shop, clinic: Organisation) -> None:
    await shop.bring_in(clinic.id, bought(paid=False))
    await shop.pay(clinic.id, "12345", Decimal("84.29"))
    assert await why_not(shop, clinic) == "not_paid"
    await shop.pay(clinic.id, "12345")
    assert (await shop.refund(clinic.id, "12345", UNUSED)).amount == ALL


async def test_no_other_organisation_s_order_is_given_back(
    shop: Shop, clinic: Organisation, other_shop: Organisation
) -> None:
    await shop.bring_in(clinic.id, bought())
    with pytest.raises(NotFound):
        await shop.refund(other_shop.id, "12345", UNUSED)
    for wrong in (some((3, 1)), some((0, 1))):
        with pytest.raises(NotFound):
            await shop.refund(clinic.id, "12345", wrong)
    with pytest.raises(Invalid):
        await shop.refund(clinic.id, "12345", some((1, -1)))


async def test_what_was_bought_by_phone_is_given_back_once_paid(
    shop: Shop, clinic: Organisation
) -> None:
    order = await buy(shop, clinic, "call", ("gift-50", 2))
    verdict = await shop.refundable(clinic.id, order.reference, UNUSED)
    assert isinstance(verdict, NotRefundable)
    assert verdict.why == "not_paid"
    await shop.pay(clinic.id, order.reference, how="by link")
    assert (await shop.refund(clinic.id, order.reference, UNUSED)).amount == Decimal("100.00")


async def test_of_many_who_ask_at_once_one_is_given_it(shop: Shop, clinic: Organisation) -> None:
    await shop.bring_in(clinic.id, bought())

    async def ask(number: int) -> Refund | RefundRefused:
        try:
            return await _until_answered(shop, clinic, number)
        except RefundRefused as refused:
            return refused

    answers: list[Any] = await asyncio.gather(*(ask(number) for number in range(8)))
    assert len([each for each in answers if isinstance(each, Refund)]) == 1
    refused = [each.verdict.why for each in answers if isinstance(each, RefundRefused)]
    assert refused == ["already_refunded"] * 7
    assert (await order_now(shop, clinic)).refunded == ALL


async def _until_answered(shop: Shop, clinic: Organisation, number: int) -> Refund:
    while True:
        try:
            return await shop.refund(clinic.id, "12345", UNUSED, call_id=f"call {number}")
        except TryAgain:
            continue
