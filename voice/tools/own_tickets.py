"""find_ticket, add_to_ticket, withdraw_ticket: what staff still see to for the caller is found
again, added to, and taken back.

A known number finds them; what they say is never told, since a name was not asked for.
"""

from __future__ import annotations

from typing import cast, get_args

from scheduling.errors import NotFound
from support.ticket_values import Priority, Ticket
from voice.call import CallContext
from voice.dialogue.goods import TicketFact
from voice.spoken import say_day, say_reference
from voice.tool_results import ToolResult
from voice.tools.arguments import keyed
from voice.tools.offering import local, today
from voice.tools.proving import clean_reference
from voice.tools.refusals import Incomplete

KINDS = frozenset({"problem", "dispute"})
"""Of which a caller may ring a second time; a message was said."""


async def find_ticket(context: CallContext) -> ToolResult:
    """Tickets of the number that the call comes from which are not closed, the newest first."""
    tickets = await _unclosed(context)
    found = [
        {
            "reference": each.reference,
            "status": each.status,
            "priority": each.priority,
            "created_at": local(context, each.created_at).isoformat(),
            "since": say_day(local(context, each.created_at).date(), today(context)),
        }
        for each in tickets
    ]
    known = {each.reference for each in context.facts.tickets}
    context.facts.tickets += [_fact(each) for each in tickets if each.reference not in known]
    spoken = "There is no open ticket under this number."
    if tickets:
        newest = say_reference(tickets[0].reference)
        spoken = f"There is an open ticket of {found[0]['since']}, {newest}."
    return ToolResult("find_ticket", spoken, {"tickets": found})


async def add_to_ticket(
    context: CallContext,
    *,
    reference: str | None = None,
    words: str | None = None,
    priority: str | None = None,
    call_back: str | None = None,
) -> ToolResult:
    """The caller's open ticket with what they have to add, and when they would be rung; as urgent
    as the more urgent says."""
    if not words or not words.strip():
        raise Incomplete("What should I add to it?")
    if priority is not None and priority not in get_args(Priority):
        raise Incomplete("How urgent is it?")
    wanted = clean_reference(reference)
    own = {each.reference for each in await _unclosed(context)}
    if wanted not in {*own, *(each.reference for each in context.facts.tickets)}:
        raise NotFound(f"no open ticket {wanted}")
    ticket = await context.tickets.add_note(
        context.organisation.id,
        wanted,
        f"{words.strip().rstrip('.')}. Call back: {call_back}." if call_back else words.strip(),
        priority=cast("Priority | None", priority),
        **keyed(context, "add_to_ticket"),
    )
    others = [each for each in context.facts.tickets if each.reference != wanted]
    of_this_call = [each for each in context.facts.tickets if each not in others]
    told = [
        each.but(issue=ticket.issue if each.issue else "", call_back=call_back or each.call_back)
        for each in of_this_call
    ]
    context.facts.tickets = [*others, *(told or [_fact(ticket)])]
    facts = {"reference": wanted, "status": ticket.status, "priority": ticket.priority}
    spoken = f"I've added that to your ticket, {say_reference(wanted)}."
    return ToolResult("add_to_ticket", spoken, {"ticket": facts})


async def withdraw_ticket(context: CallContext, *, reference: str | None = None) -> ToolResult:
    """What was written down in this call and should not have been is nobody's to see to."""
    wanted = clean_reference(reference)
    kept = [each for each in context.facts.tickets if each.reference != wanted]
    if len(kept) == len(context.facts.tickets):
        raise NotFound(f"no ticket {wanted} of this call")
    behalf = keyed(context, "withdraw_ticket") | {"by": "caller", "reason": "taken back"}
    await context.tickets.set_status(context.organisation.id, wanted, "closed", **behalf)
    context.facts.tickets = kept
    return ToolResult("withdraw_ticket", "All right, I've taken that back.", {})


def _fact(ticket: Ticket) -> TicketFact:
    """Without what it says."""
    return TicketFact(
        reference=ticket.reference,
        issue="",
        kind=ticket.kind,
        priority=ticket.priority,
        status=ticket.status,
    )


async def _unclosed(context: CallContext) -> list[Ticket]:
    phone = context.call.known_phone
    if phone is None:
        return []
    tickets = await context.tickets.unclosed(context.organisation.id, phone)
    return [each for each in tickets if each.kind in KINDS]
