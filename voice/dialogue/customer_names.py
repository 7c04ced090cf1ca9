"""A customer's name that is told in parts, or of which one part is put right."""

from __future__ import annotations

from difflib import SequenceMatcher

from voice.understanding.spelled_against import cut_like
from voice.understanding.words import fold, plain

ALIKE = 0.6
"""Of two spellings of one part of a name."""


def fuller_name(known: str | None, said: str | None) -> str | None:
    """Of two names the one said last; but one part of somebody's name never takes the place of
    the whole. Two parts are whole: who says them again may be putting them right."""
    if known is None or said is None:
        return said or known
    return known if said.casefold() in known.casefold().split() else said


def with_part(known: str, said: str) -> str:
    """A name of which one part is said or spelled once more keeps its others: "Qualter, Q U A …"
    of Mattie Qualter."""
    parts = known.split()
    if len(parts) < 2 or len(said.split()) != 1:
        return said
    if (both := cut_like(parts, said)) is not None:
        return " ".join(both)
    likeness = [SequenceMatcher(None, part.casefold(), said.casefold()).ratio() for part in parts]
    best = max(range(len(parts)), key=likeness.__getitem__)
    if likeness[best] < ALIKE:
        return said
    return " ".join([*parts[:best], said, *parts[best + 1 :]])


def in_place_of(known: str, said: str, words: str) -> str:
    """The whole name, where of two parts it was told which is another: "it's not Niamh, it's
    Saoirse"."""
    parts, told = known.split(), plain(words).split()
    wrong = [at for at, part in enumerate(parts) if fold(part) in told]
    if len(wrong) != 1 or len(parts) < 2 or len(said.split()) != 1:
        return with_part(known, said)
    if fold(said) in map(fold, parts):
        return known
    return " ".join([*parts[: wrong[0]], said, *parts[wrong[0] + 1 :]])
