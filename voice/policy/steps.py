"""What the built-in model can do next: say something, call tools, or hand over."""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class ToolCall:
    """One tool with its arguments."""

    name: str
    arguments: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Say:
    """The reply; the turn ends with it."""

    text: str
    hang_up: bool = False


@dataclass(frozen=True, slots=True)
class CallTools:
    """Tools that do not depend on each other: they run at the same time."""

    calls: tuple[ToolCall, ...]


@dataclass(frozen=True, slots=True)
class HandOff:
    """Another agent takes the call."""

    to: str


Step = Say | CallTools
Decision = Say | CallTools | HandOff


def call(name: str, /, **arguments: str | None) -> CallTools:
    """One tool call; arguments that are None are left out."""
    given = {key: value for key, value in arguments.items() if value is not None}
    return CallTools((ToolCall(name, given),))


def said(*parts: str) -> Say:
    """What is left of the parts, in one line."""
    return Say(" ".join(part for part in parts if part))
