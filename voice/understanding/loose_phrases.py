"""Which section of a list of loose phrases fits a caller's words.

A line of such a list is a phrase: its words must come in that order, with a few others between
them at most. `a/b` is either of two, and a `*` at the end of a word stands for any ending.
"""

from __future__ import annotations

from collections.abc import Sequence

from voice.understanding.word_lists import phrase_lists
from voice.understanding.words import Word, words_of

BETWEEN = 3
"""Other words that may stand between two of a phrase."""


def section_said(text: str, name: str) -> str:
    """The first section of `english/<name>.txt` of which a phrase fits; empty: none does."""
    said = [word.folded for word in words_of(text)]
    for section, phrases in phrase_lists(name).items():
        if any(_fits(phrase, said) for phrase in phrases):
            return section
    return ""


def where_said(text: str, name: str, section: str) -> tuple[int, int] | None:
    """From where to where the first phrase of that section is said."""
    words = words_of(text)
    places = (
        place
        for phrase in phrase_lists(name)[section]
        for at, word in enumerate(words)
        if _is(phrase[0], word.folded)
        and (place := _place(phrase[1:], words, at, at + 1)) is not None
    )
    return min(places, default=None)


def _place(
    phrase: Sequence[str], words: Sequence[Word], first: int, since: int
) -> tuple[int, int] | None:
    """From the first word to the one that ends the phrase, the nearest there is."""
    if not phrase:
        return words[first].start, words[since - 1].end
    for at in range(since, min(len(words), since + BETWEEN + 1)):
        if _is(phrase[0], words[at].folded):
            if (place := _place(phrase[1:], words, first, at + 1)) is not None:
                return place
    return None


def _fits(phrase: Sequence[str], said: Sequence[str]) -> bool:
    starts = [at for at, word in enumerate(said) if _is(phrase[0], word)]
    return any(_goes_on(phrase[1:], said, at + 1) for at in starts)


def _goes_on(phrase: Sequence[str], said: Sequence[str], since: int) -> bool:
    if not phrase:
        return True
    near = range(since, min(len(said), since + BETWEEN + 1))
    return any(_is(phrase[0], said[at]) and _goes_on(phrase[1:], said, at + 1) for at in near)


def _is(pattern: str, word: str) -> bool:
    return any(
        word.startswith(each[:-1]) if each.endswith("*") else word == each
        for each in pattern.split("/")
    )
