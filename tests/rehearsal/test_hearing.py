"""What a simulated caller makes of our words, by his own means."""

from __future__ import annotations

from datetime import date, datetime

import pytest

from rehearsal.hearing import done_in, hear, question_in
from tests.clinic import clinic

MONDAY = date(2026, 11, 23)


def times(text: str) -> list[datetime]:
    return [heard.at for heard in hear(text, clinic(), MONDAY).times]


def test_a_day_holds_for_the_times_after_it() -> None:
    assert times("I have tomorrow at 9 AM, 10:30 AM, or Thursday, November 26th at noon.") == [
        datetime.fromisoformat("2026-11-24T09:00"),
        datetime.fromisoformat("2026-11-24T10:30"),
        datetime.fromisoformat("2026-11-26T12:00"),
    ]


def test_a_date_is_the_near_one_of_next_year() -> None:
    assert times("Your check-up is on Tuesday, January 5th at 2 PM.") == [
        datetime.fromisoformat("2027-01-05T14:00")
    ]


def test_opening_hours_are_no_offer() -> None:
    assert times("We're open tomorrow from 9 AM to 4 PM. Which one would you like?") == []


def test_a_time_that_is_not_to_be_had_is_no_offer() -> None:
    said = "I don't have tomorrow at 10 AM. The nearest I have is tomorrow at 11 AM with Ana Ruiz."
    assert times(said) == [datetime.fromisoformat("2026-11-24T11:00")]
    held = said.replace("I don't have tomorrow at 10 AM", "Tomorrow at 10 AM is being held")
    assert times(held) == [datetime.fromisoformat("2026-11-24T11:00")]


def test_a_person_named_once_is_meant_for_all_times() -> None:
    heard = hear("I have today at 3 PM or 4 PM with Ben Carter.", clinic(), MONDAY)
    assert [time.provider_id for time in heard.times] == ["ben", "ben"]


def test_people_named_with_each_time_are_kept_apart() -> None:
    said = "I have today at 3 PM with Ben Carter or 4 PM with Ana Ruiz."
    assert [time.provider_id for time in hear(said, clinic(), MONDAY).times] == ["ben", "ana"]


def test_a_read_back_tells_for_whom_and_which_number() -> None:
    said = (
        "That's your check-up with Ana Ruiz on Tuesday, November 24th at 10 AM, for Rosa Bell, "
        "and your number is 2 1 2, 5 5 5, 0 1 8 8. Shall I book it?"
    )
    heard = hear(said, clinic(), MONDAY)
    assert heard.names == ("Rosa Bell",)
    assert heard.digits == "2125550188"
    assert heard.services == {"checkup"}
    assert heard.question == "confirm"


@pytest.mark.parametrize(
    ("asked", "question"),
    [
        ("What would you like to book?", "service"),
        ("Which one is it for?", "service"),
        ("What day and time would suit you?", "when"),
        ("Which suits you?", "choose"),
        ("Would that work for you?", "choose"),
        ("What name should I put it under?", "name"),
        ("What number can we reach you on?", "phone"),
        ("What is the reference of the appointment?", "reference"),
        ("Shall I go ahead and cancel it?", "confirm"),
        ("Is that right?", "confirm"),
        ("What should I change?", "open"),
        ("Is there anything else?", "anything else"),
        ("How can I help?", "help"),
        ("Shall I put you through to somebody here?", "person"),
        ("Do you like the weather?", None),
    ],
)
def test_a_question_is_known_by_its_words(asked: str, question: str | None) -> None:
    assert question_in(asked) == question


@pytest.mark.parametrize(
    ("said", "done"),
    [
        ("You're booked: check-up with Ana Ruiz tomorrow at 10 AM.", {"booked"}),
        ("I've booked you in.", {"booked"}),
        ("Your check-up is moved to Friday.", {"moved"}),
        ("Your check-up on Friday is cancelled.", {"cancelled"}),
        ("All right, nothing is booked.", set()),
        ("Shall I book it?", set()),
        ("I could not book that.", set()),
    ],
)
def test_what_was_done_is_told_from_what_was_not(said: str, done: set[str]) -> None:
    assert done_in(said) == done


def test_times_are_heard_as_they_are_said_where_the_day_comes_first() -> None:
    said = "I have this Thursday the 26th at 9 o'clock, 10:40, or 2:20 with Ana Ruiz."
    heard = hear(said, clinic(), MONDAY)
    assert [time.at for time in heard.times] == [
        datetime.fromisoformat("2026-11-26T09:00"),
        datetime.fromisoformat("2026-11-26T10:40"),
        datetime.fromisoformat("2026-11-26T14:20"),
    ]
    assert times("That's Saturday the 5th of December at 7:30 in the evening, for Rosa Bell.") == [
        datetime.fromisoformat("2026-12-05T19:30")
    ]
    assert times("We're open this Thursday the 26th from 8:30 to 7.") == []


def test_who_is_called_by_the_first_name_is_known() -> None:
    heard = hear("I have tomorrow at 9 AM with Ana. Would that suit you?", clinic(), MONDAY)
    assert heard.providers == {"ana"}
    assert [time.provider_id for time in heard.times] == ["ana"]


@pytest.mark.parametrize(("told", "question"), [("T, C", "reference"), ("2 0 1", "phone")])
def test_the_rest_of_a_reference_is_no_telephone_number(told: str, question: str) -> None:
    heard = hear(f"I have {told} so far. And the rest of it?", clinic(), MONDAY)
    assert heard.question == question
