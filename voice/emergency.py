"""The words that are answered before anything else."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

from scheduling.business import Business
from voice.understanding.phrasebook import phrases
from voice.understanding.words import plain

_ENDS = re.compile(r"\b([a-z]+) (t|s|m|re|ve|d|ll)\b")
"""What a recogniser leaves of an apostrophe: "she s", "won t"."""
_NOT = re.compile(r"\b(?:cant|can not)\b")
_LONGEST = 4000
"""Characters that are read, so that a text sent to be slow is not."""
_ENDINGS = ("ing", "ed", "es", "s", "e", "d")
_BETWEEN = frozenset("really very so quite pretty bad terrible a the my his her their all".split())
"""What may stand inside the business's words: "bleeding really heavily"."""


def emergency_reply(business: Business, text: str) -> str | None:
    """What the business says to these words, when they hold one of its emergency words in any
    form of it, or tell of a danger to life in plain words."""
    emergency = business.emergency
    if emergency is None or not text:
        return None
    said = _said(text[:_LONGEST])
    heard = said.split()
    if any(_holds(heard, word) for word in emergency.words) or _in_danger(said):
        return emergency.say
    return None


def _in_danger(said: str) -> bool:
    """Plain dangers, unless they are long over or a manner of speaking."""
    heard, padded = phrases("dangers"), f"{said} "
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
