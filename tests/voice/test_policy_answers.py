"""What a yes or a no does: nothing is booked, moved or cancelled without a clean yes."""

from __future__ import annotations

import pytest

from scheduling.desk import Desk
from scheduling.values import Organisation
from tests.voice.caller import Caller, booked
from tests.voice.talking import replies, talk, tools_of
from voice.journal.journal import Journal

TWO = "a check-up tomorrow at 2 pm, this is Sam Lee"


@pytest.mark.parametrize(
    "said",
    ["right, that's not what I asked for", "yes please, wait no", "yeah nah that won't work"],
)
async def test_a_yes_that_is_taken_back_books_nothing(
    caller: Caller, desk: Desk, clinic: Organisation, said: str
) -> None:
    reply = await talk(caller, TWO, said)
    assert reply.text == "All right. What should I change?"
    assert await booked(desk, clinic) == []


async def test_a_yes_that_is_taken_back_moves_nothing(
    caller: Caller, desk: Desk, clinic: Organisation
) -> None:
    await replies(caller, TWO, "yes", "move my appointment to Thursday at 10",
                  "yeah no she says that doesn't work")  # fmt: skip
    assert await booked(desk, clinic) == ["Sam Lee Tue 14:00 booked"]


async def test_a_question_with_the_yes_is_answered_and_the_yes_asked_again_by_name(
    caller: Caller, desk: Desk, clinic: Organisation
) -> None:
    asked = await talk(caller, TWO, "yes and is there parking")
    assert asked.text == (
        "There is free parking behind the building, and the entrance is on Willow Street. "
        "Shall I book the check-up with Ana Ruiz on Tuesday, November 24th at 2 PM?"
    )
    await talk(caller, "yes")
    assert await booked(desk, clinic) == ["Sam Lee Tue 14:00 booked"]


@pytest.mark.parametrize(
    "said", ["right, is there a cancellation fee", "ok thanks", "thanks", "cheers"]
)
async def test_neither_a_question_nor_thanks_cancel(
    caller: Caller, desk: Desk, clinic: Organisation, said: str
) -> None:
    reply = await talk(caller, TWO, "yes", "cancel my appointment", said)
    assert reply.text.endswith(
        "Shall I cancel your check-up with Ana Ruiz on Tuesday, November 24th at 2 PM?"
    )
    assert await booked(desk, clinic) == ["Sam Lee Tue 14:00 booked"]


async def test_the_act_is_named_when_a_move_is_asked_again(caller: Caller) -> None:
    reply = await talk(
        caller, TWO, "yes", "move my appointment to Thursday at 10", "where can I park?"
    )
    assert reply.text.endswith("Shall I move your appointment to Thursday, November 26th at 10 AM?")


async def test_a_condition_is_met_before_it_is_booked(caller: Caller) -> None:
    reply = await talk(caller, TWO, "yes if it's with Ben")
    assert reply.text.startswith("That's your check-up with Ben Carter")


async def test_what_is_wrong_is_asked_for_at_once(caller: Caller) -> None:
    reply = await talk(caller, TWO, "that's right except the name")
    assert reply.text == "All right. What name should I put it under?"


async def test_a_new_name_with_the_yes_is_read_back_first(
    caller: Caller, desk: Desk, clinic: Organisation
) -> None:
    reply = await talk(caller, TWO, "yes, my name is Samantha Leigh")
    assert "for Samantha Leigh" in reply.text
    assert await booked(desk, clinic) == []


@pytest.mark.parametrize("said", ["no that's fine, book it", "spot on", "no worries, go ahead"])
async def test_agreement_in_other_words_books(
    caller: Caller, desk: Desk, clinic: Organisation, said: str
) -> None:
    await talk(caller, TWO, said)
    assert await booked(desk, clinic) == ["Sam Lee Tue 14:00 booked"]


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
    assert told.text.startswith("Your check-up with Ana Ruiz is on Tuesday, November 24th at 2 PM.")
    await talk(caller, "ok thanks")
    assert await booked(desk, clinic) == ["Sam Lee Tue 14:00 booked"]


@pytest.mark.parametrize(
    "said",
    ["no I don't want to cancel it any more, I want to move it", "no, I'd rather move it",
     "actually, could I just move it instead of cancelling"],
)  # fmt: skip
async def test_a_move_in_place_of_the_cancelling_is_taken_up(caller: Caller, said: str) -> None:
    reply = await talk(caller, TWO, "yes", "cancel my appointment", said)
    assert reply.text.endswith("What day and time would suit you instead?")


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


@pytest.mark.parametrize(
    ("said", "at"),
    [
        ("I can't make the first one but the second works", "9:45 AM"),
        ("first one's no good, second one's ok", "9:45 AM"),
        ("nine is too early, I'll take the last one", "10:45 AM"),
        ("I can't do nine forty five but ten forty five works", "10:45 AM"),
    ],
)
async def test_the_offer_that_was_turned_down_is_not_the_one_taken(
    caller: Caller, said: str, at: str
) -> None:
    reply = await talk(caller, "a check-up tomorrow morning, this is Sam Lee", said)
    assert f"on Tuesday, November 24th at {at}, for Sam Lee. Shall I book it?" in reply.text


async def test_offers_that_were_not_caught_are_read_again(caller: Caller) -> None:
    reply = await talk(
        caller, "a check-up tomorrow morning, this is Sam Lee", "sorry, I didn't catch the times"
    )
    assert reply.text == (
        "I have tomorrow at 9 AM with Ana Ruiz, 9:45 AM with Ben Carter, or 10:45 AM with "
        "Ana Ruiz. Which one would you like?"
    )


@pytest.mark.parametrize(
    ("asked", "told"),
    [
        ("who's it with?", "It's with Ana Ruiz."),
        ("who will I be seeing", "It's with Ana Ruiz."),
        ("how long will that take", "It takes 30 minutes."),
        ("sorry, what day was that", "It's on Tuesday, November 24th at 2 PM."),
    ],
)
async def test_what_is_read_back_can_be_asked_about(caller: Caller, asked: str, told: str) -> None:
    reply = await talk(caller, TWO, asked)
    assert reply.text == (
        f"{told} Shall I book the check-up with Ana Ruiz on Tuesday, November 24th at 2 PM?"
    )


async def test_asking_whether_it_is_right_hears_it_again(caller: Caller) -> None:
    first, again = await replies(caller, TWO, "is that right?")
    assert again.text.startswith("That's your check-up with Ana Ruiz on Tuesday, November 24th")


async def test_what_was_booked_can_be_asked_about(caller: Caller) -> None:
    how_long, whom = (await replies(caller, TWO, "yes", "how long does it take?", "who's it with"))[
        2:
    ]
    assert how_long.text.startswith("It takes 30 minutes.")
    assert whom.text.startswith("It's with Ana Ruiz.")
