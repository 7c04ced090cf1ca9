"""Clients that others wrote hold spoken bookings through the real engines, unmodified."""

from __future__ import annotations

import asyncio
import base64
from collections.abc import AsyncIterator, Awaitable, Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

pytest.importorskip("numpy")
pytest.importorskip("ctranslate2")
pytest.importorskip("hibari")

import numpy as np
from agents.realtime import RealtimeAgent, RealtimeRunner, RealtimeSession
from openai import AsyncOpenAI
from openai.resources.realtime.realtime import AsyncRealtimeConnection

from tests.webhooks.doors import ADMIN_TOKEN, Opened, served, settings_in
from tests.webhooks.realtime.callers import address, bookings
from voice.live import hearing
from voice.live.audio import LineOut
from voice.live.audio_format import PCM_24K, PCMU_8K, AudioFormat
from voice.speech.opening import Engines
from webhooks.live_calls import LiveCalls

pytestmark = [pytest.mark.slow, pytest.mark.timeout(600)]

PIECE_SECONDS = 0.1
PAUSE_SECONDS = 2.5
"""After a line: longer than any turn is kept open."""
ANY_SPEED_SECONDS = 90
"""For the recogniser: how fast the machine is, is not tested here."""
LINES = (
    "I'd like a dental cleaning tomorrow at ten, please.",
    "Yes, please.",
    "My name is Anna Berg.",
    "5 1 8, 5 5 5, 0 1 3 4.",
    "My number is 5 1 8, 5 5 5, 0 1 3 4.",
    "Yes, that's right.",
    "Yes, please book it.",
)


@pytest.fixture
async def door(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Opened]:
    monkeypatch.setattr(hearing, "WORDS_SECONDS", ANY_SPEED_SECONDS)
    async with served(settings_in(tmp_path, speech="local")) as door:
        yield door


async def engines_of(door: Opened) -> Engines:
    calls: LiveCalls = door.app.state.live_calls
    return await calls.speech.ready()


@dataclass
class Caller:
    """Speaks through somebody's client, and hears what we answer. The sound is sent as fast as it
    is taken: we count it by its length."""

    engines: Engines
    line: AudioFormat
    send: Callable[[bytes], Awaitable[None]]
    answer: Callable[[], Awaitable[str]]

    async def holds_the_conversation(self) -> None:
        """Line by line; what was not understood is said again, as on any telephone."""
        for text in LINES:
            sound = await self._spoken(text)
            while True:
                await self._say(sound)
                if "again" not in await self.answer():
                    break

    async def _spoken(self, text: str) -> bytes:
        out = LineOut(self.line)
        pieces = [out.take(piece) async for piece in self.engines.synthesizer.speak(text)]
        return b"".join((*pieces, out.take(b"", last=True)))

    async def _say(self, sound: bytes) -> None:
        length = round(self.line.bytes_a_second * PIECE_SECONDS)
        quiet = b"\xff" if self.line.encoding == "pcmu" else b"\0"
        sound += quiet * round(self.line.bytes_a_second * PAUSE_SECONDS)
        for at in range(0, len(sound), length):
            await self.send(sound[at : at + length])


async def assert_booked(door: Opened) -> None:
    (booking,) = await bookings(door)
    assert booking["start"].startswith("2026-11-24T10:00")
    assert "leaning" in booking["service"]
    assert booking["customer"]["phone"] == "+15185550134"
    assert booking["status"] == "booked"


def is_sound(audio: bytes, line: AudioFormat) -> bool:
    """More than a second that is not silent."""
    if line.encoding == "pcm":
        loud = np.abs(np.frombuffer(audio, "<i2").astype(int)) > 500
        return bool(loud.sum() > 2000)
    return len(audio) > line.bytes_a_second and len(set(audio)) > 50


@dataclass
class OpenAIClient:
    """The official client's connection, and what came through it."""

    connection: AsyncRealtimeConnection
    sound: bytearray = field(default_factory=bytearray)
    heard: list[str] = field(default_factory=list)
    said: list[str] = field(default_factory=list)

    async def send(self, piece: bytes) -> None:
        """Some of the caller's sound."""
        await self.connection.input_audio_buffer.append(audio=base64.b64encode(piece).decode())

    async def answer(self) -> str:
        """Our next whole answer."""
        async for event in self.connection:
            assert event.type != "error", event
            if event.type == "response.output_audio.delta":
                self.sound.extend(base64.b64decode(event.delta))
            if event.type == "conversation.item.input_audio_transcription.completed":
                self.heard.append(event.transcript)
            if event.type == "response.output_audio_transcript.done":
                self.said.append(event.transcript)
            if event.type == "response.done" and event.response.status == "completed":
                return self.said[-1]
        raise AssertionError("hung up on")


@pytest.mark.parametrize("line", [PCM_24K, PCMU_8K], ids=["wide", "mu-law"])
async def test_the_openai_client_books_aloud(door: Opened, line: AudioFormat) -> None:
    engines = await engines_of(door)
    openai = AsyncOpenAI(base_url=f"{door.client.base_url}/v1", api_key=ADMIN_TOKEN)
    async with openai, openai.realtime.connect(model="ringbook") as connection:
        client = OpenAIClient(connection)
        if line is PCMU_8K:
            telephone: Any = {"format": {"type": "audio/pcmu"}}
            await connection.session.update(
                session={"type": "realtime", "audio": {"input": telephone, "output": telephone}}
            )
        await connection.response.create()
        assert "Willow Street Clinic" in await client.answer()
        await Caller(engines, line, client.send, client.answer).holds_the_conversation()
    await assert_booked(door)
    assert len(client.heard) >= len(LINES)
    assert "cleaning" in " ".join(client.heard)
    assert is_sound(bytes(client.sound), line)


@dataclass
class AgentsClient:
    """A session of the agents SDK, and what came through it."""

    session: RealtimeSession
    ended: asyncio.Queue[None] = field(default_factory=asyncio.Queue)
    sound: bytearray = field(default_factory=bytearray)
    said: list[str] = field(default_factory=list)

    async def listen(self) -> None:
        """Until the session is over."""
        async for event in self.session:
            assert event.type != "error", event
            if event.type == "audio":
                self.sound.extend(event.audio.data)
            if event.type == "raw_model_event" and event.data.type == "transcript_delta":
                self.said.append(event.data.delta)
            if event.type == "audio_end":
                self.ended.put_nowait(None)

    async def answer(self) -> str:
        """The last words of our next whole answer."""
        await self.ended.get()
        return self.said[-1]


async def test_an_agents_sdk_session_books_aloud(door: Opened) -> None:
    engines = await engines_of(door)
    runner = RealtimeRunner(RealtimeAgent(name="Caller", instructions="unheard"))
    session = await runner.run(
        model_config={
            "url": address(door),
            "api_key": ADMIN_TOKEN,
            "initial_model_settings": {"turn_detection": {"type": "semantic_vad"}},
        }
    )
    async with session:
        client = AgentsClient(session)
        listening = asyncio.create_task(client.listen())
        await session.send_message("Hello")
        assert await client.answer()
        caller = Caller(engines, PCM_24K, session.send_audio, client.answer)
        await caller.holds_the_conversation()
        listening.cancel()
        await asyncio.gather(listening, return_exceptions=True)
    await assert_booked(door)
    assert is_sound(bytes(client.sound), PCM_24K)
