"""Simulated callers: the same for the same seed, and fair in what they say."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from datetime import date, datetime, timedelta
from random import Random

import pytest

from rehearsal.caller import Caller
from rehearsal.drawing import draw_goal
from rehearsal.goals import TEMPERS, Times
from rehearsal.grading import Outcome, shortfalls
from rehearsal.hearing import hear
from rehearsal.saying import (
    PAUSE,
    clock_words,
    day_words,
    phone_words,
    reference_words,
    spelled_words,
)
from rehearsal.score import Played, rows
from rehearsal.tempers import without_fillers
from scheduling.business import Business
from tests.clinic import clinic, garage, salon
from voice.understanding.dates.reading import read_times
from voice.understanding.reading import Context

MONDAY = date(2026, 11, 23)


@pytest.mark.parametrize("business", [clinic(), salon(), garage()], ids=lambda each: each.slug)
def test_the_same_seed_draws_the_same_callers_and_every_temper(business: Business) -> None:
    goals = [draw_goal(business, number, 5) for number in range(21)]
    assert goals == [draw_goal(business, number, 5) for number in range(21)]
    assert goals != [draw_goal(business, number, 6) for number in range(21)]
    assert Counter(goal.temper for goal in goals) == dict.fromkeys(TEMPERS, 3)


def test_a_day_is_never_said_so_that_another_could_be_meant() -> None:
    random = Random(3)
    heard_as = []
    for count in range(300):
        day = MONDAY + timedelta(days=count % 14)
        words = day_words(day, MONDAY, random)
        found = read_times(
            words, Context(now=datetime.fromisoformat("2026-11-23T09:00"), question="date")
        ).found
        heard_as.append((words, day, [when.value for when in found]))
    assert [each for each in heard_as if each[2] != [each[1]]] == []


def test_a_clock_time_names_its_half_of_the_day_where_both_are_open() -> None:
    random = Random(3)
    around_the_clock = {clock_words(8 * 60, garage(), random) for _ in range(60)}
    assert all("am" in said.lower() or "morning" in said for said in around_the_clock)


def test_a_caller_takes_only_times_that_suit_and_gives_up_in_the_end() -> None:
    goal = draw_goal(replace(clinic(), products=()), 0, 5)
    [matter] = goal.matters
    assert matter.visit is not None
    wished = replace(matter.visit, times=Times((MONDAY + timedelta(days=400),)))
    goal = replace(goal, temper="terse", matters=(replace(matter, visit=wished),))
    caller = Caller(goal, clinic(), Random(1))
    caller.opening()
    offer = hear("I have tomorrow at 9 AM or 10 AM. Which suits you?", clinic(), MONDAY)
    said: list[str | None] = []
    while None not in said and len(said) < 8:
        said.append(caller.answer(offer))
    assert None in said
    assert not any(words and ("9" in words or "nine" in words) for words in said)


def test_what_nobody_wished_is_a_shortfall() -> None:
    goal = draw_goal(replace(clinic(), products=()), 0, 5)
    visit = goal.matters[0].visit
    assert visit is not None
    nothing = Outcome((), (), (), (), frozenset({visit}))
    assert shortfalls(goal, clinic(), nothing) == [f"not booked: {visit.service_id}"]
    assert shortfalls(goal, clinic(), replace(nothing, possible=frozenset())) == []


def test_pass_4_counts_the_callers_who_were_served_every_time() -> None:
    fine = Played("willow", 0, 0, "terse", "", (), (), 5, ())
    wrong = replace(fine, shortfalls=("not booked",))
    played = [replace(fine, wording=each) for each in range(4)]
    played += [replace(each, number=1) for each in [*played[:3], replace(wrong, wording=3)]]
    total = rows(played)[-1]
    assert (total.callers, total.calls, total.pass_1, total.pass_4) == (2, 8, 0.875, 0.5)


def test_aloud_people_pause_between_what_they_dictate() -> None:
    random = Random(4)
    assert phone_words("+12015550413", random, aloud=True).count(PAUSE) == 2
    assert reference_words("HJ6WPA", random, aloud=True).count(PAUSE) == 1
    assert spelled_words("Tom Khan", aloud=True) == "T, O, M; K, H, A, N"


def test_aloud_nobody_says_a_filler_that_the_voice_cannot_say() -> None:
    assert without_fillers("Um, just er, a moment; uh") == "just a moment;"
    assert without_fillers("um") == "um"
