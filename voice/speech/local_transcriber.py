"""Hearing on this machine: Whisper tiny.en on CTranslate2, in as short a window as will do."""

from __future__ import annotations

import re
import zlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import partial
from typing import TYPE_CHECKING

import numpy as np

from voice.speech.engines import HEARD_RATE, EngineFailed, Hints, Transcriber, Transcript
from voice.speech.hinted_names import restore_names
from voice.speech.log_mel import log_mel
from voice.speech.noise import without_noise
from voice.speech.vocabulary import Vocabulary
from voice.speech.workers import Workers

if TYPE_CHECKING:
    import ctranslate2
    from numpy.typing import NDArray

WINDOW_SECONDS = 12
"""A quarter of the cost of 30 s and as good for sentences; 8 s is not (see ARCHITECTURE.md)."""
LONG_WINDOW_SECONDS = 30
GLIMPSE_SECONDS = 4
"""For the first words of a sound over our own, in 80 ms instead of 215; of 43 hums and nods it knew
32, the 12 s 36. What circles in so short a window is cut off after `_GLIMPSE_TOKENS`."""
MOST_SECONDS = 120
"""Of one utterance."""
FEWEST_SECONDS = 0.1
"""Less is no word."""
DIGITS_LINE = "5, 2, double 7, 0, 1, 8, 4."
"""Written before what is awaited: digits are then heard one by one, and "double" as a word, of
which a telephone makes a digit."""
SIGNS_LINE = "K-7-M-2-Q-X, B-3-N-T-9-E, 5-D-J-4-Z-A."
"""Written before a reference: after digits alone an E is written as 8 or 3."""
SPELLED_OUT_LINE = "oh seven two oh oh, one two oh oh nine three."
"""Written before a number to be heard in words; in figures "oh oh" comes out as one zero."""
LETTERS_LINE = "Laura Hughes, L-A-U-R-A, H-U-G-H-E-S."
"""Written before a name that may be spelled: its letters are then heard one by one, and an "A" is
no article."""
WORDS_LINE = "N for Nora, B for boy, E for Edward, T for Tom, S for sugar, A for apple."
"""The same where each letter is told by a word: without it "A for Anna" is "a for Elsa"."""
MOST_NAME_TOKENS = 160
"""Of the 223 that Whisper can be told beforehand."""

_BEAMS_OF_LETTERS = 5
"""Ways that are followed at once where a name may be spelled: 43 of 80 by telephone were heard
right instead of 38."""
_DIGITS_HEARD = 5
"""So many digits, and more of them than letters, are a number that nobody had awaited."""
_SIGNS_OF_A_REFERENCE = 6
_NO_SPEECH = 0.8
_NO_SPEECH_UNSURE = 0.6
_UNSURE = -1.0
"""Mean log-probability of a token below which a decode is a guess (openai/whisper)."""
_TOKENS_A_SECOND = 6
_TOKENS_MORE = 12
_GLIMPSE_TOKENS = 6
_REPETITIVE = 1.8
"""How well text that runs in circles is compressed by zlib."""
_AS_TRAINED = -1
"""Stands for the pieces that the model itself lists as no speech."""
_SIGN = re.compile(r"\b[^\W_]\b")
_SPELLED = re.compile(r"\b[A-Z](?:\W+[A-Z]\b){2}")
"""Three letters in a row, each by itself."""
_SOUNDS = re.compile(r"\[[^\]]*\]|\([^)]*\)|[♪♫]+")


@dataclass(frozen=True, slots=True)
class _Way:
    """How a sound is decoded."""

    window: int
    before: Sequence[int] = ()
    """What is written before it."""
    never: Sequence[int] = ()
    """Pieces that are not written."""
    beams: int = 1
    """Ways that are followed at once."""
    dictated: bool = False
    """By the model that has learnt signs told one by one."""


@dataclass(frozen=True, slots=True)
class _Decode:
    text: str
    score: float
    doubtful: bool
    silent: bool


class LocalTranscriber(Transcriber):
    """Two models for every call, one of them for what is dictated; as many decodes at once as
    there are workers."""

    def __init__(
        self,
        model: ctranslate2.models.Whisper,
        dictation: ctranslate2.models.Whisper,
        vocabulary: Vocabulary,
        workers: Workers,
    ) -> None:
        self._model = model
        self._dictation = dictation
        self._vocabulary = vocabulary
        self._workers = workers
        self._start = [vocabulary.ids["<|startoftranscript|>"], vocabulary.ids["<|notimestamps|>"]]
        self._before = vocabulary.ids["<|startofprev|>"]
        digits = [(sum(map(str.isdigit, text)), number) for number, text in vocabulary.texts()]
        self._several_digits = [number for count, number in digits if count > 1]
        """Written as one piece, "555" comes out as "55" again and again."""
        self._several_letters = [
            number for number, text in vocabulary.texts() if _are_letters(text.strip())
        ]
        self._any_digits = [number for count, number in digits if count]

    async def transcribe(self, samples: NDArray[np.float32], hints: Hints) -> Transcript:
        """See Transcriber."""
        if samples.size > MOST_SECONDS * HEARD_RATE:
            raise EngineFailed(f"an utterance of more than {MOST_SECONDS} seconds")
        hear = self._glimpse if hints.glimpse else partial(self._hear, hints=hints)
        return await self._workers.run(partial(hear, samples))

    def _glimpse(self, samples: NDArray[np.float32]) -> Transcript:
        """One decode, right or wrong."""
        try:
            decode = self._decode(samples, _Way(GLIMPSE_SECONDS), most=_GLIMPSE_TOKENS)
        except RuntimeError as error:
            raise EngineFailed(f"the recogniser failed: {type(error).__name__}") from error
        return Transcript("" if decode.silent else decode.text, samples.size / HEARD_RATE)

    def _hear(self, samples: NDArray[np.float32], hints: Hints) -> Transcript:
        seconds = samples.size / HEARD_RATE
        if seconds < FEWEST_SECONDS:
            return Transcript("", seconds)
        try:
            heard = [self._best(without_noise(piece), hints) for piece in pieces(samples)]
        except RuntimeError as error:
            raise EngineFailed(f"the recogniser failed: {type(error).__name__}") from error
        words = " ".join(text for text in heard if text)
        return Transcript(restore_names(words, hints.names), seconds)

    def _best(self, samples: NDArray[np.float32], hints: Hints, *, dictated: bool = False) -> str:
        """The first decode that is not doubtful, from the cheapest on; else the likeliest. What
        turns out to be spelled is heard once more as what is dictated."""
        dictated = dictated or hints.signs
        best: _Decode | None = None
        most = int(_TOKENS_A_SECOND * samples.size / HEARD_RATE) + _TOKENS_MORE
        for way in self._ways(samples.size / HEARD_RATE, hints, dictated=dictated):
            decode = self._decode(samples, way, most=most)
            if decode.silent:
                return ""
            if _is_number(decode.text) and not hints.digits:
                return self._best(samples, replace(hints, digits=True))
            if not (dictated or hints.digits) and _SPELLED.search(decode.text):
                return self._best(samples, replace(hints, letters=True), dictated=True)
            if hints.signs and _may_be_number(decode.text):
                number = self._best(samples, replace(hints, signs=False))
                whole = hints.is_whole is not None and hints.is_whole(number)
                return number if whole or _is_number(number) else decode.text
            if not decode.doubtful:
                return self._whole(samples, decode.text, hints, most=most)
            if best is None or decode.score > best.score:
                best = decode
        return best.text if best is not None else ""

    def _whole(self, samples: NDArray[np.float32], text: str, hints: Hints, *, most: int) -> str:
        """The text, unless it is a number that lacks a digit or has one too many and is a whole
        one when it is heard in words: the two go wrong in different places."""
        is_whole = hints.is_whole
        if is_whole is None or not _is_number(text) or is_whole(text):
            return text
        before = self._line(SPELLED_OUT_LINE)
        in_words = self._decode(
            samples, _Way(LONG_WINDOW_SECONDS, before, self._any_digits), most=most
        )
        return in_words.text if is_whole(in_words.text) else text

    def _ways(self, seconds: float, hints: Hints, *, dictated: bool) -> Iterator[_Way]:
        """In the order in which they are tried."""
        before = self._encode(hints)
        never = self._never(hints)
        beams = _BEAMS_OF_LETTERS if hints.letters and dictated else 1
        if seconds <= WINDOW_SECONDS - 0.5 and (dictated or not hints.digits):
            yield _Way(WINDOW_SECONDS, before, never, beams, dictated)
        yield _Way(LONG_WINDOW_SECONDS, before, never, beams, dictated)
        if before:
            yield _Way(LONG_WINDOW_SECONDS, (), never, beams, dictated)

    def _never(self, hints: Hints) -> Sequence[int]:
        if hints.digits:
            return self._several_digits
        return self._several_letters if hints.letters else ()

    def _encode(self, hints: Hints) -> list[int]:
        if hints.digits:
            return self._line(SIGNS_LINE if hints.signs else DIGITS_LINE)
        # What stands last is expected most, and the names are given with the likeliest first.
        lines = [f"{', '.join(reversed(hints.names))}."] if hints.names else []
        if hints.letters:
            lines.append(WORDS_LINE if hints.words_for_letters else LETTERS_LINE)
        return self._line(" ".join(lines)) if lines else []

    def _line(self, text: str) -> list[int]:
        """As if it had been heard just before."""
        return [self._before, *self._vocabulary.encode(f" {text}")[-MOST_NAME_TOKENS:]]

    def _decode(self, samples: NDArray[np.float32], way: _Way, *, most: int) -> _Decode:
        import ctranslate2

        features = ctranslate2.StorageView.from_array(log_mel(samples, way.window)[None])
        prompt = [*way.before, *self._start]
        model = self._dictation if way.dictated else self._model
        result = model.generate(
            features,
            [prompt],
            beam_size=way.beams,
            # CTranslate2 allows half of this, or what the prompt leaves of it, whichever is less.
            max_length=min(448, max(2 * most, most + len(prompt))),
            return_scores=True,
            return_no_speech_prob=True,
            suppress_tokens=[_AS_TRAINED, *way.never],
        )[0]
        ids = result.sequences_ids[0]
        text = " ".join(_SOUNDS.sub("", self._vocabulary.decode(ids)).split())
        score, no_speech = result.scores[0], result.no_speech_prob
        silent = no_speech > (_NO_SPEECH_UNSURE if score < _UNSURE else _NO_SPEECH)
        return _Decode(text, score, not text or len(ids) >= most or _circles(text), silent)


def open_model(
    files: dict[str, bytes], decodes: int, *, threads: int
) -> ctranslate2.models.Whisper:
    """Of files whose digests were checked; so many decodes at once, of so many threads each."""
    import ctranslate2

    return ctranslate2.models.Whisper(
        "whisper-tiny.en",
        device="cpu",
        compute_type="int8",
        intra_threads=threads,
        inter_threads=decodes,
        files=files,
    )


def pieces(samples: NDArray[np.float32]) -> Iterator[NDArray[np.float32]]:
    """Of at most 30 s, cut where it is quietest in a piece's last third."""
    longest = LONG_WINDOW_SECONDS * HEARD_RATE
    step = HEARD_RATE // 10
    while samples.size > longest:
        tail = samples[2 * longest // 3 : longest].reshape(-1, step)
        cut = 2 * longest // 3 + int(np.argmin(np.abs(tail).mean(axis=1))) * step + step // 2
        yield samples[:cut]
        samples = samples[cut:]
    yield samples


def _circles(text: str) -> bool:
    told = text.encode()
    return len(told) > 40 and len(told) / len(zlib.compress(told)) > _REPETITIVE


def _are_letters(text: str) -> bool:
    """Whether this piece writes several letters of a spelled word as one."""
    return len(text) > 1 and text.isalpha() and text.isupper() and text not in ("OK", "AM", "PM")


def _may_be_number(text: str) -> bool:
    """Whether it has more signs than a reference has, or hardly a letter among them."""
    return _is_number(text) or len(_SIGN.findall(text)) > _SIGNS_OF_A_REFERENCE


def _is_number(text: str) -> bool:
    digits = sum(sign.isdigit() for sign in text)
    return digits >= _DIGITS_HEARD and digits > sum(sign.isalpha() for sign in text)
