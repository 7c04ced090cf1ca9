"""References of bookings as a poor recogniser writes them."""

from __future__ import annotations

import pytest

from tests.voice.understanding.marked import NOW
from voice.understanding.hearing import Hearing
from voice.understanding.numbers.references import kin_of, reference_ways, sounding_like
from voice.understanding.read import read


@pytest.mark.parametrize(
    ("said", "reference"),
    [
        ("7x and f s j.", "7XNFSJ"),
        ("Or H H 2 9 ES.", "HH29ES"),
        ("For WF H2M.", "4WFH2M"),
        ("F34 AZP", "F34AZP"),
        ("CR-B on VSM", "CRBVSM"),
        ("8re88dv", "8E88DV"),
        ("it's K for kilo seven M for mother two Q X", "K7M2QX"),
        ("why see 5 are be you", "YC5RBU"),
        ("the reference is K7M2QX", "K7M2QX"),
        ("kilo seven mike two quebec x-ray", "K7M2QX"),
        ("9TW, KIP.", "9TWKAP"),
        ("h double u seven r two", "HUU7R2"),
        ("h double u seven r two k", "HW7R2K"),
        ("it's the number four, W as in whisky, number 7, R, R, D", "4W7RRD"),
        ("m 3 y r t u, I say again, m 3 y r t u", "M3YRTU"),
        ("m for mother 3 y r t u. m 3 y r t u", "M3YRTU"),
        ("it's Ida Petersen, P E T E R S E N, I have it here, K 7 M 2 Q X", "K7M2QX"),
        ("K 7 M 2 Q X, and make that three, not two", "K7M2QX"),
    ],
)
def test_six_signs_are_made_of_what_stands_for_them(said: str, reference: str) -> None:
    agent = "What is the reference of the appointment?"
    reading = read(said, Hearing(now=NOW, asked="reference", agent=agent))

    assert {act.value for act in reading.all("give:reference")} == {reference}


@pytest.mark.parametrize(
    ("heard", "told"),
    [
        ("8P7QA9", "JP7QA9"), ("WC4H2C", "WZ4H2C"), ("FF7K2W", "SF7K2W"), ("T42WWR", "D42WWR"),
        ("K9E2LJ", "T9E2LJ"), ("JRCUJP", "JRCQJP"), ("P7PXP7", "P7TXT7"), ("CAWEQ5", "BAWGQ5"),
    ],
)  # fmt: skip
def test_few_references_sound_like_one(heard: str, told: str) -> None:
    assert reference_ways(heard) == (heard,)
    assert told in sounding_like(heard)
    assert heard not in sounding_like(heard)
    assert len(sounding_like(heard)) < 1000
    assert not set(kin_of(told)).isdisjoint(kin_of(heard))


@pytest.mark.parametrize("heard", ["KYE2LJ", "JJCUJP", "T7PXL7", "CA4EL5"])
def test_two_signs_that_do_not_rhyme_are_another_reference(heard: str) -> None:
    told = {"KYE2LJ": "T9E2LJ", "JJCUJP": "JRCQGP", "T7PXL7": "P7TXT7", "CA4EL5": "BAWGQ5"}[heard]
    assert told not in sounding_like(heard)


def test_numbers_sound_like_nothing_that_is_one() -> None:
    assert not any(each.isdigit() for each in sounding_like("828332"))


def test_an_order_s_number_is_no_reference_misheard() -> None:
    assert reference_ways("1, 0, 4, 4, 0, 1") == ()


@pytest.mark.parametrize("said", ["I'm K9J4.", "I don't have it on me", "no", "for you"])
def test_of_anything_else_no_reference_is_made(said: str) -> None:
    assert reference_ways(said) == ()


@pytest.mark.parametrize("letters", ["A L T W W B", "E D T D P K", "F F X X S G", "S T F D S R"])
def test_letters_behind_the_word_reference_are_one_and_ask_for_nothing(letters: str) -> None:
    agent = "Without the reference I can't open it. Can you look for it?"
    reading = read(f"I found it, my reference is {letters}.", Hearing(now=NOW, agent=agent))

    assert [act.value for act in reading.all("give:reference")] == [letters.replace(" ", "")]
    assert not reading.all("ask:reference")
