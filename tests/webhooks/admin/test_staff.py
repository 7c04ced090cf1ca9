"""Staff enter, move, cancel, mark and block; the desk refuses them what it must, and says why."""

from __future__ import annotations

import asyncio
from pathlib import Path
from typing import Any

import pytest
from httpx2 import Response

from tests.scheduling.ical_reader import events_in
from tests.scheduling.willow import pass_time
from tests.webhooks.doors import STAFF, Opened, opened, settings_in, two_salons

JANE = {
    "service": "checkup",
    "start": "2026-11-24T14:00",
    "provider": "ana",
    "name": "Jane Doe",
    "phone": "(212) 555-0142",
}


async def post(door: Opened, path: str, body: object = None, *, key: str | None = None) -> Response:
    """As staff."""
    headers = STAFF | ({"Idempotency-Key": key} if key else {})
    return await door.client.post(f"/admin/{path}", json=body, headers=headers)


async def entered(door: Opened, **changed: Any) -> dict[str, Any]:
    """A booking in the diary: Jane's, unless said otherwise."""
    response = await post(door, "bookings", JANE | changed)
    assert response.status_code == 201, response.text
    document: dict[str, Any] = response.json()
    return document


def error(response: Response, status: int) -> dict[str, Any]:
    """What was said of a request that was not done."""
    assert response.status_code == status, response.text
    document: dict[str, Any] = response.json()["error"]
    assert document["message"]
    return document


async def test_only_staff_may(door: Opened) -> None:
    for method, path in (
        ("POST", "bookings"), ("POST", "bookings/K7M2QX/move"), ("POST", "bookings/K7M2QX/cancel"),
        ("POST", "bookings/K7M2QX/status"), ("POST", "blocks"), ("DELETE", "blocks?id=K7M2QX"),
        ("GET", "blocks"), ("GET", "bookings/K7M2QX.ics"),
    ):  # fmt: skip
        for headers in ({}, {"Authorization": "Bearer wrong"}):
            response = await door.client.request(method, f"/admin/{path}", headers=headers)
            assert error(response, 401)["code"] == "unauthorized"


async def test_a_booking_is_entered_in_the_businesss_time(door: Opened) -> None:
    booked = await entered(door)
    assert booked["start"] == "2026-11-24T14:00:00-05:00"
    assert booked["customer"] == {"name": "Jane Doe", "phone": "+12125550142"}
    assert (booked["status"], booked["call_id"]) == ("booked", None)
    shown = await door.client.get(f"/admin/bookings/{booked['reference']}", headers=STAFF)
    assert shown.json().items() >= booked.items()
    assert [(event["what"], event["who"]) for event in shown.json()["history"]] == [
        ("booked", "staff")
    ]


@pytest.mark.parametrize(
    "changed",
    [
        {"start": "2026-11-24T19:00:00Z"},
        {"start": "2026-11-24T14:00:00-05:00"},
        {"service": "Check-up", "provider": "ana ruiz"},
        {"provider": None, "phone": None},
        {"name": None, "phone": None, "customer": {"name": "Jane Doe", "phone": "2125550142"}},
        {"organisation": "willow"},
    ],
)
async def test_a_diary_is_entered_as_people_write(door: Opened, changed: dict[str, Any]) -> None:
    booked = await entered(door, **changed)
    assert booked["start"] == "2026-11-24T14:00:00-05:00"
    assert (booked["service_id"], booked["provider_id"]) == ("checkup", "ana")


async def test_the_paper_diary_of_a_real_shop_is_entered_on_day_one(door: Opened) -> None:
    """Today's visits, some begun; in ten minutes; off the quarter hours; recalls in half a year."""
    diary = [
        ("2026-11-23T09:00", "Ada Fox", "checkup", "ana"),
        ("2026-11-23T09:10", "Ben Lee", "checkup", "ben"),
        ("2026-11-23T09:50", "Cy Poe", "checkup", "ana"),
        ("2026-11-24T10:20", "Di Roe", "vaccination", "ben"),
        ("2027-05-25T11:00", "Ed Low", "checkup", "ana"),
    ]
    for start, name, service, provider in diary:
        await entered(door, start=start, name=name, service=service, provider=provider, phone=None)
    listed = (await door.client.get("/admin/bookings", headers=STAFF)).json()["bookings"]
    assert [(each["start"][:16], each["customer"]["name"]) for each in listed] == [
        (start, name) for start, name, _, _ in diary
    ]


@pytest.mark.parametrize(
    ("changed", "code"),
    [
        ({"start": "2026-11-22T10:00"}, "past"),
        ({"start": "2026-11-29T10:00"}, "closed"),
        ({"start": "2026-11-24T16:45"}, "closed"),
        ({"start": "2030-11-26T10:00"}, "too_far"),
        ({"start": "2026-11-24T14:15", "name": "Bob Stone"}, "slot_taken"),
        ({"start": "2026-11-24T15:00", "service": "vaccination", "name": "X"}, None),
    ],
)
async def test_the_desk_refuses_staff_what_cannot_be(
    door: Opened, changed: dict[str, Any], code: str | None
) -> None:
    await entered(door)
    response = await post(door, "bookings", JANE | changed)
    if code is None:
        assert response.status_code == 201
        return
    assert error(response, 409)["code"] == code
    for offer in response.json().get("offers", []):
        assert offer["start"].endswith("-05:00")
        assert {"service_id", "provider_id", "end"} <= offer.keys()


async def test_a_customers_daily_limit_holds_for_staff_too(door: Opened) -> None:
    for hour in (9, 10, 11):
        await entered(door, start=f"2026-11-24T{hour:02}:00")
    assert error(await post(door, "bookings", JANE), 409)["code"] == "limit_reached"


@pytest.mark.parametrize(
    ("path", "body", "named"),
    [
        ("bookings", {"start": None}, "start"),
        ("bookings", {"start": "tomorrow"}, "start"),
        ("bookings", {"start": "2026-11-24"}, "start"),
        ("bookings", {"start": "2026-11-24T14:00:30"}, "start"),
        ("bookings", {"start": "20261124T1400"}, "start"),
        ("bookings", {"start": "0001-01-01T00:00+23:59"}, "start"),
        ("bookings", {"start": "2027-03-14T02:30"}, "skips"),
        ("bookings", {"start": "2027-11-07T01:30"}, "-0400 or -0500"),
        ("bookings", {"name": "  "}, "name"),
        ("bookings", {"name": None}, "name"),
        ("bookings", {"name": "?!"}, "name"),
        ("bookings", {"phone": "twelve"}, "phone"),
        ("bookings", {"service": "massage"}, "service"),
        ("bookings", {"provider": "nobody"}, "provider"),
        ("bookings", {"provider": "mei"}, "mei"),
        ("bookings", {"when": "now"}, "when"),
        ("bookings", {"customer": {"name": "Jane"}}, "customer"),
        ("blocks", {"provider": "ana"}, "start and end"),
        ("blocks", {"start": "2026-11-24T10:00"}, "start and end"),
        ("blocks", {"date": "2026-11-24", "start": "2026-11-24T10:00"}, "start and end"),
        ("blocks", {"date": "2026-13-24"}, "date"),
        ("blocks", {"from": "2026-11-25", "to": "2026-11-24"}, "from"),
        ("blocks", {"from": "9999-12-31", "to": "9999-12-31"}, "to"),
        ("blocks", {"date": "2026-11-24", "provider": "nobody"}, "provider"),
        ("blocks", {"date": "2026-11-24", "resource": "sauna"}, "resource"),
        ("blocks", {"date": "2026-11-24", "units": 1}, "units"),
        ("blocks", {"start": "2026-11-24T10:00", "end": "2026-11-24T09:00"}, "end"),
    ],
)
async def test_what_is_wrong_is_named(
    door: Opened, path: str, body: dict[str, Any], named: str
) -> None:
    given = JANE | body if path == "bookings" else body
    assert named in error(await post(door, path, given), 422)["message"]


async def test_a_body_that_is_no_object_is_refused(door: Opened) -> None:
    assert "JSON object" in error(await post(door, "bookings", ["Jane"]), 422)["message"]
    headers = STAFF | {"Content-Type": "application/json"}
    broken = await door.client.post("/admin/bookings", content=b"{", headers=headers)
    assert error(broken, 400)["code"] == "invalid_json"


async def test_the_same_key_is_done_once(door: Opened) -> None:
    answers = await asyncio.gather(*(post(door, "bookings", JANE, key="k 1") for _ in range(4)))
    assert {each.status_code for each in answers} == {201}
    assert len({each.text for each in answers}) == 1
    other = await post(door, "bookings", JANE | {"name": "Bob Stone"}, key="k 1")
    assert "key" in error(other, 422)["message"]
    why = await post(door, "bookings", JANE | {"reason": "walked in"}, key="k 1")
    error(why, 422)
    listed = (await door.client.get("/admin/bookings", headers=STAFF)).json()["bookings"]
    assert len(listed) == 1


async def test_a_visit_is_moved_marked_and_cancelled(door: Opened) -> None:
    reference = (await entered(door))["reference"]
    there = {"start": "2026-11-25T09:20", "provider": "ben", "reason": "asked"}
    moved = (await post(door, f"bookings/{reference.lower()}/move", there)).json()
    assert (moved["start"], moved["provider_id"]) == ("2026-11-25T09:20:00-05:00", "ben")
    await pass_time(door.resources.store, days=2, hours=1)
    marked = await post(door, f"bookings/{reference}/status", {"status": "noshow"})
    assert marked.json()["status"] == "noshow"
    refused = await post(door, f"bookings/{reference}/move", {"start": "2026-11-25T10:00"})
    assert error(refused, 409)["code"] == "not_allowed"
    error(await post(door, f"bookings/{reference}/status", {"status": "late"}), 422)
    await post(door, f"bookings/{reference}/status", {"status": "booked"})
    for body in (None, {}, {"reason": "ill"}):
        cancelled = await post(door, f"bookings/{reference}/cancel", body)
        assert (cancelled.status_code, cancelled.json()["status"]) == (200, "cancelled")
    assert error(await post(door, "bookings/ZZZZZZ/cancel"), 404)["code"] == "not_found"
    shown = await door.client.get(f"/admin/bookings/{reference}", headers=STAFF)
    assert [event["what"] for event in shown.json()["history"]] == [
        "booked", "moved", "noshow", "mark taken back", "cancelled",
    ]  # fmt: skip


async def test_time_is_blocked_listed_and_freed(door: Opened) -> None:
    reference = (await entered(door))["reference"]
    day = {"date": "2026-11-24", "provider": "ana", "reason": "course"}
    refused = await post(door, "blocks", day)
    assert reference in error(refused, 409)["message"]
    assert [each["reference"] for each in refused.json()["bookings"]] == [reference]
    await post(door, f"bookings/{reference}/cancel")
    placed = (await post(door, "blocks", day, key="b")).json()
    assert (await post(door, "blocks", day, key="b")).json() == placed
    assert (placed["start"], placed["end"]) == (
        "2026-11-24T00:00:00-05:00",
        "2026-11-25T00:00:00-05:00",
    )
    listed = await door.client.get("/admin/blocks?from=2026-11-24", headers=STAFF)
    assert [each["id"] for each in listed.json()["blocks"]] == [placed["id"]]
    assert error(await post(door, "bookings", JANE), 409)["code"] == "slot_taken"
    for named in (f"?id={placed['id']}", f"/{placed['id']}"):
        lifted = await door.client.delete(f"/admin/blocks{named}", headers=STAFF)
        assert (lifted.status_code, lifted.json()["lifted"]) == (200, True)
    body = {"id": placed["id"]}
    again = await door.client.request("DELETE", "/admin/blocks", json=body, headers=STAFF)
    assert again.status_code == 200
    error(await door.client.delete("/admin/blocks", headers=STAFF), 422)
    error(await door.client.delete("/admin/blocks?id=ZZZZZZ", headers=STAFF), 404)
    await entered(door)


async def test_staff_get_a_bookings_invitation(door: Opened) -> None:
    reference = (await entered(door))["reference"]
    answer = await door.client.get(f"/admin/bookings/{reference}.ics", headers=STAFF)
    assert answer.headers["content-type"] == "text/calendar; charset=utf-8; method=REQUEST"
    [event] = events_in(answer.content)
    assert reference in event["DESCRIPTION"]
    await post(door, f"bookings/{reference}/cancel")
    gone = await door.client.get(f"/admin/bookings/{reference}.ics", headers=STAFF)
    assert "method=CANCEL" in gone.headers["content-type"]
    error(await door.client.get("/admin/bookings/ZZZZZZ.ics", headers=STAFF), 404)


async def test_among_several_organisations_staff_say_which(tmp_path: Path) -> None:
    cut = {"service": "cut", "start": "2026-11-24T10:00", "name": "Rosa Marin"}
    async with opened(settings_in(tmp_path, business=two_salons(tmp_path))) as door:
        assert "organisation" in error(await post(door, "bookings", cut), 422)["message"]
        unknown = await post(door, "bookings?organisation=nobody", cut)
        assert error(unknown, 404)["code"] == "unknown_organisation"
        both = await post(door, "bookings?organisation=far-salon", {**cut, "organisation": "x"})
        error(both, 422)
        booked = (await post(door, "bookings?organisation=far-salon", cut)).json()
        assert booked["organisation"] == "far-salon"
        near = {**cut, "organisation": "corner-salon"}
        assert (await post(door, "bookings", near)).json()["organisation"] == "corner-salon"
        path = f"bookings/{booked['reference']}"
        for what, body in (("move", {"start": "2026-11-25T10:00"}), ("cancel", {}),
                           ("status", {"status": "arrived"})):  # fmt: skip
            error(await post(door, f"{path}/{what}?organisation=corner-salon", body), 404)
        address = f"/admin/{path}.ics?organisation=corner-salon"
        error(await door.client.get(address, headers=STAFF), 404)
        await pass_time(door.resources.store, days=1)
        marked = await post(door, f"{path}/status", {"status": "arrived"})
        assert marked.json()["status"] == "arrived"
        block = {"date": "2026-11-27", "organisation": "far-salon"}
        placed = (await post(door, "blocks", block)).json()
        elsewhere = f"/admin/blocks?id={placed['id']}&organisation=corner-salon"
        error(await door.client.delete(elsewhere, headers=STAFF), 404)
