"""The custom model door: Vapi asks for the next reply and gets it as a stream of chunks."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator
from contextlib import ExitStack, aclosing
from dataclasses import dataclass
from typing import Any

import structlog
from fastapi import APIRouter, Request
from fastapi.responses import Response
from pydantic import Field, field_validator, model_validator

from voice.turn import HangUp, Part, Say, Transfer, Turn
from webhooks.bodies import parse_bytes, read_body
from webhooks.capacity import OVERLOADED
from webhooks.completions import MAX_MESSAGES, MOST_TOOLS, Message, read_asked
from webhooks.event_stream import DONE, Chunks, EventStream
from webhooks.problems import Problem
from webhooks.replying import PATIENCE_SECONDS, SORRY, reply_parts
from webhooks.resources import Resources
from webhooks.vapi.assistant import number_destination
from webhooks.vapi.callers import (
    NO_ORGANISATION,
    Abilities,
    call_facts,
    call_id_of,
    organisation_of,
)
from webhooks.vapi.control import LiveControl
from webhooks.vapi.messages import AboutCall
from webhooks.vapi.platform_tools import (
    END,
    TRANSFER,
    CameBack,
    DeclaredTool,
    PlatformTools,
    outcome_of_ours,
)
from webhooks.vapi.resources import VapiResources

log = structlog.stdlib.get_logger(__name__)
router = APIRouter(prefix="/vapi")

FLUSH = "<flush />"


class CompletionRequest(AboutCall):
    """A chat-completions body with what Vapi adds; `functions` is the form of 2024."""

    messages: tuple[Message, ...] = ()
    tools: list[DeclaredTool] = Field(default_factory=list)
    functions: list[DeclaredTool] = Field(default_factory=list)

    @model_validator(mode="before")
    @classmethod
    def _so_many_and_no_more(cls, body: Any) -> Any:
        """Before an object is made of each."""
        if isinstance(body, dict):
            messages = body.get("messages")
            if isinstance(messages, list) and len(messages) > MAX_MESSAGES:
                raise ValueError(f"messages: at most {MAX_MESSAGES} are read.")
        return body

    @field_validator("messages", mode="before")
    @classmethod
    def _objects_only(cls, value: Any) -> Any:
        return [each for each in value if isinstance(each, dict)] if isinstance(value, list) else ()

    @field_validator("tools", "functions", mode="before")
    @classmethod
    def _the_first(cls, value: Any) -> Any:
        return value[:MOST_TOOLS] if isinstance(value, list) else value


@router.get("")
@router.get("/")
async def reachable() -> dict[str, str]:
    """The base address of the custom model answers anyone."""
    return {"status": "ok"}


@router.post("/chat/completions")
@router.post("/chat/completions/")
@router.post("/v1/chat/completions")
@router.post("/chat/completions/chat/completions")
async def complete(request: Request) -> Response:
    """The reply to the last caller message, spoken as it is made."""
    request.app.state.doorkeeper.admit(request)
    body = await parse_bytes(await read_body(request), CompletionRequest)
    resources: Resources = request.app.state.ringbook
    # Past the secret an error status would end the call; a sentence keeps it alive.
    if not await resources.capacity.take():
        return EventStream(_one_sentence(OVERLOADED))
    with ExitStack() as until_sent:
        until_sent.callback(resources.capacity.leave)
        try:
            async with asyncio.timeout(PATIENCE_SECONDS):
                stream = await _answer(request, resources, body)
        except Problem:
            raise
        except Exception as error:
            log.error("turn not begun", exc_info=error)
            stream = EventStream(_one_sentence(SORRY))
        return stream.afterwards(until_sent.pop_all().close)


async def _answer(request: Request, resources: Resources, body: CompletionRequest) -> EventStream:
    organisation = await organisation_of(request, body)
    if organisation is None:
        return EventStream(_one_sentence(NO_ORGANISATION))
    asked = read_asked(body.messages)
    call_id = await call_id_of(request, body, organisation, asked)
    vapi: VapiResources = request.app.state.vapi
    vapi.control.forget(call_id)
    tools = PlatformTools.read([*body.tools, *body.functions])
    facts = await call_facts(
        request,
        body,
        organisation,
        call_id=call_id,
        abilities=Abilities(transfer_tool=tools.can_transfer, hang_up_tool=tools.can_end),
    )
    headers = {"X-Call-ID": call_id}
    if (ours := outcome_of_ours(body.messages)) is not None:
        if isinstance(ours, CameBack):
            ours = await resources.conversation.came_back(
                facts, ours.outcome, delivery=ours.tool_call_id
            )
        return EventStream(_one_sentence(ours), headers=headers)
    if asked.number == 0:
        greeting = await resources.conversation.greet(facts)
        return EventStream(_one_sentence(greeting), headers=headers)
    turn = Turn(
        call=facts,
        number=asked.number,
        first_unheard=asked.first_unheard,
        text=asked.text,
        history=asked.history,
        keys=asked.keys,
    )
    return EventStream(Reply(resources, vapi.control, turn, tools).frames(), headers=headers)


async def _one_sentence(text: str) -> AsyncGenerator[bytes, None]:
    """A whole reply that needs no conversation."""
    chunks = Chunks.begin()
    yield chunks.content(text, first=True)
    yield chunks.finish("stop")
    yield DONE


@dataclass(frozen=True)
class Reply:
    """One reply on its way to Vapi."""

    resources: Resources
    control: LiveControl
    turn: Turn
    tools: PlatformTools

    async def frames(self) -> AsyncGenerator[bytes, None]:
        """A chunk for each sentence, then at most one of Vapi's tools, then the end."""
        chunks, spoken, reason = Chunks.begin(), "", "stop"
        async with aclosing(reply_parts(self.resources, self.turn)) as parts:
            async for part in parts:
                if isinstance(part, Say):
                    text = f"{part.text.strip()} {FLUSH if part.filler else ''}".rstrip() + " "
                    yield chunks.content(text, first=not spoken)
                    spoken += text
                elif reason == "tool_calls":
                    log.error("second act", call_id=self.turn.call.call_id)
                elif (call := self._tool_for(part)) is not None:
                    yield chunks.tool_call(*call, first=not spoken)
                    reason = "tool_calls"
                else:
                    self._through_control(part, spoken)
        yield chunks.finish(reason) + DONE

    def _tool_for(self, part: Part) -> tuple[str, dict[str, str]] | None:
        """The declared tool that does it, unless only the control address can."""
        controlled = self.turn.call.control_url is not None
        if isinstance(part, HangUp):
            return (END, {}) if self.tools.can_end else None
        if isinstance(part, Transfer) and self.tools.can_transfer:
            if self.tools.names(part.number) or not controlled:
                return TRANSFER, self.tools.transfer_arguments(part.number)
        return None

    def _through_control(self, part: Part, spoken: str) -> None:
        url, call_id = self.turn.call.control_url, self.turn.call.call_id
        if url is None:
            log.error("act impossible", call_id=call_id, act=type(part).__name__)
            return
        body: dict[str, Any] = {"type": "end-call"}
        if isinstance(part, Transfer):
            # The sentence that says so was spoken already: no second announcement.
            destination = number_destination(part.number, message="", summary=part.summary)
            body = {"type": "transfer", "destination": destination}
        self.control.after_speech(call_id, spoken, url, body)
