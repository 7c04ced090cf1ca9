"""Whether the store backs that something was booked, moved or cancelled."""

from __future__ import annotations

import re
from collections.abc import Sequence

from voice.call import CallContext
from voice.claims.known_times import KnownBooking, KnownTimes
from voice.claims.names import names_stranger, providers_named, services_named
from voice.claims.number_words import NUMBER_WORD, number_told
from voice.claims.times import SaidTime, any_within
from voice.understanding.reading import When

WRITES = frozenset({"book_appointment", "reschedule_appointment", "cancel_appointment"})
_COUNTED = re.compile(
    rf"\b({NUMBER_WORD}|\d+) (?:\w+ )?(?:appointments|bookings|visits)\b|"
    r"\b(?:second|another|both|as well)\b",
    re.IGNORECASE,
)


class Backing:
    """What the store holds of the bookings that this call may speak of."""

    def __init__(self, context: CallContext, known: KnownTimes) -> None:
        self._context = context
        self._known = known

    @property
    def act_in_hand(self) -> str:
        """What "it's done" would be about."""
        acts = {"cancel": "cancelled", "reschedule": "moved"}
        return acts.get(self._context.facts.intent or "", "booked")

    async def lacks(
        self, done: str, text: str, said: Sequence[SaidTime], spans: Sequence[When]
    ) -> bool:
        """Whether nothing in the store is as these words tell it."""
        if done == "done" and self._wrote:
            return False
        backing = [known for known in await self._known.bookings() if _backs(known, done)]
        if done == "cancelled" and self._context.facts.reference:
            about = self._context.facts.reference
            backing = [known for known in backing if known.booking.reference == about] or [
                known for known in backing if said
            ]
        if done in ("booked", "done") and not said and self._context.facts.offers:
            return True  # the booking that is talked of now is not made yet
        fitting = [
            known
            for known in backing
            if _fits_all(known, said)
            and all(any_within(when, [known.start, *known.was_at]) for when in spans)
        ]
        counted = _COUNTED.search(text)
        if counted and (number_told(counted[1] or "two") or 0) > len(backing):
            return True
        return not fitting or self._of_another(text, fitting)

    def _of_another(self, text: str, fitting: Sequence[KnownBooking]) -> bool:
        """Whether it names a provider, a service or a customer that is not the booking's."""
        business = self._context.business
        named = providers_named(business, text)
        return (
            not named.issubset(known.booking.provider_id for known in fitting)
            or not services_named(business, text).issubset(
                known.booking.service_id for known in fitting
            )
            or names_stranger(self._context, text, [known.booking for known in fitting])
        )

    @property
    def _wrote(self) -> bool:
        """Whether a tool of this turn has booked, moved or cancelled."""
        wrote = (each.name for each in self._context.results if each.refused is None)
        return not WRITES.isdisjoint(wrote)


def _backs(known: KnownBooking, done: str) -> bool:
    cancelled = known.booking.status == "cancelled"
    match done:
        case "done":
            return True
        case "booked" | "exists":
            return not cancelled
        case "moved":
            return not cancelled and known.moved
    return done == "cancelled" and cancelled


def _fits_all(known: KnownBooking, said: Sequence[SaidTime]) -> bool:
    """Every time said is the booking's own, its start among them; of a move one may be where it
    was."""
    others = (known.end, *(known.was_at if known.moved else ()))
    starts = [one.fits(known.start) for one in said]
    fits = [one.fits(known.start) or any(one.fits(at) for at in others) for one in said]
    return not said or (any(starts) and all(fits))
