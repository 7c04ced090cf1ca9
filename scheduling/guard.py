"""What makes the database itself refuse two rows at one time, and the proof that it does."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Connection, insert, text, update
from sqlalchemy.exc import DBAPIError

from scheduling.database import OVERLAP, Trouble, trouble_of
from scheduling.tables import occupancy, organisation, resource

GUARD_NAMES = {
    "sqlite": {"occupancy_no_overlap_insert", "occupancy_no_overlap_update"},
    "postgresql": {OVERLAP},
}
"""The triggers, and the exclusion constraint, of the first migration."""
SQLITE_NAMES = text("SELECT name FROM sqlite_master WHERE type = 'trigger'")
POSTGRESQL_NAMES = text(
    "SELECT conname FROM pg_constraint WHERE conrelid = 'occupancy'::regclass AND contype = 'x'"
)


def missing_guard(connection: Connection) -> str | None:
    """The name of a trigger or constraint that is not there: rebuilding a table drops them."""
    dialect = connection.dialect.name
    present = connection.execute(SQLITE_NAMES if dialect == "sqlite" else POSTGRESQL_NAMES)
    missing = GUARD_NAMES[dialect] - set(present.scalars())
    return min(missing, default=None)


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
