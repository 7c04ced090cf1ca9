"""How much one socket may send: so much at once, and so much more each second."""

from __future__ import annotations

import time
from collections.abc import Callable


class Budget:
    """Fills up as time passes, to where it began."""

    def __init__(
        self, at_once: float, a_second: float, *, clock: Callable[[], float] = time.monotonic
    ) -> None:
        self._most = self._left = at_once
        self._a_second = a_second
        self._clock = clock
        self._at = clock()

    def spend(self, amount: float = 1.0) -> bool:
        """Whether there was enough."""
        now = self._clock()
        self._left = min(self._most, self._left + (now - self._at) * self._a_second)
        self._at = now
        if self._left < amount:
            return False
        self._left -= amount
        return True
