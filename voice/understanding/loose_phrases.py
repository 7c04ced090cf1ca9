"""Which section of a list of loose phrases fits a caller's words, and what such lists tell: how
pressing something is, what is wanted of what we keep, and attempts to talk us into something.

A line of such a list is a phrase: its words must come in that order, with a few others between
them at most. `a/b` is either of two, and a `*` at the end of a word stands for any ending.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal, cast

from voice.understanding.word_lists import phrase_lists
from voice.understanding.words import Word, words_of

BETWEEN = 3
"""Other words that may stand between two of a phrase."""


def section_said(text: str, name: str) -> str:
    """The first section of `english/<name>.txt` of which a phrase fits; empty: none does."""
    sections = phrase_lists(name)
    return next((each for each in sections if where_said(text, name, each)), "")


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


def _is(pattern: str, word: str) -> bool:
    return any(
        word.startswith(each[:-1]) if each.endswith("*") else word == each
        for each in pattern.split("/")
    )


AccountWish = Literal["", "who", "number", "name", "forget"]
"""To hear what is kept, to be reached on another number, to be under another name, to be
forgotten; empty: something else."""


def account_wish(text: str) -> AccountWish:
    """What these words want of it."""
    return cast("AccountWish", section_said(text, "account"))


Attempt = Literal["", "others", "instruct", "authority", "price", "topic"]
"""What is tried: to hear of other customers, to instruct us, to be somebody with more rights, to
have another price, to talk of what does not belong here. Empty: nothing of that."""


def attempt_in(text: str) -> Attempt:
    """What the words try, if anything; told so that it can be answered. No rule depends on it: what
    may be done is decided by the store and the business file, whatever is said."""
    return cast("Attempt", section_said(text, "attempts"))


Urgency = Literal["low", "normal", "high", "urgent"]
_SAID: dict[str, Urgency] = {"urgent": "urgent", "high": "high", "low": "low"}
_ORDER: tuple[Urgency, ...] = ("low", "normal", "high", "urgent")


def urgency_of(text: str, *, upset: bool = False) -> Urgency:
    """As staff sort their tickets; `upset`: the caller's mood makes an ordinary one pressing."""
    said = _SAID.get(section_said(text, "urgency"), "normal")
    return "high" if upset and said in ("low", "normal") else said


def more_pressing(urgency: Urgency) -> Urgency:
    """The next step up: of who rings about the same thing again."""
    return _ORDER[min(_ORDER.index(urgency) + 1, len(_ORDER) - 2)]
