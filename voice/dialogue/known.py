"""Offers and bookings as the caller has heard of them."""

from __future__ import annotations

from datetime import datetime

from pydantic import BaseModel


class OfferedFact(BaseModel):
    """An offer as the caller heard it; instants are aware UTC."""

    offer_id: str
    service_id: str
    provider_id: str
    start: datetime
    end: datetime
    paired: OfferedFact | None = None
    """Of a pair: the second visit."""

    @property
    def offer_ids(self) -> tuple[str, ...]:
        """Its own, and that of the second visit of a pair."""
        return (self.offer_id, *(self.paired.offer_ids if self.paired else ()))


class BookingFact(BaseModel):
    """A booking that this caller may hear of; instants are aware UTC."""

    reference: str
    service_id: str
    provider_id: str
    start: datetime
    end: datetime
    customer: str = ""
