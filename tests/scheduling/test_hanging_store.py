"""A database that hangs: nobody waits for ever, and it is used again by itself once it answers."""

from __future__ import annotations

import asyncio
import threading

import pytest
from sqlalchemy import Connection, text

from scheduling.database import POOL_SIZE, HurriedConnection
from scheduling.errors import TryAgain
from scheduling.store import Store, open_engine
from tests.clinic import NOW
from tests.postgresql import Databases
from tests.stalling_proxy import behind_a_proxy


@pytest.fixture
def short_patience(monkeypatch: pytest.MonkeyPatch) -> None:
    # What is patched is a length of time only: a test need not wait for all of it.
    monkeypatch.setattr(HurriedConnection, "answer_seconds", 0.3)


@pytest.mark.usefixtures("short_patience")
async def test_a_store_that_stands_still_says_try_again_and_is_used_again_by_itself(
    postgresql: Databases,
) -> None:
    with postgresql.fresh() as address:
        async with behind_a_proxy(address) as (proxy, through), Store.open(through) as store:
            await asyncio.gather(*(store.current_time() for _ in range(POOL_SIZE)))
            proxy.flowing.clear()
            asked = [store.current_time() for _ in range(3 * POOL_SIZE)]
            written = [store.start_clock(NOW.isoformat()) for _ in range(POOL_SIZE)]
            answers = await asyncio.gather(*asked, *written, return_exceptions=True)
            assert [type(answer) for answer in answers] == [TryAgain] * len(answers)
            proxy.flowing.set()
            assert await store.start_clock(None) is not None
            before = proxy.accepted
            await asyncio.gather(*(store.current_time() for _ in range(POOL_SIZE)))
            assert proxy.accepted <= before + POOL_SIZE


@pytest.mark.usefixtures("short_patience")
async def test_what_hangs_at_its_commit_is_not_said_to_have_failed(postgresql: Databases) -> None:
    """It may have been written: that is no `TryAgain`, and only its key can tell."""
    with postgresql.fresh() as address:
        async with behind_a_proxy(address) as (proxy, through), Store.open(through) as store:
            loop, stopped = asyncio.get_running_loop(), threading.Event()

            def stop() -> None:
                proxy.flowing.clear()
                stopped.set()

            def stop_before_the_commit(connection: Connection) -> None:
                connection.execute(text("UPDATE clock SET started_as = 'written'"))
                loop.call_soon_threadsafe(stop)
                assert stopped.wait(10)

            with pytest.raises(Exception, match="timeout|answer") as refused:
                await store.write(stop_before_the_commit)
            assert not isinstance(refused.value, TryAgain)


async def test_a_statement_without_end_is_ended_by_the_server(postgresql: Databases) -> None:
    with postgresql.fresh() as address:
        async with Store.open(address) as store:

            def settings(connection: Connection) -> list[str]:
                names = ("statement_timeout", "lock_timeout", "idle_in_transaction_session_timeout")
                return [connection.exec_driver_sql(f"SHOW {name}").scalar_one() for name in names]

            assert await store.read(settings) == ["3s", "2s", "10s"]

            def sleep(connection: Connection) -> None:
                connection.execute(text("SET statement_timeout = 20"))
                connection.execute(text("SELECT pg_sleep(60)"))

            with pytest.raises(TryAgain):
                await store.write(sleep)


async def test_migrations_may_take_as_long_as_they_need(postgresql: Databases) -> None:
    with postgresql.fresh() as address:
        engine = open_engine(address, deadlines=False)
        with engine.connect() as connection:
            assert connection.exec_driver_sql("SHOW statement_timeout").scalar_one() == "0"
            assert type(connection.connection.driver_connection) is not HurriedConnection
        engine.dispose()
