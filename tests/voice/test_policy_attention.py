"""Words that are easily taken for something else, each heard for what it is."""

from __future__ import annotations

import pytest

from scheduling.desk import Desk
from scheduling.values import Organisation
from tests.voice.caller import Caller, booked
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


@pytest.mark.parametrize(
    "said", ["hello, is this the dental place on willow street?", "is this Willow Street Clinic?"]
)
async def test_who_asks_whether_they_rang_the_right_place_is_told(
    caller: Caller, said: str
) -> None:
    reply = await talk(caller, said)
    assert reply.text == "This is Willow Street Clinic. How can I help?"


@pytest.mark.parametrize("said", ["actually could I do 11 instead", "can you make it 11"])
async def test_a_bare_hour_after_the_booking_moves_it(
    caller: Caller, desk: Desk, clinic: Organisation, said: str
) -> None:
    reply = await talk(caller, *BOOKED, said)
    assert "I would move your check-up" in reply.text
    await talk(caller, "yes")
    assert await booked(desk, clinic) == ["Maria Lopez Tue 11:00 booked"]


async def test_the_time_taken_is_with_whom_it_was_offered(
    caller: Caller, desk: Desk, clinic: Organisation
) -> None:
    offered = await talk(caller, "a check-up on friday")
    assert "noon with Ben Carter" in offered.text
    await talk(caller, "12 00", "Maria Lopez", "yes")
    [one] = await book_of(desk, clinic)
    assert one.provider == "Ben Carter"


@pytest.mark.parametrize("said", ["don't care", "I don't mind", "up to you", "what do you have"])
async def test_who_leaves_the_day_to_us_hears_the_soonest(caller: Caller, said: str) -> None:
    reply = await talk(caller, "a flu shot please", said)
    assert reply.text.startswith("For your vaccination I have today")


async def test_what_times_there_are_is_asked_of_a_move_too(caller: Caller) -> None:
    reply = await talk(caller, *BOOKED, "can you move it", "what times do you have")
    assert reply.text.startswith("For your check-up I have")


async def test_the_first_service_named_is_the_one_that_is_moved(caller: Caller) -> None:
    await talk(caller, *BOOKED, "and a cleaning on friday at nine", "yes")
    later = Caller(caller.conversation, caller.organisation, call_id="call-2")
    asked = "I need to move my cleaning to the same day as my checkup"
    reply = await talk(later, asked, "Maria Lopez")
    assert "That's your dental cleaning" in reply.text


async def test_a_second_visit_of_one_person_begins_when_the_first_is_over(caller: Caller) -> None:
    reply = await talk(caller, "a check-up and a flu shot, tomorrow", "ten", "Jo Wu", "yes")
    assert "For your vaccination I have tomorrow at 10:30 AM" in reply.text


async def test_another_person_at_the_same_question(caller: Caller) -> None:
    reply = await talk(caller, "is Mei in on thursday?", "and Ana?")
    assert reply.text.startswith("Ana Ruiz is here on Thursday")


async def test_a_name_on_a_booking_is_changed_by_people(caller: Caller) -> None:
    reply = await talk(caller, *BOOKED, "can I change the name to Mary?")
    assert reply.text.startswith("I can't change the name on it from here.")
