"""Speaking on this machine: the voice of hibari-tts, and its sound kept where it is said often."""

from __future__ import annotations

import re
from collections import OrderedDict
from collections.abc import AsyncIterator, Callable
from functools import partial
from typing import TYPE_CHECKING

import numpy as np

from voice.speech.engines import SPOKEN_RATE, EngineFailed, Synthesizer
from voice.speech.speakable import speakable
from voice.speech.workers import Workers
from voice.spoken import sentences

if TYPE_CHECKING:
    from numpy.typing import NDArray

KEPT_BYTES = 24_000_000
"""Of sound that was said before: eight minutes."""
LONGEST_KEPT_BYTES = 15 * SPOKEN_RATE * 2
LONGEST_TEXT = 2_000
"""Characters of one sentence or clause; more is a mistake."""

SPOKEN_WHOLE = 45
"""Characters of a sentence that is made in one go: some two and a half seconds of sound."""
LEAST_OF_ONE = 14
"""Characters before and behind a pause at which a longer sentence is made in two."""
_PAUSES = (", ", "; ", ": ")
_LETTER_A = re.compile(r"\bA(?=[,;.]|$)")
"""No article: something stands behind that."""
_AS_A_LETTER = "eh"
"""As this voice reads it; of an "A" it is in doubt whether it is the article."""

_AUDIBLE = 0.003
_LEAD = SPOKEN_RATE * 10 // 1000
_TAIL = SPOKEN_RATE * 200 // 1000
"""Samples of silence that are left before and after a sentence: the voice begins with a third of a
second of it, which a caller would wait for. The pause between two sentences is behind the first."""

Voice = Callable[[str], "NDArray[np.float32]"]
"""From speakable text to sound, 24 kHz from -1 to 1."""


class LocalSynthesizer(Synthesizer):
    """One voice for every call. Sentences are kept by text; the least lately said goes first."""

    def __init__(self, voice: Voice, workers: Workers) -> None:
        self._voice = voice
        self._workers = workers
        self._kept: OrderedDict[str, bytes] = OrderedDict()
        self._kept_bytes = 0

    async def speak(self, text: str) -> AsyncIterator[bytes]:
        """See Synthesizer; a piece a sentence, or two of a long one."""
        if len(text) > LONGEST_TEXT:
            raise EngineFailed(f"a text of more than {LONGEST_TEXT} characters")
        for sentence in sentences(text):
            said = speakable(sentence)
            for piece in (said,) if said in self._kept else at_a_pause(said):
                sound = await self._sound(piece)
                if sound:
                    yield sound

    async def _sound(self, said: str) -> bytes:
        if (kept := self._kept.get(said)) is not None:
            self._kept.move_to_end(said)
            return kept
        sound = await self._workers.run(partial(self._synthesize, said))
        self._keep(said, sound)
        return sound

    def _synthesize(self, said: str) -> bytes:
        if not any(sign.isalnum() for sign in said):
            return b""
        try:
            sound = self._voice(said)
        except Exception as error:  # whatever a voice stumbles over, this call goes on without it
            raise EngineFailed(f"the voice failed: {type(error).__name__}") from error
        return (np.clip(_trimmed(sound), -1.0, 1.0) * 32767).astype("<i2").tobytes()

    def _keep(self, said: str, sound: bytes) -> None:
        if len(sound) > LONGEST_KEPT_BYTES or said in self._kept:
            return
        self._kept[said] = sound
        self._kept_bytes += len(sound)
        while self._kept_bytes > KEPT_BYTES:
            _, gone = self._kept.popitem(last=False)
            self._kept_bytes -= len(gone)


def at_a_pause(sentence: str) -> tuple[str, ...]:
    """A long sentence up to its first pause, and the rest of it: the caller hears how it begins
    while it is being made how it ends."""
    last = len(sentence) - LEAST_OF_ONE
    if len(sentence) <= SPOKEN_WHOLE:
        return (sentence,)
    places = [sentence.find(pause, LEAST_OF_ONE, last) for pause in _PAUSES]
    first = min((place for place in places if place > 0), default=0)
    return (sentence[: first + 1], sentence[first + 2 :]) if first else (sentence,)


def open_voice(model: bytes, unknown_words: bytes) -> Voice:
    """Of weights whose digests were checked; speaks once, so that nothing is put off any more."""
    from hibari import Hibari
    from hibari.g2p import G2P
    from hibari.g2p.oov import OOV

    from voice.speech.voice_activity import open_session

    words = G2P(oov=OOV(session=open_session(unknown_words)))
    hibari: Voice = Hibari(model=model, threads=1, g2p=words)
    hibari("Hello.")
    return lambda said: hibari(_LETTER_A.sub(_AS_A_LETTER, said))


def _trimmed(sound: NDArray[np.float32]) -> NDArray[np.float32]:
    audible = np.flatnonzero(np.abs(sound) > _AUDIBLE)
    if not audible.size:
        return sound[:0]
    return sound[max(0, int(audible[0]) - _LEAD) : int(audible[-1]) + _TAIL]
