"""`ringbook tickets`: look up what callers left for staff to see to."""

from __future__ import annotations

from typing import Any
from zoneinfo import ZoneInfo

from scheduling.desk import Desk
from support.ticket_values import Ticket, TicketFilter
from support.tickets import Tickets
from webhooks.admin.documents import ticket_document
from webhooks.commands.looking_up import Page, Search, Shown, cut, look_up

COLUMNS = (
    "reference", "status", "priority", "made", "customer", "phone", "call back", "issue",
    "organisation",
)  # fmt: skip


def tickets(search: Search, *, as_json: bool) -> None:
    """All that fit, newest first."""
    shown = Shown("tickets", COLUMNS, row_of, ticket_document)
    look_up(search, read_page, shown, as_json=as_json)


async def read_page(
    desk: Desk, organisation_id: int | None, wanted: dict[str, Any]
) -> Page[Ticket]:
    """As support gives it."""
    page = await Tickets(desk).find(organisation_id, TicketFilter(**wanted))
    return page.tickets, page.next_cursor


def row_of(ticket: Ticket) -> tuple[str, ...]:
    """In the business's own time; --json has the whole issue."""
    made = ticket.created_at.astimezone(ZoneInfo(ticket.timezone))
    return (
        ticket.reference,
        ticket.status,
        ticket.priority,
        f"{made:%a %Y-%m-%d %H:%M}",
        ticket.customer_name,
        ticket.customer_phone or "",
        cut(ticket.call_back),
        cut(ticket.issue),
        ticket.organisation,
    )
