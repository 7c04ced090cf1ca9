"""Threads for native work: so many at once, so many waiting, and whoever comes then is refused."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from threading import BoundedSemaphore
from typing import Any, TypeVar

from voice.speech.engines import EngineFailed

Result = TypeVar("Result")


class Workers:
    """A bounded pool of threads with a bounded queue before it."""

    def __init__(self, name: str, *, threads: int, waiting: int) -> None:
        self._name = name
        self._pool = ThreadPoolExecutor(threads, thread_name_prefix=name)
        self._places = BoundedSemaphore(threads + waiting)

    async def run(self, work: Callable[[], Result]) -> Result:
        """What `work` gives, from a thread. Raises EngineFailed when too many wait already.

        Cancelled before its turn it never runs; cancelled later it ends by itself and is dropped.
        """
        if not self._places.acquire(blocking=False):
            raise EngineFailed(f"{self._name} is busy")
        try:
            running = self._pool.submit(work)
        except RuntimeError as error:  # closed
            self._places.release()
            raise EngineFailed(f"{self._name} is closed") from error
        running.add_done_callback(self._left)
        return await asyncio.wrap_future(running)

    def _left(self, _: Future[Any]) -> None:
        self._places.release()

    def close(self) -> None:
        """Nobody is taken any more; returns when what runs has ended. Blocks for seconds."""
        self._pool.shutdown(wait=True, cancel_futures=True)
