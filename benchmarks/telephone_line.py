"""What a telephone line leaves of sound: 8 kHz, eight bits of mu-law, and up again to 16 kHz."""

from __future__ import annotations

import wave
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

Samples = NDArray[np.float32]
_MU = 255.0
_REACH = 63
"""Samples on either side that the filter looks at."""


def read_wave(path: Path) -> Samples:
    """16 kHz mono from -1 to 1."""
    with wave.open(str(path)) as file:
        if (file.getframerate(), file.getnchannels(), file.getsampwidth()) != (16_000, 1, 2):
            raise ValueError(f"{path} is not 16 kHz mono of 16 bits")
        return from_pcm(file.readframes(file.getnframes()))


def from_pcm(sound: bytes) -> Samples:
    """From s16le."""
    return np.frombuffer(sound, "<i2").astype(np.float32) / 32768.0


def to_16k(sound: Samples) -> Samples:
    """From 24 kHz."""
    upwards = np.zeros(sound.size * 2, np.float32)
    upwards[::2] = sound
    return 2.0 * np.convolve(upwards, _low_pass(1 / 3), "same")[::3].astype(np.float32)


def over_the_line(sound: Samples) -> Samples:
    """16 kHz in and out, through 8 kHz mu-law (G.711's curve)."""
    narrow = np.convolve(sound, _low_pass(1 / 2), "same")[::2]
    pressed = np.sign(narrow) * np.log1p(_MU * np.abs(narrow.clip(-1, 1))) / np.log1p(_MU)
    steps = np.round(pressed * 127) / 127
    heard = np.sign(steps) * np.expm1(np.abs(steps) * np.log1p(_MU)) / _MU
    upwards = np.zeros(heard.size * 2, np.float32)
    upwards[::2] = heard
    return (2.0 * np.convolve(upwards, _low_pass(1 / 2), "same"))[: sound.size].astype(np.float32)


def _low_pass(share: float) -> NDArray[np.float64]:
    """A windowed sinc that lets through this share of the band."""
    taps = np.sinc(np.arange(-_REACH, _REACH + 1) * share) * np.hamming(2 * _REACH + 1)
    return np.asarray(taps / taps.sum(), np.float64)
