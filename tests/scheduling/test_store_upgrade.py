"""A store of the schema before the newest comes up to date with all that it holds."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from alembic import command
from alembic.config import Config
from sqlalchemy import Connection, text

import webhooks.migrate
from scheduling.store import Store, open_engine
from webhooks.migrate import upgrade

BEFORE = "0002"
WRITTEN = (
    "INSERT INTO organisation (slug, version, document, source) VALUES ('a', 1, '{}', '')",
    "INSERT INTO resource (organisation_id, key) VALUES (1, 'provider:ana')",
    "INSERT INTO occupancy (organisation_id, resource_id, start_at, end_at, kind)"
    " VALUES (1, 1, 0, 60, 'block')",
)
READ = text("SELECT resource_id, start_at, end_at, kind FROM occupancy")


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


def kept(connection: Connection) -> list[tuple[object, ...]]:
    return [tuple(row) for row in connection.execute(READ)]


async def test_what_was_written_before_blocks_had_ids_is_kept_and_guarded(empty_url: str) -> None:
    command.upgrade(configuration(empty_url), BEFORE)
    engine = open_engine(empty_url)
    with engine.begin() as connection:
        for statement in WRITTEN:
            connection.execute(text(statement))
        before = kept(connection)
    upgrade(empty_url)
    with engine.begin() as connection:
        assert kept(connection) == before
        assert connection.execute(text("SELECT block_id FROM occupancy")).scalars().all() == [None]
    async with Store.open(empty_url) as store:
        await store.check_guard()
    command.downgrade(configuration(empty_url), BEFORE)
    async with Store.open(empty_url) as store:
        await store.check_guard()
    with engine.begin() as connection:
        assert kept(connection) == before
    engine.dispose()
