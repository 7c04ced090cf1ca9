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


@pytest.mark.parametrize("said", ["can you move it", "can we change my appointment time"])
async def test_to_move_it_is_about_an_appointment_that_exists(caller: Caller, said: str) -> None:
    assert "What name is the appointment under?" in (await talk(caller, said)).text


@pytest.mark.parametrize(
    "said", ["what do you have this week", "what have you got on thursday?", "any openings friday?"]
)
async def test_what_we_have_free_is_asked_by_who_wants_to_book(caller: Caller, said: str) -> None:
    reply = await talk(caller, said)
    assert "What would you like to book?" in reply.text
    reply = await talk(caller, "a check-up")
    assert "For the check-up I have" in reply.text


@pytest.mark.parametrize("said", ["yeah I want to book", "yes, I'd like to book please"])
async def test_a_yes_before_the_wish_does_not_hide_it(caller: Caller, said: str) -> None:
    reply = await talk(caller, "hello", said)
    assert reply.text == "What would you like to book?"


async def test_a_bad_line_before_the_wish_does_not_hide_it(caller: Caller) -> None:
    said = "sorry bad line. I need a check-up with Ana on thursday the 26th"
    reply = await talk(caller, "", said)
    assert "For the check-up I have this Thursday, November 26th" in reply.text


async def test_one_is_cancelled_and_another_service_booked(
    caller: Caller, desk: Desk, clinic: Organisation
) -> None:
    await talk(caller, *BOOKED)
    later = Caller(caller.conversation, caller.organisation, call_id="call-2")
    asked = "I need to cancel my appointment tomorrow and book a cleaning instead"
    reply = await talk(later, asked, "Maria Lopez")
    assert "Shall I cancel it, and then look for the dental cleaning?" in reply.text
    reply = await talk(later, "yes", "friday at ten", "yes")
    assert await booked(desk, clinic) == [
        "Maria Lopez Tue 10:00 cancelled",
        "Maria Lopez Fri 10:00 booked",
    ]
