"""What is passed on of a message, and what callers say of things that came faulty."""

from __future__ import annotations

import pytest

from voice.understanding.goods.goods_said import says_faulty
from voice.understanding.message_content import message_in, points_to_told


@pytest.mark.parametrize(
    ("said", "told"),
    [
        ("Just that Siobhan wants to move the booster", "Siobhan wants to move the booster"),
        ("Brad's not coming Saturday, would you?", "Brad's not coming Saturday"),
        ("Um, just what I said. That Marcus was late", "Marcus was late"),
        ("Please ask Maeve to ring me after three, about my colour", "my colour"),
        ("It came cracked. When will they be calling me?", "It came cracked."),
        ("Pass it on.", ""),
        ("As I said.", ""),
        ("Right knee hurts", "Right knee hurts"),
        ("I take pills, is that a problem?", "I take pills, is that a problem?"),
    ],
)
def test_a_message_is_neither_the_asking_nor_its_talk(said: str, told: str) -> None:
    assert message_in(said) == told


def test_words_may_point_to_what_was_told_before() -> None:
    assert points_to_told("Um, just what I said")
    assert not points_to_told("that Marcus was late")


@pytest.mark.parametrize(
    "text",
    ["it came with a big crack in it", "it arrived broken", "you sent me the wrong size",
     "it fell apart", "the drops did nothing", "it doesn't work", "there's a hole in it"],
)  # fmt: skip
def test_what_came_faulty_is_told_in_many_words(text: str) -> None:
    assert says_faulty(text)


@pytest.mark.parametrize(
    "text",
    ["I've used it twice and I don't like it", "there's nothing wrong with it, I don't need it",
     "it's not broken, it's just the colour", "I changed my mind", "my back is sore"],
)  # fmt: skip
def test_who_only_does_not_want_it_tells_of_no_fault(text: str) -> None:
    assert not says_faulty(text)
