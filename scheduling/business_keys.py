"""Every key that a business file may have, with its type and range."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date, datetime
from decimal import Decimal
from typing import Annotated, Any, Literal, get_args

import phonenumbers
from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    PlainValidator,
    StringConstraints,
    model_validator,
)

from scheduling.business import LocalSpan

WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
DAY_MINUTES = 24 * 60
CLOCK_SPAN = re.compile(r"(\d{1,2}):(\d\d)\s*-\s*(\d{1,2}):(\d\d)")
SLUG = re.compile(r"[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?")
ID = re.compile(r"[a-z0-9][a-z0-9_-]{0,63}")
ORIGIN = re.compile(r"https?://[a-z0-9.-]+(?::\d{1,5})?")
PAYMENT_LINK = re.compile(r"https://[^\s{}]+\{reference\}[^\s{}]*")
PRICE = re.compile(r"\d{1,9}(?:\.\d{1,3})?")


def _slug(text: str) -> str:
    if not SLUG.fullmatch(text):
        raise ValueError(f"{text!r} may have small letters, digits and hyphens only")
    return text


def _id(text: str) -> str:
    if not ID.fullmatch(text):
        raise ValueError(f"{text!r} may have small letters, digits, hyphens and underscores only")
    return text


def _phone(text: str) -> str:
    """E.164. Numbers of ranges not handed out yet pass: they exist before the tables know them."""
    wrong = ValueError(f"{text!r} is not a telephone number such as +12125550100")
    if not text.startswith("+"):
        raise wrong
    try:
        number = phonenumbers.parse(text)
    except phonenumbers.NumberParseException:
        raise wrong from None
    if number.extension or not phonenumbers.is_possible_number(number):
        raise wrong
    return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)


def _origin(text: str) -> str:
    origin = text.lower().removesuffix("/")
    if not ORIGIN.fullmatch(origin):
        raise ValueError(f"{text!r} is not an origin such as https://willow.example")
    return origin


def _price(raw: Any) -> Decimal:
    if isinstance(raw, int | float) and not isinstance(raw, bool):
        raise ValueError(f'a price is written in quotes: "{raw:.2f}"')
    if not isinstance(raw, str) or not PRICE.fullmatch(raw):
        raise ValueError(f'{raw!r} is not a price such as "45.00"')
    return Decimal(raw)


def _payment_link(text: str) -> str:
    if not PAYMENT_LINK.fullmatch(text):
        raise ValueError(f"{text!r} is not an address such as https://pay.example/{{reference}}")
    return text


def _day(raw: Any) -> Any:
    if isinstance(raw, date) and not isinstance(raw, datetime):
        return raw
    if isinstance(raw, str) and re.fullmatch(r"\d{4}-\d\d-\d\d", raw):
        try:
            return date.fromisoformat(raw)
        except ValueError:
            raise ValueError(f"there is no day {raw}") from None
    raise ValueError(f"{raw} is not a date such as 2026-12-24")


def _holidays(raw: Any) -> str | tuple[str, ...]:
    if raw in ("open", "closed"):
        return str(raw)
    if isinstance(raw, list) and all(isinstance(name, str) for name in raw):
        return tuple(raw)
    raise ValueError('must be "open", "closed" or a list of names')


def read_span(raw: Any) -> LocalSpan:
    """An end at or before the start is on the next day; 24:00 is the end of the day."""
    found = CLOCK_SPAN.fullmatch(raw.strip()) if isinstance(raw, str) else None
    if found is None:
        raise ValueError(f'{raw!r} is not a span of time such as "09:00-12:00"')
    start_hour, start_minute, end_hour, end_minute = map(int, found.groups())
    start, end = start_hour * 60 + start_minute, end_hour * 60 + end_minute
    if max(start_minute, end_minute) > 59 or start >= DAY_MINUTES or end > DAY_MINUTES:
        raise ValueError(f"{raw!r} is not a span of clock times from 00:00 to 24:00")
    return LocalSpan(start, end if end > start else end + DAY_MINUTES)


Text = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=1000)]
Name = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=120)]
Slug = Annotated[str, AfterValidator(_slug)]
Id = Annotated[str, AfterValidator(_id)]
Phone = Annotated[str, AfterValidator(_phone)]
Origin = Annotated[str, AfterValidator(_origin)]
PaymentLink = Annotated[str, AfterValidator(_payment_link)]
Price = Annotated[Decimal, BeforeValidator(_price)]
Day = Annotated[date, BeforeValidator(_day)]
Holidays = Annotated[Literal["open", "closed"] | tuple[str, ...], PlainValidator(_holidays)]
Span = Annotated[LocalSpan, BeforeValidator(read_span)]


class Table(BaseModel):
    """A table of the file: no other keys, no conversions."""

    model_config = ConfigDict(strict=True, frozen=True, extra="forbid")

    @classmethod
    def keys(cls) -> dict[str, Any]:
        """The keys as written, each with the type of what it holds."""
        fields = cls.model_fields.items()
        return {field.alias or name: field.annotation for name, field in fields}


class EmergencyTable(Table):
    """Words that are answered before anything else."""

    words: Annotated[list[Name], Field(min_length=1)]
    say: Text


class BusinessTable(Table):
    """`[business]`."""

    slug: Slug
    name: Name
    timezone: str
    country: str
    subdivision: str | None = None
    currency: str | None = None
    address: Text | None = None
    phone: Phone | None = None
    numbers: list[Phone] = []
    assistants: list[Name] = []
    origins: list[Origin] = []
    greeting: Text | None = None
    notice: Text | None = None
    emergency: EmergencyTable | None = None


class BookingTable(Table):
    """`[booking]`."""

    step_minutes: Annotated[int, Field(ge=1, le=DAY_MINUTES)] = 15
    notice_minutes: Annotated[int, Field(ge=0)] = 60
    horizon_days: Annotated[int, Field(ge=1, le=1096)] = 90
    hold_minutes: Annotated[int, Field(ge=1, le=60)] = 5
    cancel_notice_minutes: Annotated[int, Field(ge=0, le=365 * DAY_MINUTES)] = 0
    per_day: Annotated[int, Field(ge=1, le=100)] = 3
    holidays: Holidays = "open"


class ServiceTable(Table):
    """`[[service]]`."""

    id: Id
    name: Name
    also: list[Name] = []
    minutes: Annotated[int, Field(ge=1, le=DAY_MINUTES)]
    buffer_before: Annotated[int, Field(ge=0, le=DAY_MINUTES)] = 0
    buffer_after: Annotated[int, Field(ge=0, le=DAY_MINUTES)] = 0
    price: Price | None = None
    needs: list[str] = []


class WeekTable(Table):
    """`hours` of a provider, by weekday."""

    mon: list[Span] = []
    tue: list[Span] = []
    wed: list[Span] = []
    thu: list[Span] = []
    fri: list[Span] = []
    sat: list[Span] = []
    sun: list[Span] = []


class ProviderTable(Table):
    """`[[provider]]`."""

    id: Id
    name: Name
    services: list[str]
    hours: WeekTable


class ResourceTable(Table):
    """`[[resource]]`."""

    id: Id
    name: Name
    count: Annotated[int, Field(ge=1, le=100)] = 1


class DatedTable(Table):
    """One date, or all from the first to the last."""

    date: Day | None = None
    first: Annotated[Day | None, Field(alias="from")] = None
    last: Annotated[Day | None, Field(alias="to")] = None
    provider: str | None = None
    reason: Text | None = None

    @model_validator(mode="after")
    def has_days(self) -> DatedTable:
        """Either `date`, or both `from` and `to`, in that order."""
        if self.date is not None:
            if self.first is not None or self.last is not None:
                raise ValueError('give either "date" or "from" and "to"')
        elif self.first is None or self.last is None:
            raise ValueError('"date" is missing, or "from" and "to"')
        elif self.last < self.first:
            raise ValueError(f'"to" ({self.last}) is before "from" ({self.first})')
        return self


class ClosureTable(DatedTable):
    """`[[closure]]`; without hours, whole days."""

    hours: Annotated[list[Span], Field(min_length=1)] | None = None


class OpeningTable(DatedTable):
    """`[[opening]]`; an empty list of hours closes."""

    hours: list[Span]


class FaqTable(Table):
    """`[[faq]]`."""

    question: Text
    answer: Text


class PolicyTable(FaqTable):
    """`[[policy]]`."""


class ProductTable(Table):
    """`[[product]]`."""

    id: Id
    name: Name
    also: list[Name] = []
    price: Price
    category: Name | None = None
    stock: Annotated[int, Field(ge=0, le=1_000_000)] | None = None
    note: Text | None = None


class SupportTable(Table):
    """`[support]`."""

    refund_days: Annotated[int, Field(ge=0, le=3660)] | None = None
    unused_only: bool = False
    payment_link: PaymentLink = ""


class FileTable(Table):
    """The whole file."""

    business: BusinessTable
    booking: BookingTable = BookingTable()
    service: list[ServiceTable] = []
    provider: list[ProviderTable] = []
    resource: list[ResourceTable] = []
    closure: list[ClosureTable] = []
    opening: list[OpeningTable] = []
    faq: list[FaqTable] = []
    product: list[ProductTable] = []
    policy: list[PolicyTable] = []
    support: SupportTable = SupportTable()


def keys_at(location: Sequence[int | str]) -> list[str]:
    """The keys that the table at this place may have."""
    table: type[Table] = FileTable
    for step in location:
        if isinstance(step, str):
            table = _table_in(table.keys()[step])
    return list(table.keys())


def _table_in(held: Any) -> type[Table]:
    """The table that a key holds, be it one, a list of them or none at all."""
    if isinstance(held, type) and issubclass(held, Table):
        return held
    return next(_table_in(each) for each in get_args(held) if each is not type(None))
