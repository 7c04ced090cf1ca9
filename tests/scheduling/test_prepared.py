"""Prepared statements answer as SQLAlchemy would, whatever they were asked before."""

from __future__ import annotations

from sqlalchemy import Connection, bindparam, select

from scheduling.prepared import prepare
from scheduling.store import Store
from scheduling.tables import resource
from scheduling.values import Organisation


async def test_a_list_may_be_empty_now_and_then(store: Store, clinic: Organisation) -> None:
    wanted = resource.c.id.in_(bindparam("rows", expanding=True))
    statement = prepare(select(resource.c.id).where(wanted).order_by(resource.c.id))

    def found(connection: Connection) -> list[list[int]]:
        lists: list[list[int]] = [[], [1], [], [1, 2], [2], []]
        return [list(connection.execute(statement, {"rows": rows}).scalars()) for rows in lists]

    assert await store.read(found) == [[], [1], [], [1, 2], [2], []]
