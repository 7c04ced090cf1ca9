"""What of what is kept about them callers want: the words for a name that is wrong."""

from __future__ import annotations

from datetime import datetime

import pytest

from voice.understanding.acts import Asked
from voice.understanding.hearing import Hearing
from voice.understanding.loose_phrases import account_wish
from voice.understanding.read import read

BOOKED = "You're booked for Tuesday at 10 AM, for Niamh Heneghan. Is there anything else?"
READ_BACK = "That's your check-up on Tuesday at 10 AM, for Niamh Heneghan. Shall I book it?"


def wished(text: str, asked: Asked = "anything_else", agent: str = BOOKED) -> list[str | None]:
    """What of an account these words want."""
    now = datetime(2026, 11, 23, 9)  # noqa: DTZ001 - local times are naive here
    heard = read(text, Hearing(now=now, asked=asked, agent=agent))
    return [act.value for act in heard.all("want:account")]


@pytest.mark.parametrize(
    "text",
    [
        "that name is wrong, it's Donald Farquharson",
        "you've got my name wrong",
        "the name on my booking is wrong",
        "can you change the name on the appointment to Roy Ackroyd",
        "can you put it in my daughter's name",
        "wait that's not my name, it's Marta Lopez",
        "my surname's spelled wrong",
        "you have the wrong name on the booking",
    ],
)
def test_a_name_on_what_is_booked_is_wrong(text: str) -> None:
    assert wished(text) == ["name"]


def test_at_a_read_back_a_wrong_name_is_a_no() -> None:
    assert wished("that name is wrong", "confirm", READ_BACK) == []


def test_whose_name_it_shall_be_in_is_told_of_the_visit_while_that_is_asked() -> None:
    said = "put it in my daughter's name, Ellie Park"
    assert wished(said, "name", "What name should I put it under?") == []
    assert wished(said, "confirm", READ_BACK) == []


def test_under_whose_name_it_is_is_a_question() -> None:
    assert wished("do you have it under my name") == []


@pytest.mark.parametrize(
    ("text", "wish"),
    [
        ("my number is wrong", "number"),
        ("take my name off the system", "forget"),
        ("can I put a name on the waiting list", ""),
        ("what's your name", ""),
        ("change the day of the one under my name", ""),
    ],
)
def test_other_wishes_are_none_for_a_name(text: str, wish: str) -> None:
    assert account_wish(text) == wish
