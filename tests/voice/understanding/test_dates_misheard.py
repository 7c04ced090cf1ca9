"""Times as recognisers write them and as callers read them out: homophones, hundreds, numbers."""

from __future__ import annotations

from datetime import date, datetime, time

import pytest

from tests.voice.understanding.marked import act, offers
from tests.voice.understanding.said import NINE_TO_FIVE, at, only, read, values

MONDAY = datetime.fromisoformat("2026-11-23T09:00")


@pytest.mark.parametrize(
    ("said", "meant"),
    [
        ("at to thirty on Friday", at(27, 14, 30)),
        ("how about for thirty on Friday", at(27, 16, 30)),
        ("Friday at ate fifteen", at(27, 8, 15)),
        ("Tuesday at for o'clock", at(24, 16)),
        ("half past to on Friday", at(27, 14, 30)),
        ("Friday at tree pm", at(27, 15)),
        ("half three-ish on Friday", at(27, 15, 30)),
        ("to morrow at ten", at(24, 10)),
    ],
)
def test_an_hour_written_as_the_word_it_sounds_like_is_an_hour(said: str, meant: object) -> None:
    assert only(said, MONDAY, opens=NINE_TO_FIVE) == meant


@pytest.mark.parametrize(
    "said",
    ["can I book it for thirty minutes", "I'm about to book",
     "somewhere to sit at to wait", "say for instance", "for thirty people"],
)  # fmt: skip
def test_small_words_that_mean_themselves_are_no_hour(said: str) -> None:
    assert read(said, MONDAY).found == ()


@pytest.mark.parametrize(
    ("said", "meant"),
    [
        ("book it for ten fifteen on Friday", at(27, 10, 15)),
        ("make it for eleven tomorrow", at(24, 11)),
        ("could you move it to fifteen thirty tomorrow", at(24, 15, 30)),
    ],
)
def test_an_hour_after_to_or_for_is_not_joined_to_it(said: str, meant: object) -> None:
    assert only(said, MONDAY, opens=NINE_TO_FIVE) == meant


@pytest.mark.parametrize(
    ("said", "meant"),
    [
        ("Friday at fifteen hundred", at(27, 15)),
        ("14 hundred on Friday", at(27, 14)),
        ("oh nine hundred tomorrow", at(24, 9)),
        ("Friday at eleven hundred hours", at(27, 11)),
    ],
)
def test_hundreds_tell_the_hour_of_a_long_clock(said: str, meant: object) -> None:
    assert only(said, MONDAY, opens=NINE_TO_FIVE) == meant


@pytest.mark.parametrize(
    "said", ["is it two hundred", "does the crown cost fifteen hundred", "a hundred and ten"]
)
def test_a_sum_is_no_hour(said: str) -> None:
    assert read(said, MONDAY).found == ()


@pytest.mark.parametrize(
    ("said", "meant"),
    [
        ("nine twenty on eleven twenty seven", at(27, 9, 20)),
        ("twelve slash three at one", at(3, 13, month=12)),
        ("the 27th of the 11th at ten", at(27, 10)),
        ("the second of the twelfth", date(2026, 12, 2)),
        ("the one five of December", date(2026, 12, 15)),
    ],
)
def test_a_date_may_be_read_out_number_by_number(said: str, meant: object) -> None:
    assert only(said, MONDAY, opens=NINE_TO_FIVE) == meant


@pytest.mark.parametrize(
    ("said", "hours"),
    [
        ("Friday arvo", (at(27, 12), at(27, 17))),
        ("Friday forenoon", (at(27, 8), at(27, 12))),
        ("first thing Friday", (at(27, 8), at(27, 10))),
        ("Friday first thing", (at(27, 8), at(27, 10))),
    ],
)
def test_parts_of_the_day_have_other_names_elsewhere(said: str, hours: object) -> None:
    assert only(said, MONDAY, opens=NINE_TO_FIVE) == hours


def test_what_is_first_available_on_a_weekday_names_no_day_of_the_month() -> None:
    assert only("first available on Friday", MONDAY) == date(2026, 11, 27)


@pytest.mark.parametrize(
    ("said", "hours"),
    [
        ("ten or eleven on Friday", [at(27, 10), at(27, 11)]),
        ("two or three on Friday, I don't mind", [at(27, 14), at(27, 15)]),
        ("can you do four on Friday? If not, half four", [at(27, 16), at(27, 16, 30)]),
    ],
)
def test_hours_of_one_choice_are_all_on_the_day_that_is_said(said: str, hours: object) -> None:
    assert values(read(said, MONDAY, opens=NINE_TO_FIVE)) == hours


@pytest.mark.parametrize(
    "said",
    ["it's for my wife June", "can I speak to April", "it's already Monday",
     "put it under Mrs May please"],
)  # fmt: skip
def test_people_called_like_months_and_what_day_it_is_are_no_wish(said: str) -> None:
    assert read(said, MONDAY).found == ()


@pytest.mark.parametrize("said", ["two's fine", "two's good for me", "to o'clock please"])
def test_an_offer_is_chosen_by_an_hour_run_together_with_is(said: str) -> None:
    table = offers("2026-11-24T14:00 Ana Ruiz", "2026-11-24T16:30 Ben Okafor")
    assert act(f"{{choose {said}}}", table=table).which == (0,)


def test_the_one_in_the_afternoon_is_an_offer_and_no_hour() -> None:
    table = offers("2026-11-24T14:00 Ana Ruiz", "2026-11-25T10:00 Ana Ruiz")
    assert act("{choose the one in the afternoon}", table=table).which == (0,)


def test_half_past_after_an_hour_is_of_that_hour() -> None:
    times = read("ten or half past", MONDAY, question="time", opens=NINE_TO_FIVE)
    assert values(times) == [time(10), time(10, 30)]


@pytest.mark.parametrize(
    ("said", "meant"),
    [
        ("next month on the 8th at eleven", at(8, 11, month=12)),
        ("the first of the month", date(2026, 12, 1)),
        ("three pm or thereabouts on Friday", at(27, 15)),
        ("how's the 27th looking", date(2026, 11, 27)),
    ],
)
def test_a_day_or_an_hour_loosely_told_is_still_one(said: str, meant: object) -> None:
    assert only(said, MONDAY, opens=NINE_TO_FIVE) == meant


def test_this_time_next_week_is_seven_days_on() -> None:
    assert only("this time next week", MONDAY) == date(2026, 11, 30)
