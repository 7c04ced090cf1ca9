"""The claims of a clause held against what this call knows: times, opening hours, lengths, prices,
people; and superlatives ("the only ones", "nothing else", "the earliest"), which are so when the
book, looked at again, has nothing that speaks against it."""

from __future__ import annotations

import re
from collections.abc import Sequence, Set
from dataclasses import replace
from datetime import date, datetime, time, timedelta

from scheduling.values import Offer, Window
from support.faq import content
from voice.claims.acts import Act
from voice.claims.backing import Backing, KnownBooking
from voice.claims.figures import (
    IS_FREE,
    NUMBER_WORD,
    amounts,
    lengths,
    number_told,
    tells_free_of_charge,
)
from voice.claims.names import (
    is_named,
    providers_named,
    service_words,
    services_named,
    strangers_named,
)
from voice.claims.times import SaidTime, any_within, ends, is_day, only_a_day
from voice.claims.words import Clause, Wording
from voice.understanding.reading import Moment, When

_SAYS = Wording("proof")
_COUNTED = _SAYS.pattern("counted")
_ALL_FREE = _SAYS.pattern("all_free")
_COME = _SAYS.pattern("come")
_CALL_US = _SAYS.pattern("call_us")
_SAME_THING = 2
"""Words in common, and an answer of the business speaks of what a sentence speaks of."""
_OF_IT = _SAYS.pattern("of_it")
_OF_TIMES = _SAYS.pattern("of_times")
_OF_FIGURES = frozenset(content(f"{NUMBER_WORD.replace('|', ' ')} minutes hours"))
_OF_HOURS = Wording("hours")
_HOURS = _OF_HOURS.pattern("hours")
_EVERY_WEEK = _OF_HOURS.pattern("every_week")
TIMES_FREE = _OF_HOURS.pattern("times_free")
_SHUT = _OF_HOURS.pattern("shut")
_EVERY_DAY = _OF_HOURS.pattern("every_day")
_ROUND_THE_CLOCK = _OF_HOURS.pattern("round_the_clock")
_ONLY_THEN = _OF_HOURS.pattern("only_then")
"""It would have to be known of every other day."""
_CLOCK = _OF_HOURS.pattern("clock")
_IS_OPEN_AT = _OF_HOURS.pattern("is_open_at")
_OPENS_AT = _OF_HOURS.pattern("opens_at")
_BOUND = _OF_HOURS.pattern("bound")
_OUTRIGHT = Wording("superlatives")
_SOON = _OUTRIGHT.pattern("soon")
_NONE = _OUTRIGHT.pattern("none")
_FULL = _OUTRIGHT.pattern("full")
_NO_MORE = _OUTRIGHT.pattern("no_more")
_LEFT = _OUTRIGHT.pattern("left")
_EARLIEST = _OUTRIGHT.pattern("earliest")
_LATEST = _OUTRIGHT.pattern("latest")
_OF_THESE = _OUTRIGHT.pattern("of_these")


async def unproven_superlative(known: Backing, clause: Clause, said: Sequence[SaidTime]) -> bool:
    """Whether it says that there is nothing else, nothing earlier or nothing later than what
    is offered, and the book has some."""
    text = clause.text
    if clause.asks or _OF_THESE.search(text) or tells_hours(clause):
        return False
    kinds = [kind for kind in (_FULL, _NO_MORE, _EARLIEST, _LATEST) if kind.search(text)]
    offers = await known.offers()
    if not offers and _NONE.search(text) and (said or _SOON.search(text)):
        return not known.told_by_tools and not await known.bookings()
    of_times = offers or said or _FULL in kinds or TIMES_FREE.search(text)
    if not kinds or not (of_times or _LEFT.search(text)):
        return False
    if not offers:
        return not (known.told_by_tools or (clause.denies and said and _FULL not in kinds))
    whole, rest = _windows(known, kinds, said, offers)
    if any(window.start <= offer.start < window.end for window in rest for offer in offers):
        return True
    for window in (*whole, *rest):
        if await _is_free(known, clause, window):
            return True
    return False


async def _is_free(known: Backing, clause: Clause, window: Window) -> bool:
    business, offers = known.business, await known.offers()
    named = set[str]().union(*providers_named(business, clause.text))
    people = named or {offer.provider_id for offer in offers}
    for service_id in {offer.service_id for offer in offers}:
        for provider_id in people:
            if await known.free_within(service_id, provider_id, window):
                return True
    return False


class Proof:
    """Whether what is told of acts, times, superlatives and sums is so."""

    def __init__(self, known: Backing) -> None:
        self._known = known

    async def lacks(
        self, act: Act, text: str, said: Sequence[SaidTime], spans: Sequence[When]
    ) -> bool:
        """Whether nothing in the store is as these words tell it."""
        if act == "done" and self._known.wrote:
            return False
        backing = [known for known in await self._known.bookings() if _backs(known, act)]
        if act in ("booked", "done") and not said and self._known.deciding:
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
        business, theirs = self._known.business, {one.booking.provider_id for one in fitting}
        services = services_named(business, text)
        known = (*self._known.told_texts, *self._known.caller_texts, *self._known.customers)
        known = (*known, *(one.booking.customer_name for one in fitting))
        return (
            any(ids.isdisjoint(theirs) for ids in providers_named(business, text))
            or not services.issubset(one.booking.service_id for one in fitting)
            or strangers_named(text, known)
        )

    async def false_times(
        self, clause: Clause, said: Sequence[SaidTime], spans: Sequence[When], sentence: str
    ) -> str | None:
        """`hours`, `time`; None: all may be said."""
        named = providers_named(self._known.business, clause.text)
        who = set[str]().union(*named)
        if tells_hours(clause):
            return "hours" if false_hours(self._known, clause, said, spans, who) else None
        if self._answered(clause.text, [*said, *(end for when in spans for end in ends(when))]):
            return None
        for one in said:
            if not await self._may_be_told(one, clause, sentence):
                return "time"
        told = clause.offers and not clause.asks
        if _frees_everything(clause):
            return "time"
        if told and TIMES_FREE.search(clause.text) and not (said or await self._has_any(who)):
            return "time"
        if told and spans and await self._holds_nothing(spans):
            return "time"
        return None

    def _answered(self, text: str, said: Sequence[SaidTime]) -> bool:
        """Whether an answer of the business speaks of the same thing and has these times."""
        answers = [each for each in self._known.own_texts if _speaks_of_the_same(each, text)]
        if not said or not answers:
            return False
        told = {one for each in answers for one in self._known.times_in(each)}
        return all(any(reading in told for reading in one.readings) for one in said)

    async def _has_any(self, who: set[str]) -> bool:
        """Whether there are times to speak of, with one of these people if any is named."""
        offers = await self._known.offers()
        return bool(self._known.of_results()) or any(
            not who or offer.provider_id in who for offer in offers
        )

    async def _holds_nothing(self, spans: Sequence[When]) -> bool:
        """Whether nothing that may be told lies in these stretches, or a clock time that ends one
        is not known."""
        known = self._known
        offers = [(known.local(one.start), known.local(one.end)) for one in await known.offers()]
        offers += [(one.start, one.end) for one in await known.bookings()]
        starts = [start for start, _ in offers] + known.of_results()
        if any(not any_within(when, starts) for when in spans):
            return True
        bounds = [one for when in spans if has_clock(when) for one in ends(when)]
        moments = [*starts, *(end for _, end in offers)]
        return any(
            not any(one.fits(at) for at in moments) and not known.caller_named(one)
            for one in bounds
        )

    async def _may_be_told(self, one: SaidTime, clause: Clause, sentence: str) -> bool:
        if (clause.asks or clause.looks) and only_a_day(one):
            return True  # a question about days offers nothing yet
        if only_a_day(one) and not (clause.frees or _OF_IT.match(clause.text)):
            return True  # "Thursday's my favourite day"
        denies = clause.denies and not clause.asks
        if denies and clause.denies_at(one.span[0]):
            return True
        if clause.offers or denies:
            return await self._is_offered(one, clause, sentence)
        return await self._may_be_said(one, clause.text)

    async def _is_offered(self, one: SaidTime, clause: Clause, sentence: str) -> bool:
        known, business = self._known, self._known.business
        fitting = [each for each in await known.offers() if one.fits(known.local(each.start))]
        if fitting:
            after = providers_named(business, sentence[one.span[1] :], first=True)
            named = set[str]().union(*(after or providers_named(business, sentence)))
            services = services_named(business, clause.text)
            return any(
                (not named or offer.provider_id in named)
                and (not services or offer.service_id in services)
                for offer in fitting
            )
        services = services_named(business, clause.text)
        named = set[str]().union(*providers_named(business, clause.text))
        coming = set(known.of_results())
        coming |= {
            each.start
            for each in await known.bookings()
            if (not services or each.booking.service_id in services)
            and (not named or each.booking.provider_id in named)
        }
        return any(one.fits(at) for at in coming)

    async def _may_be_said(self, one: SaidTime, text: str) -> bool:
        """A time that is neither offered nor confirmed: anything that this call is about."""
        known = self._known
        now = known.local_now
        if known.caller_named(one) or one.fits(now) or now.date() in one.readings:
            return True
        named = set[str]().union(*providers_named(known.business, text))
        offers = [each for each in await known.offers() if not named or each.provider_id in named]
        starts = [*known.of_results(), *(known.local(each.start) for each in offers)]
        for each in await known.bookings():
            starts += [each.start, *each.was_at]
        return any(one.fits(at) for at in starts)

    async def false_price(self, clause: Clause) -> bool:
        """A sum that is not the price of what is spoken of, nor in an answer on the same thing."""
        known, text = self._known, clause.text
        told = [each for each in known.own_texts if _speaks_of_the_same(each, text)]
        if not (clause.denies or clause.asks) and self._is_free_of_charge(text):
            if not any(tells_free_of_charge(each) or "free" in each.lower() for each in told):
                return True
        said = amounts(text)
        if not said:
            return False
        heard = [*known.told_by_tools, *told, *((known.caller_text,) if clause.asks else ())]
        may = {sum_ for each in heard for sum_ in amounts(each)} | await self._prices(text)
        goods = known.goods
        kinds = ("refunded",) if "refund" in text.lower() else ("", "open")
        for kind in kinds if goods.any else ():
            may |= goods.sums(goods.names(text), frozenset([kind]))
        return any(sum_ not in may for sum_ in said)

    async def _prices(self, text: str) -> set[object]:
        """Of what is named, else of what is in hand, else of anything that we do."""
        business = self._known.business
        named = services_named(business, text)
        products = [each for each in business.products if is_named(each.name, text)]
        if not named and not products:
            named = services_named(business, self._known.caller_text)
            named = named or await self._known.services_in_hand()
            products = [] if named else list(business.products)
        services = [
            each for each in business.services if each.id in named or not (named or products)
        ]
        if not named and len(products) == len(business.products):
            services = list(business.services)
        return {each.price for each in services} | {each.price for each in products}

    def _is_free_of_charge(self, text: str) -> bool:
        if tells_free_of_charge(text):
            return True
        found = IS_FREE.search(text)
        said = text[: found.start()] if found else ""
        if found is None or _OF_TIMES.search(said):
            return False
        business = self._known.business
        names = (name for each in business.services for name in service_words(each))
        return any(is_named(name, said) for name in names) or "go" in found[0]

    async def false_length(self, clause: Clause) -> bool:
        """A length that is not the service's, nor in any answer of the business."""
        said = [] if clause.asks or clause.denies else lengths(clause.text)
        if not said:
            return False
        business = self._known.business
        named = services_named(business, clause.text) or await self._known.services_in_hand()
        takes = {each.minutes for each in business.services if not named or each.id in named}
        for each in self._known.own_texts:
            takes |= {*lengths(each)} if _speaks_of_the_same(each, clause.text) else set()
        return not takes.issuperset(said)


def _speaks_of_the_same(answer: str, text: str) -> bool:
    shared = {*content(answer)} & {*content(text)}
    return len(shared - _OF_FIGURES) >= _SAME_THING


def _frees_everything(clause: Clause) -> bool:
    """Whether it says that all of some time is free, which three offers never show."""
    free = _ALL_FREE.search(clause.text) and _COME.search(clause.text)
    return bool(free) and not (clause.asks or clause.denies or _CALL_US.search(clause.text))


def _backs(known: KnownBooking, act: Act) -> bool:
    cancelled = known.booking.status == "cancelled"
    match act:
        case "done":
            return True
        case "booked" | "exists":
            return not cancelled
        case "moved":
            return not cancelled and known.moved
    return act == "cancelled" and cancelled


def _fits_all(known: KnownBooking, said: Sequence[SaidTime]) -> bool:
    """Every time said is the booking's own, its start among them; of a move one may be where it
    was."""
    others = (known.end, *(known.was_at if known.moved else ()))
    starts = [one.fits(known.start) for one in said]
    fits = [one.fits(known.start) or any(one.fits(at) for at in others) for one in said]
    return not said or (any(starts) and all(fits))


def tells_hours(clause: Clause) -> bool:
    """Whether it speaks of when the business is open."""
    weekly = bool(_EVERY_WEEK.search(clause.text)) and not TIMES_FREE.search(clause.text)
    return weekly or bool(_HOURS.search(clause.text))


def false_hours(
    known: Backing, clause: Clause, said: Sequence[SaidTime], spans: Sequence[When], who: Set[str]
) -> bool:
    """Whether what it tells of hours is not so; `who`: of whom."""
    if not clause.asks:
        if _EVERY_DAY.search(clause.text):
            return not all(known.hours_on(day) for day in known.usual_days())
        if _ROUND_THE_CLOCK.search(clause.text) or _ONLY_THEN.search(clause.text):
            return True
    if not all(_in_hours(known, clause, one, who) for one in said):
        return True
    return not (
        clause.asks or all(_are_hours(known, clause, each, who) for each in _on_day(spans, said))
    )


def has_clock(when: When) -> bool:
    """Whether it is bounded by clock times, not by days alone."""
    return _CLOCK.search(when.text) is not None


def _shuts(clause: Clause) -> bool:
    return clause.denies or bool(_SHUT.search(clause.text))


def _in_hours(known: Backing, clause: Clause, one: SaidTime, who: Set[str]) -> bool:
    """Whether that fits when the business, or who is named, is there; a bare time may fit any
    day."""
    for reading in one.readings:
        if isinstance(reading, datetime | date):
            day = reading.date() if isinstance(reading, datetime) else reading
            spans = known.hours_on(day, who)
            if not isinstance(reading, datetime):
                if bool(spans) != _shuts(clause):
                    return True
            elif _open_at(reading, spans, clause):
                return True
        elif any(
            _open_at(datetime.combine(day, reading), known.hours_on(day, who), clause)
            for day in known.usual_days()
        ):
            return True
    return False


def _are_hours(known: Backing, clause: Clause, when: When, who: Set[str]) -> bool:
    """Whether a stretch told is of the opening hours."""
    if not has_clock(when):
        return _is_open_within(known, when, who) != _shuts(clause)
    fits = all(_in_hours(known, clause, one, who) for one in ends(when))
    return fits and _ends_with_hours(known, when, who)


def _ends_with_hours(known: Backing, when: When, who: Set[str]) -> bool:
    """Whether a stretch like "until five" ends when somebody's hours end."""
    end = when.end
    if not isinstance(end, time | datetime) or (isinstance(end, datetime) and end.time() == time()):
        return True
    days = [end.date()] if isinstance(end, datetime) else known.usual_days()
    closing = [span[1] for day in days for span in known.hours_on(day, who)]
    return any(end in (closes, closes.time()) for closes in closing)


def _is_open_within(known: Backing, when: When, who: Set[str]) -> bool:
    """Whether a stretch without a clock time, like "Saturday mornings", has any hours in it."""
    opens = [span for day in known.usual_days() for span in known.hours_on(day, who)]
    if isinstance(when.start, datetime | date) and not isinstance(when.end, time):
        first = when.start.date() if isinstance(when.start, datetime) else when.start
        opens = known.hours_on(first, who)
    middles = [start + (end - start) * part / 8 for start, end in opens for part in range(8)]
    return any_within(when, middles)


def _on_day(spans: Sequence[When], said: Sequence[SaidTime]) -> list[When]:
    """With the one day that is named beside them: "on Saturday we're here until three"."""
    days = {one for each in said for one in each.readings if is_day(one)}
    if len(days) != 1:
        return list(spans)
    (day,) = days

    def put(end: Moment | None) -> Moment | None:
        return datetime.combine(day, end) if isinstance(end, time) else end

    return [replace(when, start=put(when.start), end=put(when.end)) for when in spans]


def _open_at(at: datetime, spans: Sequence[tuple[datetime, datetime]], clause: Clause) -> bool:
    text = clause.text.lower()
    inside = any(start < at < end for start, end in spans)
    if _shuts(clause):
        return not inside or any(at in span for span in spans)
    is_open = _IS_OPEN_AT.search(text) is not None
    if not is_open and _OPENS_AT.search(text):
        return any(at == start for start, _ in spans)
    return any(at in span for span in spans) or (inside and (is_open or not _BOUND.search(text)))


def _windows(
    known: Backing,
    kinds: Sequence[re.Pattern[str]],
    said: Sequence[SaidTime],
    offers: Sequence[Offer],
) -> tuple[list[Window], list[Window]]:
    """Where nothing but the offers, and where nothing at all may be free, for it to be so."""
    starts = sorted(offer.start for offer in offers)
    today = known.local(starts[0]).date()
    readings = [one for each in said for one in each.readings]
    days = [datetime.combine(today, one) if isinstance(one, time) else one for one in readings]
    moments = [known.instant(one) for one in days if isinstance(one, datetime)]
    moments = [one for one in moments if one in starts]
    named = [one.date() if isinstance(one, datetime) else one for one in days]
    day = known.whole_day(named[0] if named else today)
    rest = []
    if _EARLIEST in kinds:
        rest.append(Window(day.start, max(day.start, min(moments, default=starts[0]))))
    if _LATEST in kinds:
        after = max(moments, default=starts[-1]) + timedelta(minutes=1)
        rest.append(Window(after, max(after, day.end)))
    return ([day] if {_NO_MORE, _FULL} & {*kinds} else []), rest
