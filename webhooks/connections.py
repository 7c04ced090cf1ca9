"""Who is connected and how many may be: places for all and for one network, and their files."""

from __future__ import annotations

import asyncio
import resource
import time
from collections import Counter, deque
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

import structlog

log = structlog.stdlib.get_logger(__name__)

WANTED_DESCRIPTORS = 65_536
FEWEST_DESCRIPTORS = 4_096
"""With fewer a few hundred callers and whoever holds connections idle get in each other's way."""
OWN_DESCRIPTORS = 256
"""For the store, the hosted model and what the process has open itself."""
STARTS_A_ROUND = 8
QUIET_SECONDS = 60.0
"""Between two warnings of one kind: who floods us must not flood the log."""


@dataclass(frozen=True, slots=True)
class Bounds:
    """What one connection, one network and all of them may have."""

    head_bytes: int = 32 * 1024
    """Address and headers of a request; and what frames the chunks of its body."""
    headers: int = 128
    head_seconds: float = 10.0
    """From the first byte, or the connection, to the end of the headers."""
    body_seconds: float = 30.0
    """From the end of the headers to the end of the body."""
    unread_seconds: float = 30.0
    """How long an answer may wait for somebody to read on."""
    requests_waiting: int = 16
    """Of one connection, sent ahead of the answer to the first: each waits in memory."""
    connections: int = 4_096
    connections_by_network: int = 1_024
    """Vapi calls from few networks, so this keeps one stranger from having them all, no more."""


@dataclass(slots=True)
class Connections:
    """Who is connected, and when we last complained."""

    bounds: Bounds = field(default_factory=Bounds)
    total: int = 0
    by_network: Counter[str] = field(default_factory=Counter)
    _warned: dict[str, float] = field(default_factory=dict)
    _to_start: deque[Callable[[], None]] = field(default_factory=deque)

    def start_in_turn(self, loop: asyncio.AbstractEventLoop, start: Callable[[], None]) -> None:
        """A few requests a round of the loop, in their order: were hundreds that came together to
        begin in one round, whoever asks whether we are alive would wait for all of them."""
        self._to_start.append(start)
        if len(self._to_start) == 1:
            loop.call_soon(self._start_some, loop)

    def _start_some(self, loop: asyncio.AbstractEventLoop) -> None:
        for _ in range(min(STARTS_A_ROUND, len(self._to_start))):
            self._to_start.popleft()()
        if self._to_start:
            loop.call_soon(self._start_some, loop)

    def enter(self, network: str | None) -> bool:
        """Take a place; without a network it is a proxy of ours, behind which are many."""
        if self.total >= self.bounds.connections:
            self.warn("connections", most=self.bounds.connections)
            return False
        if network is not None and self.by_network[network] >= self.bounds.connections_by_network:
            self.warn("connections of one network", most=self.bounds.connections_by_network)
            return False
        self.total += 1
        if network is not None:
            self.by_network[network] += 1
        return True

    def leave(self, network: str | None) -> None:
        """Give the place back."""
        self.total -= 1
        if network is not None:
            self.by_network[network] -= 1
            if not self.by_network[network]:
                del self.by_network[network]

    def warn(self, what: str, **fields: Any) -> None:
        """A line in the log, at most one a minute of each kind."""
        now = time.monotonic()
        if now - self._warned.get(what, -QUIET_SECONDS) >= QUIET_SECONDS:
            self._warned[what] = now
            log.warning("connection refused", too_much=what, **fields)


def raise_descriptor_limit() -> Bounds:
    """As many open files as the operating system lets us have, and the connections they allow."""
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    unlimited = hard == resource.RLIM_INFINITY
    wanted = WANTED_DESCRIPTORS if unlimited else min(WANTED_DESCRIPTORS, hard)
    if soft != resource.RLIM_INFINITY and soft < wanted:
        resource.setrlimit(resource.RLIMIT_NOFILE, (wanted, hard))
        soft = wanted
    if soft != resource.RLIM_INFINITY and soft < FEWEST_DESCRIPTORS:
        log.warning("few open files allowed", allowed=soft, wanted=FEWEST_DESCRIPTORS)
    connections = Bounds().connections
    if soft != resource.RLIM_INFINITY:
        connections = max(16, min(connections, soft - OWN_DESCRIPTORS))
    return Bounds(connections=connections, connections_by_network=max(8, connections // 4))
