"""What came of a tool: for who speaks of it, for Vapi, and for the journal."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class ToolResult:
    """What a tool found or did."""

    name: str
    spoken: str
    """One line that can be said as it is."""
    facts: dict[str, Any]
    """The contract's `metadata`, ready for JSON."""
    refused: str | None = None
    """The refusal's code."""


@dataclass(frozen=True, slots=True)
class RanTool:
    """One run of a tool, with how long it took."""

    name: str
    arguments: dict[str, Any]
    result: ToolResult
    milliseconds: int
