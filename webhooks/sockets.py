"""What a connection may cost before anything of ours runs: bytes of head, time, and a place.

Uvicorn bounds none of these. A connection that goes beyond is answered in one line and closed.
"""

from __future__ import annotations

import asyncio
from functools import partial
from typing import Any

from uvicorn._types import ASGI3Application
from uvicorn.config import Config
from uvicorn.middleware.proxy_headers import ProxyHeadersMiddleware
from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol, RequestResponseCycle
from uvicorn.server import ServerState

from webhooks.connections import Connections
from webhooks.networks import network

AT_ONCE = "/healthz"


class TooMuch(Exception):
    """Headers or requests beyond the bounds; within the parser only."""


class GuardedProtocol(HttpToolsProtocol):
    """HTTP as uvicorn speaks it, within bounds."""

    def __init__(
        self,
        config: Config,
        server_state: ServerState,
        app_state: dict[str, Any],
        _loop: asyncio.AbstractEventLoop | None = None,
        *,
        connections: Connections,
    ) -> None:
        super().__init__(config, server_state, app_state, _loop)
        self._connections = connections
        self._bounds = connections.bounds
        self._network: str | None = None
        self._entered = False
        self._deadline: asyncio.TimerHandle | None = None
        self._unread: asyncio.TimerHandle | None = None
        self._between = False
        """A request is over and no byte of the next has come: uvicorn's keep-alive counts then."""
        self._beside_body = 0
        """Bytes of this request so far that are not of its body."""
        self._head_bytes = self._headers_seen = 0
        self._refusal = 400

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        """Takes a place, or says at once that there is none."""
        super().connection_made(transport)
        host = self.client[0] if self.client else ""
        self._network = None if host in _proxies(self.config) else network(host)
        self._entered = self._connections.enter(self._network)
        if not self._entered:
            self._answer(503)
            return
        self._set_deadline(self._bounds.head_seconds)

    def connection_lost(self, exc: Exception | None) -> None:
        """Gives everything back."""
        self._let_go()
        super().connection_lost(exc)

    def data_received(self, data: bytes) -> None:
        """Feeds the parser while the request keeps within its bounds."""
        if self.transport.is_closing():
            return
        if self._between:
            self._between = False
            self._set_deadline(self._bounds.head_seconds)
        self._beside_body += len(data)
        super().data_received(data)
        if self._beside_body > self._bounds.head_bytes and not self.transport.is_closing():
            self._refuse_head()

    def _start_asgi_task(self, cycle: RequestResponseCycle, app: ASGI3Application) -> None:
        start = partial(super()._start_asgi_task, cycle, app)
        if cycle.scope["path"] == AT_ONCE:
            start()
        else:
            self._connections.start_in_turn(self.loop, start)

    def handle_websocket_upgrade(self) -> None:
        """From here on the door that takes the socket keeps its own bounds."""
        self._let_go()
        super().handle_websocket_upgrade()

    def on_message_begin(self) -> None:
        """A request begins: perhaps in the middle of what was read."""
        super().on_message_begin()
        self._head_bytes = self._headers_seen = 0
        self._between = False

    def on_url(self, url: bytes) -> None:
        """Counts the address among the headers."""
        super().on_url(url)
        self._count(len(url))

    def on_header(self, name: bytes, value: bytes) -> None:
        """Counts headers, and those that follow a body in chunks."""
        self._headers_seen += 1
        self._count(len(name) + len(value))
        super().on_header(name, value)

    def on_headers_complete(self) -> None:
        """From now on the body is waited for, or those who asked before."""
        if len(self.pipeline) >= self._bounds.requests_waiting:
            self._refusal = 429
            self._connections.warn("requests waiting")
            raise TooMuch
        self._set_deadline(self._bounds.body_seconds)
        super().on_headers_complete()

    def on_body(self, body: bytes) -> None:
        """Bytes of the body have a ceiling of their own, in the app."""
        self._beside_body -= len(body)
        super().on_body(body)

    def on_message_complete(self) -> None:
        """All has come: what follows is our affair."""
        super().on_message_complete()
        self._beside_body = 0
        self._between = True
        self._clear_deadline()

    def pause_writing(self) -> None:
        """Nobody reads: for a while that may be."""
        super().pause_writing()
        if self._unread is None:
            self._unread = self.loop.call_later(self._bounds.unread_seconds, self._give_up_writing)

    def resume_writing(self) -> None:
        """Somebody reads on."""
        super().resume_writing()
        if self._unread is not None:
            self._unread.cancel()
            self._unread = None

    def send_400_response(self, msg: str) -> None:
        """What cannot be parsed, or is too much to be."""
        if self._refusal == 400:
            super().send_400_response(msg)
        else:
            self._answer(self._refusal)

    def _count(self, length: int) -> None:
        self._head_bytes += length
        bounds = self._bounds
        if self._head_bytes > bounds.head_bytes or self._headers_seen > bounds.headers:
            self._refusal = 431
            self._connections.warn("headers")
            raise TooMuch

    def _refuse_head(self) -> None:
        self._connections.warn("headers")
        self._answer(431)

    def _set_deadline(self, seconds: float) -> None:
        self._clear_deadline()
        self._deadline = self.loop.call_later(seconds, self._too_slow, seconds)

    def _clear_deadline(self) -> None:
        if self._deadline is not None:
            self._deadline.cancel()
            self._deadline = None

    def _too_slow(self, seconds: float) -> None:
        if self.flow.read_paused:  # we ourselves do not read on: it is not the other side's fault
            self._set_deadline(seconds)
            return
        self._connections.warn("time")
        self._answer(408)

    def _give_up_writing(self) -> None:
        self._connections.warn("unread answers")
        self.transport.abort()

    def _answer(self, status: int) -> None:
        """One line, unless an answer is on its way, and the end of the connection."""
        if self.cycle is None or self.cycle.response_complete or not self.cycle.response_started:
            self.transport.write(_ANSWERS[status])
        if self.cycle is not None:
            self.cycle.disconnected = True
            self.cycle.message_event.set()
        self.transport.close()

    def _let_go(self) -> None:
        self._clear_deadline()
        if self._unread is not None:
            self._unread.cancel()
            self._unread = None
        if self._entered:
            self._entered = False
            self._connections.leave(self._network)


def guarded(connections: Connections) -> type[asyncio.Protocol]:
    """The protocol for one server, as uvicorn's `http` setting takes it."""

    class Guarded(GuardedProtocol):
        """Bound to these connections: uvicorn makes its protocols itself."""

        def __init__(self, *arguments: Any, **named: Any) -> None:
            super().__init__(*arguments, **named, connections=connections)

    return Guarded


def _proxies(config: Config) -> Any:
    """Whom uvicorn believes about who is behind them: `FORWARDED_ALLOW_IPS`, else loopback."""
    app = config.loaded_app
    return app.trusted_hosts if isinstance(app, ProxyHeadersMiddleware) else ()


def _line(status: int, phrase: str, code: str, message: str) -> bytes:
    body = f'{{"error":{{"code":"{code}","message":"{message}"}}}}'.encode()
    head = (
        f"HTTP/1.1 {status} {phrase}\r\ncontent-type: application/json\r\n"
        f"content-length: {len(body)}\r\nconnection: close\r\n\r\n"
    )
    return head.encode() + body


_ANSWERS = {
    408: _line(408, "Request Timeout", "too_slow", "The request took too long to arrive."),
    429: _line(
        429, "Too Many Requests", "too_many_requests", "Too many requests ahead of their answers."
    ),
    431: _line(431, "Request Header Fields Too Large", "too_large", "The headers are too much."),
    503: _line(503, "Service Unavailable", "not_ready", "Too many connections; try again soon."),
}
