"""Several visits asked for in one call."""

from __future__ import annotations

import pytest

from scheduling.desk import Desk
from scheduling.values import Organisation
from tests.voice.caller import Caller, booked
from tests.voice.talking import book_of, talk


@pytest.mark.parametrize(
    "lines",
    [
        ("I need two appointments, a check-up and a flu shot",
         "check-up wednesday at ten, flu shot friday at nine"),
        ("a check-up on wednesday at ten and a flu shot on friday at nine",),
        ("book me a check-up wednesday at ten, then a flu shot friday at nine please",),
    ],
)  # fmt: skip
async def test_each_visit_has_the_time_that_was_said_with_it(
    caller: Caller, desk: Desk, clinic: Organisation, lines: tuple[str, ...]
) -> None:
    await talk(caller, *lines, "Jane Wood", "yes", "yes")
    assert await booked(desk, clinic) == [
        "Jane Wood Wed 10:00 booked",
        "Jane Wood Fri 09:00 booked",
    ]
    assert [one.service_id for one in await book_of(desk, clinic)] == ["checkup", "vaccination"]


async def test_the_second_visit_is_offered_after_the_first_on_its_day(caller: Caller) -> None:
    reply = await talk(
        caller, "a check-up and a flu shot please", "tomorrow at ten", "Jo Wu", "yes"
    )
    assert "For your vaccination I have tomorrow at 10:30 AM" in reply.text


async def test_the_week_after_counts_from_the_first_visit(caller: Caller) -> None:
    asked = "can I book a check-up and then a cleaning the week after"
    reply = await talk(caller, asked, "wednesday at ten", "Nina Patel", "yes")
    assert "For your dental cleaning I have Monday, November 30th" in reply.text


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
    assert ("For your vaccination I have" in reply.text) == bool(more)
