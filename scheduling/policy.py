"""The rules a business sets for booking."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal


@dataclass(frozen=True, slots=True)
class BookingPolicy:
    """`[booking]` of a business file, checked."""

    step_minutes: int = 15
    """Starts are this far apart, counted from the opening of each window."""
    notice_minutes: int = 60
    """The least time ahead that may be booked; a start exactly this far ahead is allowed."""
    horizon_days: int = 90
    """The last bookable local day is today plus this many days."""
    hold_minutes: int = 5
    cancel_notice_minutes: int = 0
    """The least time ahead that a caller may cancel or move; staff may always."""
    per_day: int = 3
    """Bookings a customer may have on one local day."""
    holidays: Literal["open", "closed"] | tuple[str, ...] = "open"
    """Whether public holidays close the business, or the names of those that do."""
