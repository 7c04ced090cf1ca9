"""Staff see what callers left for them, and say how it stands."""

from __future__ import annotations

import asyncio
from pathlib import Path
from typing import Any

import pytest

from scheduling.values import CustomerDetails
from support.ticket_values import Concern
from tests.scheduling.willow import pass_time
from tests.webhooks.admin.test_staff import error, post
from tests.webhooks.doors import STAFF, Opened, opened, settings_in, two_salons

LEFT = [
    Concern("The crown came off", CustomerDetails("Zoë Brontë", "+12125550188"), priority="urgent"),
    Concern("Was charged twice", CustomerDetails("John O'Neil", "+12125550177"), kind="dispute"),
    Concern("Call back about braces", CustomerDetails("", "+12125550188"), kind="message"),
]


@pytest.fixture
async def full(door: Opened) -> Opened:
    """The sample business with three tickets, one a day; the oldest is closed."""
    made = []
    for concern in LEFT:
        made.append(await door.resources.tickets.create(1, concern))
        await pass_time(door.resources.store, days=1)
    await door.resources.tickets.set_status(1, made[0].reference, "closed")
    return door


async def get(door: Opened, path: str = "", **params: str) -> Any:
    response = await door.client.get(f"/admin/tickets{path}", params=params, headers=STAFF)
    assert response.status_code == 200, response.text
    return response.json()


async def issues(door: Opened, **filters: str) -> list[str]:
    return [ticket["issue"] for ticket in (await get(door, **filters))["tickets"]]


async def left(door: Opened, concern: Concern = LEFT[0], organisation_id: int = 1) -> str:
    """The reference of a new ticket."""
    ticket = await door.resources.tickets.create(organisation_id, concern)
    return ticket.reference


async def test_only_staff_are_answered(door: Opened) -> None:
    for method, path in (("GET", ""), ("GET", "/K7M2QX"), ("POST", "/K7M2QX/status")):
        for headers in ({}, {"Authorization": "Bearer wrong"}):
            answer = await door.client.request(method, f"/admin/tickets{path}", headers=headers)
            assert error(answer, 401)["code"] == "unauthorized"


async def test_a_ticket_has_the_contracts_shape(full: Opened) -> None:
    body = await get(full)
    assert body["next_cursor"] is None
    assert list(body["tickets"][0]) == [
        "reference", "status", "priority", "kind", "organisation", "issue", "call_back",
        "customer", "call_id", "created_at", "updated_at",
    ]  # fmt: skip
    assert body["tickets"][1]["customer"] == {"name": "John O'Neil", "phone": "+12125550177"}
    assert body["tickets"][2]["created_at"] == "2026-11-23T09:00:00-05:00"


@pytest.mark.parametrize(
    ("filters", "expected"),
    [
        ({}, [2, 1, 0]),
        ({"name": "bronte"}, [0]),
        ({"phone": "(212) 555-0188"}, [2, 0]),
        ({"status": "open"}, [2, 1]),
        ({"status": "waiting"}, []),
        ({"priority": "urgent"}, [0]),
        ({"date": "2026-11-24"}, [1]),
        ({"from": "2026-11-24"}, [2, 1]),
        ({"to": "2026-11-23"}, [0]),
        ({"organisation": "willow", "status": "closed", "name": ""}, [0]),
    ],
)
async def test_tickets_are_found_as_staff_type_what_they_know(
    full: Opened, filters: dict[str, str], expected: list[int]
) -> None:
    assert await issues(full, **filters) == [LEFT[each].issue for each in expected]


async def test_pages_follow_each_other(full: Opened) -> None:
    seen: list[str] = []
    cursor: dict[str, str] = {}
    for _ in LEFT:
        page = await get(full, limit="1", **cursor)
        seen += [ticket["issue"] for ticket in page["tickets"]]
        cursor = {"cursor": page["next_cursor"]} if page["next_cursor"] else {}
    assert (seen, cursor) == ([concern.issue for concern in reversed(LEFT)], {})


@pytest.mark.parametrize(
    "query",
    ["date=tomorrow", "from=2026-11-25&to=2026-11-24", "status=lost", "priority=huge", "limit=0",
     "cursor=not-ours", "phone=hello", "name=!", "name=%00", "telephone=1"],
)  # fmt: skip
async def test_a_wrong_parameter_is_named(door: Opened, query: str) -> None:
    error(await door.client.get(f"/admin/tickets?{query}", headers=STAFF), 422)


async def test_one_ticket_comes_with_its_history(door: Opened) -> None:
    reference = await left(door)
    await post(door, f"tickets/{reference}/status", {"status": "waiting", "reason": "rang him"})
    shown = await get(door, f"/{reference.lower()}")
    assert (shown["status"], shown["call"]) == ("waiting", None)
    assert [(each["what"], each["who"], each["words"]) for each in shown["history"]] == [
        ("opened", "caller", ""), ("waiting", "staff", "rang him"),
    ]  # fmt: skip
    error(await door.client.get("/admin/tickets/ZZZZZZ", headers=STAFF), 404)
    error(await post(door, "tickets/ZZZZZZ/status", {"status": "closed"}), 404)


@pytest.mark.parametrize(
    "body",
    [{}, {"status": None}, {"status": 1}, {"status": "withdrawn"}, {"status": ["closed"]},
     {"status": "closed", "why": "x"}, {"status": "closed", "reason": "\x00"}, ["closed"]],
)  # fmt: skip
async def test_a_wrong_body_is_refused(door: Opened, body: object) -> None:
    error(await post(door, f"tickets/{await left(door)}/status", body), 422)


async def test_the_same_key_is_done_once(door: Opened) -> None:
    path, closed = f"tickets/{await left(door)}/status", {"status": "closed"}
    answers = await asyncio.gather(*(post(door, path, closed, key="k") for _ in range(4)))
    assert {each.status_code for each in answers} == {200}
    assert len({each.text for each in answers}) == 1
    assert "key" in error(await post(door, path, {"status": "open"}, key="k"), 422)["message"]


async def test_an_old_screen_cannot_change_what_a_colleague_changed(door: Opened) -> None:
    reference = await left(door)
    shown = await door.client.get(f"/admin/tickets/{reference}", headers=STAFF)
    path, seen = f"/admin/tickets/{reference}/status", STAFF | {"If-Match": shown.headers["ETag"]}
    waiting = await door.client.post(path, json={"status": "waiting"}, headers=seen)
    assert waiting.headers["ETag"] != shown.headers["ETag"]
    refused = error(await door.client.post(path, json={"status": "closed"}, headers=seen), 412)
    assert refused["code"] == "changed_meanwhile"
    now = STAFF | {"If-Match": waiting.headers["ETag"]}
    assert (await door.client.post(path, json={"status": "closed"}, headers=now)).is_success


async def test_among_several_organisations_each_has_its_own(tmp_path: Path) -> None:
    async with opened(settings_in(tmp_path, business=two_salons(tmp_path))) as door:
        far = await door.resources.desk.find_organisation(slug="far-salon")
        assert far is not None
        concern = Concern("Too short", CustomerDetails("Rosa"))
        reference = await left(door, concern, far.id)
        assert await issues(door, organisation="corner-salon") == []
        assert await issues(door, organisation="far-salon") == ["Too short"]
        for path in (f"/admin/tickets/{reference}?organisation=corner-salon",
                     "/admin/tickets?organisation=nobody"):  # fmt: skip
            error(await door.client.get(path, headers=STAFF), 404)
        closed = {"status": "closed"}
        error(
            await post(door, f"tickets/{reference}/status?organisation=corner-salon", closed), 404
        )
        done = await post(door, f"tickets/{reference}/status", closed)
        assert (done.json()["organisation"], done.json()["status"]) == ("far-salon", "closed")
