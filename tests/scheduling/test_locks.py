"""Writers of PostgreSQL queue for what they share: none passes another, none waits in a ring."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager

import psycopg
import pytest
from sqlalchemy import Connection, text
from sqlalchemy.exc import DBAPIError

from scheduling.database import Trouble, trouble_of
from scheduling.desk import Desk
from scheduling.errors import LimitReached, SlotTaken, TryAgain
from scheduling.locks import Lock, lock
from scheduling.store import Store
from scheduling.values import Booking, BookingFilter, CustomerDetails, Order, Organisation
from tests.postgresql import Databases
from tests.scheduling.test_races import deadlocks
from tests.scheduling.willow import TUESDAY, at, book_at, rows

CLOCKS = ("09:00", "10:00", "11:00", "13:00", "14:00", "15:00", "16:00", "11:30")


async def test_bookings_at_once_with_two_people_keep_a_customers_daily_limit(
    desk: Desk, clinic: Organisation
) -> None:
    """No two of them meet at a provider's time: the customer is all that they share."""
    answers = await asyncio.gather(
        *(
            book_at(desk, clinic, f"{TUESDAY} {clock}", ("ana", "ben")[number % 2])
            for number, clock in enumerate(CLOCKS)
        ),
        return_exceptions=True,
    )
    booked = [each for each in answers if isinstance(each, Booking)]
    refused = [each for each in answers if isinstance(each, LimitReached)]
    assert (len(booked), len(refused)) == (3, 5)
    assert (await desk.business(clinic.id)).booking.per_day == 3
    assert len((await desk.find(clinic.id, BookingFilter())).bookings) == 3


async def test_a_rush_for_people_and_lifts_sells_each_once_and_nobody_deadlocks(
    store: Store, desk: Desk, other_shop: Organisation
) -> None:
    """Two mechanics, two lifts, and each visit takes one of both."""
    before = await deadlocks(store)

    async def ask(number: int) -> Booking | str:
        start = at(f"2026-11-30 {14 + number % 3}:00")  # eleven, twelve, one o'clock at the shop
        customer = CustomerDetails(f"Caller {number}")
        order = Order(customer, service_id="oil-change", start=start)
        try:
            return await desk.book(other_shop.id, order, by="staff")
        except (SlotTaken, TryAgain) as refusal:
            return refusal.code

    answers = await asyncio.gather(*(ask(number) for number in range(24)))
    booked = [each for each in answers if isinstance(each, Booking)]
    times = {(each.start, each.provider_id) for each in booked}
    assert len(times) == len(booked)
    assert {each for each in answers if isinstance(each, str)} == {"slot_taken"}
    assert len(await rows(store, "SELECT id FROM occupancy WHERE kind = 'booking'")) == (
        2 * len(booked)
    )
    assert await deadlocks(store) == before


def taking(numbers: Sequence[int]) -> Callable[[Connection], None]:
    """Work that queues for these rows and then has something to do."""

    def work(connection: Connection) -> None:
        lock(connection, Lock.RESOURCE, numbers)
        connection.execute(text("UPDATE clock SET shift_seconds = 0"))

    return work


async def test_rows_are_queued_for_in_one_order_however_they_are_named(
    postgresql: Databases,
) -> None:
    with postgresql.fresh() as address:
        async with Store.open(address) as store:
            before = await deadlocks(store)
            upwards = list(range(1, 400))
            orders = [upwards, upwards[::-1]] * 24
            await asyncio.gather(*(store.write(taking(numbers)) for numbers in orders))
            assert await deadlocks(store) == before


@contextmanager
def held(address: str, statement: str, *given: object) -> Iterator[None]:
    """Somebody else's transaction has what this locks, and does not end."""
    with psycopg.connect(address) as other:
        other.execute(statement.encode(), given)
        yield
        other.rollback()


async def test_who_waits_too_long_for_a_person_or_a_booking_is_told_to_try_again(
    postgresql: Databases,
) -> None:
    with postgresql.fresh() as address:
        async with Store.open(address) as store:
            await store.write(taking([1]))
            row = "SELECT pg_advisory_xact_lock(%s, %s)"
            with held(address, row, Lock.RESOURCE.value, 1):
                with pytest.raises(TryAgain):
                    await store.write(taking([2, 1]))
                await store.write(taking([2]))
            await store.write(taking([1]))


@pytest.mark.parametrize(
    ("state", "trouble"),
    [
        ("23P01", Trouble.OVERLAP),
        ("23505", Trouble.DUPLICATE),
        ("40001", Trouble.BUSY),
        ("40P01", Trouble.BUSY),
        ("55P03", Trouble.BUSY),
        ("57P03", Trouble.LOST),
        ("42P01", Trouble.OTHER),
    ],
)
def test_what_postgresql_says_means_one_thing(state: str, trouble: Trouble) -> None:
    said = psycopg.errors.lookup(state)("said")
    assert trouble_of(DBAPIError("SELECT 1", {}, said)) is trouble


async def test_a_transaction_that_was_ended_for_others_is_done_again(store: Store) -> None:
    """A deadlock or a conflict of serialisation is nobody's refusal."""
    ended = [psycopg.errors.lookup(state)("said") for state in ("40P01", "40001", "55P03")]

    def work(connection: Connection) -> int:
        connection.execute(text("UPDATE clock SET shift_seconds = shift_seconds + 1"))
        if ended:
            raise DBAPIError("UPDATE clock", {}, ended.pop())
        return 1

    [(before,)] = await rows(store, "SELECT shift_seconds FROM clock")
    assert await store.write(work, durable=True) == 1
    assert await rows(store, "SELECT shift_seconds FROM clock") == [(before + 1,)]
