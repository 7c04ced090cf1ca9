"""What Vapi posts, read tolerantly: what does not fit is as if it were not there.

Real traffic disagrees with the published schema (arguments as objects, keys missing, nulls,
instants as text or integers), so only what we use is named here and nothing of it is required.
"""

from __future__ import annotations

from typing import Any

from pydantic import (
    AliasChoices,
    BaseModel,
    ConfigDict,
    Field,
    ValidationError,
    ValidatorFunctionWrapHandler,
    field_validator,
    model_validator,
)
from pydantic.alias_generators import to_camel
from pydantic_core import from_json

from webhooks.bodies import without_nul
from webhooks.call_ids import usable_call_id

MOST_LISTED = 1_000
"""Entries of a list for which objects are made; ten times what a long call has."""


class Tolerant(BaseModel):
    """Camel case on the wire; a field of the wrong shape takes its default."""

    model_config = ConfigDict(
        alias_generator=to_camel,
        populate_by_name=True,
        extra="ignore",
        coerce_numbers_to_str=True,
        allow_inf_nan=False,
        frozen=True,
    )

    @field_validator("*", mode="wrap")
    @classmethod
    def _or_default(cls, value: Any, handler: ValidatorFunctionWrapHandler, info: Any) -> Any:
        try:
            return handler(value)
        except ValidationError:
            return cls.model_fields[info.field_name].get_default(call_default_factory=True)


class Customer(Tolerant):
    """Who is on the line."""

    number: str | None = None
    """E.164 for telephone calls; absent on the web."""


class PhoneNumber(Tolerant):
    """The number that was dialled."""

    number: str | None = None


class Monitor(Tolerant):
    """Live control of a call."""

    control_url: str | None = None


class AssistantRef(Tolerant):
    """The assistant in charge; only its id concerns us."""

    id: str | None = None


class Call(Tolerant):
    """One call, as created: its `status` is stale and therefore not read."""

    id: str | None = Field(default=None, validation_alias=AliasChoices("id", "callId"))
    type: str | None = None
    assistant_id: str | None = None
    customer: Customer | None = None
    phone_number: PhoneNumber | None = None
    monitor: Monitor | None = None


class ToolFunction(Tolerant):
    """The function half of a tool call; `arguments` are an object or a JSON string."""

    name: str | None = None
    arguments: Any = None
    parameters: Any = None


class ToolCall(Tolerant):
    """One tool call in any shape on record: nested as OpenAI's, or flat as in Vapi's pages."""

    id: str | None = Field(default=None, validation_alias=AliasChoices("id", "toolCallId"))
    name: str | None = None
    function: ToolFunction | None = None
    arguments: Any = None
    parameters: Any = None

    def asked(self) -> str:
        """The tool's name, or nothing when none was given."""
        return (self.function.name if self.function else None) or self.name or ""

    def given(self) -> dict[str, Any]:
        """The arguments; raises ValueError when they cannot be read."""
        function = self.function or ToolFunction()
        places = (function.arguments, self.arguments, function.parameters, self.parameters)
        return read_arguments(next((place for place in places if place is not None), None))


class ToolWithCall(Tolerant):
    """A tool's definition beside the call of it."""

    name: str | None = None
    function: ToolFunction | None = None
    tool_call: ToolCall | None = None


class FunctionCall(Tolerant):
    """The call in the legacy `function-call` message."""

    name: str | None = None
    parameters: Any = None
    arguments: Any = None


class SpokenLine(Tolerant):
    """One line of Vapi's own history, OpenAI style."""

    role: str | None = None
    content: str | None = None


class Analysis(Tolerant):
    """What Vapi makes of a call afterwards."""

    success_evaluation: str | None = None


class Contact(Tolerant):
    """Whom a campaign is about to ring."""

    number: str | None = None


class Metadata(Tolerant):
    """What the assistant's owner or an OpenAI client sent along."""

    call_id: str | None = Field(default=None, validation_alias=AliasChoices("call_id", "callId"))


class AboutCall(Tolerant):
    """What both doors' bodies say of the call they belong to."""

    call: Call | None = None
    customer: Customer | None = None
    phone_number: PhoneNumber | None = None
    assistant: AssistantRef | None = None
    metadata: Metadata | None = None

    def call_id(self) -> str | None:
        """Vapi's own id of the call, else the one in the metadata."""
        given = (self.call.id if self.call else None) or (
            self.metadata.call_id if self.metadata else None
        )
        return usable_call_id(given) if given else None

    def caller_number(self) -> str | None:
        """The number Vapi's telephony vouches for."""
        return number_in(self.customer) or number_in(self.call.customer if self.call else None)

    def dialled_number(self) -> str | None:
        """The number that was dialled, where the body names it."""
        place = self.call.phone_number if self.call else None
        return number_in(self.phone_number) or number_in(place)

    def assistant_id(self) -> str | None:
        """The assistant in charge, where it is a stored one."""
        return (self.call.assistant_id if self.call else None) or (
            self.assistant.id if self.assistant else None
        )

    def control_url(self) -> str | None:
        """Where this call can be controlled; not yet checked to be Vapi's."""
        return self.call.monitor.control_url if self.call and self.call.monitor else None


class ServerMessage(AboutCall):
    """Any server message: `type` says which fields matter."""

    type: str = ""
    status: str | None = None
    ended_reason: str | None = None
    started_at: str | None = None
    ended_at: str | None = None
    duration_seconds: float | None = None
    cost: float | None = None
    analysis: Analysis | None = None
    tool_call_list: list[ToolCall] | None = Field(
        default=None, validation_alias=AliasChoices("toolCallList", "tool_call_list")
    )
    tool_calls: list[ToolCall] | None = Field(
        default=None, validation_alias=AliasChoices("toolCalls", "tool_calls")
    )
    tool_with_tool_call_list: list[ToolWithCall] | None = None
    function_call: FunctionCall | None = None
    parameters: Any = None
    messages_open_ai_formatted: list[SpokenLine] | None = Field(
        default=None, validation_alias="messagesOpenAIFormatted"
    )
    contact: Contact | None = None

    @field_validator("tool_call_list", "tool_calls", "tool_with_tool_call_list", mode="before")
    @classmethod
    def _the_first(cls, value: Any) -> Any:
        return value[:MOST_LISTED] if isinstance(value, list) else value

    @field_validator("messages_open_ai_formatted", mode="before")
    @classmethod
    def _the_last(cls, value: Any) -> Any:
        return value[-MOST_LISTED:] if isinstance(value, list) else value

    def last_said(self) -> str:
        """The caller's last words in the history that came along."""
        lines = self.messages_open_ai_formatted or ()
        said = [line.content for line in lines if line.role == "user" and line.content]
        return said[-1] if said else ""

    def asked_tools(self) -> list[ToolCall]:
        """The tool calls in the order sent, from whichever of the three lists has them."""
        if self.tool_call_list:
            return self.tool_call_list
        if self.tool_calls:
            return self.tool_calls
        return [_named(entry) for entry in self.tool_with_tool_call_list or () if entry.tool_call]


class Envelope(BaseModel):
    """A webhook body: the message, in its envelope or bare."""

    model_config = ConfigDict(extra="ignore", frozen=True)

    message: ServerMessage

    @model_validator(mode="before")
    @classmethod
    def _bare_too(cls, body: Any) -> Any:
        if isinstance(body, dict) and not isinstance(body.get("message"), dict):
            return {"message": body}
        return body


def number_in(place: Customer | PhoneNumber | None) -> str | None:
    """The number there, if any."""
    return place.number if place else None


def read_arguments(value: Any) -> dict[str, Any]:
    """Arguments from an object or a JSON string; nothing and empty text are no arguments."""
    if isinstance(value, str):
        given = without_nul(value.encode())
        value = from_json(given, allow_inf_nan=False) if value.strip() else {}
    if value is None:
        return {}
    if not isinstance(value, dict):
        raise ValueError("the arguments are not an object")
    return value


def _named(entry: ToolWithCall) -> ToolCall:
    """The call within, taking its name from the definition when it has none of its own."""
    assert entry.tool_call is not None
    if entry.tool_call.asked():
        return entry.tool_call
    name = (entry.function.name if entry.function else None) or entry.name
    return entry.tool_call.model_copy(update={"name": name})
