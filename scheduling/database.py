"""What SQLite and PostgreSQL each need: how to connect, to begin, and what failed."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from enum import Enum
from pathlib import Path
from typing import Any, TypeVar

import orjson
import psycopg
from psycopg.abc import PQGen
from sqlalchemy import Connection, Engine, event
from sqlalchemy.engine import URL, make_url
from sqlalchemy.exc import DBAPIError

from scheduling.private_files import close_to_others, make_private, make_private_folder

OVERLAP = "occupancy_no_overlap"
"""The name of the exclusion constraint, and what the SQLite triggers say."""
READ_WAIT_MS = 10_000
WRITE_WAIT_MS = 2_000
STATEMENT_MS = 3_000
"""After so long PostgreSQL gives a statement up: longer than anybody waits for a lock."""
ANSWER_SECONDS = 4.0
"""After so long without PostgreSQL's answer it is not there any more."""
CONNECT_SECONDS = 3
REACHABLE = {
    "connect_timeout": CONNECT_SECONDS,
    "keepalives": 1,
    "keepalives_idle": 10,
    "keepalives_interval": 3,
    "keepalives_count": 3,
    "tcp_user_timeout": int(ANSWER_SECONDS * 1000),
}
"""How libpq notices a server that is gone; seconds, but for the last."""
SERVER_DEADLINES = {
    "lock_timeout": WRITE_WAIT_MS,
    "statement_timeout": STATEMENT_MS,
    # What a client that is gone has locked is free again.
    "idle_in_transaction_session_timeout": 10_000,
    "tcp_keepalives_idle": 10,
    "tcp_keepalives_interval": 3,
    "tcp_keepalives_count": 3,
}
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
FULL = {
    sqlite3.SQLITE_FULL,
    sqlite3.SQLITE_IOERR,
    sqlite3.SQLITE_READONLY,
    sqlite3.SQLITE_CANTOPEN,
}
"""The disk took nothing; after `SQLITE_IOERR_FSYNC` nobody knows whether it did."""
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
    NO_ROOM = "no room"
    OTHER = "other"


POSTGRESQL_TROUBLE = {
    "23P01": Trouble.OVERLAP,
    "23505": Trouble.DUPLICATE,
    "40P01": Trouble.BUSY,
    "40001": Trouble.BUSY,
    "53100": Trouble.NO_ROOM,
    "53300": Trouble.BUSY,  # too many connections
    "55P03": Trouble.BUSY,
    "57014": Trouble.BUSY,  # it took too long
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


def engine_options(url: URL, *, deadlines: bool = True) -> dict[str, Any]:
    """What `create_engine` gets; without `deadlines` a statement may take as long as it needs."""
    shared = {**JSON_BY_ORJSON, "hide_parameters": True}
    if is_sqlite(url):
        make_private_folder(Path(url.database or "").parent)
        return {**shared, "connect_args": {"timeout": READ_WAIT_MS / 1000}}
    kept = SERVER_DEADLINES if deadlines else {"lock_timeout": WRITE_WAIT_MS}
    options = " ".join(["-c timezone=UTC", *(f"-c {name}={kept[name]}" for name in kept)])
    return {
        **shared,
        "paramstyle": "format",
        "pool_size": POOL_SIZE,
        "max_overflow": 0,
        "connect_args": {"options": options, **REACHABLE},
    }


def is_sqlite(url: URL) -> bool:
    """Whether the store is a file."""
    return url.get_backend_name() == "sqlite"


def teach_sqlite(engine: Engine) -> None:
    """Write-ahead log, foreign keys, and our own BEGIN: the driver's is never IMMEDIATE."""
    database = engine.url.database or ""

    @event.listens_for(engine, "do_connect")
    def keep_private(_dialect: Any, _record: Any, _given: Any, _named: Any) -> None:
        # The log and the index beside it get the rights of the file.
        make_private(Path(database))
        for beside in ("-wal", "-shm"):
            close_to_others(Path(database + beside))

    @event.listens_for(engine, "connect")
    def prepare(connection: Any, _record: Any) -> None:
        connection.isolation_level = None
        connection.execute(f"PRAGMA busy_timeout = {READ_WAIT_MS}")
        connection.execute("PRAGMA journal_mode = WAL")
        # Left to itself a commit would now and then empty the log, and its caller wait for that.
        connection.execute("PRAGMA wal_autocheckpoint = 0")
        connection.execute("PRAGMA foreign_keys = ON")
        # What is erased leaves its page too, where that costs no further writing.
        connection.execute("PRAGMA secure_delete = FAST")

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


T = TypeVar("T")


class HurriedConnection(psycopg.Connection[Any]):
    """A connection to PostgreSQL that is thrown away when an answer does not come.

    A network that swallows packets, a proxy or a machine that stands still send no error, and
    TCP alone may wait for a quarter of an hour.
    """

    answer_seconds = ANSWER_SECONDS

    def wait(self, gen: PQGen[T], interval: float = 0.1, timeout: float | None = None) -> T:
        """As psycopg waits, but never for ever; what goes wrong without the server's word for it
        leaves nothing that could be used again."""
        try:
            return super().wait(gen, interval, self.answer_seconds if timeout is None else timeout)
        except psycopg.OperationalError as error:
            if error.sqlstate is None:
                self.pgconn.finish()
            raise


def teach_postgresql(engine: Engine) -> None:
    """Connections that wait for no answer longer than anybody on the telephone would."""

    @event.listens_for(engine, "do_connect")
    def connect(_dialect: Any, _record: Any, given: Any, named: Any) -> psycopg.Connection[Any]:
        return HurriedConnection.connect(*given, **named)


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
    code = getattr(error.orig, "sqlite_errorcode", 0)
    if code & 0xFF in FULL and code != sqlite3.SQLITE_IOERR_FSYNC:
        return Trouble.NO_ROOM
    if said == OVERLAP:
        return Trouble.OVERLAP
    if "database is locked" in said or "database table is locked" in said:
        return Trouble.BUSY
    if said.startswith("UNIQUE constraint failed"):
        return Trouble.DUPLICATE
    return Trouble.OTHER
