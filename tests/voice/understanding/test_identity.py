"""Whether the name that was heard is the name on the booking."""

from __future__ import annotations

import pytest

from voice.understanding.names.identity import likely_name, same_name


@pytest.mark.parametrize(
    ("heard", "stored"),
    [
        ("Maria Lopez", "maria  lópez"), ("Lopez", "Maria Lopez"), ("maria", "Maria Lopez"),
        ("Reece Norman", "Rhys Norman"),
        ("Jon Smyth", "John Smith"),
        ("Louis Evans", "Lewis Evans"),
        ("Graham Parker", "Graeme Parker"), ("Clive", "Clive Ali"), ("keithlewis", "Keith Lewis"),
        ("Lopez Maria", "Maria Lopez"), ("Bob Miller", "Robert Miller"), ("Ms. Wu", "Lin Wu"),
        ("vanderberg", "van der Berg"), ("Vanderberg", "Anna van der Berg"),
        ("van der berg", "Anna Vanderberg"), ("vander berg", "Anna van der Berg"),
        ("Anna Vanderberg", "Anna van der Berg"), ("anna van der berg", "Anna Vanderberg"),
        ("de la cruz", "Delacruz"), ("Delacruz", "Maria de la Cruz"),
        ("maria de la cruz", "Maria Delacruz"), ("maria delacruz", "Maria de la Cruz"),
        ("ann delacruz", "Anne de la Cruz"), ("maria de la cruz", "Delacruz"),
        ("Mary Ann Smith", "Maryann Smith"), ("smithjones", "Kay Smith-Jones"),
        ("Soren Moller", "Søren Møller"), ("Lukasz", "Łukasz Gæde"),
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
        ("vanderveen", "Anna van der Berg"), ("Hanna Vanderberg", "Joan van der Berg"),
        ("Maria de la Rosa", "Maria Delacruz"),
    ],
)  # fmt: skip
def test_another_person_of_the_house_is_not(heard: str, stored: str) -> None:
    assert not same_name(heard, stored)


@pytest.mark.parametrize(
    ("heard", "stored"),
    [
        ("Grantmaier", "Grant Meyer"),
        ("Kosta", "Nadia Costa"), ("Ferrera", "Luis Ferreira"),
        ("Omarali", "Omar Halim"), ("Spetersen", "Ida Petersen"),
    ],
)  # fmt: skip
def test_beside_the_right_reference_a_name_may_be_heard_worse(heard: str, stored: str) -> None:
    assert likely_name(heard, stored)


@pytest.mark.parametrize(
    ("heard", "stored"),
    [
        ("Tom Costa", "Nadia Costa"), ("Lena Petersen", "Ida Petersen"), ("Adler", "Omar Halim"),
        ("Sam Jones", "Sarah Jones"), ("Alice Hall", "Alison Hill"), ("Erin Price", "Aaron Price"),
        ("Parker", "Joan Barker"), ("Joan Parker", "Joan Barker"),
    ],
)  # fmt: skip
def test_but_another_s_name_opens_nothing(heard: str, stored: str) -> None:
    assert not likely_name(heard, stored)


@pytest.mark.parametrize(
    ("heard", "stored", "same"),
    [
        ("Priyamuro", "Priya Moreau", True),
        ("Pre-elopas", "Priya Lopez", True),
        ("Annie Rose", "Priya Moreau", False),
    ],
)
def test_a_whole_name_may_be_parted_elsewhere(heard: str, stored: str, same: bool) -> None:
    assert same_name(heard, stored) is same
