"""What happens in a live call, as values for its door to put into its own protocol."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, Literal

from voice.turn import HangUp, Transfer

EndReason = Literal[
    "agent", "caller", "lost", "silence", "too_long", "shutdown", "refused", "failed"
]
"""`lost`: the line broke, and nobody hung up."""


@dataclass(frozen=True, slots=True)
class SpeechBegan:
    """The caller speaks. While we speak it comes only once a barge-in is decided, before
    `Interrupted`."""

    at_ms: int
    """Of audio counted in since the call began, as everywhere here."""


@dataclass(frozen=True, slots=True)
class SpeechEnded:
    """The caller has finished, or what began was no speech. Follows each `SpeechBegan`."""

    at_ms: int


@dataclass(frozen=True, slots=True)
class Committed:
    """Audio became an utterance: of a turn that is answered, or by `end_utterance`."""

    utterance: int
    """Counts from 1 in the call."""


@dataclass(frozen=True, slots=True)
class Transcribed:
    """The words of a committed utterance."""

    utterance: int
    text: str
    seconds: float


@dataclass(frozen=True, slots=True)
class TranscriptionFailed:
    """No words could be had of a committed utterance; the caller is asked to say it again."""

    utterance: int


@dataclass(frozen=True, slots=True)
class ReplyBegan:
    """We answer: a turn, a request for the greeting, a long silence, or the end of the call."""

    reply: int
    """Counts from 1 in the call."""


@dataclass(frozen=True, slots=True)
class PartText:
    """The words of one part, before its sound."""

    reply: int
    part: int
    """Counts from 0 in the reply."""
    text: str


@dataclass(frozen=True, slots=True)
class PartAudio:
    """A piece of a part's sound, in the call's format, due to be sent now."""

    reply: int
    part: int
    audio: bytes
    late_ms: int = 0
    """After it should have been sent: how far the process is behind."""


@dataclass(frozen=True, slots=True)
class Mark:
    """What was sent so far ends here. A carrier's door asks its line to say when that was played,
    and then calls `marked(name)`; other doors drop this."""

    name: str


@dataclass(frozen=True, slots=True)
class PartEnded:
    """The last sound of a part was sent."""

    reply: int
    part: int


@dataclass(frozen=True, slots=True)
class ReplyEnded:
    """Nothing more of this reply is sent; after `Interrupted` as cancelled."""

    reply: int
    status: Literal["completed", "cancelled", "failed"]


@dataclass(frozen=True, slots=True)
class Interrupted:
    """The caller, or the client, cut us short: what the line still holds must be dropped at once.

    Followed by `ReplyEnded`. After a false interruption what was left is said as a new reply.
    """

    reply: int
    part: int
    """The part that was being heard."""
    milliseconds: int
    """Of that part, played until then."""
    heard: str
    """The words of that part that were heard."""


@dataclass(frozen=True, slots=True)
class ActDue:
    """All that was said before it has been played: the door transfers the call now. After a
    hang-up the call ends by itself, with `Ended`."""

    act: Transfer | HangUp


@dataclass(frozen=True, slots=True)
class ToolRan:
    """One of our tools ran; for clients that asked to know."""

    name: str
    arguments: dict[str, Any]
    facts: dict[str, Any]
    milliseconds: int


@dataclass(frozen=True, slots=True)
class TurnTimed:
    """The waterfall of one turn, once its reply has been played or cut short."""

    turn: int
    timings: dict[str, int] = field(default_factory=dict)
    """Milliseconds from the arrival of the turn; what came before it is negative."""


@dataclass(frozen=True, slots=True)
class Ended:
    """The last event of every call."""

    reason: EndReason


Event = (
    SpeechBegan
    | SpeechEnded
    | Committed
    | Transcribed
    | TranscriptionFailed
    | ReplyBegan
    | PartText
    | PartAudio
    | Mark
    | PartEnded
    | ReplyEnded
    | Interrupted
    | ActDue
    | ToolRan
    | TurnTimed
    | Ended
)
