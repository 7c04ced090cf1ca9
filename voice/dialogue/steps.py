"""What can be done next: use tools, or reply and so end the turn."""

from __future__ import annotations

from dataclasses import dataclass, field

from voice.dialogue.statements import Asked, Statement
from voice.tool_results import ToolResult


@dataclass(frozen=True, slots=True)
class ToolCall:
    """One tool with its arguments."""

    name: str
    arguments: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class UseTools:
    """Tools that do not depend on each other: they run at the same time."""

    calls: tuple[ToolCall, ...]


@dataclass(frozen=True, slots=True)
class Ran:
    """A tool that was asked for, with what came of it."""

    call: ToolCall
    result: ToolResult


@dataclass(frozen=True, slots=True)
class Reply:
    """The reply; the turn ends with it."""

    statements: tuple[Statement, ...]
    question: str = ""
    hang_up: bool = False

    @property
    def text(self) -> str:
        """All of its words."""
        return " ".join(filter(None, [*(each.words for each in self.statements), self.question]))


@dataclass(frozen=True, slots=True)
class Ask:
    """A matter needs something of the caller."""

    asked: Asked
    before: tuple[Statement, ...] = ()
    """Told before the question."""
    kind: str | None = None
    """A wording of its own, by its name in the questions; None: the ordinary one."""
    values: dict[str, str] = field(default_factory=dict)
    """What the wording leaves open."""
    unsaid: bool = False
    """It stays open as it was put before, and is not said again."""


@dataclass(frozen=True, slots=True)
class Over:
    """A matter cannot go on, or is done without a tool."""

    told: tuple[Statement, ...] = ()
    offer_person: bool = False
    too_late: str = ""
    """Reference of the booking that can no longer be changed."""


Step = UseTools | Reply
Need = UseTools | Ask | Over


def use(tool: str, /, **arguments: str | None) -> ToolCall:
    """A tool call; arguments that are None are left out."""
    return ToolCall(tool, {key: value for key, value in arguments.items() if value is not None})
