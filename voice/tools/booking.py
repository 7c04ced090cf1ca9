"""book_appointment, reschedule_appointment, cancel_appointment: what changes the book."""

from __future__ import annotations

from scheduling.values import Booking, CustomerDetails, OnBehalf, Order, Target
from voice.call import CallContext
from voice.spoken import lower_first, say_reference
from voice.tool_results import ToolResult
from voice.tools.account import owned
from voice.tools.arguments import (
    clean_name,
    clean_phone,
    exact_instant,
    find_provider,
    find_service,
    keyed,
    read_wanted,
)
from voice.tools.offering import booking_facts, remember_booking, say_at, say_booking
from voice.tools.refusals import Incomplete


async def book_appointment(
    context: CallContext,
    *,
    name: str | None = None,
    offer_id: str | None = None,
    phone: str | None = None,
    **slot: str | None,
) -> ToolResult:
    """An offer of this call, or a service at a time, becomes a booking."""
    customer = CustomerDetails(clean_name(name), clean_phone(context, phone))
    order = (
        Order(customer, offer_id=offer_id.strip())
        if offer_id
        else _order(context, customer, **slot)
    )
    booking = await context.desk.book(
        context.organisation.id, order, **keyed(context, "book_appointment")
    )
    facts = context.facts
    if booking.reference not in facts.booked_here:
        facts.booked_here.append(booking.reference)
    settled(context, booking)
    spoken = (
        f"You're booked: {say_booking(context, booking)}, for {booking.customer_name}; "
        f"your reference is {say_reference(booking.reference)}."
    )
    return ToolResult("book_appointment", spoken, {"booking": booking_facts(context, booking)})


def _order(
    context: CallContext,
    customer: CustomerDetails,
    *,
    service: str | None = None,
    date: str | None = None,
    time: str | None = None,
    provider: str | None = None,
) -> Order:
    if not service:
        raise Incomplete("What would you like to book?")
    wanted_service = find_service(context, service)
    person = find_provider(context, provider, wanted_service)
    return Order(
        customer,
        service_id=wanted_service.id,
        start=exact_instant(context, read_wanted(context, date, time)),
        provider_id=person.id if person else None,
    )


async def reschedule_appointment(
    context: CallContext,
    *,
    reference: str | None = None,
    offer_id: str | None = None,
    date: str | None = None,
    time: str | None = None,
) -> ToolResult:
    """A booking of this caller goes to an offer of this call or to another time."""
    booking = await owned(context, reference)
    if offer_id:
        target = Target(offer_id=offer_id.strip())
    else:
        target = Target(start=exact_instant(context, read_wanted(context, date, time)))
    moved = await context.desk.move(
        context.organisation.id,
        booking.reference,
        target,
        **keyed(context, "reschedule_appointment"),
    )
    settled(context, moved)
    at = say_at(context, moved.start, full=True)
    spoken = f"{_whose(context, moved)} is moved to {at} with {moved.provider}."
    return ToolResult("reschedule_appointment", spoken, {"booking": booking_facts(context, moved)})


async def cancel_appointment(
    context: CallContext, *, reference: str | None = None, reason: str | None = None
) -> ToolResult:
    """A booking of this caller is cancelled; twice is once."""
    booking = await owned(context, reference)
    whom: OnBehalf = keyed(context, "cancel_appointment")
    whom["reason"] = (reason or "").strip()[:200]
    cancelled = await context.desk.cancel(context.organisation.id, booking.reference, **whom)
    known = (one for one in context.facts.found if one.reference == cancelled.reference)
    context.facts.given_up = next(known, None)
    settled(context, cancelled)
    at = say_at(context, cancelled.start, full=True)
    spoken = f"{_whose(context, cancelled)} on {at} is cancelled."
    return ToolResult("cancel_appointment", spoken, {"booking": booking_facts(context, cancelled)})


def _whose(context: CallContext, booking: Booking) -> str:
    """ "Your check-up", or "Linda's …" where it is known to be somebody else's."""
    whose = context.facts.agenda.whose(booking.customer_name)
    return f"{whose[:1].upper()}{whose[1:]} {lower_first(booking.service)}"


def settled(context: CallContext, booking: Booking) -> None:
    """The offers have served; the booking is known as it now is."""
    context.facts.offers = []
    remember_booking(context, booking)
