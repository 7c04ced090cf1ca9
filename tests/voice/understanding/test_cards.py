"""Numbers of payment cards are found however they are said, and nothing else is taken for one."""

from __future__ import annotations

import pytest

from voice.understanding.numbers.cards import CUT, PART, expected_after, without_cards


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


def kept_of(lines: list[str]) -> list[str]:
    """What is kept of a caller's lines; ours begin with a dash."""
    kept: list[str] = []
    ours = ""
    for line in lines:
        if line.startswith("- "):
            ours = line[2:]
        else:
            kept.append(without_cards(line, expected_after(kept[-2:], ours)))
            ours = ""
    return kept


NEVER = "- You can pay it at the desk; I never take cards by telephone."
WHICH_PHONE = "- I can't take card numbers. What's the best number to reach you on?"


@pytest.mark.parametrize(
    ("lines", "left"),
    [
        (["take my card, it's four five one seven", "nine zero zero one two"], PART),
        (["Can I pay for it now?", NEVER, "it's four five one seven", "9001 2345"], PART),
        (["my card is 4517", WHICH_PHONE, "nine zero zero one"], PART),
        (["put it on my mastercard, fifty one oh five, ten fifty one"], PART),
        (["it's a visa, four nine two nine", "and it's valid to oh nine twenty eight"], PART),
        (["me card's four seven double five", "double one double two"], PART),
        (["You want the long number? It's 4929 1234"], PART),
        (["the c v c is one two three"], PART),
        (["card ending four two four two"], PART),
        (["4111 1111 1111 1111 is my card", "- Thanks.", "the code is one two three"], PART),
    ],
)
def test_a_number_told_in_pieces_is_cut_out_of_each(lines: list[str], left: str) -> None:
    for kept in kept_of(lines)[-1:]:
        assert left in kept
        assert not any(sign.isdigit() for sign in kept)
        assert not any(said in kept.split() for said in "zero one two four five nine".split())


@pytest.mark.parametrize(
    "lines",
    [
        ["two one two", "- And the rest?", "five five five oh one eight eight"],
        ["do you take cards?", "- Yes. What's your number?", "oh one six one", "four nine six oh"],
        ["do you take cards?", NEVER, "fine, nine forty five on the twelfth"],
        ["do you take cards?", NEVER, "my number is 07700 900123"],
        ["I've an order, four eight two one oh, and I paid by card"],
        ["can I pay by card when I come at 4:15, for two people?"],
        ["do you take visa? I'd like the 2 30 slot"],
        ["charge my card 150 dollars, not $1500"],
        ["I lost my appointment card, it was on 12 March at 1030"],
        ["my insurance card number is 1234 5678, and the gift card is 4411 2233"],
        ["do you take cards?", NEVER, "the twelfth of march nineteen eighty five"],
    ],
)
def test_other_numbers_stay_whole_or_in_pieces(lines: list[str]) -> None:
    assert kept_of(lines) == [line for line in lines if not line.startswith("- ")]


@pytest.mark.parametrize(
    "said", ["212 555 0188", "my mobile is two one two", "the order is four eight two one oh"]
)
def test_after_a_piece_of_a_card_another_number_is_whole_or_named(said: str) -> None:
    assert kept_of(["my card is 4517", WHICH_PHONE, said])[-1] == said


def test_after_a_whole_card_another_number_is_told_in_pieces() -> None:
    lines = ["it's 4111 1111 1111 1111, expiry 04/27", WHICH_PHONE, "two one two", "five five five"]
    assert kept_of(lines)[1:] == ["two one two", "five five five"]
