"""Prepared statements answer as SQLAlchemy would, whatever they were asked before."""

from __future__ import annotations

import pytest
from sqlalchemy import Connection, bindparam, func, insert, select
from sqlalchemy.exc import DBAPIError

from scheduling.prepared import prepare
from scheduling.store import Store
from scheduling.tables import resource
from scheduling.values import Organisation

COUNT_BEDS = prepare(select(func.count()).where(resource.c.key == "bed"))


async def test_a_list_may_be_empty_now_and_then(store: Store, clinic: Organisation) -> None:
    wanted = resource.c.id.in_(bindparam("rows", expanding=True))
    statement = prepare(select(resource.c.id).where(wanted).order_by(resource.c.id))

    def found(connection: Connection) -> list[list[int]]:
        lists: list[list[int]] = [[], [1], [], [1, 2], [2], []]
        return [list(connection.execute(statement, {"rows": rows}).scalars()) for rows in lists]

    assert await store.read(found) == [[], [1], [], [1, 2], [2], []]


async def test_each_of_many_new_rows_comes_back(store: Store, clinic: Organisation) -> None:
    statement = prepare(insert(resource).returning(resource.c.key, resource.c.organisation_id))
    keys = [{"organisation_id": clinic.id, "key": key} for key in ("bed", "bath")]

    def added(connection: Connection) -> list[tuple[str, int]]:
        return [tuple(row) for row in connection.execute(statement, keys)]

    assert await store.write(added) == [("bed", clinic.id), ("bath", clinic.id)]


async def test_what_the_database_refuses_is_told_as_sqlalchemy_tells_it(
    store: Store, clinic: Organisation
) -> None:
    statement = prepare(insert(resource))

    def twice(connection: Connection) -> None:
        for _ in range(2):
            connection.execute(statement, {"organisation_id": clinic.id, "key": "bed"})

    with pytest.raises(DBAPIError) as refused:
        await store.write(twice)
    assert not refused.value.connection_invalidated
    assert await store.read(lambda connection: connection.execute(COUNT_BEDS).scalar_one()) == 0
