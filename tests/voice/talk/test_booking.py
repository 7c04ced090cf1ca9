"""Callers book with the built-in model, through the agents and the desk."""

from __future__ import annotations

import re

import pytest

from scheduling.desk import Desk
from scheduling.values import Organisation
from tests.voice.caller import Caller
from tests.voice.talking import book_of, replies, talk, tools_of
from voice.journal.journal import Journal

BREATH = "Hi, this is Sam Lee, I'd like a check-up tomorrow at ten"


async def booked(desk: Desk, clinic: Organisation) -> list[tuple[str, str, str]]:
    """Service, local start and name of each booking."""
    found = await book_of(desk, clinic)
    zone = (await desk.business(clinic.id)).zone
    return [
        (each.service_id, f"{each.start.astimezone(zone):%a %H:%M}", each.customer_name)
        for each in found
    ]


async def test_one_breath_and_a_yes_make_a_booking(
    caller: Caller, desk: Desk, clinic: Organisation
) -> None:
    asked, done = await replies(caller, BREATH, "yes please")
    assert asked.text == (
        "That's your check-up with Ana Ruiz on Tuesday, November 24th at 10 AM, for Sam Lee. "
        "Shall I book it?"
    )
    assert "You're booked" in done.text
    assert await booked(desk, clinic) == [("checkup", "Tue 10:00", "Sam Lee")]


async def test_one_detail_at_a_time_asks_only_for_what_is_missing(
    caller: Caller, desk: Desk, clinic: Organisation
) -> None:
    heard = await replies(
        caller, "I need an appointment", "a cleaning", "Thursday afternoon", "the first one",
        "Maria Lopez", "that's right",
    )  # fmt: skip
    asked = [re.findall(r"[^.?]*\?", reply.text)[-1].strip() for reply in heard]
    assert asked == [
        "What would you like to book?",
        "What day and time would suit you?",
        "Which suits you?",
        "What name should I put it under?",
        "Shall I book it?",
        "Is there anything else?",
    ]
    assert len(await booked(desk, clinic)) == 1


async def test_a_correction_is_taken_and_read_back(
    caller: Caller, desk: Desk, clinic: Organisation
) -> None:
    heard = await replies(
        caller, BREATH, "no, make it three", "no, my name is Sam Leigh", "no, on Friday", "yes"
    )
    assert "at 3 PM, for Sam Lee." in heard[1].text
    assert "at 3 PM, for Sam Leigh." in heard[2].text
    assert "Friday, November 27th at 3 PM, for Sam Leigh." in heard[3].text
    assert await booked(desk, clinic) == [("checkup", "Fri 15:00", "Sam Leigh")]


async def test_a_changed_mind_about_the_service_looks_again(
    caller: Caller, desk: Desk, clinic: Organisation
) -> None:
    heard = await replies(caller, BREATH, "actually make that a flu shot", "yes")
    assert "vaccination with" in heard[1].text
    assert await booked(desk, clinic) == [("vaccination", "Tue 10:00", "Sam Lee")]


@pytest.mark.parametrize(
    ("said", "why"),
    [
        ("a check-up on Sunday", "We are closed this Sunday, November 29th."),
        ("a check-up yesterday", "That time is already over."),
        ("a check-up today at half past nine", "That is too soon: we need an hour's notice."),
        ("a check-up in ten months", "We do not book that far ahead."),
    ],
)
async def test_a_day_that_cannot_be_says_why_and_goes_on(
    caller: Caller, said: str, why: str
) -> None:
    reply = await talk(caller, f"I'd like {said}")
    assert reply.text.startswith(why)
    assert reply.text.endswith("?")


async def test_a_closed_day_is_followed_by_offers_in_the_same_breath(
    caller: Caller, journal: Journal
) -> None:
    reply = await talk(caller, "I'd like a check-up on Sunday")
    assert "We are closed this Sunday, November 29th." in reply.text
    assert "Monday, November 30th at 9 AM" in reply.text
    assert await tools_of(journal, caller) == ["check_availability"]


async def test_a_weekday_that_does_not_fit_its_date_is_asked_back(
    caller: Caller, desk: Desk, clinic: Organisation
) -> None:
    heard = await replies(
        caller, "Sam Lee here, a check-up on Tuesday the 25th at ten", "Wednesday", "yes"
    )
    assert heard[0].text == "Do you mean Tuesday, November 24th or Wednesday, November 25th?"
    assert await booked(desk, clinic) == [("checkup", "Wed 10:00", "Sam Lee")]


@pytest.mark.parametrize(
    ("said", "at"),
    [
        ("the first one", "9 AM"),
        ("the second", "11:15 AM"),
        ("noon", "noon"),
        ("9 o'clock", "9 AM"),
    ],
)
async def test_an_offer_is_chosen_by_place_or_time(caller: Caller, said: str, at: str) -> None:
    reply = await talk(caller, "This is Sam Lee, a check-up tomorrow please", said)
    assert f"Tuesday, November 24th at {at}, for Sam Lee" in reply.text


async def test_two_bookings_in_a_call_ask_for_the_name_once(
    caller: Caller, desk: Desk, clinic: Organisation
) -> None:
    heard = await replies(caller, BREATH, "yes", "and a flu shot on Friday at nine", "yes")
    assert "for Sam Lee" in heard[2].text
    assert len(await booked(desk, clinic)) == 2


async def test_nothing_is_booked_without_a_yes(
    caller: Caller, desk: Desk, clinic: Organisation
) -> None:
    heard = await replies(caller, BREATH, "no", "never mind", "no, that's all, thanks")
    assert heard[1].text == "All right. What should I change?"
    assert heard[2].text.startswith("All right, nothing is booked.")
    assert heard[3].hung_up
    assert await booked(desk, clinic) == []


async def test_every_reply_of_a_long_call_is_short_and_plain(caller: Caller) -> None:
    heard = await replies(
        caller, "hello", "what can you do?", "a cleaning", "next week", "later", "another day",
        "what are your prices?", "the last one", "Jo Bell", "repeat that please", "yes", "bye",
    )  # fmt: skip
    for reply in heard:
        assert reply.text
        assert reply.text.count("?") <= 1
        assert len(re.findall(r"[.!?](?:\s|$)", reply.text)) <= 3
        assert not re.search(r"[*#_`\n]", reply.text)


async def test_no_question_is_put_twice_in_the_same_words(caller: Caller) -> None:
    heard = await replies(caller, "I'd like a check-up", "well", "hmm let me think", "er")
    questions = [reply.text.rpartition(". ")[2] for reply in heard]
    assert len(set(questions)) == len(questions)


async def test_a_person_asked_for_twice_takes_the_place_of_whom_we_chose(caller: Caller) -> None:
    await talk(caller, "a check-up on Friday at ten", "could I get a check-up with Ben on Friday")
    await talk(caller, "My name is Maria Lopez")
    reply = await talk(caller, "No, I'd like to see Ben Carter", "No, I'd like to see Ben Carter")
    assert "with Ben on" in reply.text
    assert "Ana" not in reply.text
