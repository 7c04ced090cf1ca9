"""Whether the name that was heard is the name on the booking."""

from __future__ import annotations

import pytest

from voice.understanding.identity import known_name, same_name


@pytest.mark.parametrize(
    ("heard", "stored"),
    [
        ("Maria Lopez", "maria  lópez"), ("Lopez", "Maria Lopez"), ("maria", "Maria Lopez"),
        ("Reece Norman", "Rhys Norman"),
        ("Jon Smyth", "John Smith"),
        ("Louis Evans", "Lewis Evans"),
        ("Graham Parker", "Graeme Parker"), ("Clive", "Clive Ali"), ("keithlewis", "Keith Lewis"),
        ("Lopez Maria", "Maria Lopez"), ("Bob Miller", "Robert Miller"), ("Ms. Wu", "Lin Wu"),
        ("Tom ONeill", "Tom O'Neill"), ("Beverly Andersen", "Beverley Anderson"),
    ],
)  # fmt: skip
def test_a_recognisers_spelling_is_the_same_name(heard: str, stored: str) -> None:
    assert same_name(heard, stored)


@pytest.mark.parametrize(
    ("heard", "stored"),
    [
        ("Jane Roberts", "Mark Roberts"),
        ("Maria Lopez", "Maria Gomez"),
        ("Luke Shaw", "Leah Shaw"),
        ("Smith", "Jones"),
        ("", "Maria Lopez"),
        ("Maria", ""),
        ("Dr.", "Dr. Wu"),
        ("Jack", "Jill Lowe"),
        ("Harry Baker", "Kerry Baker"),
    ],
)  # fmt: skip
def test_another_person_of_the_house_is_not(heard: str, stored: str) -> None:
    assert not same_name(heard, stored)


def test_a_misheard_name_is_matched_to_the_only_known_one_like_it() -> None:
    assert known_name("Jane Roberts", ["Jayne Roberts", "Amy Stone"]) == "Jayne Roberts"
    assert known_name("Jane", ["Jayne Roberts", "Jane Stone"]) is None
    assert known_name("Peter", ["Jayne Roberts"]) is None
