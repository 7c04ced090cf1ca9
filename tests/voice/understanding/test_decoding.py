from __future__ import annotations

from functools import partial
from itertools import product

import numpy as np
import pytest

from voice.understanding.tagging.decoding import (
    BEGINNING,
    PARTING,
    Scores,
    Stretch,
    best_stretches,
    second_stretches,
)


def scores(*rows: tuple[float, float, float, float, float]) -> Scores:
    """Outside, begins 0, begins 1, goes on with 0, goes on with 1."""
    return np.array(rows, np.float32)


def stretches(given: Scores) -> list[Stretch]:
    return best_stretches(given)[1]


def test_a_stretch_begins_and_goes_on() -> None:
    given = scores((0, 5, 0, 0, 0), (0, 0, 0, 5, 0), (5, 0, 0, 0, 0))
    assert stretches(given) == [Stretch(0, 0, 2)]


def test_a_stretch_never_goes_on_where_none_began() -> None:
    assert stretches(scores((9, 0, 0, 0, 0), (0, 2, 0, 5, 0))) == [Stretch(0, 1, 2)]


def test_neighbours_may_have_the_same_label() -> None:
    given = scores((0, 5, 0, 0, 0), (0, 5, 0, 0, 0))
    assert stretches(given) == [Stretch(0, 0, 1), Stretch(0, 1, 2)]


def test_words_outside_part_stretches() -> None:
    given = scores((0, 5, 0, 0, 0), (9, 0, 0, 0, 0), (0, 2, 0, 5, 0))
    assert stretches(given) == [Stretch(0, 0, 1), Stretch(0, 2, 3)]


def test_one_stretch_is_likelier_than_two() -> None:
    given = scores((0, 5, 0, 0, 0), (0, 5.5, 0, 5, 0))
    assert stretches(given) == [Stretch(0, 0, 2)]


def test_nothing_said_has_no_stretch() -> None:
    assert stretches(scores((5, 0, 0, 0, 0))) == []
    assert stretches(np.zeros((0, 5), np.float32)) == []


def test_the_second_best_differs_in_one_stretch() -> None:
    given = scores((0, 9, 0, 0, 0), (5, 0, 0, 0, 0), (0, 4, 5, 0, 0))
    best = stretches(given)
    assert best == [Stretch(0, 0, 1), Stretch(1, 2, 3)]
    assert second_stretches(given, best) == [Stretch(0, 0, 1), Stretch(0, 2, 3)]


def test_no_other_sequence_is_better() -> None:
    luck = np.random.default_rng(3)
    for _ in range(20):
        given = luck.normal(0, 3, (4, 5)).astype(np.float32)
        found = best_stretches(given)
        assert found[0] == pytest.approx(
            max(map(partial(worth, given), product(range(5), repeat=4)))
        )


def worth(given: Scores, tags: tuple[int, ...]) -> float:
    """Of one sequence of tags, with what its beginnings cost; none when a tag cannot follow."""
    total, before = 0.0, 0
    for row, tag in zip(given, tags, strict=True):
        if tag > 2 and before not in (tag, tag - 2):
            return -np.inf
        if tag in (1, 2):
            total -= PARTING if before else BEGINNING
        total, before = total + float(row[tag]), tag
    return total
