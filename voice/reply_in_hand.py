"""A reply in the making: its parts, who reads along, and what of it was heard."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator, Awaitable, Callable, Coroutine
from typing import Any

from voice.call import CallContext
from voice.turn import Part, Say, Turn


class ReplyInHand:
    """One attempt at a turn in this process; the same words asked again read along."""

    def __init__(self, turn: Turn) -> None:
        self.turn = turn
        self.parts: list[Part] = []
        self.heard = 0
        """How many parts the caller has heard, the last perhaps not whole."""
        self.heard_characters: int | None = None
        """Of the last part that was heard; None: all of them."""
        self.delivered = False
        """The whole reply was played, or written to its reader."""
        self.context: CallContext | None = None
        """What the call came to and which tools ran; None before it is known."""
        self.noted: dict[str, int] = {}
        """What the door timed of it, in milliseconds from the arrival of the turn."""
        self.closing = False
        """Being written down: from here on it is waited for, not stopped."""
        self.before_words: Callable[[], Awaitable[None]] | None = None
        """Done before each part leaves that is no filler."""
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
        ours = self.turn
        same = (ours.number, ours.text, ours.history) == (turn.number, turn.text, turn.history)
        return same and not self._stopped and self._failure is None

    @property
    def said(self) -> bool:
        """Whether the caller has heard anything but a filler."""
        heard = self.parts[: self.heard]
        if self.heard_characters == 0:
            heard = heard[:-1]
        return any(not _is_filler(part) for part in heard)

    @property
    def speaking(self) -> bool:
        """Whether there is anything to hear yet, a filler apart."""
        return any(not _is_filler(part) for part in self.parts)

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

    def join(self) -> None:
        """One more reader, until it leaves."""
        self._readers += 1

    def leave(self) -> None:
        """A reader is gone; the last one leaves nobody to hear the rest."""
        self._readers -= 1
        if not self._readers:
            self._leave()

    def hear(self, part: int, characters: int | None) -> None:
        """So much of this part was heard, and all before it. What a reader says last counts;
        one who hears less far than another changes nothing."""
        whole = characters is None or characters >= _length(self.parts[part])
        if part + 1 >= self.heard:
            self.heard, self.heard_characters = part + 1, None if whole else characters

    async def play_out(self) -> None:
        """All that was made was heard: it is written down."""
        self.heard, self.heard_characters = len(self.parts), None
        self.delivered = self._ended
        self._taken.set()
        await self.written_down()

    async def written_down(self) -> None:
        """Until nothing of it runs any more."""
        if self._task is not None:
            await asyncio.wait({self._task})

    def halt(self) -> None:
        """No more of it is made; a write that began ends, and what is heard may still be told."""
        self._stopped = True
        if self._task is not None and not self._ended and not self.closing:
            self._task.cancel()

    async def begun(self) -> None:
        """Until there is a first part, or none to come."""
        while not self.parts and not self._ended:
            await self._news.wait()

    async def read(self) -> AsyncGenerator[Part, None]:
        """The parts from the first. It ends when there are no more; to read is not to hear."""
        at = 0
        while True:
            news = self._news
            while at < len(self.parts):
                part = self.parts[at]
                if self.before_words is not None and not _is_filler(part):
                    await self.before_words()
                at += 1
                yield part
            if self._ended:
                break
            await news.wait()
        if self._failure is not None:
            raise self._failure

    async def taken(self) -> None:
        """Until the whole reply has been heard, or nobody is left to hear it."""
        await self._taken.wait()

    async def stop(self) -> None:
        """Cut short what is still being made; returns when nothing of it runs any more."""
        self._leave()
        await self.written_down()

    def _leave(self) -> None:
        self._taken.set()
        self.halt()

    def _over(self, task: asyncio.Task[None]) -> None:
        if not task.cancelled() and (failure := task.exception()) is not None:
            self._failure = self._failure or failure
        self.end()

    def _tell(self) -> None:
        self._news.set()
        self._news = asyncio.Event()


def _is_filler(part: Part) -> bool:
    return isinstance(part, Say) and part.filler


def _length(part: Part) -> int:
    return len(part.text) if isinstance(part, Say) else 0
