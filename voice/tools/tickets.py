"""create_ticket: what staff must see to is written down for them."""

from __future__ import annotations

from typing import Any, cast, get_args

from scheduling.values import CustomerDetails
from support.ticket_values import Concern, Priority, TicketKind
from voice.call import CallContext
from voice.dialogue.goods import TicketFact
from voice.spoken import say_reference
from voice.tool_results import ToolResult
from voice.tools.arguments import keyed
from voice.tools.offering import local
from voice.tools.refusals import Incomplete


async def create_ticket(
    context: CallContext,
    *,
    issue: str | None = None,
    priority: str | None = None,
    kind: str | None = None,
    call_back: str | None = None,
) -> ToolResult:
    """A ticket in the caller's name, as far as it is known; the same twice in a call is once."""
    if not issue or not issue.strip():
        raise Incomplete("What should I write down for the team?")
    urgency, sort = priority or "normal", kind or "problem"
    if urgency not in get_args(Priority) or sort not in get_args(TicketKind):
        raise Incomplete("How urgent is it?")
    known = next((each for each in context.facts.tickets if each.issue == issue.strip()), None)
    if known is None:
        concern = Concern(
            issue.strip(),
            CustomerDetails(context.facts.name or "", context.phone),
            priority=cast("Priority", urgency),
            kind=cast("TicketKind", sort),
            call_back=(call_back or "").strip(),
        )
        ticket = await context.tickets.create(
            context.organisation.id, concern, **keyed(context, "create_ticket")
        )
        known = TicketFact(
            reference=ticket.reference, issue=issue.strip(), kind=sort, priority=urgency,
            call_back=concern.call_back,
        )  # fmt: skip
        context.facts.tickets.append(known)
    done = "I've passed it on" if sort == "message" else "I've written it down for the team"
    spoken = f"{done}; your ticket number is {say_reference(known.reference)}."
    return ToolResult("create_ticket", spoken, {"ticket": _document(context, known)})


def _document(context: CallContext, ticket: TicketFact) -> dict[str, Any]:
    """The contract's `ticket`, as it was just written."""
    return {
        "reference": ticket.reference,
        "status": ticket.status,
        "priority": ticket.priority,
        "issue": ticket.issue,
        "customer": {"name": context.facts.name, "phone": context.phone},
        "call_id": context.call.call_id,
        "created_at": local(context, context.now).isoformat(),
    }
