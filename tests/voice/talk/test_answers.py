"""What a yes or a no does: nothing is booked, moved or cancelled without a clean yes."""

from __future__ import annotations

from scheduling.desk import Desk
from scheduling.values import Organisation
from tests.voice.caller import Caller, booked
from tests.voice.talking import replies, talk, tools_of
from voice.journal.journal import Journal

TWO = "a check-up tomorrow at 2 pm, this is Sam Lee"


async def test_a_yes_that_is_taken_back_moves_nothing(
    caller: Caller, desk: Desk, clinic: Organisation
) -> None:
    await replies(caller, TWO, "yes", "move my appointment to Thursday at 10",
                  "yeah no she says that doesn't work")  # fmt: skip
    assert await booked(desk, clinic) == ["Sam Lee Tue 14:00 booked"]


async def test_a_new_name_with_the_yes_is_read_back_first(
    caller: Caller, desk: Desk, clinic: Organisation
) -> None:
    reply = await talk(caller, TWO, "yes, my name is Samantha Leigh")
    assert "for Samantha Leigh" in reply.text
    assert await booked(desk, clinic) == []


async def test_who_looks_something_up_is_given_time(
    caller: Caller, journal: Journal, desk: Desk, clinic: Organisation
) -> None:
    first, second = (
        await replies(caller, TWO, "um hang on let me check my diary", "one sec")
    )[1:]  # fmt: skip
    assert first.text == "Of course, take your time."
    assert second.text == "No hurry."
    await talk(caller, "yes that's fine")
    assert await tools_of(journal, caller) == ["book_appointment"]
    assert await booked(desk, clinic) == ["Sam Lee Tue 14:00 booked"]


async def test_what_is_not_to_be_cancelled_is_only_looked_up(
    caller: Caller, desk: Desk, clinic: Organisation
) -> None:
    told = await talk(
        caller, TWO, "yes", "don't cancel it, I just want to know when my appointment is"
    )
    assert told.text.startswith("Your check-up with Ana is on Tuesday, November 24th at 2 PM.")
    await talk(caller, "ok thanks")
    assert await booked(desk, clinic) == ["Sam Lee Tue 14:00 booked"]


async def test_a_cancelling_in_place_of_the_move_is_asked_for(caller: Caller) -> None:
    reply = await talk(
        caller, TWO, "yes", "move my appointment to Thursday at 10", "no, cancel it instead"
    )
    assert reply.text.endswith("Shall I cancel it?")


async def test_a_no_to_cancelling_by_its_own_name_ends_it(caller: Caller) -> None:
    reply = await talk(caller, TWO, "yes", "cancel my appointment", "hmm no don't cancel it then")
    assert reply.text.startswith("All right, I've left it as it is.")


async def test_who_needs_no_appointment_is_only_answered(caller: Caller) -> None:
    reply = await talk(
        caller, "I don't need an appointment, I just want to know what a check-up costs"
    )
    assert reply.text == "A check-up costs 120 dollars. Is there anything else?"
