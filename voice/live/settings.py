"""How a live call is heard and spoken to."""

from __future__ import annotations

from dataclasses import dataclass

from voice.live.audio_format import PCM_24K, AudioFormat
from voice.turn_end import ORDINARY_SECONDS


@dataclass(frozen=True, slots=True)
class LiveSettings:
    """What a door, or its client, may choose; a new value at any time (`LiveCall.change`)."""

    audio_in: AudioFormat = PCM_24K
    audio_out: AudioFormat = PCM_24K
    speaks: bool = True
    """False: replies are written, and heard as soon as they are."""
    detects_turns: bool = True
    """False: only `end_utterance` ends an utterance, and no sound interrupts us."""
    answers_turns: bool = True
    """False: a turn is answered when `respond` asks for it."""
    silence_seconds: float = ORDINARY_SECONDS
    """After which a turn ends of which nothing says more."""
    longest_minutes: float = 30.0
    marks: bool = False
    """Whether the door says what was played, with `marked`."""
