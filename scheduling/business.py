"""A business: its services, its people and when they are there. Values only."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal
from functools import cache, cached_property
from typing import Any
from zoneinfo import ZoneInfo

from pydantic import TypeAdapter

from scheduling.errors import UnknownProvider, UnknownService
from scheduling.interval import merge
from scheduling.policy import BookingPolicy, SupportPolicy


@dataclass(frozen=True, slots=True)
class LocalSpan:
    """Wall-clock minutes since local midnight; `end` may exceed 1440: it is then the next day."""

    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Service:
    """What is booked."""

    id: str
    name: str
    minutes: int
    also: tuple[str, ...] = ()
    """What callers call it."""
    buffer_before: int = 0
    """Minutes; buffers may lie outside opening hours."""
    buffer_after: int = 0
    price: Decimal | None = None
    needs: tuple[str, ...] = ()
    """Ids of resources, one unit of each."""


@dataclass(frozen=True, slots=True)
class Provider:
    """A member of staff who performs services."""

    id: str
    name: str
    services: tuple[str, ...]
    hours: Mapping[int, tuple[LocalSpan, ...]]
    """By weekday, Monday is 0."""


@dataclass(frozen=True, slots=True)
class Resource:
    """A room or device that a service also needs; `count` interchangeable units."""

    id: str
    name: str
    count: int = 1


@dataclass(frozen=True, slots=True)
class Closure:
    """Days, or hours of days, on which windows do not count. Both days are included."""

    first: date
    last: date
    hours: tuple[LocalSpan, ...] = ()
    """Empty: the whole day."""
    provider: str | None = None
    """None: everybody."""
    reason: str = ""

    def concerns(self, provider_id: str, day: date) -> bool:
        """Whether it speaks of that provider on that local date."""
        return self.first <= day <= self.last and self.provider in (None, provider_id)


@dataclass(frozen=True, slots=True)
class Opening:
    """Hours that count instead of the weekly ones and of a holiday."""

    first: date
    last: date
    hours: tuple[LocalSpan, ...]
    """Empty: closed."""
    provider: str | None = None
    """None: everybody; one's own opening beats everybody's."""
    reason: str = ""

    def concerns(self, provider_id: str, day: date) -> bool:
        """Whether it speaks of that provider on that local date."""
        return self.first <= day <= self.last and self.provider in (None, provider_id)


@dataclass(frozen=True, slots=True)
class Faq:
    """The business's own answer to a question."""

    question: str
    answer: str


@dataclass(frozen=True, slots=True)
class Product:
    """What can be bought by phone."""

    id: str
    name: str
    price: Decimal
    also: tuple[str, ...] = ()
    """What callers call it."""
    category: str = ""
    stock: int | None = None
    """As it was counted when the file was last changed in this; None: always there."""
    note: str = ""


@dataclass(frozen=True, slots=True)
class Emergency:
    """Words that are answered before anything else, and what is then said."""

    words: tuple[str, ...]
    say: str


@dataclass(frozen=True)
class Business:
    """Everything a business file says, checked; names as spoken, ids as written."""

    slug: str
    name: str
    timezone: str
    country: str
    subdivision: str | None = None
    currency: str = "USD"
    address: str = ""
    phone: str | None = None
    """E.164: where a person answers."""
    numbers: tuple[str, ...] = ()
    """E.164: what callers dial."""
    assistants: tuple[str, ...] = ()
    origins: tuple[str, ...] = ()
    greeting: str = ""
    notice: str = ""
    emergency: Emergency | None = None
    booking: BookingPolicy = field(default_factory=BookingPolicy)
    services: tuple[Service, ...] = ()
    providers: tuple[Provider, ...] = ()
    resources: tuple[Resource, ...] = ()
    closures: tuple[Closure, ...] = ()
    openings: tuple[Opening, ...] = ()
    faqs: tuple[Faq, ...] = ()
    products: tuple[Product, ...] = ()
    policies: tuple[Faq, ...] = ()
    """Like the answers, but what is held to: refunds, returns, deliveries."""
    support: SupportPolicy = field(default_factory=SupportPolicy)

    @cached_property
    def zone(self) -> ZoneInfo:
        """The zone in which the business's days and clock times are meant."""
        return ZoneInfo(self.timezone)

    def service(self, service_id: str) -> Service:
        """The service with that id."""
        for service in self.services:
            if service.id == service_id:
                return service
        names = [service.name for service in self.services]
        raise UnknownService(f"no service {service_id!r}", candidates=names)

    def provider(self, provider_id: str) -> Provider:
        """The provider with that id."""
        for provider in self.providers:
            if provider.id == provider_id:
                return provider
        names = [provider.name for provider in self.providers]
        raise UnknownProvider(f"no provider {provider_id!r}", candidates=names)

    def resource(self, resource_id: str) -> Resource:
        """The resource with that id; a checked business needs none that it lacks."""
        return next(resource for resource in self.resources if resource.id == resource_id)

    def performers(self, service_id: str) -> tuple[Provider, ...]:
        """Who performs the service, in the order of the file."""
        self.service(service_id)
        return tuple(who for who in self.providers if service_id in who.services)

    def performer(self, service_id: str, provider_id: str) -> Provider:
        """That provider, who must perform the service."""
        self.service(service_id)
        provider = self.provider(provider_id)
        if service_id not in provider.services:
            names = [who.name for who in self.performers(service_id)]
            raise UnknownProvider(
                f"{provider_id!r} does not perform {service_id!r}", candidates=names
            )
        return provider

    def telling_only(self, fits: Callable[[Faq], bool]) -> Business:
        """The same business with those of its answers and rules that fit."""
        return replace(
            self,
            faqs=tuple(filter(fits, self.faqs)),
            policies=tuple(filter(fits, self.policies)),
        )

    def weekly_hours(self) -> dict[int, tuple[LocalSpan, ...]]:
        """When anybody is there, by weekday; Monday is 0. Weekdays without hours are left out."""
        return self._weekly_hours

    @cached_property
    def _weekly_hours(self) -> dict[int, tuple[LocalSpan, ...]]:
        union: dict[int, tuple[LocalSpan, ...]] = {}
        for weekday in range(7):
            spans = [span for who in self.providers for span in who.hours.get(weekday, ())]
            if spans:
                merged = merge((span.start, span.end) for span in spans)
                union[weekday] = tuple(LocalSpan(start, end) for start, end in merged)
        return union

    def unit_keys(self) -> tuple[str, ...]:
        """One key for everything that can be occupied: each provider, each unit of a resource."""
        providers = [f"provider:{provider.id}" for provider in self.providers]
        units = [
            f"resource:{resource.id}:{number}"
            for resource in self.resources
            for number in range(1, resource.count + 1)
        ]
        return (*providers, *units)

    def to_document(self) -> dict[str, Any]:
        """Everything, as JSON can hold it."""
        document: dict[str, Any] = _documents().dump_python(self, mode="json")
        return document

    @classmethod
    def from_document(cls, document: Mapping[str, Any]) -> Business:
        """The value that `to_document` gave."""
        return _documents().validate_python(document)


@cache
def _documents() -> TypeAdapter[Business]:
    return TypeAdapter(Business)
