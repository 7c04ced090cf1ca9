"""Every server message is answered as its type wants it; nobody but Vapi is heard."""

from __future__ import annotations

import hashlib
import hmac
import json
import os
import time
from pathlib import Path
from typing import Any

import httpx2
import pytest

from tests.clinic import GARAGE_TOML, SALON_TOML
from tests.webhooks.doors import SECRET, VAPI, Opened, opened, settings_in
from tests.webhooks.payloads import CALL_ID, CALLER, DIALLED, end_of_call_report, message
from voice.turn_end import DICTATING_SECONDS, FINISHED_SECONDS, UNFINISHED_SECONDS

EVENTS = "/vapi/events"
RENAME = "ALTER TABLE organisation RENAME TO lost"
EXAMPLES = Path(os.environ.get("RINGBOOK_TEST_DATA", "")) / "reference" / "vapi-examples"


async def post(door: Opened, body: Any, headers: dict[str, str] | None = None) -> httpx2.Response:
    return await door.client.post(EVENTS, json=body, headers=VAPI if headers is None else headers)


async def answer(door: Opened, body: Any) -> dict[str, Any]:
    response = await post(door, body)
    assert response.status_code == 200
    assert response.headers["content-type"] == "application/json"
    answered: dict[str, Any] = response.json()
    return answered


def folder_of(tmp_path: Path, *texts: str) -> Path:
    folder = tmp_path / "businesses"
    folder.mkdir()
    for number, text in enumerate(texts):
        (folder / f"{number}.toml").write_text(text)
    return folder


@pytest.mark.parametrize(
    "headers",
    [
        {},
        {"X-Vapi-Secret": ""},
        {"X-Vapi-Secret": SECRET + "x"},
        {"Authorization": "Bearer wrong"},
        {"Authorization": f"Basic {SECRET}"},
        {"Authorization": SECRET},
    ],
)
async def test_without_the_secret_nothing_happens(door: Opened, headers: dict[str, str]) -> None:
    response = await post(door, message("status-update", status="in-progress"), headers)
    assert response.status_code == 401
    assert response.json()["error"]["code"] == "unauthorized"
    assert await door.resources.journal.entry(CALL_ID) is None


@pytest.mark.parametrize(
    "headers",
    [
        {"x-vapi-secret": SECRET},
        {"Authorization": f"Bearer {SECRET}"},
        {"Authorization": f"bearer {SECRET}"},
        {"x-vapi-secret": f"Bearer {SECRET}"},
    ],
)
async def test_the_secret_is_taken_in_either_header(door: Opened, headers: dict[str, str]) -> None:
    assert (await post(door, message("hang"), headers)).status_code == 200


async def test_without_a_secret_only_this_computer_is_heard(tmp_path: Path) -> None:
    settings = settings_in(tmp_path, vapi_secret=None)
    async with opened(settings) as door:
        assert (await post(door, message("hang"), {})).status_code == 200
        for header in ("X-Forwarded-For", "Forwarded", "X-Real-IP", "Via"):
            through_a_proxy = await post(door, message("hang"), {header: "127.0.0.1"})
            assert through_a_proxy.status_code == 401
        for host in ("evil.example", "localhost.evil.example:8000"):
            led_here = await post(door, message("hang"), {"Host": host})
            assert led_here.status_code == 401
    async with opened(settings, peer="192.0.2.7") as door:
        refused = await post(door, message("hang"), {})
        assert refused.status_code == 401
        assert "RINGBOOK_VAPI_SECRET" in refused.json()["error"]["message"]


async def test_with_a_signature_plan_the_signature_decides(tmp_path: Path) -> None:
    async with opened(settings_in(tmp_path, vapi_hmac={"secretKey": "key"})) as door:
        raw, stamp = json.dumps(message("hang")).encode(), str(int(time.time()))
        digest = hmac.new(b"key", stamp.encode() + b"." + raw, hashlib.sha256).hexdigest()
        signed = {"x-timestamp": stamp, "x-signature": digest}
        assert (await post(door, message("hang"), VAPI)).status_code == 401
        for headers, status in (
            (signed | {"x-timestamp": stamp + "1"}, 401),
            (signed, 200),
            (signed, 401),
        ):
            response = await door.client.post(EVENTS, content=raw, headers=headers)
            assert response.status_code == status
        # The custom model has its own credential: there the secret decides.
        model = await door.client.post("/vapi/chat/completions", content=b"{}", headers=signed)
        assert model.status_code == 401


@pytest.mark.parametrize(
    "kind",
    [
        "conversation-update", "transcript", 'transcript[transcriptType="final"]', "speech-update",
        "assistant.started", "assistant.speechStarted", "model-output", "user-interrupted",
        "voice-input", "hang", "transfer-update", "phone-call-control", "connection.created",
        "language-change-detected", "chat.created", "call.deleted", "call.artifact.upload",
        "campaign.started", "never-heard-of", "",
    ],
)  # fmt: skip
async def test_what_only_informs_is_acknowledged(door: Opened, kind: str) -> None:
    assert await answer(door, message(kind)) == {}


async def test_bodies_that_are_no_message_are_refused_or_ignored(door: Opened) -> None:
    for content, status in ((b"{", 400), (b"[]", 400), (b"", 400), (b"{}", 200), (b"7", 400)):
        response = await door.client.post(EVENTS, content=content, headers=VAPI)
        assert response.status_code == status


@pytest.mark.parametrize("announced", [True, False])
async def test_a_body_above_five_megabytes_is_refused(door: Opened, announced: bool) -> None:
    async def chunks() -> Any:
        for _ in range(6):
            yield b" " * 1024 * 1024

    content = b" " * (6 * 1024 * 1024) if announced else chunks()
    response = await door.client.post(EVENTS, content=content, headers=VAPI)
    assert response.status_code == 413
    assert response.json()["error"]["code"] == "too_large"


async def test_a_body_just_below_is_read(door: Opened) -> None:
    body = message("end-of-call-report", artifact={"messages": ["x" * 4_900_000]})
    assert await answer(door, body) == {}


async def test_an_incoming_call_is_given_to_the_listed_assistant(tmp_path: Path) -> None:
    folder = folder_of(tmp_path, SALON_TOML, GARAGE_TOML)
    async with opened(settings_in(tmp_path, business=folder)) as door:
        body = message("assistant-request", phoneNumber={"number": "+441223496001"})
        given = await answer(door, body)
        assert given["assistantId"] == "salon-assistant"
        assert given["assistantOverrides"]["firstMessage"].startswith("Corner Salon")


async def test_without_assistants_one_is_made_for_the_call(tmp_path: Path) -> None:
    settings = settings_in(tmp_path, public_url="https://ringbook.example")
    async with opened(settings) as door:
        given = await answer(door, message("assistant-request"))
        assert set(given) == {"assistant"}
        model = given["assistant"]["model"]
        assert model["url"] == "https://ringbook.example/vapi"
        assert model["provider"] == "custom-llm"
        assert model["headers"] == VAPI
        assert [tool["type"] for tool in model["tools"]] == ["endCall", "transferCall"]
        assert len(given["assistant"]["name"]) <= 40


async def test_without_assistant_and_address_a_person_takes_the_call(door: Opened) -> None:
    given = await answer(door, message("assistant-request"))
    assert set(given) == {"destination"}
    assert given["destination"]["type"] == "number"
    assert given["destination"]["number"].startswith("+")


async def test_a_number_of_nobodys_is_told_so(tmp_path: Path) -> None:
    folder = folder_of(tmp_path, SALON_TOML, GARAGE_TOML)
    async with opened(settings_in(tmp_path, business=folder)) as door:
        given = await answer(door, message("assistant-request"))
        assert set(given) == {"error"}
        assert isinstance(given["error"], str)


async def test_a_store_that_is_gone_costs_the_caller_no_call(tmp_path: Path) -> None:
    async with opened(settings_in(tmp_path)) as door:
        await door.resources.store.write(lambda connection: connection.exec_driver_sql(RENAME))
        given = await answer(door, message("assistant-request"))
        assert set(given) <= {"destination", "error", "assistantId", "assistantOverrides"}


async def test_the_number_of_a_call_is_remembered_for_its_turns(door: Opened) -> None:
    await answer(door, message("status-update", status="in-progress"))
    entry = await door.resources.journal.entry(CALL_ID)
    assert entry is not None
    assert entry.known_phone == CALLER


@pytest.mark.parametrize("number", ["anonymous", "+266696687", "+7378742833", "+86282452253", ""])
async def test_a_hidden_number_identifies_nobody(door: Opened, number: str) -> None:
    hidden = {"number": number}
    bare = {"id": CALL_ID, "customer": hidden}
    await answer(door, message("status-update", status="in-progress", customer=hidden, call=bare))
    entry = await door.resources.journal.entry(CALL_ID)
    assert entry is not None
    assert entry.known_phone is None


@pytest.mark.parametrize("report_first", [True, False])
async def test_a_call_ends_once_however_its_ends_arrive(door: Opened, report_first: bool) -> None:
    ended = message("status-update", status="ended", endedReason="customer-ended-call")
    bodies = [end_of_call_report(), ended, end_of_call_report()]
    for body in bodies if report_first else reversed(bodies):
        assert await answer(door, body) == {}
    await answer(door, message("status-update", status="in-progress"))
    page = await door.resources.journal.calls(None)
    assert len(page.calls) == 1
    record = await door.resources.journal.call(None, CALL_ID)
    assert record is not None
    assert record.summary.ended_at is not None
    assert record.summary.end_reason == "customer-ended-call"
    assert record.report is not None
    assert record.report["duration_seconds"] == 25.276
    assert "transcript" not in record.report


async def test_a_transfer_gets_a_destination_in_vapis_spelling(door: Opened) -> None:
    given = await answer(door, message("transfer-destination-request"))
    assert set(given) == {"destination"}
    assert given["destination"]["type"] == "number"
    assert not any("_" in key for key in given["destination"])


async def test_a_transfer_without_a_person_gets_a_sentence(tmp_path: Path) -> None:
    nobody = SALON_TOML.replace('phone = "+441223496000"\n', "")
    folder = folder_of(tmp_path, nobody)
    async with opened(settings_in(tmp_path, business=folder)) as door:
        given = await answer(door, message("transfer-destination-request"))
        assert set(given) == {"error"}


async def test_a_handoff_goes_to_our_own_assistants_only(tmp_path: Path) -> None:
    async with opened(settings_in(tmp_path, business=folder_of(tmp_path, SALON_TOML))) as door:
        ours = message("handoff-destination-request", parameters={"to": "salon-assistant"})
        place = {"type": "assistant", "assistantId": "salon-assistant"}
        assert await answer(door, ours) == {"destination": place}
        strange = message("handoff-destination-request", parameters={"to": "somebody-else"})
        assert set(await answer(door, strange)) == {"error"}


async def test_a_knowledge_base_request_finds_the_businesss_own_answer(tmp_path: Path) -> None:
    async with opened(settings_in(tmp_path, business=folder_of(tmp_path, SALON_TOML))) as door:
        asked = [{"role": "user", "content": "Do you take walk-ins?"}]
        body = message("knowledge-base-request", messagesOpenAIFormatted=asked)
        (document,) = (await answer(door, body))["documents"]
        assert "When a chair is free" in document["content"]
        assert 0 <= document["similarity"] <= 1


async def test_a_caller_is_given_time_to_finish_what_was_asked(door: Opened) -> None:
    """Asked for anything, "five one eight" is dictated; a goodbye is whole."""
    paused = {}
    for said in ("It's two one two", "I'd like to come in and", "Okay, goodbye."):
        asked = [{"role": "user", "content": said}]
        body = message("call.endpointing.request", messagesOpenAIFormatted=asked)
        paused[said] = (await answer(door, body))["timeoutSeconds"]
    assert list(paused.values()) == [DICTATING_SECONDS, UNFINISHED_SECONDS, FINISHED_SECONDS]


async def test_the_other_questions_get_answers_of_their_shape(door: Opened) -> None:
    asked = [{"role": "user", "content": "It's two one two"}]
    pause = message("call.endpointing.request", messagesOpenAIFormatted=asked)
    assert 0 <= (await answer(door, pause))["timeoutSeconds"] <= 15
    predial = message("campaign.predial", contact={"number": DIALLED})
    assert await answer(door, predial) == {"eligible": True}
    nobody = message("campaign.predial", contact={"number": "?"}, customer=None, call=None)
    assert await answer(door, nobody) == {"eligible": False}
    assert "error" in await answer(door, message("voice-request", text="Hi", sampleRate=24000))


@pytest.mark.public_data
@pytest.mark.skipif(not EXAMPLES.is_dir(), reason="RINGBOOK_TEST_DATA names no captured traffic")
@pytest.mark.parametrize("captured", sorted(EXAMPLES.glob("*.json")), ids=lambda path: path.stem)
async def test_captured_messages_are_answered(door: Opened, captured: Path) -> None:
    body = read_json(captured)
    if "message" not in body:
        pytest.skip("not a server message")
    await answer(door, body)


def read_json(path: Path) -> Any:
    return json.loads(path.read_text())
