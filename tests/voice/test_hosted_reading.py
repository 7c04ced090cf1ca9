"""`auto`: the hosted model reads what our own reading is not sure of, and we speak."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from typing import Any

import orjson
import pytest

from tests.scripted_openai import Answer, fails, hangs, says
from tests.voice.hosted_line import QUICK, UNHURRIED, Clock, Line, Lines
from voice.models.reader import SCHEMA, tags_of
from voice.turn import Say

MUMBLE = "well it is about the thing for my teeth you see, say tomorrow round two or so"
NEVER_SURE = replace(QUICK, sure=2.0)
"""Every turn is read by the hosted model."""
CHARACTERS_A_TOKEN = 4


def reads(*acts: tuple[str, str], bridge: str = "") -> Answer:
    """Labels with the words that they stand on."""
    rows = [{"label": label, "words": words, "corrects": False} for label, words in acts]
    return says(orjson.dumps({"acts": rows, "bridge": bridge}).decode())


CHECK_UP = (("give:service", "check-up"), ("give:when", "tomorrow at 2 pm"))
WORDS = "um so a check-up would be the thing, tomorrow at 2 pm"


async def unsure(line: Lines, *scripts: Any) -> Line:
    """A line whose every turn is read by the hosted model."""
    return await line(*scripts, mode="auto", patience=NEVER_SURE)


async def test_a_sure_reading_asks_nobody(line: Lines) -> None:
    on = await line(mode="auto", patience=replace(QUICK, sure=0.0))
    assert "tomorrow" in await on.caller.says("I'd like to book a check-up tomorrow afternoon")
    assert on.server.requests == []
    assert on.models.answers == {("local", "sure"): 1}


async def test_the_hosted_model_reads_and_our_own_code_speaks(line: Lines) -> None:
    on = await unsure(line, reads(*CHECK_UP))
    said = await on.caller.says(WORDS)
    assert said.startswith("Tomorrow at 2 PM with Ana Ruiz is free.")
    assert on.models.answers == {("local", "read"): 1}
    assert len(on.server.requests) == 1


async def test_one_short_question_goes_upstream(line: Lines) -> None:
    on = await unsure(line, reads(*CHECK_UP))
    await on.caller.says(WORDS)
    (sent,) = on.server.requests
    assert sent["response_format"]["json_schema"]["schema"] == SCHEMA
    assert "tools" not in sent
    assert WORDS in sent["messages"][-1]["content"]
    assert "+15185550100" not in str(sent)
    characters = len(str(sent["messages"])) + len(str(SCHEMA))
    assert characters / CHARACTERS_A_TOKEN < 900


async def test_labels_count_only_on_the_callers_own_words(line: Lines) -> None:
    on = await unsure(line, reads(("give:name", "John Smith"), ("give:service", "check-up")))
    assert "John" not in await on.caller.says(WORDS)


def test_repeated_words_are_found_in_the_order_said() -> None:
    acts = [
        {"label": "affirm", "words": "yes"},
        {"label": "give:when", "words": "two"},
        {"label": "give:when", "words": "Two"},
        {"label": "no such label", "words": "yes"},
        {"label": "deny"},
    ]
    tags = tags_of("yes two or two", acts)
    assert [(tag.label, tag.start) for tag in tags] == [
        ("affirm", 0), ("give:when", 4), ("give:when", 11),
    ]  # fmt: skip


FAILURES = {
    "an error": fails(500),
    "no JSON": says("Sure, they would like a check-up!"),
    "another shape": says("[1, 2]"),
    "nothing of the caller's": reads(("give:service", "massage")),
}


@pytest.mark.parametrize("answer", FAILURES.values(), ids=FAILURES.keys())
async def test_the_built_in_reading_counts_where_the_hosted_one_is_of_no_use(
    line: Lines, answer: Answer
) -> None:
    on = await unsure(line, answer)
    assert "tomorrow" in await on.caller.says("a check-up tomorrow afternoon")
    assert len(on.server.requests) == 1


async def test_a_late_reading_is_given_up_after_one_filler(line: Lines, clock: Clock) -> None:
    seconds = 0.1 * UNHURRIED
    patience = replace(NEVER_SURE, reading_seconds=seconds, reading_filler_seconds=seconds / 2)
    on = await line(hangs(), mode="auto", patience=patience)
    turn = on.caller.turn("a check-up tomorrow at 2 pm", number=1)
    heard = []

    async def leap() -> None:
        await on.server.asked.wait()
        clock.leap(0.6 * seconds)

    leaping = asyncio.ensure_future(leap())
    async for part in on.caller.conversation.answer(turn):
        heard.append(part)
        if len(heard) == 1:
            clock.leap(0.6 * seconds)
    await leaping
    assert heard[0] == Say("One moment.", filler=True)
    assert "2 PM" in str(heard[1])
    assert on.models.answers == {("local", "late"): 1}


BRIDGES = {
    "Oh, you poor thing.": True,
    "Oh no, that sounds painful": True,
    "I'll see you at two.": False,
    "You're booked.": False,
    "That costs forty dollars.": False,
    "That's 5 stars.": False,
    "How did it happen?": False,
    "We open on Saturday.": False,
    "It will heal by itself.": False,
}


@pytest.mark.parametrize(("bridge", "said"), BRIDGES.items(), ids=BRIDGES.keys())
async def test_half_a_human_sentence_is_said_first_where_it_holds_no_fact(
    line: Lines, bridge: str, said: bool
) -> None:
    on = await unsure(line, reads(*CHECK_UP, bridge=bridge))
    heard = await on.caller.says(WORDS)
    assert heard.startswith(bridge) is said
    assert "2 PM" in heard


async def test_danger_waits_for_no_model(line: Lines) -> None:
    on = await unsure(line)
    assert await on.caller.says("he's having a fit please help")
    assert on.server.requests == []
