"""The people and services that a sentence of ours names."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from functools import lru_cache

from scheduling.business import Business
from scheduling.values import Booking
from voice.call import CallContext
from voice.spoken import MONTHS, WEEKDAYS
from voice.understanding.everyday import NOT_NAMES

_TITLES = frozenset({"dr", "mr", "mrs", "ms", "miss", "doctor", "the", "and"})
_CAPITAL = re.compile(r"(?<=[\w,'’] )[A-ZÀ-Þ][\w'’-]*[a-zà-ÿ][\w'’-]*")
_SOMEBODY = re.compile(
    r"\b(?:with|see|under|for|dr\.?|doctor|nurse|mr\.?|mrs\.?|ms\.?) "
    r"(?P<name>(?-i:[A-ZÀ-Þ][A-Za-zÀ-ÿ'’-]+(?: [A-ZÀ-Þ][A-Za-zÀ-ÿ'’-]+)?))"
    r"|(?:^|[,.!] )(?:dr\.? )?(?P<first>(?-i:[A-ZÀ-Þ][a-zà-ÿ'’-]+))"
    r"(?='s (?:free|available|in)\b| (?:can|could|will|has|is|would) (?:\w+ )?"
    r"(?:see|free|available|nine|ten|\d|open|time|fit|take|do|noon|[a-z]+ o'clock)\b)",
    re.IGNORECASE,
)
"""A capital where a person would be named."""
_ORDINARY = frozenset(
    {word.lower() for word in (*WEEKDAYS, *MONTHS)}
    | {"i", "i'm", "i've", "i'll", "am", "pm", "noon", "midnight", "your", "you", "thanks", "great"}
)


def providers_named(business: Business, text: str, *, first: bool = False) -> set[str]:
    """Ids of the providers named; `first` keeps whom the nearest name belongs to."""
    found: list[tuple[int, str]] = []
    for provider in business.providers:
        for part in _parts(provider.name):
            for hit in _whole(part).finditer(text):
                found.append((hit.start(), provider.id))
    if first and found:
        nearest = min(start for start, _ in found)
        return {provider_id for start, provider_id in found if start == nearest}
    return {provider_id for _, provider_id in found}


def services_named(business: Business, text: str) -> set[str]:
    """Ids of the services named. A name within a longer name does not count."""
    named = [
        (name.lower(), service.id)
        for service in business.services
        for name in (service.name, *service.also)
        if _one_or_more(name).search(text)
    ]
    return {
        service_id
        for name, service_id in named
        if not any(name != other and name in other for other, _ in named)
    }


def wrong_service(business: Business, text: str, service_id: str) -> bool:
    """Whether it names services, and not this one."""
    named = services_named(business, text)
    return bool(named) and service_id not in named


def false_performer(business: Business, text: str) -> bool:
    """Whether somebody named does not perform what is named beside them."""
    people = providers_named(business, text)
    services = services_named(business, text) if people else set()
    does = {each.id: set(each.services) for each in business.providers if each.id in people}
    return bool(services) and not (
        all(services & each for each in does.values())
        and all(any(one in each for each in does.values()) for one in services)
    )


def names_stranger(context: CallContext, text: str, bookings: Sequence[Booking]) -> bool:
    """Whether a name is said that is neither the customer's, nor the business's, nor the
    caller's own word."""
    business = context.business
    own: Iterable[str] = (
        *(booking.customer_name for booking in bookings),
        *(booking.provider for booking in bookings),
        *(provider.name for provider in business.providers),
        *(name for service in business.services for name in (service.name, *service.also)),
        business.name,
        business.address,
        context.facts.name or "",
        context.text,
        *(line.text for line in context.history),
    )
    words = _ORDINARY | _TITLES | frozenset[str]().union(*map(_words, own))
    return any(not _words(name) <= words for name in _CAPITAL.findall(text))


def tells_of_a_stranger(context: CallContext, text: str) -> bool:
    """Whether somebody is said to see callers, or to be the customer, whom this call does not
    know."""
    named = [found["name"] or found["first"] for found in _SOMEBODY.finditer(text)]
    if not named:
        return False
    own: Iterable[str] = (
        *(provider.name for provider in context.business.providers),
        *(name for service in context.business.services for name in (service.name, *service.also)),
        *(f"{faq.question} {faq.answer}" for faq in context.business.faqs),
        *(known.customer for known in context.facts.found),
        *(result.spoken for result in context.results),
        context.business.name,
        context.business.address,
        context.facts.name or "",
        context.text,
        *(line.text for line in context.history),
    )
    words = _ORDINARY | _TITLES | NOT_NAMES | frozenset[str]().union(*map(_words, own))
    return any(not _words(name) <= words for name in named)


@lru_cache(maxsize=1024)
def _whole(word: str) -> re.Pattern[str]:
    return re.compile(rf"\b{re.escape(word)}\b", re.IGNORECASE)


@lru_cache(maxsize=1024)
def _one_or_more(word: str) -> re.Pattern[str]:
    return re.compile(rf"\b{re.escape(word)}s?\b", re.IGNORECASE)


@lru_cache(maxsize=1024)
def _parts(name: str) -> list[str]:
    return [part for part in re.findall(r"[\w'’-]+", name) if part.lower() not in _TITLES]


@lru_cache(maxsize=4096)
def _words(text: str) -> frozenset[str]:
    return frozenset(re.findall(r"[\w']+", text.casefold().replace("’", "'")))
