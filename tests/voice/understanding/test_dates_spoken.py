"""Turns of phrase of everyday speech: weeks counted off, minutes told first, greetings."""

from __future__ import annotations

from datetime import date, datetime, time

import pytest

from tests.voice.understanding.said import NINE_TO_FIVE, at, only, read, values

MONDAY = datetime.fromisoformat("2026-11-23T09:00")


@pytest.mark.parametrize(
    ("said", "meant"),
    [
        ("Friday morning, round about ten", at(27, 10)),
        ("a week today", date(2026, 11, 30)),
        ("a fortnight today", date(2026, 12, 7)),
        ("could I come a week tomorrow", date(2026, 12, 1)),
        ("Tuesday week", date(2026, 12, 1)),
        ("Friday fortnight", date(2026, 12, 11)),
        ("five and twenty past ten", time(10, 25)),
        ("five and twenty to three on Friday", at(27, 14, 35)),
        ("between four and half past", (time(16), time(16, 30))),
        ("from two to quarter past on Friday", (at(27, 14), at(27, 14, 15))),
        ("gone lunchtime, say half one", time(13, 30)),
        ("Friday afternoon, say three", at(27, 15)),
        ("gone two on Friday", (at(27, 14), None)),
        ("Easter Saturday", date(2027, 3, 27)),
        ("day after St Patrick's Day at noon", datetime.fromisoformat("2027-03-18T12:00")),
        ("any day after Christmas", (date(2026, 12, 26), None)),
    ],
)
def test_a_turn_of_everyday_speech_names_one_time(said: str, meant: object) -> None:
    assert only(said, MONDAY, opens=NINE_TO_FIVE) == meant


@pytest.mark.parametrize(
    ("said", "days"),
    [
        ("the third or the fourth of April", [(4, 3), (4, 4)]),
        ("the fifth, sixth or seventh of May", [(5, 5), (5, 6), (5, 7)]),
        ("5th, 6th or 7th", [(12, 5), (12, 6), (12, 7)]),
    ],
)
def test_days_listed_before_a_month_are_all_of_it(said: str, days: list[tuple[int, int]]) -> None:
    heard = values(read(said, MONDAY))
    assert [(day.month, day.day) for day in heard if isinstance(day, date)] == days


@pytest.mark.parametrize(
    ("said", "hour"),
    [("seven thirty if you're open that early", 7), ("eight, if it isn't that late", 20)],
)
def test_how_early_or_late_a_time_is_called_tells_its_half_of_the_day(said: str, hour: int) -> None:
    [when] = read(said, MONDAY, question="time", opens=NINE_TO_FIVE).found
    assert isinstance(when.value, time)
    assert when.value.hour == hour


@pytest.mark.parametrize(
    "said",
    [
        "evening, I'd like to cancel",
        "morning, can I book a check-up",
        "Afternoon. What do I owe you?",
        "morning there, this is Jo",
    ],
)
def test_a_greeting_is_no_part_of_the_day_that_is_wished_for(said: str) -> None:
    assert read(said, MONDAY).found == ()


@pytest.mark.parametrize(
    "said", ["morning please", "evening if possible", "morning would be best", "afternoon"]
)
def test_a_part_of_the_day_by_itself_is_a_wish(said: str) -> None:
    assert len(read(said, MONDAY).found) == 1


def test_a_part_of_the_day_in_answer_is_a_wish() -> None:
    assert len(read("morning, I think", MONDAY, question="time").found) == 1
