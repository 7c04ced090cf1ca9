"""A question beside a wish, talk of an appointment that exists, and bookings for other people."""

from __future__ import annotations

import pytest

from tests.voice.caller import Caller
from tests.voice.talking import talk

BOOKED = ("a check-up tomorrow at nine", "Maria Lopez", "yes")


@pytest.mark.parametrize(
    "asked", ["is there a charge for cancelling?", "what does a missed appointment cost?"]
)
async def test_the_price_of_what_is_no_visit_is_not_that_of_every_visit(
    caller: Caller, asked: str
) -> None:
    assert "dollars" not in (await talk(caller, asked)).text


@pytest.mark.parametrize(
    "said",
    ["a check-up for my daughter Poppy tomorrow at ten",
     "id like a checkup for my daughter poppy tomorrow at ten",
     "a check-up tomorrow at ten for my little girl called Poppy"],
)  # fmt: skip
async def test_a_child_s_booking_has_the_child_s_name(caller: Caller, said: str) -> None:
    assert "for Poppy." in (await talk(caller, said)).text


@pytest.mark.parametrize("said", ["a check-up for my daughter please", "for my son, he's seven"])
async def test_a_child_without_a_name_is_asked_for_it(caller: Caller, said: str) -> None:
    reply = await talk(caller, "a check-up", said, "tomorrow at ten")
    assert reply.text.endswith("What name should I put it under?")
