"""What the tagger is shown of a turn: our line, the caller's words, and what their words look like.

Training uses the same code, so that the model sees at run time what it was trained on.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from voice.understanding.dates import lexicon
from voice.understanding.tagging.word_pieces import WordPieces
from voice.understanding.words import TEENS
from voice.understanding.words import TENS as ALL_TENS

MOST_OF_OURS, MOST = 28, 128
"""Pieces: of our line its end, and of both together."""
MOST_OF_A_WORD = 32
KINDS = 10

_WORD = re.compile(r"\S+")
_REFERENCE = re.compile(
    r"\b(?=[^a-z]{0,15}[A-Z])[A-Z0-9](?: [A-Z0-9]){2}, [A-Z0-9](?: [A-Z0-9]){2}\b"
)
_IN_A_LINK = re.compile(r"(?<=/)[A-Z0-9]{6}\b")
_ONE_REFERENCE, _ONE_IN_A_LINK = "K 7 M, Q 2 X", "K7MQ2X"
"""What the model is shown for every reference of ours: its letters say nothing, and sway it."""
_EDGES = re.compile(r"^\W+|\W+$")
_NUMBERS = frozenset(lexicon.ONES) | frozenset(TEENS) | frozenset(ALL_TENS) | {"hundred", "double"}
_TIMES = (
    frozenset(lexicon.WEEKDAYS) | frozenset(lexicon.MONTHS) | frozenset(lexicon.ORDINALS)
    | frozenset(lexicon.UNITS) | frozenset(lexicon.PARTS) | lexicon.TODAY | lexicon.TOMORROW
    | lexicon.TONIGHT
    | {"noon", "midday", "midnight", "am", "pm", "a.m", "p.m", "o'clock", "oclock"}
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class TaggerInput:
    """One turn in numbers."""

    ids: list[int]
    types: list[int]
    """0 for our line, 1 for the caller's words."""
    kinds: list[int]
    """What each piece's word looks like: a number, a time, a letter; said in our line too."""
    words: list[tuple[int, int]]
    """The caller's words as places in the text."""
    first: list[int | None]
    """The place among `ids` of each word's first piece; None for a word that cannot be read."""
    own: int
    """Where the caller's pieces begin among `ids`."""
    rest: int | None
    """Where in the text the words begin that did not fit."""


def tagger_input(
    pieces: WordPieces, text: str, *, asked: str, agent: str, start: int = 0
) -> TaggerInput:
    """[begin] asked: our line [end] the caller's words from `start` on [end]."""
    line = f"{asked.replace('_', ' ')}: {agent}"
    ours: list[tuple[int, int]] = []
    said = set()
    for word in line.split():
        said.add(_kind(word)[0])
    for word in _IN_A_LINK.sub(_ONE_IN_A_LINK, _REFERENCE.sub(_ONE_REFERENCE, line)).split():
        kind = _kind(word)[1]
        ours += [(piece, kind) for piece in pieces.ids(word)]
    ours = ours[-MOST_OF_OURS:]
    taken = [(pieces.begin, 0), *ours, (pieces.end, 0)]
    own, words, first, rest = len(taken), [], [], None
    for found in _WORD.finditer(text, start):
        bare, kind = _kind(found[0])
        ids = pieces.ids(found[0])[:MOST_OF_A_WORD]
        if len(taken) + len(ids) >= MOST:
            rest = found.start()
            break
        if bare in said and (kind or len(bare) > 3):
            kind += KINDS // 2
        words.append((found.start(), found.end()))
        first.append(len(taken) if ids else None)
        taken += [(piece, kind) for piece in ids]
    taken.append((pieces.end, 0))
    return TaggerInput(
        ids=[piece for piece, _ in taken],
        types=[int(place >= own) for place in range(len(taken))],
        kinds=[kind for _, kind in taken],
        words=words,
        first=first,
        own=own,
        rest=rest,
    )


def _kind(word: str) -> tuple[str, int]:
    """The word without its marks, and 0 to 4: plain, digits, number, time, letter."""
    bare = _EDGES.sub("", word.lower())
    if any(sign.isdecimal() for sign in bare):
        return bare, 1
    if bare in _TIMES:
        return bare, 3
    if bare in _NUMBERS:
        return bare, 2
    return bare, 4 if len(bare) == 1 and bare not in "ai" else 0
