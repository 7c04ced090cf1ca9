"""Whose name a booking gets: corrected at the read-back, in part or whole."""

from __future__ import annotations

from scheduling.desk import Desk
from scheduling.values import Organisation
from tests.voice.caller import Caller, booked
from tests.voice.talking import talk

ASKED = ("a check-up tomorrow at ten with Ana", "Ned Kerry")


async def test_another_provider_at_the_read_back_leaves_the_name_alone(
    caller: Caller, desk: Desk, clinic: Organisation
) -> None:
    reply = await talk(caller, *ASKED, "all correct, only it should be with Ben")
    assert "with Ben Carter" in reply.text
    assert "for Ned Kerry." in reply.text


async def test_a_yes_with_another_number_is_read_back_again_before_it_is_booked(
    caller: Caller, desk: Desk, clinic: Organisation
) -> None:
    again = "yes but my number's changed, it's five one eight five five five oh one one two"
    reply = await talk(caller, *ASKED, again)
    assert "your number is" in reply.text
    assert await booked(desk, clinic) == []
    await caller.says("yes that's right")
    assert await booked(desk, clinic) == ["Ned Kerry Tue 10:00 booked"]
