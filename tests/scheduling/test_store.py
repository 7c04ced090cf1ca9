"""The store: one clock, one transaction a time, no overlap whoever writes."""

from __future__ import annotations

import asyncio
import sqlite3
import sys
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import Connection, insert, text
from sqlalchemy.exc import IntegrityError

from scheduling.desk import Desk
from scheduling.errors import SlotTaken, TryAgain
from scheduling.serving import StoreInUse
from scheduling.store import CHECKPOINT_WRITES, Store, open_engine
from scheduling.tables import occupancy
from scheduling.values import Organisation
from tests.clinic import NOW
from tests.postgresql import Databases
from tests.scheduling.willow import TUESDAY, book_at, pass_time, rows


async def test_a_migrated_store_is_ready_and_guarded(store: Store) -> None:
    assert await store.is_migrated()
    await store.check_guard()
    assert await rows(store, "SELECT id FROM organisation") == []


async def test_an_overlap_written_past_the_desk_is_refused_by_the_database(
    store: Store, desk: Desk, clinic: Organisation
) -> None:
    await book_at(desk, clinic, f"{TUESDAY} 14:00")

    def past_the_desk(connection: Connection) -> None:
        [(resource, start)] = connection.execute(
            text("SELECT resource_id, start_at FROM occupancy")
        )
        connection.execute(
            insert(occupancy).values(
                organisation_id=clinic.id,
                resource_id=resource,
                start_at=start + 60,
                end_at=start + 120,
                kind="block",
            )
        )

    with pytest.raises(SlotTaken):
        await store.write(past_the_desk)
    assert len(await rows(store, "SELECT id FROM occupancy")) == 1


@pytest.mark.parametrize(
    "wrong",
    [
        {"end_at": 100},
        {"end_at": 100 + 24 * 3600 + 1},
        {"kind": "holiday"},
        {"kind": "hold", "holder": "call"},
        {"kind": "hold", "expires_at": 200},
        {"kind": "booking"},
        {"expires_at": 200},
    ],
)
async def test_rows_that_mean_nothing_are_refused(
    store: Store, clinic: Organisation, wrong: dict[str, object]
) -> None:
    right = {
        "organisation_id": clinic.id,
        "resource_id": 1,
        "start_at": 100,
        "end_at": 200,
        "kind": "block",
    }

    def write(connection: Connection) -> None:
        connection.execute(insert(occupancy).values(**{**right, **wrong}))

    with pytest.raises(IntegrityError):
        await store.write(write)


async def test_the_clock_starts_where_it_is_told_and_runs_on(store: Store, store_url: str) -> None:
    shift = await store.start_clock(NOW.isoformat())
    assert timedelta() <= await store.current_time() - NOW < timedelta(minutes=1)
    async with Store.open(store_url) as restarted:
        assert await restarted.start_clock(NOW.isoformat()) == shift
        assert await restarted.start_clock(None) == shift
        later = NOW + timedelta(days=3)
        assert await restarted.start_clock(later.isoformat()) > shift + timedelta(days=2)
    assert await store.current_time() >= later


async def test_an_instant_without_offset_cannot_start_the_clock(store: Store) -> None:
    with pytest.raises(ValueError, match="offset"):
        await store.start_clock("2026-11-24T09:00:00")


async def test_work_that_fails_leaves_nothing(store: Store, clinic: Organisation) -> None:
    def fail(connection: Connection) -> None:
        connection.execute(text("DELETE FROM resource"))
        raise LookupError("half way")

    with pytest.raises(LookupError):
        await store.write(fail)
    assert await rows(store, "SELECT id FROM resource")


async def test_what_is_written_is_there_after_opening_again(
    store: Store, store_url: str, desk: Desk, clinic: Organisation
) -> None:
    booked = await book_at(desk, clinic, f"{TUESDAY} 14:00")
    await pass_time(store, hours=1)
    async with Store.open(store_url) as again:
        found, _ = await Desk(again).history(clinic.id, booked.reference)
        assert found == booked


async def test_a_store_that_stays_busy_says_try_again(sqlite_file: Path) -> None:
    other = sqlite3.connect(sqlite_file, isolation_level=None)
    async with Store.open(f"sqlite:///{sqlite_file}") as store:
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(TryAgain):
            await store.start_clock(NOW.isoformat())
        assert await store.read(store.now)
        other.execute("ROLLBACK")
        assert await store.start_clock(NOW.isoformat())
    other.close()


async def test_who_waits_for_another_process_to_write_keeps_nobody_else_waiting(
    sqlite_file: Path,
) -> None:
    other = sqlite3.connect(sqlite_file, isolation_level=None)
    async with Store.open(f"sqlite:///{sqlite_file}") as store:
        ahead = await store.current_time() + timedelta(days=1)
        other.execute("BEGIN IMMEDIATE")
        waiting = asyncio.create_task(store.start_clock(ahead.isoformat()))
        for _ in range(20):
            assert await store.current_time() < ahead  # answered, and not yet shifted
        assert not waiting.done()
        other.execute("ROLLBACK")
        assert await waiting
    other.close()


async def test_a_durable_write_that_nobody_waits_for_any_more_still_ends(
    sqlite_file: Path,
) -> None:
    async with Store.open(f"sqlite:///{sqlite_file}") as store:

        def write(connection: Connection) -> None:
            connection.execute(text("UPDATE clock SET started_as = 'written'"))
            asyncio.get_running_loop().call_soon(task.cancel)

        task = asyncio.create_task(store.write(write, durable=True))
        with pytest.raises(asyncio.CancelledError):
            await task
        await store.is_migrated()  # by the thread that flushes, so after it
        assert await rows(store, "SELECT started_as FROM clock") == [("written",)]


async def test_the_log_of_writes_is_carried_into_the_file(sqlite_file: Path) -> None:
    async with Store.open(f"sqlite:///{sqlite_file}") as store:

        def write(connection: Connection) -> None:
            connection.execute(text("UPDATE clock SET shift_seconds = shift_seconds + 1"))

        for _ in range(CHECKPOINT_WRITES):
            await store.write(write)
        await store.is_migrated()  # by the thread that carried, so after it
        file = sqlite3.connect(f"file:{sqlite_file}?immutable=1", uri=True)
        carried = file.execute("SELECT shift_seconds FROM clock").fetchone()
        file.close()
    assert carried == (CHECKPOINT_WRITES,)


async def test_a_program_that_looks_at_the_file_takes_nothing_of_what_is_written_after(
    sqlite_file: Path,
) -> None:
    look = (
        "import sqlite3, sys; store = sqlite3.connect(sys.argv[1]);"
        " print(*store.execute('SELECT shift_seconds FROM clock').fetchone()); store.close()"
    )

    async def seen_from_outside() -> float:
        program = await asyncio.create_subprocess_exec(
            sys.executable, "-c", look, str(sqlite_file), stdout=asyncio.subprocess.PIPE
        )
        return float((await program.communicate())[0])

    def write(connection: Connection) -> None:
        connection.execute(text("UPDATE clock SET shift_seconds = shift_seconds + 1"))

    async with Store.open(f"sqlite:///{sqlite_file}") as store:
        for written in (1, 2, 3):
            await store.write(write)
            # Opening one more connection must leave the locks of those before it.
            await asyncio.gather(*(store.current_time() for _ in range(4)))
            assert await seen_from_outside() == written


async def test_connections_that_the_server_ended_are_opened_again(postgresql: Databases) -> None:
    with postgresql.fresh() as address:
        async with Store.open(address) as store:
            ended = text(
                "SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity"
                " WHERE datname = current_database() AND pid <> pg_backend_pid()"
            )
            for _ in range(2):
                await asyncio.gather(*(store.current_time() for _ in range(8)))
                shift = await store.start_clock(NOW.isoformat())
                administrator = open_engine(address)
                with administrator.connect() as connection:
                    assert connection.execute(ended).scalar_one() >= 1
                administrator.dispose()
            assert await store.start_clock(None) == shift


async def test_one_server_serves_a_file_and_commands_work_beside_it(
    sqlite_file: Path,
) -> None:
    address = f"sqlite:///{sqlite_file}"
    async with Store.open(address, serving=True):
        with pytest.raises(StoreInUse):
            async with Store.open(address, serving=True):
                pass
        async with Store.open(address) as command:
            await command.start_clock(NOW.isoformat())
    async with Store.open(address, serving=True) as next_server:
        assert await next_server.is_migrated()


async def test_the_folder_of_a_file_is_made(tmp_path: Path) -> None:
    async with Store.open(f"sqlite:///{tmp_path}/deep/down/ringbook.db") as store:
        assert not await store.is_migrated()


@pytest.mark.parametrize("address", ["mysql://host/db", "sqlite://", "sqlite:///:memory:"])
async def test_a_store_we_do_not_know_is_refused(address: str) -> None:
    with pytest.raises(ValueError, match="not a store we know"):
        async with Store.open(address):
            pass


async def test_writes_that_were_not_begun_can_be_given_up(store: Store) -> None:
    """A caller who is gone before their write began leaves no trace of it."""
    never = asyncio.ensure_future(store.start_clock((NOW + timedelta(days=9)).isoformat()))
    never.cancel()
    with pytest.raises(asyncio.CancelledError):
        await never
    assert await store.current_time() < NOW + timedelta(days=1)
