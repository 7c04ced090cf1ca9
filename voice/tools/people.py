"""transfer_to_human: the call goes to a person where the door can do that and somebody is there."""

from __future__ import annotations

from typing import Any

from support.attendance import open_now
from voice.call import CallContext
from voice.putting_through import TransferOutcome, summary_of
from voice.spoken import say_phone
from voice.tool_results import ToolResult
from voice.tools.offering import say_at
from voice.turn import Transfer
from voice.viewing import view_of


async def transfer_to_human(context: CallContext, *, reason: str | None = None) -> ToolResult:
    """Asks the door to transfer; else says truly what to do instead."""
    why = " ".join((reason or "").split())[:200] or "the caller asked for a person"
    phone = context.business.phone
    attended = open_now(context.business, context.now)
    if phone is None:
        spoken = "I'm sorry, there is nobody I can put you through to."
        return _stays("not_possible", spoken)
    if not attended.open:
        opens = attended.opens
        when = f" We open {say_at(context, opens)}." if opens else ""
        spoken = f"Nobody is here right now.{when} The number is {say_phone(phone)}."
        return _stays("closed", spoken, number=phone)
    if not context.call.can_transfer:
        spoken = f"I can't put you through from here, but a person answers at {say_phone(phone)}."
        return _stays("not_possible", spoken, number=phone)
    summary = summary_of(context.facts.agenda, view_of(context), why)
    if not any(isinstance(act, Transfer) for act in context.acts):
        context.acts.append(Transfer(phone, why, summary))
    facts = {"transfer": {"number": phone, "reason": why, "summary": summary}}
    return ToolResult("transfer_to_human", "One moment, I'm putting you through.", facts)


def _stays(outcome: TransferOutcome, spoken: str, *, number: str | None = None) -> ToolResult:
    facts: dict[str, Any] = {"transfer": None, "outcome": outcome}
    if number is not None:
        facts["number"] = number
    return ToolResult("transfer_to_human", spoken, facts)
