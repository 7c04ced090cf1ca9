"""One reading of what a caller said: the only value that leaves this package."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
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


@dataclass(frozen=True, slots=True)
class Named:
    """Something with an id that callers call by several names: a service or a provider."""

    id: str
    names: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class OfferedTime:
    """What was offered, for answers such as "the later one"."""

    start: datetime | None
    """Naive local; None: a person was offered, without a time."""
    provider: str


@dataclass(frozen=True, slots=True)
class Context:
    """What helps to read an answer: the question just asked and what was offered."""

    now: datetime
    """Naive local time of the business."""
    question: Question | None = None
    offered: Sequence[OfferedTime] = ()
    services: Sequence[Named] = ()
    providers: Sequence[Named] = ()
    opens: dict[int, tuple[tuple[int, int], ...]] | None = None
    """Opening minutes by weekday, to settle am and pm; None: ordinary working hours."""
    country: str = HOME
    """For telephone numbers and holidays."""
    zone: str | None = None
    """The business's own time zone, for "9 am Pacific"; None: such a time is left unread."""


@dataclass(frozen=True, slots=True)
class Reading:
    """What the words mean. `ringbook understand` prints exactly this (contract, section 6)."""

    text: str
    route: Route | None = None
    routes: tuple[Route, ...] = ()
    answer: AnswerKind | None = None
    chosen: int | None = None
    times: tuple[When, ...] = ()
    exclude: tuple[When, ...] = ()
    ambiguous: bool = False
    disagreement: str | None = None
    """A weekday and a date that do not fit: the phrase, to be asked back."""
    name: str | None = None
    phone: str | None = None
    """E.164 when complete and valid, else None."""
    phone_unfinished: str | None = None
    """The digits heard of a number that is not complete yet."""
    email: str | None = None
    service: str | None = None
    """An id of `Context.services`."""
    provider: str | None = None
    """An id of `Context.providers`, or "any" when the caller does not mind."""
    reference: str | None = None
    confidence: float = 0.0
