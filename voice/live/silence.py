"""What a long silence is answered with, counted in audio."""

from __future__ import annotations

from enum import Enum

NUDGE_SECONDS = 7.0
GOODBYE_SECONDS = 14.0
"""After the nudge."""
HOLD_SECONDS = 60.0
"""For whoever asked us to hold on."""


class Breaks(Enum):
    """How a silence is broken."""

    NUDGE = "nudge"
    GOODBYE = "goodbye"


class Silence:
    """Of one call; `step` it with all that was heard while neither side spoke."""

    def __init__(self) -> None:
        self._seconds = 0.0
        self._patience = NUDGE_SECONDS
        self._nudged = False

    def heard(self) -> None:
        """The caller said, typed or pressed something."""
        self._seconds, self._patience, self._nudged = 0.0, NUDGE_SECONDS, False

    def spoke(self) -> None:
        """We speak: silence counts from the end of it."""
        self._seconds = 0.0

    def hold(self) -> None:
        """The caller asked for a moment."""
        self.heard()
        self._patience = HOLD_SECONDS

    def step(self, seconds: float) -> Breaks | None:
        """So much more silence."""
        self._seconds += seconds
        if self._seconds < (GOODBYE_SECONDS if self._nudged else self._patience):
            return None
        self._seconds = 0.0
        if self._nudged:
            return Breaks.GOODBYE
        self._nudged = True
        return Breaks.NUDGE
