"""my_account, change_number, change_name, forget_me: what is kept of the caller.

All but the first are done only after a read-back of our own and the caller's yes to it, whoever
asks for the tool: name and number decide who is believed, and what was forgotten is gone.
"""

from __future__ import annotations

from typing import Any

from scheduling.values import Booking
from support.order_values import PlacedOrder
from voice.call import CallContext
from voice.dialogue.matters.account import Account
from voice.spoken import list_of, lower_first, say_phone, say_reference
from voice.tool_results import ToolResult
from voice.tools.arguments import clean_name, clean_phone, keyed
from voice.tools.offering import booking_facts, remember_booking, say_at
from voice.tools.orders import order_document, order_fact, remember_order
from voice.tools.proving import APPOINTMENT, booking_with, order_with, prove, ways_of
from voice.tools.refusals import Incomplete, SaidNo, WhoIsCalling

MOST_TOLD = 3
ASK_FIRST = "I would first read that back to you."


async def my_account(
    context: CallContext, *, name: str | None = None, reference: str | None = None
) -> ToolResult:
    """Who the caller is to us, with their coming appointments and their orders."""
    if not (context.facts.verified or context.facts.booked_here or context.facts.proved_orders):
        given = name or context.facts.name
        await prove(context, given, ways_of(reference), APPOINTMENT)
    bookings, orders = await _bookings(context), await _orders(context)
    for booking in bookings:
        remember_booking(context, booking)
    for order in orders:
        remember_order(context, order_fact(order))
    who: tuple[Booking | PlacedOrder, ...] = (*bookings, *orders)
    facts: dict[str, Any] = {
        "bookings": [booking_facts(context, each) for each in bookings],
        "orders": [order_document(context, each) for each in orders],
    }
    if not who:
        return ToolResult("my_account", "I have nothing coming up for you.", facts)
    phone = who[0].customer_phone
    reached = f", and your number here is {say_phone(phone)}" if phone else ""
    visits = [_say_visit(context, each) for each in bookings[:MOST_TOLD]]
    bought = [f"order {say_reference(each.reference)}, {each.status}" for each in orders]
    told = list_of([*visits, *bought[:MOST_TOLD]])
    spoken = f"You're {who[0].customer_name}{reached}. I have {told}."
    return ToolResult("my_account", spoken, facts)


async def change_number(
    context: CallContext, *, phone: str | None = None, reference: str | None = None
) -> ToolResult:
    """Every coming appointment of which the caller has shown that it is theirs; or the one that
    was spoken of in the read-back, whatever else is named."""
    if not phone:
        raise Incomplete("What is the new number?")
    own = await _bookings(context)
    named = _named(own, reference)
    number = clean_phone(context, phone)
    if number is None or not _agreed(context, "number"):
        raise SaidNo(ASK_FIRST)
    agreed = getattr(context.facts.agenda.in_hand, "reference", None)
    meant = [each for each in named if agreed in (None, each.reference)]
    if own and not meant:
        raise WhoIsCalling(APPOINTMENT.whose)
    changed = await _amended(context, "change_number", meant, phone=number)
    facts = {"bookings": [booking_facts(context, each) for each in changed]}
    what = "your appointment is" if len(changed) == 1 else f"your {len(changed)} appointments are"
    if len(own) > len(changed) == 1:
        what = f"{_say_visit(context, changed[0])} is"
    spoken = f"Done: {what} now under {say_phone(number)}."
    return ToolResult("change_number", spoken, facts)


async def change_name(
    context: CallContext, *, name: str | None = None, reference: str | None = None
) -> ToolResult:
    """One coming appointment, of which the caller has shown that it is theirs."""
    if not name:
        raise Incomplete("What name should it be under?")
    wanted, bookings = clean_name(name), _named(await _bookings(context), reference)
    if not _agreed(context, "name", wanted):
        raise SaidNo(ASK_FIRST)
    if len(bookings) > 1:
        raise Incomplete("Which appointment is that for?")
    [changed] = await _amended(context, "change_name", bookings, name=wanted)
    spoken = f"Done: {_say_visit(context, changed)} is now under {changed.customer_name}."
    return ToolResult("change_name", spoken, {"booking": booking_facts(context, changed)})


async def forget_me(context: CallContext) -> ToolResult:
    """Notes that all under the known number is to be forgotten when this call is over: its own
    words are among it."""
    if context.call.known_phone is None or not _agreed(context, "forget"):
        raise SaidNo(ASK_FIRST)
    await context.journal.wish_to_be_forgotten(context.call, context.attempt)
    spoken = "All right: when this call is over, I forget your name, your number and your words."
    return ToolResult("forget_me", spoken, {"forget": True})


async def _amended(
    context: CallContext,
    tool: str,
    bookings: list[Booking],
    *,
    name: str | None = None,
    phone: str | None = None,
) -> list[Booking]:
    """All of them with what is new of their customer; there must be one."""
    if not bookings:
        raise SaidNo("There is no appointment of yours to change that on.")
    changed = []
    for booking in bookings:
        whom = keyed(context, f"{tool}:{booking.reference}")
        after = await context.desk.amend(
            context.organisation.id, booking.reference, name=name, phone=phone, **whom
        )
        remember_booking(context, after)
        changed.append(after)
    return changed


def _agreed(context: CallContext, wish: str, name: str | None = None) -> bool:
    """Whether the caller said yes to that wish; where it is for a name, to this one."""
    matter = context.facts.agenda.in_hand
    if not isinstance(matter, Account) or not matter.agreed or matter.wish != wish:
        return False
    return name is None or matter.name is not None and clean_name(matter.name) == name


def _named(own: list[Booking], reference: str | None) -> list[Booking]:
    """Those that the reference names, all without one; of who names none of theirs it is asked
    whose it is."""
    which = ways_of(reference)
    named = [each for each in own if not which or each.reference in which]
    if which and not named:
        raise WhoIsCalling(APPOINTMENT.whose)
    return named


async def _bookings(context: CallContext) -> list[Booking]:
    """Those to come, soonest first."""
    shown = dict.fromkeys([*context.facts.booked_here, *context.facts.verified])
    found = [await booking_with(context, each) for each in shown]
    coming = [
        each for each in found if each and each.status == "booked" and each.start > context.now
    ]
    return sorted(coming, key=lambda each: each.start)


async def _orders(context: CallContext) -> list[PlacedOrder]:
    """The last placed first."""
    found = [await order_with(context, each) for each in context.facts.proved_orders]
    return sorted((each for each in found if each), key=lambda each: each.placed_at, reverse=True)


def _say_visit(context: CallContext, booking: Booking) -> str:
    return f"your {lower_first(booking.service)} on {say_at(context, booking.start, full=True)}"
