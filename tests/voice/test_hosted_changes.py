"""What a hosted model wants booked, moved or cancelled: only after our question and a yes."""

from __future__ import annotations

from typing import Any

import pytest

from scheduling.desk import Desk
from scheduling.values import Organisation
from tests.scripted_openai import Answer, Script, calls, says
from tests.voice.caller import Caller, booked
from tests.voice.hosted_line import Line, Lines, last_offer
from voice.conversation import Conversation

LOOK = calls(("check_availability", {"service": "checkup", "when": "tomorrow at 2 pm"}))
OFFER = says("I have tomorrow at 2 PM with Ana Ruiz. Does that suit you?")
BOOKED = ["Maria Lopez Tue 14:00 booked"]


def books(**given: str) -> Script:
    """Books the offer that it was told of."""

    def answer(body: dict[str, Any]) -> Answer:
        return calls(("book_appointment", {"offer_id": last_offer(body), **given}))

    return answer


async def offered(line: Lines, *scripts: Script) -> Line:
    """A caller who has been offered a time by a hosted model."""
    on = await line(LOOK, OFFER, *scripts)
    await on.caller.says("a check-up with Ana tomorrow at two")
    return on


async def test_a_booking_is_read_back_by_us_and_made_after_a_yes(
    line: Lines, desk: Desk, clinic: Organisation
) -> None:
    on = await offered(
        line,
        books(name="Maria Lopez"),
        books(name="Maria Lopez"),
        says("You're booked for tomorrow at 2 PM."),
    )
    said = await on.caller.says("yes, I'm Maria Lopez, book it")
    assert said == (
        "That's your check-up with Ana Ruiz on Tuesday, November 24th at 2 PM, for Maria Lopez. "
        "Shall I book it?"
    )
    assert await booked(desk, clinic) == []
    assert "booked" in await on.caller.says("yes please")
    assert await booked(desk, clinic) == BOOKED
    assert not on.server.scripts


async def test_its_own_question_for_the_yes_is_put_in_our_words(
    line: Lines, desk: Desk, clinic: Organisation
) -> None:
    on = await offered(line, says("Lovely. Shall I book it for you, Maria?"))
    said = await on.caller.says("yes, I'm Maria Lopez")
    assert said.startswith("Lovely. That's your check-up with Ana Ruiz on Tuesday")
    assert said.endswith("Shall I book it?")
    on.server.scripts.extend((books(name="Maria Lopez"), says("You're booked.")))
    await on.caller.says("yes")
    assert await booked(desk, clinic) == BOOKED


async def test_nothing_is_booked_against_a_no(
    line: Lines, desk: Desk, clinic: Organisation
) -> None:
    on = await offered(line, books(name="Maria Lopez"), books(name="Maria Lopez"))
    await on.caller.says("yes, I'm Maria Lopez")
    assert "booked" not in (await on.caller.says("no, not that")).replace("nothing is booked", "")
    assert await booked(desk, clinic) == []


async def test_a_name_that_nobody_said_is_asked_for(
    line: Lines, desk: Desk, clinic: Organisation
) -> None:
    on = await offered(line, books(name="John Smith"))
    said = await on.caller.says("yes please")
    assert "John" not in said
    assert "name" in said
    assert await booked(desk, clinic) == []


async def test_an_offer_of_no_call_is_none(line: Lines, desk: Desk, clinic: Organisation) -> None:
    on = await offered(line, calls(("book_appointment", {"offer_id": "zz", "name": "Maria"})))
    said = await on.caller.says("yes, it's Maria Lopez")
    assert said.endswith("?")
    assert await booked(desk, clinic) == []


@pytest.mark.parametrize(
    ("tool", "words"),
    [("reschedule_appointment", "Shall I move it"), ("cancel_appointment", "Shall I cancel it")],
)
async def test_a_booking_is_moved_or_cancelled_only_after_our_question(
    line: Lines, conversation: Conversation, clinic: Organisation, tool: str, words: str
) -> None:
    await booked_before(Caller(conversation, clinic, call_id="before"))
    change: dict[str, str] = {}

    def changes(body: dict[str, Any]) -> Answer:
        reference = str(body["messages"][0]["content"]).split("verified for: ")[1][:6]
        change["reference"] = reference
        if tool == "reschedule_appointment":
            change["offer_id"] = last_offer(body)
        return calls((tool, dict(change)))

    scripts: list[Script] = [calls(("verify_caller", {"name": "Maria Lopez"})), says("I see it.")]
    if tool == "reschedule_appointment":
        look = {"service": "checkup", "when": "Thursday at eleven"}
        scripts += [calls(("check_availability", look)), says("Thursday at 11 AM is free.")]
    on = await line(*scripts, changes, changes, says("That is done."))
    said = await on.caller.says("it's about my check-up, I'm Maria Lopez")
    if tool == "reschedule_appointment":
        said = await on.caller.says("Thursday at eleven would be better")
    said = await on.caller.says("please do")
    assert words in said
    await on.caller.says("yes")
    assert not on.server.scripts


async def booked_before(caller: Caller) -> None:
    """Maria Lopez has a check-up tomorrow at two."""
    for words in ("a check-up with Ana tomorrow at 2 pm", "Maria Lopez", "yes"):
        await caller.says(words)


async def test_a_reference_that_nobody_said_opens_nothing(line: Lines) -> None:
    on = await line(
        calls(("verify_caller", {"name": "Maria Lopez", "reference": "ABCDEF"})),
        says("What is your name?"),
    )
    on.caller.known_phone = None
    await on.caller.says("it's Maria Lopez, I have an appointment")
    (given,) = [row for row in on.server.requests[1]["messages"] if row["role"] == "tool"]
    assert "reference" in given["content"]
    assert "ABCDEF" not in given["content"]
