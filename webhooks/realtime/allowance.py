"""What one client of the audio socket may send."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from webhooks.budget import Budget
from webhooks.realtime.client_events import BadEvent


class TooFast(Exception):
    """The client sends more than any call needs; its line is closed."""


MOST_TYPED = 4000


@dataclass(slots=True)
class Allowed:
    """What one connection may send, in three ways that do not limit a client in good faith."""

    events: Budget
    pieces: Budget
    seconds: Budget
    typed: int = 0
    """Characters that have had no answer."""

    @classmethod
    def ordinary(cls, now: Callable[[], float]) -> Allowed:
        """A recording of half a minute may come at once; clocks may differ by a tenth. `now`: by
        the call's clock, whose time sound takes."""
        return cls(
            Budget(60, 20, clock=now), Budget(2000, 500, clock=now), Budget(30, 1.1, clock=now)
        )

    def event(self) -> None:
        """One that is no sound."""
        if not self.events.spend():
            raise TooFast("More events than any call needs.")

    def sound(self, seconds: float) -> None:
        """A piece of the caller's sound."""
        if not self.pieces.spend():
            raise TooFast("The sound comes in more pieces than any call needs.")
        if not self.seconds.spend(seconds):
            raise TooFast("The sound comes faster than anybody speaks.")

    def words(self, text: str) -> None:
        """Typed, to be answered with the next response."""
        if self.typed + len(text) > MOST_TYPED:
            message = f"More than {MOST_TYPED} characters wait for an answer."
            raise BadEvent("text_too_long", message, param="item.content")
        self.typed += len(text)

    def answered(self) -> None:
        """What was typed has its response."""
        self.typed = 0
