"""Weekly hours, dated openings, closures and public holidays."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from scheduling.business import Business, LocalSpan, Provider
from scheduling.holidays import closes_on, holiday_names
from tests.clinic import clinic
from tests.scheduling.shop import WEEKDAYS, closed, hours, opened, shop, starts, with_policy

THANKSGIVING = date(2026, 11, 26)
CHRISTMAS = date(2026, 12, 25)
SUNDAY = date(2026, 11, 29)
OFFICE = shop({day: hours("09:00-12:00") for day in WEEKDAYS})
MORNING = ["09:00", "10:00", "11:00"]


def two_people() -> Business:
    ben = Provider("ben", "Ben", ("visit",), {3: (LocalSpan(540, 720),)})
    return replace(OFFICE, providers=(*OFFICE.providers, ben))


def holidays(rule: str | tuple[str, ...], **changed: str) -> Business:
    return replace(with_policy(OFFICE, holidays=rule), **changed)  # type: ignore[arg-type]


def test_public_holidays_are_open_unless_the_business_closes_on_them() -> None:
    assert starts(OFFICE, THANKSGIVING) == MORNING
    assert starts(holidays("closed"), THANKSGIVING) == []


def test_only_the_holidays_that_are_named_close_whatever_their_case() -> None:
    named = holidays(("christmas DAY", "New Year\N{RIGHT SINGLE QUOTATION MARK}s Day"))
    assert starts(named, THANKSGIVING) == MORNING
    assert starts(named, CHRISTMAS) == []
    assert starts(named, date(2027, 1, 1)) == []


def test_a_holiday_on_a_weekend_closes_on_the_day_kept_instead() -> None:
    observed = date(2026, 7, 3)
    assert starts(holidays(("Independence Day",)), observed) == []
    assert starts(holidays("closed"), observed) == []


def test_a_regional_holiday_closes_only_in_its_region() -> None:
    munich = holidays("closed", country="DE", subdivision="BY", timezone="Europe/Berlin")
    berlin = holidays("closed", country="DE", subdivision="BE", timezone="Europe/Berlin")
    corpus_christi = date(2026, 6, 4)
    assert starts(munich, corpus_christi) == []
    assert starts(berlin, corpus_christi) == MORNING


def test_holidays_are_known_in_the_country_s_language_and_in_english() -> None:
    unity_day = date(2028, 10, 3)
    assert closes_on(unity_day, "DE", None, ("tag der deutschen einheit",))
    assert closes_on(unity_day, "DE", None, ("German Unity Day",))
    assert "German Unity Day" in holiday_names("DE", None, [2028])


def test_a_dated_opening_beats_the_weekly_hours_and_the_holiday() -> None:
    assert starts(opened(OFFICE, SUNDAY, "10:00-12:00"), SUNDAY) == ["10:00", "11:00"]
    special = opened(holidays("closed"), THANKSGIVING, "10:00-12:00")
    assert starts(special, THANKSGIVING) == ["10:00", "11:00"]


def test_a_dated_opening_without_hours_closes() -> None:
    assert starts(opened(OFFICE, THANKSGIVING), THANKSGIVING) == []


def test_ones_own_opening_beats_everybodys() -> None:
    both = opened(two_people(), THANKSGIVING, "10:00-12:00")
    own = opened(both, THANKSGIVING, "14:00-15:00", provider="ben")
    assert starts(both, THANKSGIVING) == ["10:00", "10:00", "11:00", "11:00"]
    assert starts(own, THANKSGIVING) == ["10:00", "11:00", "14:00"]


def test_several_openings_of_one_day_add_up() -> None:
    twice = opened(opened(OFFICE, SUNDAY, "10:00-11:00"), SUNDAY, "15:00-16:00")
    assert starts(twice, SUNDAY) == ["10:00", "15:00"]


def test_a_closure_closes_for_everybody_or_for_one() -> None:
    assert starts(closed(two_people(), THANKSGIVING), THANKSGIVING) == []
    assert starts(closed(two_people(), THANKSGIVING, provider="ben"), THANKSGIVING) == MORNING


def test_closed_hours_take_a_part_of_the_day() -> None:
    assert starts(closed(OFFICE, THANKSGIVING, "10:00-11:00"), THANKSGIVING) == ["09:00", "11:00"]


def test_a_closure_also_closes_dated_hours() -> None:
    special = closed(opened(OFFICE, SUNDAY, "10:00-13:00"), SUNDAY, "11:00-12:00")
    assert starts(special, SUNDAY) == ["10:00", "12:00"]


def test_the_sample_clinic_opens_on_every_weekday_and_saturday_morning() -> None:
    week = clinic().weekly_hours()
    assert set(week) == {0, 1, 2, 3, 4, 5}
    assert week[0] == (LocalSpan(9 * 60, 17 * 60),)
    assert week[5] == (LocalSpan(9 * 60, 13 * 60),)
