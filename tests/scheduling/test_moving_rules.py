"""A booking that moves keeps every rule of its new time, and its old one until that stands."""

from __future__ import annotations

import pytest

from scheduling.desk import Desk
from scheduling.errors import Closed, OffStep, Past, Refusal, SlotTaken, TooFar, TooSoon
from scheduling.store import Store
from scheduling.values import Organisation, Target
from tests.scheduling.willow import (
    BOB,
    TUESDAY,
    at,
    attempt,
    book_at,
    checkup,
    delivered,
    pass_time,
)

TWO = f"{TUESDAY} 14:00"


async def anas_times(desk: Desk, clinic: Organisation) -> list[str]:
    """What Ana has about two o'clock for a call that has nothing to do with it."""
    answer = await desk.offer(clinic.id, checkup(TWO, provider_id="ana"), call_id="other")
    zone = (await desk.business(clinic.id)).zone
    return [f"{offer.start.astimezone(zone):%Y-%m-%d %H:%M}" for offer in answer.offers]


async def test_what_a_caller_moved_from_is_kept_until_the_reply_was_heard_and_free_then(
    store: Store, desk: Desk, clinic: Organisation
) -> None:
    """Undoing must not fail for want of the old time. What staff move is free at once."""
    booked = await book_at(desk, clinic, TWO)
    turn = await attempt(store, clinic, 1)
    target = Target(start=at(f"{TUESDAY} 15:00"))
    await desk.move(clinic.id, booked.reference, target, attempt=turn)
    assert TWO not in await anas_times(desk, clinic)
    with pytest.raises(SlotTaken):
        await book_at(desk, clinic, TWO, customer=BOB)
    await delivered(store, turn)
    assert TWO not in await anas_times(desk, clinic)
    await pass_time(store, seconds=11)
    assert TWO in await anas_times(desk, clinic)


@pytest.mark.parametrize(
    ("there", "refusal"),
    [
        ("2026-11-23 08:30", Past),
        ("2026-11-23 09:30", TooSoon),
        ("2027-02-22 10:00", TooFar),
        ("2026-11-29 10:00", Closed),
        ("2026-11-26 12:15", Closed),
        ("2026-11-26 16:45", Closed),
        ("2026-11-26 14:07", OffStep),
    ],
)
async def test_a_caller_moves_to_no_time_that_could_not_have_been_booked(
    desk: Desk, clinic: Organisation, there: str, refusal: type[Refusal]
) -> None:
    booked = await book_at(desk, clinic, TWO)
    with pytest.raises(refusal) as refused:
        await desk.move(clinic.id, booked.reference, Target(start=at(there)), call_id="call")
    assert type(refused.value) is refusal
    assert refused.value.offers
    assert (await desk.history(clinic.id, booked.reference))[0] == booked


@pytest.mark.parametrize(
    ("there", "refusal"),
    [("2026-11-22 10:00", Past), ("2026-11-29 10:00", Closed), ("2029-11-27 10:00", TooFar)],
)
async def test_staff_move_to_no_time_that_they_could_not_have_entered(
    desk: Desk, clinic: Organisation, there: str, refusal: type[Refusal]
) -> None:
    booked = await book_at(desk, clinic, TWO)
    with pytest.raises(refusal):
        await desk.move(clinic.id, booked.reference, Target(start=at(there)), by="staff")
    off_step = Target(start=at("2026-11-26 14:07"))
    assert (await desk.move(clinic.id, booked.reference, off_step, by="staff")).version == 2
