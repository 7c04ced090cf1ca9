"""A store of the schema before the newest comes up to date with all that it holds."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from alembic import command
from alembic.config import Config
from alembic.script import ScriptDirectory
from sqlalchemy import JSON, Boolean, Connection, Float, MetaData, Row, String, Table, text

import webhooks.migrate
from scheduling.store import Store, open_engine
from webhooks.migrate import upgrade

START = int(datetime(2026, 11, 24, 19, tzinfo=UTC).timestamp())
"""Two o'clock in the afternoon in New York."""
MEANT = {
    "start_at": START,
    "end_at": START + 1800,
    "booked_tz": "America/New_York",
    "provider_id": "",
    "attempt.state": "delivered",
    "offer.state": "booked",
    "booking.status": "booked",
    "occupancy.kind": "block",
    "effect.kind": "booked",
    "outbox.kind": "moved",
    "outbox.state": "waiting",
    "turn.state": "answered",
}
"""Where a check or a migration asks for more than any value of the type."""
EMPTY_IN_A_BLOCK = {"occupancy.expires_at", "occupancy.holder", "occupancy.booking_id"}


@pytest.fixture(params=["sqlite", "postgresql"])
def empty_url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """The address of a store that was never migrated."""
    if request.param == "sqlite":
        yield f"sqlite:///{tmp_path}/empty.db"
    else:
        with request.getfixturevalue("postgresql").fresh(migrated=False) as address:
            yield address


def configuration(url: str) -> Config:
    """As our own upgrading configures alembic."""
    made = Config()
    folder = Path(webhooks.migrate.__file__).with_name("migrations")
    made.set_main_option("script_location", str(folder))
    made.attributes["url"] = url
    return made


def revisions() -> list[str]:
    """All but the newest, newest first."""
    scripts = ScriptDirectory.from_config(configuration("sqlite:///unused.db")).walk_revisions()
    return [script.revision for script in scripts][1:]


def tables_of(connection: Connection) -> list[Table]:
    """As they are in the database; those that others refer to come first."""
    known = MetaData()
    known.reflect(connection)
    return [table for table in known.sorted_tables if table.name != "alembic_version"]


def fill(connection: Connection) -> None:
    """A row in every table, with something in every column that may have it."""
    for table in tables_of(connection):
        if table.name == "clock":
            connection.execute(table.update().values(started_as="then", shift_seconds=1.5))
            continue
        connection.execute(table.insert().values(**row_for(table)))


def row_for(table: Table) -> dict[str, Any]:
    """Values of the columns' types; what refers to another table names its row there."""
    values: dict[str, Any] = {}
    for column in table.columns:
        named = f"{table.name}.{column.name}"
        if named in EMPTY_IN_A_BLOCK or column.name == "id":
            continue
        if named in MEANT or column.name in MEANT:
            values[column.name] = MEANT.get(named, MEANT.get(column.name))
        elif isinstance(column.type, JSON):
            values[column.name] = {"some": ["thing", 1]}
        elif isinstance(column.type, String):
            others = [each.target_fullname for each in column.foreign_keys]
            values[column.name] = min(others, default=named)
        elif isinstance(column.type, Boolean):
            values[column.name] = True
        elif isinstance(column.type, Float):
            values[column.name] = 2.5
        else:
            values[column.name] = 1
    return values


def kept(connection: Connection, tables: list[Table]) -> dict[str, list[Row[Any]]]:
    """Every row, in the columns that these tables have."""
    return {table.name: list(connection.execute(table.select()).all()) for table in tables}


@pytest.mark.parametrize("before", revisions())
async def test_everything_that_was_written_before_is_there_after_and_guarded(
    empty_url: str, before: str
) -> None:
    command.upgrade(configuration(empty_url), before)
    engine = open_engine(empty_url)
    with engine.begin() as connection:
        fill(connection)
        tables = tables_of(connection)
        had = kept(connection, tables)
    assert all(had.values())
    upgrade(empty_url)
    with engine.begin() as connection:
        assert kept(connection, tables) == had
        assert connection.execute(text("SELECT local_start FROM booking")).scalars().all() == [
            "2026-11-24T14:00"
        ]
    async with Store.open(empty_url) as store:
        await store.check_guard()
    command.downgrade(configuration(empty_url), before)
    async with Store.open(empty_url) as store:
        await store.check_guard()
    with engine.begin() as connection:
        assert kept(connection, tables) == had
    engine.dispose()
