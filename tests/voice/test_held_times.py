"""A time that somebody else decides about is neither free nor taken, and callers are told so."""

from __future__ import annotations

from dataclasses import dataclass

import pytest

from scheduling.desk import Desk
from scheduling.holders import HOLDS_EACH
from scheduling.values import Organisation
from tests.voice.caller import Caller
from tests.voice.claiming import context_of, is_kept_back
from tests.voice.talking import book_of
from voice.conversation import Conversation
from voice.journal.journal import Journal
from voice.turn import CallFacts

TEN = "a check-up with Ana Ruiz tomorrow at 10 AM please"


@dataclass
class AtAPage(Caller):
    """A stranger who types."""

    network: str = "203.0.113.7"

    @property
    def call(self) -> CallFacts:
        """What the page's door knows."""
        return CallFacts(
            call_id=self.call_id,
            organisation_id=self.organisation.id,
            door="page",
            credential=f"token:{self.call_id}",
            network=self.network,
        )


@pytest.fixture
def other(conversation: Conversation, clinic: Organisation) -> Caller:
    """Somebody who calls beside the caller."""
    return Caller(conversation, clinic, call_id="call-2", known_phone="+15185550177")


async def test_a_time_that_is_held_is_told_as_such_with_its_neighbours(
    caller: Caller, other: Caller
) -> None:
    assert "is free" in await caller.says(TEN)
    told = await other.says(TEN)
    assert "Tomorrow at 10 AM is being held at the moment." in told
    assert "The nearest I have is" in told


async def test_a_model_may_say_that_a_time_is_being_held(
    caller: Caller, other: Caller, desk: Desk, journal: Journal
) -> None:
    await caller.says(TEN)
    await other.says(TEN)
    context = await context_of(other, desk, journal)
    assert await is_kept_back(context, "Tomorrow at 10 AM is being held at the moment.") is None
    assert await is_kept_back(context, "Tomorrow at 10 AM is free.") == "time"


async def test_a_known_caller_goes_before_what_a_page_has_held(
    conversation: Conversation, clinic: Organisation, caller: Caller, desk: Desk
) -> None:
    stranger = AtAPage(conversation, clinic, call_id="page-1")
    assert "is free" in await stranger.says(TEN)
    assert "is free" in await caller.says(TEN)
    told = await stranger.says("Jane Doe")
    assert "Tomorrow at 10 AM is being held at the moment." in told
    assert "The nearest I have is" in told
    for answer in ("the first one", "5185550123", "yes"):
        told = await stranger.says(answer)
    assert "You're booked" in told
    [booked] = await book_of(desk, clinic)
    assert booked.start != (await desk.offers(clinic.id, caller.call_id))[0].start


async def test_a_time_that_went_to_a_known_caller_at_the_last_moment_is_refused_with_neighbours(
    conversation: Conversation, clinic: Organisation, caller: Caller, desk: Desk
) -> None:
    stranger = AtAPage(conversation, clinic, call_id="page-1")
    for words in (TEN, "Jane Doe", "5185550123"):
        await stranger.says(words)
    await caller.says(TEN)
    told = await stranger.says("yes")
    assert "is being held at the moment. The nearest I have is" in told
    assert await book_of(desk, clinic) == []


async def test_a_stranger_beyond_the_share_books_what_was_offered_unheld(
    conversation: Conversation, clinic: Organisation, desk: Desk
) -> None:
    for number in range(2 * HOLDS_EACH):
        await AtAPage(conversation, clinic, call_id=f"page-{number}").says("a check-up tomorrow")
    stranger = AtAPage(conversation, clinic, call_id="page")
    await stranger.says("a check-up next Tuesday at 2 PM")
    [offer] = await desk.offers(clinic.id, "page")
    assert offer.held_until is None
    for answer in ("yes", "Jane Doe", "5185550123", "yes"):
        told = await stranger.says(answer)
    assert "You're booked" in told
    assert [each.start for each in await book_of(desk, clinic)] == [offer.start]
