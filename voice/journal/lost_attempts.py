"""Attempts of a process that died: what nobody was told of is undone, as when a caller leaves."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Connection, bindparam, select, update

from scheduling import settlement
from scheduling.errors import SlotTaken
from scheduling.prepared import prepare
from scheduling.store import Store
from support import standing
from voice.journal.statements import WITHDRAW_TURN
from voice.journal.tables import turn as turns

_running = (turns.c.attempt_id == bindparam("attempt"), turns.c.state == "running")
BEGIN_TELLING = prepare(update(turns).where(*_running).values(parts_heard=1))
READ_LEFT_RUNNING = settlement.reading_left_running(standing.wrote())
READ_HEARD_OF = prepare(select(turns.c.parts_heard).where(*_running))


class LostAttempts:
    """Finds what a crash left behind between a change and the words that tell of it."""

    def __init__(self, store: Store) -> None:
        self._store = store

    async def begin_telling(self, attempt_id: int) -> None:
        """From here on what the attempt did stands, whatever becomes of this process.

        On the disk before the first word leaves: who heard "you're booked" is booked.
        """
        await self._store.write(
            lambda connection: connection.execute(BEGIN_TELLING, {"attempt": attempt_id}),
            durable=True,
        )

    async def settle(self, *, after_seconds: int) -> tuple[list[int], list[int]]:
        """Undoes what attempts did that began so long ago, never ended and never told of it;
        which were undone, and which stand because their time is somebody else's by now."""
        found = await self._store.read(
            lambda connection: settlement.left_running(
                connection,
                READ_LEFT_RUNNING,
                self._store.now(connection),
                after_seconds=after_seconds,
            )
        )
        undone, stand = [], []
        for attempt_id in found:
            try:
                if await self._settle(attempt_id):
                    undone.append(attempt_id)
            except SlotTaken:
                stand.append(attempt_id)
        return undone, stand

    async def _settle(self, attempt_id: int) -> bool:
        return await self._store.write(
            lambda connection: withdraw_untold(
                connection, attempt_id, now=self._store.now(connection)
            ),
            durable=True,
        )


def withdraw_untold(connection: Connection, attempt_id: int, *, now: datetime) -> bool:
    """Whether it was undone: False when words of it have left or it has ended meanwhile."""
    told = connection.execute(READ_HEARD_OF, {"attempt": attempt_id}).scalar_one_or_none()
    if told is None or told > 0:
        return False
    settlement.withdraw(connection, attempt_id, now)
    connection.execute(WITHDRAW_TURN, {"attempt": attempt_id})
    return True
