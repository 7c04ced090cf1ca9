"""What files of tests/calls say of tickets: those open before, and all there are after."""

from __future__ import annotations

import re
from typing import Any

from scheduling.values import CustomerDetails
from support.ticket_values import Concern, Ticket, TicketFilter
from support.tickets import Tickets
from webhooks.resources import Resources


async def entered_tickets(resources: Resources, before: list[dict[str, Any]]) -> list[Ticket]:
    """What was written down in earlier calls."""
    [organisation] = await resources.desk.organisations()
    tickets = Tickets(resources.desk)
    return [
        await tickets.create(
            organisation.id,
            Concern(
                row["issue"],
                CustomerDetails(row.get("name", ""), row.get("phone")),
                kind=row.get("kind", "problem"),
            ),
            by="caller",
        )
        for row in before
    ]


async def stored_tickets(resources: Resources) -> list[dict[str, Any]]:
    """The tickets of the store as a file writes them, with what was added to them."""
    tickets, rows = Tickets(resources.desk), []
    for ticket in reversed((await tickets.find(None, TicketFilter(limit=200))).tickets):
        _, events = await tickets.history(None, ticket.reference)
        rows.append(
            {
                "kind": ticket.kind,
                "priority": ticket.priority,
                "status": ticket.status,
                "issue": ticket.issue,
                "call_back": ticket.call_back,
                "name": ticket.customer_name,
                "phone": ticket.customer_phone,
                "notes": [each.words for each in events if each.what == "noted"],
            }
        )
    return rows


def check_tickets(expected: list[dict[str, Any]], rows: list[dict[str, Any]]) -> None:
    """Those that the file names and no others, compared by the keys that it names; of the issue it
    holds a pattern."""
    assert len(rows) == len(expected), rows
    for row, wanted in zip(rows, expected, strict=True):
        issue = wanted.get("issue", "")
        assert re.search(issue, row["issue"], re.IGNORECASE) if issue else True, row
        told = {key: value for key, value in wanted.items() if key != "issue" or not value}
        assert {key: row[key] for key in told} == told
