"""How every agent speaks, and what each is told with the turn."""

from __future__ import annotations

from voice.call import CallContext, person_name
from voice.facts import Facts
from voice.spoken import say_date, say_time, say_when
from voice.wishes.wanted import note

MANNER = (
    "You are on the telephone. Say at most two short sentences and ask at most one question. "
    "No markdown, no lists, no emoji. Say dates and times as a person does. "
    "Ask only for what is missing and never for what the facts below already hold. "
    "Offer only times that a tool gave you in this call, and say that something is booked, moved "
    "or cancelled only when a tool has just done it. Never guess an answer about the business. "
    "If the caller corrects you, take the correction and go on."
)


def told_with_the_turn(context: CallContext) -> str:
    """The business, the date and time there, and the facts of the call in one line."""
    now, business = context.local_now, context.business
    services = "; ".join(f"{service.name} ({service.id})" for service in business.services)
    people = "; ".join(who.name for who in business.providers)
    return (
        f"You speak for {business.name}. There it is {say_date(now.date(), now.date())}, "
        f"{now.year}, {say_time(now)}. Services: {services}. People: {people}.\n"
        f"Facts of this call: {facts_line(context)}"
    )


def facts_line(context: CallContext) -> str:
    """What is known, in one short line."""
    facts = context.facts
    known: dict[str, str | None] = {
        "wants to": facts.intent,
        "service": facts.service_id,
        "with": facts.provider_id,
        "when": note(facts.wanted),
        "live offers": _offers(context, facts),
        "chosen": facts.chosen,
        "name": facts.name,
        "phone": "known" if context.phone else None,
        "reference": facts.reference,
        "booked in this call": " ".join(facts.booked_here),
        "verified for": " ".join(facts.verified),
        "we just asked for": facts.asked,
    }
    return ", ".join(f"{name}: {value}" for name, value in known.items() if value) or "none yet"


def _offers(context: CallContext, facts: Facts) -> str:
    zone, today = context.business.zone, context.local_now.date()
    return "; ".join(
        f"{offer.offer_id} = {say_when(offer.start.astimezone(zone), today)} "
        f"with {person_name(context.business, offer.provider_id)}"
        for offer in facts.offers
    )
