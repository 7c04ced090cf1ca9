"""The hosted engine while it is well, the local one whenever it is not, within the same call."""

from __future__ import annotations

from collections.abc import AsyncGenerator, AsyncIterator
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING

import structlog

from voice.breaker import Breaker
from voice.speech.engines import EngineFailed, Hints, Synthesizer, Transcriber, Transcript

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

log = structlog.stdlib.get_logger(__name__)


class FallingBackTranscriber(Transcriber):
    """What the first does not hear the second hears; the breaker spares callers the wait. Nobody
    far away answers soon enough to a glimpse."""

    def __init__(self, first: Transcriber, second: Transcriber, breaker: Breaker) -> None:
        self._first = first
        self._second = second
        self._breaker = breaker

    async def transcribe(self, samples: NDArray[np.float32], hints: Hints) -> Transcript:
        """See Transcriber."""
        if not hints.glimpse and self._breaker.admits():
            try:
                heard = await self._first.transcribe(samples, hints)
            except EngineFailed as failure:
                self._breaker.failed()
                log.warning("speech_fell_back", engine="transcriber", failure=str(failure))
            else:
                self._breaker.succeeded()
                return heard
        return await self._second.transcribe(samples, hints)


class FallingBackSynthesizer(Synthesizer):
    """What the first does not finish the second says from the beginning, as a person would."""

    def __init__(self, first: Synthesizer, second: Synthesizer, breaker: Breaker) -> None:
        self._first = first
        self._second = second
        self._breaker = breaker

    async def speak(self, text: str) -> AsyncGenerator[bytes, None]:
        """See Synthesizer."""
        if self._breaker.admits():
            try:
                async with _closing(self._first.speak(text)) as pieces:
                    async for piece in pieces:
                        yield piece
            except EngineFailed as failure:
                self._breaker.failed()
                log.warning("speech_fell_back", engine="synthesizer", failure=str(failure))
            else:
                self._breaker.succeeded()
                return
        async with _closing(self._second.speak(text)) as pieces:
            async for piece in pieces:
                yield piece


@asynccontextmanager
async def _closing(pieces: AsyncIterator[bytes]) -> AsyncIterator[AsyncIterator[bytes]]:
    """Whoever stops listening hangs up on the engine at once, not when memory is swept."""
    try:
        yield pieces
    finally:
        if isinstance(pieces, AsyncGenerator):
            await pieces.aclose()
