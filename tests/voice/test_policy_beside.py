"""A question beside a wish, talk of an appointment that exists, and bookings for other people."""

from __future__ import annotations

import pytest

from scheduling.desk import Desk
from scheduling.values import Organisation
from tests.voice.caller import Caller, booked
from tests.voice.talking import replies, talk

BOOKED = ("a check-up tomorrow at nine", "Maria Lopez", "yes")


async def test_a_price_asked_beside_a_wish_leaves_the_wish(caller: Caller) -> None:
    reply = await talk(caller, "how much is a flu shot and can I get one tomorrow?")
    assert reply.text.startswith("A vaccination costs 40 dollars. For your vaccination I have")


@pytest.mark.parametrize(
    "lines",
    [
        ("are you open on Thanksgiving?", "can I come in then for a check-up"),
        ("do you open this Thursday?", "could I come in that day", "a check-up"),
    ],
)
async def test_the_day_of_a_question_stays_under_discussion(
    caller: Caller, lines: tuple[str, ...]
) -> None:
    reply = await talk(caller, *lines)
    assert "For your check-up I have Thursday, November 26th" in reply.text


@pytest.mark.parametrize(
    "said",
    ["just checking my booking's still on for Friday", "I need to bin the second one",
     "I've got to cancel Wednesday, can I book for next Monday instead?",
     "I have an appointment on Friday, is that right?"],
)  # fmt: skip
async def test_talk_of_an_appointment_that_exists_begins_no_new_one(
    caller: Caller, said: str
) -> None:
    assert "What name is the appointment under?" in (await talk(caller, said)).text


async def test_who_runs_late_hears_that_we_cannot_pass_it_on(caller: Caller) -> None:
    reply = await talk(caller, "I've an appointment at ten, I'm running late")
    assert reply.text == (
        "I can't pass that on from here. Shall I put you through to somebody here?"
    )


@pytest.mark.parametrize(
    "asked", ["is there a charge for cancelling?", "what does a missed appointment cost?"]
)
async def test_the_price_of_what_is_no_visit_is_not_that_of_every_visit(
    caller: Caller, asked: str
) -> None:
    assert "dollars" not in (await talk(caller, asked)).text


@pytest.mark.parametrize(
    "another",
    ["one for my wife at nine thirty", "can I book one for my husband as well, at nine thirty"],
)
async def test_one_for_somebody_else_is_the_same_on_the_same_day_under_a_name_of_its_own(
    caller: Caller, desk: Desk, clinic: Organisation, another: str
) -> None:
    asked = await talk(caller, *BOOKED, another)
    assert asked.text.endswith("Whose name is that one for?")
    await talk(caller, "Jo Lopez", "yes")
    assert sorted(await booked(desk, clinic)) == [
        "Jo Lopez Tue 09:30 booked",
        "Maria Lopez Tue 09:00 booked",
    ]


async def test_for_me_and_my_son_is_two_bookings(
    caller: Caller, desk: Desk, clinic: Organisation
) -> None:
    said = ("flu shots for me and my son tomorrow at nine", "Maria Lopez", "yes")
    heard = await replies(caller, *said, "nine thirty", "Sam Lopez", "yes")
    assert "For your vaccination I have tomorrow" in heard[2].text
    assert sorted(await booked(desk, clinic)) == [
        "Maria Lopez Tue 09:00 booked",
        "Sam Lopez Tue 09:30 booked",
    ]


@pytest.mark.parametrize(
    "said",
    ["a check-up for my daughter Poppy tomorrow at ten",
     "id like a checkup for my daughter poppy tomorrow at ten",
     "a check-up tomorrow at ten for my little girl called Poppy"],
)  # fmt: skip
async def test_a_child_s_booking_has_the_child_s_name(caller: Caller, said: str) -> None:
    assert "for Poppy." in (await talk(caller, said)).text


@pytest.mark.parametrize("said", ["a check-up for my daughter please", "for my son, he's seven"])
async def test_a_child_without_a_name_is_asked_for_it(caller: Caller, said: str) -> None:
    reply = await talk(caller, "a check-up", said, "tomorrow at ten")
    assert reply.text.endswith("What name should I put it under?")
