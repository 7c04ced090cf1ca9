"""What the audio doors ask of speech engines: two protocols, and the values that pass through."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

HEARD_RATE = 16_000
"""Samples a second of what is transcribed and of what voice activity is judged on."""
SPOKEN_RATE = 24_000
"""Samples a second of what is synthesized."""


class EngineFailed(Exception):
    """An engine did not do its work; the message is one line that holds no caller's words."""


@dataclass(frozen=True, slots=True)
class Hints:
    """What the recogniser may expect to hear next."""

    names: tuple[str, ...] = ()
    """Services, providers, the business: words that it would else write as it pleases."""
    digits: bool = False
    """A number or a reference is awaited: worth a longer decode."""
    signs: bool = False
    """With `digits`: letters are among them."""
    letters: bool = False
    """A name may be spelled."""
    words_for_letters: bool = False
    """With `letters`: it was asked to be spelled as "N for November"."""
    is_whole: Callable[[str], bool] | None = None
    """Whether words give all of the number that is awaited; None: nobody can tell."""
    glimpse: bool = False
    """Half a second at most, wanted at once: do its first words ask for anything?"""


@dataclass(frozen=True, slots=True)
class Transcript:
    """What was said."""

    text: str
    """As written by the recogniser; empty when nothing was said."""
    seconds: float
    """Of audio that was read."""


class Transcriber(Protocol):
    """Hears: one utterance in, its words out."""

    async def transcribe(self, samples: NDArray[np.float32], hints: Hints) -> Transcript:
        """The words of `samples`, 16 kHz mono from -1 to 1. Raises EngineFailed.

        Who cancels is let go at once: what is being decoded ends by itself and is dropped.
        """
        ...


class Synthesizer(Protocol):
    """Speaks: a sentence or a clause in, its sound out."""

    def speak(self, text: str) -> AsyncIterator[bytes]:
        """Pieces of s16le mono at 24 kHz, as soon as they are there. Raises EngineFailed.

        `text` is as our dialogue writes it; the engine makes it speakable. Who stops before the
        end closes the iterator (`contextlib.aclosing`), so that a hosted engine is hung up on.
        """
        ...
