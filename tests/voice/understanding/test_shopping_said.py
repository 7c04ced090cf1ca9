"""What callers say of things to be bought, whatever the tagger takes it for."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal

import pytest

from voice.understanding.hearing import Hearing
from voice.understanding.read import read
from voice.understanding.reading import Named
from voice.understanding.things_sold import goods_fitting, goods_sold, most_it_may_cost

GOODS = (
    Named("toothbrush", ("Electric toothbrush", "toothbrush")),
    Named("floss", ("Dental floss", "floss")),
)
READ_BACK = "That's two electric toothbrushes for 79 dollars, for Maria Lopez. Shall I order it?"


def heard(text: str) -> list[tuple[str, tuple[str, ...], int]]:
    """Labels, things and how many, said to our read-back of a cart."""
    hearing = Hearing(
        now=datetime.fromisoformat("2026-11-23T09:00"),
        asked="confirm",
        agent=READ_BACK,
        goods=GOODS,
        shopping=True,
    )
    return [(act.label, act.likely, act.count) for act in read(text, hearing).acts]


@pytest.mark.parametrize(
    "text",
    ["Hmm, take the floss out again.", "no floss please", "can you remove the floss",
     "I don't need the floss"],
)  # fmt: skip
def test_a_thing_is_taken_out_in_many_words(text: str) -> None:
    assert ("rule_out:product", ("floss",), 0) in heard(text)


@pytest.mark.parametrize("text", ["make it two", "can I have two instead", "two of them please"])
def test_a_number_alone_is_of_what_is_spoken_of(text: str) -> None:
    assert heard(text) == [("give:product", (), 2)]


def test_each_clause_has_its_own_thing_and_number() -> None:
    assert heard("take the floss out and make it three toothbrushes") == [
        ("rule_out:product", ("floss",), 0),
        ("give:product", ("toothbrush",), 3),
    ]


def test_a_no_before_a_number_takes_nothing_out() -> None:
    for text in ("no, three electric toothbrushes", "no the three electric toothbrushes"):
        assert ("give:product", ("toothbrush",), 3) in heard(text)


def test_a_yes_stays_a_yes() -> None:
    assert heard("Yes, order it") == [("affirm", (), 0)]


def test_a_thing_is_named_as_what_it_is() -> None:
    assert goods_sold("an electric toothbrush for my son", GOODS) == ("toothbrush",)
    assert goods_sold("an electric kettle", GOODS) == ()


def test_what_is_only_described_is_found_by_its_category() -> None:
    about = {"floss": "dental care", "card": "gifts"}
    assert goods_fitting("anything for dental care", about) == ("floss",)
    assert goods_fitting("what do you have", about) == ("floss", "card")
    assert goods_fitting("a hairdryer", about) == ()


def test_the_most_it_may_cost() -> None:
    assert most_it_may_cost("nothing over twenty five dollars") == Decimal(25)
    assert most_it_may_cost("under 40") == Decimal(40)
    assert most_it_may_cost("a hundred and fifty at most") is None
    assert most_it_may_cost("two of them") is None
