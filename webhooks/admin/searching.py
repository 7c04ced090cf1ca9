"""What staff look for: the filters that every list takes, and whose things are meant."""

from __future__ import annotations

from typing import Any

from pydantic import BaseModel, ConfigDict, Field, model_validator

from scheduling.values import Booking
from support.order_values import PlacedOrder
from support.ticket_values import Ticket
from webhooks.admin.documents import call_document
from webhooks.admin.entries import Days
from webhooks.problems import Problem
from webhooks.resources import Resources


class Listing(BaseModel):
    """What every list takes; a parameter nobody knows is refused, lest it filter nothing."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    organisation: str | None = None
    """A slug; None is all organisations."""
    limit: int = Field(default=50, ge=1, le=200)
    cursor: str | None = None

    @model_validator(mode="before")
    @classmethod
    def _blank_is_not_given(cls, given: Any) -> Any:
        """A form sends every field that it has."""
        return {name: value for name, value in dict(given).items() if value != ""}


class CustomerSearch(Listing, Days):
    """What is known of a customer's thing, as staff type it."""

    phone: str | None = None
    name: str | None = None
    reference: str | None = None

    def typed(self) -> dict[str, Any]:
        """By the names that every filter has."""
        return {
            "reference": self.reference,
            "name": self.name,
            "phone": self.phone,
            "first_day": self.day or self.first_day,
            "last_day": self.day or self.last_day,
            "limit": self.limit,
            "cursor": self.cursor,
        }


async def organisation_id_of(resources: Resources, slug: str | None) -> int | None:
    """None is all organisations; a slug that nobody has is 404."""
    if slug is None:
        return None
    organisation = await resources.desk.find_organisation(slug=slug)
    if organisation is None:
        raise Problem(404, f"There is no organisation {slug!r}.", code="unknown_organisation")
    return organisation.id


async def call_of(
    resources: Resources, made: Booking | PlacedOrder | Ticket
) -> dict[str, Any] | None:
    """The call that a thing was made in, while the journal has it."""
    record = await resources.journal.call(None, made.call_id) if made.call_id else None
    if record is None:
        return None
    return call_document(record.summary, made.organisation, made.timezone)
