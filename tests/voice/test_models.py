"""Both models over one call: who answers, and what the caller hears when the hosted one fails."""

from __future__ import annotations

import asyncio
import re
from typing import Any

import pytest

from scheduling.desk import Desk
from scheduling.values import Organisation
from tests.scripted_openai import (
    DONE,
    Answer,
    Script,
    calls,
    fails,
    frame,
    hangs,
    says,
)
from tests.voice.caller import booked, spoken
from tests.voice.hosted_line import QUICK, Lines
from voice.journal.journal import Journal
from voice.models.models import Mode, Patience
from voice.turn import Say

HANDOVER = "hand_over_to_scheduler"
MUMBLE = "well it is about the thing from before you see"
"""Words that the local model is not sure of."""


def last_offer(body: dict[str, Any]) -> str:
    """The first offer id in what the tools gave back, as a hosted model would read it."""
    found = re.findall(r'"offer_id":"(\w+)"', body["messages"][-1]["content"])
    return str(found[0])


async def test_a_hosted_model_books_through_our_tools(
    line: Lines, desk: Desk, clinic: Organisation
) -> None:
    kept: dict[str, str] = {}

    def offers(body: dict[str, Any]) -> Answer:
        kept["offer"] = last_offer(body)
        return says("I have tomorrow at 2 PM with Ana Ruiz. Does that suit you?")

    def books(body: dict[str, Any]) -> Answer:
        return calls(("book_appointment", {"offer_id": kept["offer"], "name": "Maria Lopez"}))

    asked = {"service": "checkup", "when": "tomorrow at 2 pm", "provider": "Ana Ruiz"}
    on = await line(
        calls((HANDOVER, {})),
        calls(("check_availability", asked)),
        offers,
        books,
        says("You're booked for tomorrow at 2 PM with Ana Ruiz. Anything else?"),
    )
    assert await on.caller.says("a check-up with Ana tomorrow at two") == (
        "I have tomorrow at 2 PM with Ana Ruiz. Does that suit you?"
    )
    assert "booked" in await on.caller.says("yes, I'm Maria Lopez, book it")
    assert len(await booked(desk, clinic)) == 1
    assert on.models.answers == {("hosted", "hosted"): 2}
    assert not on.server.scripts


async def test_nothing_of_the_call_goes_upstream_but_words(line: Lines) -> None:
    on = await line(says("Which day would suit you?"))
    await on.caller.says("a check-up please")
    (sent,) = on.server.requests
    assert sent.keys() <= {"model", "messages", "tools", "stream", "temperature", "max_tokens"}
    assert "+15185550100" not in str(sent)
    assert on.caller.call_id not in str(sent)


async def test_a_sure_local_model_asks_nobody(line: Lines) -> None:
    on = await line(mode="auto")
    await on.caller.says("I'd like to book a check-up tomorrow afternoon")
    assert on.server.requests == []
    assert on.models.answers == {("local", "sure"): 1}


async def test_an_unsure_local_model_asks_the_hosted_one(line: Lines) -> None:
    on = await line(says("Could you tell me a little more?"), mode="auto")
    assert await on.caller.says(MUMBLE) == "Could you tell me a little more?"
    assert on.models.answers == {("hosted", "hosted"): 1}


FAILURES = {
    "an error": (fails(500), fails(500)),
    "a refusal": (fails(401),),
    "garbage": (Answer((b"data: {oops\n\n",)), Answer((b"data: {oops\n\n",))),
    "nothing": (Answer((frame({}, "stop"), DONE)), Answer((frame({}, "stop"), DONE))),
    "an unknown tool": (calls(("order_pizza", {})),),
    "arguments that are no object": (
        Answer((frame({"tool_calls": [_call]}), DONE))
        if (_call := {"index": 0, "function": {"name": HANDOVER, "arguments": "[1"}})
        else fails(500),
    ),
    "silence": (hangs(),),
    "a lie": (says("You're booked for tomorrow at nine."),),
    "half a word": (Answer((frame({"content": "I ha"}),)), Answer((frame({"content": "I"}),))),
}


@pytest.mark.parametrize("scripts", FAILURES.values(), ids=FAILURES.keys())
@pytest.mark.parametrize("mode", ["hosted", "auto"])
async def test_the_local_model_finishes_when_the_hosted_one_cannot(
    line: Lines, scripts: tuple[Script, ...], mode: Mode
) -> None:
    waits = 0.3 if scripts == FAILURES["silence"] else 3.0
    patience = Patience(waits, waits, backoff_seconds=0.01, sure=2.0)
    on = await line(*scripts, mode=mode, patience=patience)
    said = await on.caller.says("a check-up tomorrow afternoon")
    assert "tomorrow" in said
    assert said.endswith("?")
    assert "nine" not in said
    assert not on.server.scripts


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


async def test_the_local_model_finishes_after_the_hosted_ones_tools(line: Lines) -> None:
    on = await line(
        calls((HANDOVER, {})),
        calls(("check_availability", {"service": "checkup", "when": "tomorrow at 2 pm"})),
        fails(500),
        fails(500),
    )
    said = await on.caller.says("a check-up tomorrow at 2 pm")
    assert "2 PM" in said
    assert said.endswith("?")


async def test_a_model_that_goes_in_circles_is_left(line: Lines) -> None:
    again = ("check_availability", {"service": "checkup", "when": "tomorrow afternoon"})
    on = await line(calls((HANDOVER, {})), *(calls(again) for _ in range(6)))
    said = await on.caller.says("a check-up tomorrow afternoon")
    assert said.endswith("?")
    assert len(on.server.requests) <= QUICK.most_hosted_calls


async def test_a_model_that_never_calls_tools_loses_the_call(
    line: Lines, desk: Desk, clinic: Organisation
) -> None:
    on = await line()
    on.server.otherwise = says("Sure, tell me more about it please.")
    for words in (
        "a check-up with Ana Ruiz tomorrow at 2 pm",
        "a check-up with Ana Ruiz tomorrow at 2 pm",
        "a check-up with Ana Ruiz tomorrow at 2 pm",
        "yes",
        "Maria Lopez",
        "yes",
    ):
        await on.caller.says(words)
    assert len(await booked(desk, clinic)) == 1


async def test_a_lie_after_the_tools_is_replaced_by_the_truth(
    line: Lines, journal: Journal
) -> None:
    on = await line(
        calls((HANDOVER, {})),
        calls(("check_availability", {"service": "checkup", "when": "tomorrow at 2 pm"})),
        says("I have tomorrow at 4:30 PM. Shall I book it?"),
    )
    said = await on.caller.says("a check-up tomorrow at 2 pm")
    assert "4:30" not in said
    assert "2 PM" in said
    record = await journal.call(None, on.caller.call_id)
    assert record is not None
    assert record.false_claims == 1
    assert record.turns[0].kept_back[0].kind == "time"
    assert record.turns[0].answered_by == "hosted"


async def test_markdown_and_speeches_are_cut_to_a_reply(line: Lines) -> None:
    on = await line(says("**Sure!** One. Two. Three. Which day? Which time? - a list"))
    assert await on.caller.says("hello") == "Sure! One. Which day?"


async def test_a_late_answer_gets_one_filler_that_names_the_act(line: Lines) -> None:
    slow = asyncio.Event()
    patience = Patience(first_word_seconds=0.1, hosted_first_word_seconds=3.0)
    on = await line(
        calls((HANDOVER, {})),
        calls(("check_availability", {"service": "checkup", "when": "tomorrow at 2 pm"})),
        says("I have tomorrow at 2 PM. Shall I book it?", after=slow),
        patience=patience,
    )
    heard = []
    turn = on.caller.turn("a check-up tomorrow at 2 pm", number=1)
    async for part in on.caller.conversation.answer(turn):
        heard.append(part)
        slow.set()
    assert heard[0] == Say("One moment, I'm looking at tomorrow.", filler=True)
    assert [part for part in heard if isinstance(part, Say) and part.filler] == heard[:1]
    assert "2 PM" in spoken(heard)


async def test_a_disconnect_hangs_up_upstream_and_writes_nothing(
    line: Lines, journal: Journal
) -> None:
    on = await line(hangs(), patience=Patience(first_word_seconds=5, hosted_first_word_seconds=5))
    listening = asyncio.ensure_future(on.caller.hears(on.caller.turn("hello", number=1)))
    await asyncio.wait_for(on.server.asked.wait(), 5)
    listening.cancel()
    await asyncio.wait_for(on.server.left.wait(), 0.5)
    with pytest.raises(asyncio.CancelledError):
        await listening
    await on.caller.conversation.aclose()
    record = await journal.call(None, on.caller.call_id)
    assert record is not None
    assert [turn.state for turn in record.turns] == ["withdrawn"]


async def test_either_model_takes_any_turn(line: Lines, desk: Desk, clinic: Organisation) -> None:
    """The hosted one finds the time, dies, and the local one books what was found."""
    on = await line(
        calls((HANDOVER, {})),
        calls(
            (
                "check_availability",
                {"service": "checkup", "when": "tomorrow at 2 pm", "provider": "Ana Ruiz"},
            )
        ),
        says("I have tomorrow at 2 PM with Ana Ruiz. Does that suit you?"),
    )
    await on.caller.says("a check-up with Ana tomorrow at 2 pm")
    for words in ("yes please", "Maria Lopez", "yes"):
        said = await on.caller.says(words)
    assert "booked" in said
    assert len(await booked(desk, clinic)) == 1
