"""Times in a caller's sentence: ruled out, corrected, listed, or no times at all."""

from __future__ import annotations

from datetime import date, time

import pytest

from tests.voice.understanding.said import (
    SATURDAY,
    at,
    only,
    read,
    values,
)
from voice.understanding.dates.reading import read_times
from voice.understanding.reading import Context, OfferedTime


@pytest.mark.parametrize(
    ("said", "refused"),
    [
        ("any day but Monday", date(2026, 11, 23)),
        ("not on Friday", date(2026, 11, 27)),
        ("whenever, except the 3rd", date(2026, 12, 3)),
        ("I can't do Tuesday", date(2026, 11, 24)),
        ("Tuesday doesn't work for me", date(2026, 11, 24)),
        ("I'm busy on Sunday", date(2026, 11, 22)),
        ("never on a Monday", date(2026, 11, 23)),
        ("Mondays are out", date(2026, 11, 23)),
        ("9 pm is not going to work", time(21)),
    ],
)
def test_a_day_ruled_out_is_not_a_day_wanted(said: str, refused: date) -> None:
    times = read(said)
    assert times.found == ()
    assert [when.value for when in times.exclude] == [refused]


@pytest.mark.parametrize(
    ("said", "start", "end"),
    [
        ("I'm away until Friday", None, date(2026, 11, 28)),
        ("I'm away from the 3rd to the 5th of December", date(2026, 12, 3), date(2026, 12, 6)),
        ("I'm busy between Monday and Wednesday", date(2026, 11, 23), date(2026, 11, 26)),
        ("I work until five", None, time(17)),
        ("nothing before ten please", None, time(10)),
    ],
)
def test_a_span_ruled_out_holds_every_day_that_may_be_meant(
    said: str, start: object, end: object
) -> None:
    times = read(said)
    assert times.found == ()
    assert [(when.start, when.end) for when in times.exclude] == [(start, end)]


@pytest.mark.parametrize(
    ("said", "start"),
    [
        ("not until Friday", date(2026, 11, 27)),
        ("I'm not free until the 3rd", date(2026, 12, 3)),
        ("I don't finish work until half five", time(17, 30)),
        ("I can't come until four on Monday", at(23, 16)),
    ],
)
def test_what_cannot_be_until_then_can_be_from_then_on(said: str, start: object) -> None:
    times = read(said)
    assert values(times) == [(start, None)]
    assert times.exclude == ()


def test_a_last_day_left_open_is_another_reading() -> None:
    (when,) = read("between Monday and Wednesday").found
    assert (when.start, when.end) == (date(2026, 11, 23), date(2026, 11, 25))
    assert [other.end for other in when.candidates] == [date(2026, 11, 26)]


def test_every_other_day_of_a_week_is_wanted_when_one_is_excepted() -> None:
    times = read("any day but Friday next week")
    assert values(times) == [(date(2026, 11, 23), date(2026, 11, 30))]
    assert [when.value for when in times.exclude] == [date(2026, 11, 27)]


def test_cannot_remember_refuses_no_time() -> None:
    assert only("Saturday at 1 pm, I cannot remember your address") == at(28, 13)


def test_what_the_clock_shows_is_not_a_time_wanted() -> None:
    assert only("It's 2 pm right now, how about 3 pm") == time(15)


def test_a_list_of_refusals_is_refused_whole() -> None:
    times = read("I can't do Monday or Tuesday")
    assert times.found == ()
    assert [when.value for when in times.exclude] == [date(2026, 11, 23), date(2026, 11, 24)]


@pytest.mark.parametrize(
    ("said", "meant"),
    [
        ("not this Tuesday, the one after", date(2026, 12, 1)),
        ("tomorrow, no wait, Thursday", date(2026, 11, 26)),
        ("no, make it three", time(15)),
        ("Tuesday at three, no, four", at(24, 16)),
        ("Tuesday at three, sorry, Wednesday", at(25, 15)),
    ],
)
def test_a_correction_keeps_only_what_was_said_last(said: str, meant: object) -> None:
    assert only(said) == meant


def test_moving_from_a_day_to_another_names_both_and_no_span() -> None:
    assert values(read("please move it from Monday to Tuesday")) == [
        date(2026, 11, 23),
        date(2026, 11, 24),
    ]


def test_times_listed_after_a_date_are_on_that_date() -> None:
    said = "I have Tuesday November 24 at 2 PM, 2:30 PM or Wednesday at 9 in the morning"
    assert values(read(said)) == [at(24, 14), at(24, 14, 30), at(25, 9)]


def test_a_time_said_last_goes_for_both_days() -> None:
    assert values(read("Monday or Tuesday at three")) == [at(23, 15), at(24, 15)]


def test_a_day_said_last_goes_for_both_times() -> None:
    assert values(read("nine or one can work on Thursday", question="time")) == [
        at(26, 9),
        at(26, 13),
    ]
    assert values(read("at two or three on Tuesday")) == [at(24, 14), at(24, 15)]


def test_the_day_after_counts_from_the_day_just_heard_or_offered() -> None:
    assert values(read("Tuesday or the day after")) == [date(2026, 11, 24), date(2026, 11, 25)]
    offered = (OfferedTime(at(25, 14), "ana"),)
    times = read_times("what about the day after", Context(now=SATURDAY, offered=offered))
    assert values(times) == [date(2026, 11, 26)]


def test_a_bare_number_is_a_time_only_when_a_time_was_asked_for() -> None:
    assert read("three").found == ()
    assert only("three", question="time") == time(15)


@pytest.mark.parametrize(
    "said",
    [
        "you may call me back",
        "wait a second",
        "she sat down with us",
        "there are two of us",
        "a table for six people",
        "my number is 555 0142 and then 0199",
        "the reference is K7M2QX",
        "it cost me 45 dollars",
        "I live at 12 Willow Street",
        "I live at 230 March Street",
        "my name is April May",
        "my e-mail is june at example dot com",
        "I'm 42 years old",
        "we march in second place",
        "this is the one",
        "have a great day",
        "good morning",
        "have a great weekend",
        "a viewing at One on Center Apartments",
        "this is for the nine of us",
        "I forgot about it until just now",
    ],
)
def test_everyday_words_and_numbers_are_no_times(said: str) -> None:
    assert read(said).found == ()


def test_a_day_and_a_time_said_apart_in_one_sentence_are_one() -> None:
    said = "You're booked for Tuesday, November 24 with Ana at 2 PM. See you then."
    assert values(read(said)) == [at(24, 14)]


def test_same_time_on_another_day_is_the_time_of_the_offer() -> None:
    context = Context(now=SATURDAY, offered=(OfferedTime(at(25, 14), "ana"),))
    assert values(read_times("same time next week", context)) == [at(25, 14)]
    assert values(read_times("the same time on Friday", context)) == [at(27, 14)]


def test_as_soon_as_possible_on_a_day_means_that_day() -> None:
    assert only("as soon as possible on Tuesday") == date(2026, 11, 24)


def test_opening_hours_read_aloud_stay_with_their_days() -> None:
    said = "We're open Monday to Friday, 9 AM to 5 PM, and Sunday 10 AM to 2 PM."
    assert values(read(said)) == [
        (date(2026, 11, 23), date(2026, 11, 28)),
        (time(9), time(17)),
        (at(22, 10), at(22, 14)),
    ]
