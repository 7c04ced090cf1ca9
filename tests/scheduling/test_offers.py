"""The few slots that a caller hears."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from scheduling.availability import Busy, occupied
from scheduling.business import Business, Provider
from scheduling.interval import overlap
from scheduling.offers import choose_offers
from scheduling.values import Slot, Wish
from tests.scheduling.shop import (
    WEEKDAYS,
    at,
    clock,
    free,
    hours,
    shop,
    taken,
    with_chairs,
    with_policy,
    with_service,
)

MONDAY = date(2026, 11, 23)
TUESDAY = MONDAY + timedelta(days=1)
FRIDAY = MONDAY + timedelta(days=4)
OFFICE = shop({day: hours("09:00-17:00") for day in WEEKDAYS}, minutes=30, step=15)


def with_ben(business: Business) -> Business:
    ben = Provider("ben", "Ben", ("visit",), business.providers[0].hours)
    return replace(business, providers=(*business.providers, ben))


def chosen(
    business: Business,
    first: date,
    last: date | None = None,
    *,
    near: datetime | None = None,
    busy: Busy | None = None,
) -> list[Slot]:
    slots = free(business, first, last, busy=busy)
    return choose_offers(slots, Wish("visit", near=near), business=business)


def heard(business: Business, slots: list[Slot]) -> list[str]:
    return clock(slots, business.zone)


def test_the_exact_time_is_offered_alone_when_it_is_free() -> None:
    (only,) = chosen(with_ben(OFFICE), MONDAY, near=at(OFFICE, MONDAY, "14:30"))
    assert only.start == at(OFFICE, MONDAY, "14:30")


def test_a_taken_time_is_answered_with_the_nearest_on_both_sides() -> None:
    busy = Busy({"ana": taken(OFFICE, MONDAY, ("14:00", "15:00"))})
    near = chosen(OFFICE, MONDAY, near=at(OFFICE, MONDAY, "14:30"), busy=busy)
    assert heard(OFFICE, near) == ["13:30", "15:00", "15:30"]


def test_a_time_between_steps_is_answered_with_its_neighbours() -> None:
    near = chosen(OFFICE, MONDAY, near=at(OFFICE, MONDAY, "14:07"))
    assert heard(OFFICE, near) == ["13:30", "14:00", "14:30"]


def test_a_time_after_closing_is_answered_from_the_same_day_first() -> None:
    near = chosen(OFFICE, MONDAY, FRIDAY, near=at(OFFICE, TUESDAY, "19:00"))
    assert heard(OFFICE, near) == ["15:30", "16:00", "16:30"]
    assert {slot.start.astimezone(OFFICE.zone).date() for slot in near} == {TUESDAY}


def test_a_time_on_a_full_day_is_answered_from_the_days_on_both_sides() -> None:
    busy = Busy({"ana": taken(OFFICE, TUESDAY, ("08:00", "18:00"))})
    near = chosen(OFFICE, MONDAY, FRIDAY, near=at(OFFICE, TUESDAY, "13:00"), busy=busy)
    days = [slot.start.astimezone(OFFICE.zone).date() for slot in near]
    assert days[0] == MONDAY
    assert days[-1] == TUESDAY + timedelta(days=1)


def test_without_a_time_the_soonest_comes_first_and_then_other_parts_of_the_day() -> None:
    assert heard(OFFICE, chosen(OFFICE, MONDAY, FRIDAY)) == ["09:00", "12:00", "09:00"]


def test_one_morning_is_offered_in_spread_out_times() -> None:
    morning = shop({0: hours("09:00-12:00")}, minutes=30, step=15)
    times = heard(morning, chosen(morning, MONDAY))
    assert times[0] == "09:00"
    assert len(times) == 3
    assert times == sorted(set(times))


def test_the_same_time_with_somebody_else_is_offered_when_there_is_nothing_better() -> None:
    short = with_ben(shop({0: hours("09:00-09:30")}, minutes=30))
    both = chosen(short, MONDAY)
    assert [slot.provider_id for slot in both] == ["ana", "ben"]


def test_what_needs_the_last_chair_is_not_offered_twice_at_one_time() -> None:
    short = with_chairs(with_ben(shop({0: hours("09:00-09:30")}, minutes=30)), 1)
    assert len(chosen(short, MONDAY)) == 1


def test_nothing_free_gives_no_offers() -> None:
    assert chosen(OFFICE, date(2026, 11, 28)) == []


@settings(max_examples=80, deadline=None)
@given(
    minutes=st.sampled_from([15, 30, 60, 200]),
    buffers=st.tuples(st.sampled_from([0, 10]), st.sampled_from([0, 5, 20])),
    wished=st.one_of(st.none(), st.integers(0, 5 * 24 * 60)),
    full=st.lists(st.tuples(st.integers(8, 12), st.integers(13, 18)), max_size=2),
    chairs=st.booleans(),
)
def test_offers_are_free_slots_that_can_all_be_held_at_once(
    minutes: int,
    buffers: tuple[int, int],
    wished: int | None,
    full: list[tuple[int, int]],
    chairs: bool,
) -> None:
    business = with_ben(
        with_service(OFFICE, minutes=minutes, buffer_before=buffers[0], buffer_after=buffers[1])
    )
    business = with_chairs(business, 1) if chairs else with_policy(business, step_minutes=20)
    busy = Busy({"ana": taken(OFFICE, MONDAY, *((f"{a:02}:00", f"{b:02}:00") for a, b in full))})
    near = None if wished is None else at(OFFICE, MONDAY, "00:00") + timedelta(minutes=wished)
    slots = free(business, MONDAY, FRIDAY, busy=busy)
    offers = choose_offers(slots, Wish("visit", near=near), business=business)
    assert set(offers) <= set(slots)
    assert [slot.start for slot in offers] == sorted(slot.start for slot in offers)
    assert (len(offers) == 1) if near in {slot.start for slot in slots} else (len(offers) == 3)
    service = business.services[0]
    for index, this in enumerate(offers):
        for that in offers[index + 1 :]:
            if chairs or this.provider_id == that.provider_id:
                spans = [occupied(service, int(slot.start.timestamp())) for slot in (this, that)]
                assert not overlap(*spans)


def test_the_nearest_is_the_nearest_and_of_the_same_part_of_the_day() -> None:
    busy = Busy({"ana": taken(OFFICE, MONDAY, ("12:00", "13:30"), ("14:00", "15:00"))})
    near = chosen(OFFICE, MONDAY, near=at(OFFICE, MONDAY, "13:00"), busy=busy)
    assert heard(OFFICE, near) == ["13:30", "15:00", "15:30"]
    off = taken(OFFICE, MONDAY, ("10:00", "10:30"), ("11:00", "12:00"))
    near = chosen(OFFICE, MONDAY, near=at(OFFICE, MONDAY, "10:15"), busy=Busy({"ana": off}))
    assert "10:30" in heard(OFFICE, near)


def test_just_past_noon_is_nearer_to_a_time_before_noon_than_the_early_morning() -> None:
    busy = Busy({"ana": taken(OFFICE, MONDAY, ("09:30", "12:00"))})
    near = chosen(OFFICE, MONDAY, near=at(OFFICE, MONDAY, "11:45"), busy=busy)
    assert "12:00" in heard(OFFICE, near)
