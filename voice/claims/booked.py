"""The bookings of which a call may speak, as the store has them now."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from scheduling.errors import NotFound
from scheduling.values import Booking
from voice.call import CallContext

CALL_HOURS = 3
"""A change older than this was made in another call."""


@dataclass(frozen=True, slots=True)
class KnownBooking:
    """One of them."""

    booking: Booking
    start: datetime
    """Naive local, as the end."""
    end: datetime
    moved: bool
    """By the caller, in this call."""
    was_at: tuple[datetime, ...]
    """Starts it had before; naive local."""


async def known_bookings(context: CallContext, references: Iterable[str]) -> list[KnownBooking]:
    """Those with these references; what was undone or misheard is left out."""
    known = []
    for reference in dict.fromkeys(references):
        try:
            known.append(await _known(context, reference))
        except NotFound:
            continue
    return known


async def _known(context: CallContext, reference: str) -> KnownBooking:
    booking, events = await context.desk.history(context.organisation.id, reference)
    since = context.now - timedelta(hours=CALL_HOURS)
    changed = (event for event in events if event.who == "caller" and event.at >= since)

    def local(at: datetime) -> datetime:
        return at.astimezone(context.business.zone).replace(tzinfo=None)

    return KnownBooking(
        booking,
        local(booking.start),
        local(booking.end),
        any(event.what == "moved" for event in changed),
        tuple(local(event.start) for event in events if event.start is not None),
    )
