"""Whether a time told is free, the caller's own, or of this call; what none of these backs is
false."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime, time
from typing import TypeGuard

from voice.call import CallContext
from voice.claims.bare_hours import HOUR_WORDS
from voice.claims.hours import ends_with_hours, in_hours, is_open_within
from voice.claims.known_times import KnownTimes
from voice.claims.names import providers_named, wrong_service
from voice.claims.times import SaidTime, any_within
from voice.claims.words import Clause
from voice.understanding.reading import When

_ONLY_THEN = re.compile(r"\bonly (?:on )?\w+days?\b|\b\w+days? only\b", re.IGNORECASE)
"""It would have to be known of every other day."""
Moment = datetime | date | time | None
_CLOCK = re.compile(
    rf"\d|o'clock|\b(?:midnight|half|quarter|hour|{'|'.join(HOUR_WORDS)})\b", re.IGNORECASE
)


class ToldTimes:
    """The times of one clause, held against what this call knows."""

    def __init__(self, context: CallContext, known: KnownTimes) -> None:
        self._context = context
        self._known = known

    async def false(
        self, clause: Clause, said: Sequence[SaidTime], spans: Sequence[When], sentence: str
    ) -> str | None:
        """`hours`, `time`; None: all may be said."""
        who = providers_named(self._context.business, clause.text)
        if clause.hours:
            if _ONLY_THEN.search(clause.text) and not clause.asks:
                return "hours"
            fits = all(in_hours(self._known, clause, one, who) for one in said)
            fits = fits and (
                clause.asks
                or all(self._are_hours(clause, each, who) for each in on_day(spans, said))
            )
            return None if fits else "hours"
        for one in said:
            if not await self._may_be_told(one, clause, sentence):
                return "time"
        if clause.tells_of_free_times and not said and not await self._has_free_times(who):
            return "time"
        if clause.tells_times and spans and await self._holds_nothing(spans, clause):
            return "time"
        return None

    async def _has_free_times(self, who: set[str]) -> bool:
        """Whether there are any to speak of, with one of these people if any is named."""
        if self._known.of_results():
            return True
        offers = await self._known.offers()
        return any(not who or offer.provider_id in who for offer in offers)

    async def _holds_nothing(self, spans: Sequence[When], clause: Clause) -> bool:
        """Whether nothing that may be told lies in these stretches, or a clock time that ends one
        is not known."""
        offers = [
            (self._known.local(one.start), self._known.local(one.end))
            for one in await self._known.offers()
        ]
        offers += [(known.start, known.end) for known in await self._known.bookings()]
        starts = [start for start, _ in offers] + self._known.of_results()
        if any(not any_within(when, starts) for when in spans):
            return True
        ends = [one for when in spans if _CLOCK.search(when.text) for one in _ends(when)]
        known = [*starts, *(end for _, end in offers)]
        return any(
            not any(one.fits(at) for at in known) and not self._known.caller_named(one)
            for one in ends
        )

    async def _may_be_told(self, one: SaidTime, clause: Clause, sentence: str) -> bool:
        if (clause.asks or clause.looks) and _only_a_day(one):
            return True  # a question about days offers nothing yet
        denies = clause.denies and not clause.asks
        if denies and clause.denies_at(one.span[0]):
            return True
        if (clause.offers or denies) and await self._is_offered(one, clause, sentence):
            return True
        return not (clause.offers or denies) and await self._may_be_said(one)

    def _are_hours(self, clause: Clause, when: When, who: set[str]) -> bool:
        """A stretch told of the opening hours."""
        if not _CLOCK.search(when.text):
            return is_open_within(self._known, when, who) != clause.shuts
        fits = all(in_hours(self._known, clause, one, who) for one in _ends(when))
        return fits and ends_with_hours(self._known, when, who)

    async def _is_offered(self, one: SaidTime, clause: Clause, sentence: str) -> bool:
        fitting = [
            offer
            for offer in await self._known.offers()
            if one.fits(self._known.local(offer.start))
        ]
        if fitting:
            business = self._context.business
            after = providers_named(business, sentence[one.span[1] :], first=True)
            named = after or providers_named(business, sentence)
            return not named or any(offer.provider_id in named for offer in fitting)
        coming = set(self._known.of_results())
        coming |= {
            known.start
            for known in await self._known.bookings()
            if not wrong_service(self._context.business, clause.text, known.booking.service_id)
        }
        return any(one.fits(at) for at in coming)

    async def _may_be_said(self, one: SaidTime) -> bool:
        """A time that is neither offered nor confirmed: anything that this call is about."""
        if self._known.caller_named(one) or any(one.fits(at) for at in self._known.of_results()):
            return True
        if one.fits(self._context.local_now) or self._context.local_now.date() in one.readings:
            return True
        if any(one.fits(self._known.local(offer.start)) for offer in await self._known.offers()):
            return True
        bookings = await self._known.bookings()
        return any(one.fits(at) for known in bookings for at in (known.start, *known.was_at))


def on_day(spans: Sequence[When], said: Sequence[SaidTime]) -> list[When]:
    """With the one day that is named beside them: "on Saturday we're here until three"."""
    days = {one for each in said for one in each.readings if _is_day(one)}
    if len(days) != 1:
        return list(spans)
    (day,) = days

    def put(end: Moment) -> Moment:
        return datetime.combine(day, end) if isinstance(end, time) else end

    return [replace(when, start=put(when.start), end=put(when.end)) for when in spans]


def _is_day(reading: datetime | date | time) -> TypeGuard[date]:
    return isinstance(reading, date) and not isinstance(reading, datetime)


def has_clock_time(said: Sequence[SaidTime]) -> bool:
    """Whether more than days is said."""
    return any(not _only_a_day(one) for one in said)


def _only_a_day(one: SaidTime) -> bool:
    return not any(isinstance(reading, datetime | time) for reading in one.readings)


def _ends(when: When) -> list[SaidTime]:
    """The moments between which it lies; midnight is the end of a day and no hour of its own."""
    moments = (
        end
        for end in (when.start, when.end)
        if isinstance(end, time) or (isinstance(end, datetime) and end.time() != time())
    )
    return [SaidTime((end,), (0, 0)) for end in moments]
