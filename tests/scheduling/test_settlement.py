"""What an attempt did can be undone until it settles, whatever others try meanwhile."""

from __future__ import annotations

import pytest

from scheduling import settlement
from scheduling.desk import Desk
from scheduling.errors import NotFound, SlotTaken, Superseded
from scheduling.store import Store
from scheduling.values import Attempt, BookingFilter, Offer, Order, Organisation, Target
from tests.scheduling.willow import (
    BOB,
    JANE,
    TUESDAY,
    at,
    attempt,
    begin,
    book_at,
    checkup,
    delivered,
    hang_up,
    pass_time,
    rows,
)

TWO = f"{TUESDAY} 14:00"
THREE = f"{TUESDAY} 15:00"


async def offered(desk: Desk, clinic: Organisation, local: str, by: Attempt) -> Offer:
    wish = checkup(local, provider_id="ana")
    [offer] = (await desk.offer(clinic.id, wish, attempt=by)).offers
    return offer


async def test_booked_undone_and_booked_again_is_one_booking(
    store: Store, desk: Desk, clinic: Organisation
) -> None:
    asking = await attempt(store, clinic, 1)
    offer = await offered(desk, clinic, TWO, asking)
    await delivered(store, asking)
    first = await attempt(store, clinic, 2)
    order = Order(JANE, offer_id=offer.offer_id)
    booked = await desk.book(clinic.id, order, attempt=first)
    second = await begin(store, clinic, 3, unheard=2)
    assert second.undone == (first.id,)
    assert (await desk.find(clinic.id, BookingFilter())).bookings == ()
    again = await desk.book(clinic.id, order, attempt=second.attempt)
    assert again.reference == booked.reference
    assert (await desk.find(clinic.id, BookingFilter())).bookings == (again,)


async def test_who_turns_back_keeps_what_was_booked_and_is_offered_what_was_offered_then(
    store: Store, desk: Desk, clinic: Organisation
) -> None:
    first = await attempt(store, clinic, 1)
    then = await offered(desk, clinic, TWO, first)
    await delivered(store, first)
    second = await attempt(store, clinic, 2)
    since = await offered(desk, clinic, THREE, second)
    await delivered(store, second)
    third = await attempt(store, clinic, 3)
    booked = await book_at(desk, clinic, f"{TUESDAY} 10:00", by="caller", attempt=third)
    later = await offered(desk, clinic, f"{TUESDAY} 16:00", third)
    await delivered(store, third)
    back = await begin(store, clinic, 2)
    assert back.undone == ()
    codes = [then.offer_id]
    await store.write(lambda s: settlement.keep_offers(s, clinic.id, "call", codes=codes))
    assert [each.offer_id for each in await desk.offers(clinic.id, "call")] == codes
    assert (await desk.find(clinic.id, BookingFilter(status="held"))).bookings == ()
    assert {since.offer_id, later.offer_id}.isdisjoint(codes)
    taken = await begin(store, clinic, 3)
    again = await desk.book(clinic.id, Order(JANE, offer_id=codes[0]), attempt=taken.attempt)
    assert taken.undone == ()
    found = (await desk.find(clinic.id, BookingFilter())).bookings
    assert {each.reference for each in found} == {booked.reference, again.reference}


async def test_an_undone_booking_is_the_calls_hold_again(
    store: Store, desk: Desk, clinic: Organisation
) -> None:
    asking = await attempt(store, clinic, 1)
    offer = await offered(desk, clinic, TWO, asking)
    booking = await attempt(store, clinic, 2)
    booked = await desk.book(clinic.id, Order(JANE, offer_id=offer.offer_id), attempt=booking)
    await begin(store, clinic, 2)
    assert [each.offer_id for each in await desk.offers(clinic.id, "call")] == [offer.offer_id]
    with pytest.raises(SlotTaken):
        await book_at(desk, clinic, TWO, customer=BOB)
    with pytest.raises(NotFound):
        await desk.history(clinic.id, booked.reference)


async def test_a_booking_asked_for_by_time_is_undone_to_a_hold_too(
    store: Store, desk: Desk, clinic: Organisation
) -> None:
    first = await attempt(store, clinic, 1)
    booked = await book_at(desk, clinic, TWO, attempt=first)
    second = await attempt(store, clinic, 2, unheard=1)
    with pytest.raises(SlotTaken):
        await book_at(desk, clinic, TWO, customer=BOB)
    again = await book_at(desk, clinic, TWO, attempt=second)
    assert again.reference == booked.reference


async def test_the_other_offers_come_back_when_a_booking_is_undone(
    store: Store, desk: Desk, clinic: Organisation
) -> None:
    asking = await attempt(store, clinic, 1)
    offers = (await desk.offer(clinic.id, checkup(), attempt=asking)).offers
    booking = await attempt(store, clinic, 2)
    await desk.book(clinic.id, Order(JANE, offer_id=offers[1].offer_id), attempt=booking)
    assert await desk.offers(clinic.id, "call") == ()
    await begin(store, clinic, 2)
    again = await desk.offers(clinic.id, "call")
    assert [each.offer_id for each in again] == [each.offer_id for each in offers]
    assert all(each.held_until is not None for each in again)


async def test_undone_offers_make_way_for_the_former_ones(
    store: Store, desk: Desk, clinic: Organisation
) -> None:
    first = await attempt(store, clinic, 1)
    former = await offered(desk, clinic, TWO, first)
    second = await attempt(store, clinic, 2)
    await offered(desk, clinic, THREE, second)
    await begin(store, clinic, 3, unheard=2)
    assert await desk.offers(clinic.id, "call") == (former,)
    with pytest.raises(SlotTaken):
        await book_at(desk, clinic, TWO, customer=BOB)
    assert await book_at(desk, clinic, THREE, customer=BOB)


async def test_a_former_offer_that_was_taken_meanwhile_comes_back_unheld(
    store: Store, desk: Desk, clinic: Organisation
) -> None:
    first = await attempt(store, clinic, 1)
    former = await offered(desk, clinic, TWO, first)
    second = await attempt(store, clinic, 2)
    await offered(desk, clinic, THREE, second)
    await book_at(desk, clinic, TWO, customer=BOB)
    await begin(store, clinic, 2)
    [back] = await desk.offers(clinic.id, "call")
    assert (back.offer_id, back.held_until) == (former.offer_id, None)


async def test_a_moved_booking_returns_to_a_time_that_others_could_not_take(
    store: Store, desk: Desk, clinic: Organisation
) -> None:
    booked = await book_at(desk, clinic, TWO)
    moving = await attempt(store, clinic, 1)
    await desk.move(clinic.id, booked.reference, Target(start=at(THREE)), attempt=moving)
    with pytest.raises(SlotTaken):
        await book_at(desk, clinic, TWO, customer=BOB)
    await begin(store, clinic, 1)
    [back] = (await desk.find(clinic.id, BookingFilter())).bookings
    assert (back.start, back.end, back.status) == (booked.start, booked.end, "booked")
    assert await book_at(desk, clinic, THREE, customer=BOB)


async def test_a_visit_moved_onto_part_of_itself_comes_back_whole(
    store: Store, desk: Desk, clinic: Organisation
) -> None:
    booked = await book_at(desk, clinic, TWO)
    moving = await attempt(store, clinic, 1)
    for local in (f"{TUESDAY} 14:15", TWO, f"{TUESDAY} 14:30"):
        await desk.move(clinic.id, booked.reference, Target(start=at(local)), attempt=moving)
    await begin(store, clinic, 1)
    [back] = (await desk.find(clinic.id, BookingFilter())).bookings
    assert back.start == booked.start
    assert await rows(store, "SELECT DISTINCT kind FROM occupancy") == [("booking",)]


async def test_a_cancelled_booking_is_reinstated(
    store: Store, desk: Desk, clinic: Organisation
) -> None:
    booked = await book_at(desk, clinic, TWO)
    cancelling = await attempt(store, clinic, 1)
    await desk.cancel(clinic.id, booked.reference, attempt=cancelling)
    with pytest.raises(SlotTaken):
        await book_at(desk, clinic, TWO, customer=BOB)
    await begin(store, clinic, 1)
    back, events = await desk.history(clinic.id, booked.reference)
    assert (back.status, back.start) == ("booked", booked.start)
    assert [event.what for event in events] == ["booked", "cancelled", "cancelled undone"]


async def test_several_effects_are_undone_newest_first(
    store: Store, desk: Desk, clinic: Organisation
) -> None:
    old = await book_at(desk, clinic, TWO)
    busy = await attempt(store, clinic, 1)
    new = await book_at(desk, clinic, THREE, attempt=busy)
    await desk.move(clinic.id, new.reference, Target(start=at(f"{TUESDAY} 16:00")), attempt=busy)
    await desk.cancel(clinic.id, new.reference, attempt=busy)
    await desk.cancel(clinic.id, old.reference, attempt=busy)
    await begin(store, clinic, 1)
    assert [each.reference for each in (await desk.find(clinic.id, BookingFilter())).bookings] == [
        old.reference
    ]


async def test_a_staff_move_frees_the_old_time_at_once(desk: Desk, clinic: Organisation) -> None:
    booked = await book_at(desk, clinic, TWO)
    await desk.move(clinic.id, booked.reference, Target(start=at(THREE)), by="staff")
    assert await book_at(desk, clinic, TWO, customer=BOB)


async def test_what_staff_did_since_is_not_undone(
    store: Store, desk: Desk, clinic: Organisation
) -> None:
    booked = await book_at(desk, clinic, TWO)
    moving = await attempt(store, clinic, 1)
    await desk.move(clinic.id, booked.reference, Target(start=at(THREE)), attempt=moving)
    four = at(f"{TUESDAY} 16:00")
    await desk.move(clinic.id, booked.reference, Target(start=four), by="staff")
    await begin(store, clinic, 1)
    [found] = (await desk.find(clinic.id, BookingFilter())).bookings
    assert found.start == four
    assert await book_at(desk, clinic, TWO, customer=BOB)


async def test_a_reply_that_was_delivered_stands_after_ten_seconds(
    store: Store, desk: Desk, clinic: Organisation
) -> None:
    booked = await book_at(desk, clinic, TWO)
    moving = await attempt(store, clinic, 1)
    await desk.move(clinic.id, booked.reference, Target(start=at(THREE)), attempt=moving)
    await delivered(store, moving)
    await pass_time(store, seconds=9)
    with pytest.raises(SlotTaken):
        await book_at(desk, clinic, TWO, customer=BOB)
    await pass_time(store, seconds=2)
    assert (await begin(store, clinic, 1)).undone == ()
    assert await book_at(desk, clinic, TWO, customer=BOB)
    [found, _] = sorted(
        (await desk.find(clinic.id, BookingFilter())).bookings,
        key=lambda each: each.reference != booked.reference,
    )
    assert found.start == at(THREE)


async def test_the_next_turn_shows_that_a_reply_was_heard(
    store: Store, desk: Desk, clinic: Organisation
) -> None:
    booked = await book_at(desk, clinic, TWO)
    moving = await attempt(store, clinic, 1)
    await desk.move(clinic.id, booked.reference, Target(start=at(THREE)), attempt=moving)
    assert (await begin(store, clinic, 2)).undone == ()
    assert await book_at(desk, clinic, TWO, customer=BOB)


async def test_hanging_up_settles_and_frees_in_one_transaction(
    store: Store, desk: Desk, clinic: Organisation
) -> None:
    booked = await book_at(desk, clinic, TWO)
    moving = await attempt(store, clinic, 1)
    await desk.move(clinic.id, booked.reference, Target(start=at(THREE)), attempt=moving)
    await offered(desk, clinic, f"{TUESDAY} 16:00", moving)
    await hang_up(store, clinic)
    assert await rows(store, "SELECT kind FROM occupancy") == [("booking",)]
    assert (await desk.find(clinic.id, BookingFilter(status="held"))).bookings == ()
    with pytest.raises(Superseded):
        await desk.cancel(clinic.id, booked.reference, attempt=moving)
