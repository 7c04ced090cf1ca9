"""Which goods are meant, how many, and whether they were used, in callers' words."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

import pytest

from voice.understanding.acts import Act, Tagged
from voice.understanding.goods.goods_said import (
    goods_named,
    of_a_visit,
    quantity_of,
    quantity_said,
    said_used,
    says_wrong,
    tells_what_was_asked,
    with_goods,
)
from voice.understanding.goods.goods_valued import asked_of_goods
from voice.understanding.goods.things_sold import goods_sold
from voice.understanding.hearing import Hearing
from voice.understanding.reading import Named

GOODS = (
    Named("shampoo", ("Repair shampoo", "shampoo")),
    Named("brush", ("Paddle brush", "brush", "hairbrush")),
)
SERVICES = (Named("cut", ("Women's haircut", "cut and style")), Named("perm", ("Perm",)))
HEARING = Hearing(now=datetime.fromisoformat("2026-11-23T09:00"), goods=GOODS, services=SERVICES)


@pytest.mark.parametrize(
    ("said", "used"),
    [
        ("no, it's still in the box", False),
        ("never opened it", False),
        ("I haven't used any of it", False),
        ("it's all sealed", False),
        ("unopened", False),
        ("I opened one", True),
        ("yes I've worn it twice", True),
        ("the brush and the shampoo", None),
    ],
)
def test_whether_something_was_used(said: str, used: bool | None) -> None:
    found = said_used(said)
    assert (found[0] if found else None) is used


def test_goods_by_name_and_number() -> None:
    assert goods_named("just the shampoo", GOODS) == ("shampoo",)
    assert goods_named("the brush and the shampoo", GOODS) == ("brush", "shampoo")
    assert goods_named("a haircut", GOODS) == ()
    assert quantity_said("one of the shampoos") == 1
    assert quantity_said("both brushes") == 2
    assert quantity_said("the shampoo") == 0


PASSES = (
    Named("five", ("Five ride ticket", "ticket")),
    Named("twenty", ("Twenty ride ticket", "ticket")),
    Named("gloves", ("Riding gloves", "gloves")),
)


@pytest.mark.parametrize(
    ("said", "named"),
    [
        ("one of your tickets, the twenty one", ("twenty",)),
        ("a 5 ride ticket", ("five",)),
        ("a ticket", ("five", "twenty")),
    ],
)
def test_of_things_of_one_name_a_word_or_a_number_tells_which(
    said: str, named: tuple[str, ...]
) -> None:
    assert goods_named(said, PASSES) == named


@pytest.mark.parametrize(
    ("said", "thing", "count"),
    [
        ("the five ride ticket", 0, 0),
        ("two five ride tickets", 0, 2),
        ("a pair of riding gloves", 2, 0),
        ("three pairs of gloves", 2, 3),
    ],
)
def test_a_number_in_its_name_is_not_how_many(said: str, thing: int, count: int) -> None:
    assert quantity_of(said, PASSES[thing]) == count


@pytest.mark.parametrize(
    ("said", "count"),
    [
        ("a $50 gift card", 0),
        ("the 50-dollar card", 0),
        ("a gift card for 20 pounds", 0),
        ("the thirty eight dollar brush", 0),
        ("two $50 gift cards", 2),
        ("two fifty dollar gift cards", 2),
        ("3 of the £20 vouchers", 3),
        ("thirty five dollars' worth", 0),
    ],
)
def test_what_a_thing_costs_is_not_how_many(said: str, count: int) -> None:
    assert quantity_said(said) == count


def test_what_is_wrong_and_what_is_a_visit() -> None:
    assert says_wrong("I've been charged twice")
    assert not says_wrong("what did I pay")
    assert of_a_visit("a refund for my haircut", HEARING)
    assert not of_a_visit("a refund for my shampoo", HEARING)
    assert not of_a_visit("a refund for my order", HEARING)


def tagged(text: str, label: str, hearing: Hearing = HEARING) -> list[tuple[str, str]]:
    tags = with_goods(text, [Tagged(label, 0, len(text), 1.0)], hearing)
    return [(tag.label, text[tag.start : tag.end]) for tag in tags]


def test_goods_under_other_labels_are_goods() -> None:
    assert tagged("just the brush", "give:service") == [("give:product", "just the brush")]
    assert tagged("a refund for the brush", "want:refund") == [
        ("want:refund", "a refund for"),
        ("give:product", "the brush"),
    ]
    assert tagged("a perm", "give:service") == [("give:service", "a perm")]


def test_where_nothing_is_sold_nothing_is_changed() -> None:
    nothing = Hearing(now=HEARING.now, services=SERVICES)
    assert tagged("where is my parcel", "ask:location", nothing) == [
        ("ask:location", "where is my parcel")
    ]
    assert tagged("where is my parcel", "ask:location") == [("want:order", "where is my parcel")]


def test_a_charge_for_an_order_is_of_its_bill() -> None:
    charged = "my order got charged double on my card"
    assert tagged(charged, "want:order") == [("want:billing", charged)]
    came = "did my payment come through for my order"
    assert tagged(came, "want:order") == [("want:billing", came)]
    left = "is there anything outstanding on my order"
    assert tagged(left, "ask:booking") == [("want:billing", left)]
    assert tagged("where is my order", "want:order") == [("want:order", "where is my order")]


def test_who_needs_a_thing_that_is_sold_wants_to_buy_it() -> None:
    assert tagged("i need a brush", "want:book") == [
        ("want:buy", "i need"),
        ("give:product", "a brush"),
    ]
    assert tagged("i need a perm", "want:book") == [("want:book", "i need a perm")]


def test_that_shampoo_is_the_one_spoken_of_and_no_wash() -> None:
    wash = Named("wash", ("Wash and blow dry", "shampoo"))
    hearing = Hearing(
        now=HEARING.now, goods=GOODS, services=(wash,), goods_spoken_of=("shampoo", "brush")
    )
    asked = Act("ask", "price", "how much is another bottle of that shampoo")
    assert asked_of_goods(asked, hearing).goods == ("shampoo",)
    assert asked_of_goods(replace(asked, text="how much is a shampoo"), hearing).goods == ()


@pytest.mark.parametrize(
    ("said", "named"),
    [
        ("the steel strings", ("strings",)),
        ("the guitar", ()),
        ("some wax", ("wax",)),
        ("four c natural hair", ()),
    ],
)
def test_goods_are_named_by_what_they_are(said: str, named: tuple[str, ...]) -> None:
    goods = (
        Named("strings", ("Acoustic guitar strings", "steel strings")),
        Named("wax", ("Matte clay", "hair wax")),
    )
    assert goods_sold(said, goods, (Named("lesson", ("Guitar lesson",)),)) == named


@pytest.mark.parametrize(
    ("asked", "written", "may"),
    [
        ("do I post it back to you", "Only unopened creams can be returned.", False),
        ("what do I do with it", "Only unopened creams can be returned.", False),
        ("do I just toss the broken jar", "Only unopened creams can be returned.", False),
        ("how do I get it back to you", "Send it to the shop with the receipt.", True),
        ("can I bring one back", "Only unopened creams can be returned.", True),
        ("when would the money be back in my bank", "Cancel or move a day ahead.", False),
        ("when would the money be back in my bank", "Refunds take five days.", True),
        ("when do I get my money back if I cancel", "Cancel or move a day ahead.", True),
    ],
)
def test_whether_a_thing_goes_back_tells_neither_how_nor_when(
    asked: str, written: str, may: bool
) -> None:
    assert tells_what_was_asked(asked, written) is may
