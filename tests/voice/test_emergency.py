"""Which words are answered with the business's emergency line."""

from __future__ import annotations

from dataclasses import replace

import pytest

from scheduling.business import Business, Emergency
from tests.clinic import clinic
from voice.emergency import emergency_reply
from voice.understanding.emergencies import is_none, sounds_like_danger

SAY = "Please hang up and dial nine one one."


def business(*words: str) -> Business:
    return replace(clinic(), emergency=Emergency(words or ("chest pain",), SAY))


@pytest.mark.parametrize(
    "said",
    [
        "I'd like a checkup I've got chest pains and my arm is numb",
        "there's this awful pain in my chest",
        "my chest feels really tight",
        "i cant breath",
        "she's not breathing",
        "she s not breathing",
        "my little boy has stopped breathing!",
        "he's having trouble breathing since this morning",
        "my baby is choking",
        "I want to end my life",
        "i just wanna die",
        "I keep thinking about hurting myself",
        "there's blood everywhere and it won't stop",
        "my mouth won't stop bleeding",
        "Dad's collapsed and won't wake up",
        "my wife just passed out",
        "he's taken a whole bottle of pills",
        "the baby swallowed a battery",
        "I think she's having a stroke",
        "his face is drooping",
        "please send an ambulance",
        "somebody has been stabbed",
    ],
)
def test_plain_dangers_to_life_are_emergencies_whatever_the_business_wrote(said: str) -> None:
    assert emergency_reply(business("gas leak"), said) == SAY


@pytest.mark.parametrize(
    "said",
    ["i ve got terrible chest pains", "it's bleeding really heavily",
     "it bleeds heavily", "she overdosed", "he keeps fitting", "she's fitting and not waking up",
     "my son is having a bad fit", "he's having a fit and he won't stop"],
)  # fmt: skip
def test_the_business_s_own_words_are_heard_in_every_form(said: str) -> None:
    own = business("chest pain", "bleed heavily", "overdose", "fit")
    assert emergency_reply(own, said) == SAY


@pytest.mark.parametrize(
    "said",
    [
        "my car collapsed",
        "this back is killing me",
        "the traffic was murder, I'm dying to get it cut",
        "my phone's dying, be quick",
        "she had a heart attack three years ago, she needs a check-up",
        "the bill nearly gave me a heart attack",
        "I'd like a blood test and a flu shot",
        "has my blood pressure test come back?",
        "I won't wake up in time for nine",
        "I'm out of breath, just ran for the bus",
        "I've hurt my back",
        "I hurt myself at football and need physio",
        "can I end my subscription",
        "it takes my breath away",
        "I don't want to live that far from the clinic",
        "could you fit me in",
        "can you fit my brother in on Friday",
        "the harness is a poor fit",
        "if Tash can fit him",
        "I can't see why not",
        "do you have a chest freezer",
        "I've got a sore throat",
        "my gums bleed a bit when I brush",
        "I want to die of embarrassment, I missed my appointment",
        "we're drowning in paperwork, can I come later",
        "they never stop calling me",
    ],
)
def test_a_manner_of_speaking_and_a_danger_long_over_are_not(said: str) -> None:
    assert emergency_reply(business("gas leak", "fitting", "can't see"), said) is None


@pytest.mark.parametrize(
    "said",
    ["nothing's wrong with me but my husband has collapsed", "there's nothing I can do, he's hurt",
     "nothing helps, he's very sick", "no one's answering and she's hurt"],
)  # fmt: skip
def test_nothing_said_of_somebody_else_is_no_word_of_calm(said: str) -> None:
    assert not is_none(said) or sounds_like_danger(said)


def test_a_business_without_an_emergency_line_answers_as_ever() -> None:
    without = replace(clinic(), emergency=None)
    assert emergency_reply(without, "he's not breathing") is None
