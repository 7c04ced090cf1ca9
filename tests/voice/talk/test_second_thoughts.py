"""A caller who lets a matter go, or wants back what was given up."""

from __future__ import annotations

import pytest

from scheduling.desk import Desk
from scheduling.values import Organisation
from tests.voice.caller import Caller, booked
from tests.voice.talking import talk

BOOKED = ("a check-up tomorrow at ten with Ana", "Maria Lopez", "yes")
READ_BACK = BOOKED[:2]


@pytest.mark.parametrize("said", ["ok what now", "ok so what happens then", "right, why?"])
async def test_a_question_after_ok_agrees_to_no_cancelling(
    caller: Caller, desk: Desk, clinic: Organisation, said: str
) -> None:
    reply = await talk(caller, *BOOKED, "cancel it", said)
    assert reply.text.endswith("?")
    assert await booked(desk, clinic) == ["Maria Lopez Tue 10:00 booked"]


@pytest.mark.parametrize("said", ["can my husband drop it off?", "could I leave it with you?"])
async def test_to_drop_something_off_lets_nothing_go(caller: Caller, said: str) -> None:
    reply = await talk(caller, *READ_BACK, said)
    assert "nothing is booked" not in reply.text
    assert "check-up" in reply.text
