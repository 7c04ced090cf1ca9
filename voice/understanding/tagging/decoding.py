"""From scores of tags to spans: the best sequence in which a span goes on only where it began."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Scores = NDArray[np.float32]
BEGINNING, PARTING = 0.5, 1.0
"""What it costs to begin a stretch, and to begin one right behind another: people say few things
in one turn, and the model takes one for two more often than two for one."""
NEVER = -1e9

Step = tuple[int, int, NDArray[np.bool_]]
"""Where a stretch that begins at this word comes from, where the outside does (a label, or their
number for the outside), and which labels go on rather than begin."""


@dataclass(frozen=True, slots=True)
class Stretch:
    """Words from `first` to before `end` with the number of their label."""

    label: int
    first: int
    end: int


def best_stretches(scores: Scores) -> tuple[float, list[Stretch]]:
    """The score of the best sequence, and its stretches in order.

    A word's scores are: outside, begins each label, goes on with each label.
    """
    n = scores.shape[1] // 2
    inside, outside = np.full(n, NEVER, np.float32), 0.0
    steps: list[Step] = []
    for row in scores:
        ended = int(inside.argmax())
        parted, begun = float(inside[ended]) - PARTING, outside - BEGINNING
        starts = row[1 : n + 1] + max(parted, begun)
        on = inside + row[n + 1 :]
        goes_on = on > starts
        to_outside = ended if inside[ended] > outside else n
        steps.append((ended if parted > begun else n, to_outside, goes_on))
        outside = max(outside, float(inside[ended])) + float(row[0])
        inside = np.where(goes_on, on, starts)
    label = int(inside.argmax())
    if outside >= inside[label]:
        return outside, _back(steps, n, n)
    return float(inside[label]), _back(steps, label, n)


def _back(steps: list[Step], label: int, n: int) -> list[Stretch]:
    """From the last word to the first; label `n` is outside."""
    found: list[Stretch] = []
    end = len(steps)
    for place in range(len(steps) - 1, -1, -1):
        to_begin, to_outside, goes_on = steps[place]
        if label == n:
            label, end = to_outside, place
        elif not goes_on[label]:
            found.append(Stretch(label, place, end))
            label, end = to_begin, place
    return found[::-1]


def second_stretches(scores: Scores, best: Sequence[Stretch]) -> list[Stretch]:
    """The best sequence in which one of these stretches has another label, or none."""
    n = scores.shape[1] // 2
    tried = []
    for stretch in best:
        other = scores.copy()
        words = slice(stretch.first, stretch.end)
        other[words, 1 + stretch.label] = NEVER
        other[words, 1 + n + stretch.label] = NEVER
        tried.append(best_stretches(other))
    return max(tried, key=lambda each: each[0], default=(0.0, []))[1]
