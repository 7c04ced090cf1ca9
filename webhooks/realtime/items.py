"""Items of a conversation, and the responses that make ours, as the protocol shows them."""

from __future__ import annotations

import secrets
from dataclasses import dataclass, field
from typing import Any

from voice.live.audio_format import AudioFormat

Shown = dict[str, Any]


@dataclass(slots=True)
class Answer:
    """A reply of ours as one response with one item."""

    number: int
    audio_format: AudioFormat | None
    """None: it is written, not spoken."""
    after: str | None
    """The item before its own."""
    response_id: str = field(default_factory=lambda: new_id("resp"))
    item_id: str = field(default_factory=lambda: new_id("item"))
    parts: list[str] = field(default_factory=list)
    sent_bytes: int = 0
    status: str = "in_progress"
    given_up: bool = False
    """Its client has cancelled it."""

    @property
    def speaks(self) -> bool:
        """Whether it has sound."""
        return self.audio_format is not None

    @property
    def sent_ms(self) -> int:
        """Of its sound, so far."""
        rate = self.audio_format.bytes_a_second if self.audio_format else 1
        return 1000 * self.sent_bytes // rate

    @property
    def text(self) -> str:
        """Its words so far; once it was cut, those that were heard."""
        return " ".join(part for part in self.parts if part)

    def item(self) -> Shown:
        """As an item of the conversation."""
        words = {"type": "output_text", "text": self.text}
        spoken = {"type": "output_audio", "transcript": self.text}
        status = "incomplete" if self.status in ("cancelled", "failed") else self.status
        return {
            "id": self.item_id,
            "object": "realtime.item",
            "type": "message",
            "status": status,
            "role": "assistant",
            "content": [spoken if self.speaks else words] if self.parts else [],
        }

    def content_part(self) -> Shown:
        """Its words as the part of a response."""
        if self.speaks:
            return {"type": "audio", "transcript": self.text}
        return {"type": "text", "text": self.text}

    def response(self, conversation_id: str) -> Shown:
        """As the response that made the item."""
        why = "client_cancelled" if self.given_up else "turn_detected"
        details = {
            "cancelled": {"type": "cancelled", "reason": why},
            "failed": {"type": "failed"},
        }
        return {
            "id": self.response_id,
            "object": "realtime.response",
            "status": self.status,
            "status_details": details.get(self.status),
            "conversation_id": conversation_id,
            "output_modalities": ["audio" if self.speaks else "text"],
            "output": [] if self.status == "in_progress" else [self.item()],
            "usage": None,
            "metadata": None,
        }


def user_item(item_id: str, content: list[Shown]) -> Shown:
    """What the caller said or typed."""
    return {
        "id": item_id,
        "object": "realtime.item",
        "type": "message",
        "status": "completed",
        "role": "user",
        "content": content,
    }


def new_id(kind: str) -> str:
    """Unique, with its kind in front as the protocol has it."""
    return f"{kind}_{secrets.token_urlsafe(12)}"
