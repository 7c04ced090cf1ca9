"""Staff bring in what was sold elsewhere, look orders up, and say what became of them."""

from __future__ import annotations

import asyncio
from pathlib import Path
from typing import Any

import pytest
from httpx2 import Response

from tests.webhooks.admin.test_staff import error, post
from tests.webhooks.doors import STAFF, Opened, opened, settings_in, two_salons

ORDER: dict[str, Any] = {
    "reference": "12345",
    "customer": {"name": "Zoë Brontë", "phone": "(212) 555-0188"},
    "placed_at": "2026-11-20T14:03:27-05:00",
    "status": "placed",
    "paid": True,
    "lines": [{"product": "Sunday cap", "quantity": 2, "price": "24.00"}],
}
JOHN = {
    "reference": "AB-99",
    "customer": {"name": "John O'Neil"},
    "placed_at": "2026-11-21",
    "status": "delivered",
    "delivered_at": "2026-11-22T10:00",
    "paid": False,
}


async def bring_in(door: Opened, **changed: Any) -> Response:
    return await post(door, "orders", ORDER | changed)


async def get(door: Opened, path: str = "", **params: str) -> Any:
    response = await door.client.get(f"/admin/orders{path}", params=params, headers=STAFF)
    assert response.status_code == 200, response.text
    return response.json()


@pytest.fixture
async def full(door: Opened) -> Opened:
    """The sample business with two orders."""
    for changed in ({}, JOHN):
        assert (await bring_in(door, **changed)).status_code == 201
    return door


async def test_only_staff_are_answered(door: Opened) -> None:
    for method, path in (("GET", ""), ("POST", ""), ("GET", "/12345"), ("POST", "/12345/status")):
        for headers in ({}, {"Authorization": "Bearer wrong"}):
            answer = await door.client.request(method, f"/admin/orders{path}", headers=headers)
            assert error(answer, 401)["code"] == "unauthorized"


async def test_an_order_is_answered_in_the_shape_it_came_in(door: Opened) -> None:
    brought = await bring_in(door)
    assert brought.status_code == 201, brought.text
    order = brought.json()
    assert (
        order.items()
        >= {
            **ORDER,
            "organisation": "willow",
            "customer": {"name": "Zoë Brontë", "phone": "+12125550188"},
            "delivered_at": None,
            "total": "48.00",
            "refunded": "0.00",
            "currency": "USD",
            "call_id": None,
            "created_at": "2026-11-23T09:00:00-05:00",
        }.items()
    )
    shown = await get(door, "/12345")
    assert shown.items() >= order.items()
    assert [(each["what"], each["who"]) for each in shown["history"]] == [("brought in", "staff")]
    assert error(await bring_in(door), 409)["code"] == "not_allowed"


async def test_days_and_the_businesss_clock_will_do_for_times(full: Opened) -> None:
    order = await get(full, "/ab99")
    assert order["placed_at"] == "2026-11-21T00:00:00-05:00"
    assert order["delivered_at"] == "2026-11-22T10:00:00-05:00"
    assert (order["paid"], order["customer"]["phone"]) == (False, None)


@pytest.mark.parametrize(
    ("filters", "expected"),
    [
        ({}, ["AB99", "12345"]),
        ({"name": "bronte"}, ["12345"]),
        ({"phone": "2125550188"}, ["12345"]),
        ({"reference": "ab 99"}, ["AB99"]),
        ({"status": "delivered"}, ["AB99"]),
        ({"date": "2026-11-20"}, ["12345"]),
        ({"from": "2026-11-21"}, ["AB99"]),
        ({"to": "2026-11-19"}, []),
    ],
)
async def test_orders_are_found_as_staff_type_what_they_know(
    full: Opened, filters: dict[str, str], expected: list[str]
) -> None:
    assert [order["reference"] for order in (await get(full, **filters))["orders"]] == expected


async def test_pages_follow_each_other(full: Opened) -> None:
    first = await get(full, limit="1")
    second = await get(full, limit="1", cursor=first["next_cursor"])
    assert [page["orders"][0]["reference"] for page in (first, second)] == ["AB99", "12345"]
    assert second["next_cursor"] is None


@pytest.mark.parametrize(
    ("changed", "named"),
    [
        ({"reference": "123"}, "reference"),
        ({"reference": 12345}, "reference"),
        ({"customer": "Zoë"}, "customer"),
        ({"customer": {"name": " "}}, "name"),
        ({"customer": {"name": "Zoë", "phone": "12"}}, "phone"),
        ({"placed_at": "yesterday"}, "placed_at"),
        ({"placed_at": 1_700_000_000}, "placed_at"),
        ({"placed_at": "2027-01-01T00:00Z"}, "placed_at"),
        ({"delivered_at": "2026-11-21"}, "delivered_at"),
        ({"status": "lost"}, "status"),
        ({"paid": "yes"}, "paid"),
        ({"lines": []}, "lines"),
        ({"lines": {}}, "lines"),
        ({"total": "48.00"}, "total"),
    ],
)
async def test_what_is_wrong_is_named(door: Opened, changed: dict[str, Any], named: str) -> None:
    assert named in error(await bring_in(door, **changed), 422)["message"]


@pytest.mark.parametrize(
    "changed",
    [{"price": 24.0}, {"price": "-1.00"}, {"price": "NaN"}, {"price": "24.001"}, {"price": None},
     {"quantity": "2"}, {"quantity": 0}, {"quantity": True}, {"quantity": 10**9},
     {"product": ""}, {"product": 7}, {"colour": "red"}],
)  # fmt: skip
async def test_a_wrong_line_is_named(door: Opened, changed: dict[str, Any]) -> None:
    line = ORDER["lines"][0] | changed
    named = error(await bring_in(door, lines=[line]), 422)["message"]
    assert "lines" in named or str(line["price"]) in named


async def test_the_same_key_is_done_once(door: Opened) -> None:
    answers = await asyncio.gather(*(post(door, "orders", ORDER, key="k") for _ in range(4)))
    assert {each.status_code for each in answers} == {201}
    assert len({each.text for each in answers}) == 1
    other = await post(door, "orders", ORDER | {"paid": False}, key="k")
    assert "key" in error(other, 422)["message"]


async def test_staff_say_what_became_of_an_order(full: Opened) -> None:
    shipped = await post(full, "orders/12345/status", {"status": "shipped", "reason": "by post"})
    assert shipped.json()["status"] == "shipped"
    old = STAFF | {"If-Match": shipped.headers["ETag"]}
    path = "/admin/orders/12345/status"
    done = await full.client.post(path, json={"status": "delivered"}, headers=old)
    assert (done.status_code, done.json()["delivered_at"][:10]) == (200, "2026-11-23")
    refused = await full.client.post(path, json={"status": "returned"}, headers=old)
    assert error(refused, 412)["code"] == "changed_meanwhile"
    back = await post(full, "orders/12345/status", {"status": "placed"})
    assert error(back, 409)["code"] == "not_allowed"
    for wrong in ({}, {"status": "lost"}, {"status": None}, {"status": "shipped", "why": "x"}):
        error(await post(full, "orders/12345/status", wrong), 422)
    error(await post(full, "orders/99999/status", {"status": "shipped"}), 404)
    error(await full.client.get("/admin/orders/99999", headers=STAFF), 404)


async def test_among_several_organisations_each_has_its_own(tmp_path: Path) -> None:
    async with opened(settings_in(tmp_path, business=two_salons(tmp_path))) as door:
        order = ORDER | {"customer": {"name": "Rosa"}}
        assert "organisation" in error(await post(door, "orders", order), 422)["message"]
        brought = await post(door, "orders", order | {"organisation": "far-salon"})
        assert (brought.status_code, brought.json()["organisation"]) == (201, "far-salon")
        assert (await get(door, organisation="corner-salon"))["orders"] == []
        path, shipped = "orders/12345/status", {"status": "shipped"}
        error(await post(door, f"{path}?organisation=corner-salon", shipped), 404)
        assert (await post(door, path, shipped)).json()["organisation"] == "far-salon"
        assert (await post(door, "orders?organisation=corner-salon", order)).status_code == 201
        assert error(await post(door, path, shipped), 422)["code"] == "ambiguous"
