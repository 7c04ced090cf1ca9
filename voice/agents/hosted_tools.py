"""The tools as a hosted model gets them: what it is told of each, and what a call of one does."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import orjson

from scheduling.errors import Refusal
from voice.agents.callers_words import as_the_caller_said
from voice.call import CallContext
from voice.dialogue.following import agreed, follow, propose
from voice.dialogue.steps import Ran, ToolCall, use
from voice.tool_results import ToolResult
from voice.tools.arguments import find_provider, find_service, other_times, read_wanted
from voice.tools.running import run_to_the_end
from voice.tools.table import TOOLS, given_arguments
from voice.turn import HangUp
from voice.understanding.wishes.wanted import note
from voice.viewing import view_of

END_CALL = "end_call"
CHANGES = frozenset(
    """book_appointment reschedule_appointment cancel_appointment process_refund
    checkout""".split()
)
READ_BACK = "The caller is being asked; call again after their yes."
SLIM = {
    "offers": ("offer_id", "service", "provider", "start"),
    "bookings": ("reference", "service", "provider", "start"),
    "booking": ("reference", "service", "provider", "start"),
    "tickets": ("reference", "status", "since"),
    "next": ("service", "provider", "start"),
    "order": ("reference", "status", "lines", "total", "open", "refundable", "why_not"),
    "orders": ("reference", "placed_at", "status", "lines", "total"),
    "ticket": ("reference",),
    "products": ("product_id", "name", "price", "left", "note"),
    "cart": ("lines", "total"),
}
"""Of the facts of a result, the members that a model needs."""


@dataclass(frozen=True, slots=True)
class DeclaredTool:
    """What a model is told of a tool."""

    name: str
    description: str
    parameters: dict[str, Any]


def declared(name: str) -> DeclaredTool:
    """The tool of that name, as a hosted model may use it."""
    if name == END_CALL:
        return DeclaredTool(
            END_CALL,
            "Ends the call after what you say with it. Only after the caller's goodbye, with "
            "nothing left to do.",
            _only({}, ()),
        )
    tool = TOOLS[name]
    properties = dict(tool.parameters["properties"])
    match name:
        case "check_availability":
            order = properties["order"]
            properties["order"] = {
                **order,
                "enum": [*order["enum"], "more"],
                "description": f"{order['description']} 'more': other times than those offered.",
            }
        case "book_appointment":
            properties = {key: properties[key] for key in ("offer_id", "name", "phone")}
            return DeclaredTool(name, tool.description, _only(properties, ("offer_id", "name")))
        case "reschedule_appointment":
            properties = {key: properties[key] for key in ("reference", "offer_id")}
            return DeclaredTool(
                name, tool.description, _only(properties, ("reference", "offer_id"))
            )
    return DeclaredTool(name, tool.description, _only(properties, tool.parameters["required"]))


async def use_tool(context: CallContext, name: str, arguments: Mapping[str, Any]) -> str:
    """What the tool gave, for the model. A change that the caller has not agreed to is not made:
    it is proposed, and the turn is ours."""
    if name == END_CALL:
        if context.call.can_hang_up and not any(isinstance(one, HangUp) for one in context.acts):
            context.acts.append(HangUp())
        return "{}"
    given = as_the_caller_said(context, given_arguments(name, arguments))
    call = _in_our_terms(context, ToolCall(name, given))
    facts = context.facts
    if name in CHANGES:
        facts.agenda = propose(facts.agenda, call, view_of(context))
        ours = agreed(facts.agenda, name, view_of(context))
        if ours is None:
            context.proposed = True
            return orjson.dumps({"not_done_yet": READ_BACK}).decode()
        call = ours
    result = await run_to_the_end(context, call.name, call.arguments)
    facts.agenda = follow(facts.agenda, Ran(call, result), view_of(context))
    facts.learn([result.spoken])
    return for_a_model(result)


def for_a_model(result: ToolResult) -> str:
    """A result as a model reads it: what can be said, then the facts that it needs."""
    facts: dict[str, Any] = {}
    for name, value in result.facts.items():
        kept = SLIM.get(name)
        if kept is None:
            facts[name] = value
        elif isinstance(value, list):
            facts[name] = [{key: one[key] for key in kept if key in one} for one in value]
        else:
            facts[name] = {key: value[key] for key in kept if key in value}
    if result.refused is not None:
        told = facts.pop("refused", {})
        facts["refused"] = result.refused
        if told.get("candidates"):
            facts["candidates"] = told["candidates"]
    if facts.get("answer") == result.spoken:
        del facts["answer"]
    return orjson.dumps({"say": result.spoken, **facts}).decode()


def _in_our_terms(context: CallContext, call: ToolCall) -> ToolCall:
    """A search with ids, and with the time as our own searches note it, so that the agenda can be
    made of it; what cannot be read is left to the tool, which says so."""
    if call.name != "check_availability":
        return call
    said = call.arguments
    try:
        service = find_service(context, said.get("service", ""))
        provider = find_provider(context, said.get("provider"), service)
        wanted = read_wanted(context, said.get("date"), said.get("when"))
    except Refusal:
        return call
    order: str | None = said.get("order")
    if order == "more":
        wanted, order = other_times(context, wanted), None
    return use(
        call.name,
        service=service.id,
        when=note(wanted) or None,
        provider=provider.id if provider is not None else None,
        order=order or wanted.order,
    )


def _only(properties: Mapping[str, Any], required: Any) -> dict[str, Any]:
    return {
        "type": "object",
        "properties": dict(properties),
        "required": list(required),
        "additionalProperties": False,
    }
