"""What holds of the grammar of dates for every text, and how well the public suites are read."""

from __future__ import annotations

import os
from datetime import date, datetime, time, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.voice.understanding.said import (
    SATURDAY,
    only,
    read,
)
from tests.voice.work import work_of
from voice.understanding.dates.reading import _read
from voice.understanding.dates.words import LONGEST

CLOCKS = st.integers(0, 95).map(lambda quarter: time(quarter // 4, quarter % 4 * 15))
DAYS = st.integers(1, 300).map(lambda ahead: SATURDAY.date() + timedelta(ahead))


@given(DAYS, CLOCKS)
def test_a_moment_spoken_plainly_is_read_back_the_same(day: date, clock: time) -> None:
    spoken = f"{day:%A}, {day:%B} {day.day} at {clock:%I:%M %p}"
    assert only(spoken) == datetime.combine(day, clock)


PIECES = st.sampled_from(
    "tomorrow next the 31st of february from two to not half past 2pm 25:99 99/99 week after a "
    "monday or , . - 0 may second in for 12 no wait before 1000000000 – ’ ½ 二 pm 2026 - 02 - 30 "
    "end rest within years 9999 months each quarter noon until closest".split(" ")
)


@given(st.one_of(st.text(max_size=200), st.lists(PIECES, max_size=30).map(" ".join)))
def test_no_text_breaks_the_reading_and_every_span_lies_inside_it(text: str) -> None:
    times = read(text)
    for when in (*times.found, *times.exclude):
        start, end = when.span
        assert 0 <= start < end <= len(text)
        assert text[start:end] == when.text


@pytest.mark.parametrize("piece", ["the next ", "from 2 to ", "1/", "Monday or ", "not ", "9:30 "])
def test_of_a_very_long_text_only_the_beginning_is_work(piece: str) -> None:
    text = piece * 5000
    read(text[:LONGEST])
    assert work_of_reading(text) < 1.01 * work_of_reading(text[:LONGEST])


@pytest.mark.parametrize("piece", ["the ", "one day and ", "a1 ", "on the at ", "Monday or ", "1/"])
def test_twice_the_words_are_twice_the_work_to_read(piece: str) -> None:
    text = (piece * LONGEST)[:LONGEST]
    read(text)
    assert work_of_reading(text) < 2.4 * work_of_reading(text[: LONGEST // 2])


def work_of_reading(text: str) -> int:
    """The first time: what was read once is kept."""
    _read.cache_clear()
    return work_of(lambda: read(text))


@pytest.mark.public_data
def test_the_public_suites_are_read_no_worse_than_measured() -> None:
    folder = os.environ.get("RINGBOOK_TEST_DATA")
    if not folder:
        pytest.skip("RINGBOOK_TEST_DATA is not set")
    from benchmarks import dates as scores

    assert scores.below_floors(scores.measured(Path(folder))) == []
