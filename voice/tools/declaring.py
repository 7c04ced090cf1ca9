"""What a model is told of a tool: its name, its arguments, and what it is for."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from voice.tool_results import ToolResult


@dataclass(frozen=True, slots=True)
class Tool:
    """A function that a model may ask for."""

    name: str
    description: str
    parameters: dict[str, Any]
    """A JSON schema."""
    run: Callable[..., Awaitable[ToolResult]]


def declare(
    run: Callable[..., Awaitable[ToolResult]],
    description: str,
    required: Mapping[str, str],
    optional: Mapping[str, str] | None = None,
    choices: Mapping[str, Sequence[str]] | None = None,
) -> Tool:
    """A function under its own name. `choices`: the words that an argument may be."""
    described = {**required, **(optional or {})}
    parameters = {
        "type": "object",
        "properties": {
            name: {
                "type": "string",
                "description": told,
                **({"enum": list(choices[name])} if choices and name in choices else {}),
            }
            for name, told in described.items()
        },
        "required": list(required),
        "additionalProperties": False,
    }
    name: str = run.__name__
    return Tool(name, description, parameters, run)
