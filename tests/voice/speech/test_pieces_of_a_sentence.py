"""A caller hears how a long sentence begins while its end is being made."""

from __future__ import annotations

import pytest

pytest.importorskip("numpy")

from voice.speech.local_synthesizer import at_a_pause


def test_a_long_sentence_is_made_in_two_at_its_first_pause() -> None:
    read_back = "That's your check-up with Ana on Tuesday, November 24th at 10 AM, for Maria."
    assert at_a_pause(read_back) == (
        "That's your check-up with Ana on Tuesday,",
        "November 24th at 10 AM, for Maria.",
    )


@pytest.mark.parametrize(
    "sentence",
    [
        "Which suits you?",
        "Yes, we are open until six in the evening on every weekday.",
        "We are open until six in the evening on every weekday, yes.",
    ],
)
def test_what_is_short_or_has_no_pause_in_its_middle_is_made_whole(sentence: str) -> None:
    assert at_a_pause(sentence) == (sentence,)
