"""Words that are easily taken for something else, each heard for what it is."""

from __future__ import annotations

import pytest

from scheduling.desk import Desk
from scheduling.values import Organisation
from tests.voice.caller import Caller
from tests.voice.talking import book_of, talk

BOOKED = ("a check-up tomorrow at ten with Ana", "Maria Lopez", "yes")


async def test_a_question_after_a_booking_cancels_nothing(caller: Caller) -> None:
    reply = await talk(caller, *BOOKED, "do I need to skip breakfast?")
    assert "cancel" not in reply.text


@pytest.mark.parametrize("said", ["can someone call me when it's ready?", "is it noisy there?"])
async def test_a_question_without_a_wish_books_nothing(caller: Caller, said: str) -> None:
    reply = await talk(caller, said)
    assert "What day and time" not in reply.text
    assert "like to book" not in reply.text


async def test_the_time_taken_is_with_whom_it_was_offered(
    caller: Caller, desk: Desk, clinic: Organisation
) -> None:
    offered = await talk(caller, "a check-up on friday")
    assert "noon with Ben Carter" in offered.text
    await talk(caller, "12 00", "Maria Lopez", "yes")
    [one] = await book_of(desk, clinic)
    assert one.provider == "Ben Carter"


async def test_a_second_visit_of_one_person_begins_when_the_first_is_over(caller: Caller) -> None:
    reply = await talk(caller, "a check-up and a flu shot, tomorrow", "ten", "Jo Wu", "yes")
    assert "10:30 AM" in reply.text
    assert "for your vaccination; shall I book that" in reply.text


async def test_to_cancel_a_day_books_none(caller: Caller) -> None:
    reply = await talk(caller, "hey I need to cancel monday")
    assert reply.text == "What name is the appointment under?"


@pytest.mark.parametrize(
    "said",
    ["can you tell me when my next one is", "can you check if Maria Lopez has an appointment"],
)
async def test_when_an_appointment_is_is_looked_up(caller: Caller, said: str) -> None:
    reply = await talk(caller, said)
    assert "What name is the appointment under?" in reply.text or "could not match" in reply.text


@pytest.mark.parametrize(
    ("said", "time"), [("tomorrow's fine. 10", "10 AM"), ("tomorrow, like 4", "4 PM")]
)
async def test_a_bare_hour_beside_the_day_is_heard(caller: Caller, said: str, time: str) -> None:
    reply = await talk(caller, "a check-up with Ana", said)
    assert f"Tomorrow at {time} with Ana Ruiz is free." in reply.text


@pytest.mark.parametrize("said", ["hm, no, I'd rather Ben", "hm"])
async def test_a_sound_is_no_name(caller: Caller, said: str) -> None:
    reply = await talk(caller, "a check-up tomorrow at ten with Ana", said)
    assert "for Hm" not in reply.text


async def test_the_price_of_what_was_just_booked(caller: Caller) -> None:
    reply = await talk(caller, *BOOKED, "how much will that be")
    assert reply.text.startswith("A check-up costs 120 dollars.")


async def test_a_day_said_again_is_not_misheard(caller: Caller) -> None:
    reply = await talk(caller, "a check-up today", "today")
    assert "catch" not in reply.text


async def test_what_a_service_costs_and_who_does_it(caller: Caller) -> None:
    reply = await talk(caller, "what does physio cost and who does it?")
    assert "150 dollars" in reply.text
    assert "Mei Tanaka" in reply.text


async def test_how_good_somebody_is_books_nobody(caller: Caller) -> None:
    reply = await talk(caller, "is Ana any good?")
    assert "like to book" not in reply.text


async def test_another_name_may_follow_an_or(caller: Caller) -> None:
    await talk(caller, *BOOKED)
    later = Caller(caller.conversation, caller.organisation, call_id="call-2")
    reply = await talk(later, "cancel my appointment", "Troy Hutz", "or Maria Lopez")
    assert "Shall I cancel it?" in reply.text


async def test_after_a_look_another_day_is_a_move(caller: Caller) -> None:
    await talk(caller, *BOOKED)
    later = Caller(caller.conversation, caller.organisation, call_id="call-2")
    lines = ("when is my appointment", "Maria Lopez", "could you make it friday instead")
    reply = await talk(later, *lines)
    assert "For the check-up I have this Friday, November 27th" in reply.text


@pytest.mark.parametrize("said", ["8 20", "actually is 9:15 possible", "could we do 9:45"])
async def test_another_time_in_place_of_the_name_is_heard(caller: Caller, said: str) -> None:
    reply = await talk(caller, "a check-up tomorrow at ten with Ana", said)
    assert "catch" not in reply.text
    assert "don't have an answer" not in reply.text


async def test_a_service_after_a_question_that_is_no_price_is_a_wish(caller: Caller) -> None:
    reply = await talk(caller, "do you have a lift?", "ok just a vaccination then")
    assert "costs" not in reply.text


async def test_what_time_my_appointment_is_is_looked_up(caller: Caller) -> None:
    reply = await talk(caller, "what time's my appointment on tuesday")
    assert reply.text == "What name is the appointment under?"


async def test_whether_somebody_is_in_is_no_wish(caller: Caller) -> None:
    reply = await talk(caller, "is Dr Ruiz in on wednesday")
    assert reply.text.startswith("Yes, Ana Ruiz is here this Wednesday")


async def test_what_somebody_else_should_bring_is_written_down(caller: Caller) -> None:
    reply = await talk(caller, *BOOKED, "does he need to bring anything")
    assert reply.text.startswith("Please bring a photo ID")
