"""Booked, moved, cancelled: said only as the store has it."""

from __future__ import annotations

from datetime import timedelta

import pytest

from scheduling.desk import Desk
from scheduling.store import Store
from scheduling.values import Organisation, Target
from tests.clinic import NOW
from tests.voice.caller import Caller
from tests.voice.claiming import context_of, is_kept_back, let_through
from voice.call import CallContext
from voice.journal.journal import Journal


@pytest.fixture
async def booked(caller: Caller, desk: Desk, journal: Journal) -> CallContext:
    """Maria Lopez is booked with Ana Ruiz tomorrow at 2 PM."""
    await caller.says("a check-up with Ana Ruiz tomorrow at 2 pm")
    await caller.says("yes please")
    await caller.says("Maria Lopez")
    said = await caller.says("yes")
    assert "booked" in said, said
    return await context_of(caller, desk, journal)


TRUTHS_ABOUT_THE_BOOKING = [
    "You're booked for tomorrow at 2 PM.",
    "You're all set, Maria!",
    "You're booked with Ana Ruiz on Tuesday, November 24th at 2 PM, for Maria Lopez.",
    "See you tomorrow at two.",
    "Your check-up is confirmed for tomorrow at two in the afternoon.",
    "It's tomorrow at 2 PM with Ana Ruiz.",
]
LIES_ABOUT_THE_BOOKING = [
    "You're booked for tomorrow at 3 PM.",
    "You're booked for Wednesday at 2 PM.",
    "You're booked for Wednesday, November 24th at 2 PM.",
    "You're booked with Ben Carter tomorrow at 2 PM.",
    "You're booked, John Smith, for tomorrow at 2 PM.",
    "Your dental cleaning is booked for tomorrow at 2 PM.",
    "I've cancelled your appointment for tomorrow at 2 PM.",
    "I've moved your appointment to tomorrow at 2 PM.",
    "Your appointment is moved to Thursday at ten.",
    "See you at half past two tomorrow.",
]


async def test_a_booking_may_be_confirmed_as_it_is(booked: CallContext) -> None:
    assert await let_through(booked, TRUTHS_ABOUT_THE_BOOKING) == TRUTHS_ABOUT_THE_BOOKING


async def test_a_booking_is_not_confirmed_as_it_is_not(booked: CallContext) -> None:
    assert await let_through(booked, LIES_ABOUT_THE_BOOKING) == []


async def test_moved_and_cancelled_may_be_said_once_they_are(
    caller: Caller, desk: Desk, journal: Journal, booked: CallContext
) -> None:
    (reference,) = booked.facts.booked_here
    when = NOW + timedelta(days=2, hours=1)  # Wednesday at ten in New York
    await desk.move(caller.organisation.id, reference, Target(start=when), call_id=caller.call_id)
    moved = await context_of(caller, desk, journal)
    assert await is_kept_back(moved, "I've moved it to Wednesday at 10 AM.") is None
    assert await is_kept_back(moved, "It's moved from tomorrow at two to Wednesday at ten.") is None
    assert await is_kept_back(moved, "You're still booked for tomorrow at 2 PM.")
    await desk.cancel(caller.organisation.id, reference, call_id=caller.call_id)
    cancelled = await context_of(caller, desk, journal)
    assert await is_kept_back(cancelled, "Your appointment on Wednesday is cancelled.") is None
    assert await is_kept_back(cancelled, "You're booked for Wednesday at 10 AM.")


async def test_a_withdrawn_booking_is_not_confirmed(
    caller: Caller, desk: Desk, journal: Journal, booked: CallContext, store: Store
) -> None:
    rival = caller.turn("no wait, make it Thursday", number=5, first_unheard=4)
    await caller.hears(rival)
    assert await is_kept_back(booked, "You're booked for tomorrow at 2 PM.")


async def test_another_organisation_backs_nothing(
    desk: Desk, journal: Journal, booked: CallContext, clinic: Organisation
) -> None:
    (reference,) = booked.facts.booked_here
    booked.facts.booked_here = ["ZZZZZZ"]
    booked.facts.found = []
    assert reference
    assert await is_kept_back(booked, "You're booked for tomorrow at 2 PM.")
