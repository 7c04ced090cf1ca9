"""What speech cost a call: misheard words, a line taken apart, or neither."""

from __future__ import annotations

from dataclasses import replace

import pytest

from rehearsal.gap import kind_of, kinds, lines_spoken, misheard
from rehearsal.score import Line, Played

FAILED = Played("willow", 0, 0, "terse", "", ("not booked",), (), 3, ())


@pytest.mark.parametrize(
    ("said", "heard"),
    [
        ("Two oh one, five double five, oh eight four three.", "201 555 0843."),
        ("At quarter past ten on the fifth.", "At quarter past 10, on the 5th."),
        ("Um, I'd like a check-up at 9:30 AM.", "I'd like a checkup at 9.30 a.m."),
        ("It's K, 7, M, two, Q, X.", "It's k7m2qx."),
    ],
)
def test_the_same_words_in_another_writing_are_heard_rightly(said: str, heard: str) -> None:
    assert not misheard(Line("caller", said, (heard,)))


@pytest.mark.parametrize(
    ("said", "heard"),
    [
        ("Chloe Dubois.", ("Clodubwa.",)),
        ("Five double five.", ("W55.",)),
        ("On Tuesday at ten.", ("On Tuesday at two.",)),
        ("Yes please.", ()),
    ],
)
def test_other_words_are_misheard(said: str, heard: tuple[str, ...]) -> None:
    assert misheard(Line("caller", said, heard))


def test_a_call_failed_by_what_was_misheard_before_all_else() -> None:
    right, apart = Line("caller", "Yes.", ("Yes.",)), Line("caller", "No. Bye.", ("No.", "Bye."))
    wrong = Line("caller", "Yes.", ("Chess.",))
    agent = Line("agent", "Anything else?")
    played = [replace(FAILED, transcript=lines) for lines in ((right, agent), (right, apart))]
    played.append(replace(FAILED, transcript=(right, apart, wrong)))
    assert [kind_of(each) for each in played] == ["dialogue", "taken apart", "misheard"]
    served = replace(FAILED, shortfalls=(), transcript=(wrong,))
    assert kinds([*played, served]) == {"misheard": 1, "taken apart": 1, "dialogue": 1}
    assert lines_spoken([*played, served]) == (7, 2)
