"""What every door has in common: errors of one shape, health, metrics, quiet logs."""

from __future__ import annotations

import io
import json
from pathlib import Path

import pytest
from sqlalchemy import Connection

from tests.webhooks.doors import ADMIN_TOKEN, SECRET, STAFF, VAPI, Opened, served, settings_in
from tests.webhooks.payloads import CALLER, completion, end_of_call_report, message, said, user


async def test_what_is_not_there_says_so_in_our_shape(door: Opened) -> None:
    for method, path, status in (
        ("GET", "/nothing", 404),
        ("DELETE", "/healthz", 405),
        ("GET", "/vapi/events", 405),
        ("POST", "/vapi", 405),
        ("GET", "/docs", 404),
        ("GET", "/openapi.json", 404),
    ):
        response = await door.client.request(method, path)
        assert response.status_code == status
        assert set(response.json()["error"]) == {"code", "message"}


async def test_a_slash_too_many_never_leads_to_another_address(door: Opened) -> None:
    body = message("hang")
    assert (await door.client.get("/vapi/")).json() == {"status": "ok"}
    assert (await door.client.post("/vapi/events/", json=body, headers=VAPI)).json() == {}
    asked = completion(user("Where are you?"))
    answer = await door.client.post("/vapi/chat/completions/", json=asked, headers=VAPI)
    assert answer.status_code == 200
    for path in ("/healthz/", "/admin/bookings/", "/v1/models/", "/nothing/"):
        response = await door.client.get(path, headers=STAFF)
        assert response.status_code == 404
        assert "location" not in response.headers


async def test_who_only_asks_whether_something_is_there_is_told(tmp_path: Path) -> None:
    async with served(settings_in(tmp_path)) as door:
        for path in ("/", "/healthz", "/readyz", "/vapi", "/admin/bookings", "/metrics"):
            got = await door.client.get(path, headers=STAFF)
            asked = await door.client.head(path, headers=STAFF)
            assert (asked.status_code, asked.content) == (200, b"")
            assert asked.headers["content-type"] == got.headers["content-type"]
        assert (await door.client.head("/admin/bookings")).status_code == 401
        assert (await door.client.head("/nothing")).status_code == 404
        assert (await door.client.head("/vapi/events")).status_code == 405


@pytest.mark.parametrize("headers", [{}, {"Content-Type": "application/json"}])
async def test_what_is_not_json_is_said_to_be_that_at_every_door(
    door: Opened, headers: dict[str, str]
) -> None:
    for path in (
        "/vapi/events",
        "/vapi/chat/completions",
        "/v1/chat/completions",
        "/admin/bookings",
        "/admin/bookings/K7M2QX/move",
        "/admin/bookings/K7M2QX/cancel",
        "/admin/blocks",
    ):
        sent = headers | (VAPI if path.startswith("/vapi") else STAFF)
        for content in (b"{", b"{'name': 1}", b"\xff\xfe"):
            response = await door.client.post(path, content=content, headers=sent)
            assert (response.status_code, path) == (400, path)
            assert response.json()["error"]["code"] == "invalid_json"


async def test_what_nobody_foresaw_is_an_error_without_its_trace(door: Opened) -> None:
    await door.resources.store.write(
        lambda connection: connection.exec_driver_sql("ALTER TABLE call RENAME TO lost")
    )
    response = await door.client.get("/admin/calls", headers=STAFF)
    assert response.status_code == 500
    assert response.json() == {
        "error": {"code": "internal", "message": "Something went wrong on our side."}
    }
    assert response.headers["x-request-id"]


async def test_alive_and_ready(door: Opened) -> None:
    assert (await door.client.get("/healthz")).json() == {"status": "ok"}
    assert (await door.client.get("/readyz")).json() == {"status": "ready"}


async def test_a_store_without_its_guard_is_not_ready(door: Opened) -> None:
    def drop(connection: Connection) -> None:
        names = connection.exec_driver_sql("SELECT name FROM sqlite_master WHERE type = 'trigger'")
        for (name,) in list(names):
            connection.exec_driver_sql(f"DROP TRIGGER {name}")

    await door.resources.store.write(drop)
    response = await door.client.get("/readyz")
    assert response.status_code == 503
    assert response.json()["error"]["code"] == "not_ready"
    assert (await door.client.get("/healthz")).status_code == 200


async def test_metrics_are_for_staff(door: Opened) -> None:
    assert (await door.client.get("/metrics")).status_code == 401
    await door.client.post(
        "/vapi/chat/completions", json=completion(user("Where are you?")), headers=VAPI
    )
    counted = (await door.client.get("/metrics", headers=STAFF)).text
    assert 'ringbook_turns_total{door="vapi",outcome="answered"} 1.0' in counted
    assert 'ringbook_first_content_seconds_count{door="vapi"} 1.0' in counted
    assert 'ringbook_answers_total{model="local",why="local"} 1.0' in counted


async def test_logs_of_a_whole_call_hold_no_words_numbers_or_secrets(
    logged: io.StringIO, door: Opened
) -> None:
    await door.client.post("/vapi/events", json=message("assistant-request"), headers=VAPI)
    opening = said("Willow Street Clinic, how can I help?")
    words = "My name is Rosa Marin, I'd like a check-up tomorrow at ten, call 212 555 0188."
    body = completion(opening, user(words))
    answer = await door.client.post("/vapi/chat/completions", json=body, headers=VAPI)
    assert answer.status_code == 200
    await door.client.post("/vapi/events", json=end_of_call_report(), headers=VAPI)
    asked = {"phone": CALLER, "name": "Marin"}
    await door.client.get("/admin/bookings", params=asked, headers=STAFF)
    lines = logged.getvalue()
    assert lines.count('"answered"') == 4
    assert all(json.loads(line) for line in lines.splitlines())
    private = ("Rosa", "Marin", "5550188", "555 0188", "check-up", SECRET, ADMIN_TOKEN, "not-to-be")
    assert not [each for each in private if each in lines]
