"""What of a realtime session a client may set, what is in force, and how it is shown."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Annotated, Any, Literal

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, model_validator

from voice.live.audio_format import PCM_24K, PCMA_8K, PCMU_8K, AudioFormat
from webhooks.event_stream import MODEL_NAME

SILENCE_MS = 500
SHORTEST_SILENCE_MS, LONGEST_SILENCE_MS = 200, 5000
"""What a client asks beyond these is taken as near as we go; `session.updated` shows it."""
FORMATS = {"audio/pcm": PCM_24K, "audio/pcmu": PCMU_8K, "audio/pcma": PCMA_8K}
NAMES = {audio_format: name for name, audio_format in FORMATS.items()}


class _Sent(BaseModel):
    """What clients send: fields that are not named here are not ours to set, and not read."""

    model_config = ConfigDict(extra="ignore", frozen=True)


class SentFormat(_Sent):
    """How sound is to travel. Only PCM has a rate to name, and only one."""

    type: Literal["audio/pcm", "audio/pcmu", "audio/pcma"] = "audio/pcm"
    rate: int | None = None

    @model_validator(mode="after")
    def _at_its_own_rate(self) -> SentFormat:
        only = FORMATS[self.type].rate
        if self.rate not in (None, only):
            raise ValueError(f"{self.type} has a rate of {only}")
        return self


class ServerVad(_Sent):
    """Turns end after a silence of this length, sooner or later by what was said."""

    type: Literal["server_vad"]
    silence_duration_ms: Annotated[
        int, AfterValidator(lambda ms: min(max(ms, SHORTEST_SILENCE_MS), LONGEST_SILENCE_MS))
    ] = SILENCE_MS
    create_response: bool = True


class SemanticVad(_Sent):
    """Our own turn detection is one by meaning; how eager it is, is our own affair."""

    type: Literal["semantic_vad"]
    create_response: bool = True


TurnDetection = Annotated[ServerVad | SemanticVad, Field(discriminator="type")]


class SentInput(_Sent):
    """The caller's sound."""

    format: SentFormat | None = None
    transcription: dict[str, Any] | None = None
    turn_detection: TurnDetection | None = None


class SentOutput(_Sent):
    """Our sound; the voice is the business's."""

    format: SentFormat | None = None


class SentAudio(_Sent):
    """Both ways."""

    input: SentInput = SentInput()
    output: SentOutput = SentOutput()


class Extras(_Sent):
    """What no other server has."""

    events: bool = False
    """Whether `ringbook.tool` and `ringbook.turn` are sent."""


class SentSession(_Sent):
    """The session of a `session.update`."""

    type: Literal["realtime"] = "realtime"
    audio: SentAudio = SentAudio()
    output_modalities: list[Literal["audio", "text"]] | None = Field(
        default=None, min_length=1, max_length=1
    )
    ringbook: Extras | None = None


@dataclass(frozen=True, slots=True)
class Session:
    """One connection's settings in force."""

    session_id: str
    call_id: str
    expires_at: int | None
    """Seconds since the epoch, of the token by which it was opened."""
    voice: str
    audio_in: AudioFormat = PCM_24K
    audio_out: AudioFormat = PCM_24K
    turn_detection: ServerVad | SemanticVad | None = ServerVad(type="server_vad")
    transcribes: bool = True
    """Whether the caller's words are told."""
    speaks: bool = True
    """False: we answer in text alone."""
    own_events: bool = False

    def updated(self, sent: SentSession) -> Session:
        """With what the client set; null is a value only where the protocol says so."""
        sound, given = sent.audio, sent.audio.input.model_fields_set
        turn_detection = self.turn_detection
        if "turn_detection" in given:
            turn_detection = sound.input.turn_detection
        transcribes = self.transcribes
        if "transcription" in given:
            transcribes = sound.input.transcription is not None
        modalities = sent.output_modalities
        return replace(
            self,
            audio_in=FORMATS[sound.input.format.type] if sound.input.format else self.audio_in,
            audio_out=FORMATS[sound.output.format.type] if sound.output.format else self.audio_out,
            turn_detection=turn_detection,
            transcribes=transcribes,
            speaks=self.speaks if modalities is None else modalities == ["audio"],
            own_events=self.own_events if sent.ringbook is None else sent.ringbook.events,
        )

    def shown(self) -> dict[str, Any]:
        """As `session.created` and `session.updated` carry it."""
        return {
            "id": self.session_id,
            "object": "realtime.session",
            "type": "realtime",
            "model": MODEL_NAME,
            "call_id": self.call_id,
            "expires_at": self.expires_at,
            "output_modalities": ["audio" if self.speaks else "text"],
            "instructions": "",
            "tools": [],
            "tool_choice": "none",
            "audio": {
                "input": {
                    "format": _format(self.audio_in),
                    "noise_reduction": None,
                    "transcription": {"model": MODEL_NAME} if self.transcribes else None,
                    "turn_detection": _turn_detection(self.turn_detection),
                },
                "output": {"format": _format(self.audio_out), "voice": self.voice, "speed": 1.0},
            },
            "ringbook": {"events": self.own_events},
        }


def _turn_detection(detection: ServerVad | SemanticVad | None) -> dict[str, Any] | None:
    """Callers can always interrupt us, whatever their client asked."""
    return None if detection is None else {**detection.model_dump(), "interrupt_response": True}


def _format(audio_format: AudioFormat) -> dict[str, Any]:
    name = NAMES[audio_format]
    return {"type": name, "rate": audio_format.rate} if name == "audio/pcm" else {"type": name}
