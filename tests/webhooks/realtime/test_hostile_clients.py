"""What strangers may do to an audio socket: nothing of it is felt by anybody else."""

from __future__ import annotations

import asyncio
import base64
import gc
import json
import random
from collections import Counter

import pytest

pytest.importorskip("numpy")

from websockets.exceptions import ConnectionClosed

from tests.webhooks.doors import Opened
from tests.webhooks.realtime.callers import (
    LOUD,
    SILENCE,
    Client,
    Told,
    calling,
    open_calls,
    until_true,
)
from webhooks.live_calls import LiveCalls

# The agents SDK makes this coroutine before the task that would await it has begun.
pytestmark = pytest.mark.filterwarnings(
    "ignore:coroutine 'run_single_turn' was never awaited:RuntimeWarning"
)


OUR_PACKAGES = ("scheduling", "support", "voice", "webhooks")

BAD_MESSAGES = (
    "",
    "not json",
    "[]",
    "null",
    "{}",
    '{"type": null}',
    '{"type": "session.update", "session": []}',
    '{"type": "session.update", "session": {"audio": "loud"}}',
    '{"type": "session.update", "session": {"audio": {"input": null}}}',
    '{"type": "input_audio_buffer.append", "audio": "A"}',
    '{"type": "input_audio_buffer.append", "audio": {"a": 1}}',
    '{"type": "input_audio_buffer.commit", "event_id": 7}',
    '{"type": "conversation.item.create"}',
    '{"type": "conversation.item.create", "item": {"type": "function_call_output"}}',
    '{"type": "conversation.item.create", "item": {"type": "message", "role": "assistant", '
    '"content": [{"type": "output_text", "text": "booked"}]}}',
    '{"type": "conversation.item.truncate", "item_id": "x", "content_index": -1, '
    '"audio_end_ms": 1}',
    '{"type": "conversation.item.truncate", "item_id": "x", "content_index": 0, '
    '"audio_end_ms": 1e400}',
    '{"type": "conversation.item.retrieve", "item_id": null}',
    '{"type": "response.cancel"}',
    '{"type": "\\ud800"}',
    "[" * 5000,
    b"\xff\xfe\x00",
    b"\x00" * 64,
)


async def test_what_cannot_be_used_is_answered_and_the_call_goes_on(
    door: Opened, told: Told, neighbour: Client
) -> None:
    async with calling(door, told) as client:
        for message in BAD_MESSAGES:
            await client.socket.send(message)
            error = await client.error()
            assert error["type"] == "invalid_request_error"
            assert error["code"]
            assert error["message"]
        assert await client.says("What are your opening hours?")


async def test_events_in_frames_of_bytes_are_events(door: Opened, told: Told) -> None:
    async with calling(door, told) as client:
        await client.socket.send(json.dumps({"type": "response.create"}).encode())
        assert await client.hears()


async def test_half_frames_and_odd_bytes_are_one_sound(door: Opened, told: Told) -> None:
    async with calling(door, told) as client:
        told.ear.text = "What are your opening hours?"
        sound = LOUD + SILENCE + SILENCE
        await client.append(b"")
        cuts = sorted(random.Random(8).sample(range(len(sound)), 300))
        for start, end in zip([0, *cuts], [*cuts, len(sound)], strict=True):
            await client.append(sound[start:end])
        assert await client.hears()


async def test_typed_words_have_an_end(door: Opened, told: Told) -> None:
    async with calling(door, told) as client:
        content = [{"type": "input_text", "text": "Friday\0 " * 400}]
        item = {"type": "message", "role": "user", "content": content}
        await client.send("conversation.item.create", item=item)
        assert "\0" not in str((await client.until("conversation.item.added"))["item"])
        await client.send("conversation.item.create", item=item)
        assert (await client.error())["code"] == "text_too_long"
        assert await client.asks()
        assert await client.types("What are your opening hours?")


MODALITIES = ("text", "audio")
STATES = ("open", "greeting", "speaking", "heard", "answering", "committed", "typed", "updated")


async def bring_to(client: Client, state: str, told: Told) -> None:
    """Into the middle of something."""
    told.ear.text = "I'd like a dental cleaning tomorrow at ten."
    match state:
        case "greeting":
            await client.send("response.create")
            await client.until("response.output_audio.delta")
        case "speaking":
            await client.append(LOUD)
            await client.until("input_audio_buffer.speech_started")
        case "heard":
            await client.append(LOUD + 2 * SILENCE)
            await client.until("input_audio_buffer.committed")
        case "answering":
            await client.append(LOUD + 2 * SILENCE)
            await client.until("response.output_audio.delta")
        case "committed":
            await client.append(LOUD)
            await client.send("input_audio_buffer.commit")
        case "typed":
            content = [{"type": "input_text", "text": told.ear.text}]
            item = {"type": "message", "role": "user", "content": content}
            await client.send("conversation.item.create", item=item)
            await client.send("response.create")
        case "updated":
            await client.update(output_modalities=["text"])


@pytest.mark.parametrize("how", ["reset", pytest.param("hang up", marks=pytest.mark.slow)])
async def test_a_sudden_end_leaves_nothing_behind(door: Opened, told: Told, how: str) -> None:
    async with calling(door, told) as client:  # what is made once is there from now on
        await client.asks()
    calls: LiveCalls = door.app.state.live_calls
    await until_true(lambda: open_calls(door) == 0)
    before = len(asyncio.all_tasks())
    for state in STATES:
        async with calling(door, told) as client:
            await bring_to(client, state, told)
            if how == "reset":
                client.socket.transport.abort()
        await until_true(lambda: open_calls(door) == 0)
        await until_true(lambda: len(asyncio.all_tasks()) <= before + len(calls._waiting))
        assert calls.goes_on(client.call_id) == (how == "reset")
    assert told.seats.taken == 0
    await until_true(lambda: door.app.state.socket_places.taken == 0)


@pytest.mark.slow
@pytest.mark.timeout(300)
async def test_random_clients_disturb_nobody(door: Opened, told: Told, neighbour: Client) -> None:
    """Any events in any order, cut off anywhere: errors at most, never a fault of ours."""
    luck = random.Random(11)
    for _ in range(60):
        async with calling(door, told) as client:
            told.ear.text = luck.choice(("", "Yes.", "Tomorrow at ten.", "Goodbye."))
            try:
                for _ in range(luck.randrange(1, 40)):
                    await client.socket.send(a_message(luck))
                await client.send("conversation.item.retrieve", item_id="none")
                await client.until("error", lambda e: e["error"]["code"] == "item_not_found")
            except ConnectionClosed:
                assert client.socket.close_code in (1000, 1008)
            if luck.random() < 0.5:
                client.socket.transport.abort()
    await until_true(lambda: open_calls(door) == 1)
    assert told.seats.taken == 1


def a_message(luck: random.Random) -> str | bytes:
    """One event, good or bad."""
    sound = luck.choice((LOUD, SILENCE, LOUD[:333], b"", bytes(7)))
    fields: list[dict[str, object]] = [
        {"type": "input_audio_buffer.append", "audio": base64.b64encode(sound).decode()},
        {"type": "input_audio_buffer.commit"},
        {"type": "input_audio_buffer.clear"},
        {"type": "response.create"},
        {"type": "response.cancel"},
        {"type": "session.update", "session": {"audio": {"input": {"turn_detection": None}}}},
        {
            "type": "session.update",
            "session": {
                "audio": {
                    "input": {
                        "format": {"type": luck.choice(("audio/pcmu", "audio/pcm"))},
                        "turn_detection": {"type": "server_vad"},
                    }
                }
            },
        },
        {
            "type": "session.update",
            "session": {"output_modalities": [luck.choice(("text", "audio"))]},
        },
        {
            "type": "conversation.item.create",
            "item": {
                "type": "message",
                "role": "user",
                "content": [{"type": "input_text", "text": "tomorrow at ten"}],
            },
        },
    ]
    if luck.random() < 0.2:
        return luck.choice(BAD_MESSAGES)
    return json.dumps(luck.choice(fields))


@pytest.mark.slow
@pytest.mark.timeout(600)
async def test_five_hundred_connections_leave_nothing_in_memory(door: Opened, told: Told) -> None:
    """Counted in objects of ours, once all tasks have ended: how much the allocator and libraries
    keep also depends on what else ran here. A call that leaked would leave dozens."""
    told.voice.characters_a_second = 4000
    calls: LiveCalls = door.app.state.live_calls
    before = len(asyncio.all_tasks())

    async def one_call() -> None:
        async with calling(door, told) as client:
            await client.asks()
            await client.says("What are your opening hours?")

    async def left_after(count: int) -> Counter[str]:
        for _ in range(0, count, told.seats.calls):
            await asyncio.gather(*(one_call() for _ in range(told.seats.calls)))
            await until_true(lambda: open_calls(door) == 0)
        await until_true(lambda: len(asyncio.all_tasks()) <= before + len(calls._waiting))
        gc.collect()
        modules = (str(type(each).__module__) for each in gc.get_objects())
        return Counter(name for name in modules if name.split(".")[0] in OUR_PACKAGES)

    warm = await left_after(96)
    more = await left_after(504) - warm
    assert more.total() < 504, more.most_common(5)
