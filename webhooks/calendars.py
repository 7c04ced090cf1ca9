"""Calendar feeds: whoever knows an address reads it, and nobody else learns that it is one."""

from __future__ import annotations

from fastapi import APIRouter, Request, Response

from webhooks.problems import Problem
from webhooks.resources import Resources

router = APIRouter(include_in_schema=False)


@router.get("/calendars/{secret}.ics")
async def feed(request: Request, secret: str) -> Response:
    """What is booked, as iCalendar; a program that has it already is told so."""
    resources: Resources = request.app.state.ringbook
    found = await resources.calendars.feed(secret)
    if found is None:
        raise Problem(404, "There is no such calendar.")
    headers = {
        "ETag": f'"{found.tag}"',
        "Cache-Control": "private, no-cache",
        "X-Robots-Tag": "noindex",
        "Content-Disposition": 'inline; filename="bookings.ics"',
    }
    known = request.headers.get("if-none-match", "")
    if known == "*" or found.tag in {
        each.strip().removeprefix("W/").strip('"') for each in known.split(",")
    }:
        return Response(status_code=304, headers=headers)
    text = await resources.calendars.text(found)
    return Response(text, media_type="text/calendar; charset=utf-8", headers=headers)
