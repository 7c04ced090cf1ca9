"""The spectrogram that Whisper was trained on: 80 mel bands, 100 frames a second, logarithmic."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

RATE = 16_000
"""Samples a second."""
HOP = 160
"""Samples from frame to frame."""
_WIDTH = 400
"""Samples in one frame."""
_BANDS = 80
_FLOOR = 1e-10
"""The power that counts as silence."""
_DEPTH = 8.0
"""Decades below the loudest that are kept."""


def log_mel(samples: NDArray[np.float32], window_seconds: int) -> NDArray[np.float32]:
    """(80, 100 a second) of the first `window_seconds`, as if padded with silence to that length.

    The figures of openai/whisper's `log_mel_spectrogram`; only frames with sound are worked out.
    """
    samples = samples[: window_seconds * RATE]
    frames = window_seconds * RATE // HOP
    sounding = min(frames, (samples.size + _WIDTH // 2) // HOP + 1)
    lead = np.zeros(_WIDTH // 2, np.float32)
    mirrored = samples[1 : _WIDTH // 2 + 1][::-1]
    lead[lead.size - mirrored.size :] = mirrored
    tail = np.zeros(sounding * HOP + _WIDTH, np.float32)
    padded = np.concatenate((lead, samples, tail))
    pieces = np.lib.stride_tricks.sliding_window_view(padded, _WIDTH)[::HOP][:sounding]
    power = np.abs(np.fft.rfft(pieces * _hann())) ** 2
    bands = np.full((_BANDS, frames), np.log10(_FLOOR), np.float32)
    bands[:, :sounding] = np.log10(np.maximum(_mel_filters() @ power.T, _FLOOR))
    np.maximum(bands, bands.max() - _DEPTH, out=bands)
    return (bands + 4.0) / 4.0


@lru_cache(maxsize=1)
def _hann() -> NDArray[np.float32]:
    return (0.5 - 0.5 * np.cos(2 * np.pi * np.arange(_WIDTH) / _WIDTH)).astype(np.float32)


@lru_cache(maxsize=1)
def _mel_filters() -> NDArray[np.float32]:
    """(80, 201) triangles of equal area on Slaney's mel scale, 0 to 8 kHz."""
    edges = _hertz(np.linspace(0.0, _mel(RATE / 2), _BANDS + 2))
    bins = np.linspace(0.0, RATE / 2, _WIDTH // 2 + 1)
    widths = np.diff(edges)
    slopes = edges[:, None] - bins[None, :]
    rising = -slopes[:-2] / widths[:-1, None]
    falling = slopes[2:] / widths[1:, None]
    triangles = np.maximum(0.0, np.minimum(rising, falling))
    areas = 2.0 / (edges[2:] - edges[:-2])
    return (triangles * areas[:, None]).astype(np.float32)


_LINEAR = 200.0 / 3.0
"""Hertz a mel, below 1 kHz."""
_BEND = 1000.0 / _LINEAR
"""The mel from which the scale is logarithmic."""
_STEP = float(np.log(6.4)) / 27.0


def _mel(hertz: float) -> float:
    return float(_BEND + np.log(hertz / 1000.0) / _STEP) if hertz >= 1000.0 else hertz / _LINEAR


def _hertz(mels: NDArray[np.float64]) -> NDArray[np.float64]:
    bent = 1000.0 * np.exp(_STEP * (np.maximum(mels, _BEND) - _BEND))
    return np.where(mels >= _BEND, bent, _LINEAR * mels)
