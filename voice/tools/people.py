"""transfer_to_human: the call goes to a person where the door can do that and somebody is there."""

from __future__ import annotations

from typing import Any

from support.questions import open_now
from voice.call import CallContext, ToolResult
from voice.spoken import say_phone, say_when
from voice.tools.offering import local, today
from voice.turn import Transfer


async def transfer_to_human(context: CallContext, *, reason: str | None = None) -> ToolResult:
    """Asks the door to transfer; else says truly what to do instead."""
    why = " ".join((reason or "").split())[:200] or "the caller asked for a person"
    phone = context.business.phone
    attended = open_now(context.business, context.now)
    if phone is None:
        spoken = "I'm sorry, there is nobody I can put you through to."
        return _stays("no_number", spoken)
    if not attended.open:
        opens = attended.opens
        when = f" We open {say_when(local(context, opens), today(context))}." if opens else ""
        spoken = f"Nobody is here right now.{when} The number is {say_phone(phone)}."
        return _stays("closed", spoken, number=phone)
    if not context.call.can_transfer:
        spoken = f"I can't put you through from here, but a person answers at {say_phone(phone)}."
        return _stays("cannot_transfer", spoken, number=phone)
    if not any(isinstance(act, Transfer) for act in context.acts):
        context.acts.append(Transfer(phone, why))
    facts = {"transfer": {"number": phone, "reason": why}}
    return ToolResult("transfer_to_human", "One moment, I'm putting you through.", facts)


def _stays(why: str, spoken: str, *, number: str | None = None) -> ToolResult:
    facts: dict[str, Any] = {"transfer": None, "why": why}
    if number is not None:
        facts["number"] = number
    return ToolResult("transfer_to_human", spoken, facts)
