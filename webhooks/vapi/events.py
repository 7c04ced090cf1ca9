"""The server URL door: every message Vapi posts, answered as its type wants it."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Iterator, Mapping
from typing import Any

import structlog
from fastapi import APIRouter, Request
from fastapi.responses import JSONResponse

from scheduling.business import Business
from scheduling.phone_numbers import known_number
from scheduling.store import OUT_OF_REACH
from scheduling.values import Organisation
from support.faq import best_faq
from voice.putting_through import summary_of
from voice.turn_end import Awaited, pause_before_reply
from voice.understanding.hearing import Hearing
from voice.viewing import view_of
from webhooks.bodies import parse_bytes
from webhooks.resources import Resources
from webhooks.vapi.assistant import assistant_answer, number_destination, person_answer
from webhooks.vapi.callers import (
    NO_ORGANISATION,
    call_facts,
    call_id_of,
    organisation_of,
)
from webhooks.vapi.messages import Envelope, ServerMessage
from webhooks.vapi.resources import VapiResources
from webhooks.vapi.tool_calls import run_function_call, run_tool_calls

log = structlog.stdlib.get_logger(__name__)
router = APIRouter(prefix="/vapi")

Answer = dict[str, Any]

ASSISTANT_REQUEST_SECONDS = 5.0
"""Vapi gives up after seven and a half."""
REPORTED = ("started_at", "ended_at", "duration_seconds", "cost")


@router.post("/events")
@router.post("/events/")
async def receive(request: Request) -> JSONResponse:
    """Checked over its raw bytes, then answered; what we do not know is acknowledged."""
    raw = await request.app.state.doorkeeper.admit_event(request)
    message = (await parse_bytes(raw, Envelope)).message
    resources: Resources = request.app.state.ringbook
    answer = ANSWERS.get(message.type)
    resources.metrics.events.labels(message.type if answer else "other").inc()
    return JSONResponse(await answer(request, message) if answer else {})


async def on_assistant_request(request: Request, message: ServerMessage) -> Answer:
    """Who takes this call; a store that is down or slow costs the caller a person, not the call."""
    resources: Resources = request.app.state.ringbook
    try:
        async with asyncio.timeout(ASSISTANT_REQUEST_SECONDS):
            organisation = await organisation_of(request, message)
            if organisation is None:
                return {"error": NO_ORGANISATION}
            business = await resources.desk.business(organisation.id)
            call_id = await call_id_of(request, message, organisation)
            facts = await call_facts(request, message, organisation, call_id=call_id)
            await resources.journal.start_call(facts)
            greeting = await resources.conversation.greet(facts)
    except Exception as error:
        log.error("assistant request without the store", exc_info=error)
        return person_answer(_remembered_business(resources, message))
    return assistant_answer(business, resources.settings, greeting)


async def on_status_update(request: Request, message: ServerMessage) -> Answer:
    """The call's beginning and end; `call.status` is stale, the message's own is not."""
    return await _written_down(request, message, _note_status)


async def _note_status(request: Request, message: ServerMessage) -> None:
    organisation = await organisation_of(request, message)
    if organisation is None:
        return
    call_id = await _start_call(request, message, organisation)
    if message.status == "ended":
        resources: Resources = request.app.state.ringbook
        await resources.conversation.hang_up(call_id, reason=message.ended_reason or "")


async def on_end_of_call(request: Request, message: ServerMessage) -> Answer:
    """The final word on a call, whichever of the two endings comes first or twice."""
    return await _written_down(request, message, _note_report)


async def _note_report(request: Request, message: ServerMessage) -> None:
    organisation = await organisation_of(request, message)
    if organisation is None:
        return
    call_id = await _start_call(request, message, organisation)
    given = {name: getattr(message, name) for name in REPORTED}
    given["success"] = message.analysis.success_evaluation if message.analysis else None
    report = {name: value for name, value in given.items() if value is not None}
    resources: Resources = request.app.state.ringbook
    reason = message.ended_reason or ""
    await resources.conversation.hang_up(call_id, reason=reason, report=report)


async def on_tool_calls(request: Request, message: ServerMessage) -> Answer:
    """A result for each call, in their order, always with status 200."""
    return {"results": await run_tool_calls(request, message)}


async def on_function_call(request: Request, message: ServerMessage) -> Answer:
    """The tool call of older assistants: one, without an id."""
    return {"result": await run_function_call(request, message)}


async def on_transfer_destination(request: Request, message: ServerMessage) -> Answer:
    """Where a person answers; the sentence before the transfer was spoken already."""
    business = await _business(request, message)
    if business is None or business.phone is None:
        return {"error": "There is nobody I can put you through to right now."}
    summary = await _summary(request, message)
    return {"destination": number_destination(business.phone, message="", summary=summary)}


async def _summary(request: Request, message: ServerMessage) -> str:
    """What whoever picks up is told of the call; nothing of one that we do not know, or while the
    store is out of reach."""
    resources: Resources = request.app.state.ringbook
    try:
        organisation = await organisation_of(request, message)
        if organisation is None:
            return ""
        call_id = await call_id_of(request, message, organisation)
        if await resources.journal.entry(call_id) is None:
            return ""
        facts = await call_facts(request, message, organisation, call_id=call_id)
        context = await resources.conversation.tool_context(facts)
    except OUT_OF_REACH as error:
        log.warning("transfer without a summary", exc_info=error)
        return ""
    return summary_of(context.facts.agenda, view_of(context), "the caller asked for a person")


async def on_handoff_destination(request: Request, message: ServerMessage) -> Answer:
    """One of the business's own assistants, if the model named one; none of anybody else's."""
    business = await _business(request, message)
    named = set(_texts(message.parameters))
    for assistant_id in business.assistants if business else ():
        if assistant_id in named:
            return {"destination": {"type": "assistant", "assistantId": assistant_id}}
    return {"error": "I can't hand this call over, but I can help you here."}


async def on_knowledge_base(request: Request, message: ServerMessage) -> Answer:
    """The business's own questions and answers, the one that fits what was last said."""
    business = await _business(request, message)
    best = best_faq(business.faqs, message.last_said()) if business else None
    if best is None:
        return {"documents": []}
    return {"documents": [{"content": f"{best.question} {best.answer}", "similarity": 1.0}]}


async def on_endpointing(request: Request, message: ServerMessage) -> Answer:
    """How long to wait before the caller counts as done; Vapi's recogniser hears full stops."""
    awaited = await _awaited(request, message)
    return {"timeoutSeconds": pause_before_reply(message.last_said(), awaited, marks_tell=True)}


async def _awaited(request: Request, message: ServerMessage) -> Awaited:
    """What this call's caller was asked last, where we know the call."""
    resources: Resources = request.app.state.ringbook
    organisation = await organisation_of(request, message)
    if organisation is not None:
        call_id = await call_id_of(request, message, organisation)
        if await resources.journal.entry(call_id) is not None:
            facts = await call_facts(request, message, organisation, call_id=call_id)
            return Awaited.of(await resources.conversation.tool_context(facts))
    now = await resources.store.current_time()
    return Awaited(Hearing(now=now.replace(tzinfo=None)))


async def on_voice_request(_request: Request, _message: ServerMessage) -> Answer:
    """We give Vapi no voice; its fallback voice speaks."""
    return {"error": "No voice is offered here."}


async def on_predial(_request: Request, message: ServerMessage) -> Answer:
    """A contact may be rung when its number is one."""
    number = message.contact.number if message.contact else None
    number = number or message.caller_number()
    return {"eligible": known_number(number) is not None}


async def acknowledge(_request: Request, _message: ServerMessage) -> Answer:
    """Told for our information: what we need of it we know ourselves."""
    return {}


ANSWERS: Mapping[str, Callable[[Request, ServerMessage], Awaitable[Answer]]] = {
    "assistant-request": on_assistant_request,
    "tool-calls": on_tool_calls,
    "function-call": on_function_call,
    "status-update": on_status_update,
    "end-of-call-report": on_end_of_call,
    "transfer-destination-request": on_transfer_destination,
    "handoff-destination-request": on_handoff_destination,
    "knowledge-base-request": on_knowledge_base,
    "call.endpointing.request": on_endpointing,
    "voice-request": on_voice_request,
    "campaign.predial": on_predial,
    "hang": acknowledge,
}
"""Types that are not here are answered like those that only inform: with nothing."""


async def _written_down(
    request: Request,
    message: ServerMessage,
    note: Callable[[Request, ServerMessage], Awaitable[None]],
) -> Answer:
    """Vapi tells these once: a busy store may keep them waiting, but must not lose them."""
    call_id = message.call_id()
    if call_id is not None:
        vapi: VapiResources = request.app.state.vapi
        await vapi.postponed.see_to(call_id, lambda: note(request, message))
    return {}


async def _business(request: Request, message: ServerMessage) -> Business | None:
    """As it is in force; while the store is out of reach, as it was loaded at the start."""
    resources: Resources = request.app.state.ringbook
    try:
        async with asyncio.timeout(ASSISTANT_REQUEST_SECONDS):
            organisation = await organisation_of(request, message)
            return await resources.desk.business(organisation.id) if organisation else None
    except (*OUT_OF_REACH, TimeoutError) as error:
        log.error("business without the store", exc_info=error)
        return _remembered_business(resources, message)


async def _start_call(request: Request, message: ServerMessage, organisation: Organisation) -> str:
    """Enter the call, with the number that custom model requests may lack."""
    resources: Resources = request.app.state.ringbook
    call_id = await call_id_of(request, message, organisation)
    await resources.journal.start_call(
        await call_facts(request, message, organisation, call_id=call_id)
    )
    return call_id


def _remembered_business(resources: Resources, message: ServerMessage) -> Business | None:
    """As the store would have found it, from what was loaded at the start."""
    dialled, assistant = message.dialled_number(), message.assistant_id()
    for business in resources.businesses:
        if dialled in business.numbers or assistant in business.assistants:
            return business
    return resources.businesses[0] if len(resources.businesses) == 1 else None


def _texts(value: Any) -> Iterator[str]:
    """Every text within, keys left out."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for inner in value.values():
            yield from _texts(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from _texts(inner)
