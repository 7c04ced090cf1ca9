"""What is too much is refused before objects are made of it."""

from __future__ import annotations

import json
import re
import threading
from collections.abc import AsyncIterator
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import BaseModel, field_validator

from tests.webhooks.doors import HOST, STAFF, VAPI, Opened
from tests.webhooks.payloads import completion, message, spoken, user
from webhooks import completions
from webhooks.bodies import PAGE_BODY_BYTES, QUICK_BYTES, parse_bytes, readable
from webhooks.completions import MOST_PARTS, MOST_TOOLS, Message
from webhooks.vapi.messages import MOST_LISTED, Envelope

CHAT = "/v1/chat/completions"
MILLION = 1_000_000


async def page(door: Opened) -> dict[str, str]:
    """The headers of a page with a caller token."""
    made = await door.client.post("/v1/realtime/client_secrets", headers={"Origin": HOST})
    return {"Authorization": f"Bearer {made.json()['value']}"}


async def test_a_page_may_send_so_much_and_no_more(door: Opened) -> None:
    token = await page(door)
    body = {"messages": [user("Where are you?")], "padding": ""}
    room = PAGE_BODY_BYTES - len(json.dumps(body).encode())
    for more, status in ((0, 200), (1, 413)):
        content = json.dumps(body | {"padding": "a" * (room + more)})
        answer = await door.client.post(CHAT, content=content, headers=token)
        assert answer.status_code == status
        trusted = await door.client.post(CHAT, content=content, headers=STAFF)
        assert trusted.status_code == 200
    assert "64 kB" in answer.json()["error"]["message"]


async def test_a_page_s_body_in_pieces_is_given_up_at_the_ceiling(door: Opened) -> None:
    sent = 0

    async def pieces() -> AsyncIterator[bytes]:
        nonlocal sent
        for _ in range(100):
            sent += 8_000
            yield b" " * 8_000

    answer = await door.client.post(CHAT, content=pieces(), headers=await page(door))
    assert answer.status_code == 413


@pytest.mark.parametrize(
    ("path", "headers"),
    [("/vapi/events", VAPI), ("/vapi/chat/completions", VAPI), (CHAT, STAFF)],
)
@pytest.mark.parametrize("entry", ["{}", "[]", "1"])
async def test_values_without_end_are_refused_unparsed(
    door: Opened, path: str, headers: dict[str, str], entry: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def unparsed(*_: Any) -> Any:
        raise AssertionError("it was parsed")

    monkeypatch.setattr("webhooks.bodies.asyncio.to_thread", unparsed)
    entries = ",".join([entry] * MILLION)
    content = f'{{"messages": [{{"role": "user", "tool_calls": [{entries}]}}]}}'
    answer = await door.client.post(path, content=content, headers=headers)
    assert (answer.status_code, answer.json()["error"]["code"]) == (413, "too_large")


async def test_staff_s_bodies_are_not_read_before_the_token(door: Opened) -> None:
    for content in ('{"service": ', "[" * 1_000):
        for path in ("/admin/bookings", "/admin/blocks", "/admin/bookings/K7M2QX/cancel"):
            answer = await door.client.post(path, content=content)
            assert answer.status_code == 401


async def test_what_is_long_is_parsed_beside_the_loop() -> None:
    class Where(BaseModel):
        text: str

        @field_validator("text")
        @classmethod
        def _here(cls, _: str) -> str:
            return threading.current_thread().name

    short = await parse_bytes(b'{"text": "a"}', Where)
    long = await parse_bytes(json.dumps({"text": "a" * QUICK_BYTES}).encode(), Where)
    assert short.text == threading.main_thread().name
    assert long.text != short.text


def test_of_long_lists_the_first_are_read() -> None:
    parts = [{"type": "text", "text": "a"}] * 2 * MOST_PARTS
    read = Message.model_validate({"role": "user", "content": parts, "tool_calls": [{}] * MILLION})
    assert len(read.content.split()) == MOST_PARTS
    assert len(read.tool_calls) == MOST_TOOLS


def test_of_a_message_s_history_the_last_lines_are_read() -> None:
    lines = [{"role": "user", "content": f"line {number}"} for number in range(3 * MOST_LISTED)]
    body = message("knowledge-base-request", messagesOpenAIFormatted=lines)
    read = Envelope.model_validate(body).message
    assert read.last_said() == f"line {3 * MOST_LISTED - 1}"
    assert len(read.messages_open_ai_formatted or ()) == MOST_LISTED


async def test_more_messages_than_any_call_has_are_refused(door: Opened) -> None:
    lines = [user("a")] * (completions.MAX_MESSAGES + 1)
    for path, headers in (("/vapi/chat/completions", VAPI), (CHAT, STAFF)):
        answer = await door.client.post(path, json=completion(*lines), headers=headers)
        assert (answer.status_code, answer.json()["error"]["code"]) == (422, "invalid_request")


async def test_a_long_honest_call_is_heard(door: Opened) -> None:
    lines = [user("Where are you?, " * 200)] * 500
    answer = await door.client.post("/vapi/chat/completions", json=completion(*lines), headers=VAPI)
    assert answer.status_code == 200
    assert spoken(answer.text)


ESCAPED = rb"(?<!\\)((?:\\\\)*)"
NUL = re.compile(ESCAPED + rb"\\u0000")
HALVES = re.compile(
    ESCAPED + rb"(\\u[dD][89abAB][0-9a-fA-F]{2}\\u[dD][c-fC-F][0-9a-fA-F]{2}"
    rb"|\\u[dD][89a-fA-F][0-9a-fA-F]{2})"
)


def slowly(raw: bytes) -> bytes:
    """The same by the definition: an escape counts after an even number of backslashes."""
    whole = HALVES.sub(
        lambda found: found[1] + (found[2] if len(found[2]) > 6 else rb"\ufffd"), raw
    )
    return NUL.sub(rb"\1 ", whole)


@given(st.lists(st.sampled_from(["\\", "\\u0000", "\\ud83d", "\\ude00", "ud83d", "a"])))
def test_escapes_are_mended_where_they_are_escapes(pieces: list[str]) -> None:
    raw = "".join(pieces).encode()
    assert readable(raw) == slowly(raw)


@pytest.mark.parametrize("run", ["\\" * 4 * MILLION, "a" * 4 * MILLION, "\\u0000" * 60_000])
def test_a_long_run_is_looked_through_once(run: str) -> None:
    # Tried anew at each backslash it would take hours: the test's own time limit tells.
    assert readable((run + "\\ud83d" + "\\u0000").encode())
