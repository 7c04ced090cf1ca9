"""Offers and the holds behind them."""

from __future__ import annotations

from dataclasses import replace

import pytest

from scheduling.desk import Desk
from scheduling.errors import (
    HoldExpired,
    NotFound,
    OfferReplaced,
    SlotTaken,
    UnknownProvider,
    UnknownService,
)
from scheduling.offering import offer_code
from scheduling.store import Store
from scheduling.values import BookingFilter, CustomerDetails, Order, Organisation, Target, Wish
from tests.scheduling.willow import (
    BOB,
    JANE,
    TUESDAY,
    at,
    attempt,
    book_at,
    checkup,
    day,
    pass_time,
    rows,
)


async def test_three_offers_are_held_for_the_call(desk: Desk, clinic: Organisation) -> None:
    offered = await desk.offer(clinic.id, checkup(), call_id="call")
    assert [offer.offer_id for offer in offered.offers] == ["a1", "a2", "a3"]
    assert all(offer.held_until is not None for offer in offered.offers)
    assert await desk.offers(clinic.id, "call") == offered.offers


async def test_the_time_asked_for_is_offered_alone_when_it_is_free(
    desk: Desk, clinic: Organisation
) -> None:
    offered = await desk.offer(clinic.id, checkup(f"{TUESDAY} 14:00"), call_id="call")
    assert [offer.start for offer in offered.offers] == [at(f"{TUESDAY} 14:00")]


async def test_a_held_slot_is_hidden_from_others_and_free_for_its_holder(
    desk: Desk, clinic: Organisation
) -> None:
    wish = checkup(f"{TUESDAY} 14:00", provider_id="ana")
    await desk.offer(clinic.id, wish, call_id="call")
    others = await desk.offer(clinic.id, wish, call_id="other")
    again = await desk.offer(clinic.id, wish, call_id="call")
    assert at(f"{TUESDAY} 14:00") not in [offer.start for offer in others.offers]
    assert [offer.start for offer in again.offers] == [at(f"{TUESDAY} 14:00")]


async def test_the_next_set_of_offers_replaces_the_former_at_once(
    desk: Desk, clinic: Organisation
) -> None:
    wish = checkup(f"{TUESDAY} 14:00", provider_id="ana")
    await desk.offer(clinic.id, wish, call_id="call")
    second = await desk.offer(clinic.id, checkup("2026-11-25 10:00"), call_id="call")
    others = await desk.offer(clinic.id, wish, call_id="other")
    assert await desk.offers(clinic.id, "call") == second.offers
    assert [offer.start for offer in others.offers] == [at(f"{TUESDAY} 14:00")]


async def test_an_offer_of_a_former_set_is_not_booked_but_offered_afresh(
    desk: Desk, clinic: Organisation
) -> None:
    ben_at_ten = checkup(f"{TUESDAY} 10:00", provider_id="ben")
    [former] = (await desk.offer(clinic.id, ben_at_ten, call_id="call")).offers
    await desk.offer(clinic.id, checkup("2026-11-25 10:00"), call_id="call")
    order = Order(JANE, offer_id=former.offer_id)
    with pytest.raises(HoldExpired) as refused:
        await desk.book(clinic.id, order, call_id="call")
    [again] = refused.value.offers
    assert (again.start, again.provider_id) == (former.start, "ben")
    assert again.offer_id != former.offer_id
    assert (await desk.find(clinic.id, BookingFilter())).bookings == ()
    fresh = Order(JANE, offer_id=again.offer_id)
    assert (await desk.book(clinic.id, fresh, call_id="call")).start == former.start


async def test_a_booking_does_not_move_to_an_offer_of_a_former_set(
    desk: Desk, clinic: Organisation
) -> None:
    booked = await book_at(desk, clinic, f"{TUESDAY} 14:00")
    moving = replace(checkup("2026-11-25 10:00", provider_id="ana"), moving=booked.reference)
    [former] = (await desk.offer(clinic.id, moving, call_id="call")).offers
    await desk.offer(clinic.id, checkup("2026-11-27 10:00"), call_id="call")
    target = Target(offer_id=former.offer_id)
    with pytest.raises(OfferReplaced) as refused:
        await desk.move(clinic.id, booked.reference, target, call_id="call")
    assert [offer.start for offer in refused.value.offers] == [former.start]
    kept, _ = await desk.history(clinic.id, booked.reference)
    assert kept.start == booked.start


async def test_a_set_that_came_back_when_its_replacement_was_undone_can_be_booked(
    store: Store, desk: Desk, clinic: Organisation
) -> None:
    [former] = (await desk.offer(clinic.id, checkup(f"{TUESDAY} 10:00"), call_id="call")).offers
    unheard = await attempt(store, clinic, 1)
    await desk.offer(clinic.id, checkup("2026-11-25 10:00"), attempt=unheard)
    heard = await attempt(store, clinic, 1)
    order = Order(JANE, offer_id=former.offer_id)
    assert (await desk.book(clinic.id, order, attempt=heard)).start == former.start


async def test_of_one_set_two_offers_can_be_booked_one_after_the_other(
    desk: Desk, clinic: Organisation
) -> None:
    first, second, _ = (await desk.offer(clinic.id, checkup(), call_id="call")).offers
    for offer in (first, second):
        order = Order(JANE, offer_id=offer.offer_id)
        assert (await desk.book(clinic.id, order, call_id="call")).start == offer.start


async def test_a_hold_frees_its_slot_when_it_expires(
    store: Store, desk: Desk, clinic: Organisation
) -> None:
    wish = checkup(f"{TUESDAY} 14:00", provider_id="ana")
    await desk.offer(clinic.id, wish, call_id="call")
    await pass_time(store, minutes=5)
    others = await desk.offer(clinic.id, wish, call_id="other")
    assert [offer.start for offer in others.offers] == [at(f"{TUESDAY} 14:00")]
    assert len(await rows(store, "SELECT id FROM occupancy")) == 1


async def test_an_expired_hold_is_invisible_even_if_nobody_swept(
    store: Store, desk: Desk, clinic: Organisation
) -> None:
    wish = checkup(f"{TUESDAY} 14:00", provider_id="ana")
    await desk.offer(clinic.id, wish, call_id="call")
    await pass_time(store, minutes=6)
    free = await desk.first_free(clinic.id, replace(wish, windows=(day(TUESDAY),)))
    assert free is not None
    held = await desk.find(clinic.id, BookingFilter(status="held"))
    assert held.bookings == ()
    assert len(await rows(store, "SELECT id FROM occupancy")) == 1


async def test_one_holder_has_at_most_six_slots_held(desk: Desk, clinic: Organisation) -> None:
    held = []
    for call in ("first", "second", "third"):
        offered = await desk.offer(clinic.id, checkup(), call_id=call, holder="+12125550142")
        held += [offer.held_until is not None for offer in offered.offers]
    assert held == [True] * 6 + [False] * 3


async def test_an_offer_that_was_not_held_is_checked_when_it_is_booked(
    desk: Desk, clinic: Organisation
) -> None:
    for call in ("first", "second"):
        await desk.offer(clinic.id, checkup(), call_id=call, holder="same")
    unheld = await desk.offer(clinic.id, checkup(), call_id="third", holder="same")
    code, start = unheld.offers[0].offer_id, unheld.offers[0].start
    taken = Order(BOB, service_id="checkup", start=start, provider_id=unheld.offers[0].provider_id)
    await desk.book(clinic.id, taken, by="staff")
    with pytest.raises(SlotTaken) as refused:
        await desk.book(clinic.id, Order(JANE, offer_id=code), call_id="third", holder="same")
    assert refused.value.offers


async def test_offers_of_one_answer_never_overlap_on_one_provider(
    desk: Desk, clinic: Organisation
) -> None:
    wish = Wish("checkup", windows=(day(TUESDAY),), provider_id="ana")
    offered = (await desk.offer(clinic.id, wish, call_id="call")).offers
    assert len(offered) == 3
    assert all(
        earlier.end <= later.start for earlier, later in zip(offered, offered[1:], strict=False)
    )


async def test_hanging_up_frees_what_was_held(desk: Desk, clinic: Organisation) -> None:
    wish = checkup(f"{TUESDAY} 14:00", provider_id="ana")
    await desk.offer(clinic.id, wish, call_id="call")
    assert await desk.release(clinic.id, "call") == 1
    assert await desk.release(clinic.id, "call") == 0
    others = await desk.offer(clinic.id, wish, call_id="other")
    assert [offer.start for offer in others.offers] == [at(f"{TUESDAY} 14:00")]


async def test_an_empty_answer_says_why_and_what_is_free_next(
    desk: Desk, clinic: Organisation
) -> None:
    sunday = Wish("checkup", windows=(day("2026-11-29"),))
    offered = await desk.offer(clinic.id, sunday, call_id="call")
    assert (offered.offers, offered.reason) == ((), "closed")
    assert offered.next_free is not None
    assert offered.next_free.start == at("2026-11-30 09:00")


async def test_a_full_day_is_full_and_not_closed(desk: Desk, clinic: Organisation) -> None:
    for number, start in enumerate(("09:00", "09:45", "10:30", "11:15", "12:00")):
        someone = CustomerDetails("Some One", f"+1212555017{number}")
        await book_at(desk, clinic, f"2026-11-28 {start}", "ben", customer=someone)
    offered = await desk.offer(
        clinic.id, Wish("checkup", windows=(day("2026-11-28"),)), call_id="call"
    )
    assert (offered.offers, offered.reason) == ((), "full")


async def test_a_resource_is_counted_unit_by_unit(desk: Desk, clinic: Organisation) -> None:
    nine = f"{TUESDAY} 10:00"
    for provider in ("ben", "mei"):
        await book_at(desk, clinic, nine, provider, service_id="cleaning")
    assert not (
        await desk.offer(
            clinic.id,
            Wish("cleaning", windows=(day(TUESDAY),), near=at(nine)),
            call_id="call",
        )
    ).offers[0].start == at(nine)


async def test_what_is_not_there_cannot_be_offered(desk: Desk, clinic: Organisation) -> None:
    with pytest.raises(UnknownService) as unknown:
        await desk.offer(clinic.id, Wish("surgery"), call_id="call")
    assert "Check-up" in unknown.value.candidates
    with pytest.raises(UnknownProvider):
        await desk.offer(clinic.id, Wish("physio", provider_id="ana"), call_id="call")


async def test_an_offer_belongs_to_its_call(desk: Desk, clinic: Organisation) -> None:
    [offer] = (await desk.offer(clinic.id, checkup(f"{TUESDAY} 14:00"), call_id="call")).offers
    with pytest.raises(NotFound):
        await desk.book(clinic.id, Order(BOB, offer_id=offer.offer_id), call_id="other")


def test_offer_codes_are_short_and_never_repeat() -> None:
    codes = [offer_code(number) for number in range(5000)]
    assert codes[:10] == ["a1", "a2", "a3", "a4", "a5", "a6", "a7", "a8", "a9", "b1"]
    assert len(set(codes)) == len(codes)
