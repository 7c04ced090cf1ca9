"""A steady noise behind a voice, taken down before a recogniser hears it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

_WIDTH = 512
_PARTS = 4
_HOP = _WIDTH // _PARTS
_WINDOW = np.sqrt(np.hanning(_WIDTH + 1)[:_WIDTH]).astype(np.float32)
_PAUSES = 0.2
"""The quietest share of the frames: nobody speaks in them."""
_FEWEST_FRAMES = 5
_CLEAN = 1e-3
"""Of the loudest frames' power: less noise than that harms nothing (30 dB)."""
_LOUD = 0.9
_KEEPS = 0.98
"""Of what a frame was before, in judging the next: without it single tones are left that sound
like water."""
_LEAST = 0.3
"""Of the noise stays: what is emptier than any recording is heard worse."""


def without_noise(samples: NDArray[np.float32]) -> NDArray[np.float32]:
    """The voice with the noise of its pauses taken down (Wiener's filter, judged as by Ephraim and
    Malah); as it is where there is little noise."""
    if samples.size < 3 * _WIDTH:
        return samples
    edge = _WIDTH - _HOP
    padded = np.pad(samples, (edge, edge + -samples.size % _HOP))
    frames = np.lib.stride_tricks.sliding_window_view(padded, _WIDTH)[::_HOP]
    spectra = np.fft.rfft(frames * _WINDOW).astype(np.complex64)
    power = np.abs(spectra) ** 2
    inner = power[_PARTS:-_PARTS]  # what reaches into the padding is no pause
    loudness = inner.sum(axis=1)
    quiet = np.argsort(loudness)[: max(_FEWEST_FRAMES, int(len(inner) * _PAUSES))]
    noise = inner[quiet].mean(axis=0) + np.float32(1e-12)
    if noise.sum() < _CLEAN * np.quantile(loudness, _LOUD):
        return samples
    kept = np.fft.irfft(spectra * _gains(power / noise), n=_WIDTH).astype(np.float32) * _WINDOW
    voice = np.zeros((len(kept) + _PARTS - 1, _HOP), np.float32)
    for part in range(_PARTS):
        voice[part : part + len(kept)] += kept[:, part * _HOP : (part + 1) * _HOP]
    return voice.ravel()[edge : edge + samples.size] * np.float32(2 / _PARTS)


def _gains(above: NDArray[np.float32]) -> NDArray[np.float32]:
    """By frame and band, of how far the power is above the noise."""
    gains = np.empty_like(above)
    over = (1 - _KEEPS) * np.maximum(above - 1, 0)
    before = np.zeros(above.shape[1], np.float32)
    for frame in range(len(above)):
        ratio = _KEEPS * before + over[frame]
        gains[frame] = np.maximum(ratio / (1 + ratio), _LEAST)
        before = gains[frame] ** 2 * above[frame]
    return gains
