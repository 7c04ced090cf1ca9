"""Which of a business's own answers fits a question; values only, worded by whoever speaks."""

from __future__ import annotations

import re
from datetime import datetime

from scheduling.business import Business, Product, Service
from support.answers import (
    Answer,
    Horizon,
    Lengths,
    NotOffered,
    Number,
    OwnAnswer,
    People,
    Place,
    Prices,
    Question,
    ServiceList,
    WeekHours,
)
from support.attendance import away, closed_days, days_told, open_now, there, weekdays
from support.faq import best_faq, content, plain, stem
from support.fitting import Closeness, best_fit
from support.mentions import naming, of_one_kind, of_the_case
from support.subjects import subjects
from support.written import (
    in_other_words,
    known_besides,
    of_a_change,
    that_we_ring,
    written_of,
    written_to,
)

REMEDY_SHARE = 0.5
"""Of what is wrong: what is tried in vain costs the caller more than a ticket does."""


_HOURS = re.compile(
    r"\b(?:hours|open(?:s|ing)?|clos(?:e|es|ed|ing)|what time do you|until when|"
    r"how late|how early|"
    r"work(?:ing)? on \w+days?|days? (?:do|does|is|are))\b"
)
_THERE = re.compile(
    r"\b(?:in|there|works?|working|around|here|off|starts?|finish(?:es)?|mornings|evenings|weekends)\b"
)
_HOLIDAYS = re.compile(r"\bholidays?\b")
_NOW = re.compile(r"\b(?:now|right now|still open|currently|at the moment)\b")
_PRICE = re.compile(
    r"\b(?:how much(?! time| notice)|costs?|price[sd]?|pricing|charges?|fees?|rates?)\b"
)
OF_PRICES = frozenset(
    stem(word)
    for word in "costs prices priced pricing charges fees rates visit appointment session service"
    " treatment usually roughly about gonna run set back total list everything things charging pay"
    " paying owe damage dear expensive pricey cheap say reckon".split()
)
"""Words of a question for prices in general."""
OF_SERVICES = frozenset(
    stem(word)
    for word in "offer provide options choices services treatments appointments available kinds"
    " sorts types things list menu range business place able stuff".split()
)
"""Words of a question for all that is done."""
_NO_VISIT = re.compile(
    r"\b(?:cancel\w*|miss(?:ed|ing)?|late|no ?show\w*|not turning up|deposits?|park(?:ing)?|"
    r"reschedul\w*|rearrang\w*|moving|delivery|extra|on top|grants?|"
    r"(?:includ|cover)(?:e|es|s|ed|ing)?)\b"
)
"""What may cost something and is no service: its price is the business's to write down."""
_NO_HOURS = re.compile(
    r"\b(?:wait|waiting|busy|busiest|quiet|cancel\w*|call(?:ing)? (?:it )?off|reschedul\w*)\b"
)
_AHEAD = re.compile(r"\b(?:ahead|advance|far out)\b")
_LENGTH = re.compile(
    r"\b(?:how longs?|duration|length|how many minutes|take long|long (?:the|job)|last)\b"
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
_WHOM = re.compile(r"\b(?:who\w*|which one|any(?:one|body)|some(?:one|body))\b")
_DOES_IT = re.compile(r"\b(?:do|does|doing) (?:it|that|this|those|these|them)\b")
_PEOPLE = re.compile(
    r"\bwho (?:does|performs?|can|will|would|works?|else works?|is there|do you have)\b|"
    r"\b(?:which|what) (?:doctors?|dentists?|people|providers?|stylists?|staff|therapists?)|"
    r"\b(?:doctors?|staff|providers?|stylists?|dentists?) (?:do you have|are there|work)"
)


def find_answer(
    business: Business, question: Question, *, now: datetime, closeness: Closeness | None = None
) -> Answer | None:
    """What the business itself can say to that; None when it has no answer. What it wrote to very
    nearly that question goes first, or to the same subject where that is none of every visit, then
    what is known of the thing or person named, then what it wrote to the same in other words, last
    what it wrote to something near."""
    said = plain(question.text)
    written = (*business.faqs, *business.policies)
    if question.topic == "tech":
        remedy = best_faq(business.faqs, said, least_share=REMEDY_SHARE)
        return OwnAnswer(remedy.answer) if remedy is not None else None
    if question.of_change:
        return of_a_change(business, question, closeness)
    own = written_to(business, question.text) or _in_the_case_told(business, question, closeness)
    told = own or _of_services_alone(business, question, said)
    if told is None and closeness is not None and not question.of_return:
        told = written_of(business, question.text, closeness)
    told = told or _mentioned(business, question, said)
    told = told or _of_whom_it_names(business, question, said, now)
    if told is not None:
        return told
    if closeness is None:
        near, by_words = None, best_faq(written, question.text)
        sure = OwnAnswer(by_words.answer) if by_words is not None else None
    else:
        near = in_other_words(business, question, closeness)
        sure = near if near is not None and near.sure else None
    if sure is not None or question.topic == "free":
        return sure
    if question.topic == "call_me" and closeness is not None:
        near = near or that_we_ring(business, question, closeness)
    told = _by_topic(business, question, said, now) or _by_words(business, question, said, now)
    return near if told is None or isinstance(told, NotOffered) and near is not None else told


def _in_the_case_told(
    business: Business, question: Question, closeness: Closeness | None
) -> OwnAnswer | None:
    """What is surely written of the service that a question names, in the case that was told around
    it: "I'm pregnant, and do you do peels"."""
    told = question.beside
    if closeness is None or not told or not question.named or question.topic == "price":
        return None
    written = (*business.faqs, *business.policies)
    fit = best_fit(written, told, closeness, besides=known_besides(business))
    own = content(business.service(question.service_id).name) if question.service_id else ()
    if fit is None or not fit.sure or not set(own) & set(content(fit.entry.answer)):
        return None
    case, asked = told.replace(question.text, ""), fit.entry.question
    fits = subjects(case) & subjects(asked) or set(content(case)) & set(content(asked)) - set(own)
    return OwnAnswer(fit.entry.answer) if fits else None


def _of_services_alone(business: Business, question: Question, said: str) -> Answer | None:
    """Whether what it names, and nothing else, is done; or what several that it names cost."""
    if question.named and len(question.others) > 1:
        if question.together or _of_price(question, said):
            return _prices_of(business, question, said)
    if question.topic == "service" and (done := _done(business, said)):
        return ServiceList(tuple(each.name for each in business.services), done)
    return None


def _done(business: Business, said: str) -> tuple[str, ...]:
    """The services with a name that has all the telling words of it: "do you do couples as well"
    of a couples massage."""
    asked = set(content(said)) - OF_SERVICES
    return tuple(
        each.name
        for each in business.services
        if asked and any(asked <= set(content(name)) for name in (each.name, *each.also))
    )


def _of_price(question: Question, said: str) -> bool:
    return question.topic == "price" or _PRICE.search(said) is not None


def _mentioned(business: Business, question: Question, said: str) -> OwnAnswer | None:
    """What the business wrote of the service that advice is asked of, or that a case is told of."""
    written = (*business.faqs, *business.policies)
    asked = (question.service_id, *question.others)
    services = [each for each in business.services if each.id in asked]
    found = None
    if question.of_advice:
        found = naming(written, services if question.named else ())
        found = found or naming(written, of_one_kind(business.services, said))
    elif question.on_condition and services:
        found = of_the_case(written, services[0], said)
    return OwnAnswer(found.answer) if found is not None else None


def _of_whom_it_names(
    business: Business, question: Question, said: str, now: datetime
) -> Answer | None:
    """Of a service or a person named in it, and of a day."""
    provider = next((each for each in business.providers if each.id == question.provider_id), None)
    if question.of_return:
        today = now.astimezone(business.zone).date()
        return away(business, provider, today) if provider is not None else None
    if question.topic == "person" or provider is not None:
        told = _person(business, question, said)
        if told is not None:
            return told
    if not question.on_condition and _of_price(question, said):
        other = set(content(said)) - OF_PRICES
        if question.named or not other:
            return _prices_of(business, question, said)
    return _about_a_service(business, question, said) if question.named else None


def _by_topic(business: Business, question: Question, said: str, now: datetime) -> Answer | None:
    match question.topic:
        case "hours" if not _NO_HOURS.search(said):
            return _hours(business, question, said, now)
        case "price":
            of_them = _prices_of(business, question, said) if _PRICE.search(said) else None
            return of_them or _prices(business, said)
        case "location" if business.address and question.of_the_way:
            return Place(business.address)
        case "service":
            return _whether_offered(business, question, said)
        case "policy" if question.service_id is not None and _LENGTH.search(said):
            return _lengths(business, question)
        case "help" if _AHEAD.search(said):
            return Horizon(business.booking.horizon_days)
    return None


def _prices_of(business: Business, question: Question, said: str) -> Prices | None:
    """Of what is named, or was spoken of; a fee for something else is no price of theirs."""
    things = _things_named(business, question, said)
    if not things or _NO_VISIT.search(said):
        return None
    return Prices(tuple((thing.name, thing.price) for thing in things), question.together)


def _prices(business: Business, said: str) -> Answer | None:
    priced = tuple((each.name, each.price) for each in business.services if each.price)
    other = set(content(said)) - OF_PRICES  # "do you price match" asks for no price
    return Prices(priced) if priced and not other and not _NO_VISIT.search(said) else None


def _person(business: Business, question: Question, said: str) -> Answer | None:
    provider = next((each for each in business.providers if each.id == question.provider_id), None)
    spoken_of = question.named or question.points_back and _DOES_IT.search(said)
    if provider is not None and question.service_id is not None and spoken_of:
        return _performers(business, question.service_id, provider.name)
    if question.topic in ("person", "hours") and (told := _who_is_there(business, question, said)):
        return told
    if provider is not None and question.days:
        return days_told(business, question.days, provider=provider)
    is_there = question.topic != "policy" and _THERE.search(said)
    if provider is not None and (question.topic == "hours" or is_there):
        week = weekdays(provider.hours)
        return WeekHours(week, provider.name)
    of_whom = question.topic == "person" and (_WHOM.search(said) or _PEOPLE.search(said))
    if provider is None and question.service_id is not None and of_whom:
        return _performers(business, question.service_id)
    return None


def _who_is_there(business: Business, question: Question, said: str) -> Answer | None:
    """In the part of the day, or on the day, that is asked about: of those it names, else of all
    who do the service, or work here."""
    asked = question.people or ((question.provider_id,) if question.provider_id else ())
    whole_day = question.within is None
    if len(question.days) > 1 or whole_day and (not question.days or len(asked) == 1):
        return None
    if not asked and not (_WHOM.search(said) or _PEOPLE.search(said)):
        return None
    people = business.providers
    if not asked and question.service_id is not None:
        people = business.performers(question.service_id)
    people = tuple(who for who in people if not asked or who.id in asked)
    return there(business, people, next(iter(question.days), None), question.within)


def _performers(business: Business, service_id: str, asked: str | None = None) -> People:
    names = tuple(who.name for who in business.performers(service_id))
    return People(names, business.service(service_id).name, asked)


def _whether_offered(business: Business, question: Question, said: str) -> Answer | None:
    names = tuple(each.name for each in business.services)
    meant = question.named or question.points_back and not content(said)
    if question.service_id is not None and meant:
        return ServiceList(names, (business.service(question.service_id).name,))
    other = set(content(said)) - OF_SERVICES
    return NotOffered(names) if other or question.points_back else ServiceList(names)


def _by_words(business: Business, question: Question, said: str, now: datetime) -> Answer | None:
    told = _about_a_service(business, question, said)
    if told is None and _HOURS.search(said) and not _NO_HOURS.search(said):
        told = _hours(business, question, said, now)
    return told if told is not None else _about_the_business(business, question, said)


def _about_a_service(business: Business, question: Question, said: str) -> Answer | None:
    visits = [
        thing for thing in _things_named(business, question, said) if isinstance(thing, Service)
    ]
    if _LENGTH.search(said) and visits:
        return _lengths(business, question)
    if _PEOPLE.search(said) and visits:
        return _performers(business, visits[0].id)
    return None


def _things_named(business: Business, question: Question, said: str) -> list[Service | Product]:
    asked = (question.service_id, *question.others)
    services = [each for each in business.services if each.id in asked]
    heard = {stem(word) for word in said.split()}
    products = [each for each in business.products if set(content(each.name.lower())) <= heard]
    return [*services, *products]


def _lengths(business: Business, question: Question) -> Lengths:
    asked = (question.service_id, *question.others)
    visits = [each for each in business.services if each.id in asked]
    return Lengths(tuple((visit.name, visit.minutes) for visit in visits))


def _hours(business: Business, question: Question, said: str, now: datetime) -> Answer | None:
    provider = next((each for each in business.providers if each.id == question.provider_id), None)
    days = question.days
    if not days and provider is None and _HOLIDAYS.search(said):
        days = closed_days(business, now.astimezone(business.zone).date())
    if len(days) == 1 and question.within is not None and provider is None:
        return there(business, (None,), days[0], question.within)
    if days and (told := days_told(business, days, provider=provider)) is not None:
        return told
    if _NOW.search(said):
        return open_now(business, now)
    hours = provider.hours if provider is not None else business.weekly_hours()
    week = weekdays(hours)
    return WeekHours(week, provider.name if provider is not None else None) if week else None


def _about_the_business(business: Business, question: Question, said: str) -> Answer | None:
    if _PRICE.search(said):
        return _prices(business, said)
    if question.of_the_way and business.address:
        return Place(business.address)
    if _NUMBER.search(said) and business.phone:
        return Number(business.phone)
    if _PEOPLE.search(said) and business.providers:
        return People(tuple(who.name for who in business.providers))
    names = tuple(each.name for each in business.services)
    if question.service_id is not None and question.named and _SERVICES.search(said):
        return ServiceList(names, (business.service(question.service_id).name,))
    if names and _SERVICES.search(said) and not _unknown_thing(said):
        return ServiceList(names)
    return None


def _unknown_thing(said: str) -> bool:
    """Whether "do you have …" goes on to name something; "what do you have?" does not."""
    asked = re.search(r"\bdo you (?:have|do|offer|provide)(.*)", said)
    return bool(asked and content(asked[1]))
