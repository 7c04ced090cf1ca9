"""What a carrier's door lets in, and what it costs us when it is not what it should be."""

from __future__ import annotations

import asyncio
import base64
import io
import json
import time
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import jwt
import pytest

pytest.importorskip("numpy")

from websockets.asyncio.client import connect
from websockets.exceptions import InvalidStatus

from tests.webhooks.carriers.scripted_carrier import (
    AUTH_TOKEN,
    CALLER,
    MEDIA,
    VOICE,
    Carrier,
    call_sid,
    open_carrier,
    said_in,
)
from tests.webhooks.doors import opened, settings_in
from webhooks import live_calls
from webhooks.carriers import resources as carrier_resources
from webhooks.carriers import socket, stream
from webhooks.carriers.voice import OUT_OF_ORDER
from webhooks.settings import SettingsError, read_settings

GREETING = "This call is answered by an assistant."


@pytest.fixture
async def carrier(tmp_path: Path) -> AsyncIterator[Carrier]:
    async with open_carrier(tmp_path) as carrier:
        yield carrier


async def nothing_is_left(carrier: Carrier, before: set[asyncio.Task[Any]]) -> None:
    """Every task that came since has ended, and every seat is free."""
    ours = asyncio.current_task()
    left = {task for task in asyncio.all_tasks() if task not in before and task is not ours}
    if left:
        await asyncio.wait(left)
    engines = carrier.door.app.state.live_calls.speech.engines
    assert engines is not None
    assert engines.seats.taken == 0
    assert not carrier.door.app.state.carrier.starting.locked()


async def test_without_an_account_there_is_no_such_door(tmp_path: Path) -> None:
    async with opened(settings_in(tmp_path)) as door:
        assert (await door.client.post(VOICE)).status_code == 404


@pytest.mark.parametrize(
    ("given", "named"),
    [
        ({"twilio_token": AUTH_TOKEN}, "go together"),
        ({"twilio_account": "AC" + "0" * 32}, "go together"),
        ({"twilio_account": "me", "twilio_token": AUTH_TOKEN}, "RINGBOOK_TWILIO_ACCOUNT"),
        ({"twilio_account": "AC" + "0" * 32, "twilio_token": "x"}, "RINGBOOK_TWILIO_TOKEN"),
        ({"twilio_account": "AC" + "0" * 32, "twilio_token": AUTH_TOKEN}, "PUBLIC_URL is required"),
    ],
)
def test_half_an_account_stops_the_start(given: dict[str, str], named: str) -> None:
    with pytest.raises(SettingsError, match=named):
        read_settings(_env_file=None, **given)


async def test_only_what_our_account_signed_is_answered(carrier: Carrier) -> None:
    ring = carrier.ring()
    refused = [
        await carrier.post(ring, token="f" * 32),
        await carrier.post(ring, signature=""),
        await carrier.post(ring, signature="x"),
        await carrier.door.client.post(VOICE),
    ]
    assert [answer.status_code for answer in refused] == [401] * 4
    assert refused[0].json()["error"]["code"] == "unauthorized"
    assert (await carrier.post(ring)).status_code == 200


async def test_who_guesses_at_signatures_is_slowed_down(carrier: Carrier) -> None:
    guesses = [await carrier.post(carrier.ring(), token="f" * 32) for _ in range(32)]
    assert guesses[-1].status_code == 429
    with pytest.raises(InvalidStatus) as refused:
        async with carrier.stream(call_sid(1)):
            pass
    assert refused.value.response.status_code == 429


async def test_a_form_is_bounded_and_names_a_call(carrier: Carrier) -> None:
    assert (await carrier.post(carrier.ring(Noise="x" * 70_000))).status_code == 413
    many = {f"f{number}": "x" for number in range(300)}
    assert (await carrier.post(many)).status_code == 422
    for odd in ("", "CA1", "../Messages", "CA" + "g" * 32):
        assert (await carrier.post(carrier.ring(CallSid=odd))).status_code == 422


async def test_a_token_opens_one_stream_of_one_call(carrier: Carrier) -> None:
    ring = carrier.ring()
    token = await carrier.token(ring)
    async with carrier.stream(call_sid(7)) as wrong:
        await wrong.start(token)
        assert await wrong.until_closed() == 1008
    async with carrier.stream(ring["CallSid"]) as line:
        await line.start(token)
        await line.hears(GREETING)
        async with carrier.stream(ring["CallSid"]) as again:
            await again.start(token)
            assert await again.until_closed() == 1008
        await line.says("what are your opening hours", 1.2)
        await line.hears("open")


async def test_a_newer_stream_takes_its_call_over_for_good(
    carrier: Carrier, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(live_calls, "RESUME_SECONDS", 0.1)
    ring = carrier.ring()
    tokens = [await carrier.token(ring), await carrier.token(ring)]
    async with carrier.stream(ring["CallSid"]) as line:
        await line.start(tokens[0])
        await line.hears(GREETING)
        async with carrier.stream(ring["CallSid"]) as newer:
            newer.heard = line.heard
            await newer.start(tokens[1])
            assert await line.until_closed() == 1000
            await newer.says("what are your opening hours", 1.2)
            await newer.hears("open")
            (summary,) = (await carrier.door.resources.journal.calls(None)).calls
            assert summary.ended_at is None


async def test_tokens_of_another_kind_or_time_open_nothing(carrier: Carrier) -> None:
    resources = carrier.door.resources
    (organisation,) = await resources.desk.organisations()
    call = call_sid(1)
    made, _ = resources.caller_tokens.make(call_id=call, organisation_id=organisation.id)
    claims = {"aud": "ringbook-carrier", "jti": "j", "call": call, "org": organisation.id}
    key = resources.caller_tokens.key
    over = jwt.encode({**claims, "exp": int(time.time()) - 1}, key, algorithm="HS256")
    endless = jwt.encode(claims, key, algorithm="HS256")
    forged = jwt.encode({**claims, "exp": int(time.time()) + 60}, "k" * 32, algorithm="HS256")
    for token in (made, over, endless, forged, "", "ä"):
        async with carrier.stream(call) as line:
            await line.start(token)
            assert await line.until_closed() == 1008
    assert not (await resources.journal.calls(None)).calls


async def test_a_socket_that_says_nothing_is_closed_and_few_may_wait(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(carrier_resources, "MOST_STARTING", 1)
    monkeypatch.setattr(socket, "START_SECONDS", 1.0)
    async with open_carrier(tmp_path) as carrier, carrier.stream(call_sid(1)) as line:
        address = str(carrier.door.client.base_url).replace("http", "ws", 1).rstrip("/")
        with pytest.raises(InvalidStatus) as refused:
            await connect(f"{address}{MEDIA}")
        assert refused.value.response.status_code == 503
        assert await line.until_closed() == 1008


@pytest.mark.parametrize("sent", ["no json", b"\x00\xff", "[]", '{"event": "start"}'])
async def test_what_is_no_stream_is_closed(carrier: Carrier, sent: str | bytes) -> None:
    async with carrier.stream(call_sid(1)) as line:
        await line.socket.send(sent)
        assert await line.until_closed() == 1008


async def test_a_stream_that_never_starts_is_closed(carrier: Carrier) -> None:
    async with carrier.stream(call_sid(1)) as line:
        for _ in range(socket.MOST_BEFORE_START):
            await line.send("media", media={"payload": ""})
        assert await line.until_closed() == 1008


async def test_a_little_garbage_is_passed_over_and_much_of_it_ends_the_call(
    carrier: Carrier,
) -> None:
    before = asyncio.all_tasks()
    async with carrier.call() as line:
        for sent in ("no json", b"\xff\xfe", "{}", '{"event": "media"}', '{"event": "weather"}'):
            await line.socket.send(sent)
        await line.start("another start")
        await line.hears(GREETING)
        for _ in range(stream.MOST_BAD):
            await line.socket.send("x" * 100_000)
        assert await line.until_closed() == 1000
    assert await carrier.ended(call_sid(1)) == "failed"
    ((_, fields),) = carrier.rest.asked
    assert said_in(fields["Twiml"]) == OUT_OF_ORDER
    await nothing_is_left(carrier, before)


@pytest.mark.parametrize("flood", ["sound", "messages"])
async def test_a_flood_ends_its_call_and_no_other(carrier: Carrier, flood: str) -> None:
    before = asyncio.all_tasks()
    async with carrier.call() as quiet, carrier.call() as loud:
        await quiet.hears(GREETING)
        if flood == "sound":
            much = base64.b64encode(bytes(40 * 8000)).decode()
            await loud.send("media", media={"track": "inbound", "payload": much})
        else:
            mark = json.dumps({"event": "mark", "mark": {"name": "m1"}})
            for _ in range(stream.AT_ONCE + 1000):
                await loud.socket.send(mark)
        assert await loud.until_closed() == 1000
        quiet.heard = len(carrier.voice.spoken)
        await quiet.says("what are your opening hours", 1.2)
        await quiet.hears("open")
    assert await carrier.ended(call_sid(2)) == "failed"
    await nothing_is_left(carrier, before)


@pytest.mark.parametrize("state", ["open", "connected", "started", "greeting", "speaking"])
async def test_a_line_may_break_at_any_moment(carrier: Carrier, state: str) -> None:
    before = asyncio.all_tasks()
    ring = carrier.ring()
    token = await carrier.token(ring)
    async with carrier.stream(ring["CallSid"]) as line:
        if state == "connected":
            await line.send("connected")
        elif state != "open":
            await line.start(token)
        if state in ("greeting", "speaking"):
            await line.until(lambda message: message["event"] == "media")
        if state == "speaking":
            await line.plays(carrier.reading.sound("a check-up tomorrow", 1.0))
        line.socket.transport.abort()
    await nothing_is_left(carrier, before)


async def test_a_carrier_that_does_not_read_loses_the_call(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(stream, "SEND_SECONDS", 0.2)
    async with open_carrier(tmp_path) as carrier:
        before = asyncio.all_tasks()
        ring = carrier.ring()
        begun = {
            "streamSid": "MZ1",
            "callSid": ring["CallSid"],
            "mediaFormat": {"encoding": "audio/x-mulaw", "sampleRate": 8000},
            "customParameters": {"token": await carrier.token(ring)},
        }
        start = json.dumps({"event": "start", "start": begun})
        received = [{"type": "websocket.connect"}, {"type": "websocket.receive", "text": start}]
        told = []

        async def receive() -> dict[str, Any]:
            if not received:
                await asyncio.Event().wait()
            return received.pop(0)

        async def send(message: dict[str, Any]) -> None:
            told.append(message["type"])
            if message["type"] == "websocket.send":
                await asyncio.Event().wait()

        scope = {
            "type": "websocket",
            "path": MEDIA,
            "headers": [],
            "query_string": b"",
            "client": ("127.0.0.1", 1),
        }
        await carrier.door.app(scope, receive, send)  # type: ignore[arg-type]
        assert told == ["websocket.accept", "websocket.send", "websocket.close"]
        assert await carrier.ended(ring["CallSid"]) == "caller"
        await nothing_is_left(carrier, before)


async def test_neither_numbers_nor_tokens_are_logged(tmp_path: Path, logged: io.StringIO) -> None:
    async with open_carrier(tmp_path) as carrier:
        ring = carrier.ring()
        token = await carrier.token(ring)
        async with carrier.stream(ring["CallSid"]) as line:
            await line.start(token)
            await line.hears(GREETING)
            await line.socket.send("no json")
        await carrier.post(ring, token="f" * 32)
    written = logged.getvalue()
    assert VOICE in written
    for secret in (CALLER, token, AUTH_TOKEN, "check-up"):
        assert secret not in written
