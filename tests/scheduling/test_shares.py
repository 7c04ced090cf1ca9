"""Shares: holds and bookings are rationed by what nobody can mint."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from scheduling import settlement
from scheduling.blocks import Block
from scheduling.desk import Desk
from scheduling.errors import BeingHeld, HeldByAnother, InTheWay, ShareSpent
from scheduling.holders import call_holder, known_holder, page_holder, program_holder
from scheduling.store import Store
from scheduling.values import (
    Attempt,
    BookingFilter,
    CustomerDetails,
    Offer,
    Order,
    Organisation,
    Wish,
)
from tests.scheduling.willow import JANE, TUESDAY, at, checkup, day, pass_time, rows

TWO = f"{TUESDAY} 14:00"
HOME = "203.0.113.7"


async def speak(store: Store, clinic: Organisation, call: str, holder: str) -> Attempt:
    """The first turn of a call."""
    begun = await store.write(
        lambda connection: settlement.begin(
            connection,
            now=store.now(connection),
            organisation_id=clinic.id,
            call_id=call,
            turn=1,
            first_unheard=1,
            holder=holder,
        )
    )
    return begun.attempt


async def held_slots(store: Store) -> int:
    """How many offers have something held."""
    query = "SELECT count(DISTINCT offer_id) FROM occupancy WHERE kind = 'hold'"
    [[count]] = await rows(store, query)
    return int(count)


async def offered_to(
    desk: Desk, clinic: Organisation, number: int, holder: str, wish: Wish | None = None
) -> tuple[Offer, ...]:
    """What a call of its own hears."""
    made = await desk.offer(clinic.id, wish or checkup(), call_id=f"call {number}", holder=holder)
    return made.offers


async def test_sixty_tokens_of_one_network_have_no_more_held_than_its_share(
    store: Store, desk: Desk, clinic: Organisation
) -> None:
    for number in range(60):
        assert len(await offered_to(desk, clinic, number, page_holder(HOME, f"token:{number}"))) > 1
    assert await held_slots(store) == 12


async def test_pages_of_any_number_of_networks_have_no_more_held_than_the_door(
    store: Store, desk: Desk, clinic: Organisation
) -> None:
    for number in range(40):
        await offered_to(desk, clinic, number, page_holder(f"198.51.100.{number}", f"t{number}"))
    assert await held_slots(store) == 30
    [two] = await offered_to(desk, clinic, 99, call_holder("99"), checkup("2026-12-10 14:00"))
    assert two.held_until is not None


async def test_an_offer_beyond_the_share_is_booked_while_it_is_free(
    desk: Desk, clinic: Organisation
) -> None:
    for number in range(10):
        await offered_to(desk, clinic, number, page_holder(HOME, f"token:{number}"))
    wish, last = checkup("2026-12-10 14:00"), page_holder(HOME, "token:last")
    [unheld] = await offered_to(desk, clinic, 50, last, wish)
    [again] = await offered_to(desk, clinic, 51, page_holder(HOME, "token:other"), wish)
    assert (unheld.held_until, again.held_until, again.start) == (None, None, unheld.start)
    order = Order(JANE, offer_id=unheld.offer_id)
    assert (await desk.book(clinic.id, order, call_id="call 50")).start == unheld.start


@pytest.mark.parametrize("who", ["+12125550142", "+12125550143"])
async def test_calls_of_a_program_with_one_number_share_six(
    store: Store, desk: Desk, clinic: Organisation, who: str
) -> None:
    for number in range(8):
        await offered_to(desk, clinic, number, program_holder("admin", who))
    assert await held_slots(store) == 6


async def test_a_programs_calls_without_number_have_no_more_held_than_its_credential(
    store: Store, desk: Desk, clinic: Organisation
) -> None:
    for number in range(30):
        await offered_to(desk, clinic, number, program_holder("admin", f"call {number}"))
    assert await held_slots(store) == 60


async def test_what_a_page_has_held_is_free_for_a_known_caller(
    desk: Desk, clinic: Organisation
) -> None:
    wish = checkup(TWO, provider_id="ana")
    [strangers] = await offered_to(desk, clinic, 1, page_holder(HOME, "token"), wish)
    [known] = await offered_to(desk, clinic, 2, known_holder("+12125550142"), wish)
    assert known.start == strangers.start == at(TWO)
    assert known.held_until is not None
    [no_more_held] = await desk.offers(clinic.id, "call 1")
    assert no_more_held.held_until is None
    order = Order(JANE, offer_id=strangers.offer_id)
    with pytest.raises(BeingHeld) as refused:
        await desk.book(clinic.id, order, call_id="call 1", holder=page_holder(HOME, "token"))
    assert refused.value.offers
    assert "ana" not in [each.provider_id for each in refused.value.offers if each.start == at(TWO)]
    booked = await desk.book(clinic.id, Order(JANE, offer_id=known.offer_id), call_id="call 2")
    assert booked.start == at(TWO)


async def test_what_a_known_caller_has_held_is_nobody_elses(
    desk: Desk, clinic: Organisation
) -> None:
    wish = checkup(TWO, provider_id="ana")
    await offered_to(desk, clinic, 1, known_holder("+12125550142"), wish)
    for number, holder in enumerate((known_holder("+12125550143"), page_holder(HOME, "token"))):
        offers = await offered_to(desk, clinic, number + 2, holder, wish)
        assert at(TWO) not in [offer.start for offer in offers]


@pytest.mark.parametrize(
    "behalf", [{"by": "staff"}, {"call_id": "phone", "holder": known_holder("+12125550142")}]
)
async def test_staff_and_known_callers_book_what_a_page_has_held(
    store: Store, desk: Desk, clinic: Organisation, behalf: dict[str, str]
) -> None:
    wish = Wish("cleaning", near=at(TWO), provider_id="ben")
    await offered_to(desk, clinic, 1, page_holder(HOME, "token"), wish)
    order = Order(JANE, service_id="cleaning", start=at(TWO), provider_id="ben")
    booked = await desk.book(clinic.id, order, **behalf)  # type: ignore[arg-type]  # keywords of book
    assert booked.start == at(TWO)
    assert await held_slots(store) == 0, "the room that was held with the person is free as well"


async def test_a_time_that_is_held_is_told_from_one_that_is_taken(
    desk: Desk, clinic: Organisation
) -> None:
    wish = checkup(TWO, provider_id="ana")
    [first] = await offered_to(desk, clinic, 1, call_holder("1"), wish)
    held = await desk.offer(clinic.id, wish, call_id="call 2")
    assert held.being_held
    assert held.offers
    order = Order(JANE, service_id="checkup", start=at(TWO), provider_id="ana")
    with pytest.raises(BeingHeld) as refused:
        await desk.book(clinic.id, order, call_id="call 3")
    assert refused.value.offers
    await desk.book(clinic.id, Order(JANE, offer_id=first.offer_id), call_id="call 1")
    taken = await desk.offer(clinic.id, wish, call_id="call 2")
    assert (taken.being_held, bool(taken.offers)) == (False, True)


async def test_a_booking_that_is_there_already_is_not_held_by_anybody(
    desk: Desk, clinic: Organisation
) -> None:
    order = Order(JANE, service_id="checkup", start=at(TWO), provider_id="ana")
    booked = await desk.book(clinic.id, order, by="staff")
    wish = replace(checkup(TWO, provider_id="ana"), moving=booked.reference)
    assert not (await desk.offer(clinic.id, wish, call_id="call")).being_held


async def test_a_day_of_which_all_is_held_is_not_called_full(
    desk: Desk, clinic: Organisation
) -> None:
    morning = Wish("checkup", windows=(day("2026-11-28"),))
    number = 0
    while await offered_to(desk, clinic, number, call_holder(f"{number}"), morning):
        number += 1
    answer = await desk.offer(clinic.id, morning, call_id="another")
    assert answer.being_held
    assert answer.next_free is not None


async def test_a_hold_that_ran_out_and_went_to_another_is_not_called_taken(
    store: Store, desk: Desk, clinic: Organisation
) -> None:
    wish = checkup(TWO, provider_id="ana")
    [first] = await offered_to(desk, clinic, 1, call_holder("1"), wish)
    await pass_time(store, minutes=6)
    await offered_to(desk, clinic, 2, call_holder("2"), wish)
    with pytest.raises(HeldByAnother):
        await desk.book(clinic.id, Order(JANE, offer_id=first.offer_id), call_id="call 1")


async def book_until_refused(
    store: Store, desk: Desk, clinic: Organisation, holders: list[str], *, first: int = 0
) -> int:
    """How many were made, each in a call of its own for somebody else."""
    start: datetime = at(f"{TUESDAY} 09:00")
    for number, holder in enumerate(holders, start=first):
        attempt = await speak(store, clinic, f"call {number}", holder)
        window = replace(day(TUESDAY), start=start, end=start + timedelta(days=40))
        free = await desk.first_free(clinic.id, Wish("checkup", windows=(window,)))
        assert free is not None
        customer = CustomerDetails(f"Caller {number}", f"+1212555{number:04}")
        order = Order(
            customer, service_id="checkup", start=free.start, provider_id=free.provider_id
        )
        try:
            await desk.book(clinic.id, order, attempt=attempt)
        except ShareSpent:
            return number - first
    return len(holders)


async def test_one_network_makes_ten_bookings_an_hour(
    store: Store, desk: Desk, clinic: Organisation
) -> None:
    strangers = [page_holder(HOME, f"token:{number}") for number in range(20)]
    assert await book_until_refused(store, desk, clinic, strangers) == 10
    assert len((await desk.find(clinic.id, BookingFilter())).bookings) == 10
    others = [page_holder("198.51.100.1", "t"), known_holder("+12125550142")]
    assert await book_until_refused(store, desk, clinic, others, first=20) == 2
    await pass_time(store, minutes=61)
    assert await book_until_refused(store, desk, clinic, strangers, first=30) == 10


async def test_the_page_door_makes_sixty_bookings_an_hour(
    store: Store, desk: Desk, clinic: Organisation
) -> None:
    strangers = [page_holder(f"198.51.100.{number}", f"t{number}") for number in range(70)]
    assert await book_until_refused(store, desk, clinic, strangers) == 60


async def test_a_number_that_a_program_claims_makes_ten_bookings_an_hour(
    store: Store, desk: Desk, clinic: Organisation
) -> None:
    claimed = [program_holder("admin", "+12125550142")] * 12
    assert await book_until_refused(store, desk, clinic, claimed) == 10


async def test_staff_and_known_callers_are_not_rationed(
    store: Store, desk: Desk, clinic: Organisation
) -> None:
    known = [known_holder("+12125550142")] * 12
    assert await book_until_refused(store, desk, clinic, known) == 12


async def test_a_block_still_names_what_is_held(desk: Desk, clinic: Organisation) -> None:
    await offered_to(desk, clinic, 1, page_holder(HOME, "t"), checkup(TWO, provider_id="ana"))
    out = Block(at(f"{TUESDAY} 13:00"), at(f"{TUESDAY} 16:00"), provider_id="ana")
    with pytest.raises(InTheWay):
        await desk.block(clinic.id, out)
