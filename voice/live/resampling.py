"""Sound at another rate, piece by piece: a polyphase filter that holds back 3 ms at most.

Exact to 90 % of the narrower band and 70 dB down past it. A library holds back 25 to 70 ms of a
stream, which a caller waits for at every turn.
"""

from __future__ import annotations

import math
from functools import cache

import numpy as np
from numpy.typing import NDArray

Samples = NDArray[np.float32]

LOBES = 24
"""Of the filter on either side, counted at the narrower rate."""
KAISER = 7.0
"""Window: 70 dB."""


class Resampler:
    """From one rate to another; what comes out stands where it stood in time."""

    def __init__(self, rate: int, to: int) -> None:
        common = math.gcd(rate, to)
        self._up, self._down = to // common, rate // common
        self._filter = _filter(self._up, self._down)
        self._past = np.zeros(len(self._filter) - 1, np.float32)
        self._next = len(self._filter) // 2
        """The next sample to come out, counted in those that come next, at the common rate."""

    def take(self, samples: Samples, *, last: bool = False) -> Samples:
        """What this piece adds; the last one also brings what was held back."""
        held = -(-(len(self._filter) // 2) // self._up) if last else 0
        spread = np.zeros((len(samples) + held) * self._up, np.float32)
        spread[: len(samples) * self._up : self._up] = samples
        line = np.concatenate((self._past, spread))
        self._past = line[len(line) - len(self._past) :]
        if not len(spread):
            return spread
        smooth = np.convolve(line, self._filter, "valid")
        out: Samples = smooth[self._next :: self._down].astype(np.float32)
        self._next += self._down * len(out) - len(smooth)
        return out


@cache
def _filter(up: int, down: int) -> Samples:
    """A windowed sinc at the common rate, which passes the narrower of the two bands."""
    narrow = max(up, down)
    half = LOBES * narrow
    at = np.arange(-half, half + 1)
    taps = np.sinc(at / narrow) * np.kaiser(2 * half + 1, KAISER)
    scaled: Samples = (taps / taps.sum() * up).astype(np.float32)
    return scaled
