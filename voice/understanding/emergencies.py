"""Words of danger: the business's own in any of their forms, and plain dangers to life."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from functools import lru_cache

from voice.understanding.phrasebook import phrases
from voice.understanding.words import plain

SURE = 0.8
"""Of an act of emergency. Of 14 told in words that it never met 12 reach it or are plain dangers,
of 70 that it learnt from 68; of 18 that only sound so two. Below it the caller is asked once."""
_ENDS = re.compile(r"\b([a-z]+) (t|s|m|re|ve|d|ll)\b")
"""What a recogniser leaves of an apostrophe: "she s", "won t"."""
_NOT = re.compile(r"\b(?:cant|can not)\b")
_LONGEST = 4000
"""Characters that are read, so that a text sent to be slow is not."""
_ENDINGS = ("ing", "ed", "es", "s", "e", "d")
_BETWEEN = frozenset("really very so quite pretty bad terrible a the my his her their all".split())
"""What may stand inside the business's words: "bleeding really heavily"."""


def holds_any(text: str, words: Iterable[str]) -> bool:
    """Whether any of the words or phrases stands in the text, in any form of it, where it is not
    said of something else: "could you fit him in"."""
    heard, said = phrases("dangers"), f"{_said(text[:_LONGEST])} "
    if heard["seizure"].search(said) is None:
        said = heard["otherwise"].sub(" ", said)
    return any(_holds(said.split(), word) for word in words)


def holds_own(text: str, words: Iterable[str]) -> bool:
    """Whether any of a business's own words stands in the text; beside words of calm, "emergency"
    itself does not count."""
    calm = is_none(text)
    return holds_any(text, (word for word in words if not (calm and is_none(f"no {word}"))))


def is_none(text: str) -> bool:
    """Whether the caller says that it is no emergency: "no, it's not urgent"."""
    return phrases("dangers")["none"].search(f"{_said(text[:_LONGEST])} ") is not None


def sounds_like_danger(text: str) -> bool:
    """Plain dangers, unless they are long over or a manner of speaking; told by phrases."""
    heard, padded = phrases("dangers"), f"{_said(text[:_LONGEST])} "
    return heard["danger"].search(padded) is not None and not any(
        heard[section].search(padded) for section in ("long ago", "in jest")
    )


def _holds(heard: Sequence[str], phrase: str) -> bool:
    """Whether the words of the phrase stand in what was heard, one after the other."""
    wanted = _said(phrase).split()
    return bool(wanted) and any(_begins(heard[at:], wanted) for at in range(len(heard)))


def _begins(heard: Sequence[str], wanted: Sequence[str]) -> bool:
    at = 0
    for word in wanted:
        if at and at < len(heard) and heard[at] != word and heard[at] in _BETWEEN:
            at += 1
        if at >= len(heard) or _forms(heard[at]).isdisjoint(_forms(word)):
            return False
        at += 1
    return True


@lru_cache(maxsize=1024)
def _forms(word: str) -> frozenset[str]:
    """The word with and without its ending: "bleeds" and "bleeding" share "bleed"."""
    bare = [
        word.removesuffix(ending)
        for ending in _ENDINGS
        if word.endswith(ending) and len(word) - len(ending) >= 3
    ]
    once = [form[:-1] for form in bare if form[-1] == form[-2]]  # "fitting" is of "fit"
    return frozenset((word, *bare, *once))


@lru_cache(maxsize=256)
def _said(text: str) -> str:
    """Plain words, with one spelling of "cannot" and no loose endings: recognisers differ."""
    return _NOT.sub("cannot", _ENDS.sub(r"\1\2", plain(text)))
