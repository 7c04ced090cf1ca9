"""What SQLite and PostgreSQL each need: how to connect, to begin, and what failed."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from enum import Enum
from pathlib import Path
from typing import Any

import orjson
import psycopg
from sqlalchemy import Connection, Engine, event
from sqlalchemy.engine import URL, make_url
from sqlalchemy.exc import DBAPIError

OVERLAP = "occupancy_no_overlap"
"""The name of the exclusion constraint, and what the SQLite triggers say."""
READ_WAIT_MS = 10_000
WRITE_WAIT_MS = 2_000
POOL_SIZE = 8
"""Connections to PostgreSQL, and threads that use them."""
BEGIN = "ringbook_begin"
"""Execution option: how to begin; left out for reads."""
MODES = {
    "read": (READ_WAIT_MS, "NORMAL"),
    "write": (WRITE_WAIT_MS, "NORMAL"),
    "durable": (WRITE_WAIT_MS, "FULL"),
    "write at once": (0, "NORMAL"),
    "durable at once": (0, "FULL"),
}
"""How long SQLite waits for another writer, and whether a commit waits for the disk."""


DRIVER_ERRORS = (sqlite3.Error, psycopg.Error)
JSON_BY_ORJSON = {
    "json_serializer": lambda value: orjson.dumps(value).decode(),
    "json_deserializer": orjson.loads,
}


class Trouble(Enum):
    """What a database error means to the one who wrote."""

    OVERLAP = "overlap"
    BUSY = "busy"
    DUPLICATE = "duplicate"
    LOST = "lost"
    OTHER = "other"


POSTGRESQL_TROUBLE = {
    "23P01": Trouble.OVERLAP,
    "23505": Trouble.DUPLICATE,
    "40P01": Trouble.BUSY,
    "40001": Trouble.BUSY,
    "55P03": Trouble.BUSY,
    "57P01": Trouble.LOST,  # it is shutting down
    "57P02": Trouble.LOST,
    "57P03": Trouble.LOST,  # it is starting
}


def engine_url(address: str) -> URL:
    """The address as written in the settings, with our driver."""
    url = make_url(address)
    if url.drivername in {"postgresql", "postgres"}:
        return url.set(drivername="postgresql+psycopg")
    if url.drivername == "sqlite" and url.database and url.database != ":memory:":
        return url
    raise ValueError(f"not a store we know: {url.drivername}: use sqlite:/// or postgresql://")


def engine_options(url: URL) -> dict[str, Any]:
    """What `create_engine` gets."""
    if is_sqlite(url):
        Path(url.database or "").parent.mkdir(parents=True, exist_ok=True)
        return {**JSON_BY_ORJSON, "connect_args": {"timeout": READ_WAIT_MS / 1000}}
    wait = f"-c lock_timeout={WRITE_WAIT_MS}"
    return {
        **JSON_BY_ORJSON,
        "paramstyle": "format",
        "pool_size": POOL_SIZE,
        "max_overflow": 0,
        "connect_args": {"options": f"-c timezone=UTC {wait}", "connect_timeout": 10},
    }


def is_sqlite(url: URL) -> bool:
    """Whether the store is a file."""
    return url.get_backend_name() == "sqlite"


def teach_sqlite(engine: Engine) -> None:
    """Write-ahead log, foreign keys, and our own BEGIN: the driver's is never IMMEDIATE."""

    @event.listens_for(engine, "connect")
    def prepare(connection: Any, _record: Any) -> None:
        connection.isolation_level = None
        connection.execute(f"PRAGMA busy_timeout = {READ_WAIT_MS}")
        connection.execute("PRAGMA journal_mode = WAL")
        # Left to itself a commit would now and then empty the log, and its caller wait for that.
        connection.execute("PRAGMA wal_autocheckpoint = 0")
        connection.execute("PRAGMA foreign_keys = ON")

    @event.listens_for(engine, "begin")
    def begin(connection: Connection) -> None:
        driver: Any = connection.connection.driver_connection
        mode = connection.get_execution_options().get(BEGIN, "read")
        if connection.info.get(BEGIN) != mode:
            wait, synchronous = MODES[mode]
            driver.execute(f"PRAGMA busy_timeout = {wait}")
            driver.execute(f"PRAGMA synchronous = {synchronous}")
            connection.info[BEGIN] = mode
        if mode == "read":
            driver.execute("BEGIN")
        else:
            with driver_errors(connection, "BEGIN IMMEDIATE"):
                driver.execute("BEGIN IMMEDIATE")


@contextmanager
def driver_errors(connection: Connection, sql: str) -> Iterator[None]:
    """What the driver raises, as SQLAlchemy would raise it; a lost connection is given up."""
    try:
        yield
    except DRIVER_ERRORS as error:
        kind = sqlite3.Error if isinstance(error, sqlite3.Error) else psycopg.Error
        dialect: Any = connection.dialect
        lost = dialect.is_disconnect(error, connection.connection, None)
        if lost:
            connection.invalidate(error)
        raise DBAPIError.instance(
            sql, None, error, kind, hide_parameters=True, connection_invalidated=lost
        ) from error


def checkpoint(engine: Engine) -> None:
    """Carry the write-ahead log into the file; nobody who reads or writes waits for it.

    Where others keep it from the end, the next one goes on.
    """
    with engine.connect() as connection:
        driver: Any = connection.connection.driver_connection
        driver.execute("PRAGMA wal_checkpoint(PASSIVE)")


def trouble_of(error: DBAPIError) -> Trouble:
    """Overlap is said only where the database proved one."""
    if error.connection_invalidated:
        return Trouble.LOST
    state = getattr(error.orig, "sqlstate", None)
    if state is not None:
        return POSTGRESQL_TROUBLE.get(state, Trouble.OTHER)
    if isinstance(error.orig, psycopg.OperationalError):
        return Trouble.LOST  # without a state of the server's: it was not reached at all
    said = str(error.orig)
    if said == OVERLAP:
        return Trouble.OVERLAP
    if "database is locked" in said or "database table is locked" in said:
        return Trouble.BUSY
    if said.startswith("UNIQUE constraint failed"):
        return Trouble.DUPLICATE
    return Trouble.OTHER
