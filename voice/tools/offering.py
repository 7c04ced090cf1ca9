"""Offers, slots and bookings as facts for the caller of a tool and as words for the caller."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from scheduling.values import Booking, Offer, Slot
from voice.call import CallContext, person_name
from voice.dialogue.known import BookingFact, OfferedFact
from voice.spoken import lower_first, say_time, say_times, say_when


def today(context: CallContext) -> date:
    """The business's date."""
    return context.local_now.date()


def local(context: CallContext, at: datetime) -> datetime:
    """The instant on the business's clock."""
    return at.astimezone(context.business.zone)


def say_at(context: CallContext, at: datetime, *, full: bool = False) -> str:
    """An instant as the caller's day and time."""
    return say_when(local(context, at), today(context), context.business.country, full=full)


def say_offers(context: CallContext, offers: Sequence[Offer]) -> str:
    """`tomorrow at 9 AM or 10 AM with Ana Ruiz`; of pairs with both who are there."""
    return say_times(
        [(local(context, offer.start), _whom(context, offer)) for offer in offers],
        today(context),
        country=context.business.country,
    )


def _whom(context: CallContext, offer: Offer) -> str:
    second = offer.paired
    if second is None:
        return offer.provider
    if second.start == offer.start:
        return f"{offer.provider} and {second.provider}"
    then = say_time(local(context, second.start), context.business.country)
    return f"{offer.provider} and then {then} with {second.provider}"


def remember_offers(context: CallContext, offers: Sequence[Offer]) -> None:
    """These are the offers of the call from now on."""
    context.facts.offers = [_remembered(offer) for offer in offers]


def _remembered(offer: Offer) -> OfferedFact:
    return OfferedFact(
        offer_id=offer.offer_id,
        service_id=offer.service_id,
        provider_id=offer.provider_id,
        start=offer.start,
        end=offer.end,
        paired=None if offer.paired is None else _remembered(offer.paired),
    )


def offer_facts(context: CallContext, offers: Sequence[Offer]) -> list[dict[str, Any]]:
    """The contract's `offers`."""
    return [
        {
            "offer_id": offer.offer_id,
            "service": offer.service,
            "provider": offer.provider,
            "start": local(context, offer.start).isoformat(),
            "end": local(context, offer.end).isoformat(),
        }
        for offer in offers
    ]


def slot_facts(context: CallContext, slot: Slot) -> dict[str, Any]:
    """The contract's `next`."""
    return {
        "service": context.business.service(slot.service_id).name,
        "provider": person_name(context.business, slot.provider_id),
        "start": local(context, slot.start).isoformat(),
        "end": local(context, slot.end).isoformat(),
    }


def booking_facts(context: CallContext, booking: Booking) -> dict[str, Any]:
    """The contract's `booking`."""
    return {
        "reference": booking.reference,
        "status": booking.status,
        "organisation": booking.organisation,
        "service": booking.service,
        "service_id": booking.service_id,
        "provider": booking.provider,
        "provider_id": booking.provider_id,
        "start": local(context, booking.start).isoformat(),
        "end": local(context, booking.end).isoformat(),
        "timezone": booking.timezone,
        "customer": {"name": booking.customer_name, "phone": booking.customer_phone},
        "call_id": booking.call_id,
        "created_at": local(context, booking.created_at).isoformat(),
        "updated_at": local(context, booking.updated_at).isoformat(),
    }


def say_booking(context: CallContext, booking: Booking) -> str:
    """`check-up with Ana Ruiz on Tuesday, November 24th at 2 PM`."""
    at = say_at(context, booking.start, full=True)
    return f"{lower_first(booking.service)} with {booking.provider} on {at}"


def remember_booking(context: CallContext, booking: Booking) -> None:
    """The caller has heard of this booking as it is now."""
    facts = context.facts
    facts.found = [known for known in facts.found if known.reference != booking.reference]
    if booking.status == "cancelled":
        return
    facts.found.append(
        BookingFact(
            reference=booking.reference,
            service_id=booking.service_id,
            provider_id=booking.provider_id,
            start=booking.start,
            end=booking.end,
            customer=booking.customer_name,
        )
    )
    facts.found.sort(key=lambda known: known.start)
