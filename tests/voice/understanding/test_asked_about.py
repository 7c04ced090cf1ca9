"""What a question is about: a side of a visit, yes or no, something that only eyes can tell."""

from __future__ import annotations

import pytest

from tests.voice.dialogue.labelled import unmarked
from voice.understanding.asked_about import (
    asking_of,
    asks_the_way,
    is_yes_or_no,
    sides_of,
    whole_questions,
)
from voice.understanding.reading import Named


@pytest.mark.parametrize(
    ("words", "sides"),
    [
        ("who have I got then", ("who",)),
        ("and who's gonna be looking after him", ("who",)),
        ("who is it that takes me, and how long is it", ("who", "length")),
        ("how long does it go on for", ("length",)),
        ("so I'd be out by noon then", ("end",)),
        ("what time will she be ready", ("end",)),
        ("what would that set me back", ("price",)),
        ("that's tomorrow, isn't it", ("when",)),
        ("did that go through", ("made",)),
        ("is that the both of them down", ("both",)),
        ("is quarter past still free", ("free",)),
        ("how long's all that going to take you", ("length",)),
        ("how many minute is it", ("length",)),
        ("is it one hour or two then", ("length",)),
        ("would it be a lady that does it", ("who",)),
        ("how long do they take to make, a week", ()),
        ("how long is that good for", ()),
        ("and what'll that be running me", ("price",)),
        ("what are we looking at for that", ("price",)),
        ("when's her grooming", ("when",)),
        ("how long would I be walking it from the bus", ()),
        ("how long is she gone for", ()),
        ("how much is the parking", ()),
        ("is there any charge for moving it", ()),
        ("is it all right if I stay with him", ()),
        ("when is he actually allowed in", ()),
        ("do you do alignments", ()),
    ],
)
def test_the_sides_of_a_visit_that_are_asked_for(words: str, sides: tuple[str, ...]) -> None:
    assert sides_of(words) == sides


@pytest.mark.parametrize(
    ("words", "asked"),
    [
        ("is Isla free then or isn't she", True),
        ("and is he working Friday", True),
        ("is Rosa in on Tuesday", True),
        ("has Jim anything that evening", True),
        ("is she the one with the red hair", False),
        ("what does he charge", False),
    ],
)
def test_whether_somebody_is_there_is_a_question_of_times(words: str, *, asked: bool) -> None:
    assert asking_of(words, ()).of_being_there is asked


@pytest.mark.parametrize(
    ("words", "answered"),
    [
        ("is that today", True),
        ("so that's both, yeah", True),
        ("and does she do nails", True),
        ("could you tell me what that costs", False),
        ("who is that with", False),
        ("what time do you close", False),
    ],
)
def test_whether_yes_or_no_answers_it(words: str, *, answered: bool) -> None:
    assert is_yes_or_no(words) is answered


@pytest.mark.parametrize(
    "words",
    ["is it dangerous", "should I be giving her something", "is it safe to drive like that",
     "what does that sound like to you", "would you say is it a torn ligament"],
)  # fmt: skip
def test_what_only_somebody_can_tell_who_sees_it(words: str) -> None:
    assert asking_of(words, ()).to_judge


def test_how_far_it_is_to_walk_is_not_where_we_are() -> None:
    assert asks_the_way("where are you exactly")
    assert asks_the_way("what's the address")
    assert not asks_the_way("is it far to walk from the station to you")
    assert not asks_the_way("where's me glasses")
    assert asking_of("where's me glasses", ()).to_oneself


@pytest.mark.parametrize(
    ("marked", "whole"),
    [
        ("[ask:other could you tell me] [give:other is it a sprain]",
         [("ask:other", "could you tell me is it a sprain")]),
        ("[ask:price what does it cost] if he's [give:service matted]",
         [("ask:price", "what does it cost if he's matted")]),
        ("[choose that'd have me out by five, isn't it? I'll take that]",
         [("ask:booking", "that'd have me out by five, isn't it"), ("choose", "I'll take that")]),
        ("[ask:policy can we do] [give:when the Friday]", [("give:when", "the Friday")]),
        ("[ask:policy does it], [ask:policy does it run out]", [("ask:policy", "does it run out")]),
        ("[ask:other I just want to know] [want:billing whether] [give:product the card] expires.",
         [("ask:other", "I just want to know whether the card expires")]),
        ("[want:order I just want to know] [ask:booking whether it expires]",
         [("ask:other", "I just want to know whether it expires")]),
        ("[ask:policy is that all right] [ask:person with ye]",
         [("ask:policy", "is that all right with ye")]),
        ("I know [ask:price what it costs]", [("story", "what it costs")]),
        ("[want:cancel cancel it] and [want:billing I'm not paying any fee]",
         [("want:cancel", "cancel it"), ("ask:policy", "I'm not paying any fee")]),
        ("[ask:other do you know] [ask:policy is there parking]",
         [("ask:policy", "do you know is there parking")]),
        ("[deny that's tomorrow isn't it]", [("ask:booking", "that's tomorrow isn't it")]),
        ("[ask:price what is it], [ask:policy is there parking]",
         [("ask:price", "what is it"), ("ask:policy", "is there parking")]),
        ("[deny no]", [("deny", "no")]),
        ("[ask:policy should I bring papers and is there a lift there]",
         [("ask:policy", "should I bring papers"), ("ask:other", "is there a lift there")]),
        ("[ask:hours are you open the fourth] or [give:when the ninth]",
         [("ask:hours", "are you open the fourth or the ninth")]),
        ("[ask:booking what's] [give:service the rinse] and [give:service the polish together]",
         [("ask:price", "what's the rinse and the polish together")]),
    ],
)  # fmt: skip
def test_a_question_is_one_piece(marked: str, whole: list[tuple[str, str]]) -> None:
    text, tags = unmarked(marked)
    made = whole_questions(text, tags)
    assert [(each.label, text[each.start : each.end]) for each in made] == whole


def test_a_fee_for_a_change_is_told_from_the_price_of_a_service() -> None:
    services = (Named("oil", ("Oil change",)),)
    assert asking_of("is there a charge for cancelling", services).of_change
    assert asking_of("what's the fee if I move it", services).of_change
    assert not asking_of("what do you charge for an oil change", services).of_change
    assert not asking_of("how much is it", services).of_change


@pytest.mark.parametrize(
    ("words", "of_change"),
    [
        ("does it cost anything to change it", True),
        ("does it cost anything to swap it to the Friday", True),
        ("what does it cost to switch my appointment", True),
        ("what would it cost to change the oil", False),
        ("what does it cost to change a tyre", False),
    ],
)
def test_what_a_change_of_the_visit_costs_is_no_price_of_it(words: str, *, of_change: bool) -> None:
    assert asking_of(words, ()).of_change is of_change


@pytest.mark.parametrize(
    ("words", "on_condition"),
    [
        ("does it cost me owt seeing as I never bought them there", True),
        ("what does it cost if I didn't buy them from you", True),
        ("what does it cost", False),
    ],
)
def test_a_price_may_hang_on_a_condition(words: str, *, on_condition: bool) -> None:
    assert asking_of(words, ()).on_condition is on_condition


def test_advice_that_is_asked_for_is_no_wish() -> None:
    text, tags = unmarked("[want:book would you recommend] [ask:policy the pitch raise]")
    assert [each.label for each in whole_questions(text, tags)] == ["ask:policy"]
