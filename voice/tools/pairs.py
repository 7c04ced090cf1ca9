"""check_pair, book_pair: two visits that are had together, at the same time or one straight after
the other. Our own dialogue uses them; models are given tools for single visits."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from scheduling.business import Service
from scheduling.pairing import minutes_of_both
from scheduling.values import CustomerDetails, Offer, Offered, Order, Paired, Wish
from voice.call import CallContext
from voice.spoken import list_of, lower_first, say_reference
from voice.tool_results import ToolResult
from voice.tools.arguments import (
    clean_name,
    clean_phone,
    find_provider,
    find_service,
    is_over,
    keyed,
    on_behalf,
    read_order,
    read_wanted,
)
from voice.tools.availability import check_availability
from voice.tools.booking import settled
from voice.tools.declaring import declare
from voice.tools.offering import (
    booking_facts,
    offer_facts,
    remember_offers,
    say_booking,
    say_offers,
)
from voice.understanding.wishes.wanted import Wanted
from voice.understanding.wishes.windows import windows_of

AT_ONCE, AFTER = "same", "after"


async def check_pair(
    context: CallContext, *, service: str, second_service: str, **wish: str | None
) -> ToolResult:
    """Pairs of offers. Where the two cannot be had at once at all, it is said, and pairs of which
    one comes straight after the other are offered."""
    first, second = find_service(context, service), find_service(context, second_service)
    wanted = read_wanted(context, wish.get("when"))
    if is_over(context, wanted):
        return await check_availability(context, service=service, when=wish.get("when"))
    them = (find_provider(context, wish.get("provider"), first),
            find_provider(context, wish.get("second_provider"), second))  # fmt: skip
    one, other = (None if each is None else each.id for each in them)
    paired = Paired(
        second.id, other, tuple((wish.get("not_with") or "").split()), wish.get("how") == AFTER
    )
    asked = Wish(
        first.id, provider_id=one, order=read_order(wish.get("order")) or "nearest", paired=paired
    )
    offered = await _offer(context, asked, wanted, (first, second))
    at_once = not paired.after
    if not offered.offers and at_once:
        asked = replace(asked, paired=replace(paired, after=True))
        offered = await _offer(context, asked, wanted, (first, second))
    remember_offers(context, offered.offers)
    facts: dict[str, Any] = {"offers": offer_facts(context, offered.offers)}
    spoken = _say_pairs(context, offered, (first, second), at_once=at_once)
    return ToolResult("check_pair", spoken, facts)


async def _offer(
    context: CallContext, wish: Wish, wanted: Wanted, both: tuple[Service, Service]
) -> Offered:
    assert wish.paired is not None
    windows = windows_of(
        wanted,
        zone=context.business.zone,
        now=context.now,
        horizon_days=context.business.booking.horizon_days,
        minutes=minutes_of_both(*both, wish.paired),
    )
    wish = replace(wish, windows=windows.windows, near=windows.near, ruled_out=windows.ruled_out)
    return await context.desk.offer(context.organisation.id, wish, **on_behalf(context))


def _say_pairs(
    context: CallContext, offered: Offered, both: tuple[Service, Service], *, at_once: bool
) -> str:
    what = list_of([f"the {lower_first(each.name)}" for each in both])
    if both[0].id == both[1].id:
        what = f"two of the {lower_first(both[0].name)}"
    if not offered.offers:
        return f"I'm afraid I can't fit in {what} together."
    listed = say_offers(context, offered.offers)
    same = _at_once(offered.offers[0])
    if at_once and not same:
        return f"I'm afraid I can't do both at the same time. One after the other I have {listed}."
    how = "at the same time" if same else "one after the other"
    if offered.why is not None:
        return f"Then I can't do {what} {how}. The nearest I have for both is {listed}."
    return f"For {what} {how} I have {listed}."


def _at_once(offer: Offer) -> bool:
    return offer.paired is not None and offer.paired.start == offer.start


async def book_pair(
    context: CallContext,
    *,
    offer_id: str,
    second_offer_id: str,
    name: str | None = None,
    second_name: str | None = None,
    phone: str | None = None,
) -> ToolResult:
    """Both offers of a pair become bookings, or neither."""
    number = clean_phone(context, phone)
    first = Order(CustomerDetails(clean_name(name), number), offer_id=offer_id)
    second = Order(
        CustomerDetails(clean_name(second_name or name), number), offer_id=second_offer_id
    )
    booked = await context.desk.book_both(
        context.organisation.id, (first, second), **keyed(context, "book_pair")
    )
    both = (booked.first, booked.second)
    for booking in both:
        if booking.reference not in context.facts.booked_here:
            context.facts.booked_here.append(booking.reference)
        settled(context, booking)
    said = [f"{say_booking(context, each)}, for {each.customer_name}" for each in both]
    references = list_of([say_reference(each.reference) for each in both])
    spoken = f"You're both booked: {'; and '.join(said)}; your references are {references}."
    facts = {"booking": booking_facts(context, both[0]), "second": booking_facts(context, both[1])}
    return ToolResult("book_pair", spoken, facts)


PAIR_TOOLS = (
    declare(
        check_pair,
        "Find times for two visits together. Gives at most three pairs of offers, held.",
        {"service": "The first service.", "second_service": "The second service."},
        {
            "when": "Day, time or range.",
            "provider": "Who is wanted for the first.",
            "second_provider": "Who is wanted for the second.",
            "not_with": "Ids of providers who are not wanted for the second.",
            "order": "The very first or last times, or the nearest to those wanted.",
            "how": "At the same time, or one straight after the other.",
        },
        {"order": ("soonest", "latest", "nearest"), "how": (AT_ONCE, AFTER)},
    ),
    declare(
        book_pair,
        "Book both offers of a pair, once they were read back and the caller agreed.",
        {"offer_id": "Of the first visit.", "second_offer_id": "Of the second."},
        {
            "name": "The customer's name.",
            "second_name": "Of the second, where it is another.",
            "phone": "The customer's telephone number; leave out when the call has one.",
        },
    ),
)
