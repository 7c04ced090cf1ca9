"""WebSockets as uvicorn speaks them, but for whoever does not read: they are let go of."""

from __future__ import annotations

import asyncio

import structlog
from uvicorn.protocols.websockets.websockets_sansio_impl import WebSocketsSansIOProtocol

log = structlog.stdlib.get_logger(__name__)

UNREAD_SECONDS = 30.0
"""How long what we sent may wait; longer than doors wait, so that they can say why they close."""


class GuardedSocket(WebSocketsSansIOProtocol):
    """Closing waits for what was sent before, and so for ever for somebody who does not read."""

    _unread: asyncio.TimerHandle | None = None

    def pause_writing(self) -> None:
        """Nobody reads: for a while that may be."""
        super().pause_writing()
        if self._unread is None:
            self._unread = self.loop.call_later(UNREAD_SECONDS, self._let_go)

    def resume_writing(self) -> None:
        """Somebody reads on."""
        super().resume_writing()
        self._forget()

    def connection_lost(self, exc: Exception | None) -> None:
        """Nothing waits any more."""
        self._forget()
        super().connection_lost(exc)

    def _let_go(self) -> None:
        log.warning("connection refused", too_much="unread messages")
        self.transport.abort()

    def _forget(self) -> None:
        if self._unread is not None:
            self._unread.cancel()
            self._unread = None
