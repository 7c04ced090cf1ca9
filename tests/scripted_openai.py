"""An OpenAI-compatible server on loopback that answers as it was told, or misbehaves as told."""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any

import orjson

SSE = "text/event-stream"


@dataclass(frozen=True)
class Answer:
    """One HTTP answer: its pieces are sent one by one, an event among them is waited for."""

    pieces: tuple[bytes | asyncio.Event, ...] = ()
    status: int = 200
    content_type: str = SSE
    cut: bool = False
    """Close the connection in the middle of the body."""


Script = Answer | Callable[[dict[str, Any]], Answer]


def frame(delta: dict[str, Any] | None, finish: str | None = None) -> bytes:
    """One `data:` line as servers send it."""
    choices = [] if delta is None else [{"index": 0, "delta": delta, "finish_reason": finish}]
    chunk = {"id": "c1", "object": "chat.completion.chunk", "created": 1, "model": "scripted"}
    return b"data: " + orjson.dumps({**chunk, "choices": choices}) + b"\n\n"


DONE = b"data: [DONE]\n\n"


def says(text: str, *, after: asyncio.Event | None = None) -> Answer:
    """Plain words, one frame a word, after the event if one is given."""
    words = [frame({"content": part}) for part in _parts(text)]
    opening: list[bytes | asyncio.Event] = [frame({"role": "assistant", "content": ""})]
    waited: list[bytes | asyncio.Event] = [after] if after else []
    return Answer((*waited, *opening, *words, frame({}, "stop"), DONE))


def calls(*tools: tuple[str, dict[str, Any]], words: str = "") -> Answer:
    """Tool calls in pieces: the head first, then the arguments cut in two."""
    frames = [frame({"role": "assistant", "content": words or None})]
    for index, (name, arguments) in enumerate(tools):
        text = orjson.dumps(arguments).decode()
        head = {"id": f"call_{index}", "type": "function", "function": {"name": name}}
        frames.append(frame({"tool_calls": [{"index": index, **head}]}))
        for half in (text[:3], text[3:]):
            piece = {"index": index, "function": {"arguments": half}}
            frames.append(frame({"tool_calls": [piece]}))
    return Answer((*frames, frame({}, "tool_calls"), DONE))


def fails(status: int, message: str = "no") -> Answer:
    """An error with a body, as vendors send it."""
    body = orjson.dumps({"error": {"message": message, "type": "server_error"}})
    return Answer((body,), status=status, content_type="application/json")


def hangs() -> Answer:
    """Opens a stream and never speaks."""
    return Answer((asyncio.Event(),))


@dataclass
class ScriptedOpenAI:
    """What was scripted, and what the server saw."""

    scripts: deque[Script] = field(default_factory=deque)
    otherwise: Script | None = None
    """The answer once the scripts have run out; None is a 500."""
    requests: list[dict[str, Any]] = field(default_factory=list)
    headers: list[dict[str, str]] = field(default_factory=list)
    asked: asyncio.Event = field(default_factory=asyncio.Event)
    """A request has come in."""
    left: asyncio.Event = field(default_factory=asyncio.Event)
    """A client has hung up before its answer was whole."""
    connections: int = 0
    port: int = 0

    @property
    def base_url(self) -> str:
        return f"http://127.0.0.1:{self.port}/v1"

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self.connections += 1
        try:
            while (body := await self._read(reader)) is not None:
                script = self.scripts.popleft() if self.scripts else self.otherwise
                answer = script(body) if callable(script) else script
                if not await self._write(answer or fails(500), reader, writer):
                    break
        except (ConnectionError, asyncio.IncompleteReadError):
            self.left.set()
        finally:
            writer.close()

    async def _read(self, reader: asyncio.StreamReader) -> dict[str, Any] | None:
        try:
            head = (await reader.readuntil(b"\r\n\r\n")).decode()
        except asyncio.IncompleteReadError:
            return None
        pairs = [line.split(": ", 1) for line in head.split("\r\n")[1:] if line]
        headers = {name.lower(): value for name, value in pairs}
        body: dict[str, Any] = orjson.loads(
            await reader.readexactly(int(headers["content-length"]))
        )
        self.headers.append(headers)
        self.requests.append(body)
        self.asked.set()
        return body

    async def _write(
        self, answer: Answer, reader: asyncio.StreamReader, writer: asyncio.StreamWriter
    ) -> bool:
        writer.write(
            f"HTTP/1.1 {answer.status} Scripted\r\nContent-Type: {answer.content_type}\r\n"
            "Transfer-Encoding: chunked\r\n\r\n".encode()
        )
        for piece in answer.pieces:
            if isinstance(piece, asyncio.Event):
                if not await self._wait(piece, reader):
                    return False
                continue
            writer.write(b"%x\r\n%b\r\n" % (len(piece), piece))
            await writer.drain()
        if answer.cut:
            return False
        writer.write(b"0\r\n\r\n")
        await writer.drain()
        return True

    async def _wait(self, event: asyncio.Event, reader: asyncio.StreamReader) -> bool:
        """False when the client left before the event came."""
        waits = {asyncio.ensure_future(event.wait()), asyncio.ensure_future(reader.read(1))}
        done, pending = await asyncio.wait(waits, return_when=asyncio.FIRST_COMPLETED)
        for task in pending:
            task.cancel()
        if event.is_set():
            return True
        for task in done:
            task.exception()
        self.left.set()
        return False


@asynccontextmanager
async def scripted_openai(*scripts: Script) -> AsyncIterator[ScriptedOpenAI]:
    """The server, up for as long as the block lasts."""
    scripted = ScriptedOpenAI(deque(scripts))
    running: set[asyncio.Task[None]] = set()

    async def accept(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        task = asyncio.current_task()
        assert task is not None
        running.add(task)
        try:
            await scripted.serve(reader, writer)
        except asyncio.CancelledError:
            writer.close()  # the block ended; the stream's own callback must not hear of it
        finally:
            running.discard(task)

    server = await asyncio.start_server(accept, "127.0.0.1", 0)
    scripted.port = server.sockets[0].getsockname()[1]
    try:
        yield scripted
    finally:
        server.close()
        for task in list(running):
            task.cancel()
        await asyncio.gather(*running, return_exceptions=True)


def _parts(text: str) -> list[str]:
    words = text.split(" ")
    return [*(word + " " for word in words[:-1]), words[-1]]
