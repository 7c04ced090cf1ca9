"""Why the business's rules give no money back, in a sentence for callers."""

from __future__ import annotations

from datetime import date

from scheduling.business import Business
from voice.spoken import say_date

WORDS = {
    "already_refunded": "That has been refunded already.",
    "cancelled": "That order was cancelled, so there is nothing to refund from here.",
    "returned": "That order has come back to us, and the team is seeing to it.",
    "no_policy": "I can't give refunds from here.",
    "not_paid": "That order isn't fully paid, so there is nothing to refund yet.",
    "used": "I'm sorry, only what is unopened and unused can be refunded.",
    "use_unknown": "Only what is unopened and unused can be refunded.",
}


def say_no_refund(business: Business, why: str, last_day: date | None) -> str:
    """The rule that is against it."""
    if why != "too_late":
        return WORDS[why]
    days = business.support.refund_days
    within = f"refunds are possible for {days} days" if days else "that was too long ago"
    until = ""
    if days and last_day is not None:
        until = f", and that was until {say_date(last_day, last_day, business.country)}"
    return f"I'm sorry, {within}{until}."
