"""What a live call asks of the process's speech engines."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from voice.speech.engines import Synthesizer, Transcriber


@dataclass(frozen=True, slots=True)
class CallEngines:
    """What calls hear and speak with; shared by all calls of the process."""

    transcriber: Transcriber
    synthesizer: Synthesizer
    voice_activity: Callable[[], Any]
    """Makes the voice activity of one call: its `probability(frame)` says of each 512 samples at
    16 kHz, in their order, how likely they are speech."""
