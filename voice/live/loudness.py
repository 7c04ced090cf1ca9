"""What is too soft to be part of what a caller just said. Needs numpy."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from voice.live.resampling import Samples

FAINT = 1e-4
"""Of the power of the loudest frame of late: 40 dB down nobody hears a word beside it."""
FADES = 0.9
"""That power, from frame to frame: 14 dB a second, so that who lowers the voice is heard."""


class Loudness:
    """Of one caller. Voice activity goes on for some 60 ms after the last sound, which every
    caller would wait for."""

    def __init__(self) -> None:
        self._loudest = 0.0

    def faint(self, frame: Samples, *, speech: bool) -> bool:
        """Whether this frame, the next of the line, is nothing beside the speech before it."""
        power = float(np.dot(frame, frame))
        self._loudest *= FADES
        if speech:
            self._loudest = max(self._loudest, power)
        return power < FAINT * self._loudest
