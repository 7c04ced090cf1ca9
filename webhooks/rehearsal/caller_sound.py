"""What a caller sounds like: a voice of his own, on a wide line or on a telephone's.

The voice is that of the engine at another pitch and pace, which moves its formants too: one person
larger or smaller than ours. What it shares with ours is how words are pronounced.
"""

from __future__ import annotations

import numpy as np

from rehearsal.saying import PAUSE
from voice.live.audio import decode, encode
from voice.live.audio_format import PCM_24K, PCMU_8K, AudioFormat
from voice.live.resampling import Resampler, Samples
from voice.speech.engines import SPOKEN_RATE, Synthesizer
from webhooks.rehearsal.line import LineKind

FORMATS: dict[LineKind, AudioFormat] = {"wide": PCM_24K, "telephone": PCMU_8K}
SPEAKERS = (0.90, 0.95, 1.05, 1.12)
"""How much higher and quicker than ours each speaks."""
NOISE_BELOW_SPEECH = 15.0
"""Decibels."""
SPEECH_LEVEL = 0.1
"""Of the caller's voice: root of the mean square, where full scale is 1."""
AUDIBLE = 0.005
PAUSE_SECONDS = 0.15
"""Beside the 0.2 s of silence that the voice has at the end of a group."""


class CallerSound:
    """One caller on one line: words and silence in, what the line carries out."""

    def __init__(self, synthesizer: Synthesizer, kind: LineKind, *, seed: int) -> None:
        """The same seed is the same speaker, and the same noise."""
        self._synthesizer = synthesizer
        self._noise = np.random.default_rng(seed)
        self._speaker = SPEAKERS[seed % len(SPEAKERS)]
        self._noisy = kind == "telephone"
        self.format = FORMATS[kind]

    async def words(self, text: str) -> bytes:
        """This, said, with the pauses that people make between groups of what they dictate."""
        groups = [await self._said(group) for group in text.split(PAUSE)]
        return self.silence(PAUSE_SECONDS).join(groups)

    async def _said(self, text: str) -> bytes:
        sound = b"".join([piece async for piece in self._synthesizer.speak(text)])
        return self._on_the_line(as_loud(spoken_by(self._speaker, decode(sound, "pcm"))))

    def silence(self, seconds: float) -> bytes:
        """The line, when nobody speaks."""
        return self._on_the_line(np.zeros(round(seconds * SPOKEN_RATE), np.float32))

    def _on_the_line(self, samples: Samples) -> bytes:
        rate = self.format.rate
        if rate != SPOKEN_RATE:
            samples = Resampler(SPOKEN_RATE, rate).take(samples, last=True)
        if self._noisy:
            loudness = SPEECH_LEVEL * 10 ** (-NOISE_BELOW_SPEECH / 20)
            noise = self._noise.normal(0, loudness, len(samples))
            samples = (samples + noise).astype(np.float32)
        return encode(samples, self.format.encoding)


def spoken_by(speaker: float, samples: Samples) -> Samples:
    """The same by somebody who speaks so much higher and quicker."""
    if not len(samples):
        return samples
    length = round(len(samples) / speaker)
    spectrum = np.fft.rfft(samples)
    return (np.fft.irfft(spectrum, length) * (length / len(samples))).astype(np.float32)


def as_loud(samples: Samples) -> Samples:
    """At the level of a caller's speech, its pauses aside."""
    audible = samples[np.abs(samples) > AUDIBLE]
    if not len(audible):
        return samples
    level = float(np.sqrt(np.mean(np.square(audible, dtype=np.float64))))
    return samples * np.float32(SPEECH_LEVEL / level)
