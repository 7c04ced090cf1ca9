"""What may be said of times in a call: offers, bookings, the caller's own words, the hours."""

from __future__ import annotations

import re
from collections.abc import Iterator, Set
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from typing import Any

from scheduling.errors import NotFound
from scheduling.values import Booking, Offer, Window, Wish
from scheduling.windows import windows_for
from voice.call import CallContext, listening
from voice.claims.bare_hours import with_hours
from voice.claims.times import SaidTime, said_times
from voice.understanding.dates.discourse import wishes
from voice.understanding.dates.meaning import Phrase
from voice.understanding.dates.phrases import STARTERS, phrases
from voice.understanding.dates.reading import Times, read_times
from voice.understanding.dates.resolving import resolve
from voice.understanding.dates.words import Utterance

HOURS_DAYS = 14
"""So far ahead the hours of a weekday are looked at."""
CALL_HOURS = 3
"""A change older than this was made in another call."""
_BEGINS_TIMES = (
    STARTERS
    - frozenset(
        """a about ahead all an around as at approx approximately before after beginning between by
        circa coming couple current during few following for from giving gone good ground h high in
        just last less mid more my national new no not o office oh on opening past previous prior
        rest right roughly round same several since star start starting straight that the this til
        till until up upcoming w whit white within work working world x business branch bright black
        flag guy next middle end pair earth fat feast holy lunar king's""".split()
    )
) | frozenset("soon 0 1 2 3 4 5 6 7 8 9".split())
"""What begins a time only together with another of these is left out."""


@dataclass(frozen=True, slots=True)
class KnownBooking:
    """A booking that this call may speak of, as it is in the store now."""

    booking: Booking
    start: datetime
    """Naive local, as the end."""
    end: datetime
    moved: bool
    """By the caller, in this call."""
    was_at: tuple[datetime, ...]
    """Starts it had before; naive local."""


class KnownTimes:
    """Read from the store when first needed, since most sentences need nothing of it."""

    def __init__(self, context: CallContext) -> None:
        self._context = context
        self._listening = listening(context)
        self._said: list[SaidTime] | None = None
        self._live: tuple[int, tuple[Offer, ...]] | None = None
        self._booked: tuple[int, list[KnownBooking]] | None = None

    def read(self, text: str) -> Times:
        """The times in these words."""
        return read_times(text, self._listening)

    def read_ours(self, text: str) -> Times:
        """The times in words of ours, in which a bare hour is one."""
        if not _may_tell_times(text):
            return Times()
        said = Utterance(text, replace(self._listening, question=None))
        heard = phrases(said)
        wished = wishes(said, heard)
        read = [resolve(said, phrase) for phrase in wished.wanted]
        refused = [resolve(said, phrase, refused=True) for phrase in wished.refused]
        # What a caller tells of themselves is no wish; of us, every time is told.
        known = (*wished.wanted, *wished.refused)
        told = [one for one in heard if not any(_overlap(one, each) for each in known)]
        read += [resolve(said, phrase) for phrase in told]
        disagreeing = (one.disagreement for one in read if one.disagreement)
        return Times(
            tuple(sorted((one.when for one in read), key=lambda when: when.span)),
            tuple(one.when for one in refused),
            disagreement=next(disagreeing, None),
        )

    def local(self, at: datetime) -> datetime:
        """Naive, by the business's clock."""
        return at.astimezone(self._context.business.zone).replace(tzinfo=None)

    async def offers(self) -> tuple[Offer, ...]:
        """Live offers of this call; one whose hold ran out counts while its slot is free. Read
        anew after each tool of the turn."""
        context = self._context
        if self._live is None or self._live[0] != len(context.results):
            offers = await context.desk.offers(context.organisation.id, context.call.call_id)
            live = tuple([offer for offer in offers if await self._can_be_had(offer)])
            self._live = (len(context.results), live)
        return self._live[1]

    async def _can_be_had(self, offer: Offer) -> bool:
        context = self._context
        if offer.held_until is not None and offer.held_until > context.now:
            return True
        only = Window(offer.start, offer.start + timedelta(minutes=1))
        wish = Wish(offer.service_id, (only,), provider_id=offer.provider_id)
        free = await context.desk.first_free(context.organisation.id, wish)
        return free is not None and free.start == offer.start

    async def bookings(self) -> list[KnownBooking]:
        """Bookings made in this call or proved to be this caller's; read anew after each tool."""
        if self._booked is None or self._booked[0] != len(self._context.results):
            self._booked = (len(self._context.results), await self._read_bookings())
        return self._booked[1]

    async def _read_bookings(self) -> list[KnownBooking]:
        facts = self._context.facts
        named = [*facts.booked_here, *facts.verified, *(one.reference for one in facts.found)]
        if facts.reference:
            named.append(facts.reference)
        named += [one["reference"] for one in self._results("booking")]
        known = []
        for reference in dict.fromkeys(named):
            try:
                known.append(await self._booking(reference))
            except NotFound:
                continue  # undone, or misheard: nothing may be said of it
        return known

    async def _booking(self, reference: str) -> KnownBooking:
        context = self._context
        booking, events = await context.desk.history(context.organisation.id, reference)
        since = context.now - timedelta(hours=CALL_HOURS)
        moved = any(
            event.what == "moved" and event.who == "caller" and event.at >= since
            for event in events
        )
        was_at = tuple(self.local(event.start) for event in events if event.start is not None)
        start, end = self.local(booking.start), self.local(booking.end)
        return KnownBooking(booking, start, end, moved, was_at)

    def of_results(self) -> list[datetime]:
        """Starts and ends in what the tools of this turn gave; naive local."""
        found = []
        for result in self._context.results:
            for value in _texts(result.facts):
                try:
                    at = datetime.fromisoformat(value)
                except ValueError:
                    continue
                if at.tzinfo is not None:
                    found.append(self.local(at))
        return found

    def of_caller(self) -> list[SaidTime]:
        """Every time the caller named in this call."""
        if self._said is None:
            lines = [line.text for line in self._context.history if line.who == "caller"]
            self._said = []
            for text in (self._context.text, *lines):
                times = self.read(with_hours(text))
                self._said += said_times((*times.found, *times.exclude))
        return self._said

    def caller_named(self, said: SaidTime) -> bool:
        """Whether the caller spoke of this time, or of its day or time of day apart."""
        named = {reading for one in self.of_caller() for reading in one.readings}
        days = {one.date() if isinstance(one, datetime) else one for one in named}
        for reading in said.readings:
            if reading in named:
                return True
            if isinstance(reading, datetime):
                if reading.time() in named and (
                    reading.date() in days or not any(isinstance(one, date) for one in named)
                ):
                    return True
            elif reading in days:
                return True
            elif isinstance(reading, time) and any(
                isinstance(one, datetime) and one.time() == reading for one in named
            ):
                return True
        return False

    def hours_on(self, day: date, who: Set[str] = frozenset()) -> list[tuple[datetime, datetime]]:
        """When anybody of these, or anybody at all, is there on that date; naive local."""
        business = self._context.business
        return [
            (self._instant(span.start), self._instant(span.end))
            for provider in business.providers
            if not who or provider.id in who
            for span in windows_for(business, provider.id, day, day)
        ]

    def usual_days(self) -> list[date]:
        """The dates from which ordinary hours are taken."""
        today = self._context.local_now.date()
        return [today + timedelta(days=ahead) for ahead in range(HOURS_DAYS)]

    def _instant(self, second: int) -> datetime:
        return datetime.fromtimestamp(second, self._context.business.zone).replace(tzinfo=None)

    def _results(self, key: str) -> Iterator[dict[str, Any]]:
        for result in self._context.results:
            one = result.facts.get(key)
            if isinstance(one, dict):
                yield one


def _may_tell_times(text: str) -> bool:
    """Whether any word can begin a time; half of all sentences have none, and reading is slow."""
    words = re.findall(r"[a-z']+|\d", text.casefold().replace("’", "'"))
    return any(word in _BEGINS_TIMES or word.removesuffix("'s") in _BEGINS_TIMES for word in words)


def _overlap(one: Phrase, other: Phrase) -> bool:
    return one.start < other.end and other.start < one.end


def _texts(facts: Any) -> Iterator[str]:
    if isinstance(facts, str):
        yield facts
    elif isinstance(facts, dict):
        for value in facts.values():
            yield from _texts(value)
    elif isinstance(facts, list):
        for value in facts:
            yield from _texts(value)
