"""Money back: whose order, what of it, what the rules say, a yes, and that once."""

from __future__ import annotations

from decimal import Decimal

import pytest

from scheduling.desk import Desk
from scheduling.policy import SupportPolicy
from scheduling.values import Organisation
from support.shop import Shop
from support.ticket_values import TicketFilter
from support.tickets import Tickets
from tests.support.goods import bought, delivered_on, with_sample
from tests.voice.dialogue.labelled import LabelledCaller

JANE = "[give:name Jane Doe]"
MONEY_BACK = "[want:refund I want my money back]"


@pytest.fixture
def shop(desk: Desk) -> Shop:
    return Shop(desk)


@pytest.fixture
async def jane(labelled: LabelledCaller, shop: Shop, clinic: Organisation) -> LabelledCaller:
    """She has paid for two toothbrushes and a floss, and calls from her own number."""
    await shop.bring_in(clinic.id, bought())
    labelled.phone = bought().customer.phone
    return labelled


async def refunded(shop: Shop, clinic: Organisation, reference: str = "12345") -> Decimal:
    order, _ = await shop.history(clinic.id, reference)
    return order.refunded


async def issues(desk: Desk, clinic: Organisation) -> list[str]:
    page = await Tickets(desk).find(clinic.id, TicketFilter())
    return [f"{each.kind}: {each.issue}" for each in page.tickets]


async def test_a_known_caller_gets_the_money_back_after_amount_and_goods_were_read_back(
    jane: LabelledCaller, shop: Shop, clinic: Organisation
) -> None:
    assert await jane.say(MONEY_BACK) == "What name is the order under?"
    assert await jane.say(JANE) == "Has any of it been opened or used?"
    heard = await jane.say("[deny no]")
    assert (
        "84 dollars and 30 cents back for two electric toothbrushes and the dental floss" in heard
    )
    assert heard.endswith("Shall I refund it?")
    assert await refunded(shop, clinic) == 0
    heard = await jane.say("[affirm yes]")
    assert "I've refunded 84 dollars and 30 cents" in heard
    assert "Refunds go back the way you paid" in heard
    assert await refunded(shop, clinic) == Decimal("84.30")


async def test_a_second_time_is_an_honest_no(
    jane: LabelledCaller, shop: Shop, clinic: Organisation
) -> None:
    await jane.says(MONEY_BACK, JANE, "[deny no]", "[affirm yes]")
    heard = await jane.say("[want:refund refund it again]")
    assert "refunded already" in heard
    assert await refunded(shop, clinic) == Decimal("84.30")


async def test_only_the_thing_that_is_named_is_refunded(
    jane: LabelledCaller, shop: Shop, clinic: Organisation
) -> None:
    heard = await jane.says(
        MONEY_BACK, JANE, "[deny no]", "[deny no] [give:product just the floss]"
    )
    assert "4 dollars and 50 cents back for the dental floss" in heard
    await jane.say("[affirm yes]")
    assert await refunded(shop, clinic) == Decimal("4.50")


async def test_one_of_two_alike(jane: LabelledCaller, shop: Shop, clinic: Organisation) -> None:
    heard = await jane.says(
        "[want:refund a refund for] [give:product one of the toothbrushes]", JANE, "[deny no]"
    )
    assert "39 dollars and 90 cents back for the electric toothbrush" in heard
    await jane.say("[affirm yes]")
    assert await refunded(shop, clinic) == Decimal("39.90")


async def test_what_was_used_is_not_refunded_but_written_down_if_wanted(
    jane: LabelledCaller, shop: Shop, clinic: Organisation, desk: Desk
) -> None:
    heard = await jane.says(MONEY_BACK, JANE, "[affirm yes I opened one]")
    assert "only what is unopened and unused" in heard
    assert heard.endswith("Shall I write it down for the team?")
    heard = await jane.say("[affirm yes please]")
    assert "your ticket number is" in heard
    assert await refunded(shop, clinic) == 0
    [issue] = await issues(desk, clinic)
    assert issue.startswith("refund: Order 12345. Refund wanted (used). The caller said:")


async def test_a_no_to_the_ticket_ends_it(
    jane: LabelledCaller, desk: Desk, clinic: Organisation
) -> None:
    heard = await jane.says(MONEY_BACK, JANE, "[affirm yes]", "[deny no]")
    assert "anything else" in heard
    assert await issues(desk, clinic) == []


async def test_too_late_says_until_when_it_was(
    labelled: LabelledCaller, shop: Shop, clinic: Organisation
) -> None:
    await shop.bring_in(
        clinic.id, delivered_on("2026-10-10", placed=bought().placed_at.replace(month=10, day=5))
    )
    labelled.phone = bought().customer.phone
    heard = await labelled.says(MONEY_BACK, JANE)
    assert "30 days" in heard
    assert await refunded(shop, clinic) == 0


async def test_number_and_name_serve_who_calls_from_elsewhere(
    jane: LabelledCaller, shop: Shop, clinic: Organisation
) -> None:
    jane.phone = None
    assert await jane.say(MONEY_BACK) == "What is the order number?"
    assert await jane.say("[give:order one two three four five]") == "What name is the order under?"
    await jane.says(JANE, "[deny no]", "[affirm yes]")
    assert await refunded(shop, clinic) == Decimal("84.30")


async def test_anothers_order_is_not_opened_and_five_tries_are_all(
    jane: LabelledCaller, shop: Shop, clinic: Organisation
) -> None:
    jane.phone = None
    heard = await jane.say("[want:refund refund] [give:order 12345] [give:name Rob Roy]")
    assert "could not match" in heard
    for name in ("Ann Lee", "Bo Ek", "Cy Fox"):
        await jane.say(f"[give:order 12345] [give:name {name}]")
    heard = await jane.say("[give:order 12345] [give:name Dee Hay]")
    assert "can't check that any more" in heard
    heard = await jane.says(f"{MONEY_BACK} [give:order 12345] {JANE}")
    assert "can't check that any more" in heard
    assert await refunded(shop, clinic) == 0


async def test_of_two_orders_the_one_that_is_meant(
    jane: LabelledCaller, shop: Shop, clinic: Organisation
) -> None:
    await shop.bring_in(clinic.id, bought("77777", lines=bought().lines[1:]))
    heard = await jane.says(MONEY_BACK, JANE)
    assert "I see order" in heard
    assert heard.endswith("Which one is it about?")
    await jane.says("[give:order seven seven seven seven seven]", "[deny no]", "[affirm yes]")
    assert await refunded(shop, clinic, "77777") == Decimal("4.50")
    assert await refunded(shop, clinic) == 0


async def test_who_has_no_number_may_have_it_written_down(
    labelled: LabelledCaller, desk: Desk, clinic: Organisation
) -> None:
    labelled.phone = None
    heard = await labelled.says(MONEY_BACK, "[deny I don't have one]")
    assert heard.endswith("Shall I write it down for the team?")
    await labelled.say("[affirm yes]")
    [issue] = await issues(desk, clinic)
    assert "Order not found. Refund wanted" in issue


async def test_a_refund_and_a_move_are_seen_to_one_after_the_other(
    jane: LabelledCaller, shop: Shop, clinic: Organisation
) -> None:
    await jane.says("[give:service a check-up] [give:when tomorrow at ten]", JANE, "[affirm yes]")
    heard = await jane.say(
        "[want:refund refund my order] and [want:move move my appointment] "
        "[give:when to Friday at two]"
    )
    assert heard.endswith("Has any of it been opened or used?")
    heard = await jane.says("[deny no]", "[affirm yes]")
    assert "I've refunded" in heard
    assert "Friday" in heard
    await jane.say("[affirm yes]")
    assert await jane.book() == ["Jane Doe checkup Fri 14:00 booked"]
    assert await refunded(shop, clinic) == Decimal("84.30")


async def test_a_wish_changed_midway_refunds_nothing(
    jane: LabelledCaller, shop: Shop, clinic: Organisation
) -> None:
    heard = await jane.says(MONEY_BACK, JANE, "[deny no]", "[drop forget it]")
    assert "left it as it is" in heard
    assert await refunded(shop, clinic) == 0


async def test_a_business_that_sells_nothing_gives_its_rule_and_looks_for_no_order(
    labelled: LabelledCaller, desk: Desk, clinic: Organisation
) -> None:
    await with_sample(desk, clinic, products=(), support=SupportPolicy())
    heard = await labelled.say(MONEY_BACK)
    assert "put it to the team" in heard
    assert "order" not in heard


async def test_what_is_ruled_out_is_never_offered_for_a_refund(
    jane: LabelledCaller, shop: Shop, clinic: Organisation
) -> None:
    heard = await jane.says(
        "[give:problem the baby roars] [give:product I bought a toothbrush and floss]"
        " [give:problem it's still in the packet] [want:refund could I get money back]",
        JANE,
        "[give:product just the floss] [rule_out:service not the toothbrush]",
    )
    if "used" in heard:
        heard = await jane.say("[deny no]")
    assert "4 dollars and 50 cents back for the dental floss" in heard
    heard = await jane.say("[affirm yes please]")
    assert "refunded 4 dollars and 50 cents" in heard
    assert "toothbrush" not in heard
    heard = await jane.say("[deny no no] [rule_out:service not the toothbrush]")
    assert "toothbrush" not in heard
    assert await refunded(shop, clinic) == Decimal("4.50")
