"""What speech cost: which lines of callers were misheard, and why a spoken call failed."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from typing import Literal

from rehearsal.saying import DIGITS, ORDINALS, TENS
from rehearsal.score import Line, Played
from rehearsal.tempers import FILLERS

Kind = Literal["misheard", "taken apart", "dialogue"]
KINDS: tuple[Kind, ...] = ("misheard", "taken apart", "dialogue")
"""Other words than were said; the same words as several turns; neither."""

_UNHEARD = frozenset((*FILLERS, "a", "an", "the"))
"""Words that nobody misses."""
_NUMBERS = {
    **{word: number for number, word in enumerate(ORDINALS, 1)},
    **{word: number for number, word in TENS.items()},
    **{word: number for number, word in enumerate(DIGITS)},
    "oh": 0, "eleven": 11, "twelve": 12,
}  # fmt: skip
_NUMBER = re.compile(r"\b(?:" + "|".join(sorted(_NUMBERS, key=len, reverse=True)) + r")\b")


def misheard(line: Line) -> bool:
    """Whether other words came of a spoken line than were said, however they are written."""
    return line.heard is not None and _sounds(line.text) != _sounds(" ".join(line.heard))


def kind_of(played: Played) -> Kind:
    """Why a spoken call that failed did so."""
    spoken = [line for line in played.transcript if line.heard is not None]
    if any(misheard(line) for line in spoken):
        return "misheard"
    if any(len(line.heard or ()) > 1 for line in spoken):
        return "taken apart"
    return "dialogue"


def kinds(played: Sequence[Played]) -> dict[Kind, int]:
    """How many calls failed for each."""
    counted = Counter(kind_of(each) for each in played if not each.passed)
    return {kind: counted[kind] for kind in KINDS}


def lines_spoken(played: Sequence[Played]) -> tuple[int, int]:
    """How many lines callers spoke, and how many of them were misheard."""
    spoken = [line for each in played for line in each.transcript if line.heard is not None]
    return len(spoken), sum(misheard(line) for line in spoken)


def _sounds(text: str) -> str:
    """The letters and figures of a text; numbers, however they are put, figure by figure."""
    plain = re.sub(r"\b([ap])\.\s?m\b\.?", r"\1m", text.lower()).replace("'", "")
    plain = _NUMBER.sub(lambda found: str(_NUMBERS[found[0]]), plain)
    plain = re.sub(r"(?<=\d)(?:st|nd|rd|th)\b", "", plain)
    plain = re.sub(r"\bdouble (\d)", r"\1\1", plain)
    words = re.findall(r"[a-z]+|\d+", plain)
    return "".join(word for word in words if word not in _UNHEARD)
