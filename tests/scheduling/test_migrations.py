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

BLOCKED = (
    "SELECT RAISE(ABORT, 'occupancy_no_overlap') WHERE EXISTS ( SELECT 1 FROM occupancy"
    " WHERE resource_id = NEW.resource_id AND start_at < NEW.end_at"
    " AND start_at > NEW.start_at - 86400 AND end_at > NEW.start_at"
)
GUARD = {
    "sqlite": {
        "CREATE TRIGGER occupancy_no_overlap_insert BEFORE INSERT ON occupancy"
        f" BEGIN {BLOCKED}); END",
        "CREATE TRIGGER occupancy_no_overlap_update"
        " BEFORE UPDATE OF resource_id, start_at, end_at ON occupancy"
        f" BEGIN {BLOCKED} AND id <> NEW.id); END",
    },
    "postgresql": {
        "EXCLUDE USING gist (int8range((resource_id)::bigint, (resource_id)::bigint, '[]'::text)"
        " WITH =, int8range(start_at, end_at) WITH &&)"
    },
}


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


def guard_text(url: str) -> set[str]:
    """What refuses overlaps, as the database has it: comparing tables does not see it."""
    engine = open_engine(url)
    triggers = "SELECT sql FROM sqlite_master WHERE type = 'trigger'"
    constraints = (
        "SELECT pg_get_constraintdef(oid) FROM pg_constraint WHERE contype = 'x'"
        " UNION SELECT pg_get_triggerdef(oid) FROM pg_trigger WHERE NOT tgisinternal"
    )
    with engine.connect() as connection:
        found = connection.execute(
            text(triggers if engine.dialect.name == "sqlite" else constraints)
        ).scalars()
        said = {" ".join(each.split()) for each in found}
    engine.dispose()
    return said


def test_the_guard_is_in_the_database_word_for_word(empty_url: str) -> None:
    upgrade(empty_url)
    assert guard_text(empty_url) == GUARD["sqlite" if "sqlite" in empty_url else "postgresql"]
    upgrade(empty_url)
    assert guard_text(empty_url) == GUARD["sqlite" if "sqlite" in empty_url else "postgresql"]


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


CALL = (
    "INSERT INTO call (call_id, organisation_id, door, credential, known_phone, started_at,"
    " end_reason, facts_after, greeted, wrong_tries, false_claims)"
    " VALUES (:id, 1, 'vapi', 'vapi', '+12125550161', 7, :reason, 0, :no, 0, 0)"
)
ATTEMPT = (
    "INSERT INTO attempt (id, organisation_id, call_id, turn, first_unheard, holder, state,"
    " settles_at) VALUES (:at, 1, :id, 1, 1, '', 'settled', 9)"
)
TURN = (
    "INSERT INTO turn (attempt_id, organisation_id, call_id, number, text, state, parts,"
    " parts_heard, facts, answered_by, timings, kept_back, outcomes, unmet, opened_at)"
    " VALUES (:at, 1, :id, 1, 'yes', 'answered', '[]', 0, :facts, '', '{}', '[]', '[]', 0, 8)"
)


def test_a_wish_to_be_forgotten_of_an_earlier_version_is_carried_over(empty_url: str) -> None:
    upgrade(empty_url, "0013")
    engine = open_engine(empty_url)
    told = (
        ("asked", "", '{"forget": true}'),
        ("tight", "", '{"forget":true}'),
        ("not", "", '{"forget": false}'),
        ("done", "forgotten", '{"forget": true}'),
    )
    with engine.begin() as connection:
        clinic = (
            "INSERT INTO organisation (id, slug, version, document, source)"
            " VALUES (1, 'willow', 1, '{}', '')"
        )
        connection.execute(text(clinic))
        for at, (name, reason, facts) in enumerate(told, start=1):
            row = {"id": name, "at": at, "reason": reason, "facts": facts, "no": False}
            for statement in (CALL, ATTEMPT, TURN):
                connection.execute(text(statement), row)
    upgrade(empty_url)
    with engine.connect() as connection:
        carried = "SELECT call_id, phone, asked_at FROM forgetting_wish ORDER BY call_id"
        found = connection.execute(text(carried)).all()
    assert [tuple(row) for row in found] == [
        ("asked", "+12125550161", 8),
        ("tight", "+12125550161", 8),
    ]
    engine.dispose()
