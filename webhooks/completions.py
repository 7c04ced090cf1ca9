"""A chat-completions body read as a conversation: what was heard, and what is asked now."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from pydantic import BaseModel, ConfigDict, Field, field_validator

from voice.turn import Line

MAX_MESSAGES = 2_000
MOST_TOOLS = 256
"""Of those that a request declares or a message calls; the rest is not read."""
MOST_PARTS = 256
"""Of one message's content."""
LONGEST_MESSAGE = 4_000
"""Characters; so many that the conversation answers that it was too much."""

MOST_HISTORY = 120_000
"""Characters of what was said before: some two hours of talk. What is older is not looked at; of
4 MB, comparing them with the journal held everybody up for half a second."""


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
        texts = [
            part.get("text") if isinstance(part, dict) else part for part in value[:MOST_PARTS]
        ]
        return " ".join(text for text in texts if isinstance(text, str))[:LONGEST_MESSAGE]

    @field_validator("role", mode="before")
    @classmethod
    def _role_or_nothing(cls, value: Any) -> str:
        return value if isinstance(value, str) else ""

    @field_validator("tool_calls", mode="before")
    @classmethod
    def _calls_or_none(cls, value: Any) -> Any:
        if not isinstance(value, list):
            return ()
        return [call for call in value[:MOST_TOOLS] if isinstance(call, dict)]


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
    keys: tuple[str, ...] = ()
    """Stretches of `text` that were pressed on the telephone's keys."""


def read_asked(messages: tuple[Message, ...]) -> Asked:
    """The run of caller messages that no reply of ours was heard after, joined into one text.

    An assistant message without text was never heard, so it does not end a run; neither do tool
    results nor system messages.
    """
    number = 0
    unheard: list[str] = []
    pressed: list[str] = []
    before: list[Line] = []
    since: list[Line] = []
    for message in messages:
        words = caller_words(message.content)
        if message.role == "user":
            if since:
                before += [Line("caller", text) for text in unheard] + since
                unheard, pressed, since = [], [], []
            number += 1
            unheard.append(words)
            if words and is_keypad_entry(message.content):
                pressed.append(words)
        elif message.role == "assistant" and words:
            (since if unheard else before).append(Line("us", words))
    first_unheard = number - max(len(unheard), 1) + 1
    if pressed and pressed == [words for words in unheard if words]:
        unheard = pressed = ["".join(pressed)]  # one number, sent as it was typed
    return Asked(
        number=number,
        first_unheard=first_unheard,
        text=_joined(unheard),
        history=_newest(before),
        answered=tuple(since),
        keys=tuple(pressed),
    )


def _newest(lines: list[Line]) -> tuple[Line, ...]:
    """As many of the last lines as are looked at."""
    left = MOST_HISTORY
    for at in range(len(lines) - 1, -1, -1):
        left -= len(lines[at].text)
        if left < 0:
            return tuple(lines[at + 1 :])
    return tuple(lines)


def caller_words(content: str) -> str:
    """The words in one line, without the frame Vapi puts around keys that were pressed."""
    words = " ".join(content.split())
    return words.partition(":")[2].strip() if is_keypad_entry(words) else words


def is_keypad_entry(content: str) -> bool:
    """Whether Vapi says by these words which keys were pressed."""
    frame, colon, _ = " ".join(content.split()).partition(":")
    return bool(colon) and frame.casefold().replace("’", "'") == "user's keypad entry"


def _joined(texts: list[str]) -> str:
    """One text; a message that the next one repeats and extends counts once."""
    kept: list[str] = []
    for text in texts:
        if kept and text.casefold().startswith(kept[-1].casefold()):
            kept.pop()
        if text:
            kept.append(text)
    return " ".join(kept)
