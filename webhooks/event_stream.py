"""Chat-completion chunks over server-sent events, and a response that notices who hangs up."""

from __future__ import annotations

import asyncio
import time
import uuid
from collections.abc import AsyncGenerator, Callable, Coroutine, Mapping
from dataclasses import dataclass
from typing import Any, TypeVar

import orjson
from starlette.responses import Response
from starlette.types import Receive, Scope, Send

T = TypeVar("T")
MODEL_NAME = "ringbook"
DONE = b"data: [DONE]\n\n"


@dataclass(frozen=True, slots=True)
class Chunks:
    """The chunks of one completion; every frame has its `choices`."""

    completion_id: str
    created: int

    @classmethod
    def begin(cls) -> Chunks:
        """A new completion, under an id of its own."""
        return cls(completion_id=f"chatcmpl-{uuid.uuid4().hex}", created=int(time.time()))

    def content(self, text: str, *, first: bool) -> bytes:
        """Words to speak; the first chunk also names the role."""
        delta = {"role": "assistant", "content": text} if first else {"content": text}
        return self._frame(delta, None)

    def tool_call(self, name: str, arguments: Mapping[str, Any], *, first: bool) -> bytes:
        """A call of a tool that the other side runs."""
        call = {
            "index": 0,
            "id": f"call_{uuid.uuid4().hex[:24]}",
            "type": "function",
            "function": {"name": name, "arguments": orjson.dumps(arguments).decode()},
        }
        delta: dict[str, Any] = {"tool_calls": [call]}
        return self._frame({"role": "assistant"} | delta if first else delta, None)

    def finish(self, reason: str) -> bytes:
        """The chunk that ends the reply."""
        return self._frame({}, reason)

    def usage(self, usage: Mapping[str, int]) -> bytes:
        """The closing chunk of clients that asked for usage; it has no choice."""
        return _data({**self._head(), "choices": [], "usage": dict(usage)})

    def _frame(self, delta: Mapping[str, Any], reason: str | None) -> bytes:
        choice = {"index": 0, "delta": delta, "logprobs": None, "finish_reason": reason}
        return _data({**self._head(), "choices": [choice]})

    def _head(self) -> dict[str, Any]:
        return {
            "id": self.completion_id,
            "object": "chat.completion.chunk",
            "created": self.created,
            "model": MODEL_NAME,
        }


class EventStream(Response):
    """Sends frames as they come; when the other side goes, the frames' source is closed at once.

    Starlette's own notices a disconnect only when it next has something to send.
    """

    media_type = "text/event-stream"

    def __init__(
        self, frames: AsyncGenerator[bytes, None], *, headers: Mapping[str, str] | None = None
    ) -> None:
        super().__init__(
            headers={
                "Cache-Control": "no-cache",
                "X-Accel-Buffering": "no",
                **(headers or {}),
            }
        )
        del self.headers["content-length"]
        self._frames = frames
        self._afterwards: list[Callable[[], None]] = []

    def afterwards(self, act: Callable[[], None]) -> EventStream:
        """Have this done when the stream is over, however it ends."""
        self._afterwards.append(act)
        return self

    async def __call__(self, _scope: Scope, receive: Receive, send: Send) -> None:
        try:
            await until_gone(receive, self._send_all(send))
        finally:
            for act in self._afterwards:
                act()
            await self._frames.aclose()

    async def _send_all(self, send: Send) -> None:
        await send(
            {"type": "http.response.start", "status": self.status_code, "headers": self.raw_headers}
        )
        async for frame in self._frames:
            await send({"type": "http.response.body", "body": frame, "more_body": True})
        await send({"type": "http.response.body", "body": b"", "more_body": False})


async def until_gone(receive: Receive, work: Coroutine[Any, Any, T]) -> T | None:
    """What the work gives; None when the other side went first: the work is cancelled then."""
    working = asyncio.ensure_future(work)
    leaving = asyncio.ensure_future(_disconnect(receive))
    try:
        await asyncio.wait((working, leaving), return_when=asyncio.FIRST_COMPLETED)
        return working.result() if working.done() else None
    finally:
        working.cancel()
        leaving.cancel()
        await asyncio.gather(working, leaving, return_exceptions=True)


async def _disconnect(receive: Receive) -> None:
    while (await receive())["type"] != "http.disconnect":
        pass


def _data(value: Mapping[str, Any]) -> bytes:
    return b"data: " + orjson.dumps(value) + b"\n\n"
