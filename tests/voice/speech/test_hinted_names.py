"""Expected names are written as their business writes them, others are let be."""

from __future__ import annotations

import pytest

from voice.speech.hinted_names import restore_names

NAMES = ("Vera Cruz", "Ana Mendes", "Brake inspection", "Ana Ruiz", "Check-up")


@pytest.mark.parametrize(
    ("heard", "meant"),
    [
        ("Is Vera cross there?", "Is Vera Cruz there?"),
        ("With Ana mendees, if possible.", "With Ana Mendes, if possible."),
        ("Can I have a break inspection tomorrow?", "Can I have a brake inspection tomorrow?"),
    ],
)
def test_what_sounds_like_an_expected_name_is_that_name(heard: str, meant: str) -> None:
    assert restore_names(heard, NAMES) == meant


@pytest.mark.parametrize(
    "heard",
    ["", "Anna Reese speaking.", "A check up, please.", "I'm very cross about it.", "7, 2."],
)
def test_what_only_resembles_one_is_left_alone(heard: str) -> None:
    assert restore_names(heard, NAMES) == heard
