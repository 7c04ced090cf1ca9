"""What the built-in model says beside booking: persons, farewells, what it cannot do."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from scheduling.store import Store
from tests.voice.caller import Caller
from tests.voice.talking import replies, talk


async def test_a_person_is_put_through_to(caller: Caller) -> None:
    reply = await talk(caller, "can I talk to a real person please")
    assert reply.text == "One moment, I'm putting you through."
    assert reply.transferred


async def test_a_question_without_an_answer_is_admitted_and_a_person_offered(
    caller: Caller,
) -> None:
    asked, put_through = await replies(caller, "do you have a swimming pool?", "yes please")
    assert asked.text.startswith("I'm afraid I don't have an answer to that.")
    assert put_through.transferred


async def test_goodbye_ends_the_call(caller: Caller) -> None:
    reply = await talk(caller, "ok thanks, bye")
    assert reply.text == "You're welcome. Goodbye!"
    assert reply.hung_up


async def test_thanks_alone_do_not_end_an_open_matter(caller: Caller) -> None:
    reply = await talk(caller, "I'd like a check-up", "thank you")
    assert not reply.hung_up
    assert reply.text.endswith("?")


@pytest.mark.parametrize("asked", ["what can you do?", "are you a robot?"])
async def test_what_we_are_and_can_do_is_told(caller: Caller, asked: str) -> None:
    reply = await talk(caller, asked)
    assert "book, move or cancel an appointment" in reply.text


async def test_the_last_reply_is_repeated(caller: Caller) -> None:
    first, again = await replies(
        caller, "a check-up tomorrow, this is Sam Lee", "sorry, can you repeat that?"
    )
    assert again.text == first.text


async def test_what_no_agent_here_does_is_said_honestly(caller: Caller) -> None:
    reply = await talk(caller, "I want a refund for my last bill")
    assert reply.text.startswith("I can't")
    assert reply.text.endswith("Shall I put you through to somebody here?")


async def test_the_third_miss_offers_a_person(caller: Caller) -> None:
    heard = await replies(caller, "blorp fleem", "", "gyre gimble")
    assert len({reply.text for reply in heard}) == 3
    assert heard[2].text.endswith("Shall I put you through to somebody here?")


SIDE_DETAILS = ("in the morning", "with Ben", "or maybe Wednesday")


async def test_a_question_put_three_times_is_not_put_again_whatever_else_was_said(
    caller: Caller,
) -> None:
    heard = await replies(caller, "hi can I get in tomorrow", *SIDE_DETAILS)
    assert all("put you through" not in reply.text for reply in heard[:-1])
    assert heard[-1].text.endswith("Shall I put you through to somebody here?")


async def test_nobody_is_offered_while_nobody_is_there(store: Store, caller: Caller) -> None:
    await store.start_clock(datetime(2026, 11, 23, 13, 30, tzinfo=UTC).isoformat())
    heard = await replies(caller, "hi can I get in tomorrow", *SIDE_DETAILS)
    assert "from today at 9 AM" in heard[-1].text
    assert heard[-1].text.endswith("?")
    assert "put you through" not in heard[-1].text


async def test_questions_to_us_are_no_rounds(caller: Caller) -> None:
    asked = ("where do I park?", "do you see children?", "how can I pay?", "what should I bring?")
    heard = await replies(caller, "a check-up please", *asked)
    assert all("put you through" not in reply.text for reply in heard)
