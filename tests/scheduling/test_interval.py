"""Half-open spans against sets of seconds."""

from __future__ import annotations

import portion
from hypothesis import given, settings
from hypothesis import strategies as st

from scheduling.interval import Interval, contains, intersect, merge, overlap, subtract, widen

points = st.integers(0, 60)
spans = st.lists(st.tuples(points, points), max_size=8)
merged_spans = spans.map(merge)
MANY = settings(max_examples=150, deadline=None)


def seconds(intervals: list[Interval]) -> set[int]:
    return {second for start, end in intervals for second in range(start, end)}


@MANY
@given(spans)
def test_merging_keeps_the_same_seconds_in_spans_that_do_not_touch(given: list[Interval]) -> None:
    merged = merge(given)
    assert seconds(merged) == seconds(given)
    assert all(this.end < that.start for this, that in zip(merged, merged[1:], strict=False))


@MANY
@given(merged_spans, merged_spans)
def test_subtracting_leaves_the_seconds_that_are_not_taken(
    given: list[Interval], taken: list[Interval]
) -> None:
    assert seconds(list(subtract(given, taken))) == seconds(given) - seconds(taken)


@MANY
@given(merged_spans, merged_spans)
def test_subtracting_agrees_with_a_library_of_intervals(
    given: list[Interval], taken: list[Interval]
) -> None:
    def portions(intervals: list[Interval]) -> portion.Interval:
        return portion.Interval(*(portion.closedopen(start, end) for start, end in intervals))

    left = portions(given) - portions(taken)
    expected = [(part.lower, part.upper) for part in left if not part.empty]
    assert list(subtract(given, taken)) == expected


@MANY
@given(merged_spans, merged_spans)
def test_intersecting_keeps_the_seconds_in_both(
    these: list[Interval], those: list[Interval]
) -> None:
    assert seconds(intersect(these, those)) == seconds(these) & seconds(those)


@MANY
@given(merged_spans, st.integers(0, 9), st.integers(0, 9))
def test_widening_adds_seconds_on_each_side(given: list[Interval], before: int, after: int) -> None:
    wide = {second + shift for second in seconds(given) for shift in range(-before, after + 1)}
    assert seconds(widen(given, before=before, after=after)) == wide


def test_touching_spans_do_not_overlap() -> None:
    assert not overlap((10, 20), (20, 30))
    assert overlap((10, 20), (19, 30))
    assert overlap((10, 20), (12, 13))


def test_a_span_is_contained_only_when_one_span_holds_all_of_it() -> None:
    assert contains([Interval(0, 10), Interval(20, 30)], (20, 30))
    assert not contains([Interval(0, 10), Interval(20, 30)], (5, 25))
