"""A yes that something turns, a no that refuses nothing, and the words that ask for a moment."""

from __future__ import annotations

import pytest

from tests.voice.understanding.front_desk import TUESDAY_TWO, hear
from voice.understanding.answers import waits
from voice.understanding.assent import clean_yes, plain_yes
from voice.understanding.words import plain


@pytest.mark.parametrize(
    "said",
    ["right, that's not what I asked for", "yes please, wait no", "yeah nah that won't work",
     "yeah no she says that doesn't work", "yeah I don't think so", "okay, actually no",
     "sure, no, my husband says that won't do", "great, never mind",
     "yes but don't book it", "ok no I can't come then"],
)  # fmt: skip
def test_a_no_after_the_yes_takes_it_back(said: str) -> None:
    assert hear(said, "confirm", (TUESDAY_TWO,)).answer == "deny"


@pytest.mark.parametrize(
    "said",
    ["that's right except the name", "yes if it's with Ben", "great but can it be later",
     "yes as long as it's free of charge", "sure, apart from the number", "yep, unless it snows"],
)  # fmt: skip
def test_a_yes_with_an_exception_or_a_condition_is_a_correction(said: str) -> None:
    assert hear(said, "confirm", (TUESDAY_TWO,)).answer == "deny_with_correction"


@pytest.mark.parametrize(
    "said",
    ["yes, that's not a problem", "yes if possible", "yeah why not", "sure, I don't mind",
     "yes if you don't mind", "yep, no rush", "yes, book it, I won't be late",
     "perfect, I have no allergies", "yes please, I can't wait", "yes no that's great",
     "yeah, can you book that please", "yes that is what I wanted", "yes this is my number"],
)  # fmt: skip
def test_a_courtesy_beside_the_yes_takes_nothing_back(said: str) -> None:
    assert hear(said, "confirm", (TUESDAY_TWO,)).answer == "affirm"
    assert clean_yes(said)


@pytest.mark.parametrize(
    "said",
    ["no that's fine, book it", "no worries, book it", "no, go ahead", "no that works",
     "not a problem", "no problem at all", "no no it's perfect, go ahead please",
     "nope, all good, do it"],
)  # fmt: skip
def test_a_no_that_waves_something_away_agrees(said: str) -> None:
    assert hear(said, "confirm", (TUESDAY_TWO,)).answer == "affirm"


@pytest.mark.parametrize(
    "said",
    ["no that's all", "no thanks", "no that's fine", "no don't book it", "no that's not right",
     "no problem, I'll call back later", "no worries, never mind"],
)  # fmt: skip
def test_a_no_that_only_sounds_kind_still_refuses(said: str) -> None:
    assert hear(said, "confirm", (TUESDAY_TWO,)).answer == "deny"


@pytest.mark.parametrize(
    "said",
    ["spot on", "that'd be lovely", "that'd be great", "cheers", "bang on", "go on then",
     "lovely, that'll do", "itd be grand"],
)  # fmt: skip
def test_yes_has_many_words_in_britain(said: str) -> None:
    assert hear(said, "confirm", (TUESDAY_TWO,)).answer == "affirm"


@pytest.mark.parametrize("said", ["is that right?", "is that with Ana", "are you sure?"])
def test_asking_for_a_yes_is_none(said: str) -> None:
    assert hear(said, "confirm", (TUESDAY_TWO,)).answer is None


@pytest.mark.parametrize(
    "said",
    ["yes and is there parking", "right, is there a cancellation fee", "great, what's the address",
     "ok but how long does it take", "sure, do I need to bring anything", "so that's Ben, right?"],
)  # fmt: skip
def test_a_yes_with_a_question_is_not_clean(said: str) -> None:
    assert not clean_yes(said)


def test_thanks_alone_are_no_wholehearted_yes() -> None:
    assert not plain_yes("ok thanks")
    assert plain_yes("yes thanks")
    assert plain_yes("ok")


@pytest.mark.parametrize(
    "said",
    ["um hang on let me check my diary", "one sec", "yes hold on", "bear with me a moment",
     "could you wait a minute please", "hold on, I need to ask my wife", "let me have a look"],
)  # fmt: skip
def test_who_asks_for_a_moment_answers_nothing(said: str) -> None:
    assert waits(plain(said))
    assert hear(said, "confirm", (TUESDAY_TWO,)).answer is None


@pytest.mark.parametrize("said", ["hang on, the second one", "wait no", "wait, what time was that"])
def test_who_goes_on_after_hang_on_does_not_wait(said: str) -> None:
    assert not waits(plain(said))
