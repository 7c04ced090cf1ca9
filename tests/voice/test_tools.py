"""Tools as models and the telephone platform run them: facts, words and refusals."""

from __future__ import annotations

from datetime import datetime

import pytest

from scheduling.desk import Desk
from scheduling.values import Organisation
from tests.clinic import NEW_YORK
from tests.voice.caller import Caller
from tests.voice.talking import book_of
from tests.voice.tool_runs import other_booking, run
from voice.call import CallContext
from voice.conversation import Conversation
from voice.tools.table import TOOLS, ToolCallInvalid, run_tool
from voice.turn import Transfer

TEN = datetime(2026, 11, 24, 10, tzinfo=NEW_YORK)


@pytest.fixture
async def context(conversation: Conversation, caller: Caller) -> CallContext:
    """A call in which no turn runs: the tool webhook's view of it."""
    return await conversation.tool_context(caller.call)


def test_every_tool_of_the_contract_is_described_for_models() -> None:
    assert set(TOOLS) >= {
        "check_availability", "book_appointment", "find_appointment", "reschedule_appointment",
        "cancel_appointment", "answer_question", "verify_caller", "transfer_to_human",
    }  # fmt: skip
    for tool in TOOLS.values():
        assert 20 < len(tool.description) < 1000
        assert tool.parameters["additionalProperties"] is False
        assert set(tool.parameters["required"]) <= set(tool.parameters["properties"])


async def test_an_unknown_tool_is_an_error_and_no_refusal(context: CallContext) -> None:
    with pytest.raises(ToolCallInvalid, match="launch_rocket"):
        await run_tool(context, "launch_rocket", {})


async def test_arguments_that_cannot_be_read_are_an_error(context: CallContext) -> None:
    with pytest.raises(ToolCallInvalid, match="service"):
        await run_tool(context, "check_availability", {"service": ["checkup"]})


async def test_offers_are_at_most_three_and_in_the_business_zone(context: CallContext) -> None:
    result = await run(context, "check_availability", service="cleaning", when="tomorrow")
    offers = result.facts["offers"]
    assert 1 <= len(offers) <= 3
    assert all(offer["start"].startswith("2026-11-24T") for offer in offers)
    assert all(offer["start"].endswith("-05:00") for offer in offers)
    assert [offer.offer_id for offer in context.facts.offers] == [
        offer["offer_id"] for offer in offers
    ]


@pytest.mark.parametrize(
    "when",
    ["tomorrow at ten", "2026-11-24T10:00", "2026-11-24T10:00:00-05:00", "2026-11-24T15:00:00Z"],
)
async def test_a_time_may_be_a_phrase_or_written(context: CallContext, when: str) -> None:
    result = await run(context, "check_availability", service="Check-up", when=when)
    assert [offer["start"] for offer in result.facts["offers"]] == ["2026-11-24T10:00:00-05:00"]


async def test_date_and_time_may_come_apart(context: CallContext) -> None:
    result = await run(
        context, "check_availability", service="a physical", date="tomorrow", when="ten o'clock"
    )
    assert [offer["start"] for offer in result.facts["offers"]] == ["2026-11-24T10:00:00-05:00"]


async def test_a_closed_day_says_why_and_what_is_next(context: CallContext) -> None:
    result = await run(context, "check_availability", service="checkup", when="Sunday")
    assert result.facts["offers"] == []
    assert result.facts["reason"] == "closed"
    assert result.facts["next"]["start"].startswith("2026-11-30T09:00")
    assert "closed this Sunday" in result.spoken


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        ({"service": "tattoo"}, "unknown_service"),
        ({"service": "checkup", "provider": "Mei"}, "unknown_provider"),
        ({"service": "checkup", "when": "yesterday"}, "past"),
        ({"service": "checkup", "when": "Tuesday the 25th of November"}, "ambiguous"),
        ({"service": "checkup", "when": "when the moon says so"}, "invalid"),
        ({}, "invalid"),
    ],
)
async def test_what_cannot_be_looked_for_is_refused_in_words(
    context: CallContext, arguments: dict[str, str], code: str
) -> None:
    result = await run(context, "check_availability", **arguments)
    assert result.refused == code
    assert result.facts["refused"] == {**result.facts["refused"], "code": code}


async def test_a_weekday_that_does_not_fit_names_both_days(context: CallContext) -> None:
    result = await run(
        context, "check_availability", service="checkup", when="Tuesday, November 25th"
    )
    assert result.spoken == "Do you mean Tuesday, November 24th or Wednesday, November 25th?"


async def test_an_offer_is_booked_for_the_number_of_the_call(context: CallContext) -> None:
    looked = await run(context, "check_availability", service="checkup", when="tomorrow at ten")
    offer_id = looked.facts["offers"][0]["offer_id"]
    result = await run(context, "book_appointment", offer_id=offer_id, name="Sam Lee")
    booking = result.facts["booking"]
    assert booking["start"] == "2026-11-24T10:00:00-05:00"
    assert booking["customer"] == {"name": "Sam Lee", "phone": context.call.known_phone}
    assert context.facts.booked_here == [booking["reference"]]
    assert "You're booked" in result.spoken


async def test_the_same_offer_booked_twice_is_one_booking(
    context: CallContext, desk: Desk, clinic: Organisation
) -> None:
    looked = await run(context, "check_availability", service="checkup", when="tomorrow at ten")
    offer_id = looked.facts["offers"][0]["offer_id"]
    first = await run(context, "book_appointment", offer_id=offer_id, name="Sam Lee")
    again = await run(context, "book_appointment", offer_id=offer_id, name="Sam Lee")
    assert first.facts["booking"]["reference"] == again.facts["booking"]["reference"]
    assert len(await book_of(desk, clinic)) == 1


async def test_a_platforms_own_model_books_without_an_offer(context: CallContext) -> None:
    result = await run(
        context, "book_appointment", service="flu shot", date="Friday", time="half past nine",
        name="Sam Lee", phone="212 555 0143",
    )  # fmt: skip
    booking = result.facts["booking"]
    assert booking["start"] == "2026-11-27T09:30:00-05:00"
    assert booking["customer"]["phone"] == "+12125550143"


async def test_a_taken_time_comes_back_with_other_offers(
    context: CallContext, desk: Desk, clinic: Organisation
) -> None:
    await other_booking(desk, clinic, "Other", "+12125550100")
    result = await run(
        context, "book_appointment", service="checkup", date="tomorrow", time="10 AM",
        provider="Ana", name="Sam Lee",
    )  # fmt: skip
    assert result.refused == "slot_taken"
    assert result.facts["offers"]
    assert result.spoken.startswith("That time has just been taken. I have ")


@pytest.mark.parametrize(
    ("arguments", "said"),
    [({"name": ""}, "name"), ({"name": "Sam", "phone": "12"}, "telephone number")],
)
async def test_a_booking_says_what_it_lacks(
    context: CallContext, arguments: dict[str, str], said: str
) -> None:
    result = await run(context, "book_appointment", offer_id="abcd", **arguments)
    assert result.refused == "invalid"
    assert said in result.spoken


@pytest.mark.parametrize("phone", ["555-0188", "911", "+266696687"])
async def test_no_booking_is_made_under_what_is_no_number(
    context: CallContext, desk: Desk, clinic: Organisation, *, phone: str
) -> None:
    slot = {"service": "checkup", "date": "tomorrow", "time": "10 AM", "name": "Sam Lee"}
    result = await run(context, "book_appointment", **slot, phone=phone)
    assert result.refused == "invalid"
    assert await book_of(desk, clinic) == []


async def test_what_was_booked_in_this_call_needs_no_proof(context: CallContext) -> None:
    booked = await run(
        context, "book_appointment", service="checkup", date="tomorrow", time="10 AM", name="Sam"
    )
    reference = booked.facts["booking"]["reference"]
    moved = await run(
        context, "reschedule_appointment", reference=reference, date="Friday", time="2 PM"
    )
    assert moved.facts["booking"]["start"] == "2026-11-27T14:00:00-05:00"
    assert moved.facts["booking"]["reference"] == reference


@pytest.mark.parametrize(
    ("question", "said"),
    [
        ("Where can I park my car?", "free parking"),
        ("Do you take Medicare?", "insurance"),
        ("How much is a cleaning?", "95 dollars"),
        ("What are your hours?", "Monday from 9 AM to 5 PM"),
        ("Are you open tomorrow?", "open tomorrow from 9 AM"),
        ("Are you open on Sunday?", "closed this Sunday"),
        ("What are your hours on Christmas Eve?", "9 AM to 1 PM"),
        ("Where are you?", "12 Willow Street"),
        ("Who does physiotherapy?", "Mei Tanaka"),
        ("How long does a cleaning take?", "45 minutes"),
        ("What is your phone number?", "2 1 2, 5 5 5, 0 1 0 0"),
    ],
)
async def test_questions_are_answered_from_the_business_file(
    context: CallContext, question: str, said: str
) -> None:
    result = await run(context, "answer_question", question=question)
    assert said in result.spoken
    assert result.facts["answer"] == result.spoken


async def test_a_question_without_an_answer_gets_none(context: CallContext) -> None:
    result = await run(context, "answer_question", question="Who won the match last night?")
    assert result.facts == {"answer": None}


async def test_a_transfer_asks_the_door_once(context: CallContext) -> None:
    await run(context, "transfer_to_human", reason="wants a person")
    await run(context, "transfer_to_human", reason="wants a person")
    (act,) = context.acts
    assert isinstance(act, Transfer)
    assert (act.number, act.reason) == ("+12125550100", "wants a person")
    assert act.summary.count(".") == 2


async def test_at_night_nobody_is_promised(context: CallContext) -> None:
    context.now = datetime(2026, 11, 23, 23, tzinfo=NEW_YORK)
    result = await run(context, "transfer_to_human", reason="wants a person")
    assert context.acts == []
    assert result.facts["outcome"] == "closed"
    assert "We open tomorrow at 9 AM" in result.spoken
