"""Spoken dates and times, read as a caller means them."""

from __future__ import annotations

from datetime import date, datetime, time

import pytest

from tests.voice.understanding.said import (
    LATE_OPENING,
    NINE_TO_FIVE,
    Opening,
    at,
    only,
    read,
    values,
)
from voice.understanding.reading import Moment


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


def test_day_and_month_follow_the_country() -> None:
    assert only("3/12", country="GB") == date(2026, 12, 3)
    assert only("3/12") == date(2027, 3, 12)


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


def test_parts_of_the_day_reach_to_the_opening_hours() -> None:
    early_shop: Opening = dict.fromkeys(range(7), ((7 * 60, 18 * 60),))
    assert only("mornings", opens=early_shop) == (time(7), time(12))
    assert only("Monday afternoon", opens=early_shop) == (at(23, 12), at(23, 18))


def test_a_time_told_in_another_zone_is_moved_to_the_clock_of_the_business() -> None:
    assert only("tomorrow at 9 am Pacific time", zone="America/New_York") == at(22, 12)
    assert only("Thursday 9 pm PST", zone="America/New_York") == at(27, 0)
    assert only("from 2 to 3 GMT on Thursday", zone="Europe/Paris") == (at(26, 15), at(26, 16))
    assert only("9 am Eastern", zone="America/New_York") == time(9)


def test_a_time_in_another_zone_is_left_unread_where_our_own_is_not_known() -> None:
    assert read("Thursday 9 am GMT").found == ()
