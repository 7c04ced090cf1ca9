"""What staff must see to: a caller's problem, a dispute, a message to call somebody back."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal

from scheduling.values import By, CustomerDetails

TicketStatus = Literal["open", "waiting", "closed"]
"""Waiting: staff have done their part, and it is somebody else's turn."""
Priority = Literal["low", "normal", "high", "urgent"]
TicketKind = Literal["problem", "dispute", "refund", "message", "other"]


@dataclass(frozen=True, slots=True)
class Concern:
    """What becomes a ticket."""

    issue: str
    """In words; what is beyond `LONGEST_WORDS` characters is cut off."""
    customer: CustomerDetails
    """A message may come without a name."""
    priority: Priority = "normal"
    kind: TicketKind = "problem"
    call_back: str = ""
    """When they would like to be called, in words."""


@dataclass(frozen=True, slots=True)
class Ticket:
    """A concern that staff see to, as everybody outside sees it."""

    reference: str
    status: TicketStatus
    priority: Priority
    kind: TicketKind
    organisation: str
    timezone: str
    issue: str
    """With all that was added to it; empty once the words of its call are erased."""
    call_back: str
    customer_name: str
    customer_phone: str | None
    call_id: str | None
    created_at: datetime
    updated_at: datetime
    version: int


@dataclass(frozen=True, slots=True)
class TicketEvent:
    """One line of a ticket's append-only history."""

    at: datetime
    what: str
    who: By
    words: str
    """A note, or staff's reason."""


@dataclass(frozen=True, slots=True)
class TicketFilter:
    """Staff's search, as they type it; None does not filter."""

    reference: str | None = None
    name: str | None = None
    phone: str | None = None
    first_day: date | None = None
    last_day: date | None = None
    """Local days of the business on which it was made, both included."""
    status: TicketStatus | None = None
    priority: Priority | None = None
    limit: int = 50
    cursor: str | None = None


@dataclass(frozen=True, slots=True)
class TicketPage:
    """Tickets, newest first, and where the next page begins."""

    tickets: tuple[Ticket, ...]
    next_cursor: str | None
