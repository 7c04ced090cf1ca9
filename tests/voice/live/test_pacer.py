"""What is sent when, and what was played of it: seconds in, no clock."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from voice.live.pacer import LEAD_SECONDS, PIECE_SECONDS, Pacer, heard_characters

RATE = 16_000
"""Bytes a second."""


def sound(seconds: float) -> bytes:
    return bytes(round(seconds * RATE) // 2 * 2)


def test_no_more_than_the_lead_is_sent_ahead() -> None:
    pacer = Pacer(RATE)
    pacer.add(0, sound(2.0), ends_part=True)
    first = pacer.due(10.0)
    assert sum(pacer.seconds(piece.audio) for piece in first) == pytest.approx(LEAD_SECONDS)
    assert pacer.next_due(10.0) == pytest.approx(PIECE_SECONDS)
    assert pacer.due(10.0) == []
    assert len(pacer.due(10.0 + PIECE_SECONDS)) == 1


@given(st.lists(st.floats(0.01, 1.5), min_size=1, max_size=6), st.floats(0.02, 0.3))
def test_all_is_sent_in_order_and_never_far_ahead(parts: list[float], step: float) -> None:
    pacer, now, sent, ended = Pacer(RATE), 5.0, 0.0, []
    for at, seconds in enumerate(parts):
        pacer.add(at, sound(seconds))
        pacer.add(at, b"", ends_part=True)
    whole = pacer.waiting_seconds
    while pacer.sending:
        for piece in pacer.due(now):
            sent += pacer.seconds(piece.audio)
            ended += [piece.part] if piece.ends_part else []
        assert 0 <= sent - pacer.position(now) <= LEAD_SECONDS + 1e-6
        now += step
    assert sent == pytest.approx(whole)
    assert ended == list(range(len(parts)))
    assert pacer.unplayed_seconds(now + 1) == pytest.approx(0)


def test_after_a_gap_playback_begins_anew() -> None:
    pacer = Pacer(RATE)
    pacer.add(0, sound(0.1), ends_part=True)
    pacer.due(1.0)
    pacer.add(1, sound(0.1), ends_part=True)
    (piece, *_) = pacer.due(9.0)
    assert piece.plays_at == 9.0
    assert pacer.position(9.0) == pytest.approx(0.1)


def test_what_is_dropped_was_heard_as_far_as_it_was_played() -> None:
    pacer = Pacer(RATE)
    pacer.add(0, sound(2.0), ends_part=True)
    now = 1.0
    while now < 1.5:
        pacer.due(now)
        now += 0.01
    assert pacer.clear(1.5) == pytest.approx(0.5)
    assert pacer.due(1.6) == []
    assert pacer.next_due(1.6) is None
    assert pacer.unplayed_seconds(1.6) == 0


def test_a_line_that_confirms_marks_is_believed_rather_than_the_clock() -> None:
    pacer = Pacer(RATE, marks=True)
    pacer.add(0, sound(0.4), ends_part=True)
    marks = [piece.mark for piece in pacer.due(0.0) + pacer.due(0.3) if piece.mark]
    assert marks
    assert pacer.position(0.6) == pytest.approx(0.4)
    late = Pacer(RATE, marks=True)
    late.add(0, sound(0.2), ends_part=True)
    late.add(1, sound(0.2), ends_part=True)
    (first, *_) = [piece.mark for piece in late.due(0.0) + late.due(0.25) if piece.mark]
    assert late.position(0.9) == pytest.approx(0.2)  # the first mark is still to come
    late.marked(first)
    assert late.position(0.9) == pytest.approx(0.4)
    late.marked("nobody's")


def test_a_mark_that_never_comes_is_not_waited_for() -> None:
    pacer = Pacer(RATE, marks=True)
    pacer.add(0, sound(0.2), ends_part=True)
    pacer.add(1, sound(0.4), ends_part=True)
    for tenths in range(8):
        pacer.due(tenths / 10)
    assert pacer.unplayed_seconds(5.0) == pytest.approx(0)


def test_lateness_is_what_the_process_is_behind() -> None:
    pacer = Pacer(RATE)
    pacer.add(0, sound(2.0), ends_part=True)
    assert all(piece.late == 0 for piece in pacer.due(1.0))
    (piece, *_) = pacer.due(1.0 + PIECE_SECONDS + 0.03)
    assert piece.late == pytest.approx(0.03)


@pytest.mark.parametrize(
    ("share", "heard"),
    [
        (0.0, ""),
        (0.2, ""),
        (0.5, "Tuesday at"),
        (0.97, "Tuesday at two, or"),
        (1.0, "Tuesday at two, or Wednesday?"),
    ],
)
def test_a_word_that_was_cut_was_not_heard(share: float, heard: str) -> None:
    text = "Tuesday at two, or Wednesday?"
    assert text[: heard_characters(text, share)] == heard
