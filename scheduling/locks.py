"""What PostgreSQL's writers queue for, so that they take turns rather than fail."""

from __future__ import annotations

from collections.abc import Iterable
from enum import Enum

from sqlalchemy import Connection, text

from scheduling.prepared import prepare


class Lock(Enum):
    """In the order in which they are taken.

    The numbers are keys alone: processes of different versions must agree on them.
    """

    CALL = 2
    CUSTOMER = 4
    RESOURCE = 1
    STOCK = 7
    HOLDER = 3
    BUSINESS_FILES = 5


TAKE_LOCKS = prepare(
    text("SELECT pg_advisory_xact_lock(:kind, id) FROM unnest(CAST(:ids AS int[])) AS id").columns()
)
TAKE_NAMED_LOCK = prepare(text("SELECT pg_advisory_xact_lock(:kind, hashtext(:name))").columns())


def lock(connection: Connection, kind: Lock, names: Iterable[int | str]) -> None:
    """Queue for these until the transaction ends. SQLite has one writer, so there it is nothing."""
    if connection.dialect.name == "sqlite":
        return
    if kind is Lock.RESOURCE:
        connection.execute(TAKE_LOCKS, {"kind": kind.value, "ids": sorted(map(int, names))})
        return
    for name in sorted(map(str, names)):
        connection.execute(TAKE_NAMED_LOCK, {"kind": kind.value, "name": name})
