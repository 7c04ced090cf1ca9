"""Too much for an audio socket: it is closed with a code, and nobody else feels it."""

from __future__ import annotations

import asyncio
import base64
import json
import socket

import pytest

pytest.importorskip("numpy")

from websockets.exceptions import ConnectionClosed

from tests.webhooks.doors import ADMIN_TOKEN, Opened
from tests.webhooks.realtime.callers import (
    SILENCE,
    Client,
    Told,
    address,
    calling,
    open_calls,
    until_true,
)
from webhooks import upgraded
from webhooks.budget import Budget
from webhooks.realtime import connection
from webhooks.realtime.allowance import Allowed


async def test_a_message_of_ten_megabytes_is_refused(
    door: Opened, told: Told, neighbour: Client
) -> None:
    async with calling(door, told) as client:
        with pytest.raises(ConnectionClosed):  # noqa: PT012
            await client.append(bytes(8 * 1024 * 1024))
            await client.closed()
            await client.append(b"")
        assert client.socket.close_code == 1009
    await until_true(lambda: open_calls(door) == 1)


async def test_sound_faster_than_anybody_speaks_is_refused(
    door: Opened, told: Told, neighbour: Client
) -> None:
    async with calling(door, told) as client:
        await client.append(20 * SILENCE)
        await client.append(20 * SILENCE)
        assert await client.closed() == 1008
        assert client.events[-1]["error"]["code"] == "rate_limit_exceeded"
        call_id = client.call_id
    async with calling(door, told, query=f"&call_id={call_id}") as again:
        assert await again.asks()


@pytest.mark.parametrize(
    "event",
    [
        {"type": "input_audio_buffer.clear"},
        {"type": "nonsense"},
        {"type": "input_audio_buffer.append", "audio": ""},
    ],
)
async def test_a_flood_of_events_is_refused(
    door: Opened, told: Told, neighbour: Client, event: dict[str, str]
) -> None:
    async with calling(door, told) as client:
        message = json.dumps(event)

        async def flood() -> None:
            for _ in range(20_000):
                await client.socket.send(message)

        flooding = asyncio.create_task(flood())
        assert await client.closed() == 1008
        assert client.events[-1]["error"]["code"] == "rate_limit_exceeded"
        await asyncio.gather(flooding, return_exceptions=True)


@pytest.mark.slow
async def test_who_does_not_read_is_let_go(
    door: Opened, told: Told, neighbour: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    plenty = Allowed(Budget(1e9, 1), Budget(1e9, 1), Budget(1e9, 1))
    monkeypatch.setattr(Allowed, "ordinary", lambda: plenty)
    monkeypatch.setattr(connection, "SEND_SECONDS", 0.2)
    monkeypatch.setattr(connection, "CLOSING_SECONDS", 0.1)
    monkeypatch.setattr(upgraded, "UNREAD_SECONDS", 0.5)
    writer = await deaf_client(door)
    text = "word " * 700
    item = {"type": "message", "role": "user", "content": [{"type": "input_text", "text": text}]}
    created = json.dumps({"type": "conversation.item.create", "item": {**item, "id": "mine"}})
    asked = json.dumps({"type": "conversation.item.retrieve", "item_id": "mine"})
    writer.write(frame(created.encode()))
    places = door.app.state.socket_places
    while places.taken > 1:
        for _ in range(50):
            writer.write(frame(asked.encode()))
        await asyncio.to_thread(lambda: None)
    await until_true(lambda: open_calls(door) == 1)

    def writes_in_vain() -> bool:
        writer.write(frame(b"{}"))
        return writer.transport.is_closing()

    await until_true(writes_in_vain)  # a close alone would wait until somebody reads


async def deaf_client(door: Opened) -> asyncio.StreamWriter:
    """An open socket with little room, of which nobody reads."""
    host, port = door.client.base_url.host, door.client.base_url.port
    raw = socket.socket()
    raw.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
    raw.setblocking(False)
    await asyncio.get_running_loop().sock_connect(raw, (host, port))
    reader, writer = await asyncio.open_connection(sock=raw, limit=1024)
    key = base64.b64encode(b"0123456789abcdef").decode()
    path = address(door).partition(f":{port}")[2]
    head = (
        f"GET {path} HTTP/1.1\r\nHost: {host}:{port}\r\nUpgrade: websocket\r\n"
        f"Connection: Upgrade\r\nSec-WebSocket-Key: {key}\r\nSec-WebSocket-Version: 13\r\n"
        f"Authorization: Bearer {ADMIN_TOKEN}\r\n\r\n"
    )
    writer.write(head.encode())
    assert b"101" in await reader.readline()
    return writer


def frame(payload: bytes) -> bytes:
    """A masked text frame."""
    length = len(payload)
    size = bytes([0x80 | length]) if length < 126 else bytes([0xFE]) + length.to_bytes(2, "big")
    return b"\x81" + size + b"\0\0\0\0" + payload
