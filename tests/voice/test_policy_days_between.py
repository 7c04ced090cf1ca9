"""Days told by the days that are spoken of already."""

from __future__ import annotations

import pytest

from scheduling.desk import Desk
from scheduling.values import Organisation
from tests.voice.caller import Caller, booked
from tests.voice.talking import talk


@pytest.mark.parametrize(
    ("lines", "day"),
    [
        (("a check-up the week after thanksgiving", "thursday"), "Thursday, December 3rd"),
        (("a check-up some time next week", "wednesday"), "Wednesday, December 2nd"),
        (("a check-up next week", "tuesday or wednesday"), "Tuesday, December 1st"),
        (("a check-up on December 14th", "friday then"), "Friday, December 18th"),
    ],
)
async def test_a_weekday_is_one_of_the_week_that_was_asked_for(
    caller: Caller, lines: tuple[str, ...], day: str
) -> None:
    assert day in (await talk(caller, *lines)).text


@pytest.mark.parametrize("said", ["the tuesday after", "the following tuesday"])
async def test_the_weekday_after_is_counted_from_the_appointment(
    caller: Caller, desk: Desk, clinic: Organisation, said: str
) -> None:
    await talk(caller, "a check-up with Ana on December 8th at ten", "Maria Lopez", "yes")
    await talk(caller, "can you move it", said, "same time please", "yes")
    assert await booked(desk, clinic) == ["Maria Lopez Tue 10:00 booked"]
    reply = await talk(caller, "when is it again?")
    assert "December 15th" in reply.text


async def test_later_than_what_was_offered_binds_no_other_day(caller: Caller) -> None:
    reply = await talk(caller, "a check-up with Ana tomorrow", "anything later?", "thursday then")
    assert "Thursday, November 26th at 9 AM" in reply.text


async def test_that_week_is_the_week_of_the_appointment(caller: Caller) -> None:
    await talk(caller, "a check-up with Ana on December 8th at ten", "Maria Lopez", "yes")
    reply = await talk(caller, "can you move it", "thursday that week")
    assert "Thursday, December 10th" in reply.text


async def test_the_same_time_of_the_week_after_is_on_the_same_weekday(caller: Caller) -> None:
    await talk(caller, "a check-up with Ana on December 8th at ten", "Maria Lopez", "yes")
    reply = await talk(caller, "can we do the week after instead", "same time")
    assert "to Tuesday, December 15th at 10 AM" in reply.text


async def test_the_earliest_of_a_day_forgets_the_time_asked_for_before(caller: Caller) -> None:
    reply = await talk(caller, "a check-up tomorrow at 7", "what's the earliest on thursday")
    assert "7 " not in reply.text
