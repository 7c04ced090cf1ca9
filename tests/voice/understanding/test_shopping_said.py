"""What callers say of things to be bought, whatever the tagger takes it for."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal

import pytest

from voice.understanding.goods.cart_said import things_headed
from voice.understanding.goods.things_sold import goods_fitting, goods_sold, most_it_may_cost
from voice.understanding.hearing import Hearing
from voice.understanding.read import read
from voice.understanding.reading import Named

GOODS = (
    Named("toothbrush", ("Electric toothbrush", "toothbrush", "brush")),
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


@pytest.mark.parametrize(
    "text",
    ["one, not two", "no, not two, one", "just one'll do", "one will do me", "one is enough",
     "no I said one", "it's only one I need", "that should be one"],
)  # fmt: skip
def test_the_number_that_there_shall_be_is_told_from_the_one_that_was_read_back(text: str) -> None:
    assert [each[1:] for each in heard(text) if each[0] == "give:product"] == [((), 1)]
    assert not any(label == "affirm" for label, _, _ in heard(text))


@pytest.mark.parametrize(
    ("text", "count"),
    [("no, one toothbrush, not two", 1), ("one toothbrush instead of two", 1),
     ("one of the toothbrushes is for my sister", 0), ("yes, two toothbrushes", 2)],
)  # fmt: skip
def test_a_number_that_is_denied_or_tells_for_whom_is_no_quantity(text: str, count: int) -> None:
    assert ("give:product", ("toothbrush",), count) in heard(text)


def test_so_many_that_are_not_wanted_are_told_with_their_number() -> None:
    for text in ("not two toothbrushes", "I don't want two toothbrushes"):
        assert ("rule_out:product", ("toothbrush",), 2) in heard(text)


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


@pytest.mark.parametrize(
    ("text", "things"),
    [
        ("no no three of the brushes love not floss just the one floss",
         [("give", "toothbrush", 3), ("rule_out", "floss", 0), ("give", "floss", 1)]),
        ("I think I want three of them toothbrushes", [("give", "toothbrush", 3)]),
        ("no no take the floss off, I don't need it, and make it two toothbrushes instead",
         [("rule_out", "floss", 0), ("give", "toothbrush", 2)]),
        ("that's it yes, oh hang on, my husband says he's already bought my dad a floss "
         "so leave the floss off", [("rule_out", "floss", 0)]),
        ("oh it doesn't even need floss does it, ok take the floss off sorry",
         [("rule_out", "floss", 0)]),
        ("no toothbrush, two floss", [("rule_out", "toothbrush", 0), ("give", "floss", 2)]),
    ],
)  # fmt: skip
def test_a_number_and_a_no_are_of_the_thing_named_beside_them(
    text: str, things: list[tuple[str, str, int]]
) -> None:
    named = {
        (product, name == "give"): count if name == "give" else 0
        for label, products, count in heard(text)
        for name, _, kind in [label.partition(":")]
        for product in products
        if kind == "product"
    }
    expected = {(product, name == "give"): count for name, product, count in things}
    assert expected.items() <= named.items()
    assert "drop" not in [label for label, *_ in heard(text)]


def test_who_wants_none_of_it_any_more_gives_all_of_it_up() -> None:
    assert "drop" in [label for label, *_ in heard("forget it, forget the whole order")]


def test_an_order_that_is_only_being_made_is_given_up_and_begun_again() -> None:
    told = [
        (label, products, count)
        for label, products, count in heard(
            "well cancel that order then and start again with two toothbrushes"
        )
    ]
    assert [label for label, *_ in told if label == "drop"] == ["drop"]
    assert ("give:product", ("toothbrush",), 2) in told


def test_the_number_of_a_card_is_no_card() -> None:
    goods = (Named("card", ("Fifty dollar gift card",)),)
    assert things_headed("my card number is (number left out)", goods) == ()
    assert things_headed("so leave the card off", goods) == ("card",)


@pytest.mark.parametrize(
    "text",
    ["I was after one of your brushes", "would you tuck a brush away for me",
     "any chance you could keep me a brush", "lemme have a brush off you",
     "do you do brushes"],
)  # fmt: skip
def test_a_thing_is_asked_for_in_everyday_words(text: str) -> None:
    hearing = Hearing(now=datetime.fromisoformat("2026-11-23T09:00"), asked="open", goods=GOODS)
    labels = {act.label for act in read(text, hearing).acts}
    assert labels & {"want:buy", "give:product"}
    assert not labels & {"want:order", "want:refund", "want:book", "story"}


@pytest.mark.parametrize(
    "text",
    ["no not my teeth, I mean the floss", "the floss, have you that or not", "no I want the floss"],
)
def test_a_no_to_something_else_takes_no_thing_out(text: str) -> None:
    assert "rule_out:product" not in {label for label, _, _ in heard(text)}
