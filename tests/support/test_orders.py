"""Orders are brought in by staff, found again as people name them, and keep their history."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest

from scheduling.desk import Desk
from scheduling.errors import (
    Ambiguous,
    ChangedMeanwhile,
    Invalid,
    KeyReused,
    NotAllowed,
    NotFound,
)
from scheduling.store import Store
from scheduling.values import CustomerDetails, Organisation
from support.order_values import NewLine, OrderFilter
from support.shop import Shop
from tests.scheduling.willow import BOB, JANE, at, pass_time
from tests.support.goods import BOUGHT, NOTHING, bought, buy

FLOSS = NewLine("floss", 1, Decimal("4.50"))


async def test_what_staff_bring_in_is_kept_as_it_was_bought(
    shop: Shop, clinic: Organisation
) -> None:
    order = await shop.bring_in(clinic.id, bought("ab 12-9"))
    assert (order.reference, order.organisation, order.status) == ("AB129", "willow", "placed")
    assert (order.total, order.paid, order.open) == (Decimal("84.30"), Decimal("84.30"), NOTHING)
    assert (order.currency, order.is_paid, order.refunded) == ("USD", True, NOTHING)
    assert (order.customer_name, order.customer_phone) == (JANE.name, JANE.phone)
    assert (order.placed_at, order.delivered_at, order.call_id) == (BOUGHT, None, None)
    assert [(line.number, line.product_id, line.product) for line in order.lines] == [
        (1, "toothbrush", "Electric toothbrush"),
        (2, "floss", "Dental floss"),
    ]
    found, events = await shop.history(clinic.id, "aB12 9")
    assert found == order
    assert [(each.what, each.who, each.undone) for each in events] == [
        ("brought in", "staff", False)
    ]


async def test_a_thing_that_the_shop_does_not_have_is_kept_by_name(
    shop: Shop, clinic: Organisation
) -> None:
    line = NewLine("  Shoe   laces", 3, Decimal("2"))
    order = await shop.bring_in(clinic.id, bought(lines=(line,), paid=False))
    assert (order.lines[0].product_id, order.lines[0].product) == ("", "Shoe laces")
    assert (order.open, order.is_paid) == (Decimal("6"), False)


@pytest.mark.parametrize(
    "wrong",
    [
        {"reference": "123"},
        {"reference": "1234567890123"},
        {"reference": "ÄB123"},
        {"lines": ()},
        {"lines": (replace(FLOSS, quantity=0),)},
        {"lines": (replace(FLOSS, price=Decimal("-1")),)},
        {"lines": (replace(FLOSS, price=Decimal("4.505")),)},
        {"lines": (replace(FLOSS, price=Decimal("NaN")),)},
        {"lines": (replace(FLOSS, product="--"),)},
        {"customer": CustomerDetails("")},
        {"customer": CustomerDetails("Jane", "12")},
        {"placed_at": at("2030-01-01 09:00")},
        {"placed_at": BOUGHT.replace(tzinfo=None)},
        {"delivered_at": BOUGHT},
        {"status": "delivered", "delivered_at": BOUGHT - timedelta(days=1)},
    ],
    ids=str,
)
async def test_what_is_no_order_is_refused(
    shop: Shop, clinic: Organisation, wrong: dict[str, Any]
) -> None:
    with pytest.raises(Invalid):
        await shop.bring_in(clinic.id, bought(**wrong))
    assert (await shop.find(clinic.id, OrderFilter())).orders == ()


async def test_a_reference_names_one_order(
    shop: Shop, clinic: Organisation, other_shop: Organisation
) -> None:
    await shop.bring_in(clinic.id, bought("ABCD"))
    with pytest.raises(NotAllowed):
        await shop.bring_in(clinic.id, bought("abcd"))
    await shop.bring_in(other_shop.id, bought("abcd"))
    with pytest.raises(Ambiguous):
        await shop.history(None, "abcd")
    assert len((await shop.find(None, OrderFilter(reference="abcd"))).orders) == 2
    with pytest.raises(NotFound):
        await shop.history(clinic.id, "abcde")


async def test_the_same_request_brings_in_one_order(shop: Shop, clinic: Organisation) -> None:
    first = await shop.bring_in(clinic.id, bought(), key="k")
    assert await shop.bring_in(clinic.id, bought(), key="k") == first
    with pytest.raises(KeyReused):
        await shop.bring_in(clinic.id, bought("other"), key="k")


async def test_orders_are_found_as_people_name_them(shop: Shop, clinic: Organisation) -> None:
    await shop.bring_in(clinic.id, bought("1001"))
    await shop.bring_in(clinic.id, bought("1002", placed_at=BOUGHT - timedelta(days=9)))
    await shop.bring_in(clinic.id, bought("1003", customer=BOB))

    async def found(**wanted: Any) -> list[str]:
        page = await shop.find(clinic.id, OrderFilter(**wanted))
        return [order.reference for order in page.orders]

    assert await found() == ["1003", "1001", "1002"], "the last placed first"
    assert await found(name="jane") == ["1001", "1002"]
    assert await found(phone="(212) 555-0177") == ["1003"]
    assert await found(phone=JANE.phone, name="doe", first_day=date(2026, 11, 20)) == ["1001"]
    assert await found(reference="10-02") == ["1002"]
    assert await found(status="shipped") == []
    first = await shop.find(clinic.id, OrderFilter(limit=2))
    assert await found(limit=2, cursor=first.next_cursor) == ["1002"]
    with pytest.raises(Invalid):
        await found(name=" ")


async def test_what_becomes_of_an_order_is_its_history(
    store: Store, shop: Shop, clinic: Organisation
) -> None:
    await shop.bring_in(clinic.id, bought())
    await pass_time(store, days=1)
    await shop.set_status(clinic.id, "12345", "shipped", reason="by post")
    done = await shop.set_status(clinic.id, "12345", "delivered")
    assert await shop.set_status(clinic.id, "12345", "delivered") == done
    assert done.delivered_at is not None
    assert done.delivered_at - await store.current_time() < timedelta(seconds=1)
    await shop.set_status(clinic.id, "12345", "returned")
    order, events = await shop.history(clinic.id, "12345")
    assert [each.what for each in events] == ["brought in", "shipped", "delivered", "returned"]
    assert (order.status, order.version, events[1].why) == ("returned", 4, "by post")


@pytest.mark.parametrize(
    ("was", "becomes"),
    [("placed", "returned"), ("cancelled", "placed"), ("delivered", "cancelled")],
)
async def test_a_step_that_cannot_be_is_refused(
    shop: Shop, clinic: Organisation, was: Any, becomes: Any
) -> None:
    await shop.bring_in(clinic.id, bought(status=was))
    with pytest.raises(NotAllowed):
        await shop.set_status(clinic.id, "12345", becomes)


async def test_callers_do_not_say_what_became_of_an_order(shop: Shop, clinic: Organisation) -> None:
    await shop.bring_in(clinic.id, bought(paid=False))
    with pytest.raises(NotAllowed):
        await shop.set_status(clinic.id, "12345", "delivered", by="caller")
    with pytest.raises(NotAllowed):
        await shop.pay(clinic.id, "12345", by="caller")


async def test_an_old_screen_changes_nothing(shop: Shop, clinic: Organisation) -> None:
    order = await shop.bring_in(clinic.id, bought())
    await shop.set_status(clinic.id, "12345", "shipped", version=order.version)
    with pytest.raises(ChangedMeanwhile):
        await shop.set_status(clinic.id, "12345", "delivered", version=order.version)


async def test_who_asks_is_forgotten_and_lines_and_money_stay(
    desk: Desk, shop: Shop, clinic: Organisation, other_shop: Organisation
) -> None:
    await shop.bring_in(clinic.id, bought("1001"))
    await shop.bring_in(clinic.id, bought("1002", customer=BOB))
    own = await buy(shop, clinic, "call", ("floss", 2))
    await shop.bring_in(other_shop.id, bought("1003"))
    assert JANE.phone is not None
    assert await shop.forget(clinic.id, JANE.phone) == 2
    assert await shop.forget(clinic.id, JANE.phone) == 0
    kept = {each.reference: each for each in (await shop.find(None, OrderFilter())).orders}
    assert [kept[each].customer_name for each in ("1001", own.reference)] == ["", ""]
    assert [kept[each].customer_phone for each in ("1001", own.reference)] == [None, None]
    assert (kept["1001"].total, kept["1001"].paid) == (Decimal("84.30"), Decimal("84.30"))
    assert kept["1002"].customer_name == BOB.name
    assert kept["1003"].customer_name == JANE.name
