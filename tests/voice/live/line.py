"""A telephone line to a live call: sound goes in frame by frame, and events come out."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import TypeVar

import numpy as np

from scheduling.values import Organisation
from tests.voice.live.stand_ins import ManualClock, Samples, ScriptedEngines, settle
from voice.conversation import Conversation
from voice.live.audio_format import AudioFormat
from voice.live.call import LiveCall
from voice.live.endpointing import FRAME_SAMPLES, FRAME_SECONDS
from voice.live.events import Event, PartAudio, PartText, ReplyEnded
from voice.live.settings import LiveSettings
from voice.turn import CallFacts

E = TypeVar("E", bound=Event)
LINE = AudioFormat("pcm", 16_000)
SETTINGS = LiveSettings(audio_in=LINE, audio_out=LINE)


@dataclass
class Line:
    """One call and what came of it."""

    live: LiveCall
    engines: ScriptedEngines
    time: ManualClock
    call: CallFacts
    events: list[Event] = field(default_factory=list)
    news: asyncio.Event = field(default_factory=asyncio.Event)
    read: int = 0
    """Events that `until` has passed."""
    first_sound_at: float = 0.0
    """Of ours, by the clock of playback."""

    async def collect(self) -> None:
        """Takes what comes out."""
        async for event in self.live.events():
            if isinstance(event, PartAudio) and not self.first_sound_at:
                self.first_sound_at = self.time.seconds
            self.events.append(event)
            self.news.set()

    def of(self, kind: type[E]) -> list[E]:
        """All events of this kind so far."""
        return [event for event in self.events if isinstance(event, kind)]

    async def until(self, kind: type[E], when: Callable[[E], bool] = lambda _: True) -> E:
        """The next such event after the last that was waited for."""
        while True:
            while self.read < len(self.events):
                event = self.events[self.read]
                self.read += 1
                if isinstance(event, kind) and when(event):
                    return event
            self.news.clear()
            await self.news.wait()

    async def sound(self, samples: Samples) -> None:
        """In real time: each frame, then its 32 ms pass."""
        for at in range(0, len(samples), FRAME_SAMPLES):
            frame = samples[at : at + FRAME_SAMPLES]
            self.live.hear((frame * 32767).astype("<i2").tobytes())
            await self.time.advance(FRAME_SECONDS)

    async def silence(self, seconds: float) -> None:
        """Nobody speaks."""
        frames = round(seconds / FRAME_SECONDS)
        await self.sound(np.zeros(frames * FRAME_SAMPLES, np.float32))

    async def speech(self, text: str, seconds: float = 1.0) -> None:
        """The caller says this."""
        await self.sound(self.engines.texts.sound(text, seconds))

    async def says(self, text: str, seconds: float = 1.0) -> str:
        """The caller says this, and hears the whole answer."""
        await self.speech(text, seconds)
        await self.silence(1.7)
        return await self.hears_out()

    async def comes_to_a_read_back(self) -> None:
        """Maria Lopez's check-up with Ana Ruiz tomorrow at two, which a yes would book."""
        await self.says("a check-up with Ana Ruiz tomorrow at 2 pm")
        await self.says("yes please", 0.5)
        await self.says("Maria Lopez", 0.6)

    async def hears_out(self) -> str:
        """Listens to the end of the next reply; what it said."""
        first = self.read
        ended = await self.until_playing(ReplyEnded, lambda reply: reply.status == "completed")
        await self.time.advance(0.5)
        texts = [
            event.text
            for event in self.events[first : self.read]
            if isinstance(event, PartText) and event.reply == ended.reply
        ]
        return " ".join(texts)

    async def until_playing(self, kind: type[E], when: Callable[[E], bool] = lambda _: True) -> E:
        """The next such event, while the clock of playback runs."""
        waiting = asyncio.ensure_future(self.until(kind, when))
        while not waiting.done():
            await self.time.advance(0.02)
            await asyncio.wait([waiting], timeout=0.001)
        return waiting.result()

    def sent(self) -> bytes:
        """All sound of ours."""
        return b"".join(event.audio for event in self.of(PartAudio))


@asynccontextmanager
async def open_line(
    conversation: Conversation,
    organisation: Organisation,
    *,
    settings: LiveSettings = SETTINGS,
    speech: bool = True,
    call_id: str = "live-1",
) -> AsyncIterator[Line]:
    """A call that has begun; it is hung up at the end, and then nothing of it runs."""
    engines, time = ScriptedEngines(), ManualClock()
    call = CallFacts(
        call_id=call_id,
        organisation_id=organisation.id,
        door="socket",
        credential="caller",
        known_phone="+15185550100",
        can_transfer=True,
        can_hang_up=True,
    )
    live = LiveCall(
        call,
        conversation=conversation,
        engines=engines.for_calls() if speech else None,
        settings=settings,
        clock=time.clock,
    )
    line = Line(live, engines, time, call)
    running = asyncio.ensure_future(live.run())
    collecting = asyncio.ensure_future(line.collect())
    await settle()
    try:
        yield line
    finally:
        live.hang_up()
        await asyncio.gather(running, collecting)
