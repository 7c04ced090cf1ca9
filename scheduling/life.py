"""The life of a booking: its states, which may follow which, and whose doing that may be."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Literal

from scheduling.errors import BookingOver, NotAllowed, TooLateToChange
from scheduling.values import BookingStatus, By

Status = BookingStatus | Literal["withdrawn"]

ANYBODY: frozenset[By] = frozenset({"caller", "staff", "system"})
STAFF: frozenset[By] = frozenset({"staff"})
UNDOING: frozenset[By] = frozenset({"system"})

STEPS: Mapping[tuple[Status, Status], frozenset[By]] = {
    ("held", "booked"): ANYBODY,
    ("booked", "booked"): ANYBODY,  # moved: no other status may be
    ("booked", "cancelled"): ANYBODY,
    ("booked", "arrived"): STAFF,
    ("booked", "fulfilled"): STAFF,
    ("booked", "noshow"): STAFF,
    ("arrived", "fulfilled"): STAFF,
    ("arrived", "cancelled"): STAFF,  # left without being seen
    ("arrived", "booked"): STAFF,  # marked by mistake, as the next ones were
    ("fulfilled", "arrived"): STAFF,
    ("fulfilled", "booked"): STAFF,
    ("noshow", "arrived"): STAFF,  # came late after all
    ("noshow", "booked"): STAFF,
    ("booked", "withdrawn"): UNDOING,
    ("withdrawn", "booked"): ANYBODY,  # the same offer, confirmed again
    ("cancelled", "booked"): UNDOING,
}
"""What is not here cannot happen: nothing but undoing brings a cancelled booking back."""


def check_step(was: Status, becomes: Status, *, by: By) -> None:
    """Refuses a step that the table does not give to whoever asks."""
    if by not in STEPS.get((was, becomes), frozenset()):
        step = "move it" if was == becomes else f"make it {becomes}"
        raise NotAllowed(f"the booking is {was}: {by} cannot {step}")


def check_notice(start: datetime, *, now: datetime, since: datetime, notice_minutes: int) -> None:
    """Refuses a caller's change of a booking that has begun, or of whose notice was less left than
    needed when it was asked for."""
    if start <= now:
        raise BookingOver("the booking's time is over")
    if start - since < timedelta(minutes=notice_minutes):
        raise TooLateToChange(f"less than {notice_minutes} minutes ahead")
