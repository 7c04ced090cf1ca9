"""Whether two names are one person's, allowing for how a recogniser writes them."""

from __future__ import annotations

from collections.abc import Sequence

import jellyfish

from voice.understanding.words import fold, words_of

_TITLES = frozenset({"mr", "mrs", "ms", "miss", "mister", "dr", "doctor", "prof", "professor"})
_SAME, _ALIKE, _DIFFERENT = 2, 1, 0


def same_name(heard: str, stored: str) -> bool:
    """Conservative: every name heard must fit, first or last or both, as written or as sounded.

    One name alone counts when it fits exactly or sounds the same.
    """
    said = _parts(heard)
    kept = _parts(stored)
    if not said or not kept:
        return False
    together = "".join(said)
    if together == "".join(kept) or together in kept and len(together) > 1:
        return True
    if len(said) == 1:
        return any(_fit(said[0], part) == _SAME or _sounds(said[0], part) for part in kept)
    first, last = _fit(said[0], kept[0]), _fit(said[-1], kept[-1])
    if len(kept) == 1:
        return max(_fit(part, kept[0]) for part in said) == _SAME
    swapped = min(_fit(said[0], kept[-1]), _fit(said[-1], kept[0])) == _SAME
    return swapped or bool(first and last)


def known_name(heard: str, known: Sequence[str]) -> str | None:
    """The one known name that this can be, for recogniser near-misses; None when unsure."""
    folded = fold(heard)
    exact = [name for name in known if fold(name) == folded]
    if exact:
        return exact[0]
    alike = {name for name in known if same_name(heard, name)}
    return alike.pop() if len(alike) == 1 else None


def _parts(name: str) -> list[str]:
    return [word for word in (each.folded for each in words_of(name)) if word not in _TITLES]


def _fit(heard: str, stored: str) -> int:
    if heard == stored:
        return _SAME
    if _sounds(heard, stored):
        return _ALIKE
    near = jellyfish.jaro_winkler_similarity(heard, stored) >= 0.85
    return _ALIKE if near and min(len(heard), len(stored)) > 3 else _DIFFERENT


def _sounds(heard: str, stored: str) -> bool:
    if min(len(heard), len(stored)) < 2:
        return False
    return jellyfish.metaphone(heard) == jellyfish.metaphone(stored) != ""
