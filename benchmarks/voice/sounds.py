"""Sound that simulated callers send: sentences as a caller says them, and where they sound."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import httpx2
import numpy as np
from numpy.typing import NDArray

from voice.speech.engines import SPOKEN_RATE, Synthesizer
from voice.speech.opening import SpeechChoice, open_engines

RATE = SPOKEN_RATE
"""Of every clip, and of what comes back; 16 bits, one channel."""
HIGHER = 1.12
"""So much higher and quicker than our own voice a caller speaks: it must not pass for our echo."""
WINDOW = RATE // 100
AUDIBLE = 0.01
"""Of the loudest 10 ms of a clip (-40 dB): softer ones are silence."""

HUM = RATE * 18 // 100
"""Samples of each half of a hum."""

Samples = NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Clip:
    """A sentence, and the seconds at which it begins and ends to sound."""

    path: str
    onset: float
    last_sound: float


async def record(sentences: set[str], folder: Path) -> dict[str, Clip]:
    """Every sentence spoken by the local voice, in another pitch, as a file of raw samples."""
    async with httpx2.AsyncClient() as client, open_engines(SpeechChoice(), client) as speech:
        voice = (await speech.ready()).synthesizer
        clips = {}
        for number, sentence in enumerate(sorted(sentences)):
            path = folder / f"{number}.pcm"
            clips[sentence] = write_clip(path, raised(await spoken(voice, sentence)))
        return clips


async def spoken(voice: Synthesizer, sentence: str) -> Samples:
    """From -1 to 1."""
    sound = b"".join([piece async for piece in voice.speak(sentence)])
    return np.frombuffer(sound, "<i2").astype(np.float32) / 32768


def raised(sound: Samples, by: float = HIGHER) -> Samples:
    """The same, so much higher and quicker."""
    at = np.arange(0, len(sound) - 1, by)
    return np.interp(at, np.arange(len(sound)), sound).astype(np.float32)


def write_clip(path: Path, sound: Samples) -> Clip:
    """With what its first and last sound is, by the loudness of every 10 ms."""
    path.write_bytes((sound * 32767).astype("<i2").tobytes())
    windows = sound[: len(sound) // WINDOW * WINDOW].reshape(-1, WINDOW)
    loudness = np.sqrt(np.mean(np.square(windows), axis=1))
    audible = np.flatnonzero(loudness > AUDIBLE * loudness.max())
    return Clip(str(path), float(audible[0]) / 100, float(audible[-1] + 1) / 100)


def hum(pitch: float) -> Samples:
    """Two hums through the nose, "mm-hmm", of which the second is higher; `pitch` in Hz."""
    rising = np.concatenate(
        (np.full(HUM, pitch), np.full(HUM // 2, pitch), np.full(HUM, pitch * 1.2))
    )
    first, breath, second = np.hanning(HUM), np.full(HUM // 2, 0.02), np.hanning(HUM)
    loudness = np.concatenate((first, breath, second)) ** 0.5
    phase = 2 * np.pi * np.cumsum(rising) / RATE
    voice = np.zeros_like(phase)
    for overtone in range(1, 25):
        at = overtone * pitch
        nasal = 1 / (1 + ((at - 250) / 120) ** 2) + 0.05 / (1 + ((at - 1000) / 200) ** 2)
        voice += (nasal + 0.004) * np.sin(overtone * phase)
    breathy = np.random.default_rng(int(pitch)).normal(0, 0.02, phase.size)
    sound = (voice + breathy) * loudness
    return (0.3 * sound / np.abs(sound).max()).astype(np.float32)
