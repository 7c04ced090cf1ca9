"""Whose a number is, and what is no number at all."""

from __future__ import annotations

import pytest

from scheduling.customers import checked
from scheduling.errors import Invalid
from scheduling.phone_numbers import claimed_number, known_number, said_number
from scheduling.values import CustomerDetails


@pytest.mark.parametrize(
    "withheld",
    [
        "+266696687", "+7378742833", "+17378742833", "+2562533", "+8656696", "+86282452253",
        "anonymous", "Anonymous", "restricted", "unknown", "private", "", "  ", None,
        "sip:anonymous@anonymous.invalid", "+", "+1", "+1911", "+15550188", "2125550188",
        "+12125550188;ext=7", "+1 800 FLOWERS",
    ],
)  # fmt: skip
def test_a_withheld_or_impossible_number_identifies_nobody(withheld: str | None) -> None:
    assert known_number(withheld) is None


@pytest.mark.parametrize("shown", ["+12125550188", "+1 (212) 555-0188", " +1.212.555.0188 "])
def test_a_number_is_known_however_it_is_written(shown: str) -> None:
    assert known_number(shown) == "+12125550188"


def test_a_number_is_claimed_as_the_country_dials_it() -> None:
    assert claimed_number("(212) 555-0142", "US") == "+12125550142"
    assert claimed_number("01223 496000", "GB") == "+441223496000"
    assert claimed_number("+44 1223 496000", "US") == "+441223496000"


@pytest.mark.parametrize(
    "written", ["555-0188", "+15550188", "911", "+1911", "266696687", "", "no number", "1" * 60]
)
def test_what_nobody_can_be_reached_at_is_no_number(written: str) -> None:
    assert claimed_number(written, "US") is None
    assert said_number(written, "US") is None
    if written:
        with pytest.raises(Invalid):
            checked(CustomerDetails("Nora Quist", written), "US")


def test_an_area_code_that_is_not_in_use_yet_is_believed_of_a_person_alone() -> None:
    assert said_number("999 555 0123", "US") == "+19995550123"
    assert claimed_number("999 555 0123", "US") is None
    assert known_number("+19995550123") is None
