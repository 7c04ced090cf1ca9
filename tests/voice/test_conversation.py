"""Turns as doors bring them: rivals, repeats, disconnects, restarts, and what is left after."""

from __future__ import annotations

import asyncio
from dataclasses import replace

import pytest

from scheduling.desk import Desk
from scheduling.errors import NotFound
from scheduling.store import Store
from scheduling.values import CustomerDetails, Order, Organisation
from tests.voice.caller import Caller, booked, spoken
from voice.answering import LONGEST_TEXT
from voice.conversation import Conversation
from voice.journal.journal import Journal
from voice.models.models import Models
from voice.turn import HangUp, Line, Part, Say, Turn

READY = (
    "a check-up with Ana Ruiz tomorrow at 2 pm",
    "yes please",
    "Maria Lopez",
)
"""After these the caller is asked whether to book."""


async def ready(caller: Caller) -> None:
    for line in READY:
        said = await caller.says(line)
    assert "?" in said


async def first_part(conversation: Conversation, turn: Turn) -> Part:
    """Hear one part, then hang up on the reply."""
    async with conversation.answer(turn) as reply:
        async for part in reply:
            reply.heard(0)
            return part
    raise AssertionError("nothing was said")


async def test_a_call_ends_in_a_booking(caller: Caller, desk: Desk, clinic: Organisation) -> None:
    await ready(caller)
    assert "booked" in await caller.says("yes")
    assert await booked(desk, clinic) == ["Maria Lopez Tue 14:00 booked"]


async def test_the_same_words_again_replay_the_reply(
    caller: Caller, desk: Desk, clinic: Organisation
) -> None:
    await ready(caller)
    turn = caller.turn("yes", number=4)
    first = await caller.hears(turn)
    assert await caller.hears(turn) == first
    assert len(await booked(desk, clinic)) == 1


async def test_the_same_words_at_once_share_one_run(
    caller: Caller, desk: Desk, clinic: Organisation, journal: Journal
) -> None:
    await ready(caller)
    turn = caller.turn("yes", number=4)
    heard = await asyncio.gather(*(caller.hears(turn) for _ in range(5)))
    assert all(parts == heard[0] for parts in heard)
    assert len(await booked(desk, clinic)) == 1
    record = await journal.call(clinic.id, caller.call_id)
    assert record is not None
    assert len(record.turns) == 4


async def test_other_words_for_a_turn_undo_what_the_first_did(
    caller: Caller, desk: Desk, clinic: Organisation
) -> None:
    await ready(caller)
    assert "booked" in spoken(await caller.hears(caller.turn("yes", number=4)))
    later = await caller.hears(caller.turn("yes, but make it 3 pm instead", number=4))
    assert "booked" not in spoken(later)
    assert await booked(desk, clinic) == []


async def test_a_superseded_sequence_leaves_exactly_one_outcome(
    caller: Caller, desk: Desk, clinic: Organisation
) -> None:
    await ready(caller)
    for words in ("yes", "yes please", "yes please book it", "yes please book it, thanks"):
        await caller.hears(caller.turn(words, number=4))
    assert await booked(desk, clinic) == ["Maria Lopez Tue 14:00 booked"]


async def test_rivals_at_once_leave_exactly_one_outcome(
    caller: Caller, desk: Desk, clinic: Organisation
) -> None:
    await ready(caller)
    words = ("yes", "yes please", "yes, go ahead", "please do")
    heard = await asyncio.gather(
        *(caller.hears(caller.turn(each, number=4)) for each in words), return_exceptions=True
    )
    assert "booked" in spoken(heard[-1])  # type: ignore[arg-type]
    assert len(await booked(desk, clinic)) == 1


async def test_two_messages_without_a_reply_between_undo_the_first(
    caller: Caller, desk: Desk, clinic: Organisation
) -> None:
    await ready(caller)
    await caller.hears(caller.turn("yes", number=4))
    await caller.hears(caller.turn("yes no wait", number=5, first_unheard=4))
    assert await booked(desk, clinic) == []


async def test_a_heard_reply_settles_what_it_told(
    caller: Caller, desk: Desk, clinic: Organisation
) -> None:
    await ready(caller)
    await caller.hears(caller.turn("yes", number=4))
    await caller.hears(caller.turn("thank you", number=5))
    await caller.hears(caller.turn("goodbye", number=5))
    assert await booked(desk, clinic) == ["Maria Lopez Tue 14:00 booked"]


async def test_a_disconnect_before_the_first_sentence_leaves_nothing(
    caller: Caller, desk: Desk, clinic: Organisation, journal: Journal
) -> None:
    await ready(caller)
    listening = asyncio.ensure_future(caller.hears(caller.turn("yes", number=4)))
    await asyncio.sleep(0)
    listening.cancel()
    with pytest.raises(asyncio.CancelledError):
        await listening
    assert "booked" in spoken(await caller.hears(caller.turn("yes please", number=4)))
    assert await booked(desk, clinic) == ["Maria Lopez Tue 14:00 booked"]
    record = await journal.call(clinic.id, caller.call_id)
    assert record is not None
    states = [turn.state for turn in record.turns if turn.number == 4]
    assert states in (["answered"], ["withdrawn", "answered"])


async def test_a_disconnect_after_the_first_sentence_leaves_what_was_done(
    caller: Caller, desk: Desk, clinic: Organisation
) -> None:
    await ready(caller)
    part = await first_part(caller.conversation, caller.turn("yes", number=4))
    assert isinstance(part, Say)
    said = spoken(await caller.hears(caller.turn("what was the time again?", number=5)))
    assert said
    assert await booked(desk, clinic) == ["Maria Lopez Tue 14:00 booked"]


async def test_any_process_takes_the_next_turn(
    caller: Caller, desk: Desk, clinic: Organisation, journal: Journal
) -> None:
    await ready(caller)
    other = Conversation(desk=desk, journal=journal, models=Models())
    try:
        elsewhere = caller.over(other)
        assert "booked" in await elsewhere.says("yes")
    finally:
        await other.aclose()
    assert await booked(desk, clinic) == ["Maria Lopez Tue 14:00 booked"]


async def test_a_crash_costs_at_most_the_turn_in_hand(
    caller: Caller, desk: Desk, clinic: Organisation, journal: Journal
) -> None:
    """The attempt that booked was never closed: asked again, it is undone first."""
    await ready(caller)
    turn = caller.turn("yes", number=4)
    opened = await journal.open_attempt(turn)
    assert opened.attempt is not None
    (offer,) = await desk.offers(clinic.id, caller.call_id)
    order = Order(CustomerDetails("Maria Lopez"), offer_id=offer.offer_id)
    await desk.book(clinic.id, order, attempt=opened.attempt)
    assert len(await booked(desk, clinic)) == 1
    assert "booked" in spoken(await caller.hears(turn))
    assert await booked(desk, clinic) == ["Maria Lopez Tue 14:00 booked"]


async def test_emergency_words_are_answered_before_anything_else(
    caller: Caller, desk: Desk, clinic: Organisation
) -> None:
    say = (await desk.business(clinic.id)).emergency
    assert say is not None
    for number, words in enumerate(
        ("I have CHEST-PAIN", "i can’t breathe", "he cant breathe!", "I cannot breathe"), 1
    ):
        assert spoken(await caller.hears(caller.turn(words, number=number))) == say.say
    assert await caller.says("keystroke") != say.say


async def test_an_emergency_is_answered_even_when_the_store_is_not_there(
    desk: Desk, clinic: Organisation, store: Store, tmp_path: object
) -> None:
    async with Store.open(f"sqlite:///{tmp_path}/empty.db") as empty:
        conversation = Conversation(desk=desk, journal=Journal(empty), models=Models())
        caller = Caller(conversation, clinic)
        assert "nine one one" in await caller.says("chest pain")
        assert "sorry" in await caller.says("a check-up tomorrow")
        await conversation.aclose()


async def test_too_many_words_are_refused_politely(caller: Caller) -> None:
    said = await caller.says("blah " * (LONGEST_TEXT // 4))
    assert said.startswith("I'm sorry")
    assert said.endswith("?")


async def test_silence_is_asked_again(caller: Caller) -> None:
    await caller.says("a check-up tomorrow afternoon")
    said = await caller.says("")
    assert said.endswith("?")


async def test_a_reply_is_at_most_two_statements_and_a_question(caller: Caller) -> None:
    for line in (*READY, "yes", "no thank you, goodbye"):
        said = await caller.says(line)
        assert said.count("?") <= 1
        assert "*" not in said


async def test_an_act_comes_after_the_words(caller: Caller) -> None:
    parts = await caller.hears(caller.turn("goodbye", number=1))
    assert isinstance(parts[0], Say)
    assert parts[-1] == HangUp()


async def test_another_credential_has_no_such_call(caller: Caller) -> None:
    await caller.says("hello")
    stranger = replace(caller.turn("hello", number=2), call=replace(caller.call, credential="x"))
    with pytest.raises(NotFound):
        await caller.hears(stranger)


async def test_hanging_up_settles_and_frees(
    caller: Caller, desk: Desk, clinic: Organisation, journal: Journal
) -> None:
    await caller.says("a check-up tomorrow afternoon")
    assert await desk.offers(clinic.id, caller.call_id)
    await caller.conversation.hang_up(caller.call_id, reason="customer-ended-call")
    await caller.conversation.hang_up(caller.call_id, report={"cost": 1})
    assert await desk.offers(clinic.id, caller.call_id) == ()
    record = await journal.call(clinic.id, caller.call_id)
    assert record is not None
    assert record.summary.end_reason == "customer-ended-call"
    assert record.report == {"cost": 1}


async def test_the_notice_is_said_once(caller: Caller) -> None:
    first = await caller.conversation.greet(caller.call)
    again = await caller.conversation.greet(caller.call)
    assert "assistant" in first
    assert "assistant" not in again
    assert first.startswith(again)


async def test_history_from_the_door_is_what_was_heard(caller: Caller, journal: Journal) -> None:
    await caller.says("a check-up tomorrow afternoon")
    heard = (Line("caller", "a check-up"), Line("us", "If you're"))
    turn = caller.turn("tomorrow at 2 pm", number=2, history=heard)
    opened = await journal.open_attempt(turn)
    assert opened.history == heard
