"""Bookings and calls for staff, as JSON; behind the admin token."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import APIRouter, Depends, Query, Request
from fastapi.responses import JSONResponse
from pydantic import BaseModel, ConfigDict, Field, model_validator

from scheduling.business import Business
from scheduling.values import BookingFilter, BookingStatus
from webhooks.admin.documents import (
    booking_document,
    call_document,
    event_document,
    whole_call_document,
)
from webhooks.admin.entries import Day
from webhooks.admin.versions import shown
from webhooks.admission import admit_staff
from webhooks.call_ids import is_call_id
from webhooks.problems import Problem
from webhooks.resources import Resources

router = APIRouter(prefix="/admin", dependencies=[Depends(admit_staff)])

Document = dict[str, Any]


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


class BookingSearch(Listing):
    """Filters as staff type them; days are the business's, `from` and `to` both included."""

    phone: str | None = None
    name: str | None = None
    day: Day | None = Field(default=None, alias="date")
    first_day: Day | None = Field(default=None, alias="from")
    last_day: Day | None = Field(default=None, alias="to")
    reference: str | None = None
    status: BookingStatus | None = None

    @model_validator(mode="after")
    def _one_way_to_name_days(self) -> BookingSearch:
        if self.day and (self.first_day or self.last_day):
            raise ValueError("give either date, or from and to")
        if self.first_day and self.last_day and self.first_day > self.last_day:
            raise ValueError("from is after to")
        return self

    def wanted(self) -> BookingFilter:
        """As the desk takes it."""
        return BookingFilter(
            reference=self.reference,
            name=self.name,
            phone=self.phone,
            first_day=self.day or self.first_day,
            last_day=self.day or self.last_day,
            status=self.status,
            limit=self.limit,
            cursor=self.cursor,
        )


@router.get("/bookings")
async def list_bookings(request: Request, search: Annotated[BookingSearch, Query()]) -> Document:
    """Bookings by start."""
    resources = _resources(request)
    organisation_id = await _organisation_id(resources, search.organisation)
    page = await resources.desk.find(organisation_id, search.wanted())
    return {
        "bookings": [booking_document(booking) for booking in page.bookings],
        "next_cursor": page.next_cursor,
    }


@router.get("/bookings/{reference}")
async def show_booking(
    request: Request, reference: str, organisation: str | None = None
) -> JSONResponse:
    """One booking, what happened to it, and the call it was made in."""
    resources = _resources(request)
    organisation_id = await _organisation_id(resources, organisation)
    booking, events = await resources.desk.history(organisation_id, reference)
    call = None
    if booking.call_id:
        record = await resources.journal.call(None, booking.call_id)
        if record is not None:
            call = call_document(record.summary, booking.organisation, booking.timezone)
    history = [event_document(event, booking.timezone) for event in events]
    return shown(booking, beside={"history": history, "call": call})


@router.get("/calls")
async def list_calls(request: Request, listing: Annotated[Listing, Query()]) -> Document:
    """Calls, newest first."""
    resources = _resources(request)
    organisation_id = await _organisation_id(resources, listing.organisation)
    page = await resources.journal.calls(
        organisation_id, limit=listing.limit, cursor=listing.cursor
    )
    calls = []
    for call in page.calls:
        business = await resources.desk.business(call.organisation_id)
        calls.append(call_document(call, business.slug, business.timezone))
    return {"calls": calls, "next_cursor": page.next_cursor}


@router.get("/calls/{call_id:path}")
async def show_call(request: Request, call_id: str, organisation: str | None = None) -> Document:
    """One call with its turns, tool calls and timings."""
    resources = _resources(request)
    organisation_id = await _organisation_id(resources, organisation)
    known = is_call_id(call_id)
    record = await resources.journal.call(organisation_id, call_id) if known else None
    if record is None:
        raise Problem(404, "There is no such call.")
    business: Business = await resources.desk.business(record.summary.organisation_id)
    return whole_call_document(record, business.slug, business.timezone)


def _resources(request: Request) -> Resources:
    resources: Resources = request.app.state.ringbook
    return resources


async def _organisation_id(resources: Resources, slug: str | None) -> int | None:
    """None is all organisations; a slug that nobody has is 404."""
    if slug is None:
        return None
    organisation = await resources.desk.find_organisation(slug=slug)
    if organisation is None:
        raise Problem(404, f"There is no organisation {slug!r}.", code="unknown_organisation")
    return organisation.id
