"""An offer or a time becomes a booking; what is refused comes with what could be had."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime

import pytest

from scheduling.desk import Desk
from scheduling.errors import (
    Closed,
    HoldExpired,
    Invalid,
    KeyReused,
    LimitReached,
    NotFound,
    OffStep,
    Past,
    Refusal,
    SlotTaken,
    TooFar,
    TooSoon,
)
from scheduling.store import Store
from scheduling.transaction import REFERENCE_LETTERS
from scheduling.values import (
    Booking,
    BookingFilter,
    CustomerDetails,
    Order,
    Organisation,
    Wish,
)
from tests.scheduling.willow import BOB, JANE, TUESDAY, at, book_at, checkup, pass_time

TWO = f"{TUESDAY} 14:00"


async def test_an_offer_becomes_a_booking_under_its_reserved_reference(
    desk: Desk, clinic: Organisation
) -> None:
    [offer] = (await desk.offer(clinic.id, checkup(TWO), call_id="call")).offers
    [held] = (await desk.find(clinic.id, BookingFilter(status="held"))).bookings
    booked = await desk.book(clinic.id, Order(JANE, offer_id=offer.offer_id), call_id="call")
    assert booked.reference == held.reference
    assert (booked.status, booked.start, booked.provider) == ("booked", offer.start, "Ana Ruiz")
    assert (booked.customer_name, booked.customer_phone) == ("Jane Doe", "+12125550142")
    assert (booked.call_id, booked.organisation, booked.version) == ("call", "willow", 1)
    assert len(booked.reference) == 6
    assert set(booked.reference) <= set(REFERENCE_LETTERS)


async def test_an_offer_that_is_booked_already_gives_the_same_booking_again(
    desk: Desk, clinic: Organisation
) -> None:
    [offer] = (await desk.offer(clinic.id, checkup(TWO), call_id="call")).offers
    order = Order(JANE, offer_id=offer.offer_id)
    first = await desk.book(clinic.id, order, call_id="call")
    assert await desk.book(clinic.id, order, call_id="call") == first
    assert len((await desk.find(clinic.id, BookingFilter())).bookings) == 1


async def test_booking_one_offer_frees_the_others(desk: Desk, clinic: Organisation) -> None:
    offers = (await desk.offer(clinic.id, checkup(), call_id="call")).offers
    await desk.book(clinic.id, Order(JANE, offer_id=offers[0].offer_id), call_id="call")
    assert await desk.offers(clinic.id, "call") == ()
    other = Order(
        BOB, service_id="checkup", start=offers[1].start, provider_id=offers[1].provider_id
    )
    assert await desk.book(clinic.id, other, by="staff")


async def test_an_expired_hold_is_taken_again_while_its_slot_is_free(
    store: Store, desk: Desk, clinic: Organisation
) -> None:
    [offer] = (await desk.offer(clinic.id, checkup(TWO), call_id="call")).offers
    await pass_time(store, minutes=7)
    booked = await desk.book(clinic.id, Order(JANE, offer_id=offer.offer_id), call_id="call")
    assert booked.start == offer.start


async def test_an_expired_hold_whose_slot_went_is_refused_with_others(
    store: Store, desk: Desk, clinic: Organisation
) -> None:
    [offer] = (await desk.offer(clinic.id, checkup(TWO, provider_id="ana"), call_id="call")).offers
    await pass_time(store, minutes=7)
    await book_at(desk, clinic, TWO, customer=BOB)
    with pytest.raises(HoldExpired) as refused:
        await desk.book(clinic.id, Order(JANE, offer_id=offer.offer_id), call_id="call")
    assert refused.value.offers
    assert await desk.offers(clinic.id, "call") == refused.value.offers
    assert all(other.held_until for other in refused.value.offers)


async def test_a_taken_time_is_refused_with_the_nearest(desk: Desk, clinic: Organisation) -> None:
    await book_at(desk, clinic, TWO)
    with pytest.raises(SlotTaken) as refused:
        await book_at(desk, clinic, TWO, customer=BOB, call_id="call")
    starts = [offer.start for offer in refused.value.offers]
    assert starts
    assert all(start.date() == at(TWO).date() for start in starts)


async def test_whoever_is_free_gets_it_until_nobody_is(desk: Desk, clinic: Organisation) -> None:
    who = [
        (await book_at(desk, clinic, TWO, None, customer=customer)).provider_id
        for customer in (JANE, BOB)
    ]
    assert who == ["ana", "ben"]
    with pytest.raises(SlotTaken):
        await book_at(desk, clinic, TWO, None, customer=CustomerDetails("Third Caller"))


@pytest.mark.parametrize(
    ("start", "refusal"),
    [
        ("2026-11-23 08:00", Past),
        ("2026-11-23 09:30", TooSoon),
        ("2027-02-22 10:00", TooFar),
        ("2026-11-29 10:00", Closed),
        ("2026-11-24 12:30", Closed),
        ("2026-11-24 16:45", Closed),
        ("2026-11-24 14:05", OffStep),
    ],
)
async def test_the_rules_that_list_slots_hold_at_commit_too(
    desk: Desk, clinic: Organisation, start: str, refusal: type[Refusal]
) -> None:
    with pytest.raises(refusal) as refused:
        await book_at(desk, clinic, start, call_id="call", by="caller")
    assert refused.value.offers
    assert (await desk.find(clinic.id, BookingFilter())).bookings == ()


async def test_a_customer_has_a_few_bookings_on_one_day_and_no_more(
    desk: Desk, clinic: Organisation
) -> None:
    for hour in ("09:00", "10:00", "13:00"):
        await book_at(desk, clinic, f"{TUESDAY} {hour}")
    with pytest.raises(LimitReached) as refused:
        await book_at(desk, clinic, f"{TUESDAY} 15:00", call_id="call")
    assert refused.value.offers
    assert all(offer.start.day != 24 for offer in refused.value.offers)
    assert await book_at(desk, clinic, f"{TUESDAY} 15:00", customer=BOB)
    assert await book_at(desk, clinic, "2026-11-25 15:00")


async def test_without_a_number_the_name_counts_however_it_is_written(
    desk: Desk, clinic: Organisation
) -> None:
    for hour, name in (("09:00", "Zoë Smith"), ("10:00", "zoe  smith"), ("13:00", "ZOE SMITH")):
        await book_at(desk, clinic, f"{TUESDAY} {hour}", customer=CustomerDetails(name))
    with pytest.raises(LimitReached):
        await book_at(desk, clinic, f"{TUESDAY} 15:00", customer=CustomerDetails("Zoe Smith"))


async def test_the_same_key_gives_the_first_answer(desk: Desk, clinic: Organisation) -> None:
    first = await book_at(desk, clinic, TWO, key="once")
    await desk.cancel(clinic.id, first.reference)
    assert await book_at(desk, clinic, TWO, key="once") == first
    with pytest.raises(KeyReused):
        await book_at(desk, clinic, f"{TUESDAY} 15:00", key="once")


async def test_one_key_used_twice_at_once_makes_one_booking(
    desk: Desk, clinic: Organisation
) -> None:
    made = await asyncio.gather(*(book_at(desk, clinic, TWO, None, key="once") for _ in range(6)))
    assert len({booked.reference for booked in made}) == 1
    assert len((await desk.find(clinic.id, BookingFilter())).bookings) == 1


async def test_a_refusal_leaves_its_key_free_to_try_again(desk: Desk, clinic: Organisation) -> None:
    other = await book_at(desk, clinic, TWO, customer=BOB)
    with pytest.raises(SlotTaken):
        await book_at(desk, clinic, TWO, key="once")
    await desk.cancel(clinic.id, other.reference)
    assert await book_at(desk, clinic, TWO, key="once")


async def test_after_cancelling_the_same_offer_can_be_booked_anew(
    desk: Desk, clinic: Organisation
) -> None:
    [offer] = (await desk.offer(clinic.id, checkup(TWO), call_id="call")).offers
    order = Order(JANE, offer_id=offer.offer_id)
    first = await desk.book(clinic.id, order, call_id="call")
    await desk.cancel(clinic.id, first.reference)
    second = await desk.book(clinic.id, order, call_id="call")
    assert second.status == "booked"
    assert second.reference != first.reference


@pytest.mark.parametrize(
    "order",
    [
        Order(CustomerDetails("  "), service_id="checkup", start=at(TWO)),
        Order(CustomerDetails("Jane", "twelve"), service_id="checkup", start=at(TWO)),
        Order(JANE, service_id="checkup", start=datetime(2026, 11, 24, 14)),  # noqa: DTZ001
        Order(JANE, service_id="checkup"),
        Order(JANE),
    ],
)
async def test_an_order_that_cannot_be_meant_is_invalid(
    desk: Desk, clinic: Organisation, order: Order
) -> None:
    with pytest.raises(Invalid):
        await desk.book(clinic.id, order)


async def test_a_reference_that_was_drawn_before_is_drawn_again(
    desk: Desk, clinic: Organisation, monkeypatch: pytest.MonkeyPatch
) -> None:
    booked = await book_at(desk, clinic, TWO)
    drawn = iter([booked.reference, "NEW234"])
    # A collision cannot be waited for: one in a billion.
    monkeypatch.setattr("scheduling.offering.draw_reference", lambda: next(drawn))
    other = await book_at(desk, clinic, f"{TUESDAY} 15:00", customer=BOB)
    assert other.reference == "NEW234"


async def test_no_id_of_one_organisation_works_for_another(
    desk: Desk, clinic: Organisation, other_shop: Organisation
) -> None:
    booked = await book_at(desk, clinic, TWO)
    with pytest.raises(NotFound):
        await desk.cancel(other_shop.id, booked.reference)
    with pytest.raises(NotFound):
        await desk.history(other_shop.id, booked.reference)
    assert (await desk.find(other_shop.id, BookingFilter())).bookings == ()
    [offer] = (await desk.offer(clinic.id, checkup(), call_id="call")).offers[:1]
    with pytest.raises(NotFound):
        await desk.book(other_shop.id, Order(JANE, offer_id=offer.offer_id), call_id="call")


async def test_everything_offered_can_be_booked_and_nothing_else(
    desk: Desk, clinic: Organisation
) -> None:
    await book_at(desk, clinic, f"{TUESDAY} 10:00")

    async def try_booking(minutes: int) -> Booking | None:
        start = datetime.fromtimestamp(at(f"{TUESDAY} 08:45").timestamp() + minutes * 60, UTC)
        order = Order(BOB, service_id="checkup", start=start, provider_id="ana")
        try:
            booked = await desk.book(clinic.id, order, by="staff")
        except Refusal:
            return None
        await desk.cancel(clinic.id, booked.reference, by="staff")
        return booked

    offered = set()
    for minutes in range(0, 180, 15):
        start = datetime.fromtimestamp(at(f"{TUESDAY} 08:45").timestamp() + minutes * 60, UTC)
        exact = await desk.offer(clinic.id, Wish("checkup", near=start, provider_id="ana"))
        if exact.offers[0].start == start:
            offered.add(minutes)
        assert (await try_booking(minutes) is not None) == (minutes in offered)
    assert offered
