"""What callers are offered when clocks change, and wherever the shop or the server is."""

from __future__ import annotations

from datetime import date, timedelta
from zoneinfo import ZoneInfo

import pytest

from scheduling.availability import check_start
from scheduling.errors import OffStep, Refusal
from tests.scheduling.calendars import CHANGES
from tests.scheduling.shop import EVERY_DAY, LONG_AGO, at, free, hours, shop, starts

SPRING, AUTUMN = date(2026, 3, 8), date(2026, 11, 1)
NIGHTS = shop({6: hours("01:00-04:00")}, minutes=30, step=30)
NINE_TO_FIVE = [f"{hour:02}:00" for hour in range(9, 17)]


@pytest.mark.parametrize("zone", [zone for zone in CHANGES if zone != "Pacific/Apia"])
@pytest.mark.parametrize("day", [SPRING, AUTUMN, *CHANGES["Australia/Lord_Howe"], date(2026, 1, 1)])
def test_nine_to_five_is_nine_to_five_on_the_days_clocks_change(zone: str, day: date) -> None:
    office = shop({weekday: hours("09:00-17:00") for weekday in EVERY_DAY}, zone=zone)
    assert starts(office, day) == NINE_TO_FIVE


def test_the_spring_night_has_two_real_hours_and_the_autumn_night_four() -> None:
    assert starts(NIGHTS, SPRING) == ["01:00", "01:30", "03:00", "03:30"]
    assert starts(NIGHTS, AUTUMN) == [
        "01:00", "01:30", "01:00", "01:30", "02:00", "02:30", "03:00", "03:30",
    ]  # fmt: skip


def test_nothing_is_offered_inside_the_gap() -> None:
    slots = free(shop({6: hours("02:00-03:00")}, minutes=5, step=5), SPRING)
    assert slots == []


def test_a_start_in_the_gap_is_not_silently_booked_an_hour_later() -> None:
    gap_only = shop({6: hours("02:00-04:00")}, minutes=30, step=30)
    assert starts(gap_only, SPRING) == ["03:00", "03:30"]


def test_both_half_past_ones_of_the_autumn_night_are_instants_of_their_own() -> None:
    slots = [slot for slot in free(NIGHTS, AUTUMN) if slot.start.astimezone(NIGHTS.zone).hour == 1]
    first, second = at(NIGHTS, AUTUMN, "01:30"), at(NIGHTS, AUTUMN, "01:30", fold=1)
    assert second - first == timedelta(hours=1)
    assert {first, second} <= {slot.start for slot in slots}


def test_a_visit_across_the_change_keeps_its_real_length() -> None:
    slots = free(shop({6: hours("01:00-04:00")}, minutes=120, step=30), SPRING)
    assert [slot.end - slot.start for slot in slots] == [timedelta(hours=2)]
    assert slots[0].end.astimezone(ZoneInfo("America/New_York")).hour == 4


def test_lord_howes_half_hour_change_adds_and_takes_half_an_hour() -> None:
    nights = shop({6: hours("01:00-04:00")}, minutes=30, step=30, zone="Australia/Lord_Howe")
    autumn, spring = CHANGES["Australia/Lord_Howe"]
    assert len(starts(nights, autumn)) == 7
    assert len(starts(nights, spring)) == 5


def test_apias_missing_day_and_the_turn_of_the_year_give_no_phantom_slot() -> None:
    office = shop({day: hours("09:00-17:00") for day in EVERY_DAY}, zone="Pacific/Apia")
    assert len(starts(office, date(2011, 12, 29), date(2011, 12, 31))) == 16
    days = {slot.start.astimezone(office.zone).date() for slot in free(
        office, date(2011, 12, 28), date(2012, 1, 2)
    )}  # fmt: skip
    assert date(2011, 12, 30) not in days
    assert len(starts(office, date(2026, 12, 31), date(2027, 1, 1))) == 16


@pytest.mark.usefixtures("server_zone")
def test_the_servers_own_zone_changes_nothing() -> None:
    office = shop({day: hours("09:00-17:00") for day in EVERY_DAY})
    slots = free(office, AUTUMN, AUTUMN + timedelta(days=1))
    assert [int(slot.start.timestamp()) for slot in slots] == [
        *range(1793541600, 1793541600 + 8 * 3600, 3600),
        *range(1793628000, 1793628000 + 8 * 3600, 3600),
    ]


@pytest.mark.parametrize(("day", "clock"), [(SPRING, "01:10"), (AUTUMN, "01:10")])
def test_commit_knows_the_steps_of_a_changed_night(day: date, clock: str) -> None:
    for slot in free(NIGHTS, day):
        check_start(NIGHTS, NIGHTS.services[0], provider_id="ana", start=slot.start, now=LONG_AGO)
    with pytest.raises(Refusal) as refused:
        check_start(
            NIGHTS,
            NIGHTS.services[0],
            provider_id="ana",
            start=at(NIGHTS, day, clock),
            now=LONG_AGO,
        )
    assert isinstance(refused.value, OffStep)
