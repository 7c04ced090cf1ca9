"""Booked, moved, cancelled, free, promised: told in any words, and only truths leave."""

from __future__ import annotations

import time
from datetime import timedelta

import pytest

from scheduling.desk import Desk
from scheduling.values import Target
from tests.clinic import NOW
from tests.voice import lies_told, truths_told
from tests.voice.caller import Caller
from tests.voice.claiming import context_of, is_kept_back
from voice.call import CallContext
from voice.claims.bare_hours import with_hours
from voice.claims.words import clauses
from voice.journal.journal import Journal


@pytest.fixture
async def offered(caller: Caller, desk: Desk, journal: Journal) -> CallContext:
    """Offered: a cleaning with Ben Carter tomorrow at nine, noon and 1:45 PM. Nothing is booked."""
    await caller.says("a dental cleaning tomorrow with Ben Carter")
    return await context_of(caller, desk, journal, text="okay the first one sounds good")


@pytest.fixture
async def booked(caller: Caller, desk: Desk, journal: Journal) -> CallContext:
    """Maria Lopez is booked with Ana Ruiz tomorrow at 2 PM."""
    for words in ("a check-up with Ana Ruiz tomorrow at 2 pm", "yes please", "Maria Lopez", "yes"):
        said = await caller.says(words)
    assert "booked" in said, said
    return await context_of(caller, desk, journal)


@pytest.mark.parametrize(
    "sentence",
    [
        *lies_told.LIES_OF_BOOKING,
        *lies_told.LIES_OF_CANCELLING_AND_MOVING,
        *lies_told.LIES_OF_TIMES,
        *lies_told.LIES_IN_MORE_WORDS,
        *lies_told.LIES_OF_OTHER_KINDS,
    ],
)
async def test_a_lie_is_kept_back_while_nothing_is_booked(
    offered: CallContext, sentence: str
) -> None:
    assert await is_kept_back(offered, sentence)


@pytest.mark.parametrize("sentence", truths_told.TRUTHS_WHILE_NOTHING_IS_BOOKED)
async def test_a_truth_passes_while_nothing_is_booked(offered: CallContext, sentence: str) -> None:
    assert await is_kept_back(offered, sentence) is None


@pytest.mark.parametrize("sentence", truths_told.TRUTHS_ABOUT_A_BOOKING)
async def test_what_is_booked_may_be_told_in_any_words(booked: CallContext, sentence: str) -> None:
    assert await is_kept_back(booked, sentence) is None


@pytest.mark.parametrize("sentence", lies_told.LIES_ABOUT_A_BOOKING)
async def test_a_booking_is_not_told_otherwise_than_it_is(
    booked: CallContext, sentence: str
) -> None:
    assert await is_kept_back(booked, sentence)


async def test_what_was_moved_or_cancelled_may_be_told_in_any_words(
    caller: Caller, desk: Desk, journal: Journal, booked: CallContext
) -> None:
    (reference,) = booked.facts.booked_here
    organisation_id = caller.organisation.id
    await desk.move(
        organisation_id,
        reference,
        Target(start=NOW + timedelta(days=2, hours=1)),  # Wednesday at ten in New York
        call_id=caller.call_id,
    )
    moved = await context_of(caller, desk, journal)
    for sentence in truths_told.TRUTHS_ABOUT_A_MOVE:
        assert await is_kept_back(moved, sentence) is None, sentence
    await desk.cancel(organisation_id, reference, call_id=caller.call_id)
    cancelled = await context_of(caller, desk, journal)
    for sentence in truths_told.TRUTHS_ABOUT_A_CANCELLATION:
        assert await is_kept_back(cancelled, sentence) is None, sentence
    assert await is_kept_back(cancelled, "Ana will see you on Wednesday at ten.")


def test_a_long_sentence_is_read_in_no_time() -> None:
    """The check stands between a model and the caller."""
    began = time.perf_counter()
    for words in ("on at for with a ", "nine, ", "with Ben for nine on ", "i just also "):
        sentence = "Your booking for a " + words * (400 // len(words))
        assert [(one.done, one.promises, one.transfers) for one in clauses(with_hours(sentence))]
    assert time.perf_counter() - began < 1
