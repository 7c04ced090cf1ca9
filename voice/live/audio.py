"""Sound as samples: what lines carry (PCM, G.711 mu-law and A-law), and loudness.

Samples are float32 from -1 to 1, one channel. Needs numpy, which comes with the extra `speech`.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from voice.live.audio_format import AudioFormat
from voice.live.resampling import Resampler, Samples
from voice.speech.engines import HEARD_RATE, SPOKEN_RATE

FULL_SCALE = 32768.0


def decode(audio: bytes, encoding: str) -> Samples:
    """Whole samples of a line."""
    if encoding == "pcm":
        return np.frombuffer(audio, "<i2") * np.float32(1 / FULL_SCALE)
    table = MU_LAW_SAMPLES if encoding == "pcmu" else A_LAW_SAMPLES
    return table[np.frombuffer(audio, np.uint8)]


def encode(samples: Samples, encoding: str) -> bytes:
    """As a line carries it; what is too loud is clipped."""
    whole = np.clip(np.rint(samples * FULL_SCALE), -FULL_SCALE, FULL_SCALE - 1).astype("<i2")
    if encoding == "pcm":
        return bytes(whole)
    table = MU_LAW_CODES if encoding == "pcmu" else A_LAW_CODES
    return bytes(table[whole.view(np.uint16)])


def level(samples: Samples) -> float:
    """Decibels below a square wave of full scale; silence is -100."""
    if not len(samples):
        return -100.0
    power = float(np.mean(np.square(samples, dtype=np.float64)))
    return max(-100.0, 10 * float(np.log10(power + 1e-10)))


class LineIn:
    """From what a line sends, in pieces of any length, to samples at 16 kHz."""

    def __init__(self, line: AudioFormat) -> None:
        self._line = line
        self._rest = b""
        self._resampler = _resampler(line.rate, HEARD_RATE)

    def take(self, audio: bytes) -> Samples:
        """What this piece adds; half a sample waits for its other half."""
        audio = self._rest + audio
        whole = len(audio) - len(audio) % self._line.sample_bytes
        self._rest = audio[whole:]
        samples = decode(audio[:whole], self._line.encoding)
        return samples if self._resampler is None else self._resampler.take(samples)


class LineOut:
    """From synthesized sound, s16le at 24 kHz, to what a line takes. One for each part."""

    def __init__(self, line: AudioFormat) -> None:
        self._line = line
        self._as_it_is = line == AudioFormat("pcm", SPOKEN_RATE)
        self._rest = b""
        self._resampler = _resampler(SPOKEN_RATE, line.rate)

    def take(self, audio: bytes, *, last: bool = False) -> bytes:
        """What this piece adds; the last one also brings what was held back."""
        audio = self._rest + audio
        whole = len(audio) - len(audio) % 2
        self._rest = audio[whole:]
        if self._as_it_is:
            return audio[:whole]
        samples = decode(audio[:whole], "pcm")
        if self._resampler is not None:
            samples = self._resampler.take(samples, last=last)
        return encode(samples, self._line.encoding)


def _resampler(rate: int, to: int) -> Resampler | None:
    return None if rate == to else Resampler(rate, to)


def _mu_law_samples() -> NDArray[np.int32]:
    """ITU-T G.711, table 2: the sixteen-bit sample of each code."""
    code = ~np.arange(256, dtype=np.int32) & 0xFF
    exponent, mantissa = (code >> 4) & 7, code & 0xF
    magnitude = (((mantissa << 3) + 0x84) << exponent) - 0x84
    return np.where(code & 0x80, -magnitude, magnitude)


def _a_law_samples() -> NDArray[np.int32]:
    """ITU-T G.711, table 1: the sixteen-bit sample of each code."""
    code = np.arange(256, dtype=np.int32) ^ 0x55
    exponent, mantissa = (code >> 4) & 7, code & 0xF
    small = (mantissa << 4) + 8
    magnitude = np.where(exponent == 0, small, (small + 0x100) << np.maximum(exponent - 1, 0))
    return np.where(code & 0x80, magnitude, -magnitude)


def _codes(samples: NDArray[np.int32]) -> NDArray[np.uint8]:
    """For each sixteen-bit sample, as unsigned, the code whose sample is nearest."""
    order = np.argsort(samples, kind="stable")
    middles = (samples[order][1:] + samples[order][:-1]) / 2
    every = np.arange(65536, dtype=np.uint16).view(np.int16)
    return order[np.searchsorted(middles, every)].astype(np.uint8)


MU_LAW_CODES = _codes(_mu_law_samples())
A_LAW_CODES = _codes(_a_law_samples())
MU_LAW_SAMPLES: Samples = (_mu_law_samples() / FULL_SCALE).astype(np.float32)
A_LAW_SAMPLES: Samples = (_a_law_samples() / FULL_SCALE).astype(np.float32)
