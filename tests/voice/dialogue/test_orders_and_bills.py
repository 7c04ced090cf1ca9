"""Where orders are, and what was paid for them."""

from __future__ import annotations

import pytest

from scheduling.desk import Desk
from scheduling.values import Organisation
from support.shop import Shop
from support.ticket_values import TicketFilter
from support.tickets import Tickets
from tests.support.goods import bought, delivered_on
from tests.voice.dialogue.labelled import LabelledCaller

JANE = "[give:name Jane Doe]"


@pytest.fixture
def shop(desk: Desk) -> Shop:
    return Shop(desk)


@pytest.fixture
def jane(labelled: LabelledCaller) -> LabelledCaller:
    """She calls from her own number."""
    labelled.phone = bought().customer.phone
    return labelled


async def kinds(desk: Desk, clinic: Organisation) -> list[str]:
    page = await Tickets(desk).find(clinic.id, TicketFilter())
    return [each.kind for each in page.tickets]


async def test_an_order_is_told_to_whom_it_belongs(
    jane: LabelledCaller, shop: Shop, clinic: Organisation
) -> None:
    await shop.bring_in(clinic.id, delivered_on("2026-11-21"))
    heard = await jane.says("[want:order where is my parcel]", JANE)
    assert "was delivered on Saturday, November 21st" in heard
    assert "anything else" in heard


async def test_a_stranger_hears_of_no_order(
    labelled: LabelledCaller, shop: Shop, clinic: Organisation
) -> None:
    await shop.bring_in(clinic.id, bought())
    heard = await labelled.says("[want:order where is my parcel]", JANE)
    assert "toothbrush" not in heard
    assert "could not match" in heard


async def test_what_was_paid_and_that_nothing_is_open(
    jane: LabelledCaller, shop: Shop, clinic: Organisation
) -> None:
    await shop.bring_in(clinic.id, bought())
    heard = await jane.says("[want:billing what did I pay]", JANE)
    assert "we received 84 dollars and 30 cents on Friday, November 20th" in heard
    assert "nothing is open" in heard


async def test_what_is_open_is_paid_on_the_page_or_at_the_desk_never_by_telephone(
    jane: LabelledCaller, shop: Shop, clinic: Organisation
) -> None:
    await shop.bring_in(clinic.id, bought(paid=False))
    heard = await jane.says("[want:billing what do I owe]", JANE)
    assert "84 dollars and 30 cents is still open" in heard
    assert "pay.willow.example/12345" in heard
    assert "never take cards" in heard


async def test_a_dispute_becomes_a_ticket(
    jane: LabelledCaller, shop: Shop, clinic: Organisation, desk: Desk
) -> None:
    await shop.bring_in(clinic.id, bought())
    heard = await jane.says("[want:billing I was charged twice]", JANE)
    assert heard.endswith("Shall I write it down for the team?")
    await jane.say("[affirm yes]")
    assert await kinds(desk, clinic) == ["dispute"]


async def test_an_order_that_came_broken_becomes_a_ticket(
    jane: LabelledCaller, shop: Shop, clinic: Organisation, desk: Desk
) -> None:
    await shop.bring_in(clinic.id, bought())
    await jane.says("[want:order half of my order is missing]", JANE, "[affirm yes]")
    assert await kinds(desk, clinic) == ["problem"]


async def test_who_was_verified_for_a_visit_is_verified_for_the_order(
    jane: LabelledCaller, shop: Shop, clinic: Organisation
) -> None:
    await shop.bring_in(clinic.id, bought())
    await jane.says("[want:lookup when am I in]", JANE)
    heard = await jane.say("[want:order and where is my order]")
    assert "toothbrushes" in heard


async def test_a_question_about_an_order_becomes_a_wish_for_the_money(
    jane: LabelledCaller, shop: Shop, clinic: Organisation
) -> None:
    await shop.bring_in(clinic.id, bought())
    heard = await jane.says(
        "[want:order where is my order]", JANE, "[want:refund then I want my money back]"
    )
    assert heard == "Has any of it been opened or used?"


async def test_a_wrong_charge_for_a_visit_is_written_down_and_no_order_is_asked_for(
    labelled: LabelledCaller,
) -> None:
    heard = await labelled.say("[want:billing you charged me twice, for the physio last week]")
    assert "order" not in heard
    assert "sorry" in heard
    heard = await labelled.says("[give:name Maria Lopez]", "[give:when tomorrow before noon]")
    assert "ticket number" in heard
    [ticket] = await labelled.tickets()
    assert ticket.startswith("dispute")
    assert "you charged me twice, for the physio last week" in ticket
    assert labelled.facts.tickets[-1].call_back == "tomorrow before noon"


async def test_a_wrong_charge_that_turns_out_to_be_for_a_visit_is_written_down(
    labelled: LabelledCaller,
) -> None:
    heard = await labelled.say("[want:billing you people charged me twice]")
    assert "order" not in heard
    heard = await labelled.say(
        "[deny it's not an order,] [story it was a physio.] [give:name November nineteenth."
        " Victor Hale]"
    )
    assert "order" not in heard
    assert labelled.facts.agenda.name == "Victor Hale"
    await labelled.say("[person I want somebody to call me back about it] [give:when after five]")
    [ticket] = await labelled.tickets()
    assert ticket.startswith("dispute")
    heard = await labelled.say("[want:billing you charged me twice]")
    assert len(await labelled.tickets()) == 1


async def test_a_look_up_that_failed_is_forgotten_when_the_name_comes_right(
    labelled: LabelledCaller, shop: Shop, clinic: Organisation
) -> None:
    heard = await labelled.says(
        "[want:order where is my parcel]", "[give:name Orla Victor Hale]", "[give:name Victor Hale]"
    )
    assert labelled.facts.agenda.name == "Victor Hale"
    assert "spell" not in heard
