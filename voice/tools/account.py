"""verify_caller, find_appointment: who is calling, and which bookings are theirs to hear of."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import Any

from scheduling.errors import NotFound
from scheduling.values import Booking
from voice.call import CallContext
from voice.notice import too_late_to_change
from voice.spoken import is_plural, list_of, lower_first
from voice.tool_results import ToolResult
from voice.tools.offering import booking_facts, remember_booking, say_at, say_booking
from voice.tools.proving import (
    APPOINTMENT,
    TOO_MANY,
    Proved,
    booking_with,
    candidates,
    clean_reference,
    prove,
    show,
    tries_are_over,
    ways_of,
)
from voice.tools.refusals import WhoIsCalling
from voice.understanding.names.identity import is_first, is_given, is_part_of, same_name, says_name
from voice.understanding.names.parties import people_led_to

MOST_BOOKINGS_SPOKEN = 3


async def verify_caller(
    context: CallContext, *, name: str | None = None, reference: str | None = None
) -> ToolResult:
    """Shows who is calling, for the rest of the call."""
    proved = await prove(context, name, ways_of(reference), APPOINTMENT)
    for booking in proved.bookings:
        remember_booking(context, booking)
    who, phone = proved.customer
    facts = {"caller": {"name": who, "phone": phone}, **_facts_of(context, proved.bookings)}
    spoken = f"Thank you, {who}. {_say(context, proved.bookings)}"
    return ToolResult("verify_caller", spoken, facts)


async def recognise(context: CallContext, names: Sequence[str]) -> str | None:
    """The caller's name as a customer, when one of the names that they have just given unasked, or
    the whole name among those told, is that of a coming booking or an order of the known number:
    they have shown by it who they are. Whoever has shown that may speak of others on the number by
    one of their names, which proves as much as it does when it is asked for. An ordinary word names
    nobody, nor does what is a part of the caller's own name. Where there was something to guess,
    each name that fits nothing is a wrong try like any other."""
    if context.call.known_phone is None or await tries_are_over(context):
        return None
    parties = tuple(act.value for act in context.reading.all("give:party") if act.value)
    led = people_led_to(context.text)
    own = context.facts.agenda.name or ""
    names = [one for one in names if not any(_is_less(one, other) for other in (*names, own))]
    words = " ".join((*names, *parties, *led))

    def is_told(customer: str) -> bool:
        return any(same_name(name, customer) for name in names)

    known, before = await candidates(context), set(_shown(context))
    new = before.isdisjoint(each.reference for each in known.bookings)
    proved = known.of_whom(lambda one: is_told(one) or says_name(words, one))
    behind = () if proved is None and new else filter(is_given, led)
    await _count_guesses(context, known, (*names, *parties, *behind))
    if proved is None and new:
        return None
    own = " ".join((own, *(proved.names if proved else ())))
    others = [name for name in (*names, *parties) if not is_part_of(name, own)]
    first = [word for word in led if not is_part_of(word, own)]
    meant = known.of_whom(
        lambda one: (
            any(same_name(name, one) for name in others)
            or any(is_first(word, one) for word in first)
        )
    )
    for some in filter(None, (proved, meant)):
        show(context, some)
        for booking in some.bookings:
            remember_booking(context, booking)
    theirs = proved.of_whom(is_told) if proved and names else proved
    return theirs.customer[0] if theirs and new else None


def _is_less(name: str, other: str) -> bool:
    """ "Costa", beside "Nadia Costa"."""
    return is_part_of(name, other) and not is_part_of(other, name)


async def _count_guesses(context: CallContext, known: Proved, names: Sequence[str]) -> None:
    """Each name that is no customer's of the number, nor the caller's as it was told before, nor
    one of who works here."""
    staff = " ".join(each.name for each in context.business.providers)
    own = f"{context.facts.agenda.name or ''} {staff}"
    for name in dict.fromkeys(names) if known.bookings or known.orders else ():
        if not is_part_of(name, own) and known.of_whom(partial(same_name, name)) is None:
            context.guessed.add(name)
            await context.journal.wrong_try(context.call)


async def find_appointment(
    context: CallContext, *, reference: str | None = None, name: str | None = None
) -> ToolResult:
    """The coming bookings of a verified caller, or the one with that reference."""
    known = await _bookings(context, _shown(context))
    ways = ways_of(reference)
    if ways:
        known = [booking for booking in known if booking.reference in ways]
    if not known and (name or ways or not _shown(context)):
        known = (await prove(context, name, ways, APPOINTMENT)).bookings
    for booking in known:
        remember_booking(context, booking)
    return ToolResult("find_appointment", _say(context, known), _facts_of(context, known))


async def tell_what_stands(context: CallContext) -> list[str]:
    """A sentence for each booking that was changed in words which the caller has turned back
    from; each is told once."""
    told = []
    for reference in context.facts.untold:
        booking = await booking_with(context, reference)
        if booking is not None:
            remember_booking(context, booking)
            told.append(f"{_named(context, booking)} is still {booking.status}.")
    context.facts.untold = []
    return told


async def owned(context: CallContext, reference: str | None) -> Booking:
    """The booking, which must be this caller's to change; without a reference their only one."""
    wanted = clean_reference(reference)
    shown = _shown(context)
    if not wanted and len(shown) == 1:
        wanted = shown[0]
    if wanted not in shown:
        raise WhoIsCalling(TOO_MANY if await tries_are_over(context, wanted) else APPOINTMENT.whose)
    booking = await booking_with(context, wanted)
    if booking is None:
        raise NotFound(f"no booking {wanted}")
    return booking


def _facts_of(context: CallContext, bookings: list[Booking]) -> dict[str, Any]:
    """The contract's `bookings`, and why some can no longer be changed: a model that knows asks
    nobody whether to cancel what it may not."""
    told = {
        booking.reference: too_late_to_change(
            booking.start, now=context.now, policy=context.business.booking
        )
        for booking in bookings
    }
    too_late = {reference: why for reference, why in told.items() if why is not None}
    facts: dict[str, Any] = {"bookings": [booking_facts(context, each) for each in bookings]}
    return {**facts, "too_late_to_change": too_late} if too_late else facts


def _shown(context: CallContext) -> list[str]:
    return list(dict.fromkeys([*context.facts.booked_here, *context.facts.verified]))


async def _bookings(context: CallContext, references: list[str]) -> list[Booking]:
    """Those that are still to come, soonest first."""
    found = [await booking_with(context, reference) for reference in references]
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
        return f"{_named(context, bookings[0])} is {bookings[0].status}."
    whose = context.facts.agenda.whose
    listed = [
        f"{whose(each.customer_name)} {lower_first(each.service)} with {each.provider} "
        f"{'are' if is_plural(each.service) else 'is'} on {say_at(context, each.start, full=True)}"
        for each in bookings[:MOST_BOOKINGS_SPOKEN]
    ]
    more = len(bookings) - len(listed)
    tail = f", with {more} more after that" if more else ""
    said = list_of(listed)
    return f"{said[:1].upper()}{said[1:]}{tail}."


def _named(context: CallContext, booking: Booking) -> str:
    """`Your check-up with …`, or `Linda's …`."""
    whose = context.facts.agenda.whose(booking.customer_name)
    return f"{whose[:1].upper()}{whose[1:]} {say_booking(context, booking)}"
