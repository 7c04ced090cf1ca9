"""What SQLite promises a writer: the disk for what must last, and nobody else meanwhile."""

from __future__ import annotations

import asyncio
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

import pytest
from sqlalchemy import Connection, text

from scheduling.store import Store

NORMAL, FULL = 1, 2


@pytest.fixture
def other(sqlite_file: Path) -> Iterator[sqlite3.Connection]:
    """Another process at the same file, that waits for nobody."""
    with closing(sqlite3.connect(sqlite_file, isolation_level=None, timeout=0)) as connection:
        yield connection


def synchronous(connection: Connection) -> int:
    return int(connection.execute(text("PRAGMA synchronous")).scalar_one())


@pytest.mark.parametrize(("durable", "level"), [(True, FULL), (False, NORMAL)])
async def test_a_booking_waits_for_the_disk_and_a_hold_does_not(
    sqlite_file: Path, durable: bool, level: int
) -> None:
    async with Store.open(f"sqlite:///{sqlite_file}") as store:
        for _ in range(2):
            assert await store.write(synchronous, durable=durable) == level
            await store.write(synchronous, durable=not durable)


@pytest.mark.parametrize(("durable", "level"), [(True, FULL), (False, NORMAL)])
async def test_it_does_so_too_when_it_had_to_wait_for_another_process(
    sqlite_file: Path, other: sqlite3.Connection, durable: bool, level: int
) -> None:
    async with Store.open(f"sqlite:///{sqlite_file}") as store:
        other.execute("BEGIN IMMEDIATE")
        waiting = asyncio.create_task(store.write(synchronous, durable=durable))
        for _ in range(20):
            await asyncio.sleep(0)
        assert not waiting.done()
        other.execute("ROLLBACK")
        assert await waiting == level


@pytest.mark.parametrize("durable", [True, False])
async def test_from_its_first_look_on_a_writer_is_alone(
    sqlite_file: Path, other: sqlite3.Connection, durable: bool
) -> None:
    """Else two could look, find a time free, and one would fail for having looked."""

    def look(connection: Connection) -> str:
        connection.execute(text("SELECT id FROM occupancy")).all()
        try:
            other.execute("BEGIN IMMEDIATE")
        except sqlite3.OperationalError as error:
            return str(error)
        other.execute("ROLLBACK")
        return "two at once"

    async with Store.open(f"sqlite:///{sqlite_file}") as store:
        assert await store.write(look, durable=durable) == "database is locked"
        assert await store.read(look_only(other)) == "nobody waits for a reader"


def look_only(other: sqlite3.Connection) -> Callable[[Connection], str]:
    def look(connection: Connection) -> str:
        connection.execute(text("SELECT id FROM occupancy")).all()
        other.execute("BEGIN IMMEDIATE")
        other.execute("ROLLBACK")
        return "nobody waits for a reader"

    return look
