"""What is kept of a caller: told to who they are, changed and forgotten after a yes."""

from __future__ import annotations

from datetime import datetime

import pytest

from scheduling.values import BookingFilter, CustomerDetails, Order
from tests.clinic import NEW_YORK
from tests.voice.dialogue.labelled import LabelledCaller

NUMBER = "[want:account I'd like to change my phone number]"


@pytest.fixture(autouse=True)
async def booked(labelled: LabelledCaller) -> str:
    """A check-up of the caller's; its reference."""
    order = Order(
        CustomerDetails("Maria Lopez", "+15185550100"),
        service_id="checkup",
        start=datetime(2026, 11, 24, 10, tzinfo=NEW_YORK),
        provider_id="ana",
    )
    return (await labelled.desk.book(labelled.organisation.id, order, by="staff")).reference


async def phones(labelled: LabelledCaller) -> list[str | None]:
    page = await labelled.desk.find(labelled.organisation.id, BookingFilter())
    return [each.customer_phone for each in page.bookings]


async def names(labelled: LabelledCaller) -> list[str]:
    page = await labelled.desk.find(labelled.organisation.id, BookingFilter())
    return [each.customer_name for each in page.bookings]


async def test_who_says_their_name_hears_what_is_kept(labelled: LabelledCaller) -> None:
    reply = await labelled.say("[want:account who am I to you]")
    assert "Maria" not in reply
    reply = await labelled.say("[give:name Maria Lopez]")
    assert "You're Maria Lopez" in reply
    assert "Tuesday" in reply


async def test_another_name_hears_nothing(labelled: LabelledCaller) -> None:
    reply = await labelled.says("[want:account who am I to you]", "[give:name John Smith]")
    assert "Tuesday" not in reply
    assert "Maria" not in reply


async def test_the_old_number_and_the_name_change_the_number(labelled: LabelledCaller) -> None:
    reply = await labelled.says(NUMBER, "[give:name Maria Lopez]", "[give:phone 518 555 0177]")
    assert "5 1 8, 5 5 5, 0 1 7 7" in reply
    assert await phones(labelled) == ["+15185550100"]
    await labelled.say("[affirm yes]")
    assert await phones(labelled) == ["+15185550177"]


async def test_a_no_to_the_read_back_asks_for_the_number_again(labelled: LabelledCaller) -> None:
    reply = await labelled.says(
        NUMBER, "[give:name Maria Lopez]", "[give:phone 518 555 0177]", "[deny no that's wrong]"
    )
    assert "new number" in reply
    assert await phones(labelled) == ["+15185550100"]


async def test_from_another_telephone_the_reference_shows_whose_it_is(
    labelled: LabelledCaller, booked: str
) -> None:
    labelled.phone = "+15185550177"
    await labelled.say("[want:account my number has changed] [give:phone 518 555 0177]")
    await labelled.says(f"[give:reference {' '.join(booked)}]", "[give:name Maria Lopez]")
    assert await phones(labelled) == ["+15185550100"]
    await labelled.say("[affirm yes]")
    assert await phones(labelled) == ["+15185550177"]


async def test_a_stranger_changes_no_number(labelled: LabelledCaller) -> None:
    labelled.phone = "+15185550177"
    await labelled.say("[want:account my number has changed] [give:phone 518 555 0177]")
    await labelled.says("[give:name Maria Lopez]", "[affirm yes]", "[affirm yes do it]")
    assert await phones(labelled) == ["+15185550100"]


async def test_the_name_that_it_is_under_shows_whose_it_is_and_another_one_is_put_on_it(
    labelled: LabelledCaller,
) -> None:
    reply = await labelled.say("[want:account change the name on my booking]")
    assert "What name should it be under" in reply
    await labelled.say("[give:name Ellie Park]")
    assert await names(labelled) == ["Maria Lopez"]
    reply = await labelled.say("[give:name Maria Lopez]")
    assert reply == "The name would be Ellie Park. Shall I put that on your check-up?"
    assert await names(labelled) == ["Maria Lopez"]
    await labelled.say("[affirm yes]")
    assert await names(labelled) == ["Ellie Park"]


async def test_a_no_to_the_name_asks_for_it_again_and_another_no_leaves_it(
    labelled: LabelledCaller,
) -> None:
    reply = await labelled.says(
        "[give:name Maria Lopez] [want:account change the name on my booking]",
        "[give:name Ellie Park]",
        "[deny no]",
    )
    assert "name" in reply
    reply = await labelled.say("[deny no leave it]")
    assert "as it is" in reply
    assert await names(labelled) == ["Maria Lopez"]


async def test_a_name_said_for_the_one_just_booked_is_never_the_providers(
    labelled: LabelledCaller,
) -> None:
    await labelled.says(
        "[give:service check-up] [give:when thursday at ten] [give:name Roy Ackroyd]",
        "[affirm yes]",
    )
    assert "Ana" not in await labelled.say("[social:thanks thank you] [give:name Ana]")
    reply = await labelled.say("[story you have it wrong] [give:name Roy Ackland]")
    assert reply.startswith("The name would be Roy Ackland.")
    await labelled.say("[affirm yes]")
    assert await names(labelled) == ["Maria Lopez", "Roy Ackland"]


async def test_a_part_that_is_denied_is_the_part_that_changes(labelled: LabelledCaller) -> None:
    await labelled.says(
        "[give:service check-up] [give:when thursday at ten] [give:name Niamh Heneghan]",
        "[affirm yes]",
    )
    reply = await labelled.say("[deny it's not Niamh] [give:name Saoirse]")
    assert reply.startswith("The name would be Saoirse Heneghan.")


async def test_nobody_is_forgotten_without_a_yes(labelled: LabelledCaller) -> None:
    reply = await labelled.say("[want:account delete all my data]")
    assert "can't be undone" in reply
    await labelled.say("[deny oh no don't]")
    asked = (labelled.organisation.id, "call-1")
    assert await labelled.journal.asked_to_be_forgotten(*asked) is None
    await labelled.says("[want:account delete all my data]", "[affirm yes]")
    wish = await labelled.journal.asked_to_be_forgotten(*asked)
    assert wish is not None
    assert wish.known_phone == labelled.phone


async def test_a_withheld_number_cannot_be_forgotten(labelled: LabelledCaller) -> None:
    labelled.phone = None
    reply = await labelled.say("[want:account delete all my data]")
    assert "can't see it" in reply
    assert "forget_me" not in labelled.tools


async def test_what_only_staff_can_change_is_passed_on(labelled: LabelledCaller) -> None:
    reply = await labelled.say("[want:account need to change the address ye have on file]")
    assert reply.endswith("Shall I pass that on to somebody here?")
    await labelled.says("[affirm yes]", "[give:name Maria Lopez]", "[deny no call needed]")
    assert await labelled.tickets() == [
        "message normal open: need to change the address ye have on file"
    ]
