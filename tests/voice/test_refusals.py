"""What a caller hears when a tool will not do it: true words, and what could be had instead."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import pytest

from scheduling.desk import Desk
from scheduling.values import Organisation
from tests.clinic import NEW_YORK
from tests.voice.caller import Caller
from tests.voice.talking import book_of
from voice.call import CallContext
from voice.conversation import Conversation
from voice.tool_results import ToolResult
from voice.tools.table import run_tool


@pytest.fixture
async def context(conversation: Conversation, caller: Caller) -> CallContext:
    """A call in which no turn runs."""
    return await conversation.tool_context(caller.call)


async def run(context: CallContext, tool: str, /, **arguments: Any) -> ToolResult:
    return await run_tool(context, tool, arguments)


async def offers(context: CallContext, when: str, service: str = "checkup") -> list[dict[str, Any]]:
    looked = await run(context, "check_availability", service=service, when=when)
    found: list[dict[str, Any]] = looked.facts["offers"]
    return found


async def test_after_a_second_look_the_first_days_offer_is_offered_again_and_not_booked(
    context: CallContext, desk: Desk, clinic: Organisation
) -> None:
    wednesday, *_ = await offers(context, "Wednesday at half past two")
    await offers(context, "Friday at ten")
    result = await run(
        context, "book_appointment", offer_id=wednesday["offer_id"], name="Wilma Stone"
    )
    assert result.refused == "hold_expired"
    assert "gone" not in result.spoken
    assert [offer["start"] for offer in result.facts["offers"]] == [wednesday["start"]]
    assert await book_of(desk, clinic) == []


@pytest.mark.parametrize("offer_id", ["zz9", "tomorrow", "a1"])
async def test_an_offer_that_was_never_made_is_no_appointment_that_cannot_be_found(
    context: CallContext, offer_id: str
) -> None:
    result = await run(context, "book_appointment", offer_id=offer_id, name="Wilma Stone")
    assert result.refused == "not_found"
    assert "appointment" not in result.spoken
    assert "offered" in result.spoken


async def test_an_offer_for_another_service_leaves_the_appointment_changeable(
    context: CallContext,
) -> None:
    booked = await run(
        context, "book_appointment", service="checkup", date="tomorrow", time="10 AM", name="Sam"
    )
    reference = booked.facts["booking"]["reference"]
    cleaning, *_ = await offers(context, "Friday at ten", "cleaning")
    result = await run(
        context, "reschedule_appointment", reference=reference, offer_id=cleaning["offer_id"]
    )
    assert result.refused == "not_allowed"
    assert "no longer" not in result.spoken
    assert result.facts["offers"]
    for offer in result.facts["offers"]:
        assert offer["service"] == "Check-up"


@pytest.mark.parametrize("when", ["yesterday", "2026-11-20", "2026-11-20T10:00", "today at 8 AM"])
async def test_a_day_that_is_over_is_an_empty_list_with_why_and_what_is_next(
    context: CallContext, when: str
) -> None:
    result = await run(context, "check_availability", service="checkup", when=when)
    assert result.facts["offers"] == []
    assert result.facts["reason"] == "past"
    assert result.facts["next"]["start"] > context.local_now.isoformat()
    assert result.spoken.startswith("That time is already over. The next free time is ")


@pytest.mark.parametrize(
    ("day", "time", "code"),
    [
        ("yesterday", "10 AM", "past"),
        ("2026-11-20", "14:00", "past"),
        ("2027-08-02", "14:00", "too_far"),
    ],
)
async def test_a_time_beyond_what_can_be_booked_is_refused_with_the_nearest_offers(
    context: CallContext, day: str, time: str, code: str
) -> None:
    result = await run(
        context, "book_appointment", service="checkup", date=day, time=time, name="Wilma Stone"
    )
    assert result.refused == code
    starts = [datetime.fromisoformat(offer["start"]) for offer in result.facts["offers"]]
    assert 1 <= len(starts) <= 3
    if code == "past":
        assert max(starts) < datetime(2026, 11, 28, tzinfo=NEW_YORK)
    else:
        assert min(starts) > datetime(2027, 2, 14, tzinfo=NEW_YORK)


async def test_a_past_day_without_a_time_is_past_for_a_booking_too(context: CallContext) -> None:
    result = await run(
        context, "book_appointment", service="checkup", date="yesterday", name="Wilma Stone"
    )
    assert result.refused == "past"


async def test_a_booking_moved_to_a_past_time_is_told_what_is_near(context: CallContext) -> None:
    booked = await run(
        context, "book_appointment", service="checkup", date="tomorrow", time="10 AM", name="Sam"
    )
    result = await run(
        context, "reschedule_appointment", reference=booked.facts["booking"]["reference"],
        date="2026-11-19", time="10 AM",
    )  # fmt: skip
    assert result.refused == "past"
    assert result.facts["offers"]


@pytest.mark.parametrize("when", ["November 20th", "the 9th of November", "2027-11-02"])
async def test_a_date_that_has_just_gone_by_is_not_only_said_to_be_far_ahead(
    context: CallContext, when: str
) -> None:
    result = await run(context, "check_availability", service="checkup", when=when)
    assert result.facts["reason"] == "too_far"
    assert "is already over, and the next one is further ahead than we book." in result.spoken


@pytest.mark.parametrize("when", ["in eleven months", "June 14 2027", "in a year"])
async def test_a_date_that_was_meant_to_be_far_ahead_is_said_to_be(
    context: CallContext, when: str
) -> None:
    result = await run(context, "check_availability", service="checkup", when=when)
    assert result.spoken.startswith("We do not book that far ahead.")


@pytest.mark.parametrize(
    ("day", "code"),
    [
        ("9999-12-31", "too_far"),
        ("9999-12-31T23:59:59Z", "too_far"),
        ("0001-01-01", "past"),
        ("0001-01-01T10:00", "past"),
        ("0001-01-01T00:00:00+14:00", "invalid"),
        ("2026-13-45T10:00", "invalid"),
    ],
)
async def test_days_at_the_ends_of_the_calendar_are_refused_like_others(
    context: CallContext, day: str, code: str
) -> None:
    for tool, arguments in (
        ("check_availability", {"when": day}),
        ("book_appointment", {"date": day, "name": "Wilma Stone"}),
    ):
        assert (await run(context, tool, service="checkup", **arguments)).refused == code


async def test_of_two_days_the_one_that_is_still_ahead_is_looked_up(context: CallContext) -> None:
    starts = [offer["start"] for offer in await offers(context, "yesterday or tomorrow")]
    assert starts
    assert all(start.startswith("2026-11-24") for start in starts)


async def test_no_transfer_fails_because_its_reason_is_long(context: CallContext) -> None:
    result = await run(context, "transfer_to_human", reason="The caller is very upset. " * 40)
    assert result.facts["transfer"]
