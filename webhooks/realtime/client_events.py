"""What a client of the audio socket sends, read one event at a time; what is wrong names itself."""

from __future__ import annotations

import binascii
from dataclasses import dataclass
from typing import Annotated, Any, Literal

import orjson
from pydantic import AfterValidator, BaseModel, ConfigDict, Field, ValidationError

from webhooks.realtime.session import SentSession

LONGEST_ID = 64
LONGEST_TEXT = 4000
"""Characters of one part of an item; the conversation itself answers that so much is too much."""
Typed = Annotated[
    str,
    Field(min_length=1, max_length=LONGEST_TEXT),
    AfterValidator(lambda text: text.replace("\0", " ")),  # no speech has it, not every store
]


class BadEvent(Exception):
    """An event that cannot be used; the connection goes on."""

    def __init__(
        self, code: str, message: str, *, param: str | None = None, event_id: str | None = None
    ) -> None:
        super().__init__(message)
        self.code = code
        self.param = param
        self.event_id = event_id


class _Event(BaseModel):
    model_config = ConfigDict(extra="ignore", frozen=True)

    event_id: str | None = Field(default=None, max_length=512)


class SessionUpdate(_Event):
    """New settings."""

    type: Literal["session.update"]
    session: SentSession


@dataclass(frozen=True, slots=True)
class Append:
    """A piece of the caller's sound."""

    audio: bytes


class Commit(_Event):
    """What was sent becomes an utterance."""

    type: Literal["input_audio_buffer.commit"]


class Clear(_Event):
    """What was sent is dropped."""

    type: Literal["input_audio_buffer.clear"]


class Content(BaseModel):
    """Words; sound comes by the buffer."""

    model_config = ConfigDict(extra="ignore", frozen=True)

    type: Literal["input_text", "text"]
    text: Typed


class Item(BaseModel):
    """What a client may add to a conversation: words of the caller."""

    model_config = ConfigDict(extra="ignore", frozen=True)

    id: str | None = Field(default=None, min_length=1, max_length=LONGEST_ID)
    type: Literal["message"]
    role: Literal["user"]
    content: list[Content] = Field(min_length=1, max_length=16)

    @property
    def text(self) -> str:
        """All its words."""
        return " ".join(part.text.strip() for part in self.content).strip()


class CreateItem(_Event):
    """Words typed by the caller."""

    type: Literal["conversation.item.create"]
    item: Item


class TruncateItem(_Event):
    """How much of an answer of ours was heard."""

    type: Literal["conversation.item.truncate"]
    item_id: str = Field(max_length=LONGEST_ID)
    content_index: int = Field(ge=0)
    audio_end_ms: int = Field(ge=0)


class RetrieveItem(_Event):
    """An item, please."""

    type: Literal["conversation.item.retrieve"]
    item_id: str = Field(max_length=LONGEST_ID)


class DeleteItem(_Event):
    """An item is not shown any more; what was said stays said."""

    type: Literal["conversation.item.delete"]
    item_id: str = Field(max_length=LONGEST_ID)


class CreateResponse(_Event):
    """Answer now. What is asked of the answer is ours to decide, so it is not read."""

    type: Literal["response.create"]


class CancelResponse(_Event):
    """Say no more of it."""

    type: Literal["response.cancel"]
    response_id: str | None = Field(default=None, max_length=LONGEST_ID)


ClientEvent = (
    Append
    | SessionUpdate
    | Commit
    | Clear
    | CreateItem
    | TruncateItem
    | RetrieveItem
    | DeleteItem
    | CreateResponse
    | CancelResponse
)

_EVENTS: dict[str, type[_Event]] = {
    "session.update": SessionUpdate,
    "input_audio_buffer.commit": Commit,
    "input_audio_buffer.clear": Clear,
    "conversation.item.create": CreateItem,
    "conversation.item.truncate": TruncateItem,
    "conversation.item.retrieve": RetrieveItem,
    "conversation.item.delete": DeleteItem,
    "response.create": CreateResponse,
    "response.cancel": CancelResponse,
}


def read_client_event(text: str | bytes) -> ClientEvent:
    """The event in one message of the socket; BadEvent when there is none that we know."""
    try:
        sent = orjson.loads(text)
    except orjson.JSONDecodeError:
        raise BadEvent("invalid_json", "This message is not valid JSON.") from None
    if not isinstance(sent, dict):
        raise BadEvent("invalid_event", "An event is a JSON object with a type.")
    kind = sent.get("type")
    if kind == "input_audio_buffer.append":
        return _append(sent)
    model = _EVENTS.get(kind) if isinstance(kind, str) else None
    if model is None:
        raise BadEvent(
            "unknown_event", f"There is no event {str(kind)[:80]!r} here.",
            param="type", event_id=_event_id(sent),
        )  # fmt: skip
    try:
        return model.model_validate(sent)  # type: ignore[return-value]
    except ValidationError as error:
        first: dict[str, Any] = dict(error.errors(include_url=False, include_input=False)[0])
        where = ".".join(str(step) for step in first["loc"])
        raise BadEvent(
            "invalid_value", f"{where}: {first['msg']}", param=where, event_id=_event_id(sent)
        ) from None


def _append(sent: dict[str, Any]) -> Append:
    audio = sent.get("audio")
    try:
        if not isinstance(audio, str):
            raise ValueError
        return Append(binascii.a2b_base64(audio, strict_mode=True))
    except ValueError:  # binascii.Error is one
        raise BadEvent(
            "invalid_value", "audio: sound is sent as base64.",
            param="audio", event_id=_event_id(sent),
        ) from None  # fmt: skip


def _event_id(sent: dict[str, Any]) -> str | None:
    event_id = sent.get("event_id")
    return event_id[:512] if isinstance(event_id, str) else None
