"""How many turns run at once; who comes beyond is told so at once rather than kept waiting."""

from __future__ import annotations

import asyncio

OVERLOADED = "I'm sorry, a lot of people are calling just now. Could you say that once more?"
LOCAL_TURNS = 8
"""A turn of the built-in model needs the processor: each further one makes all others later, and
what must be answered at once (is the server alive?) with them."""
HOSTED_TURNS = 200
"""A turn of a hosted model mostly waits for it."""
PATIENCE_SECONDS = 1.0
"""So long a turn waits for its place: longer than a few turns take, shorter than callers notice."""
MOST_WAITING = 100


class Capacity:
    """Places for turns; each is given back when its reply has been sent."""

    def __init__(self, places: int, *, patience: float = PATIENCE_SECONDS) -> None:
        self._places = asyncio.Semaphore(places)
        self._patience = patience
        self._waiting = 0
        self.turned_away = 0
        """Turns, for the metrics."""

    async def take(self) -> bool:
        """Whether there is a place; if so, it is to be given back with `leave`."""
        if not self._places.locked():
            return await self._places.acquire()
        if self._waiting >= MOST_WAITING:
            self.turned_away += 1
            return False
        self._waiting += 1
        try:
            async with asyncio.timeout(self._patience):
                return await self._places.acquire()
        except TimeoutError:
            self.turned_away += 1
            return False
        finally:
            self._waiting -= 1

    def leave(self) -> None:
        """Give a place back."""
        self._places.release()
