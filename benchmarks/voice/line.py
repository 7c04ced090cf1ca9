"""A simulated caller's line: a microphone that never stops, and an ear, on one WebSocket.

It runs in the callers' process, so it costs as little as it can: sound is put into messages before
the call begins, and of what comes only what is needed is read.
"""

from __future__ import annotations

import asyncio
import base64
import time
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any, cast

import numpy as np
import orjson
from websockets.client import ClientProtocol
from websockets.frames import Frame, Opcode
from websockets.http11 import Response
from websockets.uri import parse_uri

RATE = 24_000
BARE_RATE = 16_000
"""Of what is sent to a server that takes bare samples."""
LEAST_AUDIBLE = 300
"""Of 32767: what is softer is silence."""
SAME_REPLY_SECONDS = 1.0
"""A piece that comes so long after the last was played belongs to another reply."""
ROUNDING_SECONDS = 0.005
now = time.perf_counter


class Line(asyncio.Protocol):
    """One WebSocket. `heard` is told each message and when it came."""

    def __init__(self, url: str, token: str, heard: Callable[[float, str | bytes], None]) -> None:
        self._socket = ClientProtocol(parse_uri(url), max_size=None)
        self._token = token
        self._heard = heard
        self._transport: asyncio.Transport
        self.opened: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self.closed = False

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self._transport = cast(asyncio.Transport, transport)  # uvloop's is one by its deeds alone
        request = self._socket.connect()
        request.headers["Authorization"] = f"Bearer {self._token}"
        self._socket.send_request(request)
        self._flush()

    def data_received(self, data: bytes) -> None:
        at = now()
        self._socket.receive_data(data)
        for event in self._socket.events_received():
            if isinstance(event, Response):
                self._answered()
            elif isinstance(event, Frame) and event.opcode is Opcode.TEXT:
                self._heard(at, bytes(event.data).decode())
            elif isinstance(event, Frame) and event.opcode is Opcode.BINARY:
                self._heard(at, bytes(event.data))
        self._flush()

    def connection_lost(self, _error: Exception | None) -> None:
        self.closed = True
        if not self.opened.done():
            self.opened.set_exception(ConnectionError("closed before it was open"))

    def send(self, message: bytes, *, text: bool) -> None:
        """Nothing once the line is closed."""
        if self.closed or self._transport.is_closing():
            return
        (self._socket.send_text if text else self._socket.send_binary)(message)
        self._flush()

    def hang_up(self) -> None:
        """As a client that ends its call."""
        if not self.closed:
            self._socket.send_close(1000)
            self._flush()
            self._transport.close()

    def _answered(self) -> None:
        if self.opened.done():  # too late: nobody waits for it any more
            return
        if self._socket.handshake_exc is not None:
            self.opened.set_exception(self._socket.handshake_exc)
        else:
            self.opened.set_result(None)

    def _flush(self) -> None:
        for data in self._socket.data_to_send():
            if data:
                self._transport.write(data)


@cache
def pieces_of(path: str, piece_ms: int, as_events: bool) -> list[bytes]:
    """A clip as messages; the last piece is filled up with silence. Without a path: silence.

    Events carry 24 kHz, bare samples are 16 kHz.
    """
    rate = RATE if as_events else BARE_RATE
    size = rate * piece_ms // 1000 * 2
    sound = _at_rate(Path(path).read_bytes(), rate) if path else bytes(size)
    sound += bytes(-len(sound) % size)
    pieces = [sound[at : at + size] for at in range(0, len(sound), size)]
    return [append_event(piece) for piece in pieces] if as_events else pieces


def _at_rate(sound: bytes, rate: int) -> bytes:
    if rate == RATE:
        return sound
    samples = np.frombuffer(sound, "<i2")
    at = np.arange(0, len(samples) - 1, RATE / rate)
    return np.interp(at, np.arange(len(samples)), samples).astype("<i2").tobytes()


def append_event(piece: bytes) -> bytes:
    """Sound as OpenAI's Realtime protocol has it."""
    audio = base64.b64encode(piece).decode()
    return orjson.dumps({"type": "input_audio_buffer.append", "audio": audio})


class Microphone:
    """Sends a piece when it is whole, at its fixed instant, speech or silence."""

    def __init__(self, line: Line, *, piece_ms: int, as_events: bool) -> None:
        self._line = line
        self._piece_ms = piece_ms
        self._as_events = as_events
        self._waiting: list[bytes] = []
        self._next_at = 0.0
        self.lateness: list[float] = []
        """Seconds after its instant that a piece was sent: how far the callers' process is
        behind."""

    async def run(self) -> None:
        """Until it is cancelled."""
        seconds = self._piece_ms / 1000
        silence = pieces_of("", self._piece_ms, self._as_events)[0]
        self._next_at = now() + seconds
        while True:
            await asyncio.sleep(max(0.0, self._next_at - now()))
            self.lateness.append(now() - self._next_at)
            piece = self._waiting.pop() if self._waiting else silence
            self._next_at += seconds
            self._line.send(piece, text=self._as_events)

    def say(self, path: str) -> float:
        """Speak this clip now; the instant of its first sample."""
        self._waiting = pieces_of(path, self._piece_ms, self._as_events)[::-1]
        return self._next_at - self._piece_ms / 1000


class Ear:
    """What is heard of us if it is played as it comes."""

    def __init__(self) -> None:
        self.first_sound: float | None = None
        """The instant of the first audible sample since `listen`."""
        self.since = 0.0
        """The instant before which no sound is an answer."""
        self.spoke_before = False
        """There was sound before that instant: we spoke over the caller."""
        self.last_piece = 0.0
        self.plays_until = 0.0
        self.lateness: list[float] = []
        """Seconds after a piece was due, which is when the line held the pacer's lead no more."""
        self.gaps = 0
        """Times that a reply's sound ran out before more of it came."""
        self._in_reply = False

    def listen(self, since: float) -> None:
        """For the first sound of a reply to what was said until then."""
        self.first_sound, self.since, self.spoke_before = None, since, False

    def take(self, at: float, sound: bytes, *, lead: float) -> None:
        """A piece that came; `lead`: seconds of sound that the line should hold at most."""
        begins = max(at, self.plays_until)
        if self._in_reply and at > self.plays_until:
            self.gaps += at < self.plays_until + SAME_REPLY_SECONDS
            self._in_reply = False
        if self._in_reply:
            self.lateness.append(max(0.0, at - (self.plays_until - lead)))
        elif self.plays_until - at >= lead - ROUNDING_SECONDS:
            self._in_reply = True
        if self.first_sound is None:
            samples = np.frombuffer(sound, "<i2")
            audible = np.flatnonzero(np.abs(samples.astype(np.int32)) > LEAST_AUDIBLE)
            sounds_at = begins + float(audible[0]) / RATE if audible.size else None
            if sounds_at is not None and sounds_at < self.since:
                self.spoke_before = True
            else:
                self.first_sound = sounds_at
        self.last_piece = at
        self.plays_until = begins + len(sound) / 2 / RATE


def read_event(message: str | bytes) -> dict[str, Any]:
    """A server's event."""
    event: dict[str, Any] = orjson.loads(message)
    return event
