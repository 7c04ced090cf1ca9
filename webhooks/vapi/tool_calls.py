"""Tool calls that Vapi's own models make: run side by side, answered in their order."""

from __future__ import annotations

import asyncio
import re
import uuid
from typing import Any

import structlog
from fastapi import Request

from scheduling.errors import Refusal
from voice.tool_results import ToolResult
from voice.tools.refusals import refuse_plainly
from voice.tools.table import ToolCallInvalid
from voice.turn import CallFacts
from webhooks.capacity import OVERLOADED
from webhooks.resources import Resources
from webhooks.vapi.callers import NO_ORGANISATION, call_facts, call_id_of, organisation_of
from webhooks.vapi.messages import ServerMessage, ToolCall

log = structlog.stdlib.get_logger(__name__)

TOOL_SECONDS = 15.0
"""Vapi waits twenty by default."""
MOST_CALLS = 32
"""In one message; models make a handful, and thousands would keep everybody else waiting."""
TOO_MANY = "That was too much at once. Please ask for fewer things at a time."
STILL_WORKING = "That is taking longer than it should. Please try once more in a moment."
UNREADABLE = "I could not read what was asked of that tool."
BROKEN = "Something went wrong on our side. Please try once more."

Result = dict[str, Any]


async def run_tool_calls(request: Request, message: ServerMessage) -> list[Result]:
    """A result for each call, in their order; one that fails does not touch the others."""
    return await _results(request, message, message.asked_tools())


async def _results(request: Request, message: ServerMessage, calls: list[ToolCall]) -> list[Result]:
    capacity = request.app.state.ringbook.capacity
    if not await capacity.take():
        return [_answer(call, error=OVERLOADED) for call in calls]
    try:
        return await _answered(request, message, calls)
    finally:
        capacity.leave()


async def _answered(
    request: Request, message: ServerMessage, calls: list[ToolCall]
) -> list[Result]:
    try:
        facts = await _facts(request, message)
    except Refusal as refusal:
        return [_answer(call, result=_refused(call, refusal)) for call in calls]
    except Exception as error:
        # Vapi reads results under status 200 only, so even now each call gets one.
        log.error("tool calls not begun", exc_info=error)
        return [_answer(call, error=BROKEN) for call in calls]
    if facts is None:
        return [_answer(call, error=NO_ORGANISATION) for call in calls]
    answered = await asyncio.gather(*(_run(request, facts, call) for call in calls[:MOST_CALLS]))
    return [*answered, *(_answer(call, error=TOO_MANY) for call in calls[MOST_CALLS:])]


async def run_function_call(request: Request, message: ServerMessage) -> str:
    """The legacy form: a name and parameters, no id, so a repeat cannot be told from a new call."""
    asked = message.function_call
    if asked is None:
        return UNREADABLE
    call = ToolCall(name=asked.name, parameters=asked.parameters, arguments=asked.arguments)
    (answer,) = await _results(request, message, [call])
    return str(answer.get("result") or answer["error"])


async def _facts(request: Request, message: ServerMessage) -> CallFacts | None:
    organisation = await organisation_of(request, message)
    if organisation is None:
        return None
    call_id = await call_id_of(request, message, organisation)
    return await call_facts(request, message, organisation, call_id=call_id)


async def _run(request: Request, facts: CallFacts, call: ToolCall) -> Result:
    resources: Resources = request.app.state.ringbook
    outcome = "failed"
    try:
        arguments = call.given()
    except ValueError:
        resources.metrics.tools.labels("unreadable").inc()
        return _answer(call, error=UNREADABLE)
    try:
        async with asyncio.timeout(TOOL_SECONDS):
            result = await resources.conversation.use_tool(
                facts, call.asked(), arguments, tool_call_id=call.id or str(uuid.uuid4())
            )
        outcome = result.refused or "done"
        return _answer(call, result=result)
    except ToolCallInvalid as invalid:
        outcome = "invalid"
        return _answer(call, error=str(invalid))
    except TimeoutError:
        outcome = "late"
        return _answer(call, error=STILL_WORKING)
    except Refusal as refusal:
        outcome = refusal.code
        return _answer(call, result=_refused(call, refusal))
    except Exception as error:
        log.error("tool failed", call_id=facts.call_id, exc_info=error)
        return _answer(call, error=BROKEN)
    finally:
        resources.metrics.tools.labels(outcome).inc()


def _refused(call: ToolCall, refusal: Refusal) -> ToolResult:
    """What was refused before the tool itself could begin: as a rule the store was busy."""
    log.warning("tool refused", tool=call.asked(), code=refusal.code)
    return refuse_plainly(call.asked(), refusal)


def _answer(call: ToolCall, *, result: ToolResult | None = None, error: str = "") -> Result:
    """As Vapi reads it: the id echoed, the name given, one line to speak."""
    answer: Result = {"toolCallId": call.id or "", "name": call.asked()}
    if result is None:
        return answer | {"error": one_line(error)}
    return answer | {"result": one_line(result.spoken), "metadata": result.facts}


def one_line(text: str) -> str:
    """Vapi loses results with line breaks in them."""
    return re.sub(r"\s*[\r\n\u2028\u2029]+\s*", "; ", text.strip())
