"""A customer's number changes, and changes back where the words for it gave way to others."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest

from scheduling.desk import Desk
from scheduling.errors import Invalid, SlotTaken
from scheduling.store import Store
from scheduling.values import Booking, BookingFilter, CustomerDetails, Order, Organisation
from tests.clinic import NEW_YORK
from tests.scheduling.willow import begin

TEN = datetime(2026, 11, 24, 10, tzinfo=NEW_YORK)
OLD, NEW = "+15185550100", "+15185550177"


async def booked(desk: Desk, clinic: Organisation, start: datetime = TEN) -> Booking:
    customer = CustomerDetails("Maria Lopez", OLD)
    order = Order(customer, service_id="checkup", start=start, provider_id="ana")
    return await desk.book(clinic.id, order, by="staff")


async def test_a_booking_is_found_under_its_new_number(desk: Desk, clinic: Organisation) -> None:
    booking = await booked(desk, clinic)
    changed = await desk.renumber(clinic.id, booking.reference, "518 555 0177")
    assert (changed.customer_phone, changed.start) == (NEW, booking.start)
    assert not (await desk.find(clinic.id, BookingFilter(phone=OLD))).bookings
    (found,) = (await desk.find(clinic.id, BookingFilter(phone=NEW))).bookings
    assert found.reference == booking.reference
    _, events = await desk.history(clinic.id, booking.reference)
    assert events[-1].what == "renumbered"


async def test_what_is_no_number_changes_nothing(desk: Desk, clinic: Organisation) -> None:
    booking = await booked(desk, clinic)
    with pytest.raises(Invalid):
        await desk.renumber(clinic.id, booking.reference, "twelve")
    (found,) = (await desk.find(clinic.id, BookingFilter(phone=OLD))).bookings
    assert found == booking


async def test_a_change_in_words_that_gave_way_to_others_is_undone(
    desk: Desk, store: Store, clinic: Organisation
) -> None:
    booking = await booked(desk, clinic)
    first = await begin(store, clinic, 1)
    await desk.renumber(clinic.id, booking.reference, NEW, attempt=first.attempt)
    await begin(store, clinic, 1)
    (found,) = (await desk.find(clinic.id, BookingFilter())).bookings
    assert (found.customer_phone, found.start, found.status) == (OLD, booking.start, "booked")
    with pytest.raises(SlotTaken):
        await booked(desk, clinic, booking.start + timedelta(minutes=15))
