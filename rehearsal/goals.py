"""What a simulated caller wants, and what would count as reaching it. Values only."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Literal

from rehearsal.support_goals import Specialist, SupportWish, specialist_for
from scheduling.business import Business
from scheduling.interval import Interval
from scheduling.local_time import instant, utc
from scheduling.values import Window

Temper = Literal[
    "terse", "rambling", "corrects himself", "interrupts", "mishears", "changes his mind",
    "recogniser",
]  # fmt: skip
TEMPERS: tuple[Temper, ...] = (
    "terse", "rambling", "corrects himself", "interrupts", "mishears", "changes his mind",
    "recogniser",
)  # fmt: skip
MatterKind = Literal["book", "move", "cancel", "lookup"]
Part = Literal[
    "any", "morning", "afternoon", "evening", "after", "before", "between", "around", "exact",
]  # fmt: skip


@dataclass(frozen=True, slots=True)
class Times:
    """When a caller can come: on any of the days, to start within the minutes of each."""

    days: tuple[date, ...]
    begin: int = 0
    """Minutes since midnight: the earliest start that suits."""
    end: int = 24 * 60
    """The first that does not."""
    part: Part = "any"
    """How the caller puts it."""
    at: tuple[int, ...] = ()
    """The clock times, in minutes, that the caller then names."""

    def suit(self, at: datetime) -> bool:
        """Whether a start, on the business's clock, suits."""
        minute = at.hour * 60 + at.minute
        return at.date() in self.days and self.begin <= minute < self.end

    def at_large(self) -> Times:
        """All that suits, of times that were put narrower than they are meant."""
        if self.part not in ("exact", "around"):
            return self
        begin, end = -(-self.begin // 60) * 60, self.end // 60 * 60
        return Times(self.days, begin, end, "between", (begin, end))

    def windows(self, business: Business) -> tuple[Window, ...]:
        """The same as instants."""
        spans = [
            Interval(instant(day, self.begin, business.zone), instant(day, self.end, business.zone))
            for day in self.days
        ]
        return tuple(Window(utc(span.start), utc(span.end)) for span in spans)


@dataclass(frozen=True, slots=True)
class Visit:
    """What is to be booked."""

    service_id: str
    times: Times
    provider_id: str | None = None
    """None: anybody."""


@dataclass(frozen=True, slots=True)
class Earlier:
    """A booking that the store holds before the call."""

    service_id: str
    provider_id: str
    start: datetime
    name: str
    phone: str


@dataclass(frozen=True, slots=True)
class Matter:
    """One thing that a caller came for; all but booking concern a booking the caller has."""

    kind: MatterKind
    visit: Visit | None = None
    earlier: Earlier | None = None


@dataclass(frozen=True, slots=True)
class Person:
    """Who calls."""

    name: str
    phone: str
    shows_number: bool
    """Whether the line tells the number; else the caller has to."""


@dataclass(frozen=True, slots=True)
class Goal:
    """One caller: who, when, what for, and in which temper."""

    number: int
    temper: Temper
    person: Person
    now: datetime
    matters: tuple[Matter, ...]
    others: tuple[Earlier, ...] = ()
    """Bookings of other people, entered before the call; those that do not fit are left out."""
    first_thought: Visit | None = None
    """What the caller asks for before changing his mind."""
    support: SupportWish | None = None
    """What the caller wants beside appointments, or instead of any."""
    numbered: Earlier | None = None
    """A booking whose number the caller wants changed."""

    @property
    def specialist(self) -> Specialist | None:
        """Whose caller this is; None: only appointments are wanted."""
        if self.support is None:
            return None
        return "mixed" if self.matters else specialist_for(self.support.kind)

    @property
    def own(self) -> tuple[Earlier, ...]:
        """Bookings that the caller has before the call."""
        own = [*(matter.earlier for matter in self.matters), self.numbered]
        return tuple(each for each in own if each is not None)


def clock(minute: int) -> time:
    """The clock time of a minute since midnight."""
    return time(minute // 60 % 24, minute % 60)
