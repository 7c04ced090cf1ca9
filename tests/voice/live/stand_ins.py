"""Engines and a clock for live calls: sound whose loudness is its words, and time on command."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator, Callable
from contextlib import suppress
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from voice.live.clock import Clock
from voice.live.endpointing import FRAME_SAMPLES
from voice.live.engines import CallEngines
from voice.speech.engines import SPOKEN_RATE, EngineFailed, Hints, Transcript

Samples = NDArray[np.float32]
STEP = 0.01
"""Of loudness, from one text to the next."""
CHARACTERS_A_SECOND = 14
SMOOTH = np.hanning(16) / 8


class ManualClock:
    """Time that passes when the test says so; who sleeps wakes in order."""

    def __init__(self) -> None:
        self.seconds = 1000.0
        self._sleepers: list[tuple[float, asyncio.Future[None]]] = []

    @property
    def clock(self) -> Clock:
        """As a call takes it."""
        return Clock(now=lambda: self.seconds, sleep=self._sleep)

    async def advance(self, seconds: float) -> None:
        """Wake whoever is due until then, each at its second."""
        until = self.seconds + seconds
        while due := [each for each in self._sleepers if each[0] <= until + 1e-9]:
            first = min(due, key=lambda each: each[0])
            self._sleepers.remove(first)
            self.seconds = max(self.seconds, first[0])
            if not first[1].done():
                first[1].set_result(None)
            await settle()
        self.seconds = until
        await settle()

    async def _sleep(self, seconds: float) -> None:
        waking: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        entry = (self.seconds + seconds, waking)
        self._sleepers.append(entry)
        try:
            await waking
        finally:
            with suppress(ValueError):
                self._sleepers.remove(entry)


async def settle() -> None:
    """Let everything run that can run without time passing."""
    for _ in range(25):
        await asyncio.sleep(0)


@dataclass
class Texts:
    """Texts by the loudness that carries them."""

    said: list[str] = field(default_factory=list)

    def sound(self, text: str, seconds: float) -> Samples:
        """A caller's sound of which the recogniser makes this text."""
        if text not in self.said:
            self.said.append(text)
        loudness = STEP * (self.said.index(text) + 1)
        frames = round(seconds * 16_000 / FRAME_SAMPLES)
        buzz = np.where(np.arange(frames * FRAME_SAMPLES) // 8 % 2, loudness, -loudness)
        return buzz.astype(np.float32)

    def read(self, samples: Samples) -> str:
        """The texts in this sound, in order."""
        found: list[str] = []
        steps = np.rint(np.abs(samples[:: FRAME_SAMPLES // 4]) / STEP).astype(int)
        for step in steps:
            if 0 < step <= len(self.said) and (not found or found[-1] != self.said[step - 1]):
                found.append(self.said[step - 1])
        return " ".join(filter(None, found))


class LoudnessJudge:
    """Voice activity: all that is loud is speech."""

    def probability(self, frame: Samples) -> float:
        """1 or 0."""
        return float(np.abs(frame).max() > STEP / 2)


class ReadingTranscriber:
    """A recogniser that reads `Texts`, and notes what was asked of it."""

    def __init__(self, texts: Texts) -> None:
        self.texts = texts
        self.asked: list[tuple[float, Hints]] = []
        self.dropped = 0
        self.fails = False
        self.failure: Callable[[], Exception] = lambda: EngineFailed("not today")
        self.slow: asyncio.Event | None = None

    async def transcribe(self, samples: Samples, hints: Hints) -> Transcript:
        """The text, once `slow` is set where it is there."""
        self.asked.append((len(samples) / 16_000, hints))
        if self.fails:
            raise self.failure()
        try:
            if self.slow is not None:
                await self.slow.wait()
            else:
                await asyncio.sleep(0)
        except asyncio.CancelledError:
            self.dropped += 1
            raise
        return Transcript(self.texts.read(samples), len(samples) / 16_000)


class NoisySynthesizer:
    """Speaks noise, fourteen characters a second unless told otherwise."""

    def __init__(self, characters_a_second: float = CHARACTERS_A_SECOND) -> None:
        self._characters_a_second = characters_a_second
        self.spoken: list[str] = []
        self.running = 0
        self.fails = False
        self.slow: asyncio.Event | None = None
        self._noise = np.random.default_rng(7)

    async def speak(self, text: str) -> AsyncGenerator[bytes, None]:
        """In quarters of a second."""
        self.spoken.append(text)
        self.running += 1
        try:
            if self.fails:
                raise EngineFailed("hoarse")
            left = round(len(text) / self._characters_a_second * SPOKEN_RATE)
            while left:
                if self.slow is not None:
                    await self.slow.wait()
                samples = min(left, SPOKEN_RATE // 4)
                left -= samples
                # As a voice, with little above 3 kHz.
                noise = np.convolve(self._noise.normal(0, 0.3, samples), SMOOTH, "same")
                yield (noise.clip(-1, 1) * 32767).astype("<i2").tobytes()
                await asyncio.sleep(0)
        finally:
            self.running -= 1


class ScriptedEngines:
    """What a call asks of its engines."""

    def __init__(self) -> None:
        self.texts = Texts()
        self.synthesizer = NoisySynthesizer()
        self.transcriber = ReadingTranscriber(self.texts)

    def for_calls(self) -> CallEngines:
        """As a call takes them."""
        return CallEngines(self.transcriber, self.synthesizer, LoudnessJudge)
