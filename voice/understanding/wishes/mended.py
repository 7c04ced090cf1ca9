"""What is left of a time that was told when another corrects it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from voice.understanding.reading import When
from voice.understanding.wishes.wanted import spans_of


def left_of(when: When, mended: Sequence[When]) -> tuple[When, ...]:
    """What stays of a time that another corrects: its hours, where only the day is another."""
    if not _same_sort(when, mended[:1]):
        return (when,)
    mends_hours = any(span.has_time for span in spans_of(mended))
    return () if mends_hours else tuple(hours for hours in (when.hours,) if hours)


def _same_sort(when: When, others: Iterable[When]) -> bool:
    """Whether one of the others tells a day or an hour where this one does."""
    old = spans_of((when,))
    new = spans_of(others)
    return any(
        one.has_day
        and other.has_day
        or one.begins
        and other.begins
        or one.until is not None
        and other.until is not None
        for one in old
        for other in new
    )
