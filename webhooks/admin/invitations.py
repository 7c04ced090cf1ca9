"""Invitations: a booking as a file that its customer's calendar takes; behind the admin token."""

from __future__ import annotations

from fastapi import APIRouter, Request, Response

from webhooks.admin.entries import Sent
from webhooks.admin.organisations import organisation_of
from webhooks.admission import StaffRoute

router = APIRouter(prefix="/admin", route_class=StaffRoute)


@router.get("/bookings/{reference}.ics")
async def invitation(request: Request, reference: str, organisation: str | None = None) -> Response:
    """A request to come, or its cancelling; sent again after a change, it replaces the former."""
    resources, organisation_id, _ = await organisation_of(request, reference, Sent(), organisation)
    text = await resources.calendars.invitation(organisation_id, reference)
    method = "CANCEL" if b"METHOD:CANCEL" in text else "REQUEST"
    return Response(
        text,
        media_type=f"text/calendar; charset=utf-8; method={method}",
        headers={"Content-Disposition": f'attachment; filename="{reference}.ics"'},
    )
