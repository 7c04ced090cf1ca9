"""A chat-completions body read as a conversation: what was heard, and what is asked now."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from pydantic import BaseModel, ConfigDict, Field, field_validator

from voice.turn import Line

MAX_MESSAGES = 2_000
LONGEST_MESSAGE = 4_000
"""Characters; so many that the conversation answers that it was too much."""


class AskedFunction(BaseModel):
    """The function half of a tool call or tool; `parameters` is its JSON schema."""

    model_config = ConfigDict(extra="ignore", frozen=True)

    name: str | None = None
    parameters: dict[str, Any] | None = None


class AskedTool(BaseModel):
    """A tool call in history."""

    model_config = ConfigDict(extra="ignore", frozen=True)

    id: str | None = None
    function: AskedFunction | None = None

    @field_validator("function", mode="before")
    @classmethod
    def _only_its_name(cls, value: Any) -> Any:
        return {"name": value.get("name")} if isinstance(value, dict) else None


class Message(BaseModel):
    """One message of the history; `content` may be text, parts, null or missing."""

    model_config = ConfigDict(extra="ignore", frozen=True)

    role: str = ""
    content: str = ""
    tool_calls: tuple[AskedTool, ...] = ()
    tool_call_id: str | None = None

    @field_validator("content", mode="before")
    @classmethod
    def _as_text(cls, value: Any) -> str:
        if isinstance(value, str):
            return value[:LONGEST_MESSAGE]
        if not isinstance(value, list):
            return ""
        texts = [part.get("text") if isinstance(part, dict) else part for part in value]
        return " ".join(text for text in texts if isinstance(text, str))[:LONGEST_MESSAGE]

    @field_validator("role", mode="before")
    @classmethod
    def _role_or_nothing(cls, value: Any) -> str:
        return value if isinstance(value, str) else ""

    @field_validator("tool_calls", mode="before")
    @classmethod
    def _calls_or_none(cls, value: Any) -> Any:
        return [call for call in value if isinstance(call, dict)] if isinstance(value, list) else ()


class CompletionBody(BaseModel):
    """What every chat-completions request carries; the rest is the doors' own."""

    model_config = ConfigDict(extra="ignore", frozen=True)

    messages: tuple[Message, ...] = Field(max_length=MAX_MESSAGES)
    stream: bool | None = None


@dataclass(frozen=True, slots=True)
class Asked:
    """The last unanswered words of a history, and what was heard before them."""

    number: int
    """How many caller messages there were; 0 when the caller has said nothing yet."""
    first_unheard: int
    text: str
    history: tuple[Line, ...]
    answered: tuple[Line, ...]
    """Our lines after the last caller message: a tool's result is what is asked about then."""


def read_asked(messages: tuple[Message, ...]) -> Asked:
    """The run of caller messages that no reply of ours was heard after, joined into one text.

    An assistant message without text was never heard, so it does not end a run; neither do tool
    results nor system messages.
    """
    number = 0
    unheard: list[str] = []
    before: list[Line] = []
    since: list[Line] = []
    for message in messages:
        words = caller_words(message.content)
        if message.role == "user":
            if since:
                before += [Line("caller", text) for text in unheard] + since
                unheard, since = [], []
            number += 1
            unheard.append(words)
        elif message.role == "assistant" and words:
            (since if unheard else before).append(Line("us", words))
    return Asked(
        number=number,
        first_unheard=number - max(len(unheard), 1) + 1,
        text=_joined(unheard),
        history=tuple(before),
        answered=tuple(since),
    )


def caller_words(content: str) -> str:
    """The words in one line, without the frame Vapi puts around keys that were pressed."""
    words = " ".join(content.split())
    frame, colon, keys = words.partition(":")
    if colon and frame.casefold().replace("’", "'") == "user's keypad entry":
        return keys.strip()
    return words


def _joined(texts: list[str]) -> str:
    """One text; a message that the next one repeats and extends counts once."""
    kept: list[str] = []
    for text in texts:
        if kept and text.casefold().startswith(kept[-1].casefold()):
            kept.pop()
        if text:
            kept.append(text)
    return " ".join(kept)
