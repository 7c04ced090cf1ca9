"""Bookings and calls for staff, as JSON; behind the admin token."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import APIRouter, Query, Request
from fastapi.responses import JSONResponse

from scheduling.business import Business
from scheduling.values import BookingFilter, BookingStatus
from webhooks.admin.documents import (
    booking_document,
    call_document,
    event_document,
    unanswered_document,
    whole_call_document,
)
from webhooks.admin.entries import Days
from webhooks.admin.searching import CustomerSearch, Listing, call_of, organisation_id_of
from webhooks.admin.versions import shown_booking
from webhooks.admission import StaffRoute
from webhooks.call_ids import is_call_id
from webhooks.problems import Problem
from webhooks.resources import Resources

router = APIRouter(prefix="/admin", route_class=StaffRoute)

Document = dict[str, Any]


class BookingSearch(CustomerSearch):
    """Filters of bookings."""

    status: BookingStatus | None = None


class UnansweredListing(Listing, Days):
    """Of which days; they are the businesses'."""


@router.get("/bookings")
async def list_bookings(request: Request, search: Annotated[BookingSearch, Query()]) -> Document:
    """Bookings by start."""
    resources = _resources(request)
    organisation_id = await organisation_id_of(resources, search.organisation)
    wanted = BookingFilter(**search.typed(), status=search.status)
    page = await resources.desk.find(organisation_id, wanted)
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
    organisation_id = await organisation_id_of(resources, organisation)
    booking, events = await resources.desk.history(organisation_id, reference)
    history = [event_document(event, booking.timezone) for event in events]
    call = await call_of(resources, booking)
    return shown_booking(booking, beside={"history": history, "call": call})


@router.get("/calls")
async def list_calls(request: Request, listing: Annotated[Listing, Query()]) -> Document:
    """Calls, newest first."""
    resources = _resources(request)
    organisation_id = await organisation_id_of(resources, listing.organisation)
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
    organisation_id = await organisation_id_of(resources, organisation)
    known = is_call_id(call_id)
    record = await resources.journal.call(organisation_id, call_id) if known else None
    if record is None:
        raise Problem(404, "There is no such call.")
    business: Business = await resources.desk.business(record.summary.organisation_id)
    return whole_call_document(record, business.slug, business.timezone)


@router.get("/unanswered")
async def list_unanswered(
    request: Request, listing: Annotated[UnansweredListing, Query()]
) -> Document:
    """What callers asked for and did not get: the newest day first, then the most frequent."""
    resources = _resources(request)
    meant = await organisation_id_of(resources, listing.organisation)
    businesses = {
        each.id: await resources.desk.business(each.id)
        for each in await resources.desk.organisations()
        if meant in (None, each.id)
    }
    page = await resources.journal.unanswered(
        {of: business.zone for of, business in businesses.items()},
        days=(listing.day or listing.first_day, listing.day or listing.last_day),
        limit=listing.limit,
        cursor=listing.cursor,
    )
    listed = [unanswered_document(e, businesses[e.organisation_id].slug) for e in page.unanswered]
    return {"unanswered": listed, "next_cursor": page.next_cursor}


def _resources(request: Request) -> Resources:
    resources: Resources = request.app.state.ringbook
    return resources
