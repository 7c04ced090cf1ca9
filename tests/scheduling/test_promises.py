"""A held offer is a promise: its notice is that of when it was offered."""

from __future__ import annotations

from dataclasses import replace

import pytest

from scheduling.desk import Desk
from scheduling.errors import Past, SlotTaken, TooSoon
from scheduling.store import Store
from scheduling.values import Offer, Order, Organisation, Target, Wish
from tests.scheduling.willow import BOB, JANE, at, book_at, checkup, day, pass_time

TEN = "2026-11-23 10:00"
"""The clinic's notice, an hour, after nine."""


async def hold(desk: Desk, clinic: Organisation, **more: str) -> Offer:
    """Ten o'clock with Ana, held for the call just before its notice ends."""
    wish = replace(checkup(TEN, provider_id="ana"), **more)  # type: ignore[arg-type]  # all are texts
    [offer] = (await desk.offer(clinic.id, wish, call_id="call")).offers
    assert (offer.start, offer.held_until is None) == (at(TEN), False)
    return offer


@pytest.fixture
async def clinic(store: Store, desk: Desk) -> Organisation:
    """The clinic at a minute to nine."""
    await store.start_clock("2026-11-23T08:59:00-05:00")
    found = await desk.find_organisation(slug="willow")
    assert found is not None
    return found


async def test_a_hold_is_booked_though_it_slipped_inside_the_notice_meanwhile(
    store: Store, desk: Desk, clinic: Organisation
) -> None:
    offer = await hold(desk, clinic)
    await pass_time(store, minutes=3)
    booked = await desk.book(clinic.id, Order(JANE, offer_id=offer.offer_id), call_id="call")
    assert booked.start == at(TEN)


async def test_the_promise_is_kept_when_the_offer_is_named_by_its_time(
    store: Store, desk: Desk, clinic: Organisation
) -> None:
    await hold(desk, clinic)
    await pass_time(store, minutes=3)
    order = Order(JANE, service_id="checkup", start=at(TEN))
    booked = await desk.book(clinic.id, order, call_id="call")
    assert (booked.start, booked.provider_id) == (at(TEN), "ana")


async def test_a_booking_moves_to_what_is_held_though_it_slipped_inside_the_notice(
    store: Store, desk: Desk, clinic: Organisation
) -> None:
    booked = await book_at(desk, clinic, "2026-11-24 14:00")
    offer = await hold(desk, clinic, moving=booked.reference)
    await pass_time(store, minutes=3)
    target = Target(offer_id=offer.offer_id)
    moved = await desk.move(clinic.id, booked.reference, target, call_id="call")
    assert moved.start == at(TEN)


async def test_the_notice_for_changing_counts_from_when_the_new_time_was_held_too(
    store: Store, desk: Desk, clinic: Organisation
) -> None:
    business = await desk.business(clinic.id)
    policy = replace(business.booking, cancel_notice_minutes=60)
    await desk.apply([(replace(business, booking=policy), "an hour")])
    booked = await book_at(desk, clinic, TEN, "ben")
    wish = replace(checkup("2026-11-24 14:00", provider_id="ana"), moving=booked.reference)
    [offer] = (await desk.offer(clinic.id, wish, call_id="call")).offers
    await pass_time(store, minutes=3)
    elsewhere = Target(start=at("2026-11-24 15:00"))
    with pytest.raises(TooSoon):
        await desk.move(clinic.id, booked.reference, elsewhere, call_id="other")
    with pytest.raises(TooSoon):
        await desk.cancel(clinic.id, booked.reference, call_id="call")
    target = Target(offer_id=offer.offer_id)
    moved = await desk.move(clinic.id, booked.reference, target, call_id="call")
    assert moved.start == at("2026-11-24 14:00")


async def test_a_hold_that_lapsed_promises_nothing(
    store: Store, desk: Desk, clinic: Organisation
) -> None:
    offer = await hold(desk, clinic)
    await pass_time(store, minutes=5)
    with pytest.raises(TooSoon, match="60 minutes") as refused:
        await desk.book(clinic.id, Order(JANE, offer_id=offer.offer_id), call_id="call")
    assert refused.value.offers


async def test_a_slot_listed_before_but_inside_the_notice_at_commit_is_refused_with_the_reason(
    store: Store, desk: Desk, clinic: Organisation
) -> None:
    for call in ("first", "second"):
        tuesday = Wish("checkup", windows=(day("2026-11-24"),))
        await desk.offer(clinic.id, tuesday, call_id=call, holder="same")
    wish = checkup(TEN, provider_id="ana")
    [unheld] = (await desk.offer(clinic.id, wish, call_id="call", holder="same")).offers
    assert (unheld.start, unheld.held_until) == (at(TEN), None)
    await pass_time(store, minutes=3)
    order = Order(JANE, offer_id=unheld.offer_id)
    with pytest.raises(TooSoon, match="60 minutes") as refused:
        await desk.book(clinic.id, order, call_id="call", holder="same")
    assert refused.value.offers


async def test_a_promise_is_the_callers_alone(
    store: Store, desk: Desk, clinic: Organisation
) -> None:
    await hold(desk, clinic)
    await pass_time(store, minutes=3)
    order = Order(BOB, service_id="checkup", start=at(TEN), provider_id="ana")
    with pytest.raises(TooSoon):
        await desk.book(clinic.id, order, call_id="other")
    with pytest.raises(SlotTaken):
        await desk.book(clinic.id, order, by="staff")


async def test_no_promise_holds_once_the_time_itself_has_come(
    store: Store, desk: Desk, clinic: Organisation
) -> None:
    business = await desk.business(clinic.id)
    policy = replace(business.booking, notice_minutes=0)
    await desk.apply([(replace(business, booking=policy), "at once")])
    [offer] = (await desk.offer(clinic.id, checkup("2026-11-23 09:00"), call_id="call")).offers
    await pass_time(store, minutes=3)
    order = Order(JANE, offer_id=offer.offer_id)
    with pytest.raises(Past):
        await desk.book(clinic.id, order, call_id="call")
