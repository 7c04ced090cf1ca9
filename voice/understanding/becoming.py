"""What is to become of a visit that a caller has: cancelled or moved, where the words say it."""

from __future__ import annotations

from typing import Literal

from voice.understanding.phrasebook import phrases
from voice.understanding.words import plain


def knows_not(words: str) -> str | None:
    """`unsure` for a no that is none: "I don't know, to be honest"."""
    found = phrases("own_visits")["unsure"].search(f"{plain(words)} ")
    return "unsure" if found else None


def becoming(words: str) -> Literal["cancel", "move"] | None:
    """None: they say neither, as "I can't make it" does, or both."""
    said = f"{plain(words)} "
    book = phrases("own_visits")
    cancels = book["cancel"].search(said) and not book["negated"].search(said)
    moves = book["move"].search(said)
    if bool(cancels) == bool(moves):
        return None
    return "cancel" if cancels else "move"
