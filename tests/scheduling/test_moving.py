"""A booking gets another time, or none."""

from __future__ import annotations

import asyncio
from dataclasses import replace

import pytest

from scheduling.desk import Desk
from scheduling.errors import (
    LimitReached,
    NotAllowed,
    NotFound,
    OfferOfAnother,
    Past,
    SlotTaken,
    TooSoon,
)
from scheduling.store import Store
from scheduling.values import Booking, Organisation, Target, Wish
from tests.scheduling.willow import BOB, TUESDAY, at, book_at, checkup, day, pass_time, rows

TWO = f"{TUESDAY} 14:00"
THREE = f"{TUESDAY} 15:00"


async def rule(desk: Desk, clinic: Organisation, **policy: int) -> None:
    """Apply the clinic's file again with another booking rule."""
    business = await desk.business(clinic.id)
    changed = replace(business, booking=replace(business.booking, **policy))  # type: ignore[arg-type]  # all are whole numbers
    await desk.apply([(changed, "changed")])


async def test_a_visit_can_move_onto_part_of_itself(desk: Desk, clinic: Organisation) -> None:
    booked = await book_at(desk, clinic, TWO)
    later = Target(start=at(f"{TUESDAY} 14:15"))
    moved = await desk.move(clinic.id, booked.reference, later, by="staff")
    assert (moved.start, moved.reference) == (at(f"{TUESDAY} 14:15"), booked.reference)
    assert moved.end - moved.start == booked.end - booked.start


async def test_the_old_time_is_untouched_when_the_new_one_is_taken(
    desk: Desk, clinic: Organisation
) -> None:
    booked = await book_at(desk, clinic, TWO)
    await book_at(desk, clinic, THREE, customer=BOB)
    with pytest.raises(SlotTaken) as refused:
        await desk.move(clinic.id, booked.reference, Target(start=at(THREE)), call_id="call")
    assert refused.value.offers
    assert all(offer.start != booked.start for offer in refused.value.offers)
    kept, _ = await desk.history(clinic.id, booked.reference)
    assert kept == booked


async def test_an_offer_for_moving_counts_the_bookings_own_time_as_free(
    desk: Desk, clinic: Organisation
) -> None:
    booked = await book_at(desk, clinic, TWO)
    wish = replace(checkup(f"{TUESDAY} 14:15", provider_id="ana"), moving=booked.reference)
    [offer] = (await desk.offer(clinic.id, wish, call_id="call")).offers
    assert (offer.start, offer.held_until) == (at(f"{TUESDAY} 14:15"), None)
    target = Target(offer_id=offer.offer_id)
    moved = await desk.move(clinic.id, booked.reference, target, call_id="call")
    assert moved.start == offer.start


async def test_an_offer_of_another_service_is_answered_with_offers_of_the_right_one(
    desk: Desk, clinic: Organisation
) -> None:
    booked = await book_at(desk, clinic, TWO)
    wish = Wish("cleaning", near=at(THREE))
    [cleaning] = (await desk.offer(clinic.id, wish, call_id="call")).offers
    target = Target(offer_id=cleaning.offer_id)
    with pytest.raises(OfferOfAnother) as refused:
        await desk.move(clinic.id, booked.reference, target, call_id="call")
    assert {offer.service_id for offer in refused.value.offers} == {"checkup"}
    kept, _ = await desk.history(clinic.id, booked.reference)
    assert kept == booked


async def test_the_time_a_booking_has_is_no_offer_for_moving_it(
    desk: Desk, clinic: Organisation
) -> None:
    booked = await book_at(desk, clinic, TWO)
    wish = Wish("checkup", (day(TUESDAY),), at(TWO), "ana", moving=booked.reference)
    offered = await desk.offer(clinic.id, wish, call_id="call")
    assert offered.offers
    assert booked.start not in [offer.start for offer in offered.offers]


async def test_moving_to_an_offer_uses_its_hold(desk: Desk, clinic: Organisation) -> None:
    booked = await book_at(desk, clinic, TWO)
    wish = replace(checkup("2026-11-25 10:00", provider_id="ben"), moving=booked.reference)
    [offer] = (await desk.offer(clinic.id, wish, call_id="call")).offers
    assert offer.held_until is not None
    target = Target(offer_id=offer.offer_id)
    moved = await desk.move(clinic.id, booked.reference, target, call_id="call")
    assert (moved.provider, moved.start) == ("Ben Carter", at("2026-11-25 10:00"))
    assert await desk.offers(clinic.id, "call") == ()
    assert await book_at(desk, clinic, TWO, customer=BOB)


async def test_a_move_to_where_it_is_changes_nothing(
    store: Store, desk: Desk, clinic: Organisation
) -> None:
    booked = await book_at(desk, clinic, TWO)
    same = await desk.move(clinic.id, booked.reference, Target(start=at(TWO)))
    assert same == booked
    assert len(await rows(store, "SELECT id FROM booking_event")) == 1


async def test_moving_within_the_day_does_not_count_itself(
    desk: Desk, clinic: Organisation
) -> None:
    await rule(desk, clinic, per_day=1)
    booked = await book_at(desk, clinic, TWO)
    await desk.move(clinic.id, booked.reference, Target(start=at(THREE)))
    other = await book_at(desk, clinic, "2026-11-25 10:00")
    with pytest.raises(LimitReached):
        await desk.move(clinic.id, other.reference, Target(start=at(TWO)))


async def test_a_calendar_sees_one_entry_with_a_higher_sequence(
    store: Store, desk: Desk, clinic: Organisation
) -> None:
    booked = await book_at(desk, clinic, TWO)
    entry = "SELECT ical_uid, ical_sequence FROM booking"
    [(uid, first)] = await rows(store, entry)
    await desk.move(clinic.id, booked.reference, Target(start=at(THREE)))
    await desk.cancel(clinic.id, booked.reference)
    assert await rows(store, entry) == [(uid, first + 2)]


async def test_callers_keep_the_notice_and_staff_need_not(desk: Desk, clinic: Organisation) -> None:
    await rule(desk, clinic, cancel_notice_minutes=24 * 60 + 301)
    booked = await book_at(desk, clinic, TWO)
    with pytest.raises(TooSoon):
        await desk.cancel(clinic.id, booked.reference)
    later = Target(start=at("2026-11-30 10:00"))
    with pytest.raises(TooSoon) as refused:
        await desk.move(clinic.id, booked.reference, later, call_id="call")
    assert refused.value.offers == ()
    assert (await desk.cancel(clinic.id, booked.reference, by="staff")).status == "cancelled"


async def test_what_is_over_cannot_be_moved_or_cancelled_by_callers(
    store: Store, desk: Desk, clinic: Organisation
) -> None:
    booked = await book_at(desk, clinic, TWO)
    await pass_time(store, days=2)
    with pytest.raises(Past):
        await desk.cancel(clinic.id, booked.reference)
    with pytest.raises(Past):
        await desk.move(clinic.id, booked.reference, Target(start=at("2026-11-30 10:00")))


async def test_cancelling_twice_is_one_event_and_frees_the_time(
    desk: Desk, clinic: Organisation
) -> None:
    booked = await book_at(desk, clinic, TWO)
    first = await desk.cancel(clinic.id, booked.reference, reason="ill", by="staff")
    assert await desk.cancel(clinic.id, booked.reference) == first
    _, events = await desk.history(clinic.id, booked.reference)
    assert [(event.what, event.who, event.why) for event in events] == [
        ("booked", "staff", ""),
        ("cancelled", "staff", "ill"),
    ]
    assert await book_at(desk, clinic, TWO, customer=BOB)


async def test_a_cancelled_booking_cannot_be_moved(desk: Desk, clinic: Organisation) -> None:
    booked = await book_at(desk, clinic, TWO)
    await desk.cancel(clinic.id, booked.reference)
    with pytest.raises(NotAllowed):
        await desk.move(clinic.id, booked.reference, Target(start=at(THREE)))


async def test_an_offer_for_another_service_is_no_target(desk: Desk, clinic: Organisation) -> None:
    booked = await book_at(desk, clinic, TWO)
    [offer, *_] = (await desk.offer(clinic.id, Wish("physio"), call_id="call")).offers
    target = Target(offer_id=offer.offer_id)
    with pytest.raises(NotAllowed):
        await desk.move(clinic.id, booked.reference, target, call_id="call")


async def test_of_a_cancel_racing_a_reschedule_one_wins_and_never_both(
    desk: Desk, clinic: Organisation
) -> None:
    """Both saw the booking as it was made."""
    for hour in range(9, 12):
        booked = await book_at(desk, clinic, f"2026-11-25 {hour:02}:00")
        target = Target(start=at(f"2026-11-26 {hour:02}:00"))
        moved, cancelled = await asyncio.gather(
            desk.move(clinic.id, booked.reference, target, by="staff", version=1),
            desk.cancel(clinic.id, booked.reference, by="staff", version=1),
            return_exceptions=True,
        )
        [won] = [each for each in (moved, cancelled) if isinstance(each, Booking)]
        [lost] = [each for each in (moved, cancelled) if isinstance(each, NotAllowed)]
        now, events = await desk.history(clinic.id, booked.reference)
        assert now == won
        assert [event.what for event in events] == [
            "booked",
            "moved" if won is moved else "cancelled",
        ]


async def test_a_reference_is_found_however_it_is_written(desk: Desk, clinic: Organisation) -> None:
    booked = await book_at(desk, clinic, TWO)
    spaced = " ".join(booked.reference.lower())
    assert (await desk.history(None, spaced))[0] == booked
    with pytest.raises(NotFound):
        await desk.cancel(clinic.id, "ZZZZZZ")
