"""verify_caller, find_appointment: who is calling, and which bookings are theirs to hear of.

A known number with the name on the booking, or its reference with the name, shows that a booking
is the caller's. Whoever has not shown it is told the same whether or not there is one.
"""

from __future__ import annotations

from scheduling.errors import NotFound
from scheduling.values import Booking, BookingFilter
from voice.call import CallContext, ToolResult
from voice.spoken import list_of, lower_first
from voice.tools.offering import booking_facts, remember_booking, say_at, say_booking
from voice.tools.refusals import WhoIsCalling
from voice.understanding.identity import same_name

MOST_TRIES = 5
MOST_BOOKINGS_SPOKEN = 3
NO_MATCH = "I could not match those details to an appointment."
TOO_MANY = "I can't check that any more in this call, but a person here can help you."
WHOSE = "What name is the appointment under?"
WHICH = "What is the reference of your appointment?"


async def verify_caller(
    context: CallContext, *, name: str | None = None, reference: str | None = None
) -> ToolResult:
    """Shows who is calling, for the rest of the call."""
    bookings = await _prove(context, name, reference)
    who = bookings[0].customer_name
    facts = {
        "caller": {"name": who, "phone": bookings[0].customer_phone},
        "bookings": [booking_facts(context, booking) for booking in bookings],
    }
    return ToolResult("verify_caller", f"Thank you, {who}. {_say(context, bookings)}", facts)


async def find_appointment(
    context: CallContext, *, reference: str | None = None, name: str | None = None
) -> ToolResult:
    """The coming bookings of a verified caller, or the one with that reference."""
    known = await _bookings(context, _shown(context))
    wanted = clean_reference(reference)
    if wanted:
        known = [booking for booking in known if booking.reference == wanted]
    if not known and (name or wanted or not _shown(context)):
        known = await _prove(context, name, reference)
    for booking in known:
        remember_booking(context, booking)
    facts = {"bookings": [booking_facts(context, booking) for booking in known]}
    return ToolResult("find_appointment", _say(context, known), facts)


async def owned(context: CallContext, reference: str | None) -> Booking:
    """The booking, which must be this caller's to change; without a reference their only one."""
    wanted = clean_reference(reference)
    shown = _shown(context)
    if not wanted and len(shown) == 1:
        wanted = shown[0]
    if wanted not in shown:
        raise WhoIsCalling(TOO_MANY if await _tries_are_over(context) else WHOSE)
    booking = await _with_reference(context, wanted)
    if booking is None:
        raise NotFound(f"no booking {wanted}")
    return booking


def clean_reference(said: str | None) -> str:
    """The six signs, however they were spaced."""
    return "".join(sign for sign in said or "" if sign.isalnum()).upper()


def _shown(context: CallContext) -> list[str]:
    return list(dict.fromkeys([*context.facts.booked_here, *context.facts.verified]))


async def _prove(context: CallContext, name: str | None, reference: str | None) -> list[Booking]:
    """The bookings that name and reference, or name and known number, show to be the caller's."""
    wanted = clean_reference(reference)
    if await _tries_are_over(context):
        raise WhoIsCalling(TOO_MANY)
    if not name or not name.strip():
        raise WhoIsCalling(WHOSE)
    if not wanted and context.call.known_phone is None:
        raise WhoIsCalling(WHICH)
    if wanted:
        booking = await _with_reference(context, wanted)
        candidates = [booking] if booking else []
    else:
        candidates = await _of_known_number(context)
    proved = [booking for booking in candidates if same_name(name, booking.customer_name)]
    if not proved:
        return await _failed(context)
    for booking in proved:
        if booking.reference not in context.facts.verified:
            context.facts.verified.append(booking.reference)
        remember_booking(context, booking)
    return proved


async def _failed(context: CallContext) -> list[Booking]:
    tries = await context.journal.wrong_try(context.call.call_id)
    context.facts.wrong_tries = tries
    if tries >= MOST_TRIES:
        raise WhoIsCalling(TOO_MANY)
    if context.call.known_phone is None:
        raise WhoIsCalling(f"{NO_MATCH} Could you give me the name and the reference again?")
    raise WhoIsCalling(f"{NO_MATCH} Is it under another name, or do you have a reference?")


async def _tries_are_over(context: CallContext) -> bool:
    tries = await context.journal.wrong_tries(context.call.call_id)
    context.facts.wrong_tries = max(tries, context.facts.wrong_tries)
    return context.facts.wrong_tries >= MOST_TRIES


async def _of_known_number(context: CallContext) -> list[Booking]:
    wanted = BookingFilter(phone=context.call.known_phone, status="booked", upcoming_only=True)
    page = await context.desk.find(context.organisation.id, wanted)
    return list(page.bookings)


async def _with_reference(context: CallContext, reference: str) -> Booking | None:
    page = await context.desk.find(context.organisation.id, BookingFilter(reference=reference))
    return next((booking for booking in page.bookings if booking.reference == reference), None)


async def _bookings(context: CallContext, references: list[str]) -> list[Booking]:
    """Those that are still to come, soonest first."""
    found = [await _with_reference(context, reference) for reference in references]
    coming = [
        booking
        for booking in found
        if booking is not None and booking.status == "booked" and booking.start > context.now
    ]
    return sorted(coming, key=lambda booking: booking.start)


def _say(context: CallContext, bookings: list[Booking]) -> str:
    if not bookings:
        return "You have no appointment coming up."
    if len(bookings) == 1 and bookings[0].status != "booked":
        return f"Your {say_booking(context, bookings[0])} is {bookings[0].status}."
    listed = [
        f"your {lower_first(each.service)} with {each.provider} "
        f"is on {say_at(context, each.start, full=True)}"
        for each in bookings[:MOST_BOOKINGS_SPOKEN]
    ]
    more = len(bookings) - len(listed)
    tail = f", with {more} more after that" if more else ""
    said = list_of(listed)
    return f"{said[:1].upper()}{said[1:]}{tail}."
