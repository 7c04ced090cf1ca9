"""What a caller tells that calls for half a sentence of sympathy, joy or apology: by nearness in
meaning to a few such tellings.

Of 700 stories of the examples, none of which was written for this, five are taken for glad news,
two for a hurt and none for a wrong; one of the seven ("she calved away herself") tells of neither.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache
from typing import cast

from voice.understanding.acts import Act, Feeling
from voice.understanding.phrasebook import says
from voice.understanding.tagging.meaning import closeness
from voice.understanding.tagging.plain_yes import denies
from voice.understanding.word_lists import phrase_lists
from voice.understanding.words import plain

TELLING = frozenset({"story", "social:upset", "give:problem", "give:other", "give:party",
                     "give:message"})  # fmt: skip
"""Labels of acts in whose words it may be told."""
SURE = 0.5
"""Of such an act, where no wrong is told: that asks for a word however it is labelled."""
NEAR = 0.6
"""The least cosine; from 0.5 on, one in four of those found told nothing of the kind."""
OUTRIGHT = frozenset("complain complaint complaining".split())
"""Words that tell a wrong whatever it was."""
FEW = 2
"""Words that tell nothing by themselves."""


def feeling_told(acts: Iterable[Act]) -> tuple[Feeling | None, str]:
    """The first that is told for sure, and of a wrong the words that tell most of it; None for
    what is denied, or asks for no word."""
    acts = tuple(acts)
    told = [act.text for act in acts if act.label in TELLING]
    if says("faults", "undone", " and ".join(told)):
        return "wronged", " ".join(told)
    for act in acts:
        words = act.text.split()
        outright = not OUTRIGHT.isdisjoint(plain(act.text).split())
        if outright or act.label in TELLING and len(words) > FEW:
            kind = "wronged" if outright else _nearest(act.text)
            sure = act.confidence >= SURE and not denies(act.text)
            if kind == "wronged" or kind is not None and sure:
                told = [each.text for each in acts if each.label in TELLING] or [act.text]
                return kind, max(told, key=len) if kind == "wronged" else ""
    return None, ""


def _nearest(text: str) -> Feeling | None:
    tellings, kinds = _tellings()
    near = closeness(text, tellings)
    best = max(range(len(near)), key=near.__getitem__)
    if near[best] < NEAR or kinds[best] == "nothing":
        return None
    return cast("Feeling", kinds[best])


@cache
def _tellings() -> tuple[tuple[str, ...], tuple[str, ...]]:
    """All of them, and the kind of each."""
    pairs = [
        (" ".join(row), kind) for kind, rows in phrase_lists("feelings").items() for row in rows
    ]
    return tuple(text for text, _ in pairs), tuple(kind for _, kind in pairs)
