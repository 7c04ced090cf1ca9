"""The threads that wait for the database, and how long anybody waits for one of them."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import TypeVar

from scheduling.errors import TryAgain

T = TypeVar("T")
QUEUE_SECONDS = 2.0
"""Who waits so long for a thread while others wait for a store that hangs asks in vain."""


class Threads:
    """A bounded pool; what is given to it begins in the order in which it came."""

    def __init__(self, count: int) -> None:
        self._pool = ThreadPoolExecutor(count, thread_name_prefix="store")

    def run(self, work: Callable[[], T]) -> asyncio.Future[T]:
        """The work's result, however long others are before it."""
        return asyncio.get_running_loop().run_in_executor(self._pool, work)

    async def run_soon(self, work: Callable[[], T]) -> T:
        """The same, or `TryAgain` before it began; what has begun keeps its own deadlines."""
        queued = self._pool.submit(work)
        late = asyncio.get_running_loop().call_later(QUEUE_SECONDS, queued.cancel)
        try:
            return await asyncio.wrap_future(queued)
        except asyncio.CancelledError:
            task = asyncio.current_task()
            if queued.cancelled() and task is not None and not task.cancelling():
                raise TryAgain("too many wait for the store") from None
            raise
        finally:
            late.cancel()

    async def close(self) -> None:
        """Once all has ended that was begun."""
        await asyncio.to_thread(self._pool.shutdown)
