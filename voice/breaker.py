"""A circuit breaker: after several failures nobody is sent there for a while, then one is."""

from __future__ import annotations

import time
from collections.abc import Callable


class Breaker:
    """Closed, open, or half open; one process's view of the hosted model's health."""

    def __init__(
        self,
        *,
        failures: int,
        rest_seconds: float,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._most = failures
        self._rest = rest_seconds
        self._clock = clock
        self._failures = 0
        self._closed_at = 0.0
        """When, while open, the next one may try."""

    @property
    def is_open(self) -> bool:
        """Whether calls are being kept away."""
        return self._failures >= self._most

    def admits(self) -> bool:
        """Whether this one may try; while open, one in each rest."""
        if not self.is_open:
            return True
        now = self._clock()
        if now < self._closed_at:
            return False
        self._closed_at = now + self._rest
        return True

    def succeeded(self) -> None:
        """All is well again."""
        self._failures = 0

    def failed(self) -> None:
        """One more failure in a row."""
        self._failures += 1
        if self.is_open:
            self._closed_at = self._clock() + self._rest
