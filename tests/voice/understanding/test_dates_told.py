"""Times that callers tell beside their wish, and days that they rule out."""

from __future__ import annotations

from datetime import date, datetime, time

import pytest

from tests.voice.understanding.said import NINE_TO_FIVE, at, read, values
from voice.understanding.dates.reading import Times
from voice.understanding.reading import Moment, When

MONDAY = datetime.fromisoformat("2026-11-23T09:00")
NEXT_WEEK = (date(2026, 11, 30), date(2026, 12, 7))


def told(text: str) -> Times:
    return read(text, MONDAY, opens=NINE_TO_FIVE)


def refused(times: Times) -> list[Moment | tuple[Moment | None, Moment | None] | None]:
    return [shown(when) for when in times.exclude]


def shown(when: When) -> Moment | tuple[Moment | None, Moment | None] | None:
    return when.value if when.value is not None else (when.start, when.end)


@pytest.mark.parametrize(
    "said",
    [
        "I fell on Sunday and hurt my back, physio please",
        "my son chipped a tooth on Saturday and needs to be seen",
        "on Sunday I slipped on the ice",
        "it started on Friday and it's getting worse",
        "I was due in yesterday",
        "we were in on Monday, and my wife needs a check-up too",
        "I had my last cleaning in September",
        "had my last cleaning in September",
        "my last check-up was in March",
        "I've been up all night with it",
        "I've had this toothache since Thursday",
        "he hasn't been in since June",
        "I've rung three times since nine this morning",
        "my appointment last Tuesday was great",
    ],
)
def test_what_happened_before_is_no_wish(said: str) -> None:
    times = told(said)
    assert (values(times), refused(times)) == ([], [])


@pytest.mark.parametrize(
    ("said", "wish"),
    [
        ("I fell on Sunday, can you see me on Wednesday", date(2026, 11, 25)),
        ("been up all night, can I see somebody today", date(2026, 11, 23)),
        ("I called yesterday about Friday", date(2026, 11, 27)),
        ("I fell on Sunday, three o'clock on Wednesday please", at(25, 15)),
        ("I was hoping for Thursday", date(2026, 11, 26)),
        ("I was wondering whether you had Thursday", date(2026, 11, 26)),
        ("I wanted to come on Thursday", date(2026, 11, 26)),
        ("I was told Thursday would be fine", date(2026, 11, 26)),
        ("I booked for Thursday", date(2026, 11, 26)),
        ("I had an appointment on Thursday", date(2026, 11, 26)),
        ("I had Thursday at two", at(26, 14)),
        ("it was on Thursday", date(2026, 11, 26)),
    ],
)
def test_a_wish_or_an_appointment_keeps_its_time_in_any_tense(said: str, wish: object) -> None:
    assert values(told(said)) == [wish]


@pytest.mark.parametrize(
    ("said", "wish", "busy"),
    [
        ("I'm in London tomorrow, what about Thursday", date(2026, 11, 26), date(2026, 11, 24)),
        ("I've got a meeting on Thursday, could we do Friday", date(2026, 11, 27),
         date(2026, 11, 26)),
        ("I have to be in court on Tuesday, how about Wednesday", date(2026, 11, 25),
         date(2026, 11, 24)),
        ("I'm flying out on Thursday, so Wednesday please", date(2026, 11, 25),
         date(2026, 11, 26)),
        ("we're at my mother's on Thursday but Friday works", date(2026, 11, 27),
         date(2026, 11, 26)),
        ("I teach on Thursday so Friday", date(2026, 11, 27), date(2026, 11, 26)),
    ],
)  # fmt: skip
def test_when_callers_are_elsewhere_they_do_not_come(said: str, wish: date, busy: date) -> None:
    times = told(said)
    assert (values(times), refused(times)) == ([wish], [busy])


@pytest.mark.parametrize(
    "said",
    [
        "I have Thursday free",
        "I'm free on Thursday",
        "I can do Thursday",
        "I'm in town on Thursday",
        "I'm at home on Thursday",
        "I have an appointment on Thursday",
        "I've got a check-up on Thursday",
        "I'm booked in for Thursday",
        "I'm on your list for Thursday",
        "have you got anything on Thursday",
        "I'm in on Thursday",
        "what if I came on Thursday",
        "she had an opening on Thursday",
        "could I have it moved to Thursday",
        "I'd like my back looked at on Thursday",
        "I've decided Thursday is best",
    ],
)
def test_a_day_that_is_free_or_booked_is_meant(said: str) -> None:
    times = told(said)
    assert (values(times), refused(times)) == ([date(2026, 11, 26)], [])


@pytest.mark.parametrize(
    ("said", "wish"),
    [
        ("I finish work at five so after that", (time(17), None)),
        ("my kid finishes school at three fifteen so any time after that tomorrow",
         (at(24, 15, 15), None)),
        ("I have a meeting until two, any time after that on Tuesday", (at(24, 14), None)),
        ("I start at ten so it has to be before that", (None, time(10))),
        ("I fly out Friday so before then", (None, date(2026, 11, 27))),
        ("Tuesday at two or any time after that", (at(24, 14), None)),
    ],
)  # fmt: skip
def test_after_that_counts_from_the_time_just_named(said: str, wish: object) -> None:
    assert values(told(said)) == [wish]


@pytest.mark.parametrize(
    ("said", "wish"),
    [
        ("I get off at four on Thursday", [(at(26, 16), None)]),
        ("I finish at five, Tuesday please", [date(2026, 11, 24), (time(17), None)]),
        ("school starts at nine", [(None, time(9))]),
        ("I finish work at five, could I come at one", [time(13)]),
    ],
)
def test_who_finishes_then_is_free_from_then_on(said: str, wish: list[object]) -> None:
    assert values(told(said)) == wish


def test_a_day_after_the_one_just_named_is_no_open_span() -> None:
    assert values(told("Tuesday or the day after that")) == [date(2026, 11, 24), date(2026, 11, 25)]


@pytest.mark.parametrize(
    ("said", "gone"),
    [
        ("any day bar Monday next week", [date(2026, 11, 30)]),
        ("any day but Monday or Tuesday next week", [date(2026, 11, 30), date(2026, 12, 1)]),
        ("any time next week except Monday and Thursday", [date(2026, 11, 30), date(2026, 12, 3)]),
        ("anything next week apart from Tuesday", [date(2026, 12, 1)]),
        ("next week, any day other than Friday", [date(2026, 12, 4)]),
        ("next week but not Tuesday", [date(2026, 12, 1)]),
        ("all of next week but Friday", [date(2026, 12, 4)]),
    ],
)
def test_all_of_a_week_is_wanted_but_the_days_left_out(said: str, gone: list[date]) -> None:
    times = told(said)
    assert (values(times), refused(times)) == ([NEXT_WEEK], gone)


def test_a_part_of_every_day_but_one_leaves_that_day_out() -> None:
    times = told("any morning but Monday next week")
    assert values(times) == [(time(8), time(12)), NEXT_WEEK]
    assert refused(times) == [date(2026, 11, 30)]


@pytest.mark.parametrize(
    ("said", "wish", "gone"),
    [
        ("any time but mornings", [], [(time(8), time(12))]),
        ("all day Friday but lunchtime", [date(2026, 11, 27)], [(time(11), time(13))]),
        ("anytime Tuesday but not before ten", [(at(24, 10), None)], []),
        ("Friday but in the afternoon", [(at(27, 12), at(27, 17))], []),
    ],
)
def test_but_leaves_out_only_after_all_of_something(
    said: str, wish: list[object], gone: list[object]
) -> None:
    times = told(said)
    assert (values(times), refused(times)) == (wish, gone)


@pytest.mark.parametrize(
    "said", ["next week, Tuesday or Thursday", "Tuesday or Thursday next week"]
)
def test_days_listed_with_a_week_are_all_of_it(said: str) -> None:
    assert values(told(said)) == [date(2026, 12, 1), date(2026, 12, 3)]


def test_a_time_after_a_day_ruled_out_is_for_the_other_days() -> None:
    times = told("next week, not Monday, after three")
    assert values(times) == [NEXT_WEEK, (time(15), None)]
    assert refused(times) == [date(2026, 11, 30)]


@pytest.mark.parametrize(
    ("said", "wish", "gone"),
    [
        ("Sunday's out, Saturday then", date(2026, 11, 28), date(2026, 11, 29)),
        ("Thursday's no good, Friday please", date(2026, 11, 27), date(2026, 11, 26)),
        ("tomorrow's a problem, how about Friday", date(2026, 11, 27), date(2026, 11, 24)),
        ("not this Friday but next", date(2026, 12, 4), date(2026, 11, 27)),
        ("not Monday, the one after", date(2026, 12, 7), date(2026, 11, 30)),
        ("not next week but the week after", (date(2026, 12, 7), date(2026, 12, 14)), NEXT_WEEK),
        ("Friday but not this Friday", date(2026, 12, 4), date(2026, 11, 27)),
        (
            "can't do next week sorry, what about the week after",
            (date(2026, 12, 7), date(2026, 12, 14)),
            NEXT_WEEK,
        ),
        ("Thursdays are awkward, so Friday", date(2026, 11, 27), date(2026, 11, 26)),
        ("Thursday's a bank holiday so Friday please", date(2026, 11, 27), date(2026, 11, 26)),
        ("next Monday, sorry, not Monday, Tuesday", date(2026, 12, 1), date(2026, 11, 30)),
    ],
)
def test_what_is_ruled_out_is_replaced(said: str, wish: object, gone: object) -> None:
    times = told(said)
    assert (values(times), refused(times)) == ([wish], [gone])


@pytest.mark.parametrize(
    "said", ["I want another one next week", "I need two next week", "one next week please"]
)
def test_how_many_are_wanted_does_not_lengthen_the_week(said: str) -> None:
    assert values(told(said)) == [NEXT_WEEK]


@pytest.mark.parametrize(
    "said",
    ["the only day I can't do is Thursday", "the day that doesn't work is Thursday",
     "the one I can't make is Thursday"],
)  # fmt: skip
def test_a_day_named_as_the_one_that_will_not_do_is_ruled_out(said: str) -> None:
    times = told(said)
    assert (values(times), refused(times)) == ([], [date(2026, 11, 26)])


@pytest.mark.parametrize(
    ("said", "wish"),
    [
        ("I'm at work till three on Thursday, so half three", at(26, 15, 30)),
        ("I can't do nine on Thursday, how about ten", at(26, 10)),
        ("I drop the kids off at half eight, so ten on Thursday", at(26, 10)),
        ("my tooth broke two days ago, is there anything tomorrow", date(2026, 11, 24)),
        ("next Monday, I mean the Monday after that", date(2026, 12, 7)),
        (
            "I'm away the week of the 30th, so the week after that",
            (date(2026, 12, 7), date(2026, 12, 14)),
        ),
        ("not the 27th, the 30th", date(2026, 11, 30)),
        ("not this weekend, the one after", (date(2026, 12, 5), date(2026, 12, 7))),
    ],
)
def test_an_hour_beside_one_that_will_not_do_is_of_the_same_day(said: str, wish: object) -> None:
    assert values(told(said)) == [wish]


@pytest.mark.parametrize(
    ("said", "wish"),
    [
        ("I could do Thursday but only after three", (at(26, 15), None)),
        ("Thursday, but it would have to be before eleven", (None, at(26, 11))),
        ("Thursday up till eleven", (None, at(26, 11))),
    ],
)
def test_a_day_narrowed_to_some_of_its_hours_is_one_wish(said: str, wish: object) -> None:
    assert values(told(said)) == [wish]


def test_a_day_said_after_two_hours_goes_for_the_one_wanted_and_the_one_not() -> None:
    times = told("three fifteen, not three fifty, on Thursday")
    assert (values(times), refused(times)) == ([at(26, 15, 15)], [at(26, 15, 50)])


def test_the_hour_that_would_be_best_is_a_wish() -> None:
    times = told("I don't finish until five so six would be best on Thursday")
    assert values(times)[-1] == at(26, 18)


@pytest.mark.parametrize(
    "said", ["my insurance runs out in December", "the card expires on Thursday"]
)
def test_when_something_runs_out_is_no_wish(said: str) -> None:
    assert values(told(said)) == []
