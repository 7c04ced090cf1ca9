"""A business file (TOML) checked and turned into values."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from functools import cached_property
from zoneinfo import ZoneInfo

from scheduling.policy import BookingPolicy


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


@dataclass(frozen=True, slots=True)
class Opening:
    """Hours that count instead of the weekly ones and of a holiday."""

    first: date
    last: date
    hours: tuple[LocalSpan, ...]
    provider: str | None = None
    reason: str = ""


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
    refund_days: int | None = None

    @cached_property
    def zone(self) -> ZoneInfo:
        """The zone in which the business's days and clock times are meant."""
        return ZoneInfo(self.timezone)
