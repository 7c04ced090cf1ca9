"""The built-in model moves, cancels and looks up: who is calling, which booking, then the act."""

from __future__ import annotations

from datetime import date

from voice.call import CallContext, ToolResult, person_name
from voice.facts import BookingFact, Facts
from voice.policy.booking import find, refused
from voice.policy.intents import finish
from voice.policy.phrases import (
    MOVE_TO,
    TRY_ANOTHER,
    WHOSE,
    a_person,
    booking_words,
    full_time,
    put,
)
from voice.policy.retiming import place
from voice.policy.steps import Say, Step, call, said
from voice.spoken import list_of, sentences
from voice.wishes.wanted import Span


def change(context: CallContext) -> Step:
    """The next thing that moving, cancelling or looking up needs."""
    facts = context.facts
    if facts.intent == "lookup" and own_bookings(facts):
        return call("find_appointment", reference=facts.reference)
    booking = _booking(context)
    if booking is None:
        return _which(context) if own_bookings(facts) else identify(context)
    facts.reference = booking.reference
    if facts.intent == "cancel":
        words = booking_words(context, booking)
        return said(f"That's your {words}.", put(context, "confirm_cancel"))
    return _move(context, booking)


def own_bookings(facts: Facts) -> list[BookingFact]:
    """Those that this caller may hear of."""
    shown = {*facts.booked_here, *facts.verified}
    return [known for known in facts.found if known.reference in shown]


def _booking(context: CallContext) -> BookingFact | None:
    """The one that is meant: by reference, by what was said of it, or because there is one."""
    facts = context.facts
    own = own_bookings(facts)
    named = [known for known in own if known.reference == facts.reference]
    if named or facts.reference is not None:
        return named[0] if named else None
    fitting = [known for known in own if _fits(context, known)]
    if len(fitting) == 1:
        return fitting[0]
    return own[0] if len(own) == 1 else None


def _fits(context: CallContext, booking: BookingFact) -> bool:
    facts = context.facts
    start = booking.start.astimezone(context.business.zone)
    if facts.service_id is not None and booking.service_id != facts.service_id:
        return False
    spans = facts.describes.spans
    return not spans or any(
        _on_day(span, start.date()) and span.at in (None, start.time()) for span in spans
    )


def _on_day(span: Span, day: date) -> bool:
    return (span.first is None or span.first <= day) and (span.last is None or day <= span.last)


def _which(context: CallContext) -> Step:
    facts = context.facts
    own = own_bookings(facts)
    if facts.reference is not None and all(known.reference != facts.reference for known in own):
        return identify(context)
    listed = list_of([booking_words(context, known) for known in own[:3]], "and your")
    return said(f"There is your {listed}.", put(context, "which_booking"))


def identify(context: CallContext) -> Step:
    """Asks for what shows who is calling, and no more than that."""
    facts = context.facts
    known = context.call.known_phone is not None
    if facts.asked == "reference" and context.reading.answer == "deny" and facts.reference is None:
        without = "Without the reference I can't open an appointment from here."
        finish(facts)
        return said(without, a_person(context))
    if facts.reference is None and not known:
        return said(put(context, "reference"))
    if facts.name is None or tried(facts) in facts.tried:
        return said(put(context, "name", WHOSE))
    facts.tried.append(tried(facts))
    tool = "find_appointment" if facts.intent == "lookup" else "verify_caller"
    return call(tool, name=facts.name, reference=facts.reference)


def tried(facts: Facts) -> str:
    """Name and reference, as one try."""
    return f"{facts.name}/{facts.reference or ''}"


def identified(context: CallContext, result: ToolResult) -> Step:
    """After a proof: on with the matter, or what to try instead."""
    facts = context.facts
    if result.refused is not None:
        if facts.wrong_tries >= 5 or not result.spoken.endswith("?"):
            finish(facts)
            return said(result.spoken, a_person(context))
        facts.reference = None
        return said(sentences(result.spoken)[0], put(context, "name", TRY_ANOTHER))
    if facts.intent == "lookup":
        finish(facts)
        return said(result.spoken, put(context, "anything_else"))
    if not own_bookings(facts):
        finish(facts)
        return said(result.spoken, put(context, "anything_else"))
    return change(context)


def _move(context: CallContext, booking: BookingFact) -> Step:
    facts = context.facts
    offer = facts.chosen_offer
    if offer is not None:
        who = person_name(context.business, offer.provider_id)
        other = f" with {who}" if offer.provider_id != booking.provider_id else ""
        to = f"{full_time(context, offer.start)}{other}"
        return said(
            f"I would move your {booking_words(context, booking, joint='from')} to {to}.",
            put(context, "confirm_move"),
        )
    place(context)
    if not facts.wanted.has_day:
        words = booking_words(context, booking)
        return said(f"That's your {words}.", put(context, "date", MOVE_TO))
    return find(context, booking.service_id, facts.provider_id or booking.provider_id)


def move_confirmed(context: CallContext) -> Step:
    """The caller agreed to the new time."""
    facts = context.facts
    return call("reschedule_appointment", reference=facts.reference, offer_id=facts.chosen)


def cancel_confirmed(context: CallContext) -> Step:
    """The caller agreed to cancelling."""
    return call("cancel_appointment", reference=context.facts.reference)


def changed(context: CallContext, result: ToolResult) -> Say:
    """The end of a move or a cancellation, or why not."""
    if result.refused is not None and result.facts.get("offers"):
        return refused(context, result)
    finish(context.facts)
    if result.refused is not None:
        return said(result.spoken, a_person(context))
    return said(result.spoken, put(context, "anything_else"))
