"""Voice activity: whether a frame of sound is speech (Silero VAD on onnxruntime)."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    import onnxruntime
    from numpy.typing import NDArray

FRAME_SAMPLES = 512
"""Of 16 kHz: 32 ms."""
_CONTEXT_SAMPLES = 64
_SILENT = 0.35
"""Probability below which nobody speaks."""
_FORGETS_FRAMES = 31
"""Of silence, one second of it: what it remembers of a noisy line for longer hides short words."""
_RATE = np.array(16_000, np.int64)


class VoiceActivity:
    """One call's listener: it remembers what came before. The session is shared by all calls."""

    def __init__(self, session: onnxruntime.InferenceSession) -> None:
        self._session = session
        self._state = np.zeros((2, 1, 128), np.float32)
        self._input = np.zeros((1, _CONTEXT_SAMPLES + FRAME_SAMPLES), np.float32)
        self._silent_frames = 0

    def probability(self, frame: NDArray[np.float32]) -> float:
        """That these 512 samples (16 kHz mono, -1 to 1), the next of the call, are speech."""
        if frame.shape != (FRAME_SAMPLES,):
            raise ValueError(f"a frame has {FRAME_SAMPLES} samples, not {frame.shape}")
        self._input[0, :_CONTEXT_SAMPLES] = self._input[0, -_CONTEXT_SAMPLES:]
        self._input[0, _CONTEXT_SAMPLES:] = frame
        asked = {"input": self._input, "state": self._state, "sr": _RATE}
        told, self._state = self._session.run(None, asked)
        speech = float(told[0, 0])
        self._silent_frames = self._silent_frames + 1 if speech < _SILENT else 0
        if self._silent_frames == _FORGETS_FRAMES:
            self._state, self._silent_frames = np.zeros_like(self._state), 0
        return speech


def open_session(weights: bytes) -> onnxruntime.InferenceSession:
    """Of weights whose digest was checked; one thread, which does not spin while it waits."""
    import onnxruntime

    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = options.inter_op_num_threads = 1
    options.log_severity_level = 3
    options.add_session_config_entry("session.intra_op.allow_spinning", "0")
    return onnxruntime.InferenceSession(weights, options, providers=["CPUExecutionProvider"])
