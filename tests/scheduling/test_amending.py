"""A customer's name or number changes, and back where the words for it gave way to others."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TypedDict

import pytest

from scheduling.desk import Desk
from scheduling.errors import Invalid, KeyReused, SlotTaken
from scheduling.store import Store
from scheduling.values import Booking, BookingFilter, CustomerDetails, Order, Organisation
from tests.clinic import NEW_YORK
from tests.scheduling.willow import begin

TEN = datetime(2026, 11, 24, 10, tzinfo=NEW_YORK)
OLD, NEW = "+15185550100", "+15185550177"


class Amended(TypedDict, total=False):
    """What is given to the desk."""

    name: str
    phone: str


async def booked(desk: Desk, clinic: Organisation, start: datetime = TEN) -> Booking:
    customer = CustomerDetails("Maria Lopez", OLD)
    order = Order(customer, service_id="checkup", start=start, provider_id="ana")
    return await desk.book(clinic.id, order, by="staff")


async def found(desk: Desk, clinic: Organisation, asked: BookingFilter) -> list[str]:
    """References of the bookings that fit."""
    return [each.reference for each in (await desk.find(clinic.id, asked)).bookings]


async def test_a_booking_is_found_under_its_new_number(desk: Desk, clinic: Organisation) -> None:
    booking = await booked(desk, clinic)
    changed = await desk.amend(clinic.id, booking.reference, phone="518 555 0177")
    assert (changed.customer_phone, changed.start) == (NEW, booking.start)
    assert changed.customer_name == "Maria Lopez"
    assert not await found(desk, clinic, BookingFilter(phone=OLD))
    assert await found(desk, clinic, BookingFilter(phone=NEW)) == [booking.reference]


async def test_a_booking_is_found_under_its_new_name(desk: Desk, clinic: Organisation) -> None:
    booking = await booked(desk, clinic)
    changed = await desk.amend(clinic.id, booking.reference, name=" Ellie  Park ")
    assert (changed.customer_name, changed.customer_phone) == ("Ellie Park", OLD)
    assert not await found(desk, clinic, BookingFilter(name="Maria"))
    assert await found(desk, clinic, BookingFilter(name="ellie park")) == [booking.reference]


async def test_name_and_number_are_put_right_as_one_change_of_one_history(
    desk: Desk, clinic: Organisation
) -> None:
    booking = await booked(desk, clinic)
    for _ in range(2):
        await desk.amend(clinic.id, booking.reference, name="Ellie Park", phone=NEW)
    _, events = await desk.history(clinic.id, booking.reference)
    assert [each.what for each in events] == ["booked", "amended"]


async def test_the_same_request_delivered_twice_is_one_and_another_under_its_key_is_none(
    desk: Desk, clinic: Organisation
) -> None:
    booking = await booked(desk, clinic)
    first = await desk.amend(clinic.id, booking.reference, name="Ellie Park", key="k")
    await desk.amend(clinic.id, booking.reference, name="Ellie Parker")
    assert await desk.amend(clinic.id, booking.reference, name="Ellie Park", key="k") == first
    with pytest.raises(KeyReused):
        await desk.amend(clinic.id, booking.reference, name="John Smith", key="k")
    assert await found(desk, clinic, BookingFilter(name="Ellie Parker"))


@pytest.mark.parametrize("wrong", [Amended(phone="twelve"), Amended(name="…")])
async def test_what_is_no_number_and_no_name_changes_nothing(
    desk: Desk, clinic: Organisation, wrong: Amended
) -> None:
    booking = await booked(desk, clinic)
    with pytest.raises(Invalid):
        await desk.amend(clinic.id, booking.reference, **wrong)
    (as_it_was,) = (await desk.find(clinic.id, BookingFilter(phone=OLD))).bookings
    assert as_it_was == booking


@pytest.mark.parametrize("right", [Amended(phone=NEW), Amended(name="Ellie Park")])
async def test_a_change_in_words_that_gave_way_to_others_is_undone(
    desk: Desk, store: Store, clinic: Organisation, right: Amended
) -> None:
    booking = await booked(desk, clinic)
    first = await begin(store, clinic, 1)
    await desk.amend(clinic.id, booking.reference, attempt=first.attempt, **right)
    await begin(store, clinic, 1)
    (undone,) = (await desk.find(clinic.id, BookingFilter(name="Maria Lopez"))).bookings
    assert (undone.customer_phone, undone.start, undone.status) == (OLD, booking.start, "booked")
    with pytest.raises(SlotTaken):
        await booked(desk, clinic, booking.start + timedelta(minutes=15))


async def test_name_and_number_changed_one_after_the_other_are_undone_together(
    desk: Desk, store: Store, clinic: Organisation
) -> None:
    booking = await booked(desk, clinic)
    first = await begin(store, clinic, 1)
    await desk.amend(clinic.id, booking.reference, name="Ellie Park", attempt=first.attempt)
    await desk.amend(clinic.id, booking.reference, phone=NEW, attempt=first.attempt)
    await begin(store, clinic, 1)
    (undone,) = (await desk.find(clinic.id, BookingFilter())).bookings
    assert (undone.customer_name, undone.customer_phone) == ("Maria Lopez", OLD)
