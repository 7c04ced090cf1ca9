"""How sound travels at a door: encoding and rate."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Encoding = Literal["pcm", "pcmu", "pcma"]


@dataclass(frozen=True, slots=True)
class AudioFormat:
    """One channel; `pcm` is signed, 16 bits, little-endian, the others are G.711."""

    encoding: Encoding
    rate: int
    """Samples a second."""

    @property
    def sample_bytes(self) -> int:
        """Of one sample."""
        return 2 if self.encoding == "pcm" else 1

    @property
    def bytes_a_second(self) -> int:
        """Of sound in this format."""
        return self.rate * self.sample_bytes


PCM_24K = AudioFormat("pcm", 24_000)
PCMU_8K = AudioFormat("pcmu", 8_000)
PCMA_8K = AudioFormat("pcma", 8_000)
