"""How long a hosted model may keep a caller waiting, and how long it may go on."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from itertools import count
from typing import Any

import pytest

from tests.scripted_openai import Answer, Script, calls, says
from tests.voice.hosted_line import QUICK, UNHURRIED, Clock, Lines
from voice.turn import Say


async def test_several_questions_to_a_model_share_one_deadline(line: Lines, clock: Clock) -> None:
    """Each answers in time; together they would keep the caller waiting."""
    on = await line()
    numbers = count()

    def a_little_later(_: dict[str, Any]) -> Answer:
        asked = calls(("answer_question", {"question": f"and {next(numbers)}?"}))
        return replace(asked, pieces=(clock.after(0.7 * UNHURRIED), *asked.pieces))

    on.server.otherwise = a_little_later
    assert "tomorrow" in await on.caller.says("a check-up tomorrow afternoon")
    assert on.models.answers == {("local", "late"): 1}
    assert len(on.server.requests) == 3


async def test_a_tool_that_ran_gives_the_model_its_time_anew_once(
    line: Lines, clock: Clock
) -> None:
    def later(answer: Answer) -> Script:
        def answered(_: dict[str, Any]) -> Answer:
            return replace(answer, pieces=(clock.after(0.6 * UNHURRIED), *answer.pieces))

        return answered

    looked = {"service": "checkup", "when": "tomorrow at 2 pm"}
    on = await line(
        later(calls(("check_availability", looked))),
        later(says("I have tomorrow at 2 PM. Does that suit you?")),
    )
    assert "2 PM" in await on.caller.says("a check-up tomorrow at 2 pm")
    assert on.models.answers == {("hosted", "hosted"): 1}


async def test_where_no_act_is_known_the_caller_hears_one_moment(line: Lines) -> None:
    slow = asyncio.Event()
    patience = replace(QUICK, filler_seconds=0.05)
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
