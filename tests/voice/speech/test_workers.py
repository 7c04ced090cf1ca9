"""Threads for native work are bounded, and so is the queue before them."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Iterator

import pytest

from voice.speech.engines import EngineFailed
from voice.speech.seats import Seats
from voice.speech.workers import Workers


@pytest.fixture
def workers() -> Iterator[Workers]:
    made = Workers("test", threads=1, waiting=1)
    yield made
    made.close()


async def test_whoever_comes_when_too_many_wait_is_refused(workers: Workers) -> None:
    go = threading.Event()
    running = [asyncio.create_task(workers.run(go.wait)) for _ in range(2)]
    await asyncio.sleep(0)
    with pytest.raises(EngineFailed, match="busy"):
        await workers.run(go.wait)
    go.set()
    assert await asyncio.gather(*running) == [True, True]
    assert await workers.run(lambda: 7) == 7


async def test_who_cancels_is_let_go_at_once_and_what_waited_never_runs(workers: Workers) -> None:
    go, began, ran = threading.Event(), threading.Event(), threading.Event()

    def work() -> bool:
        began.set()
        return go.wait()

    first = asyncio.create_task(workers.run(work))
    await asyncio.to_thread(began.wait)
    second = asyncio.create_task(workers.run(ran.set))
    await asyncio.sleep(0)
    for task in (first, second):
        task.cancel()
        with pytest.raises(asyncio.CancelledError):
            await task
    assert not go.is_set()
    go.set()
    await asyncio.to_thread(workers.close)
    assert not ran.is_set()


async def test_what_fails_in_a_thread_fails_for_who_asked(workers: Workers) -> None:
    with pytest.raises(ZeroDivisionError):
        await workers.run(lambda: 1 / 0)


async def test_closed_workers_take_nothing(workers: Workers) -> None:
    workers.close()
    with pytest.raises(EngineFailed, match="closed"):
        await workers.run(lambda: 1)


def test_a_full_house_admits_nobody_until_a_seat_is_left() -> None:
    seats = Seats(2)
    first, second = seats.admit(), seats.admit()
    assert first is not None
    assert second is not None
    assert seats.admit() is None
    first.leave()
    first.leave()
    assert seats.taken == 1
    again = seats.admit()
    assert again is not None
    with again:
        assert seats.admit() is None
    assert seats.taken == 1
