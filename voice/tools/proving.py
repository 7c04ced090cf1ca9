"""Who is calling: what shows that bookings and orders are the caller's to hear of.

A known number with the name on the booking or the order, or its reference with the name, shows
that it is the caller's; who has shown it once has shown it for every matter of the call. Whoever
has not is told the same whether or not there is one.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial

from scheduling.values import Booking, BookingFilter
from support.order_values import OrderFilter, PlacedOrder
from voice.call import CallContext
from voice.journal.values import WrongTries
from voice.tools.refusals import WhoIsCalling
from voice.understanding.names.identity import is_very_name, likely_name, same_name
from voice.understanding.numbers.references import (
    MOST_WAYS,
    kin_of,
    sounding_like,
)

MOST_TRIES = 5
"""In one call, and of one booking or order in a day."""
_OR = re.compile(r"\s+or\s+", re.IGNORECASE)
MOST_TRIES_OF_A_SOURCE = 20
"""In a day; a household or an office may share one network."""
TOO_MANY = "I can't check that any more in this call, but a person here can help you."


@dataclass(frozen=True, slots=True)
class Subject:
    """What the caller asks about, in the words that ask for a proof."""

    no_match: str
    whose: str
    which: str
    again: str
    or_else: str


APPOINTMENT = Subject(
    no_match="I could not match those details to an appointment.",
    whose="What name is the appointment under?",
    which="What is the reference of your appointment?",
    again="Could you give me the name and the reference again?",
    or_else="Is it under another name, or do you have a reference?",
)
ORDER = Subject(
    no_match="I could not match those details to an order.",
    whose="What name is the order under?",
    which="What is the order number?",
    again="Could you give me the name and the order number again?",
    or_else="Is it under another name, or do you have the order number?",
)


@dataclass(frozen=True, slots=True)
class Proved:
    """Bookings and orders that may be, or were shown to be, the caller's."""

    bookings: list[Booking]
    orders: list[PlacedOrder]

    def of_whom(self, fits: Callable[[str], bool]) -> Proved | None:
        """Those under a name that fits; None: there are none."""
        bookings = [each for each in self.bookings if fits(each.customer_name)]
        orders = [each for each in self.orders if fits(each.customer_name)]
        return Proved(bookings, orders) if bookings or orders else None

    @property
    def is_only_one(self) -> bool:
        """Whether nothing else may be meant."""
        return len(self.bookings) + len(self.orders) == 1

    @property
    def references(self) -> tuple[str, ...]:
        """Of all of them."""
        return (*(each.reference for each in self.bookings), *(o.reference for o in self.orders))

    @property
    def names(self) -> frozenset[str]:
        """Of all the customers."""
        booked = {each.customer_name for each in self.bookings}
        return frozenset(booked | {each.customer_name for each in self.orders})

    @property
    def customer(self) -> tuple[str, str | None]:
        """Name and number, as they stand on it."""
        one: Booking | PlacedOrder = self.bookings[0] if self.bookings else self.orders[0]
        return one.customer_name, one.customer_phone


async def prove(
    context: CallContext, name: str | None, ways: Sequence[str], subject: Subject
) -> Proved:
    """What name and reference, or name and known number, show to be the caller's. `ways`: all that
    one hearing of a reference may be, tidied, which is one try; empty: none was given. Whether a
    reference exists is not to be learnt: one that showed nothing is a wrong try also where the
    number then shows who is calling.

    Where no reference as heard goes with the name, those that sound like the likeliest are looked
    up too, for one booking or order under that first and last name: one sign off, or two that
    rhyme. That is safe: there are a thousand million references, and four hundred sound like one,
    so that a guess beside the right name finds one of two million. Tries are
    counted also under what a reference has in common with all that sound like it, whether there is
    such a booking or not, so that nobody gets at one by its neighbours."""
    guarded = (*ways, *(key for way in ways for key in kin_of(way)))
    if await tries_are_over(context, *guarded):
        raise WhoIsCalling(TOO_MANY)
    if not name or not name.strip():
        raise WhoIsCalling(subject.whose)
    known = context.call.known_phone is not None
    if not ways and not known:
        raise WhoIsCalling(subject.which)
    same, likely = partial(same_name, name), partial(likely_name, name)
    proved = (await candidates(context, *ways)).of_whom(likely if ways else same)
    if ways and proved is None:
        proved = await _misheard(context, name, ways[0])
    if proved is None:
        failed = await _failed(context, name, guarded, subject)
        if ways and known:  # it may have been misheard
            proved = (await candidates(context)).of_whom(same)
        if proved is None:
            raise failed
    show(context, proved)
    return proved


async def _misheard(context: CallContext, name: str, heard: str) -> Proved | None:
    """The only one whose reference sounds like this, under that first and last name: one name
    alone is that of too many."""
    alike = sounding_like(heard)
    found = await candidates(context, *alike) if alike else None
    meant = found and found.of_whom(partial(is_very_name, name))
    if not meant or not meant.is_only_one or await tries_are_over(context, *meant.references):
        return None
    return meant


def show(context: CallContext, proved: Proved) -> None:
    """From now on the caller may hear of them."""
    facts = context.facts
    facts.verified = _with(facts.verified, [each.reference for each in proved.bookings])
    facts.proved_orders = _with(facts.proved_orders, [each.reference for each in proved.orders])


def ways_of(said: str | None) -> tuple[str, ...]:
    """What was said of a reference, tidied: "7XNFSJ or 7XMFSJ" where it may be either."""
    ways = [clean_reference(way) for way in _OR.split(said or "")]
    return tuple(dict.fromkeys(filter(None, ways)))[:MOST_WAYS]


def clean_reference(said: str | None) -> str:
    """The six signs, however they were spaced."""
    return "".join(sign for sign in said or "" if sign.isalnum()).upper()


async def tries_are_over(context: CallContext, *references: str) -> bool:
    """Whether nothing more is checked in this call, or of those bookings or orders today."""
    return _are_over(await context.journal.wrong_tries(context.call, *references))


async def booking_with(context: CallContext, reference: str) -> Booking | None:
    """Whoever's it is."""
    page = await context.desk.find(context.organisation.id, BookingFilter(reference=reference))
    return next((each for each in page.bookings if each.reference == reference), None)


async def order_with(context: CallContext, reference: str) -> PlacedOrder | None:
    """Whoever's it is."""
    page = await context.shop.find(context.organisation.id, OrderFilter(reference=reference))
    return next((each for each in page.orders if each.reference == reference), None)


async def candidates(context: CallContext, *ways: str) -> Proved:
    """With one of those references, in their order, or else at the known number."""
    phone, organisation_id = context.call.known_phone, context.organisation.id
    visits = BookingFilter(phone=phone, status="booked", upcoming_only=True)
    placed = OrderFilter(phone=phone)
    if ways:
        visits, placed = BookingFilter(among=ways), OrderFilter(among=ways)
    bookings = list((await context.desk.find(organisation_id, visits)).bookings)
    orders = list((await context.shop.find(organisation_id, placed)).orders)
    if ways:
        bookings.sort(key=lambda each: ways.index(each.reference))
        orders.sort(key=lambda each: ways.index(each.reference))
    return Proved(bookings, orders)


async def _failed(
    context: CallContext, name: str, ways: Sequence[str], subject: Subject
) -> WhoIsCalling:
    """One more wrong try, unless it was counted in this turn already."""
    counted = name in context.guessed and not ways
    count = context.journal.wrong_tries if counted else context.journal.wrong_try
    if _are_over(await count(context.call, *ways)):
        return WhoIsCalling(TOO_MANY)
    then = subject.again if context.call.known_phone is None else subject.or_else
    return WhoIsCalling(f"{subject.no_match} {then}")


def _are_over(tries: WrongTries) -> bool:
    guessed = max(tries.of_call, tries.of_booking) >= MOST_TRIES
    return guessed or tries.of_source >= MOST_TRIES_OF_A_SOURCE


def _with(known: list[str], more: list[str]) -> list[str]:
    return list(dict.fromkeys([*known, *more]))
