"""The values that readings are made of: times, and what has a name; and what dates lean on."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import date, datetime, time
from typing import Literal

Route = Literal[
    "book", "reschedule", "cancel", "lookup", "faq_hours", "faq_location", "faq_price",
    "faq_other", "refund", "tech_support", "billing", "order", "human", "greeting", "goodbye",
    "affirm", "deny", "repeat", "out_of_scope",
]  # fmt: skip
AnswerKind = Literal["affirm", "deny", "deny_with_correction", "choose", "ask_more"]
Question = Literal["date", "time", "name", "phone", "service", "confirm", "choose"]
WhenKind = Literal["date", "time", "datetime", "range", "timerange"]
Moment = date | time | datetime
HOME = "US"
"""Whose numbers and dates are meant where nothing tells."""


@dataclass(frozen=True, slots=True)
class When:
    """One spoken phrase of time, in naive local time.

    `value` for date, time and datetime; `start` and `end` for range (dates or datetimes) and
    timerange (times): half-open, an open end is None.
    """

    kind: WhenKind
    text: str
    span: tuple[int, int]
    """Offsets of `text` in what was said."""
    value: Moment | None = None
    start: Moment | None = None
    end: Moment | None = None
    candidates: tuple[When, ...] = ()
    """The other readings, when there are any."""
    every: bool = False
    """Whether any such weekday is meant: "a Friday", "Saturdays"."""
    since: date | None = None
    """The day named before from which it was counted off, and which is itself not wished for."""
    least: bool = False
    """Whether `start` is when the caller can be there at the soonest, and no wish of its own."""
    over: bool = False
    """Whether it is the time by which a visit must be over: `value`, or `end` of an open span."""

    @property
    def hours(self) -> When | None:
        """The same without its day: an hour, or hours of one day; None where it tells neither."""
        at, start, end = (
            each.time() if isinstance(each, datetime) else None
            for each in (self.value, self.start, self.end)
        )
        both = isinstance(self.start, datetime) and isinstance(self.end, datetime)
        days = {each.date() for each in (self.start, self.end) if isinstance(each, datetime)}
        if at is start is end is None or both and len(days) > 1:
            return None
        kind: WhenKind = "time" if at else "timerange"
        return replace(self, kind=kind, value=at, start=start, end=end, candidates=())


@dataclass(frozen=True, slots=True)
class Named:
    """Something with an id that callers call by several names: a service or a provider."""

    id: str
    names: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class OfferedTime:
    """One thing on the table, for answers such as "the later one": a time, a booking, a service,
    a person."""

    start: datetime | None
    """Naive local; None: it has no time of its own."""
    provider: str
    """The person's name; empty where none belongs to it."""
    names: tuple[str, ...] = ()
    """What else it is called: its service, the customer or pet it is for, a product's name."""


@dataclass(frozen=True, slots=True)
class Context:
    """What the grammar of dates leans on: the question just asked and what was offered."""

    now: datetime
    """Naive local time of the business."""
    question: Question | None = None
    offered: tuple[OfferedTime, ...] = ()
    opens: dict[int, tuple[tuple[int, int], ...]] | None = field(default=None, hash=False)
    """Opening minutes by weekday, to settle am and pm; None: ordinary working hours."""
    country: str = HOME
    """For the order of day and month."""
    zone: str | None = None
    """The business's own time zone, for "9 am Pacific"; None: such a time is left unread."""
    named: date | None = None
    """The day named last before these words, for "the day before"."""
    booked: date | None = None
    """The day of the caller's one booking, for "the same day"."""
