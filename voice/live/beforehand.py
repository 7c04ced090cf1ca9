"""A reply that is made while its caller may still go on: unless he does, it is there at once."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator, Callable, Coroutine
from contextlib import aclosing
from typing import TYPE_CHECKING, Any

from voice.live.playing import pieces_of
from voice.speech.engines import Synthesizer
from voice.turn import Say, Turn

if TYPE_CHECKING:
    from voice.live_reply import LiveReply


class Beforehand:
    """One attempt at a turn that nobody has asked for yet. Nothing of it is read or heard: dropped,
    it is undone as every attempt is that other words took the place of."""

    def __init__(
        self,
        turn: Turn,
        live: LiveReply,
        *,
        synthesizer: Synthesizer | None,
        spawn: Callable[[Coroutine[Any, Any, None]], asyncio.Task[None]],
        at: float,
    ) -> None:
        """`at`: when, by the clock of playback."""
        self.turn = turn
        self.live = live
        self.at = at
        self.synthesizer = _Begun(synthesizer) if synthesizer is not None else None
        """With the sound of the first sentence; None: the reply is written."""
        self._task = spawn(self._make())

    async def drop(self) -> None:
        """The caller went on: none of it is made any more."""
        self._task.cancel()
        await asyncio.wait([self._task])

    async def _make(self) -> None:
        try:
            first = await self.live.first()
        except Exception:  # who asks for the reply meets it himself, where it is dealt with
            return
        if self.synthesizer is not None and isinstance(first, Say):
            await self.synthesizer.begin(first.text)


class _Begun(Synthesizer):
    """A voice that has begun with one sentence."""

    def __init__(self, voice: Synthesizer) -> None:
        self._voice = voice
        self._text: str | None = None
        self._pieces: asyncio.Queue[bytes | Exception | None] = asyncio.Queue()
        """Of that sentence; what is no sound ends it."""
        self._unwanted = asyncio.Event()

    async def begin(self, text: str) -> None:
        """Make the sound of this, for whoever asks for it first."""
        self._text = text
        ending: Exception | None = None
        try:
            async with aclosing(pieces_of(self._voice, text)) as pieces:
                async for piece in pieces:
                    self._pieces.put_nowait(piece)
                    if self._unwanted.is_set():
                        break
        except Exception as failure:  # as above
            ending = failure
        self._pieces.put_nowait(ending)

    async def speak(self, text: str) -> AsyncGenerator[bytes, None]:
        """See Synthesizer."""
        if text != self._text:
            async with aclosing(pieces_of(self._voice, text)) as pieces:
                async for piece in pieces:
                    yield piece
            return
        self._text = None
        try:
            while (made := await self._pieces.get()) is not None:
                if isinstance(made, Exception):
                    raise made
                yield made
        finally:
            self._unwanted.set()
