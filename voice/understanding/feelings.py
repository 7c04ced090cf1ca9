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
from voice.understanding.meaning import closeness
from voice.understanding.plain_yes import denies
from voice.understanding.word_lists import phrase_lists

TELLING = frozenset({"story", "social:upset", "give:problem", "give:other", "give:party"})
"""Labels of acts in whose words it may be told."""
SURE = 0.5
"""Of such an act."""
NEAR = 0.6
"""The least cosine; from 0.5 on, one in four of those found told nothing of the kind."""
FEW = 2
"""Words that tell nothing by themselves."""


def feeling_told(acts: Iterable[Act]) -> Feeling | None:
    """The first that is told for sure; None for what is denied, or asks for no word."""
    for act in acts:
        words = act.text.split()
        if act.label in TELLING and act.confidence >= SURE and len(words) > FEW:
            kind = None if denies(act.text) else _nearest(act.text)
            if kind is not None:
                return kind
    return None


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
