"""The people and services that a sentence of ours names."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache

from scheduling.business import Business, Service
from support.faq import stem
from voice.claims.words import Wording
from voice.spoken import MONTHS, WEEKDAYS

_SAYS = Wording("names")
_TITLES = _SAYS.words("titles")
_CAPITAL = re.compile(r"(?<=[\w,'’] )[A-ZÀ-Þ][\w'’-]*[a-zà-ÿ][\w'’-]*")
_SOMEBODY = _SAYS.pattern("somebody")
"""A capital where one of us would be named."""
_DOES = _SAYS.pattern("does")
_LONG_WORD = 6
_INTRODUCES = _SAYS.pattern("introduces")
_ORDINARY = _SAYS.words("ordinary") | {word.lower() for word in (*WEEKDAYS, *MONTHS)}


def providers_named(business: Business, text: str, *, first: bool = False) -> list[frozenset[str]]:
    """For each name the ids of those who may be meant; `first` keeps the nearest name alone."""
    named: dict[str, set[str]] = {}
    for provider in business.providers:
        for part in name_parts(provider.name):
            named.setdefault(part, set()).add(provider.id)
    found = [
        (hit.start(), frozenset(ids))
        for part, ids in named.items()
        for hit in _whole(part).finditer(text)
    ]
    found.sort(key=lambda one: one[0])
    return [ids for _, ids in found[: 1 if first else None]]


def services_named(business: Business, text: str) -> frozenset[str]:
    """Ids of the services named. A name within a longer name does not count."""
    named = [
        (name.lower(), service.id)
        for service in business.services
        for name in (service.name, *service.also)
        if is_named(name, text)
    ]
    return frozenset(
        service_id
        for name, service_id in named
        if not any(name != other and name in other for other, _ in named)
    )


def false_performer(business: Business, text: str) -> bool:
    """Whether somebody named does not perform what is named beside them."""
    services = services_named(business, text)
    does = {each.id: set(each.services) for each in business.providers}
    people = providers_named(business, text) if services else []
    each_does_some = all(any(services & does[one] for one in ids) for ids in people)
    each_done = all(
        any(service in does[one] for ids in people for one in ids) for service in services
    )
    if not services and _DOES.search(text):
        return bool(providers_named(business, text))
    return bool(people) and not (each_does_some and each_done)


def strangers_named(text: str, known: Iterable[str]) -> bool:
    """Whether any name is said that is in none of the texts known."""
    return any(_is_strange(name, known) for name in _CAPITAL.findall(text))


def tells_of_a_stranger(text: str, known: Iterable[str]) -> bool:
    """Whether somebody is said to see callers who is in none of the texts known."""
    named = [found["name"] or found["first"] for found in _SOMEBODY.finditer(text)]
    return any(_is_strange(name, known) for name in named)


def introduces_a_person(text: str, business: Business) -> bool:
    """Whether it says that somebody of that name is speaking."""
    found = _INTRODUCES.search(text)
    return found is not None and _is_strange(found["name"] or found["first"], (business.name,))


def without_names(text: str, names: Iterable[str]) -> str:
    """The text without these people's names, and without "Mrs. Ruiz" where one is called so."""
    for name in names:
        if name.strip():
            text = re.sub(rf"\b{re.escape(name.strip())}\b", " ", text, flags=re.IGNORECASE)
            last = re.escape(name.split()[-1])
            text = re.sub(rf"\b(?:mr|mrs|ms|miss)\.? {last}\b", " ", text, flags=re.IGNORECASE)
    return text


def is_named(name: str, text: str) -> bool:
    """Whether the text has the name of a thing, one or more of it, or the deed of one word."""
    if _one_or_more(name).search(text) is not None:
        return True
    deed = stem(name.lower()) if len(name) > _LONG_WORD and name.isalpha() else None
    return deed is not None and any(stem(word) == deed for word in _words(text))


def service_words(service: Service) -> tuple[str, ...]:
    """All that it is called."""
    return (service.name, *service.also)


@lru_cache(maxsize=1024)
def name_parts(name: str) -> tuple[str, ...]:
    """First and last names, without titles."""
    parts = re.findall(r"[\w'’-]+", name)
    return tuple(part.lower() for part in parts if part.lower() not in _TITLES)


def _is_strange(name: str, known: Iterable[str]) -> bool:
    words = _ORDINARY | _TITLES | frozenset[str]().union(*map(_words, known))
    return not _words(name) <= words


@lru_cache(maxsize=1024)
def _whole(word: str) -> re.Pattern[str]:
    return re.compile(rf"\b{re.escape(word)}\b", re.IGNORECASE)


@lru_cache(maxsize=1024)
def _one_or_more(word: str) -> re.Pattern[str]:
    return re.compile(rf"\b{re.escape(word)}s?\b", re.IGNORECASE)


@lru_cache(maxsize=4096)
def _words(text: str) -> frozenset[str]:
    said = re.findall(r"[\w']+", text.casefold().replace("’", "'"))
    return frozenset(word.removesuffix("'s") for word in said)
