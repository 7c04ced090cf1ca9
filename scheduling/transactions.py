"""One transaction for each piece of work, in the business file that is in force."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, TypeVar

from sqlalchemy import Connection

from scheduling.idempotency import once
from scheduling.locks import Lock, lock
from scheduling.roster import Roster, Rosters
from scheduling.settlement import check_current
from scheduling.store import Store
from scheduling.transaction import Transaction
from scheduling.values import Asker

T = TypeVar("T")


class Transactions:
    """How the desk, and whatever keeps its rows beside the desk's, reads and writes."""

    def __init__(self, store: Store) -> None:
        self.store = store
        self.rosters = Rosters()

    async def read(
        self, organisation_id: int, work: Callable[[Transaction], T], asker: Asker | None = None
    ) -> T:
        """What the work finds."""
        return await self.store.read(
            lambda connection: work(self._begin(connection, organisation_id, asker or Asker()))
        )

    async def write(
        self,
        organisation_id: int,
        asker: Asker,
        work: Callable[[Transaction], T],
        *,
        durable: bool = False,
    ) -> T:
        """The work done for the asker, whose call does nothing else meanwhile; `Superseded` where
        a newer attempt has taken the asker's place."""

        def in_turn(connection: Connection) -> T:
            if asker.attempt is not None:
                check_current(connection, organisation_id, asker.attempt)
            elif asker.call:
                lock(connection, Lock.CALL, [asker.call])
            return work(self._begin(connection, organisation_id, asker))

        return await self.store.write(in_turn, durable=durable)

    async def once(
        self,
        organisation_id: int,
        asker: Asker,
        body: tuple[Any, ...],
        kind: type[T],
        act: Callable[[Transaction], T],
    ) -> T:
        """The same on the disk, once for the asker's key: asked again it is answered again."""
        return await self.write(
            organisation_id, asker, lambda tx: once(tx, body, kind, lambda: act(tx)), durable=True
        )

    def rosters_of(self, connection: Connection, organisation_id: int | None) -> Sequence[Roster]:
        """That organisation's, or everybody's."""
        if organisation_id is None:
            return self.rosters.every(connection)
        return [self.rosters.get(connection, organisation_id)]

    def _begin(self, connection: Connection, organisation_id: int, asker: Asker) -> Transaction:
        roster = self.rosters.get(connection, organisation_id)
        return Transaction(connection, roster, self.store.now(connection), asker)
