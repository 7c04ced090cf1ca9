"""The custom model door: always a stream Vapi can speak, whatever happens inside."""

from __future__ import annotations

import asyncio
import json
import os
from pathlib import Path
from typing import Any

import httpx2
import pytest

from tests.clinic import GARAGE_TOML, SALON_TOML
from tests.webhooks.doors import VAPI, Opened, opened, settings_in
from tests.webhooks.payloads import (
    CALL_ID,
    completion,
    finish_reason,
    frames,
    message,
    said,
    spoken,
    user,
)

BASE = "/vapi/chat/completions"
ALIASES = [BASE, "/vapi/v1/chat/completions", "/vapi/chat/completions/chat/completions"]
EXAMPLES = Path(os.environ.get("RINGBOOK_TEST_DATA", "")) / "reference" / "vapi-examples"
HELLO = said("Willow Street Clinic, how can I help?")


async def ask(door: Opened, body: Any, address: str = BASE) -> httpx2.Response:
    response = await door.client.post(address, json=body, headers=VAPI)
    assert response.status_code == 200
    assert response.headers["content-type"].startswith("text/event-stream")
    assert response.headers["cache-control"] == "no-cache"
    assert response.headers["x-accel-buffering"] == "no"
    return response


def declared(name: str, **properties: Any) -> dict[str, Any]:
    parameters = {"type": "object", "properties": properties}
    return {"type": "function", "function": {"name": name, "parameters": parameters}}


@pytest.mark.parametrize("address", ALIASES)
async def test_every_address_vapi_may_form_is_answered(door: Opened, address: str) -> None:
    stream = (await ask(door, completion(HELLO, user("Where are you?")), address)).text
    chunks = frames(stream)
    assert chunks[0]["choices"][0]["delta"]["role"] == "assistant"
    assert chunks[0]["choices"][0]["delta"]["content"]
    assert "role" not in chunks[-1]["choices"][0]["delta"]
    assert {chunk["id"] for chunk in chunks} == {chunks[0]["id"]}
    assert finish_reason(stream) == "stop"
    assert spoken(stream)


async def test_the_base_address_answers_anyone(door: Opened) -> None:
    assert (await door.client.get("/vapi")).status_code == 200


@pytest.mark.parametrize("headers", [{}, {"Authorization": "Bearer wrong"}])
async def test_without_the_secret_nothing_is_read(door: Opened, headers: dict[str, str]) -> None:
    response = await door.client.post(BASE, content=b"{not json", headers=headers)
    assert response.status_code == 401
    assert response.json()["error"]["code"] == "unauthorized"


async def test_the_greeting_is_spoken_when_nobody_has_said_anything(door: Opened) -> None:
    for body in (completion(), completion(messages=[]), {"messages": None}, {}):
        stream = (await ask(door, body)).text
        assert spoken(stream).startswith("Willow Street Clinic")


async def test_history_without_content_and_with_tool_results_is_taken(door: Opened) -> None:
    call = {"role": "assistant", "tool_calls": [{"id": "call_1", "function": {"name": "f"}}]}
    result = {"role": "tool", "tool_call_id": "call_1", "content": "Success."}
    before = await ask(door, completion(HELLO, user("Where are you?")))
    after = await ask(door, completion(HELLO, user("Where are you?"), call, result))
    assert spoken(after.text) == spoken(before.text)
    record = await door.resources.journal.call(None, CALL_ID)
    assert record is not None
    assert len(record.turns) == 1


async def test_the_same_request_twice_is_one_turn(door: Opened) -> None:
    body = completion(HELLO, user("I need an appointment."))
    first, second = await asyncio.gather(ask(door, body), ask(door, body))
    assert spoken(first.text) == spoken(second.text)
    record = await door.resources.journal.call(None, CALL_ID)
    assert record is not None
    assert len(record.turns) == 1


async def test_a_call_keeps_the_number_that_only_a_webhook_carried(door: Opened) -> None:
    started = message("status-update", status="in-progress")
    await door.client.post("/vapi/events", json=started, headers=VAPI)
    body = completion(HELLO, user("Hi."), call={"id": CALL_ID}, customer=None)
    await ask(door, body)
    record = await door.resources.journal.call(None, CALL_ID)
    assert record is not None
    assert record.summary.known_phone == "+12125550188"


async def test_a_request_without_a_call_goes_on_with_the_one_it_repeats(door: Opened) -> None:
    first = await ask(door, completion(HELLO, user("I need an appointment."), call=None))
    heard = said(spoken(first.text))
    body = completion(HELLO, user("I need an appointment."), heard, user("Never mind."), call=None)
    second = await ask(door, body)
    assert second.headers["x-call-id"] == first.headers["x-call-id"]


async def test_a_call_of_another_credential_is_not_found(door: Opened) -> None:
    body = {"messages": [user("Hello.")], "metadata": {"call_id": "call-of-staff"}}
    token = {"Authorization": f"Bearer {door.resources.admin_token.value}"}
    await door.client.post("/v1/chat/completions", json=body, headers=token)
    stolen = completion(HELLO, user("Hi."), call={"id": "call-of-staff"})
    response = await door.client.post(BASE, json=stolen, headers=VAPI)
    assert response.status_code == 404


async def test_several_organisations_and_none_dialled_is_an_apology(tmp_path: Path) -> None:
    folder = tmp_path / "businesses"
    folder.mkdir()
    (folder / "a.toml").write_text(SALON_TOML)
    (folder / "b.toml").write_text(GARAGE_TOML)
    async with opened(settings_in(tmp_path, business=folder)) as door:
        assert "not set up" in spoken((await ask(door, completion(user("Hi.")))).text)
        dialled = completion(user("Hi."), phoneNumber={"number": "+441223496001"})
        assert "not set up" not in spoken((await ask(door, dialled)).text)
        by_assistant = completion(user("Hi."), call={"id": "c2", "assistantId": "salon-assistant"})
        assert "not set up" not in spoken((await ask(door, by_assistant)).text)


async def test_a_turn_that_names_nobody_belongs_where_its_call_began(tmp_path: Path) -> None:
    folder = tmp_path / "businesses"
    folder.mkdir()
    (folder / "a.toml").write_text(SALON_TOML)
    (folder / "b.toml").write_text(GARAGE_TOML)
    async with opened(settings_in(tmp_path, business=folder)) as door:
        dialled = {"number": "+441223496001"}
        started = message("status-update", status="in-progress", phoneNumber=dialled)
        await door.client.post("/vapi/events", json=started, headers=VAPI)
        body = completion(call={"id": CALL_ID, "phoneNumberId": "n"}, phoneNumber=None)
        assert spoken((await ask(door, body)).text).startswith("Corner Salon")


async def test_goodbye_hangs_up_through_the_declared_tool(door: Opened) -> None:
    body = completion(HELLO, user("Thanks, goodbye."), tools=[declared("endCall")])
    stream = (await ask(door, body)).text
    chunks = frames(stream)
    (call,) = chunks[-2]["choices"][0]["delta"]["tool_calls"]
    assert spoken(stream)
    assert call["function"] == {"name": "endCall", "arguments": "{}"}
    assert (call["index"], call["type"], bool(call["id"])) == (0, "function", True)
    assert finish_reason(stream) == "tool_calls"


async def test_a_person_is_reached_through_the_declared_destination(door: Opened) -> None:
    phone = (await door.resources.desk.business(1)).phone
    tool = declared("transferCall", destination={"type": "string", "enum": [phone]})
    stream = (
        await ask(door, completion(HELLO, user("Let me talk to a person."), tools=[tool]))
    ).text
    (call,) = frames(stream)[-2]["choices"][0]["delta"]["tool_calls"]
    assert call["function"]["name"] == "transferCall"
    assert json.loads(call["function"]["arguments"]) == {"destination": phone}
    assert finish_reason(stream) == "tool_calls"


class Outside(httpx2.AsyncBaseTransport):
    """Stands for Vapi's control host."""

    def __init__(self) -> None:
        self.posted: asyncio.Queue[tuple[str, dict[str, Any]]] = asyncio.Queue()

    async def handle_async_request(self, request: httpx2.Request) -> httpx2.Response:
        await self.posted.put((str(request.url.host), json.loads(await request.aread())))
        return httpx2.Response(200)


@pytest.mark.parametrize(
    ("words", "kind"), [("Thanks, goodbye.", "end-call"), ("Let me talk to a person.", "transfer")]
)
async def test_without_declared_tools_the_control_address_is_used(
    tmp_path: Path, words: str, kind: str
) -> None:
    outside = Outside()
    async with opened(settings_in(tmp_path), outside=outside) as door:
        stream = (await ask(door, completion(HELLO, user(words)))).text
        assert finish_reason(stream) == "stop"
        host, body = await outside.posted.get()
        assert host.endswith(".vapi.ai")
        assert body["type"] == kind
        if kind == "transfer":
            assert body["destination"]["type"] == "number"
            plan = body["destination"]["transferPlan"]
            assert plan["mode"] == "warm-transfer-say-message"
            assert plan["message"].count(".") == 2


async def test_a_control_address_that_is_not_vapis_is_never_called(tmp_path: Path) -> None:
    outside = Outside()
    async with opened(settings_in(tmp_path), outside=outside) as door:
        call = {"id": CALL_ID, "monitor": {"controlUrl": "https://evil.example/control"}}
        await ask(door, completion(HELLO, user("Thanks, goodbye."), call=call))
    assert outside.posted.empty()


@pytest.mark.public_data
@pytest.mark.skipif(not EXAMPLES.is_dir(), reason="RINGBOOK_TEST_DATA names no captured traffic")
@pytest.mark.parametrize("captured", sorted(EXAMPLES.glob("*llm-request-*")), ids=lambda p: p.stem)
async def test_captured_requests_are_spoken_to(door: Opened, captured: Path) -> None:
    assert spoken((await ask(door, read_json(captured))).text)


def read_json(path: Path) -> Any:
    return json.loads(path.read_text())
