"""When a caller would like to come: what was said so far, and the desk's windows for it."""

from __future__ import annotations

from datetime import date, time

from pydantic import BaseModel, ConfigDict


class Span(BaseModel):
    """Days and times of day that go together, both as the business's clock shows them."""

    model_config = ConfigDict(frozen=True)

    first: date | None = None
    """None with `last`: from today; None without: any day."""
    last: date | None = None
    """Included; None with `first`: no last day."""
    at: time | None = None
    """An exact time; `after` and `before` are then empty."""
    after: time | None = None
    before: time | None = None
    """Starts before it; excluded."""
    fold: int | None = None
    """Which of two, where the clock shows the time twice."""


class Wanted(BaseModel):
    """All that the caller has asked for and ruled out, in local time."""

    model_config = ConfigDict(frozen=True)

    spans: tuple[Span, ...] = ()
    """Any of them will do; none: no wish yet."""
    excluded: tuple[Span, ...] = ()
