"""From labelled turns to what the model learns from."""

from __future__ import annotations

import random
from collections.abc import Sequence
from typing import Any

import numpy as np

from training import examples, noise
from training.fit import Item, Variants, lower
from training.minilm import Params
from voice.understanding.tagging.tagger_input import TaggerInput, tagger_input
from voice.understanding.tagging.word_pieces import WordPieces

NOISY_COPIES = 1

Seen = tuple[TaggerInput, list[str], list[bool]]
"""A turn's input, the tags of its words, whether each word begins a correction."""


def labels_in(rows: Sequence[dict[str, Any]]) -> list[str]:
    """In alphabetical order."""
    return sorted({label for row in rows for _, _, label in examples.spans_of(row)})


def tag_names(labels: Sequence[str]) -> list[str]:
    """In the order of the model's scores: outside, begins, goes on."""
    return ["O", *(f"B-{label}" for label in labels), *(f"I-{label}" for label in labels)]


def as_seen(pieces: WordPieces, row: dict[str, Any], luck: random.Random | None = None) -> Seen:
    """A turn with its tags; with luck, as a poor recogniser would write it."""
    context = {"asked": row["asked"], "agent": row["agent"]}
    seen = tagger_input(pieces, row["text"], **context)
    spans = examples.spans_of(row)
    tags = examples.tags_of(seen.words, spans)
    if luck is not None:
        words = [row["text"][start:end] for start, end in seen.words]
        words, tags = noise.noisy(words, tags, luck)
        seen = tagger_input(pieces, " ".join(words), **context)
    corrects = iter(examples.corrected(row))
    return seen, tags, [tag[0] == "B" and next(corrects, False) for tag in tags]


def item(seen: Seen, states: np.ndarray, labels: Sequence[str]) -> Item:
    shown, tags, corrects = seen
    at = {name: place for place, name in enumerate(tag_names(labels))}
    wanted = np.full(len(shown.ids) - shown.own, -1, np.int32)
    corrected = wanted.copy()
    for place, tag, corrects_it in zip(shown.first, tags, corrects, strict=False):
        if place is not None:
            wanted[place - shown.own] = at[tag]
            if tag.startswith("B-give"):
                corrected[place - shown.own] = corrects_it
    many = np.zeros(len(labels), np.float32)
    for tag in tags:
        if tag != "O":
            many[labels.index(tag[2:])] = 1
    return Item(shown, states, wanted, many, corrected)


def learnt_from(
    rows: Sequence[dict[str, Any]], pieces: WordPieces, encoder: Params, words: np.ndarray, *,
    labels: Sequence[str], copies: int = NOISY_COPIES,
) -> list[Variants]:  # fmt: skip
    """Every turn as written, and with noise."""
    luck = random.Random(1)
    lucks = [None, *[luck] * copies]
    seen = [[as_seen(pieces, row, each) for each in lucks] for row in rows]
    states = lower(encoder, words, [each[0] for many in seen for each in many])
    rest = iter(states)
    return [[item(each, next(rest), labels) for each in many] for many in seen]
