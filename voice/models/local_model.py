"""The built-in model: decides by rule from the facts and the caller's words; no network."""

from __future__ import annotations

from collections.abc import AsyncIterator, Sequence
from typing import Any

import orjson
from agents import FunctionTool
from agents.items import ModelResponse, TResponseOutputItem, TResponseStreamEvent
from agents.models.interface import Model
from agents.tool import Tool
from openai.types.responses import ResponseOutputMessage

from voice.agents.specialists import SPECIALISTS
from voice.call import CallContext
from voice.models.events import (
    Asked,
    asked,
    completed,
    created,
    item_done,
    message,
    new_id,
    response,
    text_delta,
    text_of,
    tool_call,
)
from voice.policy.deciding import Reach, decide
from voice.policy.steps import CallTools, HandOff, Say
from voice.spoken import sentences, tidy
from voice.turn import HangUp
from voice.understanding.reading import Route


class LocalModel(Model):
    """One turn's model; what it knows of the call it takes from the context."""

    def __init__(self, context: CallContext) -> None:
        self._context = context

    async def stream_response(
        self, *arguments: Any, **named: Any
    ) -> AsyncIterator[TResponseStreamEvent]:
        """The decision as events: sentences as they are ready, or calls."""
        items = self._decided(asked(arguments, named))
        response_id = new_id("resp")
        yield created(response_id)
        for item in items:
            if isinstance(item, ResponseOutputMessage):
                for number, sentence in enumerate(sentences(text_of(item))):
                    yield text_delta(f" {sentence}" if number else sentence, item_id=item.id)
            yield item_done(item)
        yield completed(response_id, items)

    async def get_response(self, *arguments: Any, **named: Any) -> ModelResponse:
        """The same in one piece: it is decided at once, and events are dear to make."""
        return response(self._decided(asked(arguments, named)))

    def _decided(self, request: Asked) -> list[TResponseOutputItem]:
        handoffs = {to.agent_name: to.tool_name for to in request.handoffs}
        decision = decide(self._context, _reach(request.tools, handoffs))
        if isinstance(decision, Say):
            return [message(self._spoken(decision), item_id=new_id("msg"))]
        return _calls(decision, handoffs)

    def _spoken(self, decision: Say) -> str:
        if decision.hang_up and self._context.call.can_hang_up:
            self._context.acts.append(HangUp())
        return tidy(decision.text)


def _reach(tools: Sequence[Tool], handoffs: dict[str, str]) -> Reach:
    """What the speaking agent was given, by name and by route."""
    names = frozenset(tool.name for tool in tools if isinstance(tool, FunctionTool))
    routes: dict[Route, str] = {
        route: one.name for one in SPECIALISTS if one.name in handoffs for route in one.routes
    }
    return Reach(names, routes)


def _calls(decision: CallTools | HandOff, handoffs: dict[str, str]) -> list[TResponseOutputItem]:
    if isinstance(decision, HandOff):
        return [tool_call(handoffs[decision.to], "{}")]
    return [tool_call(each.name, orjson.dumps(each.arguments).decode()) for each in decision.calls]
