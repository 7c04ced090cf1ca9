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
from sqlalchemy import (
    JSON,
    Boolean,
    Connection,
    Float,
    MetaData,
    Row,
    String,
    Table,
    select,
    text,
)

import webhooks.migrate
from scheduling.store import Store, open_engine
from webhooks.migrate import upgrade

pytestmark = pytest.mark.slow

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
    "placed_order.status": "placed",
    "ticket.kind": "problem",
    "ticket_event.status": "open",
    "ticket_event.priority": "normal",
    "outbox.state": "waiting",
    "turn.state": "answered",
    "booking.local_start": "2026-11-24T14:00",
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
        promised = connection.execute(text("SELECT local_start FROM booking")).scalars().all()
        known = [row.local_start for row in had["booking"] if hasattr(row, "local_start")]
        assert promised == (known or ["2026-11-24T14:00"])
    async with Store.open(empty_url) as store:
        await store.check_guard()
    command.downgrade(configuration(empty_url), before)
    async with Store.open(empty_url) as store:
        await store.check_guard()
    with engine.begin() as connection:
        assert kept(connection, tables) == had
    engine.dispose()


def test_a_booking_of_before_counts_as_the_number_that_its_call_came_from(empty_url: str) -> None:
    command.upgrade(configuration(empty_url), "0005")
    engine = open_engine(empty_url)
    with engine.begin() as connection:
        fill(connection)
        connection.execute(text("UPDATE booking SET call_id = (SELECT call_id FROM call)"))
    upgrade(empty_url)
    with engine.begin() as connection:
        counted = connection.execute(text("SELECT counted_as FROM booking")).scalars().all()
    engine.dispose()
    assert counted == ["call.known_phone"]


def test_turns_of_before_have_no_acts_and_went_without_nothing(empty_url: str) -> None:
    command.upgrade(configuration(empty_url), "0008")
    engine = open_engine(empty_url)
    with engine.begin() as connection:
        fill(connection)
    upgrade(empty_url)
    with engine.begin() as connection:
        turn = Table("turn", MetaData(), autoload_with=connection)
        kept = connection.execute(select(turn.c.outcomes, turn.c.unmet)).one()
    engine.dispose()
    assert tuple(kept) == ([], 0)


def test_a_number_changed_before_is_a_change_like_any_other_and_again_one_of_a_number(
    empty_url: str,
) -> None:
    command.upgrade(configuration(empty_url), "0012")
    engine = open_engine(empty_url)
    kinds = text("SELECT kind FROM effect UNION ALL SELECT what FROM booking_event")
    with engine.begin() as connection:
        fill(connection)
        connection.execute(text("UPDATE effect SET kind = 'renumbered'"))
        connection.execute(text("UPDATE booking_event SET what = 'renumbered undone'"))
    upgrade(empty_url)
    with engine.begin() as connection:
        assert connection.execute(kinds).scalars().all() == ["amended", "amended undone"]
    command.downgrade(configuration(empty_url), "0012")
    with engine.begin() as connection:
        assert connection.execute(kinds).scalars().all() == ["renumbered", "renumbered undone"]
    engine.dispose()
