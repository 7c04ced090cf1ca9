"""What callers say where their name was asked for, and what is no name."""

from __future__ import annotations

import pytest

from scheduling.desk import Desk
from scheduling.values import Organisation
from tests.voice.caller import Caller, booked
from tests.voice.talking import talk

ASKED = "a check-up tomorrow at ten with Ana"


@pytest.mark.parametrize(
    "said",
    ["hang on a sec", "one moment please", "does it hurt?", "is it free", "12:30?", "with whoever",
     "what should I bring", "do I have to pay up front", "none of your business",
     "sorry make that wed", "no preference", "nine"],
)  # fmt: skip
async def test_nobody_is_called_what_was_asked_or_put_off(caller: Caller, said: str) -> None:
    reply = await talk(caller, ASKED, said)
    assert "for " + said.title().strip("?") not in reply.text
    assert "Shall I book it?" not in reply.text


@pytest.mark.parametrize("said", ["fine, Ed Stone", "ok, Ed Stone", "Ed Stone", "um, Ed Stone."])
async def test_a_name_is_heard_after_a_word_of_assent(
    caller: Caller, desk: Desk, clinic: Organisation, said: str
) -> None:
    await talk(caller, ASKED, said, "yes")
    assert await booked(desk, clinic) == ["Ed Stone Tue 10:00 booked"]


async def test_a_question_in_place_of_the_name_is_answered(caller: Caller) -> None:
    reply = await talk(caller, ASKED, "how can I pay?")
    assert reply.text.startswith("You can pay by card")
    assert "name" in reply.text


async def test_a_question_nobody_wrote_an_answer_to_is_not_passed_over(caller: Caller) -> None:
    reply = await talk(caller, ASKED, "does it hurt?")
    assert reply.text.startswith("I'm afraid I don't have an answer to that.")
    assert "name" in reply.text


async def test_another_day_is_heard_where_the_name_was_asked(caller: Caller) -> None:
    reply = await talk(caller, ASKED, "sorry make that wed")
    assert "Wednesday, November 25th at 10 AM" in reply.text
