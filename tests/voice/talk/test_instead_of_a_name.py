"""What callers say where their name was asked for, and what is no name."""

from __future__ import annotations

from tests.voice.caller import Caller
from tests.voice.talking import talk

ASKED = "a check-up tomorrow at ten with Ana"


async def test_a_question_in_place_of_the_name_is_answered(caller: Caller) -> None:
    reply = await talk(caller, ASKED, "how can I pay?")
    assert reply.text.startswith("You can pay by card")
    assert "name" in reply.text


async def test_a_question_nobody_wrote_an_answer_to_is_not_passed_over(caller: Caller) -> None:
    reply = await talk(caller, ASKED, "does it hurt?")
    assert reply.text.startswith("I'm afraid I don't have that here")
    assert "name" in reply.text


async def test_another_day_is_heard_where_the_name_was_asked(caller: Caller) -> None:
    reply = await talk(caller, ASKED, "sorry make that wed")
    assert "Wednesday, November 25th at 10 AM" in reply.text
