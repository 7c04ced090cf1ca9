"""How often one network or caller token may ask, and guess at a secret; who is trusted may always.

Counted within this process by its monotonic clock; a restart forgives.
"""

from __future__ import annotations

import math
import time
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum

from webhooks.problems import Problem

WINDOW_SECONDS = 60
MOST_REMEMBERED = 100_000
"""Of those who asked last; a flood of networks makes us forgetful, not slow or large."""


class Allowance(Enum):
    """What is counted, and how many a minute."""

    TOKENS_BY_NETWORK = ("tokens", 60)
    TURNS_BY_NETWORK = ("turns", 300)
    TURNS_BY_TOKEN = ("token", 60)
    GUESSES_BY_NETWORK = ("guesses", 30)

    @property
    def a_minute(self) -> int:
        """So many are allowed."""
        return self.value[1]


@dataclass(slots=True)
class Tally:
    """How many in the running minute and how many in the one before it."""

    minute: int
    here: int = 0
    before: int = 0

    def move_to(self, minute: int) -> None:
        """What is older than the minute before counts no more."""
        if minute != self.minute:
            self.before = self.here if minute == self.minute + 1 else 0
            self.here, self.minute = 0, minute


class Rates:
    """Tallies of those who asked lately: bounded, and the old ones swept as new ones come."""

    def __init__(self, *, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._tallies: OrderedDict[tuple[Allowance, str], Tally] = OrderedDict()
        """The one that was touched longest ago first."""
        self._let_in: OrderedDict[str, None] = OrderedDict()

    def __len__(self) -> int:
        return len(self._tallies)

    def spend(self, allowance: Allowance, who: str) -> None:
        """Count one for `who`, or answer 429 with when to come back."""
        minute, passed = divmod(self._clock(), WINDOW_SECONDS)
        self._sweep(int(minute))
        tally = self._tallies.setdefault((allowance, who), Tally(int(minute)))
        self._tallies.move_to_end((allowance, who))
        tally.move_to(int(minute))
        if _weighed(tally, passed) + 1 > allowance.a_minute:
            raise _too_many(passed)
        tally.here += 1

    def judge(self, who: str, *, right: bool) -> bool:
        """Whether to let in who showed a secret that is right or wrong; 429 where too many were
        wrong, even if this one is right: else guessing could go on.

        Whoever was right before is always let in: all of Vapi's customers call from its addresses,
        and one of them could keep the others out.
        """
        if not right:
            self.spend(Allowance.GUESSES_BY_NETWORK, who)
            return False
        self.refuse_guessers(who)
        self._let_in[who] = None
        if len(self._let_in) > MOST_REMEMBERED:
            self._let_in.popitem(last=False)
        return True

    def refuse_guessers(self, who: str) -> None:
        """429 for who was wrong too often and never right."""
        minute, passed = divmod(self._clock(), WINDOW_SECONDS)
        tally = self._tallies.get((Allowance.GUESSES_BY_NETWORK, who))
        if tally is None or who in self._let_in:
            return
        tally.move_to(int(minute))
        if _weighed(tally, passed) + 1 > Allowance.GUESSES_BY_NETWORK.a_minute:
            raise _too_many(passed)

    def _sweep(self, minute: int) -> None:
        """Forget who asked longest ago: two of them for each who comes, or whoever is too many."""
        for _ in range(2):
            if not self._tallies:
                return
            oldest, tally = next(iter(self._tallies.items()))
            if tally.minute >= minute - 1 and len(self._tallies) < MOST_REMEMBERED:
                return
            del self._tallies[oldest]


def _weighed(tally: Tally, passed: float) -> float:
    """How many in the last sixty seconds, taking those of the minute before as spread evenly."""
    return tally.here + tally.before * (1 - passed / WINDOW_SECONDS)


def _too_many(passed: float) -> Problem:
    wait = math.ceil(WINDOW_SECONDS - passed) + 1
    return Problem(429, "Too many requests; try again shortly.", headers={"Retry-After": str(wait)})
