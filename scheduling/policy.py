"""The rules a business sets for booking, and for what it sells."""

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


@dataclass(frozen=True, slots=True)
class SupportPolicy:
    """`[support]` of a business file, checked."""

    refund_days: int | None = None
    """Local days after the delivery, or the order, on which money is still given back; None:
    nothing is refunded by phone."""
    unused_only: bool = False
    """Whether only what was neither opened nor used is taken back."""
    payment_link: str = ""
    """Where an order is paid, with `{reference}` in place of its reference; empty: nowhere."""
