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
from contextlib import asynccontextmanager
from datetime import datetime, timedelta
from functools import cached_property
from pathlib import Path
from typing import Any, TypeVar

from sqlalchemy import Connection, Engine, create_engine, event, inspect, text
from sqlalchemy.exc import DBAPIError, DisconnectionError, OperationalError
from sqlalchemy.pool import ConnectionPoolEntry
from sqlmodel import SQLModel

from scheduling.clock import end_shift, read_clock, shift_to
from scheduling.database import (
    BEGIN,
    POOL_SIZE,
    Trouble,
    checkpoint,
    engine_options,
    engine_url,
    is_sqlite,
    teach_postgresql,
    teach_sqlite,
    trouble_of,
)
from scheduling.errors import CannotWrite, Overtaken, SlotTaken, TryAgain
from scheduling.guard import missing_guard, refuses_overlaps
from scheduling.private_files import file_identity
from scheduling.serving import claim_file
from scheduling.threads import Threads

T = TypeVar("T")
OUT_OF_REACH = (TryAgain, OperationalError)
"""What is raised while somebody else keeps the store busy, or while it is not there at all."""
BUSY_SECONDS = 2.0
PAUSE_SECONDS = 0.01
CHECKPOINT_WRITES = 500
"""After so many the write-ahead log goes into the file: some two megabytes, 10 ms of disk."""
PROVE_DISK = text(
    "INSERT INTO disk_proof (id, writes) VALUES (1, 1)"
    " ON CONFLICT (id) DO UPDATE SET writes = disk_proof.writes + 1"
)
"""Not the same value again: SQLite would see that there is nothing to write."""
NO_ROOM = "its disk takes no more"
FILE_GONE = "its file was deleted or replaced, and only a restart opens what is there now"
OPENED_AT = "opened at"
COLLISIONS = 3
"""So often a proved overlap, or a reference drawn twice, is looked at afresh."""


class GuardMissing(Exception):
    """The database would let two bookings overlap: it must not be served."""


def open_engine(address: str, *, deadlines: bool = True) -> Engine:
    """An engine for `sqlite:///…` or `postgresql://…`; a SQLite file's folder is made.

    Migrations alone go without `deadlines`: a large table takes its time.
    """
    url = engine_url(address)
    engine = create_engine(url, **engine_options(url, deadlines=deadlines))
    if is_sqlite(url):
        teach_sqlite(engine)
    elif deadlines:
        teach_postgresql(engine)
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
        self._threads = Threads(1 if self._sqlite else POOL_SIZE)
        self._file = Path(engine.url.database or "") if self._sqlite else None
        self._opened: tuple[int, int] | None = None
        self._lost_at = 0.0
        if not self._sqlite:
            event.listen(engine, "connect", _note_when)
            event.listen(engine, "checkout", self._refuse_older)

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
                await store._threads.close()
                for kept in ("_reading", "_writing"):
                    if kept in vars(store):
                        vars(store)[kept].close()
                engine.dispose()

    async def read(self, work: Callable[[Connection], T]) -> T:
        """What the work finds. It must be short: SQLite is read on the event loop."""
        if self._sqlite:
            return self._read(work)
        return await self._threads.run_soon(lambda: self._read(work))

    async def write(self, work: Callable[[Connection], T], *, durable: bool = False) -> T:
        """The work in one transaction, committed at its end; an exception rolls it back.

        It may run more than once, so it must do nothing outside the connection. `durable` work is
        on the disk before the answer.
        """
        if self._sqlite:
            async with self._turn_to_write:
                self._check_file()
                try:
                    return await self._write_here(work, durable=durable)
                except DBAPIError as error:
                    if trouble_of(error) is Trouble.NO_ROOM:
                        raise CannotWrite(NO_ROOM) from error
                    if trouble_of(error) is Trouble.OTHER:
                        raise
        return await self._threads.run_soon(lambda: self._write(work, durable=durable))

    def now(self, connection: Connection) -> datetime:
        """The one clock: the time of the store, shifted for rehearsals."""
        return read_clock(connection)

    async def current_time(self) -> datetime:
        """The same, for those who hold no connection."""
        return await self.read(self.now)

    async def start_clock(self, at: str | None) -> timedelta:
        """Shift the clock so that it starts at this instant; the shift that is then in force.

        None keeps the shift that there is: a command sees the time of the server beside it.
        """
        return await self.write(lambda connection: shift_to(connection, at))

    async def end_shift(self) -> timedelta:
        """The machine's own time from here on; the shift that was in force."""
        return await self.write(end_shift)

    async def check_guard(self) -> None:
        """Proves that the database refuses overlaps by itself; raises `GuardMissing`."""

        def check(connection: Connection) -> str | None:
            missing = missing_guard(connection)
            return missing or refuses_overlaps(connection, now=self.now(connection))

        missing = await self._threads.run(lambda: self._rehearse(check))
        if missing:
            raise GuardMissing(f"the store does not refuse overlaps: {missing}")

    async def check_disk(self) -> None:
        """Proves that what is written lasts; raises `CannotWrite` with why it does not."""
        await self.write(lambda connection: connection.execute(PROVE_DISK), durable=True)

    async def is_migrated(self) -> bool:
        """Whether every table that this process knows is there; `CannotWrite` where the file is
        no longer the one that was opened."""
        if self._sqlite:
            self._check_file()  # a new connection would make a new, empty one
        present = await self._threads.run(lambda: inspect(self._reader).get_table_names())
        return set(SQLModel.metadata.tables) <= set(present)

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
            await asyncio.shield(self._threads.run(lambda: _commit(connection)))
        else:
            try:
                done = work(self._writing)
                self._writing.commit()
            except BaseException:
                self._writing.rollback()
                raise
        self._writes += 1
        if self._writes % CHECKPOINT_WRITES == 0:
            self._checkpoint = self._threads.run(lambda: checkpoint(self._reader))
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
                self._start_afresh()
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

    def _check_file(self) -> None:
        """What was written to a file that has been deleted or replaced would be lost unseen."""
        assert self._file is not None
        here = file_identity(self._file)
        if self._opened is None:
            self._opened = here
        elif here != self._opened:
            raise CannotWrite(FILE_GONE)

    def _start_afresh(self) -> None:
        """Where one connection is lost its neighbours are: nobody shall wait for each in turn."""
        self._lost_at = time.monotonic()

    def _refuse_older(self, _connection: Any, record: ConnectionPoolEntry, _proxy: Any) -> None:
        """What was opened before is closed when it is next asked for, and opened anew."""
        if record.info[OPENED_AT] < self._lost_at:
            raise DisconnectionError

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
                if trouble is Trouble.LOST:
                    self._start_afresh()
                if trouble is Trouble.NO_ROOM:
                    raise CannotWrite(NO_ROOM) from error
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


def _note_when(_connection: Any, record: ConnectionPoolEntry) -> None:
    record.info[OPENED_AT] = time.monotonic()


def _commit(connection: Connection) -> None:
    with connection:
        connection.commit()
