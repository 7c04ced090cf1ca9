"""How near what a caller says is to what an owner wrote: services, answers, policies.

A second reading of the tagger's encoder, trained on what callers say for what is written
(`training/meaning.py`). It tells apart what shares no word: claws that click on the floor and a
nail trim. One text takes one to two milliseconds; what an owner wrote is read once.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import lru_cache

import numpy as np

from voice.understanding.tagging.tagger import load_tagger

LONGEST = 48
"""Pieces of one text; the rest is not read."""


def entry_text(name: str, also: Iterable[str] = ()) -> str:
    """An entry as one text: its name or question, and what else is known of it."""
    return "; ".join((name, *also))


def closeness(text: str, others: Sequence[str]) -> list[float]:
    """Cosines, -1 to 1, of a text with each of the others; 0 where one of the two says nothing."""
    said = _meaning(text)
    return [float(said @ _meaning(other)) for other in others]


@lru_cache(maxsize=16384)  # a hundred businesses; 25 MB
def _meaning(text: str) -> np.ndarray[tuple[int], np.dtype[np.float32]]:
    return load_tagger().meaning(text, LONGEST)
