"""Bookings that a changed business file has no place for."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, timedelta

from scheduling.business import Business
from scheduling.stranded import stranded
from scheduling.values import Booking
from tests.clinic import NOW, clinic
from tests.scheduling.shop import at, closed, opened, with_service

TUESDAY = date(2026, 11, 24)
TEN = at(clinic(), TUESDAY, "10:00")


def booking(start: datetime = TEN, *, service: str = "checkup", provider: str = "ana") -> Booking:
    return Booking(
        reference="K7M2QX",
        status="booked",
        organisation="willow",
        service_id=service,
        service="Check-up",
        provider_id=provider,
        provider="Ana Ruiz",
        start=start,
        end=start + timedelta(minutes=30),
        timezone="America/New_York",
        customer_name="Sam Poe",
        customer_phone=None,
        call_id=None,
        created_at=NOW,
        updated_at=NOW,
        version=1,
    )


def lacks(business: Business, *bookings: Booking) -> list[str]:
    return [found.lacks for found in stranded(business, bookings)]


def test_a_booking_that_still_fits_is_not_listed() -> None:
    assert lacks(clinic(), booking()) == []


def test_a_booking_whose_service_or_provider_is_gone_is_listed() -> None:
    without_service = replace(clinic(), services=clinic().services[1:])
    without_ana = replace(clinic(), providers=clinic().providers[1:])
    assert lacks(without_service, booking()) == ["service"]
    assert lacks(without_ana, booking()) == ["provider"]
    assert lacks(clinic(), booking(provider="mei")) == ["provider"]


def test_a_booking_on_a_new_closure_or_outside_new_hours_is_listed() -> None:
    assert lacks(closed(clinic(), TUESDAY), booking()) == ["hours"]
    assert lacks(closed(clinic(), TUESDAY, "10:15-11:00", provider="ana"), booking()) == ["hours"]
    assert lacks(opened(clinic(), TUESDAY, "11:00-15:00"), booking()) == ["hours"]


def test_longer_visits_and_other_steps_leave_what_is_booked_alone() -> None:
    checkups = replace(clinic(), services=clinic().services[:1])
    at_noon_end = booking(at(clinic(), TUESDAY, "11:30"))
    assert lacks(with_service(checkups, minutes=60), at_noon_end) == []


def test_those_that_are_stranded_keep_their_order() -> None:
    later, sooner = booking(at(clinic(), TUESDAY, "15:00")), booking()
    found = stranded(closed(clinic(), TUESDAY), [later, sooner])
    assert [each.booking for each in found] == [later, sooner]
