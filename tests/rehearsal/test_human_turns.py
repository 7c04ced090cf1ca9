"""Callers say what people said: whole turns of hands kept from training, with their own in them."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime
from pathlib import Path
from random import Random

import pytest

from rehearsal.drawing import draw_goal
from rehearsal.filling import Content, filled
from rehearsal.goals import Times, Visit
from rehearsal.hearing import HeardTime
from rehearsal.human_turns import Piece, Turn, kept_turns
from rehearsal.openings import open_matter, when_piece
from rehearsal.time_shapes import shape_of
from rehearsal.voicing import Voice
from scheduling.business import Business
from tests.clinic import clinic, garage, salon

MONDAY = date(2026, 11, 23)
THURSDAY_AT_TEN = Times((date(2026, 11, 26),), 480, 721, "exact", (600,))
EXAMPLES = Path("voice/understanding/examples")


def turn(*pieces: Piece, domain: str = "clinic", agent: str = "") -> Turn:
    return Turn("t1", domain, "open", agent, (), pieces)


def content(business: Business | None = None) -> Content:
    visit = Visit("checkup", THURSDAY_AT_TEN, "ana")
    return Content(
        business or clinic(), MONDAY, Random(1), "Rosa Bell", phone="+12125550188", visit=visit
    )


def test_no_hand_is_both_spoken_and_learnt_from() -> None:
    hands = {turn.id.split("-")[0].rstrip("0123456789") for turn in kept_turns()}
    assert hands == {"d", "l", "w"}
    assert not hands & {path.stem for path in EXAMPLES.glob("*.jsonl")}


def test_the_service_changes_and_the_words_around_it_stay() -> None:
    said = turn(Piece("can i get", "want:book"), Piece("my roots done", "give:service"))
    words = filled(said, content())
    assert words is not None
    assert words.startswith("can i get my ")
    assert "roots" not in words


def test_a_day_and_a_clock_keep_the_shape_that_they_had() -> None:
    shape = shape_of("friday at half two if ye can")
    assert shape is not None
    assert shape.part == "exact"
    assert shape.filled(["Thursday"], ["ten"], "") == "Thursday at ten if ye can"
    assert shape.filled(["tomorrow"], ["ten"], "") == "tomorrow at ten if ye can"


@pytest.mark.parametrize("words", ["friday week", "a week later", "the week before easter", "soon"])
def test_what_says_more_than_days_and_clocks_is_nobodys_to_change(words: str) -> None:
    assert shape_of(words) is None


def test_a_turn_with_names_of_its_own_world_fits_nobody_else() -> None:
    said = turn(Piece("yes nora knows me", "affirm"), agent="Ten with Nora. Shall I book it?")
    assert filled(said, content()) is None


def test_a_story_is_told_to_businesses_of_its_trade_alone() -> None:
    said = turn(
        Piece("yes", "affirm"), Piece("the brakes squeal at every light", "story"), domain="garage"
    )
    assert filled(said, content()) is None
    assert filled(said, content(garage())) is not None


def test_a_choice_by_its_clock_names_the_time_that_is_taken() -> None:
    hours = ("2026-11-26T09:00", "2026-11-26T10:00", "2026-11-26T14:00")
    offers = [HeardTime(datetime.fromisoformat(each), "ana") for each in hours]
    said = turn(Piece("gimme the three thirty", "choose", 2))
    words = filled(said, replace(content(), pick=offers[1], offers=offers))
    assert words is not None
    assert words.startswith("gimme ")
    assert any(each in words.lower() for each in ("ten", "10"))


def test_small_talk_can_go_and_a_correction_cannot() -> None:
    said = turn(
        Piece("yes", "affirm"), Piece("but"), Piece("for three", "give:party!"),
    )  # fmt: skip
    assert said.only([0]) is None
    chatted = turn(Piece("yes", "affirm"), Piece("and"), Piece("lovely day", "social:chat"))
    only = chatted.only([0])
    assert only is not None
    assert [piece.text for piece in only.pieces] == ["yes"]


@pytest.mark.parametrize("business", [clinic(), salon(), garage()], ids=lambda each: each.slug)
def test_most_of_what_callers_say_was_said_by_people(business: Business) -> None:
    said = own = 0
    for number in range(20):
        goal = draw_goal(replace(business, products=()), number, 7)
        voice = Voice(goal, business, Random(number))
        matter = goal.matters[0]
        about = voice.content(matter.visit)
        about.booking = Visit(business.services[0].id, Times(()))
        open_matter(voice, matter, matter.visit, about)
        if matter.visit is not None:
            when_piece(voice, voice.content(matter.visit))
        voice.say(("confirm",), ("affirm",), about)
        said += 3
        own += len(voice.own_words)
    assert own / said < 0.25
