"""Whether what comes in is our own voice coming back through a loudspeaker. Needs numpy."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable
from typing import TYPE_CHECKING

import numpy as np

from voice.speech.engines import HEARD_RATE

if TYPE_CHECKING:
    from voice.live.resampling import Samples

RATE = 8_000
"""Samples a second that are compared: voices have their marks below 4 kHz, at half the cost."""
WINDOW_SECONDS = 0.096
"""Of what came in last: three frames, so that an echo that sets in is known by its first. Of 1217
frames of other speakers than ours 1 % were as alike by chance; of echoes 12 dB down 99.8 %."""
LONGEST_DELAY_SECONDS = 0.8
"""From when we think that a sound is played until it is back."""
EARLY_SECONDS = 0.1
"""By which a line may play sooner than we think."""
ALIKE = 0.5
"""Correlation from which on it is our own; a caller louder than our echo stays below."""
KEPT_SECONDS = 2.0
"""Of what we had played; with room for what is sent ahead, and for the length of its pieces."""
FAINT = 1e-7
"""Mean square below which there is nothing to compare: -70 dB."""
PRE_EMPHASIS = 0.95
"""Takes the pitch that voices share out of the comparison."""


class Echo:
    """Compares what came in with what we had played, over every delay that a line may have."""

    def __init__(self) -> None:
        self._sent: deque[tuple[float, Callable[[], Samples]]] = deque()
        self._played: deque[tuple[float, Samples]] = deque()
        self._heard: deque[Samples] = deque()
        self._heard_samples = 0

    def played(self, sound: Callable[[], Samples], *, at: float) -> None:
        """This of ours begins to be played at that second of the clock. It is made, at 16 kHz,
        once there is something to compare it with: most of it never is."""
        self._sent.append((at, sound))
        while self._sent[0][0] < at - KEPT_SECONDS:
            self._sent.popleft()

    def heard(self, frame: Samples) -> None:
        """This came in last, at 16 kHz."""
        self._heard.append(frame)
        self._heard_samples += len(frame)
        while self._heard_samples - len(self._heard[0]) >= WINDOW_SECONDS * HEARD_RATE:
            self._heard_samples -= len(self._heard.popleft())

    def comes_back(self, now: float) -> bool:
        """Whether what came in last is our own voice."""
        return self.likeness(now) >= ALIKE

    def likeness(self, now: float) -> float:
        """The largest correlation of what came in with what was played before it, 0 to 1."""
        ours = self._timeline(now)
        if ours is None:
            return 0.0
        theirs = _halved(np.concatenate(self._heard))
        if len(ours) < len(theirs) or float(np.mean(np.square(theirs))) < FAINT:
            return 0.0
        return _likeness(_emphasised(theirs), _emphasised(ours))

    def _timeline(self, now: float) -> Samples | None:
        """What we had played around now, with its silences; None when there was nothing."""
        begin = now - LONGEST_DELAY_SECONDS - WINDOW_SECONDS
        while self._sent:
            at, sound = self._sent.popleft()
            self._played.append((at, _halved(sound())))
        while self._played and _end(self._played[0]) < begin:
            self._played.popleft()
        if not self._played or not self._heard:
            return None
        line = np.zeros(round((now + EARLY_SECONDS - begin) * RATE), np.float32)
        for at, samples in self._played:
            first = round((at - begin) * RATE)
            kept = samples[max(0, -first) : max(0, len(line) - first)]
            line[max(0, first) : max(0, first) + len(kept)] = kept
        return line


def _end(played: tuple[float, Samples]) -> float:
    at, samples = played
    return at + len(samples) / RATE


def _halved(samples: Samples) -> Samples:
    pairs = samples[: len(samples) // (HEARD_RATE // RATE) * 2].reshape(-1, 2)
    half: Samples = (pairs[:, 0] + pairs[:, 1]) * np.float32(0.5)  # a tenth of what `mean` takes
    return half


def _emphasised(samples: Samples) -> Samples:
    flat: Samples = samples[1:] - np.float32(PRE_EMPHASIS) * samples[:-1]
    return flat


def _likeness(short: Samples, long: Samples) -> float:
    size = 1 << (len(long) - 1).bit_length()
    product = np.fft.rfft(long, size) * np.conj(np.fft.rfft(short, size))
    lags = len(long) - len(short) + 1
    matches = np.abs(np.fft.irfft(product, size)[:lags])
    sums = np.concatenate(([0.0], np.cumsum(np.square(long, dtype=np.float64))))
    energy = sums[len(short) :] - sums[: len(sums) - len(short)]
    loud = energy > FAINT * len(short)
    if not loud.any():
        return 0.0
    norm = float(np.sqrt(np.sum(np.square(short, dtype=np.float64)))) or 1.0
    return float(np.max(matches[loud] / np.sqrt(energy[loud]) / norm))
