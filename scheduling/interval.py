"""Half-open spans of UTC seconds: merge, subtract, intersect, widen."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple


class Interval(NamedTuple):
    """Seconds since the epoch, start included and end not; touching is not overlapping."""

    start: int
    end: int


def merge(spans: Iterable[tuple[int, int]]) -> list[Interval]:
    """The same time as few spans, by start; overlapping and touching ones become one."""
    merged: list[Interval] = []
    begin = until = None
    for start, end in sorted(spans):
        if end <= start:
            continue
        if until is None or begin is None or start > until:
            if until is not None and begin is not None:
                merged.append(Interval(begin, until))
            begin, until = start, end
        elif end > until:
            until = end
    if until is not None and begin is not None:
        merged.append(Interval(begin, until))
    return merged


def subtract(
    spans: Sequence[tuple[int, int]], taken: Sequence[tuple[int, int]]
) -> Iterator[Interval]:
    """What is left of the spans, by start. Both must be merged."""
    index = 0
    for start, end in spans:
        while index < len(taken) and taken[index][1] <= start:
            index += 1
        following = index
        while following < len(taken) and taken[following][0] < end:
            if taken[following][0] > start:
                yield Interval(start, taken[following][0])
            start = taken[following][1]
            following += 1
        if start < end:
            yield Interval(start, end)


def intersect(these: Sequence[tuple[int, int]], those: Sequence[tuple[int, int]]) -> list[Interval]:
    """The time in both, by start. Both must be merged."""
    shared: list[Interval] = []
    this = that = 0
    while this < len(these) and that < len(those):
        start = max(these[this][0], those[that][0])
        end = min(these[this][1], those[that][1])
        if start < end:
            shared.append(Interval(start, end))
        if these[this][1] < those[that][1]:
            this += 1
        else:
            that += 1
    return shared


def widen(spans: Iterable[tuple[int, int]], *, before: int, after: int) -> list[Interval]:
    """Each span longer by so many seconds on each side; merged."""
    return merge([(start - before, end + after) for start, end in spans])


def overlap(this: tuple[int, int], that: tuple[int, int]) -> bool:
    """Whether some second lies in both."""
    return this[0] < that[1] and that[0] < this[1]


def contains(spans: Iterable[tuple[int, int]], inner: tuple[int, int]) -> bool:
    """Whether one of the spans holds all of `inner`. The spans must be merged."""
    return any(start <= inner[0] and inner[1] <= end for start, end in spans)
