"""Many processes, one store: nobody is booked twice, and nobody is refused for nothing."""

from __future__ import annotations

import json
import subprocess
import sys
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import text
from sqlmodel import Session

from scheduling.desk import Desk
from scheduling.store import Store
from scheduling.values import Organisation
from tests.scheduling.test_store import DROP_GUARD
from tests.scheduling.willow import rows

SLOW = [pytest.mark.slow, pytest.mark.timeout(300)]
ROOT = Path(__file__).resolve().parents[2]
OVERLAPS = """
    SELECT a.id, b.id FROM occupancy a JOIN occupancy b ON a.resource_id = b.resource_id
    AND a.id < b.id AND a.start_at < b.end_at AND b.start_at < a.end_at
"""


def race(address: str, mode: str, *, processes: int, count: int) -> list[dict[str, Any]]:
    """What each process was answered; they begin together."""
    racers = [
        subprocess.Popen(
            [sys.executable, "-m", "tests.scheduling.racer", address, mode, str(seed), str(count)],
            cwd=ROOT,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        for seed in range(processes)
    ]
    for racer in racers:
        assert racer.stdin is not None
        racer.stdin.write("go\n")
        racer.stdin.flush()
    answers = [racer.communicate(timeout=280)[0] for racer in racers]
    assert [racer.returncode for racer in racers] == [0] * processes
    return [json.loads(answer) for answer in answers]


async def deadlocks(store: Store) -> int:
    """How often PostgreSQL had to end one of two transactions; SQLite's writers only queue."""

    def read(session: Session) -> int:
        if session.get_bind().dialect.name == "sqlite":
            return 0
        statistics = "SELECT deadlocks FROM pg_stat_database WHERE datname = current_database()"
        return int(session.connection().execute(text(statistics)).scalar_one())

    return await store.read(read)


@pytest.mark.parametrize(("processes", "count"), [(4, 60), pytest.param(16, 120, marks=SLOW)])
async def test_many_processes_never_book_one_provider_twice(
    store: Store,
    store_url: str,
    desk: Desk,
    clinic: Organisation,
    processes: int,
    count: int,
) -> None:
    answers = race(store_url, "book", processes=processes, count=count)
    booked = [reference for answer in answers for reference in answer["booked"]]
    stored = await rows(store, "SELECT reference FROM booking WHERE status = 'booked'")
    assert await rows(store, OVERLAPS) == []
    assert sorted(booked) == sorted(reference for (reference,) in stored)
    assert await deadlocks(store) == 0
    taken = await rows(
        store,
        "SELECT resource.key, start_at, end_at FROM occupancy"
        " JOIN resource ON resource.id = occupancy.resource_id",
    )
    for provider, start in (each for answer in answers for each in answer["refused"]):
        begins = datetime.fromisoformat(start).timestamp()
        near = [each for each in taken if each[0] == f"provider:{provider}"]
        # Half an hour and ten minutes is the longest visit of the race.
        assert any(each[1] < begins + 2400 and each[2] > begins for each in near), start


@pytest.mark.parametrize(("processes", "count"), [(4, 30), pytest.param(16, 60, marks=SLOW)])
async def test_holds_bookings_moves_and_cancellations_at_once_leave_every_row_in_its_place(
    store: Store,
    store_url: str,
    desk: Desk,
    clinic: Organisation,
    processes: int,
    count: int,
) -> None:
    answers = race(store_url, "mixed", processes=processes, count=count)
    assert sum(answer["told"].get("done", 0) for answer in answers) > processes
    assert await rows(store, OVERLAPS) == []
    assert (
        await rows(
            store,
            "SELECT booking.id FROM booking"
            " LEFT JOIN occupancy ON occupancy.booking_id = booking.id"
            " WHERE (booking.status = 'booked') <> (occupancy.id IS NOT NULL)",
        )
        == []
    )
    assert await deadlocks(store) == 0


async def test_this_race_would_show_a_double_booking(
    store: Store, store_url: str, desk: Desk, clinic: Organisation
) -> None:
    """The control: looking first and writing later, in a store whose guard was taken away."""

    def drop(session: Session) -> None:
        session.connection().execute(text(DROP_GUARD[session.get_bind().dialect.name]))
        if session.get_bind().dialect.name == "sqlite":
            session.connection().execute(text("DROP TRIGGER occupancy_no_overlap_insert"))

    await store.write(drop)
    race(store_url, "control", processes=4, count=200)
    assert await rows(store, OVERLAPS) != []
