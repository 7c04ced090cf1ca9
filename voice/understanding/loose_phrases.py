"""Which section of a list of loose phrases fits a caller's words, and what such lists tell: how
pressing something is, what is wanted of what we keep, and attempts to talk us into something.

A line of such a list is a phrase: its words must come in that order, with a few others between
them at most. `a/b` is either of two, and a `*` at the end of a word stands for any ending.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache
from typing import Literal, cast

from voice.understanding.word_lists import phrase_lists
from voice.understanding.words import words_of

BETWEEN = 3
"""Other words that may stand between two of a phrase."""


def section_said(text: str, name: str) -> str:
    """The first section of `english/<name>.txt` of which a phrase fits; empty: none does."""
    said = _joined(text)
    return next((each for each, phrase in _patterns(name).items() if phrase.search(said)), "")


def where_said(text: str, name: str, section: str) -> tuple[int, int] | None:
    """From where to where the first phrase of that section is said."""
    said = _joined(text)
    found = _patterns(name)[section].search(said)
    if found is None:
        return None
    words, first, after = words_of(text), said.count(" ", 0, found.start()), found.end()
    return words[first].start, words[said.count(" ", 0, after) - 1].end


def _joined(text: str) -> str:
    """Its words, each with a space behind it."""
    return "".join(f"{word.folded} " for word in words_of(text))


@cache
def _patterns(name: str) -> Mapping[str, re.Pattern[str]]:
    """The sections of a list, each one pattern."""
    between = rf"(?:\S+ ){{0,{BETWEEN}}}?"
    return {
        section: re.compile(
            r"(?<!\S)(?:" + "|".join(between.join(map(_written, each)) for each in lines) + ")"
        )
        for section, lines in phrase_lists(name).items()
    }


def _written(pattern: str) -> str:
    """One word of a phrase, as it may be said."""
    ways = (
        re.escape(way.removesuffix("*")) + r"\S*" * way.endswith("*") for way in pattern.split("/")
    )
    return f"(?:{'|'.join(ways)}) "


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
