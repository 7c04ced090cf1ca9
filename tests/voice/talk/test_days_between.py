"""Days told by the days that are spoken of already."""

from __future__ import annotations

from tests.voice.caller import Caller
from tests.voice.talking import talk


async def test_later_than_what_was_offered_binds_no_other_day(caller: Caller) -> None:
    reply = await talk(caller, "a check-up with Ana tomorrow", "anything later?", "thursday then")
    assert "Thursday, November 26th at 9 AM" in reply.text


async def test_the_earliest_of_a_day_forgets_the_time_asked_for_before(caller: Caller) -> None:
    reply = await talk(caller, "a check-up tomorrow at 7", "what's the earliest on thursday")
    assert "7 " not in reply.text
