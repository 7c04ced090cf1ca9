"""Whole sentences as callers say them, in British and American, typed and as recognisers write."""

from __future__ import annotations

from datetime import date, time

import pytest

from tests.voice.understanding.said import NINE_TO_FIVE, at, read, values


def day(number: int, month: int = 11, year: int = 2026) -> date:
    return date(year, month, number)


DAYS = [
    ("hi yeah could you squeeze me in on Monday", day(23)),
    ("would Tuesday be any good", day(24)),
    ("I was hoping for Wednesday if that's alright", day(25)),
    ("um the Thursday after Thanksgiving", day(3, 12)),
    ("Friday week would be brilliant", day(4, 12)),
    ("a week on Tuesday please", day(1, 12)),
    ("I was thinking a week Thursday", day(3, 12)),
    ("the day after Boxing Day", day(27, 12)),
    ("a week from tomorrow", day(29)),
    ("two weeks on Monday", day(7, 12)),
    ("a fortnight on Wednesday", day(9, 12)),
    ("the Monday after next", day(30)),
    ("not this Tuesday the one after", day(1, 12)),
    ("is the twenty seventh free", day(27)),
    ("have you got anything on the 2nd", day(2, 12)),
    ("I need the first of December", day(1, 12)),
    ("put me down for Dec 4th", day(4, 12)),
    ("4 December works", day(4, 12)),
    ("the 4th Dec", day(4, 12)),
    ("december four", day(4, 12)),
    ("it's for the eighth of january", day(8, 1, 2027)),
    ("january eighth twenty twenty seven", day(8, 1, 2027)),
    ("12/15", day(15, 12)),
    ("12/15/26", day(15, 12)),
    ("2026-12-15", day(15, 12)),
    ("Tuesday December 15", day(15, 12)),
    ("Tues the 15th of Dec", day(15, 12)),
    ("on tuesday the fifteenth", day(15, 12)),
    ("tomorrow would suit me best", day(22)),
    ("day after tomorrow", day(23)),
    ("can i come in today", day(21)),
    ("in three days", day(24)),
    ("in ten days' time", day(1, 12)),
    ("three weeks from today", day(12, 12)),
    ("in a month", day(21, 12)),
    ("a month from now", day(21, 12)),
    ("Christmas Eve", day(24, 12)),
    ("the day before Christmas Eve", day(23, 12)),
    ("the Monday before Christmas", day(21, 12)),
    ("the last Friday in November", day(27)),
    ("second Tuesday of next month", day(8, 12)),
    ("this Thursday coming", day(26)),
    ("Wednesday of the week after next", day(2, 12)),
    ("next week Thursday", day(26)),
    ("Thursday next week", day(26)),
    ("two Thursdays from now", day(3, 12)),
    ("Sunday", day(22)),
]
CLOCKS = [
    ("around ten", time(10)),
    ("about half nine in the morning", time(9, 30)),
    ("could we do quarter past four", time(16, 15)),
    ("quarter of three", time(14, 45)),
    ("ten to nine in the morning", time(8, 50)),
    ("twenty five past two", time(14, 25)),
    ("at five to eleven", time(10, 55)),
    ("at eleven forty five", time(11, 45)),
    ("how about 1 30", time(13, 30)),
    ("330 pm please", time(15, 30)),
    ("at 330", time(15, 30)),
    ("1030 in the morning", time(10, 30)),
    ("10.30am", time(10, 30)),
    ("3 p.m.", time(15)),
    ("3 pm-ish", time(15)),
    ("eightish in the morning", time(8)),
    ("twelve noon", time(12)),
    ("midday", time(12)),
    ("say two o clock", time(14)),
    ("two oh clock", time(14)),
    ("fifteen hundred hours", time(15)),
    ("14:20", time(14, 20)),
    ("make it 9:15 instead", time(9, 15)),
    ("four fifteen sharp", time(16, 15)),
    ("at four in the afternoon", time(16)),
]
MOMENTS = [
    ("tomorrow at eleven", at(22, 11)),
    ("Monday at 9", at(23, 9)),
    ("monday 9am", at(23, 9)),
    ("any chance of 8 30 tomorrow", at(22, 8, 30)),
    ("saturday at half twelve", at(28, 12, 30)),
    ("monday nine a m", at(23, 9)),
    ("9 o'clock Monday morning", at(23, 9)),
    ("Monday morning at nine fifteen", at(23, 9, 15)),
    ("half two on Tuesday afternoon", at(24, 14, 30)),
    ("quarter to five this coming Wednesday", at(25, 16, 45)),
    ("can you do the 30th at two thirty", at(30, 14, 30)),
    ("I'd like Dec 3rd, 10:40", at(3, 10, 40, 12)),
    ("third of december at twenty to eleven", at(3, 10, 40, 12)),
    ("noon on Friday", at(27, 12)),
    ("Friday, say around 4ish", at(27, 16)),
    ("Tuesday with doctor Reyes at half past three", at(24, 15, 30)),
    ("book me in for tuesday at 3 30", at(24, 15, 30)),
    ("10 am the day after tomorrow", at(23, 10)),
    ("next Wednesday 11 o'clock", at(25, 11)),
    ("the 1st at 8 in the morning", at(1, 8, 0, 12)),
    ("in half an hour", at(21, 10, 30)),
    ("an hour and a half from now", at(21, 11, 30)),
    ("a week from Monday at ten", at(30, 10)),
    ("tonight at 7", at(21, 19)),
    ("12/15 at 3", at(15, 15, 0, 12)),
    ("tomorrow 1pm", at(22, 13)),
]
SPANS = [
    ("tomorrow afternoon", at(22, 12), at(22, 16)),
    ("Monday morning", at(23, 8), at(23, 12)),
    ("late afternoon on Tuesday", at(24, 14), at(24, 16)),
    ("first thing Monday", at(23, 8), at(23, 10)),
    ("first thing tomorrow morning", at(22, 8), at(22, 10)),
    ("Wednesday between nine and eleven", at(25, 9), at(25, 11)),
    ("between 1 and 3 on Thursday", at(26, 13), at(26, 15)),
    ("Thursday 2 to 4", at(26, 14), at(26, 16)),
    ("tomorrow after three", at(22, 15), None),
    ("any time after 10 on Friday", at(27, 10), None),
    ("Friday before noon", None, at(27, 12)),
    ("after work, so after half past five", time(17, 30), None),
    ("before ten in the morning", None, time(10)),
    ("from noon onwards", time(12), None),
    ("mornings are best", time(8), time(12)),
    ("sometime in the afternoon", time(12), time(16)),
    ("next week", day(23), day(30)),
    ("the week after next", day(30), day(7, 12)),
    ("the week of the thirtieth", day(30), day(7, 12)),
    ("this weekend", day(21), day(23)),
    ("early next week", day(23), day(26)),
    ("at the end of next week", day(27), day(30)),
    ("mid December", day(11, 12), day(21, 12)),
    ("sometime in December", day(1, 12), day(1, 1, 2027)),
    ("the first week of December", day(30), day(7, 12)),
    ("Monday to Wednesday", day(23), day(26)),
    ("I'm free Monday through Thursday", day(23), day(27)),
    ("any day from the 1st to the 4th of December", day(1, 12), day(5, 12)),
    ("between Monday and Wednesday", day(23), day(25)),
    ("within the next two weeks", day(21), day(5, 12)),
    ("in the next few days", day(22), day(25)),
    ("before the end of the month", None, day(1, 12)),
    ("by Friday", at(21, 10), at(28, 0)),
    ("after the tenth of December", day(11, 12), None),
    ("from Monday onwards", day(23), None),
    ("no later than Thursday", None, day(27)),
    ("as soon as you can", at(21, 10), None),
    ("the rest of the week", day(21), day(22)),
    ("over the Thanksgiving weekend", day(28), day(30)),
    ("Labor Day weekend", day(4, 9, 2027), day(7, 9, 2027)),
]
SEVERAL = [
    ("Monday or Tuesday", [day(23), day(24)]),
    ("either Wednesday the second or Friday the fourth", [day(2, 12), day(4, 12)]),
    ("tomorrow at two or three", [at(22, 14), at(22, 15)]),
    ("Monday at ten or Tuesday at eleven", [at(23, 10), at(24, 11)]),
    ("I can do the 1st or the 3rd", [day(1, 12), day(3, 12)]),
    ("Thursday no sorry Friday at three", [at(27, 15)]),
    ("ten o'clock actually make that eleven", [time(11)]),
    ("tuesday wait no wednesday", [day(25)]),
    ("Monday's no good but Tuesday is fine", [day(24)]),
    ("any day except Friday next week", [(day(23), day(30))]),
]
NO_TIME = [
    "my daughter is nine",
    "I have two questions",
    "may I ask who I'm speaking to",
    "hang on a second please",
    "I'll have the same as last time",
    "that's five five five, oh one four two",
    "one of my teeth hurts",
    "it's number twenty four on the high street",
    "I'm third in line",
    "give me a minute",
    "the first one sounds good",
    "I'd like the second option",
    "there were seven of us",
    "how much is it for two",
    "I saw her a while ago",
    "it happened ages ago",
    "my code is 4 7 2 9",
    "a party of four",
    "my number is oh seven seven double oh nine hundred",
    "can I bring my two kids",
    "she may be late",
    "we can march on",
]


@pytest.mark.parametrize(("said", "meant"), [*DAYS, *CLOCKS, *MOMENTS])
def test_a_caller_who_names_one_time_is_heard_to_mean_it(said: str, meant: object) -> None:
    assert values(read(said)) == [meant]


@pytest.mark.parametrize(("said", "start", "end"), SPANS)
def test_a_caller_who_leaves_room_is_heard_to_leave_it(
    said: str, start: object, end: object
) -> None:
    assert values(read(said)) == [(start, end)]


@pytest.mark.parametrize(("said", "meant"), SEVERAL)
def test_a_caller_who_names_several_times_is_heard_to_the_end(
    said: str, meant: list[object]
) -> None:
    assert values(read(said)) == meant


@pytest.mark.parametrize("said", NO_TIME)
def test_a_caller_who_speaks_of_something_else_names_no_time(said: str) -> None:
    assert read(said).found == ()


@pytest.mark.parametrize(
    ("said", "start", "end"),
    [
        ("the end of the day", time(14), time(17)),
        ("tomorrow morning", at(22, 8), at(22, 12)),
        ("Monday at the end of the day", at(23, 14), at(23, 17)),
        ("Monday afternoon", at(23, 12), at(23, 17)),
    ],
)
def test_parts_of_a_day_keep_to_the_opening_hours(said: str, start: object, end: object) -> None:
    assert values(read(said, opens=NINE_TO_FIVE)) == [(start, end)]


@pytest.mark.parametrize(
    ("question", "said", "meant"),
    [
        ("date", "the 24th", day(24)),
        ("date", "24th", day(24)),
        ("date", "uh the twenty fourth I think", day(24)),
        ("date", "twenty fourth", day(24)),
        ("date", "the first", day(1, 12)),
        ("time", "three", time(15)),
        ("time", "ten thirty", time(10, 30)),
        ("time", "eleven please", time(11)),
        ("time", "half ten", time(10, 30)),
        ("time", "I guess two would do", time(14)),
    ],
)
def test_a_short_answer_is_read_by_the_question_that_was_asked(
    question: str, said: str, meant: object
) -> None:
    assert values(read(said, question=question)) == [meant]  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("said", "wanted"),
    [
        ("the 24th works for me", [day(24)]),
        ("could I book the 24th", [day(24)]),
        ("do you have the 24th or the 25th available", [day(24), day(25)]),
        ("my birthday is the 24th I told her", []),
        ("he finished between the 3rd and 5th in the race", []),
        ("they played between 730 and 930", []),
    ],
)
def test_a_bare_day_of_the_month_needs_a_word_of_booking(said: str, wanted: list[object]) -> None:
    assert values(read(said)) == wanted
