"""How every agent speaks, and what each is told with the turn."""

from __future__ import annotations

from datetime import datetime, time

from scheduling.business import Business, LocalSpan
from voice.call import CallContext, person_name
from voice.dialogue.agenda import Matter
from voice.dialogue.goods_spoken import say_in_cart, say_order
from voice.dialogue.known import BookingFact, OfferedFact
from voice.dialogue.matters.booking import Booking
from voice.dialogue.matters.timed import TimedMatter
from voice.notice import too_late_to_change
from voice.spoken import (
    WEEKDAYS,
    list_of,
    say_date,
    say_hours,
    say_minutes,
    say_phone,
    say_price,
    say_time,
    say_when,
)
from voice.understanding.acts import Act
from voice.understanding.wishes.wanted import note

MANNER = (
    "You are on the telephone. Say at most two short sentences and ask at most one question. "
    "No markdown, no lists, no emoji. Say dates and times as a person does. "
    "Ask only for what is missing. Offer only times that a tool gave you in this call, and say "
    "that something is booked, moved or cancelled only when a tool has done it. Never guess about "
    "the business. No medical, legal or safety advice. If asked, you are an automated assistant. "
    "Never ask for card numbers, passwords or birth dates. "
    "If the caller corrects you, take the correction and go on."
)
MOST_ANSWERS = 1500
"""Characters of the business's own answers that are told with each turn; more are looked up."""


def told_with_the_turn(context: CallContext) -> str:
    """The business, the date and time there, and the facts of the call."""
    return f"{about_business(context)}\nFacts of this call: {facts_line(context)}\n{heard(context)}"


def about_business(context: CallContext) -> str:
    """What hardly changes: services with length and price, people, hours, rules, answers."""
    now, business = context.local_now, context.business
    policy = business.booking
    change = policy.cancel_notice_minutes
    until = f"at least {say_minutes(change)}" if change else "any time"
    lines = [
        f"You speak for {business.name}. There it is {_now_there(now, business.country)}.",
        f"Services: {'; '.join(_services(business))}.",
        f"People: {'; '.join(_people(business))}.",
        f"Hours: {_week(business)}.",
        f"Booked at least {say_minutes(policy.notice_minutes)} and at most {policy.horizon_days} "
        f"days ahead; changed {until} before.",
    ]
    if business.address:
        lines.append(f"Address: {business.address}.")
    if business.phone:
        lines.append(f"A person answers at {say_phone(business.phone)}.")
    if business.emergency is not None:
        lines.append(f"Of an emergency say exactly: {business.emergency.say}")
    answers = " ".join(f"{faq.question} {faq.answer}" for faq in business.faqs)
    if answers and len(answers) <= MOST_ANSWERS:
        lines.append(f"Answers: {answers}")
    return "\n".join(lines)


def facts_line(context: CallContext) -> str:
    """What is known, in one short line."""
    facts, agenda = context.facts, context.facts.agenda
    known: dict[str, str | None] = {
        "live offers": "; ".join(
            f"{one.offer_id} = {_visit(context, one)}" for one in facts.offers
        ),
        "their appointments": "; ".join(_appointment(context, one) for one in facts.own),
        "their orders": "; ".join(
            say_order(context.business, one, context.local_now.date()) for one in facts.own_orders
        ),
        "cart": say_in_cart(context.business, facts.cart) if facts.cart is not None else None,
        "refunded in this call": "; ".join(
            f"{say_price(one.amount, context.business.currency)} of order {one.reference}"
            for one in facts.refunds
        ),
        "tickets of this call": " ".join(one.reference for one in facts.tickets),
        "cancelled in this call": _visit(context, facts.given_up) if facts.given_up else None,
        "name": agenda.name,
        "number": "known" if context.phone else "not known",
        "booked in this call": " ".join(facts.booked_here),
        "verified for": " ".join(facts.verified),
        "open tickets": " ".join(each.reference for each in facts.tickets),
        "wanted": "; ".join(_wanted(context, one) for one in agenda.matters),
        "still to be told": " ".join(one.words for one in agenda.owed),
        "tools said, newest last": " | ".join(facts.learnt),
    }
    return ", ".join(f"{name}: {value}" for name, value in known.items() if value)


def heard(context: CallContext) -> str:
    """What the built-in reading makes of the words of this turn."""
    acts = "; ".join(_act(act) for act in context.reading.acts)
    return f"Heard in the caller's last words, may be wrong: {acts or 'nothing'}."


def _now_there(now: datetime, country: str) -> str:
    day = say_date(now.date(), now.date(), country)
    return f"{day}, {now.year}, {say_time(now, country, full=True)}"


def _act(act: Act) -> str:
    value = f" ({act.value})" if act.value and act.kind in ("name", "service", "provider") else ""
    return f"{act.label} '{act.text}'{value}"


def _visit(context: CallContext, visit: OfferedFact | BookingFact) -> str:
    at = visit.start.astimezone(context.business.zone)
    when = say_when(at, context.local_now.date(), context.business.country)
    who = person_name(context.business, visit.provider_id)
    return f"{_service(context, visit.service_id)} {when} with {who}"


def _appointment(context: CallContext, booking: BookingFact) -> str:
    policy = context.business.booking
    late = too_late_to_change(booking.start, now=context.now, policy=policy)
    tail = f" ({late})" if late else ""
    return f"{booking.reference} = {_visit(context, booking)} for {booking.customer}{tail}"


def _service(context: CallContext, service_id: str | None) -> str:
    services = context.business.services
    return next((each.name for each in services if each.id == service_id), "something")


def _wanted(context: CallContext, matter: Matter) -> str:
    told = [matter.kind]
    if isinstance(matter, TimedMatter):
        told.append(_service(context, matter.service_id))
        told.append(note(matter.wanted))
        if matter.chosen:
            told.append(f"chosen {matter.chosen}")
    if isinstance(matter, Booking) and (matter.name or matter.party):
        told.append(f"for {matter.name or matter.party}")
    return " ".join(filter(None, told))


def _services(business: Business) -> list[str]:
    told = []
    for service in business.services:
        price = f", {say_price(service.price, business.currency)}" if service.price else ""
        told.append(f"{service.name} ({service.id}, {say_minutes(service.minutes)}{price})")
    return told


def _people(business: Business) -> list[str]:
    every = {service.id for service in business.services}
    return [
        who.name if every <= set(who.services) else f"{who.name} ({', '.join(who.services)})"
        for who in business.providers
    ]


def _week(business: Business) -> str:
    hours = business.weekly_hours()
    days = [
        f"{WEEKDAYS[day]} " + list_of([_hours(span, business) for span in spans])
        for day, spans in hours.items()
    ]
    return ", ".join(days)


def _hours(span: LocalSpan, business: Business) -> str:
    start, end = (time(minute // 60 % 24, minute % 60) for minute in (span.start, span.end))
    return say_hours(start, end, business.country)
