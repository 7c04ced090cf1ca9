"""What a caller wants, told by what the call has come to."""

from __future__ import annotations

import pytest

from scheduling.desk import Desk
from scheduling.values import Organisation
from tests.voice.caller import Caller, booked
from tests.voice.talking import talk

BOOKED = ("a check-up tomorrow at ten with Ana", "Maria Lopez", "yes")


@pytest.mark.parametrize(
    ("said", "time"),
    [("can you move it to 9:20", "9:20"), ("can I come an hour earlier?", "9 AM"),
     ("actually could we do half an hour later", "10:30")],
)  # fmt: skip
async def test_another_time_for_what_was_just_booked_moves_it(
    caller: Caller, said: str, time: str
) -> None:
    reply = await talk(caller, *BOOKED, said)
    assert "What would you like to book?" not in reply.text
    assert time in reply.text


async def test_an_earlier_time_after_a_look_is_a_move(
    caller: Caller, desk: Desk, clinic: Organisation
) -> None:
    await talk(caller, *BOOKED)
    later = Caller(caller.conversation, caller.organisation, call_id="call-2")
    await talk(later, "Maria Lopez here, is my appointment tomorrow still on?")
    reply = await talk(later, "can I come a bit earlier?")
    assert "For your check-up I have" in reply.text
    reply = await talk(later, "9:30")
    assert "I would move your check-up" in reply.text
    await talk(later, "yes")
    assert await booked(desk, clinic) == ["Maria Lopez Tue 09:30 booked"]


@pytest.mark.parametrize("said", ["can you move it", "can we change my appointment time"])
async def test_to_move_it_is_about_an_appointment_that_exists(caller: Caller, said: str) -> None:
    assert "What name is the appointment under?" in (await talk(caller, said)).text


async def test_of_two_appointments_told_and_one_to_cancel_it_is_asked_which(
    caller: Caller, desk: Desk, clinic: Organisation
) -> None:
    await talk(caller, *BOOKED, "and a flu shot on friday at nine with Ana", "yes")
    later = Caller(caller.conversation, caller.organisation, call_id="call-2")
    asked = "I have two appointments this week and I need to cancel one"
    reply = await talk(later, asked, "Maria Lopez")
    assert reply.text.startswith("There is your check-up")
    await talk(later, "the flu shot", "yes")
    assert await booked(desk, clinic) == [
        "Maria Lopez Tue 10:00 booked",
        "Maria Lopez Fri 09:00 cancelled",
    ]


@pytest.mark.parametrize(
    "said", ["what do you have this week", "what have you got on thursday?", "any openings friday?"]
)
async def test_what_we_have_free_is_asked_by_who_wants_to_book(caller: Caller, said: str) -> None:
    reply = await talk(caller, said)
    assert "What would you like to book?" in reply.text
    reply = await talk(caller, "a check-up")
    assert "For your check-up I have" in reply.text


@pytest.mark.parametrize("said", ["yeah I want to book", "yes, I'd like to book please"])
async def test_a_yes_before_the_wish_does_not_hide_it(caller: Caller, said: str) -> None:
    reply = await talk(caller, "hello", said)
    assert "We offer check-up" in reply.text


async def test_a_bad_line_before_the_wish_does_not_hide_it(caller: Caller) -> None:
    said = "sorry bad line. I need a check-up with Ana on thursday the 26th"
    reply = await talk(caller, "", said)
    assert "For your check-up I have Thursday, November 26th" in reply.text


async def test_one_is_cancelled_and_another_service_booked(
    caller: Caller, desk: Desk, clinic: Organisation
) -> None:
    await talk(caller, *BOOKED)
    later = Caller(caller.conversation, caller.organisation, call_id="call-2")
    asked = "I need to cancel my appointment tomorrow and book a cleaning instead"
    reply = await talk(later, asked, "Maria Lopez")
    assert "Shall I cancel it?" in reply.text
    reply = await talk(later, "yes", "friday at ten", "yes")
    assert await booked(desk, clinic) == [
        "Maria Lopez Tue 10:00 cancelled",
        "Maria Lopez Fri 10:00 booked",
    ]


async def test_who_cannot_come_and_asks_what_else_there_is_moves(caller: Caller) -> None:
    await talk(caller, *BOOKED)
    later = Caller(caller.conversation, caller.organisation, call_id="call-2")
    asked = "its Maria, I can't make tuesday the 24th. What else have you got that week?"
    reply = await talk(later, asked)
    assert "That's your check-up with Ana Ruiz on Tuesday" in reply.text
    reply = await talk(later, "friday at ten")
    assert "I would move your check-up" in reply.text


async def test_a_service_is_added_after_the_visit_that_was_told(caller: Caller) -> None:
    reply = await talk(caller, *BOOKED, "and can you add a flu shot to that")
    assert "For your vaccination I have tomorrow at 10:30 AM" in reply.text


async def test_the_number_we_have_is_told(caller: Caller) -> None:
    reply = await talk(caller, *BOOKED[:2], "and it's my mobile you've got, yes?")
    assert reply.text.startswith("I have 5 1 8, 5 5 5, 0 1 0 0.")
    assert "Shall I book" in reply.text


async def test_how_long_it_takes_is_told_while_times_are_offered(caller: Caller) -> None:
    reply = await talk(caller, "a check-up tomorrow", "what time does it finish")
    assert reply.text.startswith("It takes 30 minutes.")


async def test_the_question_about_a_further_visit_names_it(caller: Caller) -> None:
    asked = "I need to cancel my appointment tomorrow and book a cleaning instead"
    await talk(caller, *BOOKED)
    later = Caller(caller.conversation, caller.organisation, call_id="call-2")
    reply = await talk(later, asked, "Maria Lopez", "yes")
    assert "Now for your dental cleaning. What day and time would suit you?" in reply.text
