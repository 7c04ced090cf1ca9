"""What makes the database itself refuse two rows at one time, and the proof that it does."""

from __future__ import annotations

import re
from datetime import datetime

from sqlalchemy import Connection, insert, text, update
from sqlalchemy.exc import DBAPIError

from scheduling.database import OVERLAP, Trouble, trouble_of
from scheduling.tables import occupancy, organisation, resource

BLOCKED = f"""SELECT RAISE(ABORT, '{OVERLAP}') WHERE EXISTS (
    SELECT 1 FROM occupancy WHERE resource_id = NEW.resource_id AND start_at < NEW.end_at
    AND start_at > NEW.start_at - 86400 AND end_at > NEW.start_at"""
GUARD = {
    "sqlite": {
        f"{OVERLAP}_insert": f"CREATE TRIGGER {OVERLAP}_insert BEFORE INSERT ON occupancy"
        f" BEGIN {BLOCKED}); END",
        f"{OVERLAP}_update": f"CREATE TRIGGER {OVERLAP}_update"
        " BEFORE UPDATE OF resource_id, start_at, end_at ON occupancy"
        f" BEGIN {BLOCKED} AND id <> NEW.id); END",
    },
    "postgresql": {
        OVERLAP: "EXCLUDE USING gist (int8range(resource_id, resource_id, '[]') WITH =,"
        " int8range(start_at, end_at) WITH &&)",
    },
}
"""The triggers, and the exclusion constraint, of the first migration."""
READ_GUARD = {
    "sqlite": text("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'"),
    "postgresql": text(
        "SELECT conname, pg_get_constraintdef(oid) FROM pg_constraint"
        " WHERE conrelid = 'occupancy'::regclass AND contype = 'x'"
    ),
}
SHOWN_BY_POSTGRESQL = re.compile(r"::\w+|[()\s]")
"""What its versions may write in other ways: casts, brackets and spaces."""


def missing_guard(connection: Connection) -> str | None:
    """The name of a trigger or constraint that is not there, or that does not say what it should.

    Rebuilding a table drops them; one that guards some kinds of rows only would pass any trial
    with the others.
    """
    dialect = connection.dialect.name
    present = {name: _plain(said) for name, said in connection.execute(READ_GUARD[dialect])}
    wanted = {name: _plain(said) for name, said in GUARD[dialect].items()}
    return min((name for name in wanted if present.get(name) != wanted[name]), default=None)


def refuses_overlaps(connection: Connection, *, now: datetime) -> str | None:
    """Tries an overlapping insert and update; what was let through. The caller rolls back."""
    second = int(now.timestamp())
    tenant = connection.execute(
        insert(organisation)
        .values(slug=f"guard {second}", version=0, document={}, source="")
        .returning(organisation.c.id)
    ).scalar_one()
    unit = connection.execute(
        insert(resource).values(organisation_id=tenant, key="guard").returning(resource.c.id)
    ).scalar_one()
    blocks = insert(occupancy).values(organisation_id=tenant, resource_id=unit, kind="block")
    connection.execute(blocks.values(start_at=0, end_at=60))
    later = connection.execute(
        blocks.values(start_at=60, end_at=120).returning(occupancy.c.id)
    ).scalar_one()
    moved = update(occupancy).where(occupancy.c.id == later).values(start_at=30)
    for what, statement in (
        ("insert", blocks.values(start_at=30, end_at=45)),
        ("update", moved),
    ):
        try:
            with connection.begin_nested():
                connection.execute(statement)
        except DBAPIError as error:
            if trouble_of(error) is not Trouble.OVERLAP:
                raise
        else:
            return what
    return None


def _plain(said: str) -> str:
    return SHOWN_BY_POSTGRESQL.sub("", said)
