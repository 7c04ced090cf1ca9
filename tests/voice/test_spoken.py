"""Dates, times, names and numbers as a person says them."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.clinic import NEW_YORK
from voice.spoken import (
    list_of,
    one_of,
    plain_text,
    say_day,
    say_hours,
    say_minutes,
    say_phone,
    say_price,
    say_reference,
    say_time,
    say_times,
    say_when,
    sentences,
    split_ready,
)
from voice.understanding.dates.reading import read_times
from voice.understanding.reading import Context

TODAY = date(2026, 11, 23)


def at(day: int, hour: int, minute: int = 0) -> datetime:
    return datetime.combine(date(2026, 11, day), time(hour, minute))


@given(
    st.datetimes(
        datetime.fromisoformat("2026-11-23T12:01"), datetime.fromisoformat("2027-02-20T00:00")
    ).map(lambda moment: moment.replace(minute=moment.minute // 5 * 5, second=0, microsecond=0)),
    st.sampled_from(["US", "GB"]),
    st.booleans(),
)
def test_our_own_grammar_reads_back_every_time_that_we_say(
    moment: datetime, country: str, full: bool
) -> None:
    said = say_when(moment, TODAY, country, full=full)
    read = read_times(said, Context(now=at(23, 12), country=country))
    assert [when.value for when in read.found] == [moment]


@pytest.mark.parametrize(
    ("moment", "said"),
    [
        (at(24, 14), "2 PM"),
        (at(24, 9, 30), "9:30 AM"),
        (at(24, 12), "noon"),
        (at(24, 0), "midnight"),
        (at(24, 0, 5), "12:05 AM"),
    ],
)
def test_a_time_is_said_by_the_twelve_hour_clock(moment: datetime, said: str) -> None:
    assert say_time(moment) == said


def test_today_and_tomorrow_are_called_so_and_other_days_by_date() -> None:
    assert say_day(TODAY, TODAY) == "today"
    assert say_day(TODAY + timedelta(days=1), TODAY) == "tomorrow"
    assert say_day(date(2026, 11, 29), TODAY) == "this Sunday, November 29th"
    assert say_day(date(2026, 12, 1), TODAY) == "Tuesday, December 1st"


@pytest.mark.parametrize(
    ("moment", "full", "said"),
    [
        (at(28, 10, 40), False, "this Saturday the 28th at 10:40"),
        (at(28, 10, 40), True, "Saturday the 28th of November at 10:40 in the morning"),
        (at(24, 9), False, "tomorrow at 9 o'clock"),
        (at(24, 17), True, "Tuesday the 24th of November at 5 in the afternoon"),
        (at(30, 19, 30), False, "Monday the 30th of November at 7:30 in the evening"),
        (at(30, 12), False, "Monday the 30th of November at noon"),
    ],
)
def test_elsewhere_the_day_comes_first_and_the_hour_needs_no_half(
    moment: datetime, full: bool, said: str
) -> None:
    assert say_when(moment, TODAY, "IE", full=full) == said


def test_opening_hours_are_short_where_no_half_of_the_day_is_said() -> None:
    assert say_hours(time(8, 30), time(19, 30), "GB") == "8:30 to 7:30"
    assert say_hours(time(9), time(12), "GB") == "9 to noon"
    assert say_hours(time(9), time(17), "US") == "9 AM to 5 PM"


@pytest.mark.parametrize(
    ("thing", "said"),
    [
        ("check-up", "a check-up"),
        ("dental cleaning", "a dental cleaning"),
        ("dry needling", "dry needling"),
        ("post-surgery rehab", "post-surgery rehab"),
        ("full highlights", "full highlights"),
        ("pilates", "pilates"),
        ("updo", "an updo"),
    ],
)
def test_only_what_people_count_has_an_article(thing: str, said: str) -> None:
    assert one_of(thing) == said


def test_a_far_date_names_its_year() -> None:
    assert say_day(date(2027, 12, 1), TODAY) == "Wednesday, December 1st, 2027"


def test_a_time_that_the_clock_shows_twice_says_which_of_the_two() -> None:
    first = datetime(2026, 11, 1, 1, 30, tzinfo=NEW_YORK)
    assert say_when(first, TODAY).endswith("before the clocks go back")
    assert say_when(first.replace(fold=1), TODAY).endswith("after the clocks go back")


def test_the_day_and_the_person_are_named_once_for_several_times() -> None:
    one = say_times([(at(24, 9), "Ana Ruiz"), (at(24, 11, 30), "Ana Ruiz")], TODAY)
    assert one == "tomorrow at 9 AM or 11:30 AM with Ana Ruiz"
    two = say_times([(at(24, 9), "Ana Ruiz"), (at(25, 9), "Ben Carter")], TODAY)
    assert two == (
        "tomorrow at 9 AM with Ana Ruiz or this Wednesday, November 25th at 9 AM with Ben Carter"
    )


def test_the_times_of_one_day_belong_together_to_the_ear() -> None:
    starts = [(at(26, 14), "Ana"), (at(30, 9), "Ana"), (at(30, 14), "Ana")]
    assert say_times(starts, TODAY, country="GB") == (
        "this Thursday the 26th at 2 o'clock, "
        "or Monday the 30th of November at 9 o'clock or 2 o'clock with Ana"
    )


def test_numbers_are_said_digit_by_digit_in_their_countrys_groups() -> None:
    assert say_phone("+12125550100") == "2 1 2, 5 5 5, 0 1 0 0"
    assert say_phone("+441223496000") == "0 1 2 2 3, 4 9 6 0 0 0"


def test_a_reference_is_said_sign_by_sign() -> None:
    assert say_reference("K7M2QX") == "K 7 M, 2 Q X"


@pytest.mark.parametrize(
    ("price", "currency", "said"),
    [
        ("45.00", "USD", "45 dollars"),
        ("1.00", "USD", "1 dollar"),
        ("32.50", "GBP", "32 pounds and 50 pence"),
        ("80", "CHF", "80 Swiss francs"),
    ],
)
def test_a_price_is_said_in_words(price: str, currency: str, said: str) -> None:
    assert say_price(Decimal(price), currency) == said


def test_lengths_are_said_in_hours_and_minutes() -> None:
    assert [say_minutes(each) for each in (1, 45, 60, 75, 120)] == [
        "a minute",
        "45 minutes",
        "an hour",
        "an hour and 15 minutes",
        "two hours",
    ]


def test_a_list_has_its_joint_before_the_last() -> None:
    assert list_of(["a"]) == "a"
    assert list_of(["a", "b"], "or") == "a or b"
    assert list_of(["a", "b", "c"]) == "a, b, and c"


def test_sentences_end_where_a_person_pauses() -> None:
    said = "Dr. Ruiz is in at 9 a.m. on Monday. It costs 4.50 dollars! Shall I? Yes"
    assert sentences(said) == [
        "Dr. Ruiz is in at 9 a.m. on Monday.",
        "It costs 4.50 dollars!",
        "Shall I?",
        "Yes",
    ]


def test_a_spelled_reference_ends_its_sentence_and_an_initial_does_not() -> None:
    assert sentences("It is K 7 M, 2 Q X. John F. Kennedy calls.") == [
        "It is K 7 M, 2 Q X.",
        "John F. Kennedy calls.",
    ]


def test_a_growing_text_gives_a_sentence_only_once_it_is_surely_over() -> None:
    assert split_ready("It costs 4.") == ([], "It costs 4.")
    assert split_ready("It costs 4.50. Shall") == (["It costs 4.50."], "Shall")


@given(st.text(alphabet="ab .!?…\"'1", max_size=40))
def test_splitting_loses_no_letters(text: str) -> None:
    assert "".join("".join(sentences(text)).split()) == "".join(text.split())


def test_plain_text_has_no_markdown() -> None:
    written = (
        "**Sure!** I have:\n- *9 AM*\n- `10 AM`\n\n[See us](https://x.example) \N{GRINNING FACE}"
    )
    assert plain_text(written) == "Sure! I have: 9 AM, 10 AM, See us"


@pytest.mark.parametrize("endless", ["a" * 200_000, "." * 200_000 + "a", "a.b" * 60_000])
def test_what_has_no_end_is_looked_through_once(endless: str) -> None:
    # Tried anew at each sign, these would take hours: the test's own time limit tells.
    assert split_ready(endless) == ([], endless)
