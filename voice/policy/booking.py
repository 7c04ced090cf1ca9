"""The built-in model books: service, day and time, choice, name, number, read-back, booking."""

from __future__ import annotations

import re
from datetime import datetime, time

from voice.call import CallContext, ToolResult, listening, person_name
from voice.facts import Facts, OfferedFact
from voice.policy.details import plain_answer
from voice.policy.intents import finish
from voice.policy.phrases import (
    AS_BEFORE,
    FOR_WHOM,
    nobody_called,
    offers_again,
    put,
    read_back,
    what_we_offer,
    which_offer,
)
from voice.policy.steps import CallTools, Say, Step, call, said
from voice.spoken import list_of, lower_first, say_when, sentences
from voice.understanding.likely_services import likely_service
from voice.understanding.words import plain
from voice.wishes.wanted import ANY_TIME, Span, Wanted, note

_THING = re.compile(
    r"\b(?:book|want|need|like|get|schedule|(?:can|could|may) i have|make)\s+"
    r"(?:to (?:book|get|have|schedule|make)\s+)?(?:an?|some|my)\s+(?P<thing>[a-z][a-z' -]*?)"
    r"(?=\s+(?:appointment|on|at|for|tomorrow|today|next|this|please|with|in|as|and|but|slot|"
    r"booking)\b|[.,?!]|$)"
)
_NO_THING = frozenset(
    "appointment booking slot time visit session reservation day new one different change".split()
)


def book(context: CallContext) -> Step:
    """The next thing that a booking needs."""
    facts = context.facts
    services = context.business.services
    if facts.service_id is None and len(services) == 1:
        facts.service_id = services[0].id
    if facts.service_id is None and (guess := _guessed(context)) is not None:
        return guess
    if facts.service_id is None:
        missing = nobody_called(context) or _not_offered(context)
        return said(missing, what_we_offer(context), put(context, "service"))
    offer = facts.chosen_offer
    if offer is None:
        not_by = "" if facts.wanted.has_day else _not_by(context, facts.service_id)
        step = find(context, facts.service_id, _person(facts))
        return said(not_by, step.text) if isinstance(step, Say) else step
    if facts.name is None:
        return said(
            _free(context, offer), put(context, "name", FOR_WHOM if facts.booked_here else ())
        )
    if context.phone is None and not facts.phone_declined:
        return _ask_phone(context)
    return said(read_back(context, offer), put(context, "confirm"))


def _guessed(context: CallContext) -> Say | None:
    """Asks whether it is the service that the words come nearest to; each guess once."""
    facts = context.facts
    guess = likely_service(context.text, listening(context))
    if guess is None or guess == facts.guessed:
        return None
    facts.guessed = guess
    name = next(each.name for each in context.business.services if each.id == guess)
    return said(put(context, "guess", (f"Do you mean {lower_first(name)}?",)))


def find(context: CallContext, service_id: str, provider_id: str | None) -> Step:
    """Looks for times, or asks what is missing to look."""
    facts = context.facts
    looking_for = search(service_id, provider_id, facts.wanted)
    if facts.searched == looking_for and facts.offers:
        again = offers_again(context) if facts.rounds or plain_answer(context) == "affirm" else ""
        return said(again, which_offer(context))
    if facts.searched == looking_for or not facts.wanted.spans:
        return said(nobody_called(context), put(context, "date"))
    if not facts.wanted.has_day:
        return said(put(context, "time"))
    facts.searched = looking_for
    return call(
        "check_availability",
        service=service_id,
        when=note(facts.wanted) or None,
        provider=provider_id,
    )


def search(service_id: str, provider_id: str | None, wanted: Wanted) -> str:
    """What tells one search from another."""
    return f"{service_id}|{provider_id or 'any'}|{note(wanted)}"


def found(context: CallContext, results: list[ToolResult]) -> Say | CallTools | None:
    """After looking: the offers read out, a wider look when there were none; None when the very
    time that was asked for is free, and now chosen."""
    facts = context.facts
    looks = [result for result in results if result.name == "check_availability"]
    last = looks[-1]
    if last.refused is not None:
        return _not_looked(context, last)
    if not facts.offers:
        return _look_wider(context, last) if len(looks) == 1 else _nothing(context, last)
    offered = facts.offers[0]
    if len(facts.offers) == 1 and any(_is(context, offered, at) for at in facts.wanted.spans):
        facts.chosen = facts.offers[0].offer_id
        return None
    if len(looks) == 1:
        return said(last.spoken, which_offer(context))
    why = sentences(looks[0].spoken)[0]
    return said(why, last.spoken, which_offer(context))


def ask_back(context: CallContext) -> Step:
    """A weekday and a date that do not fit."""
    return call(
        "check_availability",
        service=context.facts.service_id or context.business.services[0].id,
        when=context.reading.disagreement,
    )


def _look_wider(context: CallContext, result: ToolResult) -> Step:
    """From the next free day on, with the same person."""
    following = result.facts.get("next")
    if following is None:
        return _nothing(context, result)
    day = datetime.fromisoformat(following["start"]).date()
    facts = context.facts
    service_id, provider_id, _ = facts.searched.split("|", 2)
    excluded = tuple(span for span in facts.wanted.excluded if span.day is None or span.day >= day)
    wider = Wanted(spans=(Span(first=day),), excluded=excluded)
    return call(
        "check_availability",
        service=service_id,
        when=note(wider),
        provider=provider_id if provider_id != "any" else None,
    )


def _nothing(context: CallContext, result: ToolResult) -> Say:
    return said(result.spoken, put(context, "date"))


def _not_looked(context: CallContext, result: ToolResult) -> Step:
    """A refusal before any look: something has to be said again."""
    facts = context.facts
    facts.searched = ""
    if result.refused == "unknown_provider":
        facts.provider_id = None
        if len(result.facts["refused"].get("candidates", ())) == 1:
            return find(context, facts.service_id or "", None)
        return said(result.spoken, put(context, "choose", ("Who would you like to see?",)))
    if context.reading.disagreement is not None:  # the two days stay under discussion
        facts.asked = "date"
        asks_back = result.spoken.endswith("?")
        return said(result.spoken, "" if asks_back else put(context, "date"))
    times = (span.on_days_of(ANY_TIME) for span in facts.wanted.spans if span.has_time)
    kept = tuple(dict.fromkeys(times)) if result.refused == "ambiguous" else ()
    facts.wanted = Wanted(spans=kept, excluded=facts.wanted.excluded)
    facts.asked = "date"
    asks = result.spoken.endswith("?")
    return said(result.spoken, "" if asks else put(context, "date"))


def confirmed(context: CallContext) -> Step:
    """The caller agreed to the read-back."""
    facts = context.facts
    return call("book_appointment", offer_id=facts.chosen, name=facts.name, phone=facts.phone)


def booked(context: CallContext, result: ToolResult) -> Say:
    """The end of a booking, or why it did not come to that."""
    if result.refused is None:
        finish(context.facts)
        return said(result.spoken, put(context, "anything_else"))
    return refused(context, result)


def refused(context: CallContext, result: ToolResult) -> Say:
    """Says why, and asks for what can help."""
    facts = context.facts
    facts.chosen = None
    if result.refused == "invalid" and facts.phone:
        facts.phone = None
        return said(result.spoken, put(context, "phone"))
    if result.facts.get("offers"):
        return said(result.spoken, which_offer(context))
    facts.searched = ""
    if result.spoken.endswith("?"):
        facts.asked = "open"
        return said(result.spoken)
    facts.wanted = Wanted()
    return said(result.spoken, put(context, "date"))


def _not_by(context: CallContext, service_id: str) -> str:
    """That the person asked for does not do it, and who does; then nobody is asked for."""
    business, facts = context.business, context.facts
    asked = next((who for who in business.providers if who.id == facts.provider_id), None)
    if asked is None or service_id in asked.services:
        return ""
    facts.provider_id = None
    names = list_of([who.name for who in business.performers(service_id)], "or")
    service = lower_first(business.service(service_id).name)
    return f"{asked.name} doesn't do that; for {service} you can see {names}."


def _person(facts: Facts) -> str | None:
    return facts.provider_id if facts.provider_id != "any" else None


def _is(context: CallContext, offer: OfferedFact, exact: Span) -> bool:
    start = offer.start.astimezone(context.business.zone)
    return start.date() == exact.day and start.time() == exact.at


def _free(context: CallContext, offer: OfferedFact) -> str:
    """That the time asked for is free, when that was just found out; else which one was taken."""
    last = context.results[-1] if context.results else None
    if last is None and _picked_unnamed(context):
        who = person_name(context.business, offer.provider_id)
        at = say_when(offer.start.astimezone(context.business.zone), context.local_now.date())
        return f"{at[:1].upper()}{at[1:]} with {who}, then."
    if last is None or last.name != "check_availability" or last.refused is not None:
        return ""
    return last.spoken


def _picked_unnamed(context: CallContext) -> bool:
    """Whether an offer was just taken by other words than its time: "the last one"."""
    clock = any(isinstance(when.value, datetime | time) for when in context.reading.times)
    return context.facts.asked == "choose" and not clock


def _ask_phone(context: CallContext) -> Say:
    digits = context.facts.phone_digits
    if digits:
        context.facts.asked = "phone"
        return said(f"I have {' '.join(digits)} so far.", "What comes next?")
    return said(put(context, "phone"))


def _not_offered(context: CallContext) -> str:
    """That what the caller named is not to be had here."""
    text = context.text.lower()
    if AS_BEFORE.search(plain(text)):
        return "I can't see earlier visits from here."
    asked_service = context.facts.times_asked.get("service", 0) > 0
    named = _THING.search(text)
    thing = named["thing"].strip() if named else ""
    words = [word for word in thing.split() if word not in _NO_THING]
    if words and not context.reading.times:
        return f"I'm sorry, {' '.join(words)} is not something we do."
    nothing_else = not (
        context.routes or context.reading.times or context.reading.answer or context.news
    )
    if asked_service and nothing_else and not context.facts.misses:
        return "I'm sorry, we don't have that."
    return ""
