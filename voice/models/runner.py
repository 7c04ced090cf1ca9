"""What the runner of the agents' SDK asks a model of ours, and what it takes in answer."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import count
from secrets import token_hex
from typing import Any, NamedTuple

from agents.agent_output import AgentOutputSchemaBase
from agents.handoffs import Handoff
from agents.items import ModelResponse, TResponseInputItem, TResponseOutputItem
from agents.model_settings import ModelSettings
from agents.models.interface import ModelTracing
from agents.tool import Tool
from agents.usage import Usage
from openai.types.responses import (
    ResponseFunctionToolCall,
    ResponseOutputMessage,
    ResponseOutputText,
)

from voice.turn import Line

HISTORY_CHARACTERS = 6000
ONE_REQUEST = Usage(requests=1)
"""Nobody's tokens are counted here; the runner only adds it up."""
_PROCESS = token_hex(4)
_numbers = count(1)


class ModelRequest(NamedTuple):
    """What the runner asks, in its order; what serves one vendor's server alone is left out."""

    system_instructions: str | None
    input: str | list[TResponseInputItem]
    model_settings: ModelSettings
    tools: list[Tool]
    output_schema: AgentOutputSchemaBase | None
    handoffs: list[Handoff[Any, Any]]
    tracing: ModelTracing

    def with_note(self, note: str) -> ModelRequest:
        """The same with one more line for the model alone, at the end."""
        items: list[Any] = (
            [{"role": "user", "content": self.input}]
            if isinstance(self.input, str)
            else list(self.input)
        )
        return self._replace(input=[*items, {"role": "system", "content": note}])


def model_request(arguments: tuple[Any, ...], named: dict[str, Any]) -> ModelRequest:
    """The arguments of `get_response`, given by place or by name."""
    known = {name: value for name, value in named.items() if name in ModelRequest._fields}
    return ModelRequest(*arguments, **known)


def new_id(kind: str) -> str:
    """Unique over processes: the runner drops a tool call whose id it has seen before."""
    return f"{kind}_{_PROCESS}{next(_numbers):x}"


def message(text: str) -> ResponseOutputMessage:
    """All that was said in one answer."""
    said = ResponseOutputText(annotations=[], text=text, type="output_text")
    return ResponseOutputMessage(
        id=new_id("msg"), content=[said], role="assistant", status="completed", type="message"
    )


def tool_call(name: str, arguments: str) -> ResponseFunctionToolCall:
    """A request to run a tool or a handoff; `arguments` is a JSON object."""
    return ResponseFunctionToolCall(
        arguments=arguments, call_id=new_id("call"), name=name, type="function_call"
    )


def response(said: Iterable[str], calls: Sequence[ResponseFunctionToolCall]) -> ModelResponse:
    """A whole answer; one without calls ends the run."""
    words = " ".join(said)
    output: list[TResponseOutputItem] = [message(words)] if words or not calls else []
    return ModelResponse(output=[*output, *calls], usage=ONE_REQUEST, response_id=None)


def conversation_items(history: Sequence[Line], text: str) -> list[TResponseInputItem]:
    """The newest lines that fit the budget, then the turn; open facts travel with the system
    text, so what is cut off here was talk."""
    kept: list[Any] = []
    left = HISTORY_CHARACTERS
    for line in reversed(history):
        left -= len(line.text)
        if left < 0:
            break
        kept.append({"role": "user" if line.who == "caller" else "assistant", "content": line.text})
    kept.reverse()
    return [*kept, {"role": "user", "content": text}]
