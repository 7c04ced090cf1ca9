"""Whether a booking can still be changed, and what its customer hears when it is too late."""

from __future__ import annotations

from datetime import datetime

from scheduling.errors import BookingOver, Refusal
from scheduling.life import check_notice
from scheduling.policy import BookingPolicy
from voice.spoken import say_notice


def too_late_to_change(start: datetime, *, now: datetime, policy: BookingPolicy) -> str | None:
    """Why a booking that starts then can no longer be moved or cancelled; None when it can."""
    try:
        check_notice(start, now=now, since=now, notice_minutes=policy.cancel_notice_minutes)
    except Refusal as refusal:
        return say_too_late(refusal, policy)
    return None


def say_too_late(refusal: Refusal, policy: BookingPolicy) -> str:
    """The refusal that `check_notice` gave, in words."""
    if isinstance(refusal, BookingOver):
        return "That appointment is already over."
    needed = say_notice(policy.cancel_notice_minutes)
    return f"It is too late to change that appointment: we need {needed}."
