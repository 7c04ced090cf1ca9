"""Numbers of payment cards are found however they are said, and nothing else is taken for one."""

from __future__ import annotations

import pytest

from voice.understanding.cards import CUT, without_cards


@pytest.mark.parametrize(
    "said",
    [
        "4111 1111 1111 1111",
        "4111-1111-1111-1111",
        "4111111111111111",
        "four one one one one one one one one one one one one one one one",
        "five five five five, double five double five, 5555 double four double four",
        "forty two forty two forty two forty two forty two forty two forty two forty two",
        "three seven eight two eight two two four six three one zero zero oh five",
        "6011 and then 0009 um 9013 9424",
    ],
)
def test_the_number_is_cut_out_and_the_rest_stays(said: str) -> None:
    assert without_cards(f"my card is {said}, thanks") == f"my card is {CUT}, thanks"


@pytest.mark.parametrize(
    "said",
    [
        "call me on 212 555 0188 or 212 555 0199",
        "+44 1223 496 000",
        "order four four eight seven one",
        "the third at half past ten, for two of us",
        "4111 1111 1111 1112",
        "1234567890123456",
        "",
    ],
)
def test_what_is_no_card_stays(said: str) -> None:
    assert without_cards(said) == said


def test_two_cards_are_cut_in_one_breath() -> None:
    assert "4111" not in without_cards("4111 1111 1111 1111 no 5500 0000 0000 0004 sorry")
    assert "5500" not in without_cards("4111 1111 1111 1111 no 5500 0000 0000 0004 sorry")
