"""Prices beside each other: what one visit costs more than another, and what costs nothing."""

from __future__ import annotations

from decimal import Decimal

import pytest

from tests.voice.dialogue.labelled import LabelledCaller
from voice.spoken import say_costs

CHOSEN = "[want:book I'd like] [give:service a check-up] [give:when tomorrow at ten]"


@pytest.mark.parametrize(
    "asked",
    [
        "[ask:price how much more is that than a vaccination]",
        "[ask:price what's the difference in the price of a vaccination]",
        "[ask:price is it dearer than a vaccination, and how much dearer]",
        "[ask:other what's the difference in price between a check-up and a vaccination]",
    ],
)
async def test_both_prices_and_their_difference_are_told(
    labelled: LabelledCaller, asked: str
) -> None:
    heard = await labelled.says(CHOSEN, asked)
    for sum_told in ("40 dollars", "120 dollars", "80 dollars more"):
        assert sum_told in heard


async def test_what_another_visit_costs_is_told_beside_the_one_in_hand(
    labelled: LabelledCaller,
) -> None:
    heard = await labelled.says(CHOSEN, "[ask:price what's the price of a vaccination]")
    assert "A vaccination costs 40 dollars." in heard
    assert "120" not in heard


async def test_without_a_second_one_only_the_price_in_hand_is_told(
    labelled: LabelledCaller,
) -> None:
    heard = await labelled.says(CHOSEN, "[ask:price how much more is that]")
    assert "A check-up costs 120 dollars." in heard


@pytest.mark.parametrize(
    "asked", ["how much extra is that", "how much is that on top", "what does that add"]
)
async def test_what_is_extra_is_the_price_of_what_is_added(
    labelled: LabelledCaller, asked: str
) -> None:
    heard = await labelled.says(CHOSEN, f"[ask:price {asked}]")
    assert "A check-up costs 120 dollars." in heard
    assert "more" not in heard


async def test_who_does_what_is_spoken_of_is_told_by_name(labelled: LabelledCaller) -> None:
    asked = "[want:book I need] [give:service a check-up], [ask:service can Mei do that]"
    heard = await labelled.say(asked)
    assert heard.startswith("No, ")
    assert "Ana" in heard
    assert "as far as I know" not in heard


async def test_that_nothing_is_known_is_said_beside_the_question_or_never(
    labelled: LabelledCaller,
) -> None:
    await labelled.says(
        "[want:book I'd like] [give:service a check-up] [give:when tomorrow]",
        "[ask:policy do you sell umbrellas], [ask:location where are you], "
        "[ask:price what does it cost], [ask:policy where can I park my car]",
    )
    assert "don't know" not in await labelled.say("[choose ten o'clock please]")


@pytest.mark.parametrize(
    ("price", "plural", "said"),
    [("0.00", False, "is free"), ("0.00", True, "are free"), ("12.50", True, "cost 12 dollars")],
)
def test_what_costs_nothing_is_free(price: str, *, plural: bool, said: str) -> None:
    assert say_costs(Decimal(price), "USD", plural=plural).startswith(said)
