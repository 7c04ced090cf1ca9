"""What a server sees to beside its calls: old words are erased, what a crash left is settled."""

from __future__ import annotations

import asyncio
from types import TracebackType

import structlog

from scheduling.desk import Desk
from scheduling.forgetting import KEY_DAYS, Forgetting
from scheduling.local_time import DAY_SECONDS
from scheduling.store import OUT_OF_REACH, Store
from voice.forgetting import forget_caller
from voice.journal.erasing import Erasing
from voice.journal.journal import Journal
from webhooks.settings import Settings

log = structlog.stdlib.get_logger(__name__)

LONGEST_TURN_SECONDS = 60
"""An attempt of another process that is older than this has lost its process."""
QUIET_SECONDS = 1800
"""In no call is there so long not a word: its line, or its process, is lost."""
FIRST_SECONDS = 60.0
EVERY_SECONDS = 3600.0
PAUSE_SECONDS = 0.05
"""Between two steps of some milliseconds: callers' turns come first."""


class Upkeep:
    """Owns the task that does it, a little at a time, while a server runs.

    Words of callers are kept for so many days and no longer; bookings and their history stay.
    """

    def __init__(self, store: Store, desk: Desk, journal: Journal, settings: Settings) -> None:
        self._store = store
        self._desk = desk
        self._journal = journal
        self._keep_days = settings.keep_days
        self._alone = settings.is_one_process
        """No other process serves this store."""
        self._task: asyncio.Task[None] | None = None

    async def __aenter__(self) -> Upkeep:
        await self.settle_lost()
        await self.forget(after_seconds=None if self._alone else QUIET_SECONDS)
        self._task = asyncio.create_task(self._now_and_then())
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        frames: TracebackType | None,
    ) -> None:
        if self._task is not None:
            self._task.cancel()
            await asyncio.gather(self._task, return_exceptions=True)

    async def settle_lost(self) -> None:
        """What a process that died had changed and not yet told of is undone."""
        undone, standing = await self._journal.settle_lost(
            after_seconds=0 if self._alone else LONGEST_TURN_SECONDS
        )
        if undone or standing:
            log.warning("lost attempts", undone=undone, standing=standing)

    async def forget(self, *, after_seconds: int | None) -> None:
        """Callers who asked for it, in calls whose end was never told."""
        for organisation in await self._desk.organisations():
            for call in await self._journal.still_to_be_forgotten(
                organisation.id, after_seconds=after_seconds
            ):
                await forget_caller(self._desk, self._journal, call)

    async def erase(self) -> int:
        """All that is too old by now, of every organisation; how many calls."""
        erasing, forgetting = Erasing(self._store), Forgetting(self._store)
        second = int((await self._store.current_time()).timestamp())
        before = second - self._keep_days * DAY_SECONDS
        keys_before = second - min(self._keep_days, KEY_DAYS) * DAY_SECONDS
        erased = 0
        for organisation in await self._desk.organisations():
            left = 1
            while left:
                calls = await erasing.before(organisation.id, before)
                erased += calls
                left = calls + await forgetting.leftovers(organisation.id, keys_before=keys_before)
                await asyncio.sleep(PAUSE_SECONDS)
        return erased

    async def _now_and_then(self) -> None:
        wait = FIRST_SECONDS
        while True:
            await asyncio.sleep(wait)
            wait = EVERY_SECONDS
            try:
                if not self._alone:
                    await self.settle_lost()
                await self.forget(after_seconds=QUIET_SECONDS)
                if erased := await self.erase():
                    log.info("erased", calls=erased, keep_days=self._keep_days)
            except OUT_OF_REACH as error:
                log.warning("upkeep postponed", exc_info=error)
            except Exception as error:
                log.error("upkeep failed", exc_info=error)
