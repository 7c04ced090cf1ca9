"""Spoken dates and times, read as a caller means them."""

from __future__ import annotations

import os
import subprocess
import sys
from datetime import date, datetime, time, timedelta
from pathlib import Path
from time import perf_counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from voice.understanding.dates.reading import Times, read_times
from voice.understanding.reading import Context, Moment, OfferedTime, Question

SATURDAY = datetime(2026, 11, 21, 10, 0)  # noqa: DTZ001 - local times are naive here
Opening = dict[int, tuple[tuple[int, int], ...]]
NINE_TO_FIVE: Opening = dict.fromkeys(range(5), ((9 * 60, 17 * 60),))
LATE_OPENING: Opening = dict.fromkeys(range(7), ((8 * 60, 22 * 60),))


def read(
    text: str,
    now: datetime = SATURDAY,
    *,
    question: Question | None = None,
    opens: Opening | None = None,
    country: str = "US",
) -> Times:
    return read_times(text, Context(now=now, question=question, opens=opens, country=country))


def values(times: Times) -> list[Moment | tuple[Moment | None, Moment | None] | None]:
    return [
        when.value if when.value is not None else (when.start, when.end) for when in times.found
    ]


def only(text: str, now: datetime = SATURDAY, **known: object) -> object:
    found = values(read(text, now, **known))  # type: ignore[arg-type]
    assert len(found) == 1, found
    return found[0]


def at(day: int, hour: int, minute: int = 0, month: int = 11) -> datetime:
    return datetime(2026, month, day, hour, minute)  # noqa: DTZ001


@pytest.mark.parametrize(
    ("said", "meant"),
    [
        ("could I come in tomorrow", date(2026, 11, 22)),
        ("the day after tomorrow if you can", date(2026, 11, 23)),
        ("Thursday please", date(2026, 11, 26)),
        ("this coming Wednesday", date(2026, 11, 25)),
        ("Tuesday of next week", date(2026, 11, 24)),
        ("a week from Monday", date(2026, 11, 30)),
        ("Monday week", date(2026, 11, 30)),
        ("in a fortnight", date(2026, 12, 5)),
        ("three days from now", date(2026, 11, 24)),
        ("two Fridays from now", date(2026, 12, 4)),
        ("December the ninth", date(2026, 12, 9)),
        ("the 9th of Dec.", date(2026, 12, 9)),
        ("on the fourteenth", date(2026, 12, 14)),
        ("the twenty third of this month", date(2026, 11, 23)),
        ("the 5th of next month", date(2026, 12, 5)),
        ("12/9", date(2026, 12, 9)),
        ("2027-02-03", date(2027, 2, 3)),
        ("the first Tuesday in December", date(2026, 12, 1)),
        ("the last Friday of this month", date(2026, 11, 27)),
        ("the Friday before Christmas", date(2026, 12, 18)),
        ("the day after Thanksgiving", date(2026, 11, 27)),
        ("New Year's Eve", date(2026, 12, 31)),
        ("Monday the thirtieth", date(2026, 11, 30)),
    ],
)
def test_a_day_is_found_however_it_is_named(said: str, meant: date) -> None:
    assert only(said) == meant


@pytest.mark.parametrize(
    ("said", "meant"),
    [
        ("at half past two", time(14, 30)),
        ("a quarter to six", time(17, 45)),
        ("twenty past nine in the morning", time(9, 20)),
        ("nine thirty", time(9, 30)),
        ("around 930", time(9, 30)),
        ("2 p m", time(14)),
        ("one o'clock", time(13)),
        ("eleven oh five", time(11, 5)),
        ("16:45", time(16, 45)),
        ("noonish", time(12)),
        ("quarter past 12 pm", time(12, 15)),
        ("five in the evening", time(17)),
        ("half eight in the morning", time(8, 30)),
    ],
)
def test_a_time_of_day_is_found_however_it_is_said(said: str, meant: time) -> None:
    assert only(said) == meant


@pytest.mark.parametrize(
    ("said", "meant"),
    [
        ("next Tuesday at half past two", at(24, 14, 30)),
        ("tomorrow at nine", at(22, 9)),
        ("four thirty on Wednesday", at(25, 16, 30)),
        ("December 9th, three pm", at(9, 15, month=12)),
        ("Is 10:15 available for Monday?", at(23, 10, 15)),
        ("in twenty minutes", at(21, 10, 20)),
        ("an hour from now", at(21, 11)),
    ],
)
def test_a_date_with_a_time_is_one_moment(said: str, meant: datetime) -> None:
    assert only(said) == meant


@pytest.mark.parametrize(
    ("said", "start", "end"),
    [
        ("from two to four on Friday", at(27, 14), at(27, 16)),
        ("tomorrow morning", at(22, 8), at(22, 12)),
        ("the fourteenth in the afternoon", at(14, 12, month=12), at(14, 16, month=12)),
        ("any time between noon and two", time(12), time(14)),
        ("11 to 3 pm", time(11), time(15)),
        ("after three", time(15), None),
        ("not before 3", time(15), None),
        ("five or later", time(17), None),
        ("by half past four", None, time(16, 30)),
        ("before Friday", None, date(2026, 11, 27)),
        ("from Wednesday on", date(2026, 11, 25), None),
        ("next week", date(2026, 11, 23), date(2026, 11, 30)),
        ("Monday to Wednesday next week", date(2026, 11, 23), date(2026, 11, 26)),
        ("December 1st through the 3rd", date(2026, 12, 1), date(2026, 12, 4)),
        ("early December", date(2026, 12, 1), date(2026, 12, 11)),
        ("the week of the 7th", date(2026, 12, 7), date(2026, 12, 14)),
        ("as soon as possible", at(21, 10), None),
    ],
)
def test_a_span_is_half_open_and_an_open_end_is_none(
    said: str, start: Moment | None, end: Moment | None
) -> None:
    assert only(said) == (start, end)


def test_the_last_day_that_is_named_belongs_to_the_span() -> None:
    assert only("from the 24th to the 26th of November") == (date(2026, 11, 24), date(2026, 11, 27))


def test_after_a_day_begins_on_the_day_that_follows() -> None:
    times = read("any day after the 3rd but not Friday")
    assert values(times) == [(date(2026, 12, 4), None)]
    assert [when.value for when in times.exclude] == [date(2026, 11, 27)]


@pytest.mark.parametrize(
    ("said", "refused"),
    [
        ("any day but Monday", date(2026, 11, 23)),
        ("not on Friday", date(2026, 11, 27)),
        ("whenever, except the 3rd", date(2026, 12, 3)),
        ("I can't do Tuesday", date(2026, 11, 24)),
        ("Tuesday doesn't work for me", date(2026, 11, 24)),
    ],
)
def test_a_day_ruled_out_is_not_a_day_wanted(said: str, refused: date) -> None:
    times = read(said)
    assert times.found == ()
    assert [when.value for when in times.exclude] == [refused]


def test_a_list_of_refusals_is_refused_whole() -> None:
    times = read("I can't do Monday or Tuesday")
    assert times.found == ()
    assert [when.value for when in times.exclude] == [date(2026, 11, 23), date(2026, 11, 24)]


@pytest.mark.parametrize(
    ("said", "meant"),
    [
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
    assert values(read("at two or three on Tuesday")) == [at(24, 14), at(24, 15)]


def test_half_past_two_at_a_shop_open_nine_to_five_is_in_the_afternoon() -> None:
    times = read("half past two", opens=NINE_TO_FIVE)
    assert values(times) == [time(14, 30)]
    assert not times.ambiguous


def test_a_time_that_both_halves_of_the_day_allow_is_asked_back() -> None:
    times = read("tomorrow at nine", opens=LATE_OPENING)
    assert times.ambiguous
    assert [when.value for when in times.found[0].candidates] == [at(22, 21)]


def test_am_or_pm_said_aloud_always_wins_over_opening_hours() -> None:
    assert only("7 am", opens=NINE_TO_FIVE) == time(7)


def test_an_hour_of_today_that_is_past_is_this_evening() -> None:
    assert only("today at nine") == at(21, 21)


def test_a_weekday_and_a_date_that_disagree_are_asked_back() -> None:
    times = read("Tuesday the 3rd")
    assert times.ambiguous
    assert times.disagreement == "Tuesday the 3rd"
    candidates = [when.value for when in times.found[0].candidates]
    assert date(2026, 12, 3) in candidates
    assert date(2026, 12, 1) in candidates


def test_next_friday_said_on_a_friday_is_a_week_away() -> None:
    friday = datetime(2026, 11, 20, 9)  # noqa: DTZ001
    assert only("next Friday", friday) == date(2026, 11, 27)


def test_a_weekday_said_on_that_weekday_is_a_week_away_and_asked_back() -> None:
    times = read("Saturday", question="date")
    assert values(times) == [date(2026, 11, 28)]
    assert times.ambiguous


def test_next_tuesday_said_on_a_monday_is_asked_back() -> None:
    times = read("next Tuesday", datetime(2026, 11, 23, 9))  # noqa: DTZ001
    assert values(times) == [date(2026, 12, 1)]
    assert times.ambiguous
    assert [when.value for when in times.found[0].candidates] == [date(2026, 11, 24)]


def test_today_a_minute_before_midnight_is_still_today() -> None:
    assert only("today", datetime(2026, 11, 21, 23, 59)) == date(2026, 11, 21)  # noqa: DTZ001


def test_the_thirty_first_waits_for_a_month_that_has_one() -> None:
    assert only("the 31st") == date(2026, 12, 31)


def test_the_day_after_counts_from_the_day_just_heard_or_offered() -> None:
    assert values(read("Tuesday or the day after")) == [date(2026, 11, 24), date(2026, 11, 25)]
    offered = (OfferedTime(at(25, 14), "ana"),)
    times = read_times("what about the day after", Context(now=SATURDAY, offered=offered))
    assert values(times) == [date(2026, 11, 26)]


def test_day_and_month_follow_the_country() -> None:
    assert only("3/12", country="GB") == date(2026, 12, 3)
    assert only("3/12") == date(2027, 3, 12)


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
        "I'm 42 years old",
        "we march in second place",
        "this is the one",
        "have a great day",
        "good morning",
    ],
)
def test_everyday_words_and_numbers_are_no_times(said: str) -> None:
    assert read(said).found == ()


@pytest.mark.parametrize(
    ("said", "meant"),
    [
        ("Lunar New Year", date(2027, 2, 6)),
        ("Orthodox Easter", date(2027, 5, 2)),
        ("Easter Monday", date(2027, 3, 29)),
        ("Labor Day", date(2027, 9, 6)),
        ("Diwali next year", date(2027, 10, 29)),
        ("Thanksgiving 2027", date(2027, 11, 25)),
    ],
)
def test_holidays_are_found_by_name(said: str, meant: date) -> None:
    assert only(said) == meant


def test_a_day_and_a_time_said_apart_in_one_sentence_are_one() -> None:
    said = "You're booked for Tuesday, November 24 with Ana at 2 PM. See you then."
    assert values(read(said)) == [at(24, 14)]


def test_same_time_on_another_day_is_the_time_of_the_offer() -> None:
    context = Context(now=SATURDAY, offered=(OfferedTime(at(25, 14), "ana"),))
    assert values(read_times("same time next week", context)) == [at(25, 14)]
    assert values(read_times("the same time on Friday", context)) == [at(27, 14)]


def test_parts_of_the_day_reach_to_the_opening_hours() -> None:
    early_shop: Opening = dict.fromkeys(range(7), ((7 * 60, 18 * 60),))
    assert only("mornings", opens=early_shop) == (time(7), time(12))
    assert only("Monday afternoon", opens=early_shop) == (at(23, 12), at(23, 18))


def test_a_time_in_another_zone_of_the_country_is_asked_about() -> None:
    assert read("tomorrow at 9 am Pacific time").ambiguous
    assert read("Thursday 9 am GMT").found == ()


def test_as_soon_as_possible_on_a_day_means_that_day() -> None:
    assert only("as soon as possible on Tuesday") == date(2026, 11, 24)


CLOCKS = st.integers(0, 95).map(lambda quarter: time(quarter // 4, quarter % 4 * 15))
DAYS = st.integers(1, 300).map(lambda ahead: SATURDAY.date() + timedelta(ahead))


@given(DAYS, CLOCKS)
def test_a_moment_spoken_plainly_is_read_back_the_same(day: date, clock: time) -> None:
    spoken = f"{day:%A}, {day:%B} {day.day} at {clock:%I:%M %p}"
    assert only(spoken) == datetime.combine(day, clock)


PIECES = st.sampled_from(
    "tomorrow next the 31st of february from two to not half past 2pm 25:99 99/99 week after a "
    "monday or , . - 0 may second in for 12 no wait before 1000000000 – ’ ½ 二 pm 2026 - 02 - 30 "
    "end rest within years 9999 months each quarter noon until closest".split(" ")
)


@given(st.one_of(st.text(max_size=200), st.lists(PIECES, max_size=30).map(" ".join)))
def test_no_text_breaks_the_reading_and_every_span_lies_inside_it(text: str) -> None:
    times = read(text)
    for when in (*times.found, *times.exclude):
        start, end = when.span
        assert 0 <= start < end <= len(text)
        assert text[start:end] == when.text


@pytest.mark.parametrize("piece", ["the next ", "from 2 to ", "1/", "Monday or ", "not ", "9:30 "])
def test_a_very_long_text_is_read_in_bounded_time(piece: str) -> None:
    begun = perf_counter()
    read(piece * 5000)
    assert perf_counter() - begun < 1


@pytest.mark.public_data
def test_the_public_suites_are_read_no_worse_than_measured() -> None:
    folder = os.environ.get("RINGBOOK_TEST_DATA")
    if not folder:
        pytest.skip("RINGBOOK_TEST_DATA is not set")
    root = Path(__file__).parents[3]
    command = [sys.executable, "-m", "benchmarks.dates", "--data", folder, "--floors"]
    subprocess.run(command, cwd=root, check=True, capture_output=True)
