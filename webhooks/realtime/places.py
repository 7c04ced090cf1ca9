"""How many audio sockets may be open: of all callers, and of those from one network."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager

from webhooks.problems import Problem

MOST = 512
MOST_OF_A_NETWORK = 32
"""An office full of callers; who calls through somebody's trusted program is not counted so."""


class SocketPlaces:
    """An upgraded connection is no longer counted with those that ask: it is counted here."""

    def __init__(self, most: int = MOST, most_of_a_network: int = MOST_OF_A_NETWORK) -> None:
        self._most = most
        self._most_of_a_network = most_of_a_network
        self._by_network: Counter[str] = Counter()
        self.taken = 0

    def take(self, network: str | None) -> AbstractContextManager[None]:
        """A place until its block ends; `network` is None for a trusted program's. 503 or 429 when
        there is none."""
        if self.taken >= self._most:
            raise Problem(503, "Too many audio sockets are open; try again soon.")
        if network is not None and self._by_network[network] >= self._most_of_a_network:
            raise Problem(429, "Too many audio sockets are open from this network.")
        self.taken += 1
        if network is not None:
            self._by_network[network] += 1
        return self._taken(network)

    @contextmanager
    def _taken(self, network: str | None) -> Iterator[None]:
        try:
            yield
        finally:
            self.taken -= 1
            if network is not None:
                self._by_network[network] -= 1
                if not self._by_network[network]:
                    del self._by_network[network]
