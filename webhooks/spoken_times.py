"""How long the steps of spoken turns take, for Prometheus."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from prometheus_client import CollectorRegistry
from prometheus_client.metrics import Gauge, Histogram

BUCKETS = (0.005, 0.01, 0.02, 0.05, 0.1, 0.2, 0.3, 0.4, 0.6, 0.9, 1.3, 2, 4, 8)
"""Seconds; a caller notices from 0.6 on."""


class SpokenTimes:
    """What audio calls tell of themselves."""

    def __init__(self, registry: CollectorRegistry) -> None:
        self._registry = registry
        self.calls = Gauge("ringbook_live_calls", "Audio calls with a line.", registry=registry)
        self.voice_to_voice = self._histogram(
            "voice_to_voice", "From the caller's last sound to our first.", ["door"]
        )
        self.end_of_turn = self._histogram(
            "end_of_turn", "From the caller's last sound to the end of the turn.", ["door"]
        )
        self.recogniser = self._histogram(
            "recogniser", "From the caller's last sound to the words of the turn.", ["door"]
        )
        self.synthesiser = self._histogram(
            "synthesiser", "From our first sentence to its first sound.", ["door"]
        )
        self.pacer_lateness = self._histogram(
            "pacer_lateness", "By which a piece of our sound left later than it was due."
        )

    def time_turn(self, door: str, milliseconds: Mapping[str, int]) -> None:
        """One turn's steps, counted from its arrival: those before it are negative."""
        last_sound, first_audio = milliseconds.get("last_sound"), milliseconds.get("first_audio")
        words, first_sentence = milliseconds.get("words"), milliseconds.get("first_sentence")
        if first_sentence is not None and first_audio is not None and first_audio >= first_sentence:
            # Else a filler was heard first.
            self.synthesiser.labels(door).observe((first_audio - first_sentence) / 1000)
        if last_sound is None:  # typed, committed, or the rest of a reply that was interrupted
            return
        self.end_of_turn.labels(door).observe(-last_sound / 1000)
        if words is not None:
            self.recogniser.labels(door).observe((words - last_sound) / 1000)
        if first_audio is not None:
            self.voice_to_voice.labels(door).observe((first_audio - last_sound) / 1000)

    def _histogram(self, what: str, meaning: str, labels: Sequence[str] = ()) -> Histogram:
        name = f"ringbook_{what}_seconds"
        return Histogram(name, meaning, labels, buckets=BUCKETS, registry=self._registry)
