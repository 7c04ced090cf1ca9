"""What refuses overlaps is looked at before anybody is served, and tried."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime

import pytest
from sqlalchemy import Connection, text

from scheduling.database import OVERLAP
from scheduling.guard import GUARD, refuses_overlaps
from scheduling.store import GuardMissing, Store
from tests.clinic import NOW
from tests.scheduling.willow import rows

DROP_GUARD = {
    "sqlite": f"DROP TRIGGER {OVERLAP}_update",
    "postgresql": f"ALTER TABLE occupancy DROP CONSTRAINT {OVERLAP}",
}
FULL = "EXCLUDE USING gist (int8range(resource_id, resource_id, '[]') WITH =,"
SPAN = " int8range(start_at, end_at) WITH &&)"
WEAK_CONSTRAINTS = {
    "holds only": f"{FULL}{SPAN} WHERE (kind = 'hold')",
    "blocks only": f"{FULL}{SPAN} WHERE (kind = 'block')",
    "all but what was undone": f"{FULL}{SPAN} WHERE (kind <> 'undo')",
    "a minute too short": f"{FULL} int8range(start_at, end_at - 60) WITH &&)",
}
WEAK_TRIGGERS: dict[str, Callable[[str], str]] = {
    "holds only": lambda said: said.replace(" BEGIN", " WHEN NEW.kind = 'hold' BEGIN"),
    "blocks only": lambda said: said.replace(" BEGIN", " WHEN NEW.kind = 'block' BEGIN"),
    "all but what was undone": lambda said: said.replace(
        " BEGIN", " WHEN NEW.kind <> 'undo' BEGIN"
    ),
    "a minute too short": lambda said: said.replace("end_at > NEW", "end_at - 60 > NEW"),
}


def weaken(connection: Connection, how: str) -> None:
    """The same names, and less behind them."""
    if connection.dialect.name == "postgresql":
        connection.execute(text(DROP_GUARD["postgresql"]))
        constraint = WEAK_CONSTRAINTS[how]
        connection.execute(text(f"ALTER TABLE occupancy ADD CONSTRAINT {OVERLAP} {constraint}"))
        return
    for name, said in GUARD["sqlite"].items():
        connection.execute(text(f"DROP TRIGGER {name}"))
        connection.execute(text(WEAK_TRIGGERS[how](said)))


async def test_a_dropped_guard_is_noticed(store: Store) -> None:
    await store.write(
        lambda connection: connection.execute(text(DROP_GUARD[connection.dialect.name]))
    )
    with pytest.raises(GuardMissing, match=OVERLAP):
        await store.check_guard()


@pytest.mark.parametrize("how", WEAK_TRIGGERS)
async def test_a_guard_of_some_rows_only_is_noticed(store: Store, how: str) -> None:
    """It would pass a trial with the rows that it guards."""
    await store.write(lambda connection: weaken(connection, how))
    with pytest.raises(GuardMissing, match=OVERLAP):
        await store.check_guard()


@pytest.mark.parametrize("let_through", ["insert", "update"])
async def test_an_overlap_is_tried_and_not_only_read_about(store: Store, let_through: str) -> None:
    def tried(connection: Connection) -> str | None:
        if connection.dialect.name == "postgresql":
            connection.execute(text(DROP_GUARD["postgresql"]))
        else:
            connection.execute(text(f"DROP TRIGGER {OVERLAP}_{let_through}"))
        return refuses_overlaps(connection, now=datetime.now(UTC))

    found = await store.write(tried)
    assert found == ("insert" if await on_postgresql(store) else let_through)


async def on_postgresql(store: Store) -> bool:
    return await store.read(lambda connection: connection.dialect.name == "postgresql")


async def test_the_trial_leaves_nothing(store: Store) -> None:
    await store.start_clock(NOW.isoformat())
    await store.check_guard()
    for table in ("organisation", "resource", "occupancy"):
        assert await rows(store, f"SELECT id FROM {table}") == []


def test_both_databases_have_a_guard() -> None:
    assert set(GUARD) == set(DROP_GUARD)
