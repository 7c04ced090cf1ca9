"""Public holidays of a country or its subdivision, and which of them close a business."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from datetime import date
from functools import cache
from typing import Literal

ENGLISH = "en_US"
NOT_THE_DAY = re.compile(r"\s*\((?:observed|estimated|, )+\)$")
"""What the calendar adds to a name on a day in its place."""


def closes_on(
    day: date,
    country: str,
    subdivision: str | None,
    rule: Literal["open", "closed"] | tuple[str, ...],
) -> bool:
    """Whether the rule of `[booking].holidays` closes that date; a name covers its observed day."""
    if rule == "open":
        return False
    names = _by_date(country, subdivision, day.year).get(day, frozenset())
    if rule == "closed":
        return bool(names)
    return any(_key(name) in names for name in rule)


def holiday_on(day: date, country: str, subdivision: str | None) -> str | None:
    """What that date is called, in English where the calendar knows it; None on other days."""
    *_, language = _languages(country)
    named = _holidays(country, subdivision, day.year, language)
    return next((NOT_THE_DAY.sub("", name) for at, name in named if at == day), None)


def holiday_names(country: str, subdivision: str | None, years: Iterable[int]) -> list[str]:
    """Every name that can be written in a business file, sorted, observed days left out."""
    return sorted(
        {
            NOT_THE_DAY.sub("", name)
            for year in years
            for language in _languages(country)
            for _, name in _holidays(country, subdivision, year, language)
        }
    )


def is_holiday_name(name: str, names: Iterable[str]) -> bool:
    """Whether one of the names is meant, whatever its case."""
    return _key(name) in {_key(known) for known in names}


@cache
def countries() -> Mapping[str, frozenset[str]]:
    """Countries with known holidays and their subdivisions."""
    import holidays  # costly, and a business without holidays never needs it

    return {
        country: frozenset(subdivisions)
        for country, subdivisions in holidays.list_supported_countries(include_aliases=True).items()
    }


@cache
def _by_date(country: str, subdivision: str | None, year: int) -> Mapping[date, frozenset[str]]:
    """Keys of the names by date, in the country's language and in English."""
    found: dict[date, set[str]] = {}
    for language in _languages(country):
        for day, name in _holidays(country, subdivision, year, language):
            found.setdefault(day, set()).add(_key(name))
    return {day: frozenset(names) for day, names in found.items()}


@cache
def _holidays(
    country: str, subdivision: str | None, year: int, language: str | None
) -> tuple[tuple[date, str], ...]:
    import holidays

    calendar = holidays.country_holidays(country, subdiv=subdivision, years=year, language=language)
    return tuple((day, name) for day in sorted(calendar) for name in calendar.get_list(day))


@cache
def _languages(country: str) -> tuple[str | None, ...]:
    """The country's own and English; named, since otherwise the server's locale would choose."""
    import holidays

    calendar = holidays.country_holidays(country)
    supported = calendar.supported_languages
    return tuple(dict.fromkeys((calendar.default_language, *({ENGLISH} & set(supported)))))


def _key(name: str) -> str:
    straight = name.replace("\N{RIGHT SINGLE QUOTATION MARK}", "'")
    return " ".join(NOT_THE_DAY.sub("", straight).casefold().split())
