"""Wrong tries over all calls: by the booking that was named, and by where they come from."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from scheduling.store import Store
from tests.clinic import NOW
from tests.voice.caller import Caller
from voice.journal.journal import Journal
from voice.journal.values import WrongTries
from voice.turn import CallFacts

REFERENCE = "K7M2QX"


@pytest.fixture
def store_url(either_store_url: str) -> str:
    """Either database: they count by statements of their own."""
    return either_store_url


async def calls(journal: Journal, caller: Caller, *addresses: str) -> list[CallFacts]:
    """A call from each address, entered in the journal."""
    made = [
        replace(caller.call, call_id=f"call-{number}", known_phone=None, network=address)
        for number, address in enumerate(addresses)
    ]
    for call in made:
        await journal.start_call(call)
    return made


async def test_each_call_counts_for_itself_and_all_for_booking_and_source(
    journal: Journal, caller: Caller
) -> None:
    here, again, there = await calls(journal, caller, "192.0.2.1", "192.0.2.1", "192.0.2.2")
    assert await journal.wrong_try(here, REFERENCE) == WrongTries(1, 1, 1)
    assert await journal.wrong_try(again, REFERENCE) == WrongTries(1, 2, 2)
    assert await journal.wrong_try(there, REFERENCE) == WrongTries(1, 3, 1)
    assert await journal.wrong_try(there, "ZZZZZZ") == WrongTries(2, 1, 2)
    assert await journal.wrong_try(there) == WrongTries(3, 0, 3)
    assert await journal.wrong_tries(again, REFERENCE) == WrongTries(1, 3, 2)


async def test_after_a_day_only_the_call_remembers(
    store: Store, journal: Journal, caller: Caller
) -> None:
    [call] = await calls(journal, caller, "192.0.2.1")
    await journal.wrong_try(call, REFERENCE)
    await store.start_clock((NOW + timedelta(days=1, minutes=1)).isoformat())
    assert await journal.wrong_tries(call, REFERENCE) == WrongTries(1, 0, 0)
    assert await journal.wrong_try(call, REFERENCE) == WrongTries(2, 1, 1)
