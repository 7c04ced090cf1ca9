"""Which attempt may write, and when what it would tell the outside may leave."""

from __future__ import annotations

import pytest

from scheduling import settlement
from scheduling.desk import Desk
from scheduling.errors import Superseded
from scheduling.store import Store
from scheduling.values import Attempt, BookingFilter, Organisation, Target
from tests.scheduling.willow import (
    TUESDAY,
    at,
    attempt,
    begin,
    book_at,
    checkup,
    delivered,
    hang_up,
    rows,
)

TWO = f"{TUESDAY} 14:00"


async def waiting(store: Store) -> list[tuple[str, int]]:
    """Kind of each message that will be sent, and in how many seconds."""
    now = int((await store.current_time()).timestamp())
    found = await rows(store, "SELECT kind, not_before FROM outbox WHERE state = 'waiting'")
    return [(kind, not_before - now) for kind, not_before in found]


async def withdraw(store: Store, gone: Attempt) -> None:
    await store.write(lambda s: settlement.withdraw(s, gone.id, store.now(s)))


async def test_an_older_attempt_writes_nothing(
    store: Store, desk: Desk, clinic: Organisation
) -> None:
    older = await attempt(store, clinic, 1)
    await begin(store, clinic, 1)
    with pytest.raises(Superseded):
        await book_at(desk, clinic, TWO, attempt=older)
    with pytest.raises(Superseded):
        await desk.offer(clinic.id, checkup(), attempt=older)
    assert await rows(store, "SELECT id FROM occupancy") == []


async def test_the_attempt_of_a_turn_that_was_heard_writes_nothing_more(
    store: Store, desk: Desk, clinic: Organisation
) -> None:
    heard = await attempt(store, clinic, 1)
    await begin(store, clinic, 2)
    with pytest.raises(Superseded):
        await book_at(desk, clinic, TWO, attempt=heard)


async def test_a_withdrawn_attempt_leaves_nothing_to_see_or_send(
    store: Store, desk: Desk, clinic: Organisation
) -> None:
    gone = await attempt(store, clinic, 1)
    booked = await book_at(desk, clinic, TWO, attempt=gone, key="once")
    await withdraw(store, gone)
    await withdraw(store, gone)
    assert await waiting(store) == []
    assert (await desk.find(clinic.id, BookingFilter(reference=booked.reference))).bookings == ()
    with pytest.raises(Superseded):
        await book_at(desk, clinic, TWO, attempt=gone)


async def test_a_key_answered_by_an_undone_attempt_is_answered_anew(
    store: Store, desk: Desk, clinic: Organisation
) -> None:
    first = await attempt(store, clinic, 1)
    await book_at(desk, clinic, TWO, attempt=first, key="once")
    second = await attempt(store, clinic, 1)
    again = await book_at(desk, clinic, TWO, attempt=second, key="once")
    assert (await desk.find(clinic.id, BookingFilter())).bookings == (again,)


async def test_messages_wait_until_the_attempt_settles(
    store: Store, desk: Desk, clinic: Organisation
) -> None:
    by = await attempt(store, clinic, 1)
    booked = await book_at(desk, clinic, TWO, attempt=by)
    await desk.move(clinic.id, booked.reference, Target(start=at(f"{TUESDAY} 15:00")), attempt=by)
    assert all(100 < wait <= 120 for _, wait in await waiting(store))
    await delivered(store, by)
    assert [kind for kind, wait in await waiting(store) if 8 <= wait <= 10] == ["booked", "moved"]
    await hang_up(store, clinic)
    assert all(wait <= 0 for _, wait in await waiting(store))


async def test_staff_changes_are_told_at_once(
    store: Store, desk: Desk, clinic: Organisation
) -> None:
    booked = await book_at(desk, clinic, TWO)
    await desk.cancel(clinic.id, booked.reference, by="staff")
    await desk.cancel(clinic.id, booked.reference, by="staff")
    told = await waiting(store)
    assert [kind for kind, _ in told] == ["booked", "cancelled"]
    assert all(wait <= 0 for _, wait in told)


async def test_attempts_of_other_calls_are_left_alone(
    store: Store, desk: Desk, clinic: Organisation
) -> None:
    ours = await attempt(store, clinic, 1)
    await book_at(desk, clinic, TWO, attempt=ours)
    assert (await begin(store, clinic, 1, call="other")).undone == ()
    assert len((await desk.find(clinic.id, BookingFilter())).bookings) == 1
