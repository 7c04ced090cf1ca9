"""Several visits asked for in one call."""

from __future__ import annotations

import pytest

from scheduling.desk import Desk
from scheduling.values import Organisation
from tests.voice.caller import Caller
from tests.voice.talking import talk


async def test_the_second_visit_is_offered_after_the_first_on_its_day(caller: Caller) -> None:
    reply = await talk(
        caller, "a check-up and a flu shot please", "tomorrow at ten", "Jo Wu", "yes"
    )
    assert "10:30 AM" in reply.text
    assert "for your vaccination; shall I book that" in reply.text


@pytest.mark.parametrize(
    ("said", "more"),
    [("flu shots for my two kids tomorrow at nine", 1),
     ("flu shots for both of us at 9 tomorrow", 1),
     ("a flu shot for two hours on tomorrow at nine", 0)],
)  # fmt: skip
async def test_for_two_is_two_bookings(
    caller: Caller, desk: Desk, clinic: Organisation, said: str, more: int
) -> None:
    reply = await talk(caller, said, "Ann Cho", "yes")
    assert ("for the vaccination; shall I book that" in reply.text) == bool(more)
