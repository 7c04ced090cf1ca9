"""Engines for rehearsals: each text is a chord, told by the ratio of its two tones.

The ratio is the same at any pitch, level and pace, over a telephone and in noise.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator

import numpy as np
from numpy.typing import NDArray

from voice.speech.engines import HEARD_RATE, SPOKEN_RATE, Hints, Transcript
from voice.speech.opening import Engines
from voice.speech.seats import Seats

Samples = NDArray[np.float32]
LOW = 300.0
RATIOS = np.arange(1.5, 8.0, 0.05)
"""One for each text; after so many the first comes again."""
SECONDS = 0.8
LOUD = 0.05
FRAME = 512


class Chords:
    """A voice and an ear of one table of texts."""

    def __init__(self, *, garbled: bool = False) -> None:
        """`garbled`: nothing is heard as it was said."""
        self.texts: list[str] = []
        self.garbled = garbled

    def engines(self, calls: int = 4) -> Engines:
        """As a rehearsal takes them."""
        return Engines(self, self, Loudness, Seats(calls), "chords")  # type: ignore[arg-type]

    async def speak(self, text: str) -> AsyncIterator[bytes]:
        """Its chord."""
        if text not in self.texts:
            self.texts.append(text)
        ratio = RATIOS[self.texts.index(text) % len(RATIOS)]
        at = np.arange(round(SECONDS * SPOKEN_RATE)) * 2 * np.pi / SPOKEN_RATE
        chord = 0.3 * (np.sin(at * LOW) + np.sin(at * LOW * ratio))
        yield (chord * 32767).astype("<i2").tobytes()

    async def transcribe(self, samples: Samples, hints: Hints) -> Transcript:
        """The texts of the chords, one after the other."""
        del hints
        await asyncio.sleep(0)
        frames = samples[: len(samples) // FRAME * FRAME].reshape(-1, FRAME)
        loud = np.concatenate(([False], level(frames) > LOUD, [False]))
        edges = np.flatnonzero(np.diff(loud.astype(int))) * FRAME
        pairs = edges.reshape(-1, 2)
        heard = [self._text(samples[begin:end]) for begin, end in pairs if end - begin > 4 * FRAME]
        return Transcript(" ".join(heard), len(samples) / HEARD_RATE)

    def _text(self, chord: Samples) -> str:
        spectrum = np.abs(np.fft.rfft(chord * np.hanning(len(chord)), HEARD_RATE))
        low = int(spectrum[:380].argmax())
        high = 380 + int(spectrum[380:].argmax())
        nearest = int(np.abs(RATIOS - high / low).argmin())
        if self.garbled:
            return "Mumble mumble."
        return next((text for at, text in enumerate(self.texts) if at % len(RATIOS) == nearest), "")


class Loudness:
    """Voice activity: all that is loud is speech."""

    def probability(self, frame: Samples) -> float:
        """1 or 0."""
        return float(level(frame[np.newaxis])[0] > LOUD)


def level(frames: Samples) -> NDArray[np.float64]:
    """Of each frame."""
    return np.asarray(np.sqrt(np.mean(np.square(frames, dtype=np.float64), axis=1)))
