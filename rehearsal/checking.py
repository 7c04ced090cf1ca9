"""A read-back held against what the caller wants."""

from __future__ import annotations

import re
from typing import Literal

from rehearsal.goals import Person, Visit
from rehearsal.hearing import Heard, HeardTime
from rehearsal.people import same_name

Wrong = Literal["service", "provider", "name", "phone", "when"]
_DIGITS_COMPARED = 7


def wrong_in(heard: Heard, person: Person, *, visit: Visit | None, service_id: str,
             books: bool) -> Wrong | None:  # fmt: skip
    """The first thing that is not as wanted; name and number matter where something is booked."""
    if heard.services and service_id not in heard.services:
        return "service"
    if visit and heard.providers and visit.provider_id not in (None, *heard.providers):
        return "provider"
    if books and heard.names and not any(same_name(name, person.name) for name in heard.names):
        return "name"
    national = re.sub(r"\D", "", person.phone)[-_DIGITS_COMPARED:]
    if books and len(heard.digits) >= _DIGITS_COMPARED and not heard.digits.endswith(national):
        return "phone"
    if visit is not None and heard.times and not suits(heard.times[-1], visit):
        return "when"
    return None


def suits(offer: HeardTime, visit: Visit) -> bool:
    """Whether a time, and with whom it is, will do."""
    if not visit.times.suit(offer.at):
        return False
    return visit.provider_id is None or offer.provider_id in (None, visit.provider_id)
