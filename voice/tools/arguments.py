"""What a model puts into a tool call, made sense of: names, numbers and times as they are said."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import datetime, timedelta

from scheduling.business import Provider, Service
from scheduling.errors import Ambiguous, Past, TooFar, UnknownProvider, UnknownService
from scheduling.phone_numbers import said_number
from scheduling.values import OnBehalf, WishedOrder
from voice.call import CallContext, listening, wish_so_far
from voice.spoken import say_date, say_when
from voice.tools.refusals import Incomplete
from voice.understanding.acts import Act
from voice.understanding.reading import When
from voice.understanding.services.services_said import ANYONE, said_person, said_service
from voice.understanding.times_said import wishes_in
from voice.understanding.wishes.discussed_days import days_in_doubt
from voice.understanding.wishes.joining import Frame, joined
from voice.understanding.wishes.wanted import Span, Wanted, read_note
from voice.understanding.wishes.windows import SkippedTime, instants_of

LONGEST_NAME = 80
REACH = timedelta(days=36525)
"""A hundred years."""
_ANYBODY = {"any", "anyone", "anybody", "no preference", "whoever", "either", "first available"}
_ORDERS: dict[str, WishedOrder] = {
    "soonest": "soonest", "earliest": "soonest", "first": "soonest",
    "latest": "latest", "last": "latest",
    "nearest": "nearest", "closest": "nearest",
}  # fmt: skip
_INSTANT = re.compile(r"\d{4}-\d\d-\d\d[T ]\d\d:\d\d(?::\d\d(?:\.\d+)?)?(?:Z|[+-]\d\d:?\d\d)?")


def on_behalf(context: CallContext) -> OnBehalf:
    """For whom the desk writes."""
    call, verified = context.call, tuple(context.facts.verified)
    if context.attempt is not None:
        return OnBehalf(attempt=context.attempt, known_phone=call.known_phone, verified=verified)
    return OnBehalf(
        call_id=call.call_id,
        holder=call.holder,
        known_phone=call.known_phone,
        verified=verified,
    )


def keyed(context: CallContext, doing: str) -> OnBehalf:
    """The same, for a write that a repeated tool call must not repeat."""
    whom = on_behalf(context)
    if context.key is not None:
        whom["key"] = f"{context.key}:{doing}"
    return whom


def find_service(context: CallContext, said: str) -> Service:
    """By id, name or what callers call it."""
    business = context.business
    wanted = said.strip().casefold()
    for service in business.services:
        if wanted in map(str.casefold, (service.id, service.name, *service.also)):
            return service
    found, _ = said_service(said, listening(context).services)
    if found is None:
        names = [service.name for service in business.services]
        raise UnknownService(f"no service called {said!r}", candidates=names)
    return business.service(found)


def find_provider(context: CallContext, said: str | None, service: Service) -> Provider | None:
    """By id or name; None for anybody. The provider must perform the service."""
    if said is None or said.strip().casefold() in _ANYBODY:
        return None
    wanted = said.strip().casefold()
    performers = context.business.performers(service.id)
    known = [
        who.id
        for who in context.business.providers
        if wanted in (who.id.casefold(), who.name.casefold())
    ]
    found = known[0] if known else said_person(said, listening(context).providers)
    if found == ANYONE:
        return None
    for who in performers:
        if who.id == found:
            return who
    names = [who.name for who in performers]
    raise UnknownProvider(f"no provider {said!r} for {service.id!r}", candidates=names)


def clean_name(said: str | None) -> str:
    """A customer's name in one line."""
    name = " ".join((said or "").split()).strip(" .,;:!?")
    if not any(sign.isalpha() for sign in name) or len(name) > LONGEST_NAME:
        raise Incomplete("What name should I put the appointment under?")
    return name


def clean_phone(context: CallContext, said: str | None) -> str | None:
    """E.164; without one, the number by which the call knows the customer."""
    if said is None or not said.strip():
        return context.phone
    number = said_number(said, context.business.country)
    if number is None:
        raise Incomplete("That does not seem to be a complete telephone number.")
    return number


def read_wanted(context: CallContext, *phrases: str | None) -> Wanted:
    """The wish that these phrases name together, in the light of the call so far; without any,
    what the caller has said so far. Raises Ambiguous or Invalid; see `is_over`."""
    said = " ".join(phrase.strip() for phrase in phrases if phrase and phrase.strip())
    if not said:
        return _before(context)[0]
    wanted = _written(context, phrases) or read_note(said) or _spoken(context, said)
    for span in wanted.spans:
        _check_reach(context, span)
        _check_clock(context, span)
    return wanted


def read_order(said: str | None) -> WishedOrder | None:
    """`soonest`, `latest` or `nearest`, or a word for one of them."""
    order = _ORDERS.get(said.strip().casefold()) if said and said.strip() else None
    if order is None and said and said.strip():
        raise Incomplete("Should it be the earliest or the latest time, or the nearest to one?")
    return order


def is_over(context: CallContext, wanted: Wanted) -> bool:
    """Whether nothing of it is still ahead."""
    return bool(wanted.spans) and all(_is_over(context, span) for span in wanted.spans)


def exact_instant(context: CallContext, wanted: Wanted) -> datetime:
    """The one instant that a wish names, for a booking without an offer. One that is over is the
    desk's to refuse: it knows what is near."""
    exact = wanted.exact
    if exact is None and is_over(context, wanted):
        raise Past("that day is over")
    if exact is None:
        raise Incomplete("Which day and time should it be?")
    instants = instants_of(exact, context.business.zone)
    if len(instants) > 1:
        zone, today = context.business.zone, context.local_now.date()
        said = [say_when(at.astimezone(zone), today, context.business.country) for at in instants]
        raise Ambiguous("the clock shows that time twice", candidates=said)
    return instants[0]


def _written(context: CallContext, phrases: Iterable[str | None]) -> Wanted | None:
    """An instant in ISO form, with or without an offset."""
    given = [phrase.strip() for phrase in phrases if phrase and phrase.strip()]
    text = "T".join(given) if len(given) == 2 else given[0]
    if not _INSTANT.fullmatch(text):
        return None
    try:
        at = datetime.fromisoformat(text)
        if at.tzinfo is not None:
            at = at.astimezone(context.business.zone)
    except (OverflowError, ValueError) as error:
        raise Incomplete("There is no such day or time.") from error
    if at.tzinfo is not None:
        twice = at.utcoffset() != at.replace(fold=1 - at.fold).utcoffset()
        fold = at.fold if twice else None
    else:
        fold = None
    return Wanted(spans=(Span(first=at.date(), last=at.date(), at=at.time(), fold=fold),))


def _spoken(context: CallContext, said: str) -> Wanted:
    wishes, unfitting = wishes_in(said, listening(context))
    times = [when for wish in wishes for when in wish.times]
    if unfitting is not None:
        raise disagreement(context, unfitting, times)
    before, frame = _before(context)
    wanted = joined(before, wishes, frame)
    if not times and wanted == before:
        raise Incomplete("I did not catch the day or the time.")
    return wanted


def _before(context: CallContext) -> tuple[Wanted, Frame]:
    """What the phrases of a tool call are joined to. A hosted model's stand for themselves: the
    built-in reading, which may be wrong, has no part in them."""
    if context.hosted:
        return Wanted(), Frame(today=context.local_now.date())
    return wish_so_far(context)


def other_times(context: CallContext, wanted: Wanted) -> Wanted:
    """The same without the times that were offered last."""
    before, frame = wish_so_far(context)
    return joined(wanted if wanted.spans else before, Act("more"), frame)


def disagreement(context: CallContext, phrase: str, found: Iterable[When]) -> Ambiguous:
    """A weekday and a date that do not fit, with the two days that can be meant."""
    today, country = context.local_now.date(), context.business.country
    return Ambiguous(
        f"the weekday and the date of {phrase!r} do not fit",
        candidates=[say_date(day, today, country) for day in days_in_doubt(found, today)],
    )


def _is_over(context: CallContext, span: Span) -> bool:
    now = context.local_now
    if span.last is not None and span.last < now.date():
        return True
    if span.day is None or span.at is None:
        return False
    return datetime.combine(span.day, span.at) < now - timedelta(minutes=1)


def _check_reach(context: CallContext, span: Span) -> None:
    """Refuses days with which no calendar can reckon: models write the year 9999 for "never"."""
    today = context.local_now.date()
    for day in (span.first, span.last):
        if day is not None and abs(day - today) > REACH:
            raise TooFar(f"{day} is out of reach") if day > today else Past(f"{day} is over")


def _check_clock(context: CallContext, span: Span) -> None:
    """Refuses a time that the clocks skip."""
    if span.day is None or span.at is None:
        return
    try:
        instants_of(span, context.business.zone)
    except SkippedTime as skipped:
        instead = say_when(skipped.instead, context.local_now.date(), context.business.country)
        raise Ambiguous(
            f"the clocks skip {skipped.at.isoformat()}", candidates=[instead]
        ) from skipped
