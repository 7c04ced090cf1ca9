"""Yes, no, no-but, choosing among offers and asking for others, after a given question."""

from __future__ import annotations

from dataclasses import replace

import pytest

from tests.voice.understanding.front_desk import (
    THREE_OFFERS,
    TUESDAY_HALF_FOUR,
    TUESDAY_TWO,
    WEDNESDAY_TEN,
    hear,
)


@pytest.mark.parametrize(
    "said",
    [
        "yes", "yes please", "yeah that's right", "sure why not", "correct", "mm hmm", "ok",
        "perfect thank you", "go ahead and book it", "that works for me", "sounds good",
        "yes, two is fine", "no no that's perfect thank you", "I guess that'll have to do",
        "if you must", "ooh lovely", "no no you're fine go ahead", "that's the ticket",
        "fine by me", "absolutely", "Tuesday at two, yes", "that'll be great",
    ],
)  # fmt: skip
def test_agreement_confirms_what_was_read_back(said: str) -> None:
    assert hear(said, "confirm", (TUESDAY_TWO,)).answer == "affirm"


@pytest.mark.parametrize(
    "said",
    ["no", "nope", "no thank you", "that's not right", "not today", "I don't think so",
     "maybe later", "never mind", "that doesn't work for me", "No.Thanks.That's all",
     "I'd rather not", "forget it", "uh-uh", "nuh uh",
     "I'd better not", "nah you're alright leave it"],
)  # fmt: skip
def test_refusal_confirms_nothing(said: str) -> None:
    assert hear(said, "confirm", (TUESDAY_TWO,)).answer == "deny"


@pytest.mark.parametrize(
    "said",
    ["no make it three", "make it half past four instead", "yeah but can we do Wednesday",
     "actually Friday is better", "no, with Doctor Okafor", "Wednesday", "no, Thursday morning",
     "almost, it's Thursday not Tuesday", "nearly, it's Maria Lopez", "you've got the name wrong",
     "everything's right except the phone number", "close but it's three",
     "it's Chen not Cheng", "yes but my name's spelled wrong", "I'd prefer May if she's around",
     "sorry, I meant three o'clock", "no it's Maria Lopez", "could you change that to Monday"],
)  # fmt: skip
def test_another_detail_in_place_of_the_one_read_back_is_a_correction(said: str) -> None:
    assert hear(said, "confirm", (TUESDAY_TWO,)).answer == "deny_with_correction"


def test_an_over_answer_to_a_plain_question_is_still_a_yes() -> None:
    assert hear("yes, for Friday at three", "confirm").answer == "affirm"


@pytest.mark.parametrize(
    ("said", "index"),
    [
        ("the second one", 1), ("the first", 0), ("number three please", 2), ("the last one", 2),
        ("the earliest", 0), ("the later one", 2), ("Wednesday's fine", 2), ("half past four", 1),
        ("the two o'clock", 0), ("with Ben", 1), ("the one on Wednesday", 2), ("either", 0),
        ("let's do ten", 2), ("I'll take the Tuesday one at four thirty", 1), ("4:30 works", 1),
        ("not the first one, the second", 1), ("any of those is fine", 0), ("the middle one", 1),
        ("the 10 am", 2), ("two pm sounds good", 0),
    ],
)  # fmt: skip
def test_an_offer_is_chosen_by_place_time_or_person(said: str, index: int) -> None:
    reading = hear(said, "choose", THREE_OFFERS)

    assert (reading.answer, reading.chosen) == ("choose", index)


@pytest.mark.parametrize("said", ["ok 2 20", "two twenty then", "220 please"])
def test_an_hour_with_its_minutes_is_not_the_full_hour(said: str) -> None:
    twenty_past = replace(
        TUESDAY_TWO, start=TUESDAY_TWO.start and TUESDAY_TWO.start.replace(minute=20)
    )
    assert hear(said, "choose", (TUESDAY_TWO, twenty_past)).chosen == 1


def test_agreement_takes_the_only_offer() -> None:
    reading = hear("that works", "choose", (WEDNESDAY_TEN,))

    assert (reading.answer, reading.chosen) == ("choose", 0)


def test_a_bare_yes_to_several_offers_chooses_none() -> None:
    reading = hear("yes", "choose", THREE_OFFERS)

    assert (reading.answer, reading.chosen) == ("affirm", None)


def test_words_that_fit_two_offers_choose_neither() -> None:
    reading = hear("Tuesday's fine", "choose", THREE_OFFERS)

    assert (reading.answer, reading.chosen) == ("choose", None)


@pytest.mark.parametrize(
    "said",
    ["anything later?", "what else have you got", "do you have something earlier",
     "are there any other times", "got anything the week after", "another day maybe",
     "how about Thursday",
     "none of those, what about next week", "is there anything in the evening"],
)  # fmt: skip
def test_other_times_are_asked_for(said: str) -> None:
    assert hear(said, "choose", THREE_OFFERS).answer == "ask_more"


def test_a_time_that_was_not_offered_is_a_correction() -> None:
    reading = hear("no, make it three", "choose", THREE_OFFERS)

    assert reading.answer == "deny_with_correction"
    assert [when.text for when in reading.times] == ["three"]


@pytest.mark.parametrize(
    "said", ["um", "let me think", "hold on a second", "uh let me check my calendar", "well um"]
)
def test_hesitation_is_no_answer(said: str) -> None:
    reading = hear(said, "confirm", (TUESDAY_HALF_FOUR,))

    assert reading.answer is None
    assert reading.routes == ()


@pytest.mark.parametrize("said", ["do you have parking?", "what was the second one", "who is it?"])
def test_a_question_of_the_callers_own_is_no_answer(said: str) -> None:
    assert hear(said, "choose", THREE_OFFERS).answer is None


def test_a_wish_is_not_a_yes() -> None:
    assert hear("I would like a haircut").answer is None


@pytest.mark.parametrize(
    ("said", "index"),
    [
        ("I can't make the first one but the second works", 1),
        ("first one's no good, second one's ok", 1),
        ("the first one's too early, I'll take the second", 1),
        ("the second is perfect but the first is too early", 1),
        ("the first one doesn't suit, how about the last", 2),
        ("I can't do the two pm but ten works", 2),
        ("I'd rather not have the first, the third please", 2),
        ("the first one, no sorry, the second", 1),
        ("I don't mind, the first", 0),
        ("the second of those", 1),
        ("is the second one ok", 1),
        ("could I do the last one", 2),
    ],
)
def test_an_offer_is_chosen_where_nothing_is_held_against_it(said: str, index: int) -> None:
    reading = hear(said, "choose", THREE_OFFERS)

    assert (reading.answer, reading.chosen) == ("choose", index)


@pytest.mark.parametrize(
    "said",
    ["is the second one with Ben", "is that the earliest?", "does the first one have parking",
     "is Wednesday with Ana?", "which one is with Ben", "two is too early",
     "the last one is too late for me", "the first one is no good"],
)  # fmt: skip
def test_questions_and_complaints_choose_nothing(said: str) -> None:
    assert hear(said, "choose", THREE_OFFERS).answer not in ("choose", "affirm")


def test_a_time_complained_of_is_ruled_out() -> None:
    reading = hear("hmm half past four is a bit late", "choose", THREE_OFFERS)

    assert reading.answer == "ask_more"
    assert reading.times == ()
    assert [when.text for when in reading.exclude] == ["half past four"]


@pytest.mark.parametrize(
    ("said", "index"),
    [
        ("not the morning one, the other one", 0),
        ("I can't make ten but the other one's okay", 0),
        ("not the first one, the other one", 1),
    ],
)
def test_the_other_one_is_the_offer_that_was_not_refused(said: str, index: int) -> None:
    reading = hear(said, "choose", (TUESDAY_TWO, WEDNESDAY_TEN))

    assert (reading.answer, reading.chosen) == ("choose", index)


def test_the_later_of_a_day_is_later_than_the_others_of_that_day() -> None:
    reading = hear("Tuesday but the later one", "choose", THREE_OFFERS)

    assert (reading.answer, reading.chosen) == ("choose", 1)


@pytest.mark.parametrize(
    "said", ["either's fine", "either one, I'm not fussed", "either, whichever is easier for you"]
)
def test_who_does_not_mind_takes_the_first_offer(said: str) -> None:
    reading = hear(said, "choose", THREE_OFFERS)

    assert (reading.answer, reading.chosen) == ("choose", 0)


@pytest.mark.parametrize(
    ("said", "index"),
    [("the morning's better for me", 2), ("afternoons are hard, so ten", 2)],
)
def test_an_offer_is_chosen_by_its_part_of_the_day(said: str, index: int) -> None:
    reading = hear(said, "choose", THREE_OFFERS)

    assert (reading.answer, reading.chosen) == ("choose", index)
