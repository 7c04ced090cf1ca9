"""How long a hosted model may keep a caller waiting, and how long it may go on."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from typing import Any

import pytest

from tests.scripted_openai import Answer, Script, calls, says
from tests.voice.hosted_line import Lines
from voice.models.models import Patience
from voice.turn import Say

HANDOVER = "hand_over_to_scheduler"


async def test_several_questions_to_a_model_share_one_deadline(line: Lines) -> None:
    """Each answers in time; together they would keep the caller waiting."""
    on = await line(mode="auto", patience=Patience(first_word_seconds=0.5, sure=2.0))
    loop = asyncio.get_running_loop()

    def a_little_later(body: dict[str, Any]) -> Answer:
        event = asyncio.Event()
        loop.call_later(0.3, event.set)
        names = [tool["function"]["name"] for tool in body["tools"]]
        hand_over = next(name for name in names if name.startswith("hand_over"))
        return replace(calls((hand_over, {})), pieces=(event, *calls((hand_over, {})).pieces))

    on.server.otherwise = a_little_later
    assert "tomorrow" in await on.caller.says("a check-up tomorrow afternoon")
    assert on.models.answers == {("local", "late"): 1}


async def test_a_tool_that_ran_gives_the_model_its_time_anew_once(line: Lines) -> None:
    loop = asyncio.get_running_loop()

    def later(answer: Answer) -> Script:
        def answered(_: dict[str, Any]) -> Answer:
            event = asyncio.Event()
            loop.call_later(0.4, event.set)
            return replace(answer, pieces=(event, *answer.pieces))

        return answered

    looked = {"service": "checkup", "when": "tomorrow at 2 pm"}
    on = await line(
        calls((HANDOVER, {})),
        later(calls(("check_availability", looked))),
        later(says("I have tomorrow at 2 PM. Shall I book it?")),
        mode="auto",
        patience=Patience(first_word_seconds=0.7, sure=2.0),
    )
    assert "2 PM" in await on.caller.says("a check-up tomorrow at 2 pm")
    assert on.models.answers == {("hosted", "hosted"): 1}


async def test_where_no_act_is_known_the_caller_hears_one_moment(line: Lines) -> None:
    slow = asyncio.Event()
    patience = Patience(first_word_seconds=0.05, hosted_first_word_seconds=3.0)
    on = await line(says("Which day would suit you?", after=slow), patience=patience)
    heard = []
    async for part in on.caller.conversation.answer(on.caller.turn("a check-up", number=1)):
        heard.append(part)
        slow.set()
    assert heard == [Say("One moment.", filler=True), Say("Which day would suit you?")]


@pytest.mark.parametrize(
    "words", ["word " * 3000, "I have a nice " + "and very nice " * 60 + "day."]
)
async def test_a_sentence_without_end_is_not_said(line: Lines, words: str) -> None:
    on = await line(says(words))
    said = await on.caller.says("a check-up tomorrow afternoon")
    assert "word word" not in said
    assert "very nice and" not in said
    assert "tomorrow" in said
    assert len(said) < 400
