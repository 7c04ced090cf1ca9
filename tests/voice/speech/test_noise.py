"""Noise behind a voice."""

from __future__ import annotations

import numpy as np
import pytest

from voice.speech.engines import HEARD_RATE
from voice.speech.noise import without_noise


def _sentence() -> np.ndarray:
    """Three "words" with silence around them."""
    at = np.arange(2 * HEARD_RATE) / HEARD_RATE
    spoken = ((at % 0.6) > 0.25) & (at > 0.3) & (at < 1.9)
    return (0.1 * np.sin(2 * np.pi * 300 * at) * spoken).astype(np.float32)


def test_the_noise_of_the_pauses_is_taken_down_and_the_voice_is_not() -> None:
    voice = _sentence()
    noise = np.random.default_rng(3).normal(0, 0.018, voice.size).astype(np.float32)
    heard = without_noise(voice + noise)
    silent = np.abs(voice) == 0
    assert heard.size == voice.size
    assert np.std(heard[silent]) < 0.5 * np.std(noise[silent])
    assert np.std(heard[~silent]) == pytest.approx(np.std(voice[~silent]), rel=0.1)


def test_a_quiet_line_is_left_as_it_is() -> None:
    voice = _sentence()
    assert without_noise(voice) is voice


def test_what_is_too_short_to_have_pauses_is_left_as_it_is() -> None:
    short = np.ones(400, np.float32)
    assert without_noise(short) is short
