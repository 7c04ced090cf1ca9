"""What of an answer turns an offer down: "I can't make the first one, but the second works".

A place or a time is only chosen where nothing is held against it, so an answer is cut into its
clauses, and those that refuse or complain are set aside before anybody looks for a choice.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from voice.understanding.assent import without_courtesies
from voice.understanding.dates.reading import Times
from voice.understanding.phrasebook import phrases
from voice.understanding.reading import When
from voice.understanding.words import plain

_BETWEEN = re.compile(
    r"[,.;!?]+\s+|\s+(?:but|and|so|then|though|although|however|while)\s+|"
    r"\s+(?=(?:i[’']?ll|i will|let[’']?s|how about|what about|i can (?:do|make|come))\b)",
    re.IGNORECASE,
)
_INSTEAD_OF_THAT = re.compile(
    r"(?:oh |um+ |uh )*(?:no (?:sorry|wait|actually|make that|make it|hang on|hold on)|"
    r"(?:sorry|wait|actually|oh) no|scratch that|strike that|i mean|or rather|correction)\b.*"
)


Stretch = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Accepted:
    """What is left of an answer once the clauses that turn something down are set aside."""

    said: str
    """Plain text; empty when all of it was turned down."""
    times: Times
    complains: bool
    """Whether any clause was set aside."""
    refused: tuple[Stretch, ...] = ()
    """Where the clauses stand that were set aside."""


def accepted(text: str, times: Times) -> Accepted:
    """The answer without what it refuses; times that were refused are among the excluded."""
    kept, refused = _parted(text)
    if not refused:
        return Accepted(plain(text), times, complains=False)
    against = tuple(when for when in times.found if _within(when, refused))
    left = replace(
        times,
        found=tuple(when for when in times.found if when not in against),
        exclude=(*times.exclude, *against),
    )
    said = " ".join(plain(text[start:end]) for start, end in kept)
    return Accepted(said, left, complains=True, refused=tuple(refused))


def _parted(text: str) -> tuple[list[Stretch], list[Stretch]]:
    """Where the clauses stand that may be taken, and those that may not."""
    kept: list[Stretch] = []
    refused: list[Stretch] = []
    for start, end in _clauses(text):
        said = without_courtesies(plain(text[start:end]))
        if _INSTEAD_OF_THAT.fullmatch(said):
            refused += kept
            kept.clear()
        against = phrases("answers")["turned down"].search(f"{said} ") is not None
        (refused if against else kept).append((start, end))
    return kept, refused


def _clauses(text: str) -> list[Stretch]:
    cuts = list(_BETWEEN.finditer(text))
    starts = [0, *(cut.end() for cut in cuts)]
    ends = [*(cut.start() for cut in cuts), len(text)]
    return [(start, end) for start, end in zip(starts, ends, strict=True) if start < end]


def _within(when: When, stretches: list[Stretch]) -> bool:
    return any(start <= when.span[0] < end for start, end in stretches)
