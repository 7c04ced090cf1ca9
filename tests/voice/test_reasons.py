"""Why there is nothing, with the time it holds for; the earliest, the latest and the too late."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

import pytest

from scheduling.blocks import Block
from scheduling.desk import Desk
from scheduling.policy import BookingPolicy
from scheduling.values import CustomerDetails, Order, Organisation, Wish
from tests.clinic import NEW_YORK
from tests.voice.caller import Caller
from tests.voice.talking import talk
from voice.call import CallContext
from voice.conversation import Conversation
from voice.notice import too_late_to_change
from voice.spoken import a_or_an, say_every
from voice.tool_results import ToolResult
from voice.tools.reasons import say_limit
from voice.tools.table import run_tool

NINE = datetime(2026, 11, 24, 9, tzinfo=NEW_YORK)


@pytest.fixture
async def context(conversation: Conversation, caller: Caller) -> CallContext:
    """A call in which no turn runs."""
    return await conversation.tool_context(caller.call)


async def look(context: CallContext, service: str, when: str, **more: Any) -> ToolResult:
    arguments = {"service": service, "when": when, **more}
    return await run_tool(context, "check_availability", arguments)


@pytest.mark.parametrize(
    ("service", "when", "provider", "said"),
    [
        ("physio", "tomorrow morning before 10", None, "There is nobody here for physiotherapy "),
        ("checkup", "Saturday", "Ana", "Ana Ruiz does not work this Saturday, November 28th. "),
        ("checkup", "Sunday morning", None, "We are closed this Sunday morning, November 29th. "),
        ("checkup", "tomorrow at 12:15", "Ana", "Ana Ruiz is not here tomorrow at 12:15 PM. "),
        ("checkup", "tomorrow at 8 pm", None, "We are closed tomorrow at 8 PM. "),
        (
            "checkup", "tomorrow at 10:05", None,
            "I don't have tomorrow at 10:05 AM: appointments begin every 15 minutes. ",
        ),
        (
            "physio", "December 29th", None,
            "Mei Tanaka is away from Monday, December 28th to Wednesday, December 30th. ",
        ),
        (
            "checkup", "December 24th at 3 pm", None,
            "We are closed from 1 PM on Thursday, December 24th. ",
        ),
        ("checkup", "Christmas Day", None, "We are closed on Friday, December 25th. "),
    ],
)  # fmt: skip
async def test_the_reason_is_true_of_the_time_that_is_told_with_it(
    context: CallContext, service: str, when: str, provider: str | None, said: str
) -> None:
    result = await look(context, service, when, provider=provider)
    assert result.spoken.startswith(said)


async def test_a_full_morning_is_no_full_day(
    context: CallContext, desk: Desk, clinic: Organisation
) -> None:
    for provider in ("ana", "ben"):
        morning = Block(NINE, NINE + timedelta(hours=5), provider_id=provider)
        await desk.block(clinic.id, morning)
    result = await look(context, "checkup", "tomorrow morning")
    assert result.spoken == (
        "I have nothing left tomorrow morning. The nearest I have is tomorrow at 2 PM with "
        "Ana Ruiz."
    )
    assert (result.facts["offers"], result.facts["reason"]) == ([], "full")
    nearest = await look(context, "checkup", "tomorrow morning", order="nearest")
    assert nearest.facts["offers"][0]["start"] == "2026-11-24T14:00:00-05:00"
    assert nearest.spoken.startswith("I have nothing left tomorrow morning. The nearest I have is ")


@pytest.mark.parametrize("order", [None, "nearest"])
async def test_a_morning_of_which_all_is_held_is_not_called_taken(
    context: CallContext, desk: Desk, clinic: Organisation, order: str | None
) -> None:
    for provider, since in (("ana", 0), ("ben", 1)):
        rest = Block(NINE + timedelta(hours=since), NINE + timedelta(hours=5), provider_id=provider)
        await desk.block(clinic.id, rest)
    wish = Wish("checkup", near=NINE)
    assert (await desk.offer(clinic.id, wish, call_id="another", holder="call another")).offers
    result = await look(context, "checkup", "tomorrow morning", order=order)
    assert result.spoken.startswith(
        "All that is left tomorrow morning is being held at the moment. The nearest I have is "
    )
    assert bool(result.facts["offers"]) == (order == "nearest")
    exact = await look(context, "checkup", "tomorrow at 9 am", order=order)
    assert exact.spoken.startswith("Tomorrow at 9 AM is being held at the moment. ")


@pytest.mark.parametrize(
    ("when", "order", "start", "said"),
    [
        ("as late as possible on Thursday", None, "2026-11-26T18:30", "The latest I have is "),
        ("the last one on Thursday", None, "2026-11-26T18:30", "The latest I have is "),
        ("Thursday", "latest", "2026-11-26T18:30", "The latest I have is "),
        ("Thursday morning", "latest", "2026-11-26T11:45",
         "The latest I have this Thursday morning, November 26th is "),
        ("first thing on Thursday", None, "2026-11-26T09:00", "The earliest I have is "),
        ("Thursday afternoon", "soonest", "2026-11-26T12:00",
         "The earliest I have this Thursday afternoon, November 26th is "),
    ],
)  # fmt: skip
async def test_the_earliest_and_the_latest_are_exactly_that(
    context: CallContext, when: str, order: str | None, start: str, said: str
) -> None:
    result = await look(context, "checkup", when, order=order)
    assert [offer["start"][:16] for offer in result.facts["offers"]] == [start]
    assert result.spoken.startswith(said)


async def test_the_latest_of_no_day_and_an_order_nobody_knows_are_asked_back(
    context: CallContext,
) -> None:
    assert (await look(context, "checkup", "", order="latest")).refused == "invalid"
    assert (await look(context, "checkup", "Thursday", order="purple")).refused == "invalid"


async def test_three_visits_on_one_day_are_told_of_before_a_fourth_is_read_back(
    conversation: Conversation, caller: Caller, desk: Desk, clinic: Organisation
) -> None:
    context = await conversation.tool_context(caller.call)
    customer = CustomerDetails("Sam Lee", context.call.known_phone)
    for hour in range(3):
        start = NINE + timedelta(hours=hour)
        order = Order(customer, service_id="checkup", start=start, provider_id="ben")
        await desk.book(clinic.id, order, by="staff")
    reply = await talk(caller, "I'm Sam Lee, a check-up tomorrow at 3 pm please")
    assert reply.text.startswith("We take three appointments a day for each person")
    assert "and you have those tomorrow." in reply.text
    assert "tomorrow at 3 PM with" not in reply.text


async def test_a_moved_booking_keeps_its_provider_where_it_can_and_is_never_refused_for_it(
    context: CallContext, desk: Desk, clinic: Organisation
) -> None:
    booked = await run_tool(
        context, "book_appointment",
        {"service": "checkup", "date": "tomorrow", "time": "9 AM", "provider": "Ana",
         "name": "Sam"},
    )  # fmt: skip
    taken = Order(CustomerDetails("Kim Moore"), service_id="checkup", provider_id="ana",
                  start=NINE + timedelta(hours=5))  # fmt: skip
    await desk.book(clinic.id, taken, by="staff")
    reference = booked.facts["booking"]["reference"]
    moved = await run_tool(
        context, "reschedule_appointment",
        {"reference": reference, "date": "tomorrow", "time": "2 PM"},
    )  # fmt: skip
    assert moved.refused == "slot_taken"
    assert moved.spoken == (
        "That time is free only with somebody else. I have tomorrow at 2 PM with Ben Carter."
    )


def test_who_comes_too_late_hears_so_before_being_asked() -> None:
    policy = replace(BookingPolicy(), cancel_notice_minutes=24 * 60)
    assert too_late_to_change(NINE, now=NINE - timedelta(hours=23), policy=policy) == (
        "It is too late to change that appointment: we need 24 hours' notice."
    )
    assert too_late_to_change(NINE, now=NINE - timedelta(hours=25), policy=policy) is None
    over = too_late_to_change(NINE, now=NINE, policy=policy)
    assert over == "That appointment is already over."


async def test_what_is_too_late_to_change_is_told_with_the_booking(context: CallContext) -> None:
    policy = replace(context.business.booking, cancel_notice_minutes=2 * 24 * 60)
    context.business = replace(context.business, booking=policy)
    booked = await run_tool(
        context, "book_appointment",
        {"service": "checkup", "date": "tomorrow", "time": "9 AM", "name": "Sam"},
    )  # fmt: skip
    reference = booked.facts["booking"]["reference"]
    found = await run_tool(context, "find_appointment", {})
    assert "we need 48 hours' notice" in found.facts["too_late_to_change"][reference]


@pytest.mark.parametrize(
    ("minutes", "said"),
    [(15, "every 15 minutes"), (60, "every hour"), (90, "every 90 minutes"),
     (120, "every two hours")],
)  # fmt: skip
def test_steps_are_said_as_people_say_them(minutes: int, said: str) -> None:
    assert say_every(minutes) == said


@pytest.mark.parametrize(
    "thing",
    ["an ultrasound", "a check-up", "an eye exam", "an MRI", "a CT scan", "an hour's massage",
     "a uniform fitting", "a one-hour massage", "an X-ray", "a flu shot", "a used-car check",
     "an upper facial"],
)  # fmt: skip
def test_the_article_goes_by_the_sound(thing: str) -> None:
    assert a_or_an(thing.split(" ", 1)[1]) == thing


async def test_one_appointment_a_day_is_told_in_the_singular(context: CallContext) -> None:
    policy = replace(context.business.booking, per_day=1)
    context.business = replace(context.business, booking=policy)
    told = say_limit(context, "that day")
    assert told == "We take one appointment a day for each person, and you have one that day."
