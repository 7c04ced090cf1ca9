"""Which of a business's own answers fits a question; values only, worded by whoever speaks."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal

from scheduling.business import Business, LocalSpan, Product, Provider, Service
from scheduling.interval import Interval, merge
from scheduling.local_time import seconds_of, utc
from scheduling.windows import days, windows_for
from support.faq import best_faq, content, plain, stem

LOOK_AHEAD_DAYS = 14


@dataclass(frozen=True, slots=True)
class OwnAnswer:
    """Words that the business wrote."""

    text: str


@dataclass(frozen=True, slots=True)
class WeekHours:
    """When somebody, or one provider, is there in an ordinary week."""

    hours: tuple[tuple[int, tuple[LocalSpan, ...]], ...]
    """By weekday; those without hours are left out."""
    provider: str | None = None


@dataclass(frozen=True, slots=True)
class DayHours:
    """When somebody, or one provider, is there on a date; instants in UTC."""

    day: date
    spans: tuple[tuple[datetime, datetime], ...]
    reason: str = ""
    """Why it is closed, where the business says so."""
    provider: str | None = None


@dataclass(frozen=True, slots=True)
class OpenNow:
    """Whether somebody is there, until when or from when; instants in UTC."""

    open: bool
    until: datetime | None = None
    opens: datetime | None = None


@dataclass(frozen=True, slots=True)
class Prices:
    """What things cost; None where the business names no price."""

    items: tuple[tuple[str, Decimal | None], ...]


@dataclass(frozen=True, slots=True)
class Lengths:
    """How long visits take, in minutes."""

    items: tuple[tuple[str, int], ...]


@dataclass(frozen=True, slots=True)
class Place:
    """Where the business is."""

    address: str


@dataclass(frozen=True, slots=True)
class Number:
    """Where a person answers."""

    phone: str


@dataclass(frozen=True, slots=True)
class ServiceList:
    """What can be booked."""

    names: tuple[str, ...]
    asked: str | None = None
    """The one that was asked about, if there is such."""


@dataclass(frozen=True, slots=True)
class People:
    """Who works here, or who performs one service."""

    names: tuple[str, ...]
    service: str | None = None


Answer = (
    OwnAnswer | WeekHours | DayHours | OpenNow | Prices | Lengths | Place | Number | ServiceList
    | People
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Question:
    """What was asked, with what was understood of it."""

    text: str
    days: tuple[date, ...] = ()
    service_id: str | None = None
    provider_id: str | None = None
    others: tuple[str, ...] = ()
    """Services named beside the first: "a cut and colour"."""


_HOURS = re.compile(
    r"\b(?:hours?|open(?:s|ing)?|clos(?:e|es|ed|ing)|what time do you|until when|"
    r"how late|how early|"
    r"(?:work|working|there|in) on|days? (?:do|does|is|are)|"
    r"(?:is|are|does|will) .{1,30}\b(?:in|there|work|works|working|around))\b"
)
_NOW = re.compile(r"\b(?:now|right now|still open|currently|at the moment)\b")
_PRICE = re.compile(
    r"\b(?:how much|cost|costs|price|prices|priced|pricing|charge|charges|fees?|rates?)\b"
)
_NO_VISIT = re.compile(
    r"\b(?:cancel\w*|miss(?:ed|ing)?|late|no ?show\w*|not turning up|deposits?|park(?:ing)?|"
    r"reschedul\w*|rearrang\w*|moving|delivery)\b"
)
"""What may cost something and is no service: its price is the business's to write down."""
_LENGTH = re.compile(r"\b(?:how long|duration|length|how many minutes|take long|last)\b")
_PLACE = re.compile(
    r"\b(?:where (?:are|is|do|can)|address|located|location|directions?|find you|"
    r"get (?:to you|there)|what street)\b"
)
_NUMBER = re.compile(
    r"\b(?:(?:your|phone|telephone|contact|office) number|call you back on|"
    r"number (?:to|can) (?:call|i call))\b"
)
_SERVICES = re.compile(
    r"\b(?:what|which) (?:kinds? of |types? of |sorts? of |other )?"
    r"(?:services?|appointments?|treatments?|things)|"
    r"\bwhat (?:do|can) you (?:offer|do|provide|book)|\bdo you (?:offer|do|have|provide)\b|"
    r"\bwhat (?:can i book|is available|you offer|do you (?:have|treat))"
)
_PEOPLE = re.compile(
    r"\bwho (?:does|do|is|are|works?|performs?|can|will|would)\b|"
    r"\b(?:which|what) (?:doctors?|dentists?|people|providers?|stylists?|staff|therapists?)|"
    r"\b(?:doctors?|staff|providers?|stylists?|dentists?) (?:do you have|are there|work)"
)


def find_answer(business: Business, question: Question, *, now: datetime) -> Answer | None:
    """What the business itself can say to that; None when it has no answer."""
    said = plain(question.text)
    sure = _about_a_service(business, question, said) or _about_hours(business, question, said, now)
    if sure is not None:
        return sure
    written = best_faq(business.faqs, said)
    if written is not None:
        return OwnAnswer(written.answer)
    return _about_the_business(business, question, said)


def _about_a_service(business: Business, question: Question, said: str) -> Answer | None:
    things = _things_named(business, question, said)
    if _PRICE.search(said) and things:
        return Prices(tuple((thing.name, thing.price) for thing in things))
    visits = [thing for thing in things if isinstance(thing, Service)]
    if _LENGTH.search(said) and visits:
        return Lengths(tuple((visit.name, visit.minutes) for visit in visits))
    if _PEOPLE.search(said) and visits:
        names = tuple(who.name for who in business.performers(visits[0].id))
        return People(names, visits[0].name)
    return None


def _things_named(business: Business, question: Question, said: str) -> list[Service | Product]:
    asked = (question.service_id, *question.others)
    services = [each for each in business.services if each.id in asked]
    heard = {stem(word) for word in said.split()}
    products = [each for each in business.products if set(content(each.name.lower())) <= heard]
    return [*services, *products]


def _about_hours(business: Business, question: Question, said: str, now: datetime) -> Answer | None:
    if not _HOURS.search(said):
        return None
    provider = next((each for each in business.providers if each.id == question.provider_id), None)
    if question.days:
        return hours_on(business, question.days[0], provider=provider)
    if _NOW.search(said):
        return open_now(business, now)
    if provider is not None:
        week = tuple((weekday, spans) for weekday, spans in sorted(provider.hours.items()) if spans)
        return WeekHours(week, provider.name)
    return WeekHours(tuple(business.weekly_hours().items()))


def _about_the_business(business: Business, question: Question, said: str) -> Answer | None:
    if _PRICE.search(said) and _NO_VISIT.search(said):
        return None
    if _PRICE.search(said) and any(service.price for service in business.services):
        return Prices(tuple((each.name, each.price) for each in business.services if each.price))
    if _PLACE.search(said) and business.address:
        return Place(business.address)
    if _NUMBER.search(said) and business.phone:
        return Number(business.phone)
    if _PEOPLE.search(said) and business.providers:
        return People(tuple(who.name for who in business.providers))
    if _LENGTH.search(said) and business.services:
        return Lengths(tuple((each.name, each.minutes) for each in business.services))
    if question.service_id is not None and _SERVICES.search(said):
        named = business.service(question.service_id).name
        return ServiceList(tuple(each.name for each in business.services), named)
    if _SERVICES.search(said) and not _unknown_thing(business, said):
        return ServiceList(tuple(each.name for each in business.services))
    return None


def _unknown_thing(business: Business, said: str) -> bool:
    """Whether "do you have …" goes on to name something; "what do you have?" does not."""
    asked = re.search(r"\bdo you have(.*)", said)
    return bool(asked and content(asked[1]))


def hours_on(business: Business, day: date, *, provider: Provider | None = None) -> DayHours:
    """When somebody is there on that date, after closures, holidays and dated openings."""
    people = (provider,) if provider else business.providers
    spans = merge(window for who in people for window in windows_for(business, who.id, day, day))
    reasons = [
        closure.reason
        for closure in business.closures
        if closure.first <= day <= closure.last
        and closure.provider in (None, provider.id if provider else None)
    ]
    return DayHours(
        day,
        tuple((utc(span.start), utc(span.end)) for span in spans),
        reasons[0] if reasons and not spans else "",
        provider.name if provider else None,
    )


def open_now(business: Business, now: datetime) -> OpenNow:
    """Whether a person is there at that instant."""
    at = seconds_of(now)
    for span in _attended(business, now):
        if span.start <= at < span.end:
            return OpenNow(True, until=utc(span.end))
        if span.start > at:
            return OpenNow(False, opens=utc(span.start))
    return OpenNow(False)


def _attended(business: Business, now: datetime) -> Iterable[Interval]:
    today = now.astimezone(business.zone).date()
    for first in days(today - timedelta(days=1), today + timedelta(days=LOOK_AHEAD_DAYS)):
        yield from merge(
            window
            for who in business.providers
            for window in windows_for(business, who.id, first, first)
        )
