"""Whose bookings of a day are counted: what was claimed tells nobody of anybody."""

from __future__ import annotations

from typing import Any

import pytest

from scheduling.desk import Desk
from scheduling.errors import LimitReached
from scheduling.values import Booking, Organisation
from tests.scheduling.willow import JANE, TUESDAY, book_at

HOURS = ("09:00", "10:00", "11:00", "13:00")


async def book_three(desk: Desk, clinic: Organisation, **by: Any) -> list[Booking]:
    return [await book_at(desk, clinic, f"{TUESDAY} {hour}", **by) for hour in HOURS[:3]]


async def test_a_claimed_number_neither_tells_of_its_owners_visits_nor_uses_them_up(
    desk: Desk, clinic: Organisation
) -> None:
    await book_three(desk, clinic, by="caller", call_id="owner", known_phone=JANE.phone)
    stranger = {"by": "caller", "call_id": "stranger"}
    assert await book_at(desk, clinic, f"{TUESDAY} 13:00", customer=JANE, **stranger)


async def test_nobody_is_locked_out_by_those_who_claim_their_number(
    desk: Desk, clinic: Organisation
) -> None:
    await book_three(desk, clinic, by="caller", call_id="stranger")
    owner = {"by": "caller", "call_id": "owner", "known_phone": JANE.phone}
    assert await book_at(desk, clinic, f"{TUESDAY} 13:00", **owner)


async def test_a_known_number_counts_from_call_to_call_and_with_what_staff_entered(
    desk: Desk, clinic: Organisation
) -> None:
    known = {"by": "caller", "known_phone": JANE.phone}
    await book_at(desk, clinic, f"{TUESDAY} 09:00")
    await book_at(desk, clinic, f"{TUESDAY} 10:00", call_id="one", **known)
    await book_at(desk, clinic, f"{TUESDAY} 11:00", call_id="two", **known)
    with pytest.raises(LimitReached):
        await book_at(desk, clinic, f"{TUESDAY} 13:00", call_id="three", **known)


async def test_whoever_is_not_known_has_a_few_on_one_day_in_one_call(
    desk: Desk, clinic: Organisation
) -> None:
    await book_three(desk, clinic, by="caller", call_id="call")
    with pytest.raises(LimitReached):
        await book_at(desk, clinic, f"{TUESDAY} 13:00", by="caller", call_id="call")


async def test_a_verified_caller_is_the_one_who_booked(desk: Desk, clinic: Organisation) -> None:
    *_, last = await book_three(desk, clinic, by="caller", call_id="owner", known_phone=JANE.phone)
    shown: dict[str, Any] = {"by": "caller", "call_id": "later", "verified": (last.reference,)}
    with pytest.raises(LimitReached):
        await book_at(desk, clinic, f"{TUESDAY} 13:00", **shown)
