"""The migrations make exactly the tables that the code knows."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import CheckConstraint, inspect, text
from sqlmodel import SQLModel

from scheduling.store import Store, open_engine
from webhooks.migrate import upgrade


@pytest.fixture(params=["sqlite", "postgresql"])
def empty_url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """The address of a store that was never migrated."""
    if request.param == "sqlite":
        yield f"sqlite:///{tmp_path}/empty.db"
    else:
        with request.getfixturevalue("postgresql").fresh(migrated=False) as address:
            yield address


async def test_an_empty_store_is_brought_up_to_date_once(empty_url: str) -> None:
    async with Store.open(empty_url) as store:
        assert not await store.is_migrated()
    upgrade(empty_url)
    upgrade(empty_url)
    async with Store.open(empty_url) as store:
        assert await store.is_migrated()
        await store.check_guard()


def test_migrations_and_tables_agree(store_url: str) -> None:
    engine = open_engine(store_url)
    with engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        assert compare_metadata(context, SQLModel.metadata) == []
    engine.dispose()


def test_every_check_of_the_tables_is_in_the_database(store_url: str) -> None:
    engine = open_engine(store_url)
    inspector = inspect(engine)
    for table in SQLModel.metadata.sorted_tables:
        known = {each.name for each in table.constraints if isinstance(each, CheckConstraint)}
        present = {each["name"] for each in inspector.get_check_constraints(table.name)}
        assert known == present, table.name
    engine.dispose()


def test_the_guard_needs_no_extension_of_postgresql(store_url: str) -> None:
    engine = open_engine(store_url)
    if engine.dialect.name == "postgresql":
        with engine.connect() as connection:
            extensions = connection.execute(text("SELECT extname FROM pg_extension")).scalars()
            assert set(extensions) == {"plpgsql"}
    engine.dispose()


def test_organisation_id_leads_every_key_and_index() -> None:
    for table in SQLModel.metadata.sorted_tables:
        if "organisation_id" not in table.c:
            continue
        for index in table.indexes:
            first = next(iter(index.columns)).name
            assert first == "organisation_id" or index.name == "occupancy_time", index.name
