"""Many processes, one store: nobody is booked twice, and nobody is refused for nothing."""

from __future__ import annotations

from collections import Counter
from typing import Any

import pytest
from sqlalchemy import Connection, text

from scheduling.desk import Desk
from scheduling.store import Store
from scheduling.values import Organisation
from tests.raced import raced
from tests.scheduling.occupancy_log import keep_log, unexplained
from tests.scheduling.test_guard import DROP_GUARD
from tests.scheduling.willow import rows

pytestmark = pytest.mark.slow
LONG = pytest.mark.timeout(1200)
OVERLAPS = """
    SELECT a.id, b.id FROM occupancy a JOIN occupancy b ON a.resource_id = b.resource_id
    AND a.id < b.id AND a.start_at < b.end_at AND b.start_at < a.end_at
"""
EXPECTED = {"done", "slot_taken", "hold_expired", "not_allowed", "try_again"}
"""What may be answered: these callers want open hours well ahead, and each books for one day."""
MOST_TRY_AGAIN = 0.05
"""Of all that was asked, when the machine has other things to do: refusing so is no way out."""
STORED = """
    SELECT reference, status, provider_id, booking.start_at, occupancy.id IS NOT NULL AS kept
    FROM booking LEFT JOIN occupancy ON occupancy.booking_id = booking.id
"""


def race(address: str, mode: str, *, processes: int, count: int) -> list[dict[str, Any]]:
    """What each process was answered; they begin together."""
    before, after = (address, mode), (str(count),)
    return raced("tests.scheduling.racer", before, after, processes=processes)


async def deadlocks(store: Store) -> int:
    """How often PostgreSQL logged one and ended a transaction; SQLite's writers only queue."""

    def read(connection: Connection) -> int:
        if connection.dialect.name == "sqlite":
            return 0
        statistics = "SELECT deadlocks FROM pg_stat_database WHERE datname = current_database()"
        return int(connection.execute(text(statistics)).scalar_one())

    return await store.read(read)


async def check(store: Store, answers: list[dict[str, Any]]) -> None:
    """What was confirmed is what is stored, no time is taken twice, no refusal was for nothing."""
    assert await rows(store, OVERLAPS) == []
    told = Counter[str]()
    for each in answers:
        told.update(each["counts"])
    assert set(told) <= EXPECTED, told
    assert told["try_again"] <= MOST_TRY_AGAIN * told.total(), told
    confirmed = {ref: told for each in answers for ref, told in each["booked"].items()}
    assert len(confirmed) == sum(len(each["booked"]) for each in answers)
    stored = await rows(store, STORED)
    has = {row.reference: [row.status, row.provider_id, row.start_at] for row in stored}
    assert has == confirmed
    assert all(row.kept == (row.status == "booked") for row in stored)
    assert await unexplained(store, [no for each in answers for no in each["refused"]]) == []
    assert await deadlocks(store) == 0


@pytest.mark.parametrize(("processes", "count"), [(4, 60), pytest.param(16, 120, marks=LONG)])
async def test_many_processes_never_book_one_provider_twice(
    store: Store,
    store_url: str,
    desk: Desk,
    clinic: Organisation,
    processes: int,
    count: int,
) -> None:
    await keep_log(store)
    answers = race(store_url, "book", processes=processes, count=count)
    assert sum(len(answer["booked"]) for answer in answers) > count / 4
    assert sum(len(answer["refused"]) for answer in answers) > count
    await check(store, answers)
    refused = answers[0]["refused"] or answers[1]["refused"]
    a_year = 366 * 24 * 3600
    for_nothing = {**refused[0], "start": refused[0]["start"] + a_year, "end": a_year * 100}
    assert await unexplained(store, [for_nothing]) == [for_nothing]


@pytest.mark.parametrize(("processes", "count"), [(4, 60), pytest.param(16, 630, marks=LONG)])
async def test_holds_bookings_moves_cancellations_and_expiry_at_once_refuse_nobody_for_nothing(
    store: Store,
    store_url: str,
    desk: Desk,
    clinic: Organisation,
    processes: int,
    count: int,
) -> None:
    await keep_log(store)
    answers = race(store_url, "mixed", processes=processes, count=count)
    assert sum(answer["counts"]["done"] for answer in answers) > processes * count / 4
    await check(store, answers)


async def test_this_race_would_show_a_double_booking(
    store: Store, store_url: str, desk: Desk, clinic: Organisation
) -> None:
    """The control: looking first and writing later, in a store whose guard was taken away."""

    def drop(connection: Connection) -> None:
        connection.execute(text(DROP_GUARD[connection.dialect.name]))
        if connection.dialect.name == "sqlite":
            connection.execute(text("DROP TRIGGER occupancy_no_overlap_insert"))

    await store.write(drop)
    answers = race(store_url, "control", processes=4, count=200)
    assert await rows(store, OVERLAPS) != []
    with pytest.raises(AssertionError):
        await check(store, answers)
