"""Pairs of visits: offered where both can be had, and booked both or neither."""

from __future__ import annotations

from dataclasses import replace

import pytest

from scheduling.desk import Desk
from scheduling.errors import Refusal
from scheduling.values import BookingFilter, Order, Organisation, Paired, Wish
from tests.scheduling.willow import BOB, JANE, TUESDAY, at, book_at, day

BOTH = Wish("checkup", (day(TUESDAY),), order="nearest", paired=Paired("cleaning"))


async def test_both_visits_of_a_pair_begin_at_once_with_two_people(
    desk: Desk, clinic: Organisation
) -> None:
    offered = await desk.offer(clinic.id, BOTH, call_id="call")
    assert offered.offers
    for offer in offered.offers:
        assert offer.paired is not None
        assert offer.paired.service_id == "cleaning"
        assert offer.paired.start == offer.start
        assert offer.paired.provider_id != offer.provider_id


async def test_where_one_of_them_is_busy_another_time_is_nearest(
    desk: Desk, clinic: Organisation
) -> None:
    wish = replace(BOTH, windows=(), near=at(f"{TUESDAY} 10:00"), provider_id="ana")
    [free] = (await desk.offer(clinic.id, wish, call_id="call")).offers
    assert free.start == at(f"{TUESDAY} 10:00")
    await desk.release(clinic.id, "call")
    await book_at(desk, clinic, f"{TUESDAY} 10:00", "ana")
    offered = await desk.offer(clinic.id, wish, call_id="other")
    assert offered.why is not None
    assert at(f"{TUESDAY} 10:00") not in [offer.start for offer in offered.offers]
    assert all(offer.paired for offer in offered.offers)


async def test_one_straight_after_the_other_begins_when_the_first_is_over(
    desk: Desk, clinic: Organisation
) -> None:
    wish = replace(BOTH, paired=Paired("cleaning", after=True))
    for offer in (await desk.offer(clinic.id, wish, call_id="call")).offers:
        assert offer.paired is not None
        assert offer.paired.start >= offer.end


async def test_both_are_booked_or_neither(desk: Desk, clinic: Organisation) -> None:
    first = (await desk.offer(clinic.id, BOTH, call_id="call")).offers[0]
    assert first.paired is not None
    orders = (Order(JANE, first.offer_id), Order(BOB, first.paired.offer_id))
    booked = await desk.book_both(clinic.id, orders, call_id="call")
    assert booked.first.start == booked.second.start
    again = replace(orders[0], offer_id=None, service_id="vaccination", start=booked.first.start)
    taken = replace(
        orders[1], offer_id=None, service_id="cleaning", start=booked.second.start,
        provider_id=booked.second.provider_id,
    )  # fmt: skip
    with pytest.raises(Refusal):
        await desk.book_both(clinic.id, (again, taken), call_id="other")
    page = await desk.find(clinic.id, BookingFilter())
    assert len(page.bookings) == 2
