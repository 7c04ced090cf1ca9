"""Booked, moved, cancelled, free, promised: told in any words, and only truths leave."""

from __future__ import annotations

from datetime import timedelta
from functools import partial

import pytest

from scheduling.desk import Desk
from scheduling.values import Target
from tests.clinic import NOW
from tests.voice import lies_told, truths_told
from tests.voice.caller import Caller
from tests.voice.claiming import context_of, is_kept_back, let_through
from tests.voice.work import work_of
from voice.call import CallContext
from voice.claims.acts import acts_told
from voice.claims.refused import advises, promises_a_deed
from voice.claims.times import with_hours
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


async def test_a_lie_is_kept_back_while_nothing_is_booked(offered: CallContext) -> None:
    lies = [
        *lies_told.LIES_OF_BOOKING,
        *lies_told.LIES_OF_CANCELLING_AND_MOVING,
        *lies_told.LIES_OF_TIMES,
        *lies_told.LIES_IN_MORE_WORDS,
        *lies_told.LIES_OF_OTHER_KINDS,
    ]
    assert await let_through(offered, lies) == []


async def test_a_truth_passes_while_nothing_is_booked(offered: CallContext) -> None:
    truths = truths_told.TRUTHS_WHILE_NOTHING_IS_BOOKED
    assert await let_through(offered, truths) == truths


async def test_what_is_booked_may_be_told_in_any_words(booked: CallContext) -> None:
    truths = truths_told.TRUTHS_ABOUT_A_BOOKING
    assert await let_through(booked, truths) == truths


async def test_a_booking_is_not_told_otherwise_than_it_is(booked: CallContext) -> None:
    assert await let_through(booked, lies_told.LIES_ABOUT_A_BOOKING) == []


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


def test_twice_the_sentence_is_twice_the_work() -> None:
    """The check stands between a model and the caller."""
    for words in ("on at for with a ", "nine, ", "with Ben for nine on ", "i just also "):
        once, twice = ("Your booking for a " + words * (size // len(words)) for size in (200, 400))
        assert claimed_in(f"{twice}.")
        short, long = (work_of(partial(claimed_in, sentence)) for sentence in (once, twice))
        assert long < 2.4 * short


def claimed_in(sentence: str) -> list[object]:
    found = clauses(with_hours(sentence))
    return [(acts_told(one), promises_a_deed(one, ()), advises(one)) for one in found]
