"""What the runner asks a model of ours, and the smallest stream of events it takes in answer."""

from __future__ import annotations

from collections.abc import AsyncIterator, Sequence
from itertools import count
from secrets import token_hex
from typing import Any, NamedTuple

from agents.agent_output import AgentOutputSchemaBase
from agents.handoffs import Handoff
from agents.items import (
    ModelResponse,
    TResponseInputItem,
    TResponseOutputItem,
    TResponseStreamEvent,
)
from agents.model_settings import ModelSettings
from agents.models.interface import ModelTracing
from agents.tool import Tool
from agents.usage import Usage
from openai.types.responses import (
    Response,
    ResponseCompletedEvent,
    ResponseCreatedEvent,
    ResponseFunctionToolCall,
    ResponseInProgressEvent,
    ResponseOutputItemDoneEvent,
    ResponseOutputMessage,
    ResponseOutputText,
    ResponseTextDeltaEvent,
)

ONE_REQUEST = Usage(requests=1)
"""Nobody's tokens are counted here; the runner only adds it up."""
_PROCESS = token_hex(4)
_numbers = count(1)


class Asked(NamedTuple):
    """What the runner asks, in its order; what serves one vendor's server alone is left out."""

    system_instructions: str | None
    input: str | list[TResponseInputItem]
    model_settings: ModelSettings
    tools: list[Tool]
    output_schema: AgentOutputSchemaBase | None
    handoffs: list[Handoff[Any, Any]]
    tracing: ModelTracing


def asked(arguments: tuple[Any, ...], named: dict[str, Any]) -> Asked:
    """The arguments of `stream_response` and `get_response`, given by place or by name."""
    known = {name: value for name, value in named.items() if name in Asked._fields}
    return Asked(*arguments, **known)


def new_id(kind: str) -> str:
    """Unique over processes: the runner drops a tool call whose id it has seen before."""
    return f"{kind}_{_PROCESS}{next(_numbers):x}"


def created(response_id: str) -> ResponseCreatedEvent:
    """Opens the stream."""
    return ResponseCreatedEvent(
        response=_response(response_id, ()), sequence_number=0, type="response.created"
    )


def in_progress(response_id: str) -> ResponseInProgressEvent:
    """A sign of life before anything is whole."""
    return ResponseInProgressEvent(
        response=_response(response_id, ()), sequence_number=0, type="response.in_progress"
    )


def text_delta(text: str, *, item_id: str) -> ResponseTextDeltaEvent:
    """Words as they come. Validating costs a tenth of the SDK's own way around validation."""
    return ResponseTextDeltaEvent(
        content_index=0,
        delta=text,
        item_id=item_id,
        logprobs=[],
        output_index=0,
        sequence_number=0,
        type="response.output_text.delta",
    )


def message(text: str, *, item_id: str) -> ResponseOutputMessage:
    """The whole of what was said."""
    said = ResponseOutputText(annotations=[], text=text, type="output_text")
    return ResponseOutputMessage(
        id=item_id, content=[said], role="assistant", status="completed", type="message"
    )


def tool_call(name: str, arguments: str) -> ResponseFunctionToolCall:
    """A request to run a tool or a handoff; `arguments` is a JSON object."""
    return ResponseFunctionToolCall(
        arguments=arguments, call_id=new_id("call"), name=name, type="function_call"
    )


def item_done(item: TResponseOutputItem) -> ResponseOutputItemDoneEvent:
    """One item of the output is whole."""
    return ResponseOutputItemDoneEvent(
        item=item, output_index=0, sequence_number=0, type="response.output_item.done"
    )


def completed(response_id: str, output: Sequence[TResponseOutputItem]) -> ResponseCompletedEvent:
    """Ends the stream; the runner takes the output from here."""
    return ResponseCompletedEvent(
        response=_response(response_id, output), sequence_number=0, type="response.completed"
    )


async def whole(events: AsyncIterator[TResponseStreamEvent]) -> ModelResponse:
    """The answer of a model that streams, for who does not."""
    output: list[TResponseOutputItem] = []
    async for event in events:
        if isinstance(event, ResponseCompletedEvent):
            output = event.response.output
    return response(output)


def response(output: list[TResponseOutputItem]) -> ModelResponse:
    """What the runner takes from a model that does not stream."""
    return ModelResponse(output=output, usage=ONE_REQUEST, response_id=None)


def text_of(item: TResponseOutputItem) -> str:
    """What an item of the output says."""
    if not isinstance(item, ResponseOutputMessage):
        return ""
    return "".join(each.text for each in item.content if isinstance(each, ResponseOutputText))


def _response(response_id: str, output: Sequence[TResponseOutputItem]) -> Response:
    return Response(
        id=response_id,
        created_at=0.0,
        model="",
        object="response",
        output=list(output),
        parallel_tool_calls=True,
        tool_choice="auto",
        tools=[],
        usage=None,
    )
