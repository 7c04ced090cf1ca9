"""Vapi's own tools as a request declares them: transferring and ending a call."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from voice.putting_through import TransferOutcome
from webhooks.completions import Message
from webhooks.vapi.messages import Tolerant

TRANSFER = "transferCall"
END = "endCall"
_TOLD: tuple[tuple[tuple[str, ...], TransferOutcome], ...] = (
    (("busy",), "busy"),
    (("no answer", "no-answer", "unanswered", "timed out", "timeout"), "no_answer"),
    (("reject", "declin", "denied"), "declined"),
)
"""Words of Vapi's results, and what they say of the person."""
_FAILED = (
    "fail", "error", "could not", "couldn't", "unable", "no result", "rejected", "denied", "declin",
    "busy", "no answer", "no-answer", "unanswered", "timed out", "timeout",
)  # fmt: skip


class Destination(Tolerant):
    """Where a declared transfer may go."""

    number: str | None = None
    sip_uri: str | None = None


class DeclaredFunction(Tolerant):
    """The function half of a declaration; `parameters` is its JSON schema."""

    name: str | None = None
    parameters: dict[str, Any] | None = None


class DeclaredTool(Tolerant):
    """One tool that Vapi would run for us; the old `functions` form has the name at the top."""

    type: str | None = None
    name: str | None = None
    function: DeclaredFunction | None = None
    parameters: dict[str, Any] | None = None
    destinations: list[Destination] | None = None

    def called(self) -> str | None:
        """The name under which it is called."""
        return (self.function and self.function.name) or self.name or self.type


@dataclass(frozen=True, slots=True)
class PlatformTools:
    """What this request lets us ask of Vapi itself."""

    can_end: bool
    can_transfer: bool
    destinations: tuple[str, ...] | None
    """What a transfer's argument may be; None: the declaration does not say."""

    @classmethod
    def read(cls, tools: Sequence[DeclaredTool]) -> PlatformTools:
        """From `tools` and the old `functions` alike."""
        by_name = {tool.called(): tool for tool in tools}
        transfer = by_name.get(TRANSFER)
        return cls(
            can_end=END in by_name,
            can_transfer=transfer is not None,
            destinations=_destinations(transfer) if transfer else None,
        )

    def names(self, number: str) -> bool:
        """Whether the declared transfer can reach exactly this number."""
        return self.can_transfer and (not self.destinations or number in self.destinations)

    def transfer_arguments(self, number: str) -> dict[str, str]:
        """What to call the transfer with: `number`, else the first destination that is declared.

        A declaration with an empty list is called bare: Vapi then asks us for the destination.
        """
        if self.destinations is None or number in self.destinations:
            return {"destination": number}
        return {"destination": self.destinations[0]} if self.destinations else {}


@dataclass(frozen=True, slots=True)
class CameBack:
    """A transfer of ours that reached nobody."""

    outcome: TransferOutcome
    tool_call_id: str


def outcome_of_ours(messages: Sequence[Message]) -> CameBack | str | None:
    """What came of our own transfer or hang-up, when the history ends in its result: a true
    sentence, or that nobody was reached."""
    results = []
    for message in reversed(messages):
        if message.role == "tool":
            results.append(message)
        elif message.role != "system":
            break
    if not results or message.role != "assistant":
        return None
    names = {call.id: call.function.name for call in message.tool_calls if call.function}
    for result in results:
        name = names.get(result.tool_call_id)
        failed = any(word in result.content.casefold() for word in _FAILED)
        if name == TRANSFER and failed:
            return CameBack(_why(result.content.casefold()), result.tool_call_id or "")
        if name == TRANSFER:
            return "I'm putting you through now."
        if name == END:
            return "Is there anything else I can do for you?" if failed else "Goodbye."
    return None


def _why(told: str) -> TransferOutcome:
    fitting = (why for words, why in _TOLD if any(each in told for each in words))
    return next(fitting, "not_possible")


def _destinations(tool: DeclaredTool) -> tuple[str, ...] | None:
    """Numbers and SIP addresses from `destinations`, else from the argument's enumeration."""
    if tool.destinations is not None:
        places = [place.number or place.sip_uri for place in tool.destinations]
        return tuple(place for place in places if place)
    schema = (tool.function and tool.function.parameters) or tool.parameters or {}
    properties = schema.get("properties")
    argument = properties.get("destination") if isinstance(properties, dict) else None
    if not isinstance(argument, dict):
        return None
    if "const" in argument:
        return (str(argument["const"]),)
    values = argument.get("enum")
    return tuple(str(value) for value in values) if isinstance(values, list) else None
