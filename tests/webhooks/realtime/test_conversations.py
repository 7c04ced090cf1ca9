"""Conversations over the audio socket, with engines that hear and say what they are told."""

from __future__ import annotations

import base64
from collections.abc import AsyncIterator

import pytest

pytest.importorskip("numpy")

from tests.webhooks.doors import STAFF, Opened
from tests.webhooks.realtime.callers import (
    LOUD,
    SILENCE,
    Client,
    Told,
    bookings,
    calling,
)
from voice.speech.engines import EngineFailed


@pytest.fixture
async def client(door: Opened, told: Told) -> AsyncIterator[Client]:
    async with calling(door, told) as client:
        yield client


async def test_a_booking_is_spoken(door: Opened, client: Client) -> None:
    assert "Willow Street Clinic" in await client.asks()
    await client.says("I'd like a dental cleaning tomorrow at ten, please.")
    await client.says("Yes, please.")
    await client.says("My name is Anna Berg.")
    await client.says("My number is 518 555 0134.")
    reply = await client.says("Yes, that's right.")
    (booking,) = await bookings(door)
    assert booking["customer"] == {"name": "Anna Berg", "phone": "+15185550134"}
    assert booking["start"].startswith("2026-11-24T10:00")
    assert "booked" in reply
    transcript = "conversation.item.input_audio_transcription.completed"
    heard = [event["transcript"] for event in client.events if event["type"] == transcript]
    assert heard[1] == "Yes, please."


async def test_we_speak_first_only_when_asked(client: Client) -> None:
    await client.append(SILENCE)
    await client.update()
    assert client.kinds() == ["session.created", "session.updated"]
    assert "how can I help" in await client.asks()
    assert "how can I help" not in await client.asks()


async def test_one_response_at_a_time(client: Client) -> None:
    await client.send("response.create")
    await client.send("response.create", event_id="mine")
    error = await client.error()
    assert error["code"] == "conversation_already_has_active_response"
    assert error["event_id"] == "mine"
    assert await client.hears()


async def test_a_response_is_cancelled_and_the_next_may_be_asked_for(
    client: Client, told: Told
) -> None:
    await client.send("response.cancel")
    assert (await client.error())["code"] == "response_cancel_not_active"
    told.voice.characters_a_second = 10
    await client.send("response.create")
    begun = await client.until("response.created")
    await client.until("response.output_audio.delta")
    await client.send("response.cancel", response_id="resp_other")
    assert (await client.error())["code"] == "response_cancel_not_active"
    await client.send("response.cancel", response_id=begun["response"]["id"])
    done = (await client.until("response.done"))["response"]
    assert done["status"] == "cancelled"
    assert done["status_details"]["reason"] == "client_cancelled"
    told.voice.characters_a_second = 200
    assert await client.types("What are your opening hours?")


async def test_a_caller_who_speaks_cuts_us_short(client: Client, told: Told) -> None:
    told.voice.characters_a_second = 10
    await client.send("response.create")
    await client.until("response.output_audio.delta")
    told.ear.text = "What are your opening hours, please?"
    await client.append(LOUD + LOUD)
    await client.until("input_audio_buffer.speech_started")
    done = (await client.until("response.done"))["response"]
    assert done["status"] == "cancelled"
    assert done["status_details"]["reason"] == "turn_detected"
    told.voice.characters_a_second = 200
    await client.append(2 * SILENCE)
    assert await client.hears()


async def test_without_turn_detection_only_a_commit_makes_an_utterance(
    client: Client, told: Told
) -> None:
    shown = await client.update(audio={"input": {"turn_detection": None}})
    assert shown["audio"]["input"]["turn_detection"] is None
    told.ear.text = "What are your opening hours?"
    await client.send("input_audio_buffer.commit")
    assert (await client.error())["code"] == "input_audio_buffer_commit_empty"
    await client.append(LOUD + 2 * SILENCE)
    await client.send("input_audio_buffer.clear")
    await client.until("input_audio_buffer.cleared")
    await client.send("input_audio_buffer.commit")
    assert (await client.error())["code"] == "input_audio_buffer_commit_empty"
    await client.append(LOUD)
    await client.send("input_audio_buffer.commit")
    await client.until("conversation.item.input_audio_transcription.completed")
    assert "input_audio_buffer.speech_started" not in client.kinds()
    assert "response.created" not in client.kinds()
    assert await client.asks()


async def test_a_turn_is_answered_on_request_where_the_client_wants_it_so(
    client: Client, told: Told
) -> None:
    detection = {"type": "semantic_vad", "eagerness": "high", "create_response": False}
    shown = await client.update(audio={"input": {"turn_detection": detection}})
    assert shown["audio"]["input"]["turn_detection"] == {
        "type": "semantic_vad",
        "create_response": False,
        "interrupt_response": True,
    }
    told.ear.text = "What are your opening hours?"
    await client.append(LOUD + 2 * SILENCE)
    await client.until("conversation.item.input_audio_transcription.completed")
    assert "response.created" not in client.kinds()
    assert await client.asks()


async def test_in_text_alone(client: Client) -> None:
    assert (await client.update(output_modalities=["text"]))["output_modalities"] == ["text"]
    assert await client.types("What are your opening hours?")
    assert "response.output_text.delta" in client.kinds()
    assert "response.output_audio.delta" not in client.kinds()
    assert await client.says("Where can I park?")
    assert "response.output_audio.delta" not in client.kinds()


@pytest.mark.parametrize("kind", ["audio/pcmu", "audio/pcma"])
async def test_at_a_telephones_rate(client: Client, told: Told, kind: str) -> None:
    formats = {"input": {"format": {"type": kind}}, "output": {"format": {"type": kind}}}
    shown = await client.update(audio=formats)
    assert shown["audio"]["output"]["format"] == {"type": kind}
    told.voice.characters_a_second = 100
    said = await client.asks()
    sound = b"".join(
        base64.b64decode(event["delta"])
        for event in client.events
        if event["type"] == "response.output_audio.delta"
    )
    assert len(sound) == pytest.approx(len(said) * 80, rel=0.05)


async def test_wrong_settings_change_nothing(client: Client) -> None:
    for wrong in (
        {"audio": {"output": {"format": {"type": "audio/pcm", "rate": 8000}}}},
        {"audio": {"input": {"format": {"type": "audio/opus"}}}},
        {"audio": {"input": {"turn_detection": {"type": "telepathy"}}}},
        {"output_modalities": ["audio", "text"]},
    ):
        await client.send("session.update", session={"type": "realtime", **wrong})
        assert (await client.error())["code"] == "invalid_value"
    detection = {"type": "server_vad", "threshold": 0.9, "silence_duration_ms": 1}
    shown = await client.update(audio={"input": {"turn_detection": detection}}, voice="alloy")
    assert shown["audio"]["input"]["turn_detection"]["silence_duration_ms"] == 200
    assert shown["audio"]["output"]["format"] == {"type": "audio/pcm", "rate": 24000}


async def test_items_are_retrieved_truncated_and_deleted(client: Client, told: Told) -> None:
    await client.asks()
    done = client.events[-1]["response"]["output"][0]
    await client.send("conversation.item.retrieve", item_id=done["id"])
    assert (await client.until("conversation.item.retrieved"))["item"] == done
    await client.send(
        "conversation.item.truncate", item_id=done["id"], content_index=0, audio_end_ms=600_000
    )
    assert (await client.error())["param"] == "audio_end_ms"
    await client.send(
        "conversation.item.truncate", item_id=done["id"], content_index=0, audio_end_ms=10
    )
    await client.until("conversation.item.truncated")
    await client.send("conversation.item.delete", item_id=done["id"])
    await client.until("conversation.item.deleted")
    for kind in ("retrieve", "delete"):
        await client.send(f"conversation.item.{kind}", item_id=done["id"])
        assert (await client.error())["code"] == "item_not_found"


async def test_our_tools_are_told_to_those_who_ask(client: Client) -> None:
    await client.types("I'd like a dental cleaning tomorrow at ten.")
    assert not [kind for kind in client.kinds() if kind.startswith("ringbook.")]
    await client.update(ringbook={"events": True})
    await client.says("Actually, on Thursday at ten, please.")
    tool = next(event for event in client.events if event["type"] == "ringbook.tool")
    assert tool["name"] == "check_availability"
    assert tool["facts"]["offers"]
    timings = (await client.until("ringbook.turn"))["timings"]
    assert timings["last_sound"] <= timings["words"] <= timings["first_sentence"]
    assert timings["first_audio"] <= timings["last_frame"]
    assert "function_call" not in str(client.events)


async def test_the_waterfall_is_kept_and_counted(door: Opened, client: Client) -> None:
    await client.update(ringbook={"events": True})
    await client.says("What are your opening hours?")
    timings = (await client.until("ringbook.turn"))["timings"]
    await client.socket.close()
    admin = await door.client.get(f"/admin/calls/{client.call_id}", headers=STAFF)
    (turn,) = admin.json()["turns"]
    assert {what: turn["timings"].get(what) for what in timings} == timings
    page = (await door.client.get("/metrics", headers=STAFF)).text
    for what in ("voice_to_voice", "end_of_turn", "recogniser", "synthesiser"):
        assert f'ringbook_{what}_seconds_count{{door="socket"}} 1.0' in page
    assert "ringbook_pacer_lateness_seconds_count" in page


async def test_a_failing_recogniser_asks_again(client: Client, told: Told) -> None:
    told.ear.failure = EngineFailed("not today")
    await client.append(LOUD + 2 * SILENCE)
    assert "again" in await client.hears()
    assert "conversation.item.input_audio_transcription.failed" in client.kinds()


async def test_a_fault_of_one_call_is_not_felt_by_another(
    door: Opened, client: Client, told: Told
) -> None:
    async with calling(door, told) as other:
        told.ear.failure = RuntimeError("a fault that nobody foresaw")
        await client.append(LOUD + 2 * SILENCE)
        assert await client.closed() == 1011
        told.ear.failure = None
        assert await other.says("What are your opening hours?")
