"""Staff look bookings and calls up; nobody else does."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import pytest

from scheduling.values import CustomerDetails, Order
from tests.webhooks.doors import STAFF, Opened, opened, settings_in, two_salons

BOOKED = [
    ("Zoë Brontë", "+12125550188", "2026-11-24"),
    ("John O'Neil", "+12125550177", "2026-11-25"),
    ("Rosa Marin", "+12125550188", "2026-12-01"),
]


async def book(door: Opened, organisation_id: int, name: str, phone: str, day: str) -> str:
    """Enter a booking at ten in the morning, as staff would."""
    business = await door.resources.desk.business(organisation_id)
    service = business.services[0]
    start = datetime.fromisoformat(f"{day}T10:00:00").replace(tzinfo=business.zone)
    order = Order(
        customer=CustomerDetails(name=name, phone=phone), service_id=service.id, start=start
    )
    return (await door.resources.desk.book(organisation_id, order, by="staff")).reference


@pytest.fixture
async def full(door: Opened) -> Opened:
    """The sample business with three bookings."""
    for name, phone, day in BOOKED:
        await book(door, 1, name, phone, day)
    return door


async def names(door: Opened, **filters: str) -> list[str]:
    response = await door.client.get("/admin/bookings", params=filters, headers=STAFF)
    assert response.status_code == 200, response.text
    return [booking["customer"]["name"] for booking in response.json()["bookings"]]


async def test_only_staff_are_answered(door: Opened) -> None:
    for path in (
        "/admin/bookings",
        "/admin/bookings/K7M2QX",
        "/admin/calls",
        "/admin/calls/c",
        "/admin/unanswered",
    ):
        for headers in ({}, {"Authorization": "Bearer wrong"}):
            response = await door.client.get(path, headers=headers)
            assert response.status_code == 401
            assert response.json()["error"]["code"] == "unauthorized"


async def test_a_booking_has_the_contracts_shape_and_the_businesss_time(full: Opened) -> None:
    response = await full.client.get("/admin/bookings", headers=STAFF)
    body = response.json()
    assert body["next_cursor"] is None
    first = body["bookings"][0]
    assert list(first) == [
        "reference", "status", "organisation", "service", "service_id", "provider", "provider_id",
        "start", "end", "timezone", "customer", "call_id", "created_at", "updated_at",
    ]  # fmt: skip
    assert first["start"] == "2026-11-24T10:00:00-05:00"
    assert first["timezone"] == "America/New_York"
    assert first["customer"] == {"name": "Zoë Brontë", "phone": "+12125550188"}
    assert first["status"] == "booked"
    assert first["organisation"] == "willow"


@pytest.mark.parametrize(
    ("filters", "expected"),
    [
        ({}, ["Zoë Brontë", "John O'Neil", "Rosa Marin"]),
        ({"name": "bronte"}, ["Zoë Brontë"]),
        ({"name": "ROSA  marin"}, ["Rosa Marin"]),
        ({"name": "oneil"}, ["John O'Neil"]),
        ({"phone": "(212) 555-0188"}, ["Zoë Brontë", "Rosa Marin"]),
        ({"phone": "+12125550177"}, ["John O'Neil"]),
        ({"date": "2026-11-25"}, ["John O'Neil"]),
        ({"from": "2026-11-24", "to": "2026-11-25"}, ["Zoë Brontë", "John O'Neil"]),
        ({"from": "2026-11-25"}, ["John O'Neil", "Rosa Marin"]),
        ({"to": "2026-11-24"}, ["Zoë Brontë"]),
        ({"status": "cancelled"}, []),
        ({"status": "held"}, []),
        ({"organisation": "willow", "phone": "2125550188", "name": "rosa"}, ["Rosa Marin"]),
    ],
)
async def test_bookings_are_found_as_staff_type_what_they_know(
    full: Opened, filters: dict[str, str], expected: list[str]
) -> None:
    assert await names(full, **filters) == expected


async def test_pages_follow_each_other(full: Opened) -> None:
    seen: list[str] = []
    cursor: dict[str, str] = {}
    for _ in range(3):
        params = {"limit": "1", **cursor}
        page = (await full.client.get("/admin/bookings", params=params, headers=STAFF)).json()
        seen += [booking["customer"]["name"] for booking in page["bookings"]]
        cursor = {"cursor": page["next_cursor"]} if page["next_cursor"] else {}
    assert seen == [name for name, _, _ in BOOKED]
    assert cursor == {}


@pytest.mark.parametrize(
    "query",
    [
        "date=tomorrow",
        "date=2026-11-24&from=2026-11-25",
        "from=2026-11-25&to=2026-11-24",
        "status=lost",
        "limit=0",
        "limit=1000",
        "limit=many",
        "telephone=2125550188",
        "cursor=not-ours",
        "phone=hello",
        "name=!",
        "name=%20",
        "name=%00",
        "name=%27",
        "name=...&date=2026-11-24",
    ],
)
async def test_a_wrong_parameter_is_named(door: Opened, query: str) -> None:
    response = await door.client.get(f"/admin/bookings?{query}", headers=STAFF)
    assert response.status_code in (400, 422), response.text
    assert response.json()["error"]["message"]


async def test_an_unknown_organisation_is_not_found(door: Opened) -> None:
    for path in ("/admin/bookings", "/admin/calls", "/admin/calls/c", "/admin/bookings/K7M2QX"):
        response = await door.client.get(f"{path}?organisation=nobody", headers=STAFF)
        assert response.status_code == 404
        assert response.json()["error"]["code"] == "unknown_organisation"


async def test_one_booking_comes_with_its_history(door: Opened) -> None:
    reference = await book(door, 1, *BOOKED[0])
    await door.resources.desk.cancel(1, reference, by="staff", reason="closed that day")
    shown = (await door.client.get(f"/admin/bookings/{reference}", headers=STAFF)).json()
    assert shown["status"] == "cancelled"
    assert [event["what"] for event in shown["history"]] == ["booked", "cancelled"]
    assert shown["history"][1]["who"] == "staff"
    assert shown["history"][1]["why"] == "closed that day"
    assert shown["call"] is None
    unknown = await door.client.get("/admin/bookings/ZZZZZZ", headers=STAFF)
    assert unknown.status_code == 404


async def test_one_organisations_bookings_are_not_anothers(tmp_path: Path) -> None:
    async with opened(settings_in(tmp_path, business=two_salons(tmp_path))) as door:
        salon = await door.resources.desk.find_organisation(slug="corner-salon")
        assert salon is not None
        reference = await book(door, salon.id, "Rosa Marin", "+441223496777", "2026-11-24")
        assert await names(door, organisation="corner-salon") == ["Rosa Marin"]
        assert await names(door, organisation="far-salon") == []
        address = f"/admin/bookings/{reference}?organisation=far-salon"
        assert (await door.client.get(address, headers=STAFF)).status_code == 404


async def test_a_call_is_shown_with_turns_tools_and_timings(door: Opened) -> None:
    body = {"messages": [{"role": "user", "content": "What are your opening hours?"}]}
    named = STAFF | {"X-Call-ID": "call-of-ours"}
    await door.client.post("/v1/chat/completions", json=body, headers=named)
    listed = (await door.client.get("/admin/calls", headers=STAFF)).json()
    assert [call["call_id"] for call in listed["calls"]] == ["call-of-ours"]
    assert listed["next_cursor"] is None
    shown = (await door.client.get("/admin/calls/call-of-ours", headers=STAFF)).json()
    assert shown["organisation"] == "willow"
    assert shown["door"] == "openai"
    (turn,) = shown["turns"]
    assert turn["text"] == "What are your opening hours?"
    assert turn["reply"]
    assert isinstance(turn["timings"], dict)
    assert (await door.client.get("/admin/calls/none", headers=STAFF)).status_code == 404


async def test_a_name_of_a_thousand_words_is_too_much_to_look_for(door: Opened) -> None:
    wanted = {"name": "Rosa " * 1_000}
    answer = await door.client.get("/admin/bookings", params=wanted, headers=STAFF)
    assert answer.status_code == 422
    assert "words" in answer.json()["error"]["message"]
