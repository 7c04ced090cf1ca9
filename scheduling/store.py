"""The store: one transaction for each piece of work, one clock, no overlap.

SQLite is read and written on the event loop, by one writer at a time: what takes a millisecond of
Python is not quicker in a thread, which would wait for the interpreter at every statement. What
waits for the disk or for another process is done by one thread. PostgreSQL is used from a bounded
pool of threads. Whatever is given to `read` and `write` runs on the transaction's connection.
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncIterator, Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta
from functools import cached_property
from typing import Any, TypeVar

from sqlalchemy import Connection, Engine, column, create_engine, inspect, select, text, update
from sqlalchemy.exc import DBAPIError, OperationalError
from sqlmodel import SQLModel

from scheduling.database import (
    BEGIN,
    POOL_SIZE,
    Trouble,
    checkpoint,
    engine_options,
    engine_url,
    is_sqlite,
    teach_sqlite,
    trouble_of,
)
from scheduling.errors import Overtaken, SlotTaken, TryAgain
from scheduling.guard import missing_guard, refuses_overlaps
from scheduling.prepared import prepare
from scheduling.serving import claim_file
from scheduling.tables import clock

T = TypeVar("T")
OUT_OF_REACH = (TryAgain, OperationalError)
"""What is raised while somebody else keeps the store busy, or while it is not there at all."""
BUSY_SECONDS = 2.0
PAUSE_SECONDS = 0.01
CHECKPOINT_WRITES = 500
"""After so many the write-ahead log goes into the file: some two megabytes, 10 ms of disk."""
COLLISIONS = 3
"""So often a proved overlap, or a reference drawn twice, is looked at afresh."""
READ_SHIFT = "SELECT shift_seconds FROM clock"
READ_CLOCK = prepare(
    text(
        "SELECT CAST(extract(epoch FROM clock_timestamp()) AS float8) + shift_seconds FROM clock"
    ).columns(column("seconds"))
)


class GuardMissing(Exception):
    """The database would let two bookings overlap: it must not be served."""


def open_engine(address: str) -> Engine:
    """An engine for `sqlite:///…` or `postgresql://…`; a SQLite file's folder is made."""
    url = engine_url(address)
    engine = create_engine(url, **engine_options(url))
    if is_sqlite(url):
        teach_sqlite(engine)
    return engine


class Store:
    """The one way to the database."""

    def __init__(self, engine: Engine) -> None:
        self._sqlite = is_sqlite(engine.url)
        self._reader = (
            engine if self._sqlite else engine.execution_options(isolation_level="AUTOCOMMIT")
        )
        self._writer = engine.execution_options(**{BEGIN: "write"})
        self._durable_writer = engine.execution_options(**{BEGIN: "durable"})
        self._writer_here = engine.execution_options(**{BEGIN: "write at once"})
        self._durable_writer_here = engine.execution_options(**{BEGIN: "durable at once"})
        self._turn_to_write = asyncio.Lock()
        self._writes = 0
        self._checkpoint: asyncio.Future[None] | None = None
        threads = 1 if self._sqlite else POOL_SIZE
        self._threads = ThreadPoolExecutor(threads, thread_name_prefix="store")

    @classmethod
    @asynccontextmanager
    async def open(cls, address: str, *, serving: bool = False) -> AsyncIterator[Store]:
        """`serving` claims a SQLite file for this process: a second one gets `StoreInUse`."""
        engine = open_engine(address)
        with claim_file(engine.url.database if serving and is_sqlite(engine.url) else None):
            store = cls(engine)
            try:
                yield store
            finally:
                await asyncio.to_thread(store._threads.shutdown)
                for kept in ("_reading", "_writing"):
                    if kept in vars(store):
                        vars(store)[kept].close()
                engine.dispose()

    async def read(self, work: Callable[[Connection], T]) -> T:
        """What the work finds. It must be short: SQLite is read on the event loop."""
        if self._sqlite:
            return self._read(work)
        return await self._in_thread(lambda: self._read(work))

    async def write(self, work: Callable[[Connection], T], *, durable: bool = False) -> T:
        """The work in one transaction, committed at its end; an exception rolls it back.

        It may run more than once, so it must do nothing outside the connection. `durable` work is
        on the disk before the answer.
        """
        if self._sqlite:
            async with self._turn_to_write:
                try:
                    return await self._write_here(work, durable=durable)
                except DBAPIError as error:
                    if trouble_of(error) is Trouble.OTHER:
                        raise
        return await self._in_thread(lambda: self._write(work, durable=durable))

    def now(self, connection: Connection) -> datetime:
        """The one clock: the time of the store, shifted for rehearsals."""
        if self._sqlite:
            # Asked three times a turn: past SQLAlchemy it costs a tenth.
            driver: Any = connection.connection.driver_connection
            [shift] = driver.execute(READ_SHIFT).fetchone()
            seconds = time.time() + float(shift)
        else:
            seconds = float(connection.execute(READ_CLOCK).scalar_one())
        return datetime.fromtimestamp(seconds, UTC)

    async def current_time(self) -> datetime:
        """The same, for those who hold no connection."""
        return await self.read(self.now)

    async def start_clock(self, at: str | None) -> timedelta:
        """Shift the clock so that it starts at this instant; the shift that is then in force.

        The same text as before keeps the shift, so that restarts and other processes agree.
        """

        def start(connection: Connection) -> timedelta:
            kept = connection.execute(select(clock.c.started_as, clock.c.shift_seconds)).one()
            if at is None or at == kept.started_as:
                return timedelta(seconds=kept.shift_seconds)
            unshifted = self.now(connection) - timedelta(seconds=kept.shift_seconds)
            shift = _instant(at) - unshifted
            connection.execute(
                update(clock).values(started_as=at, shift_seconds=shift.total_seconds())
            )
            return shift

        return await self.write(start)

    async def check_guard(self) -> None:
        """Proves that the database refuses overlaps by itself; raises `GuardMissing`."""

        def check(connection: Connection) -> str | None:
            missing = missing_guard(connection)
            return missing or refuses_overlaps(connection, now=self.now(connection))

        missing = await self._in_thread(lambda: self._rehearse(check))
        if missing:
            raise GuardMissing(f"the store does not refuse overlaps: {missing}")

    async def is_migrated(self) -> bool:
        """Whether every table that this process knows is there."""
        present = await self._in_thread(lambda: inspect(self._reader).get_table_names())
        return set(SQLModel.metadata.tables) <= set(present)

    async def _in_thread(self, work: Callable[[], T]) -> T:
        return await asyncio.get_running_loop().run_in_executor(self._threads, work)

    async def _write_here(self, work: Callable[[Connection], T], *, durable: bool) -> T:
        """One try that waits for nobody; only the flush of durable work is left to the thread."""
        if durable:
            connection = self._durable_writer_here.connect()
            try:
                done = work(connection)
            except BaseException:
                connection.close()
                raise
            # Once begun it ends, whoever goes away meanwhile.
            await asyncio.shield(self._in_thread(lambda: _commit(connection)))
        else:
            try:
                done = work(self._writing)
                self._writing.commit()
            except BaseException:
                self._writing.rollback()
                raise
        self._writes += 1
        if self._writes % CHECKPOINT_WRITES == 0:
            loop = asyncio.get_running_loop()
            self._checkpoint = loop.run_in_executor(self._threads, checkpoint, self._reader)
        return done

    def _read(self, work: Callable[[Connection], T]) -> T:
        give_up = time.monotonic() + BUSY_SECONDS
        while True:
            try:
                return self._read_once(work)
            except DBAPIError as error:
                # Asking each connection whether it still lives would cost every read a journey.
                if trouble_of(error) is not Trouble.LOST:
                    raise
                if time.monotonic() > give_up:
                    raise TryAgain("the store cannot be reached") from error
            time.sleep(PAUSE_SECONDS)

    def _read_once(self, work: Callable[[Connection], T]) -> T:
        if self._sqlite:
            try:
                return work(self._reading)
            finally:
                self._reading.rollback()
        with self._reader.connect() as connection:
            return work(connection)

    @cached_property
    def _reading(self) -> Connection:
        """For all reads on the loop: to fetch one each time would cost as much as the read."""
        return self._reader.connect()

    @cached_property
    def _writing(self) -> Connection:
        """The same for writes that are over before anybody else has a turn."""
        return self._writer_here.connect()

    def _rehearse(self, work: Callable[[Connection], T]) -> T:
        """The work in a transaction that is always rolled back."""
        try:
            with self._writer.connect() as connection:
                return work(connection)
        except DBAPIError as error:
            if trouble_of(error) is not Trouble.BUSY:
                raise
            raise TryAgain("the store stayed busy") from error

    def _write(self, work: Callable[[Connection], T], *, durable: bool) -> T:
        engine = self._durable_writer if durable else self._writer
        give_up = time.monotonic() + BUSY_SECONDS
        collisions = 0
        while True:
            committing = False
            try:
                with engine.connect() as connection:
                    done = work(connection)
                    committing = True
                    connection.commit()
                    return done
            except Overtaken as overtaken:
                if time.monotonic() > give_up:
                    raise TryAgain("others were quicker every time") from overtaken
            except DBAPIError as error:
                trouble = trouble_of(error)
                collisions += trouble in (Trouble.OVERLAP, Trouble.DUPLICATE)
                if trouble is Trouble.OVERLAP and collisions == COLLISIONS:
                    raise SlotTaken("the store refused an overlap") from error
                if trouble is Trouble.OTHER or collisions == COLLISIONS:
                    raise
                if trouble is Trouble.LOST and committing:
                    raise  # it may have been written: only the idempotency key can tell
                if time.monotonic() > give_up:
                    raise TryAgain("the store stayed busy") from error
            time.sleep(PAUSE_SECONDS)


def _commit(connection: Connection) -> None:
    with connection:
        connection.commit()


def _instant(at: str) -> datetime:
    instant = datetime.fromisoformat(at)
    if instant.tzinfo is None:
        raise ValueError(f"an instant needs its offset: {at}")
    return instant
