"""Which model answers a turn: the local one when it is sure, else the hosted one, in time."""

from __future__ import annotations

from collections import Counter, OrderedDict
from dataclasses import dataclass
from typing import Literal

from agents.models.interface import Model

from voice.call import CallContext
from voice.claims.check import ClaimsCheck
from voice.models.breaker import Breaker
from voice.models.local_model import LocalModel
from voice.models.turn_model import TurnModel

Mode = Literal["local", "hosted", "auto"]
MOST_CALLS_REMEMBERED = 10_000


@dataclass(frozen=True, slots=True)
class Patience:
    """How long and how often the hosted model is waited for."""

    first_word_seconds: float = 1.5
    """In `auto`: from the turn to its first sentence, anew once after a tool has run."""
    hosted_first_word_seconds: float = 6.0
    """The same in `hosted`, where the hosted model is what was asked for."""
    stall_seconds: float = 4.0
    """Between two pieces of an answer that has begun."""
    tries: int = 2
    backoff_seconds: float = 0.1
    """Before the second try, twice that before the third."""
    sure: float = 0.7
    """From this confidence on the local model answers in `auto`: 97 routes in 100 are right."""
    most_hosted_calls: int = 5
    """In one turn."""
    breaker_failures: int = 4
    breaker_rest_seconds: float = 20.0


class Models:
    """Chooses for each turn, and remembers how the hosted model has been doing."""

    def __init__(
        self,
        *,
        mode: Mode = "local",
        hosted: Model | None = None,
        patience: Patience = Patience(),
        breaker: Breaker | None = None,
    ) -> None:
        if mode != "local" and hosted is None:
            raise ValueError(f"mode {mode} needs a hosted model")
        self.mode = mode
        self.hosted = hosted
        self.patience = patience
        self.breaker = breaker or Breaker(
            failures=patience.breaker_failures, rest_seconds=patience.breaker_rest_seconds
        )
        self.answers: Counter[tuple[str, str]] = Counter()
        """Turns by who answered, and why it was not the other: for the metrics."""
        self.kept_back: Counter[str] = Counter()
        """Sentences kept from callers, by what they claimed: for the metrics."""
        self._without_tools: OrderedDict[str, int] = OrderedDict()

    def for_turn(self, context: CallContext, claims: ClaimsCheck) -> TurnModel:
        """The model of this turn: both voices behind one port."""
        return TurnModel(
            self, local=LocalModel(context), claims=claims, why_local=self._why_local(context)
        )

    @property
    def first_word_seconds(self) -> float:
        """How long the hosted model may keep the caller in silence."""
        if self.mode == "auto":
            return self.patience.first_word_seconds
        return self.patience.hosted_first_word_seconds

    def answered(self, model: TurnModel) -> None:
        """Count a turn."""
        self.answers[(model.answered_by, model.why_local or "hosted")] += 1
        self.kept_back.update(model.kept_back)

    def called_no_tool(self, call_id: str) -> None:
        """The hosted model talked where the dialogue needed a tool."""
        self._without_tools[call_id] = self._without_tools.pop(call_id, 0) + 1
        while len(self._without_tools) > MOST_CALLS_REMEMBERED:
            self._without_tools.popitem(last=False)

    def called_a_tool(self, call_id: str) -> None:
        """It can, then."""
        self._without_tools.pop(call_id, None)

    def _why_local(self, context: CallContext) -> str | None:
        if self.mode == "local" or self.hosted is None:
            return "local"
        if not context.text.strip():
            return "silence"
        if self.mode == "auto" and context.reading.confidence >= self.patience.sure:
            return "sure"
        if self._without_tools.get(context.call.call_id, 0) >= MOST_TURNS_WITHOUT_TOOLS:
            return "no_tools"
        return None if self.breaker.admits() else "breaker"


MOST_TURNS_WITHOUT_TOOLS = 2
"""Then the local model finishes the call: the hosted one cannot or will not use tools."""
