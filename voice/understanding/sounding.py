"""Whether two names sound the same, by their letters."""

from __future__ import annotations

import jellyfish

_ALIKE_FIRST = ("ck", "gj", "fp", "cs", "iy", "hw", "kq")
"""First letters that may stand for one sound, in the order of the alphabet."""


def begins_alike(heard: str, name: str) -> bool:
    """The same first letter, or one that can stand for the same sound."""
    return heard[:1] == name[:1] or "".join(sorted(heard[:1] + name[:1])) in _ALIKE_FIRST


def sounds_same(heard: str, name: str) -> bool:
    """Spelled differently, said the same; both folded."""
    if min(len(heard), len(name)) < 2 or not begins_alike(heard, name):
        return False
    return jellyfish.metaphone(heard) == jellyfish.metaphone(name) != ""


def likeness(heard: str, name: str) -> float:
    """From 0 to 1, the beginning weighing most; 0 when they do not begin alike."""
    if min(len(heard), len(name)) < 3 or not begins_alike(heard, name):
        return 0.0
    return float(jellyfish.jaro_winkler_similarity(heard, name))
