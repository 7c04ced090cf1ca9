"""A reply in the making: its parts, who reads along, and when it has been taken."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator, Coroutine
from typing import Any

from voice.turn import Part, Say, Turn


class ReplyInHand:
    """One attempt at a turn in this process; the same words asked again read along."""

    def __init__(self, turn: Turn) -> None:
        self.turn = turn
        self.parts: list[Part] = []
        self.heard = 0
        """How many parts the door has taken."""
        self.delivered = False
        """The door has taken the whole reply."""
        self.closing = False
        """Being written down: from here on it is waited for, not stopped."""
        self._readers = 0
        self._ended = False
        self._failure: BaseException | None = None
        self._news = asyncio.Event()
        self._taken = asyncio.Event()
        self._task: asyncio.Task[None] | None = None
        self._stopped = False

    def start(self, making: Coroutine[Any, Any, None]) -> asyncio.Task[None]:
        """Begin to make the reply."""
        self._task = asyncio.create_task(making)
        self._task.add_done_callback(self._over)
        return self._task

    def answers(self, turn: Turn) -> bool:
        """Whether who asks this may read along."""
        same = (self.turn.number, self.turn.text) == (turn.number, turn.text)
        return same and not self._stopped and self._failure is None

    @property
    def said(self) -> bool:
        """Whether the caller's door has taken anything but a filler."""
        return any(not (isinstance(part, Say) and part.filler) for part in self.parts[: self.heard])

    @property
    def speaking(self) -> bool:
        """Whether there is anything to hear yet, a filler apart."""
        return any(not (isinstance(part, Say) and part.filler) for part in self.parts)

    def add(self, part: Part) -> None:
        """One more part for all who read."""
        self.parts.append(part)
        self._tell()

    def end(self) -> None:
        """Nothing more will be said."""
        self._ended = True
        self._tell()

    def fail(self, failure: BaseException) -> None:
        """The door must know: there is no reply to give."""
        self._failure = failure
        self.end()

    async def read(self) -> AsyncGenerator[Part, None]:
        """The parts from the first; ends once the whole reply is taken and written down."""
        self._readers += 1
        try:
            at = 0
            while True:
                news = self._news
                while at < len(self.parts):
                    at += 1
                    self.heard = max(self.heard, at)
                    yield self.parts[at - 1]
                if self._ended:
                    break
                await news.wait()
            if self._failure is not None:
                raise self._failure
            self.delivered = True
            self._taken.set()
            if self._task is not None:
                await asyncio.wait({self._task})
        finally:
            self._readers -= 1
            if not self._readers and not self.delivered:
                self._leave()

    async def taken(self) -> None:
        """Until the whole reply has been taken, or nobody is left to take it."""
        await self._taken.wait()

    async def stop(self) -> None:
        """Cut short what is still being made; returns when nothing of it runs any more."""
        self._leave()
        if self._task is not None:
            await asyncio.wait({self._task})

    def _leave(self) -> None:
        self._stopped = True
        self._taken.set()
        if self._task is not None and not self._ended and not self.closing:
            self._task.cancel()

    def _over(self, task: asyncio.Task[None]) -> None:
        if not task.cancelled() and (failure := task.exception()) is not None:
            self._failure = self._failure or failure
        self.end()

    def _tell(self) -> None:
        self._news.set()
        self._news = asyncio.Event()
