"""Tickets for staff: what there is to see to, and how it stands; behind the admin token."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import APIRouter, Query, Request
from fastapi.responses import JSONResponse

from support.ticket_values import Priority, TicketFilter, TicketStatus
from webhooks.admin.asking import Key, Slug, refusals_of, staff_behalf
from webhooks.admin.documents import ticket_document, ticket_event_document
from webhooks.admin.entries import TicketMarkEntry
from webhooks.admin.organisations import organisation_of
from webhooks.admin.searching import CustomerSearch, call_of, organisation_id_of
from webhooks.admin.versions import IfMatch, shown
from webhooks.admission import StaffRoute
from webhooks.resources import Resources

router = APIRouter(prefix="/admin/tickets", route_class=StaffRoute)


class TicketSearch(CustomerSearch):
    """Filters of tickets; days are those on which they were made."""

    status: TicketStatus | None = None
    priority: Priority | None = None


@router.get("")
async def list_tickets(
    request: Request, search: Annotated[TicketSearch, Query()]
) -> dict[str, Any]:
    """Tickets, newest first."""
    resources: Resources = request.app.state.ringbook
    organisation_id = await organisation_id_of(resources, search.organisation)
    wanted = TicketFilter(**search.typed(), status=search.status, priority=search.priority)
    page = await resources.tickets.find(organisation_id, wanted)
    listed = [ticket_document(ticket) for ticket in page.tickets]
    return {"tickets": listed, "next_cursor": page.next_cursor}


@router.get("/{reference}")
async def show_ticket(
    request: Request, reference: str, organisation: str | None = None
) -> JSONResponse:
    """One ticket, what happened to it, and the call it was made in."""
    resources: Resources = request.app.state.ringbook
    organisation_id = await organisation_id_of(resources, organisation)
    ticket, events = await resources.tickets.history(organisation_id, reference)
    history = [ticket_event_document(event, ticket.timezone) for event in events]
    beside = {"history": history, "call": await call_of(resources, ticket)}
    return shown(ticket_document(ticket) | beside, ticket.version)


@router.post("/{reference}/status")
async def mark_ticket(
    request: Request,
    reference: str,
    entry: TicketMarkEntry,
    slug: Slug = None,
    key: Key = None,
    seen: IfMatch = None,
) -> JSONResponse:
    """The ticket as staff say that it stands."""
    history = request.app.state.ringbook.tickets.history
    resources, organisation_id, business = await organisation_of(
        request, reference, entry, slug, history=history
    )
    async with refusals_of(business, seen):
        ticket = await resources.tickets.set_status(
            organisation_id, reference, entry.status, **staff_behalf(key, entry, seen)
        )
    return shown(ticket_document(ticket), ticket.version)
