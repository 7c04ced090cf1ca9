"""What the built-in model says beside booking: persons, farewells, what it cannot do."""

from __future__ import annotations

from tests.voice.caller import Caller
from tests.voice.talking import replies, talk


async def test_a_person_is_put_through_to(caller: Caller) -> None:
    reply = await talk(caller, "can I talk to a real person please")
    assert reply.text == "One moment, I'm putting you through."
    assert reply.transferred


async def test_thanks_alone_do_not_end_an_open_matter(caller: Caller) -> None:
    reply = await talk(caller, "I'd like a check-up", "thank you")
    assert not reply.hung_up
    assert reply.text.endswith("?")


async def test_the_last_reply_is_repeated(caller: Caller) -> None:
    first, again = await replies(
        caller, "a check-up tomorrow, this is Sam Lee", "sorry, can you repeat that?"
    )
    assert again.text == first.text


SIDE_DETAILS = ("in the morning", "with Ben", "or maybe Wednesday")


async def test_questions_to_us_are_no_rounds(caller: Caller) -> None:
    asked = ("where do I park?", "do you see children?", "how can I pay?", "what should I bring?")
    heard = await replies(caller, "a check-up please", *asked)
    assert all("put you through" not in reply.text for reply in heard)
