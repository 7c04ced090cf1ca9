"""The hosted model as turns meet it: how long it is waited for, and how it has been doing."""

from __future__ import annotations

from dataclasses import dataclass

from voice.breaker import Breaker
from voice.models.hosted_model import HostedModel


@dataclass(frozen=True, slots=True)
class Patience:
    """How long and how often the hosted model is waited for, and when the caller hears so."""

    reading_seconds: float = 1.2
    """In `auto`: for the acts of a turn; then the built-in reading counts."""
    first_word_seconds: float = 6.0
    """In `hosted`: from the turn to its first sentence, anew once after a tool or a handoff."""
    stall_seconds: float = 4.0
    """Between two pieces of an answer that has begun."""
    reading_filler_seconds: float = 0.7
    """In `auto`, from the turn on: it is well before the reading is given up."""
    filler_seconds: float = 1.5
    tries: int = 2
    backoff_seconds: float = 0.1
    """Before the second try, twice that before the third."""
    sure: float = 0.7
    """From this confidence on the built-in reading counts in `auto`."""
    most_hosted_calls: int = 5
    """In one turn."""
    breaker_failures: int = 4
    breaker_rest_seconds: float = 20.0


OUT_OF_ORDER = frozenset({"unreachable", "status", "garbage", "stopped", "empty", "late"})
"""What the breaker counts; a model that answers badly is not out of order."""


@dataclass(frozen=True)
class HostedSide:
    """What all turns share of the hosted model."""

    model: HostedModel
    patience: Patience
    breaker: Breaker

    def failed(self, kind: str) -> None:
        """It has failed a turn in this way."""
        if kind in OUT_OF_ORDER:
            self.breaker.failed()
