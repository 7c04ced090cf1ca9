"""What a connection may cost, over real sockets: bytes of head, time, and a place."""

from __future__ import annotations

import asyncio
import json
import resource
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest
from structlog.testing import capture_logs

from tests.webhooks.doors import VAPI, Opened, served, settings_in
from tests.webhooks.payloads import completion, user
from webhooks.connections import Bounds, Connections, raise_descriptor_limit

HEALTH = b"GET /healthz HTTP/1.1\r\nHost: localhost\r\n"
SHORT = 0.2
"""Seconds, where a test waits for a deadline to pass."""


@dataclass
class Wire:
    """One raw connection."""

    reader: asyncio.StreamReader
    writer: asyncio.StreamWriter

    async def send(self, data: bytes) -> bool:
        """False once the other side has closed."""
        try:
            self.writer.write(data)
            await self.writer.drain()
        except ConnectionError:
            return False
        return not self.reader.at_eof()

    async def status(self) -> int:
        """Of the next answer; 0 when there is none before the end."""
        try:
            line = await self.reader.readline()
        except ConnectionError:
            return 0
        return int(line.split()[1]) if line else 0

    async def ended(self) -> None:
        """Until the other side has closed."""
        try:
            while await self.reader.read(65_536):
                pass
        except ConnectionError:
            pass


@asynccontextmanager
async def wire(door: Opened) -> AsyncIterator[Wire]:
    """A connection to the door's server."""
    url = door.client.base_url
    reader, writer = await asyncio.open_connection(url.host, url.port)
    try:
        yield Wire(reader, writer)
    finally:
        writer.close()


@pytest.mark.parametrize(
    "tail",
    [
        b"X-Long: " + b"a" * 8_000,
        b"X: a\r\n" * 1_000,
    ],
    ids=["one-header", "many-headers"],
)
async def test_headers_without_end_are_cut_off(tmp_path: Path, tail: bytes) -> None:
    async with served(settings_in(tmp_path)) as door, wire(door) as line:
        sent = 0
        await line.send(HEALTH + tail)
        while await line.send(tail.removeprefix(b"X-Long: ")) and sent < 40_000_000:
            sent += len(tail)
        assert sent < 20_000_000  # what the sockets themselves hold
        await line.ended()
        assert (await door.client.get("/healthz")).status_code == 200


@pytest.mark.parametrize(
    ("head", "status"),
    [
        (b"X: " + b"a" * 30_000, 200),
        (b"X: " + b"a" * 40_000, 431),
        (b"\r\n".join(b"X: a" for _ in range(100)), 200),
        (b"\r\n".join(b"X: a" for _ in range(200)), 431),
    ],
)
async def test_a_whole_head_is_measured_too(tmp_path: Path, head: bytes, status: int) -> None:
    async with served(settings_in(tmp_path)) as door, wire(door) as line:
        with capture_logs() as logged:
            await line.send(HEALTH + head + b"\r\n\r\n")
            assert await line.status() == status
    warned = [each for each in logged if each["event"] == "connection refused"]
    assert bool(warned) is (status == 431)


async def test_headers_after_a_body_in_chunks_have_the_same_ceiling(tmp_path: Path) -> None:
    async with served(settings_in(tmp_path)) as door, wire(door) as line:
        secret = f"X-Vapi-Secret: {VAPI['X-Vapi-Secret']}\r\n".encode()
        await line.send(
            b"POST /vapi/events HTTP/1.1\r\nHost: localhost\r\n"
            + secret
            + b"Transfer-Encoding: chunked\r\n\r\n2\r\n{}\r\n0\r\n"
        )
        sent = 0
        while await line.send(b"X: " + b"a" * 8_000 + b"\r\n") and sent < 40_000_000:
            sent += 8_000
        assert sent < 20_000_000  # what the sockets themselves hold


@pytest.mark.parametrize(
    "begun",
    [
        b"",
        b"GET /healthz HT",
        HEALTH + b"X-Slow: a",
        b"POST /v1/chat/completions HTTP/1.1\r\nHost: localhost\r\nContent-Length: 9\r\n\r\n{",
    ],
    ids=["silent", "address", "headers", "body"],
)
async def test_who_is_too_slow_is_let_go(tmp_path: Path, begun: bytes) -> None:
    bounds = Bounds(head_seconds=SHORT, body_seconds=SHORT)
    async with served(settings_in(tmp_path), bounds=bounds) as door, wire(door) as line:
        await line.send(begun)
        await line.ended()


async def test_a_slow_body_is_told_so_and_is_no_error_of_ours(tmp_path: Path) -> None:
    bounds = Bounds(body_seconds=SHORT)
    async with served(settings_in(tmp_path), bounds=bounds) as door, wire(door) as line:
        with capture_logs() as logged:
            secret = VAPI["X-Vapi-Secret"].encode()
            await line.send(
                b"POST /vapi/events HTTP/1.1\r\nHost: localhost\r\nContent-Length: 9\r\n"
                b"X-Vapi-Secret: " + secret + b"\r\n\r\n{"
            )
            assert await line.status() == 408
            await line.ended()
            assert (await door.client.get("/healthz")).status_code == 200
    assert not [each for each in logged if each["log_level"] == "error"]


async def test_who_hangs_up_in_mid_body_is_no_error_of_ours(tmp_path: Path) -> None:
    async with served(settings_in(tmp_path)) as door:
        with capture_logs() as logged:
            async with wire(door) as line:
                secret = VAPI["X-Vapi-Secret"].encode()
                await line.send(
                    b"POST /vapi/events HTTP/1.1\r\nHost: localhost\r\nContent-Length: 9\r\n"
                    b"X-Vapi-Secret: " + secret + b"\r\n\r\n{"
                )
            while not [each for each in logged if each.get("route") == "/vapi/events"]:
                assert (await door.client.get("/healthz")).status_code == 200
    assert not [each for each in logged if each["log_level"] == "error"]


async def test_there_are_so_many_places_and_they_are_given_back(tmp_path: Path) -> None:
    async with served(settings_in(tmp_path), bounds=Bounds(connections=3)) as door:
        for _ in range(3):
            with capture_logs() as logged:
                async with wire(door) as one, wire(door) as two, wire(door) as three:
                    for line in (one, two, three):
                        await line.send(HEALTH + b"\r\n")
                        assert await line.status() == 200
                    async with wire(door) as fourth:
                        assert await fourth.status() == 503
                    for line in (one, two, three):
                        line.writer.close()
                        await line.ended()
    assert door.app is not None
    assert len([each for each in logged if each["event"] == "connection refused"]) <= 1


def test_one_address_has_its_share_and_our_proxies_have_no_address() -> None:
    places = Connections(Bounds(connections=10, connections_by_network=2))
    assert [places.enter("192.0.2.7") for _ in range(3)] == [True, True, False]
    assert places.enter("192.0.2.8")
    assert all(places.enter(None) for _ in range(7))
    assert not places.enter(None)
    places.leave("192.0.2.7")
    assert places.enter("192.0.2.7")
    for network in ("192.0.2.7", "192.0.2.7", "192.0.2.8"):
        places.leave(network)
    assert not places.by_network


async def test_answers_that_nobody_reads_stop_nobody_else(tmp_path: Path) -> None:
    async with served(settings_in(tmp_path), bounds=Bounds(unread_seconds=SHORT)) as door:
        lines = [
            await asyncio.open_connection(door.client.base_url.host, door.client.base_url.port)
            for _ in range(60)
        ]
        body = json.dumps(completion(user("Where are you?"))).encode()
        head = (
            f"POST /vapi/chat/completions HTTP/1.1\r\nHost: localhost\r\n"
            f"X-Vapi-Secret: {VAPI['X-Vapi-Secret']}\r\nContent-Length: {len(body)}\r\n\r\n"
        ).encode()
        for _, writer in lines:
            writer.write(head + body)
            await writer.drain()
        assert (await door.client.get("/healthz", timeout=20)).status_code == 200
        for _, writer in lines:
            writer.close()


async def test_requests_without_end_do_not_wait_in_memory_for_their_turn(tmp_path: Path) -> None:
    async with served(settings_in(tmp_path)) as door, wire(door) as line:
        with capture_logs() as logged:
            await line.send((HEALTH + b"\r\n") * 2_000)
            await line.ended()
        assert (await door.client.get("/healthz")).status_code == 200
    assert [each["too_much"] for each in logged if each["event"] == "connection refused"]
    assert len([each for each in logged if each["event"] == "answered"]) < 50


async def test_a_few_requests_may_be_sent_ahead_of_their_answers(tmp_path: Path) -> None:
    async with served(settings_in(tmp_path)) as door, wire(door) as line:
        await line.send((HEALTH + b"\r\n") * 8 + HEALTH + b"Connection: close\r\n\r\n")
        received = await line.reader.read()
    assert received.count(b"HTTP/1.1 200 OK") == 9


def test_the_limit_of_open_files_is_raised_and_a_low_one_is_said() -> None:
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    try:
        resource.setrlimit(resource.RLIMIT_NOFILE, (min(1_024, hard), hard))
        bounds = raise_descriptor_limit()
        raised, _ = resource.getrlimit(resource.RLIMIT_NOFILE)
        assert raised >= min(65_536, hard)
        assert 0 < bounds.connections < raised
        assert bounds.connections_by_network < bounds.connections
    finally:
        resource.setrlimit(resource.RLIMIT_NOFILE, (soft, hard))
