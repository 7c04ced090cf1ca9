"""Heard, not taken: what the door says was heard is history, and settlement counts from its end."""

from __future__ import annotations

from datetime import timedelta

import pytest

from scheduling.desk import Desk
from scheduling.store import Store
from scheduling.values import Organisation
from tests.clinic import NOW
from tests.voice.caller import Caller, booked, spoken
from voice.journal.journal import Journal
from voice.journal.values import TurnState
from voice.turn import Line, Say

READY = ("a check-up with Ana Ruiz tomorrow at 2 pm", "yes please", "Maria Lopez")


async def ready(caller: Caller) -> None:
    for line in READY:
        await caller.says(line)


async def states(journal: Journal, caller: Caller) -> list[TurnState]:
    record = await journal.call(None, caller.call_id)
    assert record is not None
    return [turn.state for turn in record.turns]


async def history(journal: Journal, caller: Caller) -> tuple[Line, ...]:
    opened = await journal.open_attempt(caller.turn("what?", number=9))
    return opened.history


async def test_history_keeps_the_words_that_were_heard(caller: Caller, journal: Journal) -> None:
    async with caller.conversation.answer(caller.turn("a check-up tomorrow", number=1)) as reply:
        parts = [part async for part in reply]
        assert isinstance(parts[0], Say)
        assert len(parts[0].text) > 12
        reply.heard(0, 12)
    await reply.written_down()
    assert await history(journal, caller) == (
        Line("caller", "a check-up tomorrow"),
        Line("us", parts[0].text[:12].rstrip()),
    )


async def test_what_a_reader_says_last_of_a_part_counts(caller: Caller, journal: Journal) -> None:
    async with caller.conversation.answer(caller.turn("hello", number=1)) as reply:
        parts = [part async for part in reply]
        reply.heard(0)
        reply.heard(0, 5)
    await reply.written_down()
    assert isinstance(parts[0], Say)
    assert (await history(journal, caller))[-1] == Line("us", parts[0].text[:5].rstrip())


async def test_parts_that_were_read_and_not_heard_leave_nothing(
    caller: Caller, journal: Journal, desk: Desk, clinic: Organisation
) -> None:
    await ready(caller)
    async with caller.conversation.answer(caller.turn("yes", number=4)) as reply:
        assert "booked" in spoken([part async for part in reply])
        assert await booked(desk, clinic) != []
    await reply.written_down()
    assert await booked(desk, clinic) == []
    assert (await states(journal, caller))[-1] == "withdrawn"


async def test_no_character_heard_is_nothing_heard(
    caller: Caller, journal: Journal, desk: Desk, clinic: Organisation
) -> None:
    await ready(caller)
    async with caller.conversation.answer(caller.turn("yes", number=4)) as reply:
        assert "booked" in spoken([part async for part in reply])
        reply.heard(0, 0)
    await reply.written_down()
    assert await booked(desk, clinic) == []


async def test_settlement_counts_from_the_end_of_playback(
    caller: Caller, store: Store, desk: Desk, clinic: Organisation
) -> None:
    """A reply that takes a minute to play is not settled while it plays: a rival undoes it."""
    await ready(caller)
    async with caller.conversation.answer(caller.turn("yes", number=4)) as reply:
        assert "booked" in spoken([part async for part in reply])
        await store.start_clock((NOW + timedelta(seconds=60)).isoformat())
        rival = await caller.hears(caller.turn("yes, but make it 3 pm", number=4))
    assert "booked" not in spoken(rival)
    assert await booked(desk, clinic) == []


async def test_what_was_played_settles_ten_seconds_later(
    caller: Caller, store: Store, desk: Desk, clinic: Organisation
) -> None:
    await ready(caller)
    await caller.hears(caller.turn("yes", number=4))
    await store.start_clock((NOW + timedelta(seconds=20)).isoformat())
    await caller.hears(caller.turn("yes, but make it 3 pm", number=4))
    assert await booked(desk, clinic) == ["Maria Lopez Tue 14:00 booked"]


async def test_a_halted_reply_may_still_be_told_what_was_heard(
    caller: Caller, journal: Journal
) -> None:
    async with caller.conversation.answer(caller.turn("hello", number=1)) as reply:
        first = await anext(reply)
        reply.halt()
        reply.heard(0, 7)
        reply.note("barge_in", 900)
    await reply.written_down()
    assert isinstance(first, Say)
    assert (await history(journal, caller))[-1] == Line("us", first.text[:7].rstrip())
    record = await journal.call(None, caller.call_id)
    assert record is not None
    assert record.turns[0].timings["barge_in"] == 900


@pytest.mark.parametrize("words", ["yes", "yes please"])
async def test_words_after_a_reply_that_nobody_heard_are_asked_with_it(
    caller: Caller, desk: Desk, clinic: Organisation, words: str
) -> None:
    await ready(caller)
    async with caller.conversation.answer(caller.turn("yes", number=4)) as reply:
        await anext(reply)
    joined = caller.turn(f"yes {words}", number=5, first_unheard=4)
    assert "booked" in spoken(await caller.hears(joined))
    assert await booked(desk, clinic) == ["Maria Lopez Tue 14:00 booked"]
