"""Callers move, cancel and look up with the built-in model."""

from __future__ import annotations

from datetime import datetime

import pytest

from scheduling.desk import Desk
from scheduling.values import CustomerDetails, Order, Organisation
from tests.clinic import NEW_YORK
from tests.voice.caller import Caller
from tests.voice.talking import book_of, replies, talk, tools_of
from voice.journal.journal import Journal

TEN = datetime(2026, 11, 24, 10, tzinfo=NEW_YORK)
NINE = datetime(2026, 11, 27, 9, tzinfo=NEW_YORK)


@pytest.fixture
async def reference(desk: Desk, clinic: Organisation, caller: Caller) -> str:
    """Sam Lee's check-up on Tuesday at ten, under the caller's known number."""
    customer = CustomerDetails("Sam Lee", caller.known_phone)
    order = Order(customer, service_id="checkup", start=TEN, provider_id="ana")
    return (await desk.book(clinic.id, order, by="staff")).reference


async def starts(desk: Desk, clinic: Organisation) -> list[str]:
    """Local starts and states."""
    return [
        f"{each.start.astimezone(NEW_YORK):%a %H:%M} {each.status}"
        for each in await book_of(desk, clinic)
    ]


@pytest.mark.parametrize(
    "lines",
    [
        ("I need to move my appointment", "Sam Lee", "Friday at three", "yes"),
        ("This is Sam Lee, can you move my appointment to Friday at three?", "yes"),
        ("Sam Lee here. Reschedule my check-up from Tuesday at ten to Friday at three.", "yes"),
        ("Move my appointment to Friday", "Sam Lee", "no, at three", "yes"),
    ],
)
@pytest.mark.usefixtures("reference")
async def test_a_booking_is_moved_after_a_yes(
    caller: Caller, desk: Desk, clinic: Organisation, lines: tuple[str, ...]
) -> None:
    reply = await talk(caller, *lines)
    assert "is moved to Friday, November 27th at 3 PM" in reply.text
    assert await starts(desk, clinic) == ["Fri 15:00 booked"]


@pytest.mark.parametrize(
    ("said", "start"),
    [
        ("an hour later", "Tue 11:00 booked"),
        ("the same time next week", "Tue 10:00 booked"),
        ("two o'clock the same day", "Tue 14:00 booked"),
    ],
)
@pytest.mark.usefixtures("reference")
async def test_the_new_time_may_lean_on_the_old_one(
    caller: Caller, desk: Desk, clinic: Organisation, said: str, start: str
) -> None:
    await talk(caller, f"Can I move my appointment to {said}?", "Sam Lee", "yes")
    assert await starts(desk, clinic) == [start]


@pytest.mark.usefixtures("reference")
async def test_a_booking_is_cancelled_only_after_a_yes(
    caller: Caller, desk: Desk, clinic: Organisation
) -> None:
    named, kept = await replies(caller, "Please cancel my appointment, Sam Lee", "no, keep it")
    assert named.text == (
        "That's your check-up with Ana Ruiz on Tuesday, November 24th at 10 AM. Shall I cancel it?"
    )
    assert "left it as it is" in kept.text
    assert await starts(desk, clinic) == ["Tue 10:00 booked"]
    reply = await talk(caller, "actually do cancel my appointment", "yes")
    assert "is cancelled" in reply.text
    assert await starts(desk, clinic) == ["Tue 10:00 cancelled"]


@pytest.mark.usefixtures("reference")
async def test_a_lookup_tells_the_verified_caller(caller: Caller, journal: Journal) -> None:
    asked, told = await replies(caller, "When is my appointment?", "Lee")
    assert asked.text == "What name is the appointment under?"
    assert told.text.startswith(
        "Your check-up with Ana Ruiz is on Tuesday, November 24th at 10 AM."
    )
    assert await tools_of(journal, caller) == ["find_appointment"]


async def test_without_a_known_number_the_reference_is_asked_for(
    caller: Caller, desk: Desk, clinic: Organisation, reference: str
) -> None:
    caller.known_phone = None
    heard = await replies(
        caller, "Cancel my appointment please", " ".join(reference), "Sam Lee", "yes"
    )
    assert heard[0].text == "What is the reference of the appointment?"
    assert heard[1].text == "What name is the appointment under?"
    assert await starts(desk, clinic) == ["Tue 10:00 cancelled"]


@pytest.mark.usefixtures("reference")
async def test_a_stranger_learns_nothing_and_changes_nothing(
    caller: Caller, desk: Desk, clinic: Organisation
) -> None:
    heard = await replies(
        caller,
        "Cancel my appointment",
        "Kim Moore",
        "Bob Hall",
        "Zoe Park",
        "Max Cole",
        "Ida Bloom",
    )
    for reply in heard:
        assert "10 AM" not in reply.text
        assert "Ana" not in reply.text
    assert len({reply.text for reply in heard[1:4]}) == 3
    assert "can't check that any more" in heard[-1].text
    assert await starts(desk, clinic) == ["Tue 10:00 booked"]


async def test_of_several_bookings_the_one_that_is_meant_is_asked_for(
    caller: Caller, desk: Desk, clinic: Organisation, reference: str
) -> None:
    order = Order(CustomerDetails("Sam Lee", caller.known_phone), service_id="cleaning", start=NINE)
    await desk.book(clinic.id, order, by="staff")
    heard = await replies(caller, "Cancel my appointment, this is Sam Lee", "the cleaning", "yes")
    assert "Which one is it about?" in heard[0].text
    assert await starts(desk, clinic) == ["Tue 10:00 booked", "Fri 09:00 cancelled"]


async def test_what_was_booked_in_this_call_is_moved_and_cancelled_without_proof(
    caller: Caller, desk: Desk, clinic: Organisation
) -> None:
    caller.known_phone = None
    await talk(
        caller, "Sam Lee, a check-up tomorrow at ten, my number is 212 555 0143", "yes",
        "actually can we make that eleven instead?", "yes",
    )  # fmt: skip
    assert await starts(desk, clinic) == ["Tue 11:00 booked"]
    await talk(caller, "on second thought, please cancel my appointment", "yes")
    assert await starts(desk, clinic) == ["Tue 11:00 cancelled"]


@pytest.mark.usefixtures("reference")
async def test_cancelling_and_booking_anew_are_done_one_after_the_other(
    caller: Caller, desk: Desk, clinic: Organisation
) -> None:
    heard = await replies(
        caller, "This is Sam Lee. Cancel my appointment and then book a flu shot.", "yes",
        "Friday at nine", "yes",
    )  # fmt: skip
    assert "is cancelled" in heard[1].text
    assert heard[1].text.endswith("What day and time would suit you?")
    assert await starts(desk, clinic) == ["Tue 10:00 cancelled", "Fri 09:00 booked"]


@pytest.mark.usefixtures("reference")
async def test_an_appointment_is_pushed_back_by_a_length(
    caller: Caller, desk: Desk, clinic: Organisation
) -> None:
    await talk(caller, "Sam Lee here, push my check-up back by a day please", "yes please")
    assert await starts(desk, clinic) == ["Wed 10:00 booked"]


@pytest.mark.usefixtures("reference")
async def test_a_quarter_to_three_leads_to_no_new_time(caller: Caller) -> None:
    reply = await talk(
        caller, "This is Sam Lee. Please reschedule me. On Friday about quarter to three is best."
    )
    assert "to Friday, November 27th at 2:45 PM. Shall I move it?" in reply.text


@pytest.mark.usefixtures("reference")
async def test_who_can_make_no_offer_of_a_move_gives_nothing_up(caller: Caller) -> None:
    lines = (
        "This is Sam Lee, I need to move my appointment",
        "Sorry, I can't make those. Is there something this Wednesday, sorry, I mean on Friday?",
    )
    reply = await talk(caller, *lines)
    assert "cancel" not in reply.text
    assert "Friday, November 27th" in reply.text
