"""Whatever is thrown at a door: a clear error or a reply, on either database, and nothing lost."""

from __future__ import annotations

import base64
import json
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest

from scheduling.values import BookingFilter
from tests.postgresql import Databases
from tests.webhooks.doors import HOST, STAFF, VAPI, Opened, opened, settings_in
from tests.webhooks.payloads import (
    CALL_ID,
    completion,
    end_of_call_report,
    spoken,
    tool_call,
    tool_calls,
)
from tests.webhooks.payloads import call as call_of
from tests.webhooks.payloads import user as said_by_caller

CHAT = "/v1/chat/completions"
BOOK = {"service": "checkup", "date": "tomorrow", "time": "2 pm", "name": "Maria Lopez"}
UNUSABLE = ["a\r\nX-Evil: 1", "é€", "a\x00b", "line\nline", " ", "x" * 10_000]


@pytest.fixture(params=["sqlite", "postgresql"])
async def either(request: pytest.FixtureRequest, tmp_path: Path) -> AsyncIterator[Opened]:
    """The sample business on one database, then on the other."""
    if request.param == "sqlite":
        async with opened(settings_in(tmp_path)) as door:
            yield door
        return
    databases: Databases = request.getfixturevalue("postgresql")
    with databases.fresh() as url:
        async with opened(settings_in(tmp_path, database_url=url)) as door:
            yield door


async def ask_vapi(door: Opened, body: Any) -> str:
    """What is said to a custom model request."""
    response = await door.client.post("/vapi/chat/completions", json=body, headers=VAPI)
    assert response.status_code == 200
    return spoken(response.text)


async def run_tools(door: Opened, *calls: Any, **fields: Any) -> list[dict[str, Any]]:
    """The results, one for each call."""
    body = tool_calls(*calls, **fields)
    response = await door.client.post("/vapi/events", json=body, headers=VAPI)
    assert response.status_code == 200
    results: list[dict[str, Any]] = response.json()["results"]
    return results


async def look_up(door: Opened, address: str) -> Any:
    """What staff read there; never an error of ours."""
    response = await door.client.get(address, headers=STAFF)
    assert response.status_code == 200, response.text
    return response.json()


@pytest.mark.parametrize("call_id", [each for each in UNUSABLE if "\x00" not in each])
async def test_a_call_id_that_no_header_can_carry_is_refused(door: Opened, call_id: str) -> None:
    body = {"messages": [said_by_caller("hello")], "metadata": {"call_id": call_id}}
    response = await door.client.post(CHAT, json=body, headers=STAFF)
    assert response.status_code == 422
    assert response.json()["error"]["message"].startswith("A call id has at most")


@pytest.mark.parametrize("call_id", UNUSABLE)
async def test_a_call_under_an_odd_id_is_one_call_to_its_end(either: Opened, call_id: str) -> None:
    async def ask(*messages: Any) -> str:
        body = completion(*messages, call=call_of(call_id))
        response = await either.client.post("/vapi/chat/completions", json=body, headers=VAPI)
        assert "x-evil" not in response.headers
        assert "went wrong" not in spoken(response.text)
        return response.headers["x-call-id"]

    first = await ask(said_by_caller("What are your hours?"))
    assert await ask(said_by_caller("Where are you?")) == first
    report = end_of_call_report(call=call_of(call_id))
    ended = await either.client.post("/vapi/events", json=report, headers=VAPI)
    assert ended.status_code == 200
    assert (await look_up(either, f"/admin/calls/{first}"))["ended_at"] is not None


async def test_nul_in_what_a_caller_says_is_no_word(either: Opened) -> None:
    heard = await ask_vapi(either, completion(said_by_caller("What are\x00your opening hours?")))
    assert heard.startswith("We're open")


async def test_of_words_without_end_only_the_first_are_kept(door: Opened) -> None:
    heard = await ask_vapi(door, completion(said_by_caller("a checkup tomorrow " * 200_000)))
    assert heard.startswith("I'm sorry, that was more than I can take in at once.")
    (record,) = (await door.resources.journal.calls(None)).calls
    kept = await door.resources.journal.call(None, record.call_id)
    assert kept is not None
    assert len(kept.turns[0].text) <= 1_000


async def test_a_report_with_odd_values_is_kept(either: Opened) -> None:
    report = end_of_call_report(endedReason="customer\x00ended", startedAt="x\x00")
    written = json.dumps(report).replace("25.276", "NaN").replace("0.0394", "1e999")
    ended = await either.client.post("/vapi/events", content=written, headers=VAPI)
    assert ended.status_code == 200
    kept = await look_up(either, f"/admin/calls/{report['message']['call']['id']}")
    assert kept["end_reason"] == "customer ended"
    assert "duration_seconds" not in kept["report"]


@pytest.mark.parametrize(
    "odd", [{"unknown": 10**30}, {"reason": 1e999}, {"phone": "+1 212 555\x000188"}]
)
async def test_odd_arguments_do_not_hide_what_was_done(either: Opened, odd: dict[str, Any]) -> None:
    call = tool_call("book_appointment", BOOK | odd, "t" * 9_000)
    written = json.dumps(tool_calls(call)).replace("Infinity", "1e999")
    for _ in range(2):
        response = await either.client.post("/vapi/events", content=written, headers=VAPI)
        (result,) = response.json()["results"]
        assert result["toolCallId"] == "t" * 9_000
        assert result["metadata"]["booking"]["customer"]["name"] == "Maria Lopez"
    page = await either.resources.desk.find(None, BookingFilter())
    assert len(page.bookings) == 1
    kept = await look_up(either, f"/admin/calls/{page.bookings[0].call_id}")
    assert [tool["name"] for tool in kept["tool_calls"]] == ["book_appointment"]


@pytest.mark.parametrize("odd", ['{"question": ' + "[" * 9_000 + "]" * 9_000 + "}", '{"a": NaN}'])
async def test_unreadable_arguments_leave_the_other_calls_alone(door: Opened, odd: str) -> None:
    hours = tool_call("answer_question", {"question": "What are your hours?"}, "b")
    first, second = await run_tools(door, tool_call("answer_question", odd, "a"), hours)
    assert "could not read" in first["error"]
    assert second["result"].startswith("We're open")


async def test_two_calls_under_one_id_get_an_answer_each(door: Opened) -> None:
    hours = tool_call("answer_question", {"question": "What are your hours?"}, "call_0")
    place = tool_call("answer_question", {"question": "Where are you?"}, "call_0")
    first, second = await run_tools(door, hours, place)
    assert first["result"].startswith("We're open")
    assert second["result"].startswith("We're at")


def cursor(position: str) -> str:
    return base64.urlsafe_b64encode(position.encode()).decode().rstrip("=")


@pytest.mark.parametrize(
    "address",
    [
        f"/admin/bookings?cursor={cursor('9' * 30 + '.1')}",
        f"/admin/bookings?cursor={cursor('1.' + '9' * 30)}",
        f"/admin/bookings?cursor={cursor('-1.1')}",
        "/admin/calls?cursor=²~a",
        f"/admin/calls?cursor={'9' * 30}~a",
        "/admin/calls?cursor=1~%00",
    ],
)
async def test_a_cursor_that_is_none_of_ours_is_refused(either: Opened, address: str) -> None:
    response = await either.client.get(address, headers=STAFF)
    assert response.status_code == 422
    assert response.json()["error"]["code"] == "invalid"


@pytest.mark.parametrize("field", ["name", "reason", "phone"])
async def test_staff_s_words_have_no_nul_in_them(either: Opened, field: str) -> None:
    line = {"service": "checkup", "start": "2026-12-08T10:00", "name": "Ada"}
    response = await either.client.post(
        "/admin/bookings", json=line | {field: "Ada\x00"}, headers=STAFF
    )
    assert response.status_code == 422
    assert response.json()["error"]["message"].startswith(field)


async def test_blocks_from_the_end_of_the_calendar_on_are_out_of_reach(door: Opened) -> None:
    response = await door.client.get("/admin/blocks?from=9999-12-31", headers=STAFF)
    assert response.status_code == 422


async def test_an_address_with_nul_names_nothing(either: Opened) -> None:
    for address in ("/admin/calls/%00", "/admin/bookings/%00", "/static/%00"):
        response = await either.client.get(address, headers=STAFF)
        assert response.status_code == 404
        assert response.json()["error"]["code"] == "not_found"


async def test_fields_of_a_form_that_were_left_blank_do_not_filter(door: Opened) -> None:
    fields = "organisation=&phone=&name=&date=&from=&to=&reference=&status=&limit=&cursor="
    assert await look_up(door, f"/admin/bookings?{fields}") == {"bookings": [], "next_cursor": None}
    assert await look_up(door, "/admin/calls?organisation=&cursor=") == {
        "calls": [],
        "next_cursor": None,
    }


async def test_an_origin_that_is_no_address_is_nobody(door: Opened) -> None:
    for origin in ("http://[::1", "http://a:port", "http://staff@localhost", "//localhost"):
        for method in ("POST", "OPTIONS"):
            response = await door.client.request(
                method, "/v1/realtime/client_secrets", headers={"Origin": origin}
            )
            assert response.status_code == 403
            assert response.json()["error"]["code"] == "forbidden"
    ours = await door.client.post("/v1/realtime/client_secrets", headers={"Origin": f"{HOST}:80"})
    assert ours.status_code == 200


@pytest.mark.parametrize(
    "headers", [{"Origin": "https://evil.example"}, {"Sec-Fetch-Site": "cross-site"}]
)
async def test_without_a_secret_no_web_page_speaks_as_vapi(
    tmp_path: Path, headers: dict[str, str]
) -> None:
    async with opened(settings_in(tmp_path, vapi_secret=None)) as door:
        body = tool_calls(tool_call("book_appointment", BOOK))
        response = await door.client.post("/vapi/events", json=body, headers=headers)
        assert response.status_code == 401
        assert (await door.resources.desk.find(None, BookingFilter())).bookings == ()


@pytest.mark.parametrize("address", ["/admin/blocks?id=%00", "/admin/blocks/%00"])
async def test_a_block_whose_id_cannot_be_is_a_wrong_parameter(door: Opened, address: str) -> None:
    response = await door.client.delete(address, headers=STAFF)
    assert response.status_code == 422


async def test_a_report_that_was_cut_in_an_emoji_is_kept(either: Opened) -> None:
    body = json.dumps(end_of_call_report(endedReason="bye \U0001f600 \ud83d \\ud83d"))
    answered = await either.client.post("/vapi/events", content=body, headers=VAPI)
    assert answered.status_code == 200
    record = await either.resources.journal.call(None, CALL_ID)
    assert record is not None
    assert record.summary.end_reason == "bye \U0001f600 \ufffd \\ud83d"


@pytest.mark.parametrize("length", ["many", "", "-5", "9" * 5000])
async def test_a_length_that_is_none_breaks_nothing(door: Opened, length: str) -> None:
    headers = {**VAPI, "Content-Length": length}
    answered = await door.client.post("/vapi/events", content=b"{}", headers=headers)
    assert answered.status_code in (200, 413)


async def test_brackets_without_end_are_no_json_at_any_door(door: Opened) -> None:
    for address, headers in (("/vapi/events", VAPI), ("/admin/bookings", STAFF)):
        response = await door.client.post(address, content=b"[" * 100_000, headers=headers)
        assert (response.status_code, response.json()["error"]["code"]) == (400, "invalid_json")
