"""What must hold between the keys of a business file: references, ids, places, limits."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal
from difflib import get_close_matches
from functools import cache
from zoneinfo import available_timezones

from scheduling.business_keys import DAY_MINUTES, BusinessTable, FileTable
from scheduling.holidays import countries, holiday_names, is_holiday_name

HOLIDAY_YEARS = range(2024, 2032)
ANYBODY = "any"

Wrong = tuple[str, str]
"""A key path and the reason."""


def check(file: FileTable) -> Iterator[Wrong]:
    """Everything that is wrong with a file whose keys and types are right."""
    yield from _place(file.business)
    yield from _limits(file)
    yield from _ids(file)
    yield from _references(file)
    yield from _prices(file)


def currency_of(business: BusinessTable) -> str | None:
    """The currency written, else the country's; None when neither is known."""
    if business.currency is not None:
        return business.currency
    from babel.numbers import get_territory_currencies

    return next(iter(get_territory_currencies(business.country)), None)


@cache
def time_zones() -> frozenset[str]:
    """Those of this machine, looked for once: hundreds of files are opened for it."""
    return frozenset(available_timezones())


def _place(business: BusinessTable) -> Iterator[Wrong]:
    known_zones = time_zones()
    if business.timezone not in known_zones:
        near = did_you_mean(business.timezone, sorted(known_zones))
        yield "business.timezone", f"unknown time zone {business.timezone!r}{near}"
    known = countries()
    if business.country not in known or len(business.country) != 2:
        reason = f"unknown country {business.country!r}; two letters such as US"
        yield "business.country", reason
        return
    subdivisions = known[business.country]
    if business.subdivision is not None and business.subdivision not in subdivisions:
        listed = ", ".join(sorted(subdivisions)) or "none"
        yield (
            "business.subdivision",
            f"unknown subdivision {business.subdivision!r} of {business.country}; known: {listed}",
        )
    from babel.numbers import list_currencies

    currency = currency_of(business)
    if currency is None:
        yield "business.currency", f"is missing, and {business.country} has no usual one"
    elif currency not in list_currencies():
        yield "business.currency", f"unknown currency {currency!r}; three letters such as USD"


def _limits(file: FileTable) -> Iterator[Wrong]:
    booking = file.booking
    if booking.notice_minutes > booking.horizon_days * DAY_MINUTES:
        yield (
            "booking.notice_minutes",
            f"{booking.notice_minutes} minutes are beyond the horizon of"
            f" {booking.horizon_days} days: nothing could ever be booked",
        )
    for service in file.service:
        if service.minutes + service.buffer_before + service.buffer_after > DAY_MINUTES:
            yield f"service[{service.id}].minutes", "longer than 24 hours with its buffers"
    yield from _holidays(file)


def _holidays(file: FileTable) -> Iterator[Wrong]:
    place, rule = file.business, file.booking.holidays
    if isinstance(rule, str) or place.country not in countries():
        return
    if place.subdivision is not None and place.subdivision not in countries()[place.country]:
        return
    names = holiday_names(place.country, place.subdivision, HOLIDAY_YEARS)
    for name in rule:
        if not is_holiday_name(name, names):
            listed = ", ".join(names)
            near = did_you_mean(name, names)
            yield "booking.holidays", f"unknown holiday {name!r}{near}; known: {listed}"


def _ids(file: FileTable) -> Iterator[Wrong]:
    kinds: dict[str, Sequence[str]] = {
        "service": [service.id for service in file.service],
        "provider": [provider.id for provider in file.provider],
        "resource": [resource.id for resource in file.resource],
        "product": [product.id for product in file.product],
    }
    for kind, ids in kinds.items():
        for repeated in _repeated(ids):
            yield f"{kind}[{repeated}].id", f"{repeated!r} is used twice"
    if ANYBODY in kinds["provider"]:
        yield f"provider[{ANYBODY}].id", f"{ANYBODY!r} means whoever is free"
    lists = {
        "business.numbers": file.business.numbers,
        "business.assistants": file.business.assistants,
        "business.origins": file.business.origins,
    }
    for key, values in lists.items():
        for repeated in _repeated(values):
            yield key, f"{repeated!r} is listed twice"


def _references(file: FileTable) -> Iterator[Wrong]:
    services = [service.id for service in file.service]
    providers = [provider.id for provider in file.provider]
    resources = [resource.id for resource in file.resource]
    for provider in file.provider:
        key = f"provider[{provider.id}].services"
        yield from _known(key, "service", provider.services, services)
    for service in file.service:
        yield from _known(f"service[{service.id}].needs", "resource", service.needs, resources)
    for kind, dated in (("closure", file.closure), ("opening", file.opening)):
        for number, table in enumerate(dated, start=1):
            named = [] if table.provider is None else [table.provider]
            yield from _known(f"{kind}[{number}].provider", "provider", named, providers)


def _known(key: str, kind: str, named: Sequence[str], known: Sequence[str]) -> Iterator[Wrong]:
    for name in named:
        if name not in known:
            yield key, f"unknown {kind} {name!r}{did_you_mean(name, known)}"
    for repeated in _repeated(named):
        yield key, f"{repeated!r} is listed twice"


def _prices(file: FileTable) -> Iterator[Wrong]:
    currency = currency_of(file.business)
    if currency is None:
        return
    from babel.numbers import get_currency_precision

    digits = get_currency_precision(currency)
    priced = [(f"service[{service.id}].price", service.price) for service in file.service]
    priced += [(f"product[{product.id}].price", product.price) for product in file.product]
    for product in file.product:
        if not product.price:
            yield f"product[{product.id}].price", "must be more than 0"
    for key, price in priced:
        if price is not None and -_exponent(price) > digits:
            yield key, f"{price} has more than the {digits} decimals of {currency}"


def _exponent(price: Decimal) -> int:
    exponent = price.as_tuple().exponent
    return exponent if isinstance(exponent, int) else 0


def _repeated(values: Sequence[str]) -> list[str]:
    return sorted({value for value in values if values.count(value) > 1})


def did_you_mean(name: str, known: Sequence[str]) -> str:
    """`; did you mean "x"?`, or nothing."""
    near = get_close_matches(name, known, 1)
    return f'; did you mean "{near[0]}"?' if near else ""
