"""What a caller would like, turn by turn, becomes the desk's windows."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, date, datetime, time, timedelta

import pytest

from tests.clinic import NEW_YORK, clinic
from voice.understanding.acts import Act
from voice.understanding.dates.reading import read_times
from voice.understanding.reading import Context, Question, When
from voice.understanding.wishes.extremes import order_said
from voice.understanding.wishes.joining import Frame, joined
from voice.understanding.wishes.wanted import Span, Wanted, note, read_note
from voice.understanding.wishes.windows import SkippedTime, Windows, instants_of, windows_of

MONDAY = datetime.fromisoformat("2026-11-23T09:00")
TUESDAY = date(2026, 11, 24)
OPENS = {
    weekday: tuple((span.start, span.end) for span in spans)
    for weekday, spans in clinic().weekly_hours().items()
}


def wish(
    *lines: str,
    anchor: datetime | None = None,
    offered: Sequence[datetime] = (),
    question: Question | None = None,
) -> Wanted:
    """What is wanted after these lines."""
    wanted = Wanted()
    for line in lines:
        times = read_times(line, Context(now=MONDAY, opens=OPENS, question=question))
        frame = Frame(MONDAY.date(), anchor=anchor, offered=tuple(offered))
        wished = Act("give", "when", line, times=times.found, order=order_said(line))
        refused = Act("rule_out", "when", line, times=times.exclude)
        wanted = joined(wanted, (wished, refused), frame)
    return wanted


def windows(wanted: Wanted, now: datetime | None = None) -> Windows:
    return windows_of(
        wanted,
        zone=NEW_YORK,
        now=now or MONDAY.replace(tzinfo=NEW_YORK).astimezone(UTC),
        horizon_days=90,
    )


def local(moment: datetime) -> datetime:
    return moment.astimezone(NEW_YORK).replace(tzinfo=None)


def on(day: date, **times: time | int) -> Span:
    return Span.model_validate({"first": day, "last": day, **times})


def test_a_time_said_later_goes_to_the_day_said_before() -> None:
    assert wish("tomorrow", "at ten").spans == (on(TUESDAY, at=time(10)),)


def test_a_day_said_later_keeps_the_time_said_before() -> None:
    assert wish("tomorrow at ten", "how about Friday").spans == (
        on(date(2026, 11, 27), at=time(10)),
    )


def test_any_time_lifts_the_time_said_before() -> None:
    assert wish("tomorrow at ten", "any time on Friday").spans == (on(date(2026, 11, 27)),)


def test_an_afternoon_becomes_an_hour_when_the_caller_narrows_it() -> None:
    assert wish("tomorrow afternoon", "at three").spans == (on(TUESDAY, at=time(15)),)


def test_days_and_times_said_apart_go_together() -> None:
    monday, tuesday = date(2026, 11, 30), TUESDAY
    assert set(wish("Monday or Tuesday at three").spans) == {
        on(monday, at=time(15)),
        on(tuesday, at=time(15)),
    }


def test_what_is_ruled_out_is_carved_from_the_windows() -> None:
    wanted = wish("next week", "but not on Wednesday")
    days = {local(window.start).date() for window in windows(wanted).windows}
    assert date(2026, 12, 2) not in days
    assert windows(wanted).windows


def test_nothing_left_of_a_wish_asks_for_any_other_time() -> None:
    tuesday = on(TUESDAY)
    left = windows(Wanted(spans=(tuesday,), excluded=(tuesday,))).windows
    assert left
    assert all(local(window.start).date() != TUESDAY for window in left)


def test_a_day_ruled_out_may_be_asked_for_again() -> None:
    assert wish("next week", "not Wednesday", "actually Wednesday is fine").excluded == ()


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        ("an hour later", on(TUESDAY, at=time(11))),
        ("half an hour earlier", on(TUESDAY, at=time(9, 30))),
        ("the day after", on(date(2026, 11, 25))),
        ("same time next week", on(date(2026, 12, 1), at=time(10))),
        ("make it at three", on(TUESDAY, at=time(15))),
        ("later that day", on(TUESDAY, after=time(10, 1))),
    ],
)
def test_words_that_lean_on_the_time_under_discussion(said: str, expected: Span) -> None:
    assert wish(said, anchor=datetime.fromisoformat("2026-11-24T10:00")).spans == (expected,)


def test_others_than_those_offered_leave_those_out() -> None:
    offered = [
        datetime.fromisoformat("2026-11-24T09:00"),
        datetime.fromisoformat("2026-11-24T11:00"),
    ]
    wanted = joined(
        wish("tomorrow"),
        Act("more", text="do you have any other times"),
        Frame(MONDAY.date(), offered=tuple(offered)),
    )
    assert {span.at for span in wanted.excluded} == {time(9), time(11)}
    assert wanted.spans == (on(TUESDAY),)


def test_one_exact_time_is_wanted_nearest_on_its_day() -> None:
    found = windows(wish("tomorrow at ten"))
    assert found.near is not None
    assert local(found.near) == datetime.fromisoformat("2026-11-24T10:00")
    assert [local(window.start) for window in found.windows] == [
        datetime.fromisoformat("2026-11-24T00:00")
    ]


def test_no_wish_gives_no_windows() -> None:
    assert windows(Wanted()) == Windows()


def test_an_open_end_stops_at_the_horizon() -> None:
    (window,) = windows(Wanted(spans=(Span(first=TUESDAY),))).windows
    assert local(window.end).date() == MONDAY.date() + timedelta(days=91)


def test_a_time_that_the_clocks_skip_is_no_instant() -> None:
    with pytest.raises(SkippedTime) as skipped:
        instants_of(on(date(2027, 3, 14), at=time(2, 30)), NEW_YORK)
    assert skipped.value.instead == datetime.fromisoformat("2027-03-14T03:00")


def test_a_time_that_comes_twice_is_two_instants() -> None:
    twice = on(date(2026, 11, 1), at=time(1, 30))
    first, second = instants_of(twice, NEW_YORK)
    assert second - first == timedelta(hours=1)
    assert instants_of(twice.model_copy(update={"fold": 1}), NEW_YORK) == (second,)


@pytest.mark.parametrize(
    "wanted",
    [
        Wanted(),
        Wanted(spans=(on(TUESDAY, at=time(15)),)),
        Wanted(spans=(Span(first=TUESDAY, last=date(2026, 11, 28), after=time(13)),)),
        Wanted(spans=(Span(at=time(9)), Span(first=TUESDAY), Span(before=time(12)))),
        Wanted(spans=(Span(first=TUESDAY),), excluded=(on(date(2026, 11, 27)),)),
        Wanted(spans=(on(date(2026, 11, 1), at=time(1, 30), fold=1),)),
    ],
)
def test_a_wish_survives_being_noted_down(wanted: Wanted) -> None:
    assert read_note(note(wanted)) == wanted


def test_what_a_person_says_is_no_note() -> None:
    assert read_note("tomorrow at three") is None


@pytest.mark.parametrize(
    ("said", "month", "day"),
    [
        ("no sorry the fourteenth", 1, 14),
        ("sorry, I meant the twenty first", 1, 21),
        ("could we say the 20th instead", 1, 20),
        ("make it the 19", 1, 19),
        ("sorry, December the fourteenth", 12, 14),
    ],
)
def test_a_day_of_the_month_alone_is_of_the_month_under_discussion(
    said: str, month: int, day: int
) -> None:
    january = datetime.fromisoformat("2027-01-13T10:00")
    corrected = wish(
        "January 13th at ten", said, anchor=january, offered=[january], question="confirm"
    )
    assert [(span.first, span.at) for span in corrected.spans] == [
        (date(2027 if month == 1 else 2026, month, day), time(10))
    ]


def test_a_day_of_the_month_that_is_past_is_of_the_next() -> None:
    assert wish("this Friday", "no, the fourteenth", question="date").spans == (
        on(date(2026, 12, 14)),
    )


def test_late_in_a_month_the_first_days_of_the_next_are_near() -> None:
    assert wish("January 29th", "the second").spans == (on(date(2027, 2, 2)),)


def test_a_month_wished_for_holds_the_day_that_is_named_next() -> None:
    assert wish("some time in January", "the fourteenth").spans == (on(date(2027, 1, 14)),)


@pytest.mark.parametrize(
    ("said", "start"),
    [
        ("bring it forward by a day", "2026-11-26T10:00"),
        ("bring my appointment forward an hour", "2026-11-27T09:00"),
        ("could you push it back an hour", "2026-11-27T11:00"),
        ("move it back by two days", "2026-11-29T10:00"),
    ],
)
def test_a_start_is_brought_forward_or_pushed_back_by_so_much(said: str, start: str) -> None:
    friday = datetime.fromisoformat("2026-11-27T10:00")
    moved = datetime.fromisoformat(start)
    assert wish(said, anchor=friday).spans == (on(moved.date(), at=moved.time()),)


def test_by_when_it_must_be_over_holds_until_another_end_is_told() -> None:
    over = Act("give", "when", "done by eleven", times=(_over_by(time(11)),))
    wanted = joined(wish("friday"), over, Frame(MONDAY.date()))
    assert note(wanted) == "2026-11-27 T../..<11:00"
    later = Act(
        "give", "when", "after nine", times=read_times("after nine", Context(now=MONDAY)).found
    )
    assert note(joined(wanted, later, Frame(MONDAY.date()))) == "2026-11-27 T09:00/..<11:00"


def test_an_hour_long_visit_begins_an_hour_before_it_must_be_over() -> None:
    wanted = Wanted(spans=(on(TUESDAY, after=time(9, 30), until=time(12)),))
    [window] = windows_of(
        wanted,
        zone=NEW_YORK,
        now=MONDAY.replace(tzinfo=NEW_YORK).astimezone(UTC),
        horizon_days=90,
        minutes=60,
    ).windows
    assert local(window.start).time() == time(9, 30)
    assert local(window.end).time() == time(11, 1)


def _over_by(at: time) -> When:
    return When("timerange", "by then", (0, 0), end=at, over=True)
