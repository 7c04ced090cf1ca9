"""A person forgotten everywhere: calls, bookings, orders and tickets under one number."""

from __future__ import annotations

from dataclasses import dataclass

from scheduling.desk import Desk
from scheduling.forgetting import Forgetting
from support.shop import Shop
from support.tickets import Tickets
from voice.journal.erasing import Erasing
from voice.journal.journal import Journal
from voice.turn import CallFacts


@dataclass(frozen=True, slots=True)
class Forgotten:
    """What was found of a person, and is no longer theirs."""

    bookings: int = 0
    orders: int = 0
    tickets: int = 0
    calls: int = 0

    def __add__(self, other: Forgotten) -> Forgotten:
        return Forgotten(
            self.bookings + other.bookings,
            self.orders + other.orders,
            self.tickets + other.tickets,
            self.calls + other.calls,
        )


async def forget_caller(desk: Desk, journal: Journal, call: CallFacts) -> None:
    """The caller's own wish, once the call is over. It may be begun again: the wish goes last."""
    if call.known_phone is not None:
        await forget_number(desk, call.organisation_id, call.known_phone)
    await journal.leave_forgotten(call)


async def forget_number(desk: Desk, organisation_id: int, phone: str) -> Forgotten:
    """Everything that one organisation keeps under the number, E.164; what staff work with stays,
    and is nobody's."""
    store = desk.transactions.store
    # Calls first: which made a booking, an order or a ticket is known by its number.
    calls = await Erasing(store).number(organisation_id, phone)
    return Forgotten(
        bookings=await Forgetting(store).person(organisation_id, phone),
        orders=await Shop(desk).forget(organisation_id, phone),
        tickets=await Tickets(desk).forget(organisation_id, phone),
        calls=calls,
    )
