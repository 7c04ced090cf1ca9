"""A reply as its door gets it: parts as they are made, and back what of them the caller heard."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator, Awaitable, Callable
from types import TracebackType

from voice.call import CallContext
from voice.reply_in_hand import ReplyInHand
from voice.turn import Part


class LiveReply:
    """Parts come by iterating, inside `async with`, for one reader. What the reader does not say
    was heard was not; who leaves before anything was heard leaves nothing behind."""

    def __init__(self, opening: Callable[[], Awaitable[ReplyInHand]]) -> None:
        self._opening: Callable[[], Awaitable[ReplyInHand]] | None = opening
        self._reply: ReplyInHand | None = None
        self._reading: AsyncGenerator[Part, None] | None = None
        self._entry = asyncio.Lock()
        self._left = False

    async def __aenter__(self) -> LiveReply:
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        await self.aclose()

    def __aiter__(self) -> LiveReply:
        return self

    async def __anext__(self) -> Part:
        reply = await self._open()
        if reply is None or self._left:
            raise StopAsyncIteration
        if self._reading is None:
            self._reading = reply.read()
        return await anext(self._reading)

    async def first(self) -> Part | None:
        """The first part, which is not read by this; None when there is none to come."""
        reply = await self._open()
        if reply is not None:
            await reply.begun()
        return reply.parts[0] if reply is not None and reply.parts else None

    async def _open(self) -> ReplyInHand | None:
        async with self._entry:
            if self._opening is not None:
                self._reply = await self._opening()
                self._opening = None
        return self._reply

    @property
    def parts(self) -> tuple[Part, ...]:
        """All that was made so far, read or not."""
        return tuple(self._reply.parts) if self._reply else ()

    @property
    def said(self) -> bool:
        """Whether anything but a filler was heard: then what was done stands."""
        return self._reply is not None and self._reply.said

    @property
    def context(self) -> CallContext | None:
        """What the call has come to with this reply; None before that is known."""
        return self._reply.context if self._reply else None

    def heard(self, part: int, characters: int | None = None) -> None:
        """The caller heard this part, or so many of its characters, and all parts before it."""
        if self._reply is not None:
            self._reply.hear(part, characters)

    async def played(self) -> None:
        """The caller heard all of it. Returns when that is written down; settlement counts from
        here."""
        if self._reply is not None:
            await self._reply.play_out()

    def note(self, what: str, milliseconds: int) -> None:
        """When something came of this turn at its door, counted from the turn's arrival."""
        if self._reply is not None:
            self._reply.noted[what] = milliseconds

    def halt(self) -> None:
        """Make no more of it. What was heard may still be said until it is closed."""
        if self._reply is not None:
            self._reply.halt()

    async def aclose(self) -> None:
        """The reader goes: what was heard stands, and is written down soon."""
        self._opening = None
        if self._reading is not None:
            await self._reading.aclose()
            self._reading = None
        if self._reply is not None and not self._left:
            self._left = True
            self._reply.leave()

    async def written_down(self) -> None:
        """After `aclose`: until what was heard is in the journal and no write runs any more."""
        if self._reply is not None:
            await self._reply.written_down()
