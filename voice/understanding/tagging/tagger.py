"""Reads a caller's words into acts: two readers of one small encoder, trained on examples.

One turn takes two to three milliseconds on one thread.
"""

from __future__ import annotations

import json
import math
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from functools import cache
from hashlib import sha256
from importlib.resources import files
from typing import Any

import numpy as np
import onnxruntime

from voice.understanding.acts import Tagged
from voice.understanding.tagging.decoding import Scores, Stretch, best_stretches, second_stretches
from voice.understanding.tagging.plain_yes import is_all_yes, says_yes
from voice.understanding.tagging.tagger_input import TaggerInput, tagger_input
from voice.understanding.tagging.word_pieces import WordPieces

SHA256 = {
    "lower.onnx": "ffb71d5d85d8dad0c4af241d8853990a65c31fec50b99a97b7ac1f0c8f612ed7",
    "acts.onnx": "946aac76f71f54186f1b752658e6260e7e2be2424ff33fa5fb0d2b8d5c962573",
    "meaning.onnx": "1e949821ba14b1ca2b695e0c3cb7f150352b4b4e32ded2387fa1112cd21546f6",
    "acts.json": "38d1197e28e14116a4646e0ce78714f4630e7a089b293d78286f68f9ce1e4545",
    "word_pieces.txt": "677310cf342a28f9926f63938b51ed68bb0ab1bbf1448a38e28ae064b9b7c4bb",
}
EDGES = " \t\n.,;:!?\"'’“”-–—…()"
TINY = 1e-9
LOW = 0.3
"""The confidence of a yes that may be a no."""
SURE = 0.8
"""The least confidence of several known yeses in a row."""


class WeightsRefused(RuntimeError):
    """A file of weights is not the one that this code was released with."""


@dataclass(frozen=True, slots=True)
class TaggedTurn:
    """What the words are read as, and what else they may be."""

    tagged: tuple[Tagged, ...] = ()
    instead: tuple[Tagged, ...] = ()
    """The second best reading."""
    chances: dict[str, float] = field(default_factory=dict)
    """For every label, how likely the turn has it somewhere."""


@dataclass(frozen=True, slots=True)
class _Scored:
    """What the model says of a turn."""

    text: str
    words: list[tuple[int, int]]
    tags: Scores
    """Log chances, word by word."""
    corrects: list[float]
    chances: Scores


class Tagger:
    """The model with its vocabulary and settings."""

    def __init__(
        self, models: Sequence[bytes], settings: dict[str, Any], pieces: WordPieces
    ) -> None:
        self._lower, self._acts, self._meaning = (_session(model) for model in models)
        self._pieces = pieces
        self._labels: list[str] = settings["labels"]
        self._calibration: dict[str, float] = settings["calibration"]
        self._yes_phrases = frozenset(settings["yes_phrases"])

    def tag_turn(self, text: str, *, asked: str, agent: str) -> TaggedTurn:
        """The best reading, the second best, and the chances of every label. Whose telephone it is
        says nothing of the caller's words, but sways the model: an opening is read in the light of
        our greeting and of none (spans F1 0.742 instead of 0.737, 1265 turns)."""
        scored = self._scored(text, asked, agent)
        if asked == "open" and agent:
            scored = _mean(scored, self._scored(text, asked, ""))
        if not scored.words:
            return TaggedTurn()
        _, best = best_stretches(scored.tags)
        second = second_stretches(scored.tags, best)
        return TaggedTurn(
            self._spans(scored, best),
            self._spans(scored, second),
            dict(zip(self._labels, scored.chances.tolist(), strict=True)),
        )

    def meaning(self, text: str, most: int) -> np.ndarray[tuple[int], np.dtype[np.float32]]:
        """A unit vector; texts that mean the like lie near one another. Reads `most` pieces."""
        ids = self._pieces.of_text(text, most)
        states = self._states(ids, [0] * len(ids))
        return np.asarray(self._meaning.run(["meaning"], {"states": states})[0][0], np.float32)

    def _scored(self, text: str, asked: str, agent: str) -> _Scored:
        """Long turns are read in pieces, each after our line."""
        words: list[tuple[int, int]] = []
        tags, corrects, chances = [], [], np.zeros(len(self._labels), np.float32)
        start: int | None = 0
        while start is not None:
            seen = tagger_input(self._pieces, text, asked=asked, agent=agent, start=start)
            start = seen.rest
            if not any(place is not None for place in seen.first):
                continue
            rows, corrected, turn = self._run(seen)
            for word, place in zip(seen.words, seen.first, strict=True):
                if place is not None:
                    words.append(word)
                    tags.append(rows[place - seen.own])
                    corrects.append(float(corrected[place - seen.own]))
            chances = np.maximum(chances, turn)
        none = np.zeros((0, 1 + 2 * len(self._labels)), np.float32)
        scores: Scores = np.stack(tags) if tags else none
        return _Scored(text, words, _log_chances(scores), corrects, chances)

    def _run(self, seen: TaggerInput) -> tuple[Scores, Scores, Scores]:
        """Log chances of tags and scores of a correction, both by piece, and chances of labels:
        what two readers that were trained apart say on the whole. They err at other places; the
        mean of two gains what neither gains alone (spans F1 0.719 instead of 0.702 and 0.706 on
        2,488 turns that neither had learnt from)."""
        rows, turn = self._acts.run(
            ["tags", "set"],
            {
                "states": self._states(seen.ids, seen.types),
                "kinds": np.array([seen.kinds[seen.own :]], np.int64),
                "own": np.array([seen.own], np.int64),
            },
        )
        tags = np.log(np.exp(_log_chances(rows[..., :-1])).mean(0) + TINY)
        return tags, rows[..., -1].mean(0), _likely(turn).mean(0)

    def _states(self, ids: Sequence[int], types: Sequence[int]) -> Any:
        """Of pieces, above the layers that tags and meanings share."""
        given = {"ids": np.array([ids], np.int64), "types": np.array([types], np.int64)}
        return self._lower.run(["states"], given)[0]

    def _spans(self, scored: _Scored, stretches: list[Stretch]) -> tuple[Tagged, ...]:
        return tuple(self._span(scored, each) for each in stretches)

    def _span(self, scored: _Scored, stretch: Stretch) -> Tagged:
        label, many = self._labels[stretch.label], len(self._labels)
        rows = scored.tags[stretch.first : stretch.end]
        sure = np.logaddexp(rows[:, 1 + stretch.label], rows[:, 1 + many + stretch.label])
        start, end = _trimmed(
            scored.text, scored.words[stretch.first][0], scored.words[stretch.end - 1][1]
        )
        confidence = self._confidence(float(np.exp(sure.min())), scored, stretch.label)
        if label == "affirm":
            confidence = self._of_a_yes(scored.text[start:end], scored.chances, confidence)
        corrects = label.startswith("give") and scored.corrects[stretch.first] > 0
        return Tagged(label, start, end, confidence, corrects)

    def _confidence(self, sure: float, scored: _Scored, label: int) -> float:
        """Of a span whose least sure word is as sure as that."""
        fitted, chance = self._calibration, float(scored.chances[label])
        of_words, of_turn = fitted["words"] * logit(sure), fitted["turn"] * logit(chance)
        return 1 / (1 + math.exp(-of_words - of_turn - fitted["bias"]))

    def _of_a_yes(self, words: str, chances: Scores, confidence: float) -> float:
        """Low, unless it is far from a no and said in words that examples know as a yes; sure,
        where several such words say nothing else, however the model parts them."""
        yes, no = (float(chances[self._labels.index(label)]) for label in ("affirm", "deny"))
        far = logit(yes) - logit(no) >= self._calibration["yes_over_no"]
        if not far or not says_yes(words, self._yes_phrases):
            return min(LOW, confidence)
        return max(SURE, confidence) if is_all_yes(words, self._yes_phrases) else confidence


def _session(model: bytes) -> Any:
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = options.inter_op_num_threads = 1
    options.log_severity_level = 3
    return onnxruntime.InferenceSession(model, options, providers=["CPUExecutionProvider"])


def _mean(one: _Scored, other: _Scored) -> _Scored:
    """Of the same words in the light of two lines of ours."""
    return replace(
        one,
        tags=_log_chances(np.float32(0.5) * (one.tags + other.tags)),
        chances=np.float32(0.5) * (one.chances + other.chances),
    )


def _log_chances(scores: Scores) -> Scores:
    if not len(scores):
        return scores
    scores = scores - scores.max(-1, keepdims=True)
    return np.asarray(scores - np.log(np.exp(scores).sum(-1, keepdims=True)))


def _likely(scores: Scores) -> Scores:
    return np.asarray(1 / (1 + np.exp(-scores)))


def logit(chance: float) -> float:
    """Of a chance that is neither nought nor one, or nearly."""
    chance = min(max(chance, 1e-5), 1 - 1e-5)
    return math.log(chance / (1 - chance))


def _trimmed(text: str, start: int, end: int) -> tuple[int, int]:
    """Without marks at its edges; never empty."""
    while end > start + 1 and text[end - 1] in EDGES:
        end -= 1
    while start < end - 1 and text[start] in EDGES:
        start += 1
    return start, end


@cache
def load_tagger() -> Tagger:
    """Read once; files that do not fit their checksums are refused."""
    folder = files("voice.understanding").joinpath("weights")
    return tagger_of({name: folder.joinpath(name).read_bytes() for name in SHA256}, SHA256)


def tagger_of(held: dict[str, bytes], known: dict[str, str] | None = None) -> Tagger:
    """Of files by their names; `known`: their checksums, where they are not being made."""
    for name, digest in (known or {}).items():
        if sha256(held[name]).hexdigest() != digest:
            raise WeightsRefused(f"{name} does not fit its checksum")
    pieces = held["word_pieces.txt"].decode().split("\n")
    models = [held[f"{part}.onnx"] for part in ("lower", "acts", "meaning")]
    return Tagger(models, json.loads(held["acts.json"]), WordPieces(pieces))
