"""What came in is written down; what is open is the rest, and where to pay it is the business's."""

from __future__ import annotations

from decimal import Decimal

import pytest

from scheduling.errors import Invalid, NotAllowed
from scheduling.store import Store
from scheduling.values import Organisation
from support.payments import payment_link
from support.shop import Shop
from tests.clinic import clinic as sample
from tests.clinic import garage
from tests.scheduling.willow import pass_time
from tests.support.goods import BOUGHT, NOTHING, bought


async def test_what_is_paid_and_when_and_what_is_open(
    store: Store, shop: Shop, clinic: Organisation
) -> None:
    await shop.bring_in(clinic.id, bought(paid=False))
    part = await shop.pay(clinic.id, "12345", Decimal("20.00"), "by link")
    assert (part.paid, part.open, part.is_paid) == (Decimal("20.00"), Decimal("64.30"), False)
    await pass_time(store, days=1)
    whole = await shop.pay(clinic.id, "12345")
    assert (whole.paid, whole.open, whole.is_paid) == (Decimal("84.30"), NOTHING, True)
    first, second = await shop.payments(clinic.id, "12345")
    assert (first.amount, first.how, first.who) == (Decimal("20.00"), "by link", "staff")
    assert (second.amount, second.how) == (Decimal("64.30"), "at the desk")
    assert second.paid_at > first.paid_at
    _, events = await shop.history(clinic.id, "12345")
    assert [each.what for each in events] == ["brought in", "paid", "paid"]


async def test_what_was_paid_elsewhere_was_paid_when_it_was_bought(
    shop: Shop, clinic: Organisation
) -> None:
    await shop.bring_in(clinic.id, bought())
    [paid] = await shop.payments(clinic.id, "12345")
    assert (paid.amount, paid.paid_at, paid.how) == (Decimal("84.30"), BOUGHT, "elsewhere")


async def test_more_than_is_open_is_not_taken(shop: Shop, clinic: Organisation) -> None:
    await shop.bring_in(clinic.id, bought(paid=False))
    for wrong in (Decimal("84.31"), Decimal(0)):
        with pytest.raises(NotAllowed):
            await shop.pay(clinic.id, "12345", wrong)
    with pytest.raises(Invalid):
        await shop.pay(clinic.id, "12345", Decimal("1.005"))
    with pytest.raises(Invalid):
        await shop.pay(clinic.id, "12345", Decimal("1.00"), " ")
    await shop.pay(clinic.id, "12345")
    with pytest.raises(NotAllowed):
        await shop.pay(clinic.id, "12345")


async def test_a_payment_reported_twice_came_in_once(shop: Shop, clinic: Organisation) -> None:
    await shop.bring_in(clinic.id, bought(paid=False))
    first = await shop.pay(clinic.id, "12345", Decimal("20"), key="k")
    assert await shop.pay(clinic.id, "12345", Decimal("20"), key="k") == first
    assert len(await shop.payments(clinic.id, "12345")) == 1


async def test_nothing_is_open_of_a_cancelled_order(shop: Shop, clinic: Organisation) -> None:
    await shop.bring_in(clinic.id, bought(paid=False))
    order = await shop.set_status(clinic.id, "12345", "cancelled")
    assert order.open == 0
    with pytest.raises(NotAllowed):
        await shop.pay(clinic.id, "12345")


def test_the_link_to_pay_by_is_the_business_s_own() -> None:
    assert payment_link(sample(), "K7M2QX") == "https://pay.willow.example/K7M2QX"
    assert payment_link(garage(), "K7M2QX") is None
