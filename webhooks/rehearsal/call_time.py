"""The time of one rehearsed call: it passes with the sound on its line, not with the work."""

from __future__ import annotations

import asyncio
import heapq
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager
from dataclasses import dataclass, replace
from itertools import count
from typing import TYPE_CHECKING

import httpx2

from voice.live.clock import Clock
from voice.speech.engines import Hints, Synthesizer, Transcriber, Transcript
from voice.speech.opening import Engines, Speech
from webhooks.live_calls import LiveCalls, OpenLiveCalls
from webhooks.resources import Resources
from webhooks.settings import Settings

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

STUCK_SECONDS = 120.0
ROUNDS = 8
"""Turns of the event loop that tasks get to do what has become due."""


class CallTime:
    """Seconds that pass when told to. Who works keeps them from passing, so that a call is the
    same on a slow machine, and takes no longer than its work does."""

    def __init__(self) -> None:
        self.seconds = 0.0
        self._sleepers: list[tuple[float, int, asyncio.Future[None]]] = []
        self._order = count()
        self._working = 0
        self._rested = asyncio.Event()
        self._rested.set()

    @property
    def clock(self) -> Clock:
        """As a live call takes it."""
        return Clock(
            now=lambda: self.seconds,
            sleep=self._sleep,
            # No work takes any of this time; what takes so much of the machine's is stuck.
            deadline=lambda _: asyncio.timeout(STUCK_SECONDS),
        )

    async def advance(self, seconds: float) -> None:
        """Wakes each sleeper at its second, and returns when nobody works any more."""
        until = self.seconds + seconds
        while self._sleepers and self._sleepers[0][0] <= until:
            due, _, waking = heapq.heappop(self._sleepers)
            self.seconds = max(self.seconds, due)
            if not waking.done():
                waking.set_result(None)
                await self._settle()
        self.seconds = until
        await self._settle()

    @contextmanager
    def standing_still(self) -> Iterator[None]:
        """While this lasts."""
        self._working += 1
        self._rested.clear()
        try:
            yield
        finally:
            self._working -= 1
            if not self._working:
                self._rested.set()

    async def _settle(self) -> None:
        for _ in range(ROUNDS):
            await asyncio.sleep(0)
            await self._rested.wait()

    async def _sleep(self, seconds: float) -> None:
        waking: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        heapq.heappush(self._sleepers, (self.seconds + seconds, next(self._order), waking))
        await waking


@dataclass(frozen=True, slots=True)
class UnhurriedTranscriber(Transcriber):
    """Hears outside of a call's time."""

    inner: Transcriber
    time: CallTime

    async def transcribe(self, samples: NDArray[np.float32], hints: Hints) -> Transcript:
        """See Transcriber."""
        with self.time.standing_still():
            return await self.inner.transcribe(samples, hints)


@dataclass(frozen=True, slots=True)
class UnhurriedSynthesizer(Synthesizer):
    """Speaks outside of a call's time."""

    inner: Synthesizer
    time: CallTime

    async def speak(self, text: str) -> AsyncIterator[bytes]:
        """See Synthesizer; whole, so that the time never stands still for who listens."""
        with self.time.standing_still():
            pieces = [piece async for piece in self.inner.speak(text)]
        for piece in pieces:
            yield piece


def live_calls_in(time: CallTime, engines: Engines) -> OpenLiveCalls:
    """Live calls of an app of its own, on engines that others use too."""
    unhurried = replace(
        engines,
        transcriber=UnhurriedTranscriber(engines.transcriber, time),
        synthesizer=UnhurriedSynthesizer(engines.synthesizer, time),
    )

    @asynccontextmanager
    async def opened(
        settings: Settings, resources: Resources, outside: httpx2.AsyncBaseTransport | None
    ) -> AsyncIterator[LiveCalls]:
        del outside
        async with LiveCalls(
            resources.conversation,
            resources.journal,
            Speech(asyncio.create_task(_loaded(unhurried))),
            metrics=resources.metrics,
            minutes=settings.call_minutes,
            clock=time.clock,
        ) as calls:
            yield calls

    return opened


async def _loaded(engines: Engines) -> Engines:
    return engines
