"""The messages of a carrier's media stream, as Twilio documents them: mu-law at 8 kHz, both ways.

Source: Twilio's documentation of Media Streams, "WebSocket messages" for bidirectional streams.
"""

from __future__ import annotations

import base64
import binascii
from dataclasses import dataclass
from typing import Annotated, Any, Literal

import orjson
from pydantic import BaseModel, ConfigDict, Field, TypeAdapter, ValidationError
from pydantic.alias_generators import to_camel


class BadMessage(Exception):
    """No message of a media stream; what is wrong, in one line."""


_TOLERANT = ConfigDict(alias_generator=to_camel, populate_by_name=True, extra="ignore", frozen=True)
"""Carriers add fields."""


class _Received(BaseModel):
    model_config = _TOLERANT

    stream_sid: str | None = None
    sequence_number: int | None = None
    """Counts up from 1 in a stream."""


class Connected(_Received):
    """The first message; it says nothing that we need."""

    event: Literal["connected"]


class MediaFormat(BaseModel):
    """How the caller's sound travels."""

    model_config = _TOLERANT

    encoding: Literal["audio/x-mulaw"]
    sample_rate: Literal[8000]


class StartOfStream(BaseModel):
    """Which call this is, with the parameters that our own TwiML gave it."""

    model_config = _TOLERANT

    call_sid: str = Field(min_length=1, max_length=64)
    stream_sid: str = Field(min_length=1, max_length=64)
    custom_parameters: dict[str, str] = {}
    media_format: MediaFormat


class Started(_Received):
    """The stream begins."""

    event: Literal["start"]
    start: StartOfStream


class _Payload(BaseModel):
    model_config = _TOLERANT

    payload: str
    track: str = "inbound"


class _Media(_Received):
    event: Literal["media"]
    media: _Payload


@dataclass(frozen=True, slots=True)
class Sound:
    """A piece of what the caller says."""

    audio: bytes
    stream_sid: str | None = None
    sequence_number: int | None = None


class _Key(BaseModel):
    model_config = _TOLERANT

    digit: str = Field(pattern=r"^[0-9*#A-D]$")


class Pressed(_Received):
    """A key of the caller's telephone."""

    event: Literal["dtmf"]
    dtmf: _Key


class _Mark(BaseModel):
    model_config = _TOLERANT

    name: str = Field(max_length=256)


class Played(_Received):
    """The line has played, or dropped, all up to a mark of ours."""

    event: Literal["mark"]
    mark: _Mark


class Stopped(_Received):
    """The call is over, or has gone to somebody else."""

    event: Literal["stop"]


ReceivedMessage = Connected | Started | Sound | Pressed | Played | Stopped

_MESSAGES: TypeAdapter[Any] = TypeAdapter(
    Annotated[
        Connected | Started | _Media | Pressed | Played | Stopped, Field(discriminator="event")
    ]
)


def read_media_message(text: str | bytes) -> ReceivedMessage | None:
    """What the carrier says; None for a kind that we do not know. Raises BadMessage."""
    try:
        sent = orjson.loads(text)
    except orjson.JSONDecodeError:
        raise BadMessage("not valid JSON") from None
    try:
        read = _MESSAGES.validate_python(sent)
    except ValidationError as error:
        first = error.errors(include_url=False, include_input=False)[0]
        if first["type"] == "union_tag_invalid":
            return None
        where = ".".join(str(step) for step in first["loc"])
        raise BadMessage(f"{where}: {first['msg']}") from None
    if not isinstance(read, _Media):
        return read  # type: ignore[no-any-return]
    try:
        audio = binascii.a2b_base64(read.media.payload, strict_mode=True)
    except binascii.Error:
        raise BadMessage("media.payload: sound is sent as base64") from None
    heard = audio if read.media.track == "inbound" else b""
    return Sound(heard, read.stream_sid, read.sequence_number)


def sound_message(stream_sid: str, audio: bytes) -> str:
    """Sound of ours, mu-law at 8 kHz."""
    payload = base64.b64encode(audio).decode("ascii")
    return _message("media", stream_sid, media={"payload": payload})


def mark_message(stream_sid: str, name: str) -> str:
    """To be told when all before this was played."""
    return _message("mark", stream_sid, mark={"name": name})


def clear_message(stream_sid: str) -> str:
    """Drop what was not played yet."""
    return _message("clear", stream_sid)


def _message(event: str, stream_sid: str, **fields: Any) -> str:
    return orjson.dumps({"event": event, "streamSid": stream_sid, **fields}).decode()
