"""What Vapi tells once is written down even when the store is busy: behind our answer.

A message that was answered with an error does not come a second time.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from contextlib import nullcontext
from types import TracebackType

import structlog

from scheduling.store import OUT_OF_REACH
from webhooks.problems import Problem

log = structlog.stdlib.get_logger(__name__)

ANSWER_SECONDS = 0.25
"""So long Vapi is kept waiting: as a rule the work is done a hundred times by then."""
PAUSES_SECONDS = (0.5, 1.0, 2.0, 4.0, 8.0, 15.0, 30.0, 60.0, 60.0, 60.0, 60.0)
"""Between tries, which themselves wait for two seconds: five minutes in all."""
CLOSING_SECONDS = 10.0
MOST_WAITING = 1000

Work = Callable[[], Awaitable[None]]


class Postponed:
    """Owns the work that goes on after its message was answered. It must bear being repeated."""

    def __init__(self) -> None:
        self._tasks: set[asyncio.Task[None]] = set()
        self._failing = 0
        self._one_at_a_time = asyncio.Lock()
        self._closing = asyncio.Event()

    async def __aenter__(self) -> Postponed:
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        frames: TracebackType | None,
    ) -> None:
        """A last try for everything that waits."""
        self._closing.set()
        if self._tasks:
            _, late = await asyncio.wait(self._tasks, timeout=CLOSING_SECONDS)
            for task in late:
                log.error("given up at the end", call_id=task.get_name())
                task.cancel()
            await asyncio.gather(*late, return_exceptions=True)

    async def see_to(self, call_id: str, work: Work) -> None:
        """Returns when it is done or, sooner, when who asked has waited long enough."""
        if len(self._tasks) >= MOST_WAITING:
            raise Problem(503, "The store is busy and too much is waiting for it.")
        task = asyncio.create_task(self._until_done(call_id, work), name=call_id)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)
        try:
            await asyncio.wait({task}, timeout=ANSWER_SECONDS)
        finally:
            if not task.done():
                task.add_done_callback(_note_failure)
        if task.done():
            task.result()

    async def ended(self) -> None:
        """Until nothing waits any more."""
        while self._tasks:
            await asyncio.wait(self._tasks)

    async def _until_done(self, call_id: str, work: Work) -> None:
        pauses = iter(PAUSES_SECONDS)
        failing = False
        try:
            while True:
                last = self._closing.is_set()
                try:
                    # Where one has failed the others queue here and not at the store, for whose
                    # next free moment tool calls wait too.
                    async with self._one_at_a_time if self._failing else nullcontext():
                        return await work()
                except OUT_OF_REACH as error:
                    pause = None if last else next(pauses, None)
                    if pause is None:
                        log.error("given up", call_id=call_id, exc_info=error)
                        return
                    self._failing += not failing
                    failing = True
                    log.warning("postponed", call_id=call_id, seconds=pause)
                await self._rest(pause)
        finally:
            self._failing -= failing

    async def _rest(self, seconds: float) -> None:
        """Until then, or until we are shut down."""
        try:
            async with asyncio.timeout(seconds):
                await self._closing.wait()
        except TimeoutError:
            pass


def _note_failure(task: asyncio.Task[None]) -> None:
    """Nobody waits for it any more who could be told."""
    if not task.cancelled() and (error := task.exception()) is not None:
        log.error("postponed work failed", call_id=task.get_name(), exc_info=error)
