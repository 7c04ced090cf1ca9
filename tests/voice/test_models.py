"""A hosted model talks: who answers, and what the caller hears when it fails."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from typing import Any

import pytest

from scheduling.desk import Desk
from scheduling.values import Organisation
from tests.scripted_openai import DONE, Answer, Script, calls, fails, frame, hangs, says
from tests.voice.caller import booked, spoken
from tests.voice.hosted_line import QUICK, UNHURRIED, Clock, Lines, last_offer
from voice.journal.journal import Journal
from voice.turn import HangUp, Say

LOOK = calls(("check_availability", {"service": "checkup", "when": "tomorrow at 2 pm"}))


async def test_a_first_turn_takes_one_question_to_the_model_where_we_can_look_ahead(
    line: Lines,
) -> None:
    offer = "I have tomorrow at 2 PM with Ana Ruiz. Does that suit you?"
    on = await line(says("What can I book for you?"), says(offer))
    await on.caller.says("hello, I'd like to make an appointment")
    assert await on.caller.says("a check-up with Ana Ruiz tomorrow at 2 pm") == offer
    assert len(on.server.requests) == 2
    assert "live offers: " in on.server.requests[1]["messages"][0]["content"]
    assert on.models.answers == {("hosted", "hosted"): 2}


async def test_nothing_of_the_call_goes_upstream_but_words(line: Lines) -> None:
    on = await line(says("Which day would suit you?"))
    await on.caller.says("a check-up please")
    (sent,) = on.server.requests
    assert sent.keys() <= {"model", "messages", "tools", "stream", "temperature", "max_tokens"}
    assert "+15185550100" not in str(sent)
    assert on.caller.call_id not in str(sent)


async def test_the_built_in_reading_is_told_as_what_it_is(line: Lines) -> None:
    on = await line(says("Which day would suit you?"))
    await on.caller.says("a check-up please")
    (sent,) = on.server.requests
    (told,) = [
        row for row in sent["messages"][0]["content"].splitlines() if row.startswith("Heard")
    ]
    assert "may be wrong" in told
    assert "check-up" in told


FAILURES = {
    "an error": (fails(500), fails(500)),
    "a refusal": (fails(401),),
    "garbage": (Answer((b"data: {oops\n\n",)), Answer((b"data: {oops\n\n",))),
    "nothing": (Answer((frame({}, "stop"), DONE)), Answer((frame({}, "stop"), DONE))),
    "an unknown tool": (calls(("order_pizza", {})),),
    "arguments that are no object": (
        Answer((frame({"tool_calls": [_call]}), DONE))
        if (_call := {"index": 0, "function": {"name": "verify_caller", "arguments": "[1"}})
        else fails(500),
    ),
    "silence": (hangs(),),
    "two lies": (
        says("You're booked for tomorrow at nine."),
        says("I have booked you in for tomorrow at nine."),
    ),
    "half a word": (Answer((frame({"content": "I ha"}),)), Answer((frame({"content": "I"}),))),
}


@pytest.mark.parametrize("scripts", FAILURES.values(), ids=FAILURES.keys())
async def test_the_built_in_dialogue_takes_the_turn_when_the_hosted_model_cannot(
    line: Lines, scripts: tuple[Script, ...]
) -> None:
    waits = 0.3 if scripts == FAILURES["silence"] else UNHURRIED
    on = await line(*scripts, patience=replace(QUICK, first_word_seconds=waits))
    said = await on.caller.says("a check-up tomorrow afternoon")
    assert "tomorrow" in said
    assert said.endswith("?")
    assert "nine" not in said
    assert not on.server.scripts
    assert [who for who, _ in on.models.answers] == ["local"]


async def test_a_turn_is_not_taken_from_it_for_using_no_tool(line: Lines) -> None:
    on = await line()
    on.server.otherwise = says("Sure, tell me more about it please.")
    for words in ("a check-up with Ana Ruiz tomorrow at 2 pm", "please", "yes", "hello"):
        assert await on.caller.says(words) == "Sure, tell me more about it please."
    assert on.models.answers == {("hosted", "hosted"): 4}


async def test_a_lie_is_told_to_the_model_which_may_answer_once_more(line: Lines) -> None:
    on = await line(says("You're booked for tomorrow at nine."), says("Which day suits you?"))
    assert await on.caller.says("a check-up please") == "Which day suits you?"
    told = on.server.requests[1]["messages"][-1]
    assert told["role"] == "system"
    assert "was not said" in told["content"]


async def test_a_lie_is_left_out_where_the_rest_carries_the_turn(line: Lines) -> None:
    on = await line(says("You're booked for tomorrow at nine. Which day would suit you?"))
    assert await on.caller.says("a check-up please") == "Which day would suit you?"
    assert len(on.server.requests) == 1


async def test_a_lie_after_the_tools_is_replaced_by_the_truth(
    line: Lines, journal: Journal
) -> None:
    on = await line(LOOK, says("I have tomorrow at 4:30 PM. Does that suit you?"))
    said = await on.caller.says("a check-up tomorrow at 2 pm")
    assert "4:30" not in said
    assert "2 PM" in said
    record = await journal.call(None, on.caller.call_id)
    assert record is not None
    assert record.false_claims == 1
    assert record.turns[0].kept_back[0].kind == "time"
    assert record.turns[0].answered_by == "hosted"


async def test_a_failure_before_anything_was_said_is_tried_again(line: Lines) -> None:
    on = await line(fails(503), says("Which day would suit you?"))
    assert await on.caller.says("a check-up") == "Which day would suit you?"
    assert len(on.server.requests) == 2


async def test_nothing_is_tried_again_once_a_sentence_left(line: Lines) -> None:
    broken = Answer((frame({"content": "Let me see what there is. And th"}),))
    on = await line(broken)
    said = await on.caller.says("a check-up tomorrow afternoon")
    assert said.startswith("Let me see what there is.")
    assert "And th" not in said
    assert len(on.server.requests) == 1
    assert said.endswith("?")


async def test_what_broke_after_its_question_is_let_be(line: Lines) -> None:
    on = await line(Answer((frame({"content": "Which day would suit you? And th"}),)))
    assert await on.caller.says("a check-up please") == "Which day would suit you?"


async def test_the_built_in_dialogue_tells_what_the_hosted_models_tools_found(line: Lines) -> None:
    on = await line(LOOK, fails(500), fails(500))
    said = await on.caller.says("a check-up tomorrow at 2 pm")
    assert said.count("2 PM") == 1
    assert said.endswith("?")


async def test_what_the_model_told_of_its_tools_is_not_told_again(line: Lines) -> None:
    broken = Answer((frame({"content": "Tomorrow at 2 PM with Ana Ruiz is free. And th"}),))
    on = await line(LOOK, broken)
    said = await on.caller.says("a check-up tomorrow at 2 pm")
    assert said.count("2 PM") == 1
    assert said.endswith("?")


async def test_a_model_that_goes_in_circles_is_left(line: Lines) -> None:
    on = await line(*(LOOK for _ in range(6)))
    said = await on.caller.says("a check-up tomorrow at 2 pm")
    assert said.endswith("?")
    assert len(on.server.requests) <= QUICK.most_hosted_calls


async def test_markdown_and_speeches_are_cut_to_a_reply(line: Lines) -> None:
    on = await line(says("**Sure!** One. Two. Three. Which day? Which time? - a list"))
    assert await on.caller.says("hello") == "Sure! One. Which day?"


async def test_a_late_answer_gets_one_filler_that_names_the_act(line: Lines, clock: Clock) -> None:
    slow = asyncio.Event()

    def is_late(_: dict[str, Any]) -> Answer:
        clock.leap(0.2 * UNHURRIED)
        return says("I have tomorrow at 2 PM. Does that suit you?", after=slow)

    on = await line(LOOK, is_late, patience=replace(QUICK, filler_seconds=0.1 * UNHURRIED))
    heard = []
    turn = on.caller.turn("a check-up tomorrow at 2 pm", number=1)
    async for part in on.caller.conversation.answer(turn):
        heard.append(part)
        slow.set()
    assert heard[0] == Say("One moment, I'm looking at tomorrow.", filler=True)
    assert [part for part in heard if isinstance(part, Say) and part.filler] == heard[:1]
    assert "2 PM" in spoken(heard)


async def test_the_model_ends_the_call_by_a_tool_of_its_own(line: Lines) -> None:
    on = await line(calls(("end_call", {}), words="Take care, goodbye."))
    heard = await on.caller.hears(on.caller.turn("that's all, bye now", number=1))
    assert heard == [Say("Take care, goodbye."), HangUp()]
    assert len(on.server.requests) == 1


async def test_danger_is_answered_by_us_and_no_model_is_asked(line: Lines) -> None:
    on = await line()
    assert await on.caller.says("he's having a fit please help")
    assert on.server.requests == []


async def test_a_disconnect_hangs_up_upstream_and_writes_nothing(
    line: Lines, journal: Journal
) -> None:
    on = await line(hangs())
    listening = asyncio.ensure_future(on.caller.hears(on.caller.turn("hello", number=1)))
    await on.server.asked.wait()
    listening.cancel()
    await on.server.left.wait()
    with pytest.raises(asyncio.CancelledError):
        await listening
    await on.caller.conversation.aclose()
    record = await journal.call(None, on.caller.call_id)
    assert record is not None
    assert [turn.state for turn in record.turns] == ["withdrawn"]


async def test_the_built_in_dialogue_takes_over_with_the_thread_in_hand(
    line: Lines, desk: Desk, clinic: Organisation
) -> None:
    """The hosted model finds the time and dies; the built-in dialogue books what was found."""
    looked = {"service": "checkup", "when": "tomorrow at 2 pm", "provider": "Ana Ruiz"}
    on = await line(
        calls(("check_availability", looked)),
        says("I have tomorrow at 2 PM with Ana Ruiz. Does that suit you?"),
    )
    await on.caller.says("a check-up with Ana tomorrow at 2 pm")
    for words in ("yes please", "Maria Lopez", "yes"):
        said = await on.caller.says(words)
    assert "booked" in said
    assert await booked(desk, clinic) == ["Maria Lopez Tue 14:00 booked"]


async def test_the_hosted_model_goes_on_where_the_built_in_dialogue_was(line: Lines) -> None:
    on = await line(fails(401), says("Which of them would you like?"))
    assert "tomorrow" in await on.caller.says("a check-up tomorrow afternoon")
    await on.caller.says("let me think")
    told = on.server.requests[-1]["messages"]
    assert "live offers: " in told[0]["content"]
    assert last_offer(on.server.requests[-1])
    assert told[-2]["role"] == "assistant"
