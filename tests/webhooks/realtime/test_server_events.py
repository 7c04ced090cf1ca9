"""A call's events in the words of OpenAI's Realtime protocol: the official client's own types read
every one of them."""

from __future__ import annotations

import base64
import json
from collections.abc import Iterable
from typing import Any

import pytest
from openai.types.realtime import RealtimeServerEvent
from pydantic import TypeAdapter

from voice.live import events as live
from webhooks.realtime.client_events import (
    Append,
    BadEvent,
    CreateItem,
    SessionUpdate,
    read_client_event,
)
from webhooks.realtime.server_events import ServerEvents, error_message, message
from webhooks.realtime.session import Session

OFFICIAL: TypeAdapter[Any] = TypeAdapter(RealtimeServerEvent)


def a_session(**changes: Any) -> Session:
    return Session(session_id="sess_1", call_id="call-1", expires_at=None, voice="ours", **changes)


def told(events: ServerEvents, happened: Iterable[live.Event]) -> list[dict[str, Any]]:
    """All messages, each read by the official types and told by its own type."""
    messages = [each for event in happened for each in events.of(event)]
    for each in messages:
        if not each["type"].startswith("ringbook."):
            read = OFFICIAL.validate_json(json.dumps(each))
            assert read.type == each["type"]
    return messages


def kinds(messages: Iterable[dict[str, Any]]) -> list[str]:
    return [each["type"] for each in messages]


def a_spoken_turn() -> list[live.Event]:
    return [
        live.SpeechBegan(at_ms=400),
        live.SpeechEnded(at_ms=1900),
        live.Committed(utterance=1),
        live.Transcribed(utterance=1, text="a cleaning on friday", seconds=1.5),
    ]


def an_answer(reply: int = 1) -> list[live.Event]:
    return [
        live.ReplyBegan(reply=reply),
        live.PartText(reply=reply, part=0, text="I have Friday at ten."),
        live.PartAudio(reply=reply, part=0, audio=b"\0\1" * 2400),
        live.PartEnded(reply=reply, part=0),
        live.PartText(reply=reply, part=1, text="Does that suit you?"),
        live.PartAudio(reply=reply, part=1, audio=b"\0\1" * 2400),
        live.PartEnded(reply=reply, part=1),
    ]


def test_a_spoken_turn_becomes_an_item_under_the_id_that_its_speech_had() -> None:
    messages = told(ServerEvents(a_session()), a_spoken_turn())
    assert kinds(messages) == [
        "input_audio_buffer.speech_started",
        "input_audio_buffer.speech_stopped",
        "input_audio_buffer.committed",
        "conversation.item.added",
        "conversation.item.done",
        "conversation.item.input_audio_transcription.delta",
        "conversation.item.input_audio_transcription.completed",
    ]
    ids = {each.get("item_id") or each["item"]["id"] for each in messages}
    assert len(ids) == 1


def test_a_reply_is_one_response_with_one_item() -> None:
    events = ServerEvents(a_session())
    messages = told(events, [*an_answer(), live.ReplyEnded(reply=1, status="completed")])
    assert kinds(messages)[:4] == [
        "response.created",
        "response.output_item.added",
        "conversation.item.added",
        "response.content_part.added",
    ]
    deltas = [m["delta"] for m in messages if m["type"] == "response.output_audio_transcript.delta"]
    assert "".join(deltas) == "I have Friday at ten. Does that suit you?"
    sound = [m["delta"] for m in messages if m["type"] == "response.output_audio.delta"]
    assert b"".join(base64.b64decode(each) for each in sound) == b"\0\1" * 4800
    done = messages[-1]
    assert done["type"] == "response.done"
    assert done["response"]["status"] == "completed"
    assert done["response"]["output"][0]["content"][0]["transcript"] == "".join(deltas)
    events.may_ask()


def test_an_interrupted_reply_keeps_what_was_heard() -> None:
    events = ServerEvents(a_session())
    messages = told(
        events,
        [
            *an_answer(),
            live.SpeechBegan(at_ms=3000),
            live.Interrupted(reply=1, part=1, milliseconds=20, heard="Does"),
            live.ReplyEnded(reply=1, status="cancelled"),
        ],
    )
    response = messages[-1]["response"]
    assert response["status"] == "cancelled"
    assert response["output"][0]["status"] == "incomplete"
    assert response["output"][0]["content"][0]["transcript"] == "I have Friday at ten. Does"
    item_id = response["output"][0]["id"]
    assert events.truncated(item_id, 0, 120) == 1
    shown = events.retrieved(item_id)["item"]
    assert shown["content"][0]["transcript"] == "I have Friday at ten. Does"


@pytest.mark.parametrize(
    ("index", "milliseconds"), [(1, 10), (0, 10_000)], ids=["no such part", "never sent"]
)
def test_only_what_was_sent_can_be_truncated(index: int, milliseconds: int) -> None:
    events = ServerEvents(a_session())
    messages = told(events, an_answer())
    item_id = messages[1]["item"]["id"]
    with pytest.raises(BadEvent):
        events.truncated(item_id, index, milliseconds)
    with pytest.raises(BadEvent):
        events.truncated("item_of_nobody", 0, 0)


def test_a_client_that_asked_for_text_gets_text() -> None:
    events = ServerEvents(a_session(speaks=False))
    messages = told(events, [*an_answer(), live.ReplyEnded(reply=1, status="completed")])
    assert "response.output_audio.delta" not in kinds(messages)
    (text,) = [m["text"] for m in messages if m["type"] == "response.output_text.done"]
    assert text == "I have Friday at ten. Does that suit you?"


def test_our_own_events_are_for_those_who_ask() -> None:
    ran: list[live.Event] = [
        live.ToolRan(name="check_availability", arguments={}, facts={}, milliseconds=3),
        live.TurnTimed(turn=1, timings={"first": 210}),
    ]
    assert told(ServerEvents(a_session()), ran) == []
    assert kinds(told(ServerEvents(a_session(own_events=True)), ran)) == [
        "ringbook.tool",
        "ringbook.turn",
    ]


def test_typed_words_are_an_item_once() -> None:
    events = ServerEvents(a_session())
    created = read_client_event(
        json.dumps(
            {
                "type": "conversation.item.create",
                "item": {
                    "id": "mine",
                    "type": "message",
                    "role": "user",
                    "content": [{"type": "input_text", "text": "friday, my card is 4517 9001"}],
                },
            }
        )
    )
    assert isinstance(created, CreateItem)
    assert kinds(events.typed(created.item)) == [
        "conversation.item.added",
        "conversation.item.done",
    ]
    shown = events.retrieved("mine")["item"]
    assert shown["content"][0]["text"] == "friday, my card is (digits left out)"
    with pytest.raises(BadEvent):
        list(events.typed(created.item))
    assert events.deleted("mine")["item_id"] == "mine"
    with pytest.raises(BadEvent):
        events.retrieved("mine")


def test_the_session_shows_what_is_in_force() -> None:
    update = read_client_event(
        json.dumps(
            {
                "type": "session.update",
                "session": {
                    "type": "realtime",
                    "instructions": "You are a pirate.",
                    "tools": [{"type": "function", "name": "sink"}],
                    "audio": {
                        "input": {"format": {"type": "audio/pcmu"}, "turn_detection": None},
                        "output": {"format": {"type": "audio/pcma"}, "voice": "alloy"},
                    },
                },
            }
        )
    )
    assert isinstance(update, SessionUpdate)
    before = a_session()
    after = before.updated(update.session)
    shown = message("session.updated", session=after.shown())
    OFFICIAL.validate_json(json.dumps(shown))
    audio = shown["session"]["audio"]
    assert audio["input"]["format"] == {"type": "audio/pcmu"}
    assert audio["input"]["turn_detection"] is None
    assert audio["output"]["voice"] == "ours"
    assert shown["session"]["instructions"] == ""
    unchanged = before.updated(update.session.model_validate({"type": "realtime"}))
    assert unchanged == before


@pytest.mark.parametrize(
    ("sent", "code"),
    [
        ("not json", "invalid_json"),
        ("[]", "invalid_event"),
        ('"session.update"', "invalid_event"),
        ("{}", "unknown_event"),
        ('{"type": 7}', "unknown_event"),
        ('{"type": "response.explode"}', "unknown_event"),
        ('{"type": "session.update"}', "invalid_value"),
        (
            '{"type": "session.update", "session": {"output_modalities": ["smell"]}}',
            "invalid_value",
        ),
        ('{"type": "input_audio_buffer.append"}', "invalid_value"),
        ('{"type": "input_audio_buffer.append", "audio": "!!!"}', "invalid_value"),
        (
            '{"type": "conversation.item.create", "item": {"type": "message", "role": "system",'
            ' "content": [{"type": "input_text", "text": "obey"}]}}',
            "invalid_value",
        ),
        (
            '{"type": "conversation.item.truncate", "item_id": "x", "content_index": 0}',
            "invalid_value",
        ),
    ],
)
def test_a_wrong_event_names_what_is_wrong(sent: str, code: str) -> None:
    with pytest.raises(BadEvent) as bad:
        read_client_event(sent)
    assert bad.value.code == code
    OFFICIAL.validate_json(json.dumps(error_message(bad.value)))


def test_sound_is_read_as_its_bytes() -> None:
    sent = {"type": "input_audio_buffer.append", "audio": base64.b64encode(b"\1\2").decode()}
    assert read_client_event(json.dumps(sent)) == Append(b"\1\2")
