"""What a business can say to a question: values only, worded by whoever speaks."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from scheduling.business import LocalSpan


@dataclass(frozen=True, slots=True)
class Question:
    """What was asked, with what was understood of it."""

    text: str
    days: tuple[date, ...] = ()
    service_id: str | None = None
    provider_id: str | None = None
    people: tuple[str, ...] = ()
    """Providers whom it names, or speaks of as both, where they are several."""
    within: LocalSpan | None = None
    """The part of the day that it is about, in minutes."""
    others: tuple[str, ...] = ()
    """Services named beside the first: "a cut and colour"."""
    named: bool = True
    """Whether the service was named in the question, rather than spoken of before."""
    topic: str = ""
    """What it is about, as the acts of callers are labelled; empty: only the words tell."""
    of_the_way: bool = False
    """It asks where the business is; not how far that is from somewhere."""
    points_back: bool = False
    """It asks of "that", which was spoken of before."""
    of_return: bool = False
    """It asks when somebody is back."""
    on_condition: bool = False
    """It asks what holds in a case that it tells of, "if I never bought them from you"."""
    of_advice: bool = False
    """It asks which of them is needed, or would do."""
    of_change: bool = False
    """It asks whether cancelling or moving a visit costs anything, or until when one may."""
    of_notice: bool = False
    """Of these it asks until when one may."""
    beside: str = ""
    """It with what the caller told around it, or asked just before: "because I'm fifteen"."""
    surely: bool = True
    """It is put outright; else only what surely answers it is told."""
    guessed: bool = False
    """The caller has heard in this call what only might have been the answer to something else."""
    together: bool = False
    """It asks for the sum of several prices."""
    refused: str = ""
    """The question that had no answer last, of which this may be a second wording."""

    @property
    def wordings(self) -> tuple[str, ...]:
        """Alone, and with what was told around it."""
        return (self.text, self.beside) if self.beside else (self.text,)


@dataclass(frozen=True, slots=True)
class OwnAnswer:
    """Words that the business wrote."""

    text: str
    sure: bool = True
    """Whether they are the answer; else they are what is nearest to the question."""


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
    closed: tuple[date, date] | None = None
    """The first and the last day of the closure that it lies in."""


@dataclass(frozen=True, slots=True)
class Days:
    """When somebody is there on each of several dates; a closure of several is told once."""

    of: tuple[DayHours, ...]
    others: bool = False
    """Whether more days were asked about, which nothing closes."""


@dataclass(frozen=True, slots=True)
class There:
    """Who of those asked about is there on a date, in the part of the day that was asked about; or
    on which weekdays, where no date was."""

    of: tuple[DayHours, ...] = ()
    present: tuple[DayHours, ...] = ()
    weeks: tuple[WeekHours, ...] = ()


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
    together: bool = False
    """Whether their sum was asked for."""


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
    asked: tuple[str, ...] = ()
    """Those that were asked about, if there are such."""


@dataclass(frozen=True, slots=True)
class People:
    """Who works here, or who performs one service."""

    names: tuple[str, ...]
    service: str | None = None
    asked: str | None = None
    """The one of whom it was asked, whether among them or not."""


@dataclass(frozen=True, slots=True)
class Away:
    """Until when somebody is not here, and from when again."""

    provider: str
    first: date | None
    """None: no leave is known."""
    last: date | None
    back: date | None
    """The first day on which they are here again; None: not within what can be looked up."""


@dataclass(frozen=True, slots=True)
class Horizon:
    """How many days ahead can be booked."""

    days: int


@dataclass(frozen=True, slots=True)
class NotOffered:
    """What was asked for is nothing that the business does, as far as it wrote."""

    names: tuple[str, ...]
    """What it does."""


@dataclass(frozen=True, slots=True)
class Notice:
    """How long before a visit it may still be moved or cancelled."""

    minutes: int
    of_cost: bool
    """Whether it was asked what that costs, which is nowhere written."""


Answer = (
    Notice | OwnAnswer | WeekHours | Days | OpenNow | Prices | Lengths | Place | Number
    | ServiceList | People | There | Away | Horizon | NotOffered
)  # fmt: skip
