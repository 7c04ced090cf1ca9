"""Appointments that callers have: moved, cancelled, looked up, and whose they are."""

from __future__ import annotations

from datetime import datetime

import pytest

from scheduling.desk import Desk
from scheduling.values import CustomerDetails, Order, Organisation
from tests.clinic import NEW_YORK
from tests.voice.dialogue.labelled import LabelledCaller

BOOKED = (
    "[give:service a check-up] [give:when tomorrow at ten]",
    "[give:name Maria Lopez]",
    "[affirm yes]",
)


async def entered(desk: Desk, clinic: Organisation, hour: int, service: str = "checkup") -> str:
    start = datetime(2026, 11, 25, hour, tzinfo=NEW_YORK)
    customer = CustomerDetails("Maria Lopez", "+15185550100")
    order = Order(customer, service_id=service, start=start, provider_id="ana")
    return (await desk.book(clinic.id, order, by="staff")).reference


async def test_an_appointment_is_moved_after_both_times_were_read_back(
    labelled: LabelledCaller, desk: Desk, clinic: Organisation
) -> None:
    await entered(desk, clinic, 10)
    heard = await labelled.say("[want:move can I move my appointment] [give:when to Friday at two]")
    assert heard == "What name is the appointment under?"
    heard = await labelled.say("[give:name Maria Lopez]")
    assert heard.startswith("That would move your check-up with Ana Ruiz from Wednesday")
    assert "Friday, November 27th at 2 PM" in heard
    assert "is moved" in await labelled.say("[affirm yes]")
    assert await labelled.book() == ["Maria Lopez checkup Fri 14:00 booked"]


async def test_half_an_hour_later_counts_from_the_appointment(
    labelled: LabelledCaller, desk: Desk, clinic: Organisation
) -> None:
    await entered(desk, clinic, 10)
    heard = await labelled.says(
        "[want:move push it back] [give:when half an hour]", "[give:name Maria Lopez]"
    )
    assert "Wednesday, November 25th at 10:30 AM" in heard


async def test_what_was_just_booked_is_moved_without_a_name(labelled: LabelledCaller) -> None:
    heard = await labelled.says(
        *BOOKED, "[want:move actually could we make that] [give:when eleven]"
    )
    assert "at 11 AM" in heard
    await labelled.say("[affirm yes]")
    assert await labelled.book() == ["Maria Lopez checkup Tue 11:00 booked"]


async def test_no_to_cancelling_leaves_it(labelled: LabelledCaller) -> None:
    heard = await labelled.says(*BOOKED, "[want:cancel cancel it after all]")
    assert heard.endswith("Shall I cancel it?")
    heard = await labelled.say("[deny no leave it]")
    assert "left it as it is" in heard
    assert await labelled.book() == ["Maria Lopez checkup Tue 10:00 booked"]


async def test_yes_to_cancelling_frees_it(labelled: LabelledCaller) -> None:
    heard = await labelled.says(*BOOKED, "[want:cancel cancel it]", "[affirm yes]")
    assert "is cancelled" in heard
    assert await labelled.book() == ["Maria Lopez checkup Tue 10:00 cancelled"]


@pytest.mark.parametrize(
    "said",
    ["[affirm yes], [want:move put it] [give:when on Friday]",
     "[affirm yes], [give:booking the vaccination]",
     "[affirm yes], [hold wait, I'll ask at home]"],
)  # fmt: skip
async def test_a_yes_to_cancelling_that_says_something_else_cancels_nothing_yet(
    labelled: LabelledCaller, said: str
) -> None:
    heard = await labelled.says(*BOOKED, "[want:cancel cancel it]", said)
    assert "is cancelled" not in heard
    assert await labelled.book() == ["Maria Lopez checkup Tue 10:00 booked"]


async def test_a_yes_that_names_the_other_of_two_cancels_neither_yet(
    labelled: LabelledCaller, desk: Desk, clinic: Organisation
) -> None:
    await entered(desk, clinic, 10)
    await entered(desk, clinic, 14, "vaccination")
    heard = await labelled.says(
        "[want:cancel cancel] [give:booking the vaccination]",
        "[give:name Maria Lopez]",
        "[affirm yes], [give:booking the check-up]",
    )
    assert heard.startswith("That's your check-up")
    assert all("booked" in line for line in await labelled.book())


async def test_of_several_the_one_that_is_meant_is_cancelled(
    labelled: LabelledCaller, desk: Desk, clinic: Organisation
) -> None:
    await entered(desk, clinic, 10)
    await entered(desk, clinic, 14, "vaccination")
    heard = await labelled.says("[want:cancel cancel my appointment]", "[give:name Maria Lopez]")
    assert "There is your check-up" in heard
    heard = await labelled.say("[choose the two o'clock one]")
    assert "vaccination" in heard
    await labelled.say("[affirm yes]")
    assert await labelled.book() == [
        "Maria Lopez checkup Wed 10:00 booked",
        "Maria Lopez vaccination Wed 14:00 cancelled",
    ]


async def test_moving_instead_of_cancelling_keeps_the_booking_in_mind(
    labelled: LabelledCaller,
) -> None:
    heard = await labelled.says(
        *BOOKED,
        "[want:cancel cancel it]",
        "[deny no] [want:move move it] [give:when to Thursday at nine]",
    )
    assert "Thursday" in heard
    assert "move" in heard


async def test_a_look_up_tells_when_and_goes_on(
    labelled: LabelledCaller, desk: Desk, clinic: Organisation
) -> None:
    await entered(desk, clinic, 10)
    assert "name" in await labelled.say("[want:lookup when am I in]")
    heard = await labelled.say("[give:name Maria Lopez]")
    assert "Your check-up with Ana Ruiz is on Wednesday, November 25th at 10 AM." in heard


async def test_a_stranger_hears_of_nobody(
    labelled: LabelledCaller, desk: Desk, clinic: Organisation
) -> None:
    await entered(desk, clinic, 10)
    labelled.phone = "+15185550177"
    heard = await labelled.says("[want:lookup when am I in]", "[give:name Maria Lopez]")
    assert "Wednesday" not in heard
    assert "could not match" in heard


async def test_what_is_not_booked_yet_is_only_given_up(labelled: LabelledCaller) -> None:
    heard = await labelled.says(*BOOKED[:2], "[want:cancel actually cancel that]")
    assert "nothing is booked" in heard
    assert await labelled.book() == []


@pytest.mark.parametrize("line", ["[person a person please]", "[person get the manager]"])
async def test_a_person_is_put_through_from_anywhere(labelled: LabelledCaller, line: str) -> None:
    await labelled.says(BOOKED[0], line)
    assert labelled.transferred


async def test_a_second_wish_waits_for_the_first(labelled: LabelledCaller) -> None:
    heard = await labelled.says(*BOOKED[:2], "[affirm yes] and [want:lookup when is my other one]")
    assert "You're booked" in heard


async def others_book(desk: Desk, clinic: Organisation, name: str, hour: int) -> str:
    start = datetime(2026, 11, 26, hour, tzinfo=NEW_YORK)
    customer = CustomerDetails(name, "+15185550100")
    order = Order(customer, service_id="cleaning", start=start, provider_id="mei")
    return (await desk.book(clinic.id, order, by="staff")).reference


@pytest.mark.parametrize(
    "said",
    [
        "[give:name Maria Lopez], [want:lookup when is my appointment]",
        "it's [give:name Maria Lopez], where do I park, [want:lookup when is my appointment]",
        "[give:name Maria Lopez], will you tell me [want:lookup what I have got booked]",
    ],
)
@pytest.mark.parametrize("other", ["Diego Lopez", "Grace Park", "Will Young"])
async def test_no_other_of_the_number_is_told_of_who_was_not_named(
    labelled: LabelledCaller, desk: Desk, clinic: Organisation, said: str, other: str
) -> None:
    await entered(desk, clinic, 10)
    await others_book(desk, clinic, other, 11)
    heard = await labelled.say(said)
    assert "check-up" in heard
    assert "cleaning" not in heard


async def test_another_who_is_named_is_told_of_as_theirs(
    labelled: LabelledCaller, desk: Desk, clinic: Organisation
) -> None:
    await entered(desk, clinic, 10)
    await others_book(desk, clinic, "Diego Lopez", 11)
    heard = await labelled.say(
        "[give:name Maria Lopez], [want:lookup when are my appointment and Diego's]"
    )
    assert "our check-up" in heard
    assert "Diego's" in heard
    assert "your dental cleaning" not in heard


@pytest.mark.parametrize("asked", ["of [give:name {}]", "[give:party for my friend {}]", "{}'s"])
async def test_names_guessed_behind_the_proof_are_wrong_tries(
    labelled: LabelledCaller, desk: Desk, clinic: Organisation, asked: str
) -> None:
    await entered(desk, clinic, 10)
    await others_book(desk, clinic, "Diego Lopez", 11)
    await labelled.say("[give:name Maria Lopez], [want:lookup when is my appointment]")
    for name in ("Emily", "Oliver", "Rita", "Hannah", "George"):
        await labelled.say(f"[want:lookup when is the appointment], {asked.format(name)}")
    heard = await labelled.say("[want:lookup when is the appointment] of [give:name Diego Lopez]")
    assert "cleaning" not in heard
