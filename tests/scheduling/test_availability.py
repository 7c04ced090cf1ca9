"""Slots as a clinic would recognise them."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from scheduling.availability import Busy, bookable, check_start, open_slots
from scheduling.business import Business, LocalSpan, Provider
from scheduling.errors import Closed, OffStep, Past, TooFar, TooSoon, UnknownProvider
from scheduling.reasons import why_empty
from scheduling.values import EmptyReason, Window
from tests.clinic import NOW, clinic
from tests.scheduling.shop import (
    EVERY_DAY,
    WEEKDAYS,
    at,
    clock,
    closed,
    free,
    hours,
    shop,
    starts,
    taken,
    with_chairs,
    with_policy,
    with_service,
)

MONDAY = date(2026, 11, 23)
TUESDAY = MONDAY + timedelta(days=1)
OFFICE = shop({day: hours("09:00-17:00") for day in WEEKDAYS})
LUNCH = shop({day: hours("09:00-12:00", "13:00-17:00") for day in WEEKDAYS})
BAR = shop({0: hours("20:00-03:00")})
ALWAYS = shop({day: hours("00:00-24:00") for day in EVERY_DAY})


def check(business: Business, start: datetime, *, now: datetime = NOW) -> None:
    check_start(business, business.services[0], provider_id="ana", start=start, now=now)


def reason(business: Business, first: datetime, last: datetime, *, now: datetime) -> EmptyReason:
    return why_empty(
        business,
        business.services[0],
        provider_ids=["ana"],
        window=Window(first, last),
        now=now,
    )


# Hours and steps


def test_a_visit_may_not_run_past_closing() -> None:
    assert starts(OFFICE, MONDAY)[0] == "09:00"
    assert starts(OFFICE, MONDAY)[-1] == "16:00"
    assert starts(with_service(OFFICE, minutes=481), MONDAY) == []


def test_two_windows_with_lunch_between_them_lend_each_other_nothing() -> None:
    long_visits = with_service(LUNCH, minutes=120)
    assert starts(long_visits, MONDAY) == ["09:00", "10:00", "13:00", "14:00", "15:00"]


@pytest.mark.parametrize("spans", [("09:00-12:00", "12:00-14:00"), ("09:00-13:00", "12:30-14:00")])
def test_touching_and_overlapping_hours_are_one_window(spans: tuple[str, ...]) -> None:
    joined = shop({0: hours(*spans)}, minutes=120)
    assert starts(joined, MONDAY) == ["09:00", "10:00", "11:00", "12:00"]


def test_steps_count_from_the_opening() -> None:
    assert starts(shop({0: hours("12:30-15:00")}), MONDAY) == ["12:30", "13:30"]


def test_after_closed_hours_steps_count_from_when_it_opens_again() -> None:
    late = closed(shop({0: hours("09:00-17:00")}), MONDAY, "09:00-13:30")
    assert starts(late, MONDAY) == ["13:30", "14:30", "15:30"]


def test_an_end_at_midnight_leaves_no_minute_over() -> None:
    late = shop({0: hours("22:00-24:00")}, minutes=30, step=30)
    assert starts(late, MONDAY) == ["22:00", "22:30", "23:00", "23:30"]


def test_hours_across_midnight_offer_half_past_eleven_for_an_hour() -> None:
    by_halves = with_policy(BAR, step_minutes=30)
    assert starts(by_halves, MONDAY)[-1] == "23:30"
    assert starts(by_halves, TUESDAY) == ["00:00", "00:30", "01:00", "01:30", "02:00"]


def test_a_closed_tuesday_leaves_monday_night_alone_unless_it_names_hours() -> None:
    whole_day = closed(BAR, TUESDAY)
    by_hours = closed(BAR, TUESDAY, "00:00-24:00")
    assert starts(whole_day, MONDAY, TUESDAY) == starts(BAR, MONDAY, TUESDAY)
    assert starts(by_hours, MONDAY, TUESDAY) == ["20:00", "21:00", "22:00", "23:00"]


def test_closed_hours_across_midnight_close_the_next_morning_too() -> None:
    night = closed(ALWAYS, MONDAY, "22:00-02:00")
    assert starts(night, MONDAY)[-1] == "21:00"
    assert starts(night, TUESDAY)[:2] == ["02:00", "03:00"]


def test_a_visit_may_run_past_midnight_into_the_next_days_hours() -> None:
    assert starts(with_service(ALWAYS, minutes=120), MONDAY)[-1] == "23:00"


def test_a_shop_that_never_closes_begins_its_steps_anew_each_day() -> None:
    always = with_policy(with_service(ALWAYS, minutes=50), step_minutes=50)
    for days in range(10):
        assert starts(always, MONDAY + timedelta(days=days))[:2] == ["00:00", "00:50"]


def test_leap_days_and_the_fifty_third_week_are_days_like_others() -> None:
    assert len(starts(closed(ALWAYS, date(2028, 2, 29)), date(2028, 2, 28), date(2028, 3, 1))) == 48
    assert starts(OFFICE, date(2026, 12, 28), date(2027, 1, 3)) == 5 * starts(OFFICE, MONDAY)


# Busy time, buffers, resources


def test_touching_a_booking_is_allowed_and_one_minute_of_overlap_is_not() -> None:
    by_minutes = with_policy(OFFICE, step_minutes=1)
    busy = Busy({"ana": taken(OFFICE, MONDAY, ("11:00", "12:00"))})
    offered = starts(by_minutes, MONDAY, busy=busy)
    assert {"10:00", "12:00"} <= set(offered)
    assert not {"10:01", "11:30", "11:59"} & set(offered)


def test_the_buffers_of_both_neighbours_count_once_each() -> None:
    buffered = with_policy(
        with_service(OFFICE, minutes=30, buffer_before=5, buffer_after=10), step_minutes=5
    )
    # A visit at eleven: it occupies 10:55 to 11:40.
    offered = starts(
        buffered, MONDAY, busy=Busy({"ana": taken(OFFICE, MONDAY, ("10:55", "11:40"))})
    )
    assert "10:15" in offered
    assert "10:20" not in offered
    assert "11:40" not in offered
    assert "11:45" in offered


def test_a_booking_that_ends_before_the_window_still_blocks_through_its_buffer() -> None:
    busy = Busy({"ana": taken(OFFICE, MONDAY, ("08:00", "09:10"))})
    first = at(OFFICE, MONDAY, "09:00")
    slots = open_slots(
        with_policy(OFFICE, step_minutes=15),
        OFFICE.services[0],
        provider_ids=["ana"],
        busy=busy,
        window=Window(first, first + timedelta(hours=1)),
        now=NOW,
    )
    assert clock(list(slots), OFFICE.zone) == ["09:15", "09:30", "09:45"]


def test_buffers_may_lie_outside_the_hours() -> None:
    buffered = with_service(OFFICE, buffer_before=30, buffer_after=30)
    assert starts(buffered, MONDAY) == starts(OFFICE, MONDAY)


def test_a_provider_who_is_free_waits_for_a_free_chair() -> None:
    one_chair, two_chairs = with_chairs(OFFICE, 1), with_chairs(OFFICE, 2)
    morning = taken(OFFICE, MONDAY, ("09:00", "13:00"))
    assert starts(one_chair, MONDAY, busy=Busy(resources={"chair": [morning]}))[0] == "13:00"
    assert starts(two_chairs, MONDAY, busy=Busy(resources={"chair": [morning, []]}))[0] == "09:00"


def test_one_chair_must_be_free_for_the_whole_visit() -> None:
    halves = [taken(OFFICE, MONDAY, ("09:00", "09:30")), taken(OFFICE, MONDAY, ("09:30", "10:00"))]
    assert (
        starts(with_chairs(OFFICE, 2), MONDAY, busy=Busy(resources={"chair": halves}))[0] == "10:00"
    )


def test_two_who_are_free_at_one_time_are_two_slots() -> None:
    ben = Provider("ben", "Ben", ("visit",), {0: (LocalSpan(600, 720),)})
    both = replace(OFFICE, providers=(*OFFICE.providers, ben))
    slots = free(both, MONDAY)
    at_ten = [slot.provider_id for slot in slots if slot.start == at(both, MONDAY, "10:00")]
    assert at_ten == ["ana", "ben"]
    assert [slot.start for slot in slots] == sorted(slot.start for slot in slots)


def test_a_provider_who_does_not_perform_the_service_is_refused() -> None:
    mei = clinic().provider("mei")
    with pytest.raises(UnknownProvider) as refused:
        check_start(clinic(), clinic().service("checkup"), provider_id=mei.id, start=NOW, now=NOW)
    assert refused.value.candidates == ("Ana Ruiz", "Ben Carter")


# Near now, far ahead


def test_without_notice_the_slot_of_this_very_second_is_offered() -> None:
    nine = at(OFFICE, MONDAY, "09:00")
    assert starts(OFFICE, MONDAY, now=nine)[0] == "09:00"
    assert starts(OFFICE, MONDAY, now=nine + timedelta(microseconds=1))[0] == "10:00"
    check(OFFICE, nine, now=nine)
    with pytest.raises(Past):
        check(OFFICE, nine, now=nine + timedelta(microseconds=1))


def test_a_start_exactly_the_notice_ahead_is_allowed() -> None:
    noticed = with_policy(OFFICE, notice_minutes=60)
    ten = at(OFFICE, MONDAY, "10:00")
    assert starts(noticed, MONDAY, now=ten - timedelta(hours=1))[0] == "10:00"
    check(noticed, ten, now=ten - timedelta(hours=1))
    with pytest.raises(TooSoon):
        check(noticed, ten, now=ten - timedelta(hours=1) + timedelta(seconds=1))


def test_a_slot_listed_before_is_refused_once_it_is_inside_the_notice() -> None:
    noticed = with_policy(OFFICE, notice_minutes=120)
    listed = free(noticed, MONDAY, now=at(noticed, MONDAY, "09:00"))[0]
    with pytest.raises(TooSoon, match="120 minutes"):
        check(noticed, listed.start, now=at(noticed, MONDAY, "09:30"))


def test_the_horizon_counts_whole_local_days() -> None:
    near = with_policy(OFFICE, horizon_days=1)
    just_after_midnight, late = at(near, MONDAY, "00:01"), at(near, MONDAY, "23:59")
    wednesday = MONDAY + timedelta(days=2)
    for now in (just_after_midnight, late):
        assert starts(near, TUESDAY, wednesday, now=now) == starts(OFFICE, TUESDAY)
        check(near, at(near, TUESDAY, "16:00"), now=now)
        with pytest.raises(TooFar):
            check(near, at(near, wednesday, "09:00"), now=now)
    assert bookable(near, late).end == at(near, wednesday, "00:00")


def test_times_outside_the_hours_or_past_closing_are_refused_as_closed() -> None:
    for wrong in ("08:00", "16:30", "22:00"):
        with pytest.raises(Closed) as refused:
            check(OFFICE, at(OFFICE, TUESDAY, wrong))
        assert not isinstance(refused.value, OffStep)


def test_a_start_between_two_steps_is_refused_though_it_is_open_then() -> None:
    for wrong in (timedelta(minutes=7), timedelta(seconds=1), timedelta(microseconds=1)):
        with pytest.raises(OffStep):
            check(OFFICE, at(OFFICE, TUESDAY, "10:00") + wrong)


def test_an_empty_list_says_why() -> None:
    rules = with_policy(OFFICE, notice_minutes=60, horizon_days=7)
    now = at(rules, MONDAY, "12:30")

    def between(day: date, first: str, last: str) -> EmptyReason:
        return reason(rules, at(rules, day, first), at(rules, day, last), now=now)

    assert between(MONDAY, "09:00", "12:00") == "past"
    assert between(MONDAY, "13:00", "13:30") == "too_soon"
    assert between(MONDAY, "18:00", "20:00") == "closed"
    assert between(date(2026, 11, 28), "00:00", "23:59") == "closed"
    assert between(TUESDAY, "09:00", "12:00") == "full"
    assert between(date(2026, 12, 1), "09:00", "12:00") == "too_far"


def test_a_day_that_is_over_is_past_and_not_closed() -> None:
    evening = at(OFFICE, MONDAY, "18:00")
    midnight = at(OFFICE, MONDAY, "00:00")
    assert reason(OFFICE, midnight, midnight + timedelta(days=1), now=evening) == "past"


def test_from_one_minute_before_midnight_today_has_nothing_left() -> None:
    now = at(OFFICE, MONDAY, "23:59")
    assert starts(OFFICE, MONDAY, now=now) == []
    assert reason(OFFICE, now, at(OFFICE, TUESDAY, "00:00"), now=now) == "closed"


def test_why_is_answered_at_once_however_wide_the_window() -> None:
    never = with_policy(shop({}), horizon_days=1096)
    ages = Window(datetime(1, 1, 2, tzinfo=UTC), datetime(9999, 12, 30, tzinfo=UTC))
    assert reason(never, ages.start, ages.end, now=NOW) == "closed"
    assert reason(never, ages.end, ages.end, now=NOW) == "too_far"
    assert free(never, MONDAY, date(9999, 12, 1), now=NOW) == []
