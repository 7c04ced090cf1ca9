"""A client of the app's audio socket in the same process: what is sent is taken before the next."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, MutableMapping
from typing import Any

import orjson
from fastapi import FastAPI

from webhooks.rehearsal.line import LineFailed

Message = dict[str, Any]
SOCKET = "/v1/realtime"
HUNG_UP = 1000


class SocketClient:
    """One connection. `told` is called with each message, in its order."""

    def __init__(self, app: FastAPI, token: str, told: Callable[[Message], None]) -> None:
        self._app = app
        self._token = token
        self._told = told
        self._sent: asyncio.Queue[MutableMapping[str, Any]] = asyncio.Queue(maxsize=1)
        self._serving: asyncio.Task[None] | None = None
        self._answered = asyncio.Event()
        self._refused: int | None = None
        self.closed = False
        """By the app, or by us."""

    async def connect(self) -> None:
        """Raises LineFailed when the app does not take the connection."""
        self._serving = asyncio.create_task(self._serve())
        await self._sent.put({"type": "websocket.connect"})
        await self._answered.wait()
        if self.closed:
            await asyncio.wait([self._serving])
            raise LineFailed(f"the audio socket was refused: {self._refused}")

    async def send(self, message: Message) -> None:
        """Nothing, once the line is closed."""
        if not self.closed:
            text = orjson.dumps(message).decode()
            await self._sent.put({"type": "websocket.receive", "text": text})

    async def close(self) -> None:
        """Hangs up; returns when the app has seen the call out."""
        if self._serving is None:
            return
        if not self.closed:
            await self._sent.put({"type": "websocket.disconnect", "code": HUNG_UP})
        await self._serving

    async def _serve(self) -> None:
        try:
            await self._app(self._scope(), self._sent.get, self._take)
        finally:
            self.closed = True
            self._answered.set()
            while not self._sent.empty():  # whoever waits to send is let go
                self._sent.get_nowait()

    async def _take(self, event: MutableMapping[str, Any]) -> None:
        match event["type"]:
            case "websocket.accept":
                self._answered.set()
            case "websocket.send":
                self._told(orjson.loads(event["text"]))
            case "websocket.http.response.start":
                self._refused = event["status"]
            case "websocket.close":
                self.closed = True

    def _scope(self) -> dict[str, Any]:
        return {
            "type": "websocket",
            "asgi": {"version": "3.0"},
            "http_version": "1.1",
            "scheme": "ws",
            "path": SOCKET,
            "raw_path": SOCKET.encode(),
            "query_string": b"",
            "root_path": "",
            "headers": [
                (b"host", b"localhost"),
                (b"authorization", f"Bearer {self._token}".encode()),
            ],
            "client": ("127.0.0.1", 50000),
            "server": ("localhost", 80),
            "subprotocols": [],
            "extensions": {"websocket.http.response": {}},
            "state": {},
        }
