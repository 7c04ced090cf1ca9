"""What staff send: bodies as they come, and the times and names in them as they are meant."""

from __future__ import annotations

import re
from collections.abc import Iterable
from contextlib import suppress
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import Annotated, Literal
from zoneinfo import ZoneInfo

from pydantic import (
    AfterValidator,
    AliasChoices,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    StringConstraints,
    model_validator,
)

from scheduling.business import Business
from scheduling.local_time import day_start, utc
from scheduling.values import Window
from support.order_values import OrderStatus
from support.ticket_values import TicketStatus
from webhooks.problems import Problem


def _storable(text: str) -> str:
    """Not every database keeps a NUL in text."""
    if "\x00" in text:
        raise ValueError("there is a NUL in it")
    return text


def _written_day(given: object) -> object:
    """One way to write it: other digits could be seconds since 1970, or a time of day as well."""
    if given is None or isinstance(given, date):
        return given
    if isinstance(given, str) and WRITTEN_DAY.fullmatch(given):
        with suppress(ValueError):
            return date.fromisoformat(given)
    raise ValueError(f"{given!r} is not a day such as 2026-11-24")


def _written_amount(given: object) -> object:
    """Digits, so that no cent is lost on the way: a number of JSON is no exact one."""
    if isinstance(given, str) and WRITTEN_AMOUNT.fullmatch(given):
        return given
    raise ValueError(f"{given!r} is not an amount in quotes such as 24.00")


WRITTEN_AMOUNT = re.compile(r"\d{1,12}(\.\d{1,6})?", re.ASCII)
WRITTEN_DAY = re.compile(r"\d{4}-\d\d-\d\d", re.ASCII)
Day = Annotated[date, BeforeValidator(_written_day)]
Storable = AfterValidator(_storable)
Word = Annotated[
    str, StringConstraints(strip_whitespace=True, min_length=1, max_length=200), Storable
]
Id = Annotated[str, StringConstraints(min_length=1, max_length=200), Storable]
Reason = Annotated[str, StringConstraints(strip_whitespace=True, max_length=500), Storable]


class Sent(BaseModel):
    """A body; a key that nobody knows is refused, lest it be thought heard."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    organisation: Word | None = None
    """A slug; needed where there are several."""
    reason: Reason = ""


class Customer(BaseModel):
    """Whom a booking is for."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    name: Word
    phone: Word | None = None


class BookingEntry(Sent):
    """A line of the diary. Service and provider by id or name; the customer flat or as one."""

    service: Word = Field(validation_alias=AliasChoices("service", "service_id"))
    start: Word
    provider: Word | None = Field(
        default=None, validation_alias=AliasChoices("provider", "provider_id")
    )
    name: Word | None = None
    phone: Word | None = None
    customer: Customer | None = None

    @model_validator(mode="after")
    def _for_somebody(self) -> BookingEntry:
        if self.customer is None and self.name is None:
            raise ValueError("name: a booking needs the customer's name")
        if self.customer is not None and (self.name or self.phone):
            raise ValueError("customer: give either this, or name and phone")
        return self

    def whom(self) -> Customer:
        """The customer, however they were written."""
        return self.customer or Customer(name=self.name or "", phone=self.phone)


class MoveEntry(Sent):
    """Where a booking goes; without a provider it stays with the one it has."""

    start: Word
    provider: Word | None = Field(
        default=None, validation_alias=AliasChoices("provider", "provider_id")
    )


class MarkEntry(Sent):
    """What became of a booking; `booked` takes a mark back."""

    status: Literal["booked", "arrived", "fulfilled", "noshow", "cancelled"]


class LineEntry(BaseModel):
    """One thing of an order, by product id or name, and the price of one."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    product: Word
    quantity: Annotated[int, Field(strict=True)]
    price: Annotated[Decimal, BeforeValidator(_written_amount)]


class OrderEntry(Sent):
    """An order that was placed elsewhere."""

    reference: Word
    customer: Customer
    placed_at: Word
    delivered_at: Word | None = None
    status: OrderStatus = "placed"
    paid: Annotated[bool, Field(strict=True)] = False
    lines: tuple[LineEntry, ...]


class OrderMarkEntry(Sent):
    """What became of an order."""

    status: OrderStatus


class TicketMarkEntry(Sent):
    """How a ticket stands; the reason goes into its history."""

    status: TicketStatus


class Days(BaseModel):
    """Local days, both ends included: one, or from one to another."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    day: Day | None = Field(default=None, alias="date")
    first_day: Day | None = Field(default=None, alias="from")
    last_day: Day | None = Field(default=None, alias="to")

    @model_validator(mode="after")
    def _one_way_to_name_days(self) -> Days:
        if self.day and (self.first_day or self.last_day):
            raise ValueError("give either date, or from and to")
        if self.first_day and self.last_day and self.first_day > self.last_day:
            raise ValueError("from is after to")
        return self


class BlockEntry(Sent, Days):
    """Time to take out: from start to end, or whole days; of all, one provider or a resource."""

    start: Word | None = None
    end: Word | None = None
    provider: Word | None = Field(
        default=None, validation_alias=AliasChoices("provider", "provider_id")
    )
    resource: Word | None = Field(
        default=None, validation_alias=AliasChoices("resource", "resource_id")
    )
    units: int | None = Field(default=None, ge=1)

    @model_validator(mode="after")
    def _one_way_to_name_the_time(self) -> BlockEntry:
        by_clock = self.start is not None and self.end is not None
        by_day = self.day is not None or (self.first_day is not None and self.last_day is not None)
        if by_clock == by_day or (by_day and (self.start or self.end)):
            raise ValueError("give either start and end, or date, or from and to")
        return self

    def window(self, zone: ZoneInfo) -> Window:
        """The time meant."""
        first, last = self.day or self.first_day, self.day or self.last_day
        if first is not None and last is not None:
            return days_window(first, last, zone)
        start = read_instant("start", self.start or "", zone)
        return Window(start, read_instant("end", self.end or "", zone))


class BlockListing(Days):
    """Which blocks to list."""

    organisation: Word | None = None


class BlockNamed(Sent):
    """Which block to lift."""

    id: Word | None = None


def days_window(first: date, last: date, zone: ZoneInfo) -> Window:
    """All of these local days, both included."""
    try:
        return Window(utc(day_start(first, zone)), utc(day_start(last + timedelta(days=1), zone)))
    except (OverflowError, ValueError):
        raise Problem(422, "to: that day is out of reach") from None


def read_instant(field: str, text: str, zone: ZoneInfo) -> datetime:
    """A whole minute, written with an offset or as the business's clock shows it."""
    instant = read_past(field, text, zone) if ":" in text else None
    if instant is None:
        raise _no_time(field, text)
    if instant.second or instant.microsecond:
        raise Problem(422, f"{field}: whole minutes only")
    return instant


def read_past(field: str, text: str, zone: ZoneInfo) -> datetime:
    """The same as another system noted it: to the second or finer, or only the day."""
    try:
        given = datetime.fromisoformat(text)
        instant = given.astimezone(UTC) if given.tzinfo else _by_clock(field, given, zone)
    except (OverflowError, ValueError):
        instant = None
    if instant is None or "-" not in text[:5]:
        raise _no_time(field, text)
    return instant


def _no_time(field: str, text: str) -> Problem:
    return Problem(422, f"{field}: {text!r} is not a time such as 2026-11-24T14:00")


def find_named(field: str, text: str, known: Iterable[tuple[str, tuple[str, ...]]]) -> str:
    """The id of what goes by that id or one of its names; 422 with the ids that could be meant."""
    ids, by_name, wanted = [], [], text.casefold()
    for known_id, names in known:
        ids.append(known_id)
        if known_id.casefold() == wanted:
            return known_id
        if wanted in [name.casefold() for name in names]:
            by_name.append(known_id)
    if len(by_name) > 1:
        message = f"{field}: {text!r} could be any of {', '.join(by_name)}: give the id"
        raise Problem(422, message, code="ambiguous")
    if by_name:
        return by_name[0]
    there_are = ", ".join(ids) or "none"
    code = f"unknown_{field}" if field in ("service", "provider") else "invalid"
    raise Problem(422, f"{field}: there is no {text!r}; there are: {there_are}", code=code)


def service_named(business: Business, text: str) -> str:
    """By id, name, or what callers call it."""
    known = ((each.id, (each.name, *each.also)) for each in business.services)
    return find_named("service", text, known)


def provider_named(business: Business, text: str | None) -> str | None:
    """By id or name."""
    if text is None:
        return None
    return find_named("provider", text, ((each.id, (each.name,)) for each in business.providers))


def resource_named(business: Business, text: str | None) -> str | None:
    """By id or name."""
    if text is None:
        return None
    return find_named("resource", text, ((each.id, (each.name,)) for each in business.resources))


def _by_clock(field: str, wall: datetime, zone: ZoneInfo) -> datetime:
    first, second = wall.replace(tzinfo=zone), wall.replace(tzinfo=zone, fold=1)
    instant = first.astimezone(UTC)
    if instant.astimezone(zone).replace(tzinfo=None) != wall:
        raise Problem(422, f"{field}: the clock skips {wall:%H:%M} on {wall:%Y-%m-%d}")
    if first.utcoffset() != second.utcoffset():
        message = f"{field}: {wall:%H:%M} comes twice on {wall:%Y-%m-%d}: {first:%z} or {second:%z}"
        raise Problem(422, message, code="ambiguous")
    return instant
