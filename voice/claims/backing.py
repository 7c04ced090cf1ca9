"""What this call knows: its offers, its bookings, its tools' answers, the business file and the
caller's own words. The only place of the check that looks at the call's facts or the store."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Set
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import cached_property
from typing import Any, cast

from scheduling.errors import NotFound
from scheduling.values import Booking, Offer, Window, Wish
from scheduling.windows import windows_for
from voice.call import CallContext, person_name
from voice.claims.goods import KnownGoods
from voice.claims.names import name_parts, service_words, services_named
from voice.claims.statements import Known, known_of
from voice.claims.times import SaidTime, ends, read_ours, said_ranges, said_times, with_hours
from voice.dialogue.goods import CartFact
from voice.tools.arguments import on_behalf
from voice.tools.availability import live_offers
from voice.turn import Transfer
from voice.understanding.dates.reading import Times, read_times
from voice.understanding.reading import Context, OfferedTime

HOURS_DAYS = 14
"""So far ahead the hours of a weekday are looked at."""
WRITES = frozenset(
    {"book_appointment", "book_pair", "reschedule_appointment", "cancel_appointment"}
)
CALL_HOURS = 3
"""A change older than this was made in another call."""


async def known_bookings(context: CallContext, references: Iterable[str]) -> list[KnownBooking]:
    """Those with these references; what was undone or misheard is left out."""
    known = []
    for reference in dict.fromkeys(references):
        try:
            known.append(await _known(context, reference))
        except NotFound:
            continue
    return known


async def _known(context: CallContext, reference: str) -> KnownBooking:
    booking, events = await context.desk.history(context.organisation.id, reference)
    since = context.now - timedelta(hours=CALL_HOURS)
    changed = (event for event in events if event.who == "caller" and event.at >= since)

    def local(at: datetime) -> datetime:
        return at.astimezone(context.business.zone).replace(tzinfo=None)

    return KnownBooking(
        booking,
        local(booking.start),
        local(booking.end),
        any(event.what == "moved" for event in changed),
        tuple(local(event.start) for event in events if event.start is not None),
    )


class Backing:
    """Read from the store when first needed, and anew after each tool of the turn."""

    def __init__(self, context: CallContext) -> None:
        self._context = context
        self.business = context.business
        self.caller_text = context.text
        self.local_now = context.local_now
        self._read_after = -1
        self._read_since: dict[str, object] = {}

    @cached_property
    def listening(self) -> Context:
        """What helps the grammar of times."""
        facts, business = self._context.facts, self.business
        return Context(
            now=self.local_now,
            offered=tuple(
                OfferedTime(self.local(one.start), person_name(business, one.provider_id))
                for one in facts.offers
            ),
            opens={
                weekday: tuple((span.start, span.end) for span in spans)
                for weekday, spans in business.weekly_hours().items()
            },
            country=business.country,
            zone=business.zone.key,
        )

    def read(self, spoken: str) -> Times:
        """The times in a sentence of ours whose bare hours were told as such."""
        return read_ours(spoken, self.listening)

    def local(self, at: datetime) -> datetime:
        """Naive, by the business's clock."""
        return at.astimezone(self.business.zone).replace(tzinfo=None)

    # What was done and offered

    @property
    def transfers(self) -> bool:
        """Whether the call goes to a person now."""
        return any(isinstance(act, Transfer) for act in self._context.acts)

    @property
    def wrote(self) -> bool:
        """Whether a tool of this turn has booked, moved or cancelled."""
        wrote = (each.name for each in self._context.results if each.refused is None)
        return not WRITES.isdisjoint(wrote)

    @property
    def deciding(self) -> bool:
        """Whether the caller has times to choose from: what is talked of now is not booked yet."""
        return bool(self._context.facts.offers)

    async def offers(self) -> tuple[Offer, ...]:
        """Live offers of this call; one whose hold ran out counts while its slot is free."""
        if "offers" not in self._lately:
            self._lately["offers"] = await live_offers(self._context)
        return cast(tuple[Offer, ...], self._lately["offers"])

    async def bookings(self) -> list[KnownBooking]:
        """Bookings made in this call or proved to be this caller's."""
        if "bookings" not in self._lately:
            facts = self._context.facts
            named = [*facts.booked_here, *facts.verified, *(one.reference for one in facts.found)]
            named += [one["reference"] for one in self._results("booking")]
            if facts.moving:
                named.append(facts.moving)
            self._lately["bookings"] = await known_bookings(self._context, named)
        return cast(list[KnownBooking], self._lately["bookings"])

    @property
    def services_mentioned(self) -> frozenset[str]:
        """By the caller, in this call."""
        return services_named(self.business, " ".join(self.caller_texts))

    async def services_in_hand(self) -> frozenset[str]:
        """Of the offers; without any, of the bookings."""
        offered = frozenset(offer.service_id for offer in await self.offers())
        return offered or frozenset(one.booking.service_id for one in await self.bookings())

    async def free_within(self, service_id: str, provider_id: str | None, window: Window) -> bool:
        """Whether anything but this call's offers can be had there."""
        held = sorted(offer.start for offer in await self.offers() if offer.start >= window.start)
        start = window.start
        for end in (*held, window.end):
            if start < min(end, window.end):
                wish = Wish(service_id, (Window(start, min(end, window.end)),), None, provider_id)
                free = await self._first_free(wish)
                if free is not None and start <= free < min(end, window.end):
                    return True
            start = max(start, end + timedelta(minutes=1))
        return False

    async def _first_free(self, wish: Wish) -> datetime | None:
        context = self._context
        free = await context.desk.first_free(context.organisation.id, wish, **on_behalf(context))
        return free.start if free is not None else None

    # Times

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

    @cached_property
    def of_caller(self) -> list[SaidTime]:
        """Every time the caller named in this call."""
        said = []
        for text in (self.caller_text, *self._lines("caller")):
            times = read_times(with_hours(text), self.listening)
            said += said_times((*times.found, *times.exclude))
        return said

    def caller_named(self, said: SaidTime) -> bool:
        """Whether the caller spoke of this time, or of its day or time of day apart."""
        named = {reading for one in self.of_caller for reading in one.readings}
        days = {one.date() if isinstance(one, datetime) else one for one in named}
        no_day = not any(isinstance(one, date) for one in named)
        clocks = {one.time() if isinstance(one, datetime) else one for one in named}
        for reading in said.readings:
            if reading in named or (not isinstance(reading, datetime) and reading in days | clocks):
                return True
            if isinstance(reading, datetime) and reading.time() in named:
                if reading.date() in days or no_day:
                    return True
        return False

    def hours_on(self, day: date, who: Set[str] = frozenset()) -> list[tuple[datetime, datetime]]:
        """When anybody of these, or anybody at all, is there on that date; naive local."""
        return [
            (self._instant(span.start), self._instant(span.end))
            for provider in self.business.providers
            if not who or provider.id in who
            for span in windows_for(self.business, provider.id, day, day)
        ]

    def usual_days(self) -> list[date]:
        """The dates from which ordinary hours are taken."""
        today = self.local_now.date()
        return [today + timedelta(days=ahead) for ahead in range(HOURS_DAYS)]

    def whole_day(self, day: date) -> Window:
        """From its midnight, or from now, to the next."""
        zone = self.business.zone
        start = datetime.combine(day, time(), zone)
        return Window(max(start, self._context.now), start + timedelta(days=1))

    def instant(self, at: datetime) -> datetime:
        """Aware, of the business's clock."""
        return at.replace(tzinfo=self.business.zone)

    def times_in(self, text: str) -> frozenset[date | time]:
        """What is read of times in an answer of the business."""
        found = self.read(with_hours(text)).found
        said = [*said_times(found), *(end for when in said_ranges(found) for end in ends(when))]
        return frozenset(reading for one in said for reading in one.readings)

    @property
    def days_of_caller(self) -> tuple[date, ...]:
        """The days that the caller named in this turn."""
        times = read_times(self.caller_text, self.listening).found
        readings = (reading for one in said_times(times) for reading in one.readings)
        days = (one.date() if isinstance(one, datetime) else one for one in readings)
        return tuple(dict.fromkeys(one for one in days if isinstance(one, date)))

    @property
    def caller_disagrees(self) -> bool:
        """Whether the caller named a weekday and a date that do not fit."""
        return read_times(self.caller_text, self.listening).disagreement is not None

    # Words

    @property
    def own_texts(self) -> tuple[str, ...]:
        """What the business and the tools of this turn say, word for word."""
        business = self.business
        answers = (faq.answer for faq in (*business.faqs, *business.policies))
        emergency = business.emergency.say if business.emergency else ""
        ours = (business.greeting, business.notice, emergency)
        return (*self.told_by_tools, *answers, *ours, *self.goods.texts())

    @property
    def told_by_tools(self) -> tuple[str, ...]:
        """What the tools of this turn would say."""
        return tuple(result.spoken for result in self._context.results)

    @property
    def told_texts(self) -> tuple[str, ...]:
        """The same, with all else that the business file puts into words, and what we have said."""
        business = self.business
        things = [each.name for each in business.products]
        things += [each.name for each in business.providers]
        things += [word for each in business.services for word in service_words(each)]
        questions = (faq.question for faq in business.faqs)
        ours = self._lines("assistant")
        return (*self.own_texts, business.name, business.address, *things, *questions, *ours)

    @property
    def caller_texts(self) -> tuple[str, ...]:
        """The caller's words in this call."""
        return (self.caller_text, *self._lines("caller"))

    @property
    def goods(self) -> KnownGoods:
        """Orders, refunds, tickets, the cart and products of this call."""
        facts = self._context.facts
        return KnownGoods(
            self.business,
            self.local_now.date(),
            orders=tuple(facts.own_orders),
            refunds=tuple(facts.refunds),
            tickets=tuple(facts.tickets),
            cart=facts.cart or CartFact(),
            products=tuple(facts.products),
        )

    @property
    def numbers(self) -> tuple[str, ...]:
        """Texts with every telephone number that may be told."""
        business, context = self.business, self._context
        known = (
            business.phone,
            *business.numbers,
            context.phone,
            context.facts.agenda.phone_digits,
        )
        return (*(one for one in known if one), *self.caller_texts)

    @property
    def customers(self) -> tuple[str, ...]:
        """Names of the caller and of whom the bookings are for."""
        facts = self._context.facts
        return tuple(filter(None, (facts.name, *(found.customer for found in facts.found))))

    @cached_property
    def people(self) -> tuple[str, ...]:
        """First and last names of the providers, in lower case."""
        names = (part for each in self.business.providers for part in name_parts(each.name))
        return tuple(part for part in names if len(part) > 2)

    @property
    def words(self) -> Known:
        """What may be told of the business."""
        if "words" not in self._lately:
            business = self.business
            answers = [faq.question for faq in business.faqs]
            self._lately["words"] = known_of(
                (*self.told_texts, *self.customers),
                self.caller_texts,
                answers=answers,
                people=self.people,
                products=(each.name for each in business.products),
                services=tuple(service_words(each) for each in business.services),
            )
        return cast(Known, self._lately["words"])

    @property
    def _lately(self) -> dict[str, object]:
        """What was read since the last tool of the turn."""
        if self._read_after != len(self._context.results):
            self._read_after, self._read_since = len(self._context.results), {}
        return self._read_since

    def _lines(self, who: str) -> tuple[str, ...]:
        lines = (one for one in self._context.history if (one.who == "caller") == (who == "caller"))
        return tuple(one.text for one in lines)

    def _instant(self, second: int) -> datetime:
        return datetime.fromtimestamp(second, self.business.zone).replace(tzinfo=None)

    def _results(self, key: str) -> Iterator[dict[str, Any]]:
        for result in self._context.results:
            one = result.facts.get(key)
            if isinstance(one, dict):
                yield one


def _texts(facts: Any) -> Iterator[str]:
    if isinstance(facts, str):
        yield facts
    elif isinstance(facts, dict):
        for value in facts.values():
            yield from _texts(value)
    elif isinstance(facts, list):
        for value in facts:
            yield from _texts(value)


@dataclass(frozen=True, slots=True)
class KnownBooking:
    """One of them."""

    booking: Booking
    start: datetime
    """Naive local, as the end."""
    end: datetime
    moved: bool
    """By the caller, in this call."""
    was_at: tuple[datetime, ...]
    """Starts it had before; naive local."""
