"""Edge cases of booking that every schedule must survive, each under its own sentence."""

from __future__ import annotations

import asyncio
import time
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import Connection, insert

from scheduling.blocks import Block
from scheduling.desk import Desk
from scheduling.errors import InTheWay, Invalid, SlotTaken
from scheduling.store import Store
from scheduling.tables import occupancy
from scheduling.values import Booking, BookingFilter, Order, Organisation, Target, Window, Wish
from tests.postgresql import Databases
from tests.scheduling.willow import BOB, JANE, TUESDAY, at, book_at, checkup, day, pass_time, rows

TWO, THREE = f"{TUESDAY} 14:00", f"{TUESDAY} 15:00"


async def test_two_callers_confirming_one_slot_at_once_get_one_booking_and_one_refusal(
    desk: Desk, clinic: Organisation
) -> None:
    answers = await asyncio.gather(
        book_at(desk, clinic, TWO, call_id="jane"),
        book_at(desk, clinic, TWO, call_id="bob", customer=BOB),
        return_exceptions=True,
    )
    [booked] = [each for each in answers if isinstance(each, Booking)]
    [refused] = [each for each in answers if isinstance(each, SlotTaken)]
    assert booked.start == at(TWO)
    assert refused.offers
    assert all(offer.held_until for offer in refused.offers)


async def test_an_interval_that_contains_or_lies_inside_another_is_refused(
    desk: Desk, clinic: Organisation
) -> None:
    await book_at(desk, clinic, TWO)
    for first, last in (("13:00", "16:00"), ("14:10", "14:20"), ("14:00", "14:40")):
        around = Block(at(f"{TUESDAY} {first}"), at(f"{TUESDAY} {last}"), provider_id="ana")
        with pytest.raises(InTheWay):
            await desk.block(clinic.id, around)


async def test_the_same_person_through_two_services_is_still_one_person(
    desk: Desk, clinic: Organisation
) -> None:
    await book_at(desk, clinic, TWO)
    with pytest.raises(SlotTaken):
        await book_at(desk, clinic, f"{TUESDAY} 14:15", service_id="vaccination", customer=BOB)


async def test_a_back_office_entry_obeys_the_constraint_too(
    desk: Desk, clinic: Organisation
) -> None:
    await desk.block(clinic.id, Block(at(TWO), at(THREE), provider_id="ana", reason="school"))
    with pytest.raises(SlotTaken):
        await book_at(desk, clinic, f"{TUESDAY} 14:30", by="staff")
    with pytest.raises(InTheWay):
        await desk.block(clinic.id, Block(at(TWO), at(THREE), provider_id="ana"))


async def test_after_buffer_of_the_earlier_and_before_buffer_of_the_later_count_once_each(
    desk: Desk, clinic: Organisation
) -> None:
    # An hour, five minutes before it and ten after it.
    await book_at(desk, clinic, TWO, "mei", service_id="physio")
    for refused in ("15:00", "15:14", "12:46"):
        start = f"{TUESDAY} {refused}"
        with pytest.raises(SlotTaken):
            await book_at(desk, clinic, start, "mei", service_id="physio", customer=BOB)
    for fits in ("15:15", "12:45"):
        start = f"{TUESDAY} {fits}"
        assert await book_at(desk, clinic, start, "mei", service_id="physio", customer=BOB)


async def test_a_booking_that_ends_before_the_queried_window_still_blocks_through_its_buffer(
    desk: Desk, clinic: Organisation
) -> None:
    await book_at(desk, clinic, TWO)  # until 14:30, its buffer until 14:40
    rest = Window(at(f"{TUESDAY} 14:30"), at(f"{TUESDAY} 16:00"))
    free = await desk.first_free(clinic.id, Wish("checkup", (rest,), provider_id="ana"))
    assert free is not None
    assert free.start == at(f"{TUESDAY} 14:45")


async def test_editing_a_services_buffer_leaves_existing_bookings_as_they_are(
    store: Store, desk: Desk, clinic: Organisation
) -> None:
    booked = await book_at(desk, clinic, TWO)
    taken = "SELECT start_at, end_at FROM occupancy"
    before = await rows(store, taken)
    business = await desk.business(clinic.id)
    services = [replace(each, buffer_after=25) for each in business.services]
    await desk.apply([(replace(business, services=tuple(services)), "longer buffers")])
    assert await rows(store, taken) == before
    assert (await desk.history(clinic.id, booked.reference))[0] == booked
    # What comes now keeps its own twenty-five minutes before what is there.
    with pytest.raises(SlotTaken):
        await book_at(desk, clinic, f"{TUESDAY} 13:15", customer=BOB)
    assert await book_at(desk, clinic, f"{TUESDAY} 14:40", customer=BOB)


async def test_two_overlapping_holds_are_impossible(
    store: Store, desk: Desk, clinic: Organisation
) -> None:
    wish = checkup(TWO, provider_id="ana")
    answers = await asyncio.gather(
        *(desk.offer(clinic.id, wish, call_id=f"call {number}") for number in range(4))
    )
    starts = [[offer.start for offer in answer.offers] for answer in answers]
    assert sum(at(TWO) in each for each in starts) == 1

    def past_the_desk(connection: Connection) -> None:
        [held, *_] = connection.execute(occupancy.select()).mappings()
        again = {name: value for name, value in held.items() if name != "id"}
        connection.execute(insert(occupancy).values(**again))

    with pytest.raises(SlotTaken):
        await store.write(past_the_desk)


async def test_two_calls_that_want_one_slot_cannot_both_have_it_confirmed(
    store: Store, desk: Desk, clinic: Organisation
) -> None:
    wish = checkup(TWO, provider_id="ana")
    [first] = (await desk.offer(clinic.id, wish, call_id="first")).offers
    await pass_time(store, minutes=5)
    [second] = (await desk.offer(clinic.id, wish, call_id="second")).offers
    answers = await asyncio.gather(
        desk.book(clinic.id, Order(JANE, offer_id=first.offer_id), call_id="first"),
        desk.book(clinic.id, Order(BOB, offer_id=second.offer_id), call_id="second"),
        return_exceptions=True,
    )
    [booked] = [each for each in answers if isinstance(each, Booking)]
    assert booked.customer_name == "Bob Stone"


async def test_the_hold_of_a_call_that_hung_up_is_free_at_once(
    desk: Desk, clinic: Organisation
) -> None:
    wish = checkup(TWO, provider_id="ana")
    await desk.offer(clinic.id, wish, call_id="call")
    await desk.release(clinic.id, "call")
    [offer] = (await desk.offer(clinic.id, wish, call_id="other")).offers
    assert offer.start == at(TWO)


async def test_clock_skew_between_hosts_does_not_extend_a_hold(
    postgresql: Databases, monkeypatch: pytest.MonkeyPatch
) -> None:
    """SQLite has one host; on PostgreSQL the server's clock is the one clock."""
    real = time.time
    with postgresql.fresh() as address:
        async with Store.open(address) as store:
            right = await store.current_time()
            for skew in (-7200.0, 7200.0):
                monkeypatch.setattr(time, "time", lambda skew=skew: real() + skew)
                assert abs(await store.current_time() - right) < timedelta(minutes=1)


async def test_the_old_time_is_free_right_after_a_move_also_for_holds(
    desk: Desk, clinic: Organisation
) -> None:
    booked = await book_at(desk, clinic, TWO)
    await desk.move(clinic.id, booked.reference, Target(start=at(THREE)), by="staff")
    wish = checkup(TWO, provider_id="ana")
    [offer] = (await desk.offer(clinic.id, wish, call_id="call")).offers
    assert (offer.start, offer.held_until is None) == (at(TWO), False)


@pytest.mark.usefixtures("server_zone")
async def test_the_answer_is_the_same_wherever_the_server_is(
    desk: Desk, clinic: Organisation
) -> None:
    for clock, utc in (("09:00", "14:00"), ("16:30", "21:30")):
        offered = await desk.offer(clinic.id, checkup(f"{TUESDAY} {clock}"), call_id="call")
        assert [offer.start.isoformat() for offer in offered.offers] == [
            f"{TUESDAY}T{utc}:00+00:00"
        ]
    whole_day = await desk.offer(clinic.id, Wish("checkup", (day(TUESDAY),)), call_id="call")
    assert whole_day.offers[0].start == at(f"{TUESDAY} 09:00")
    await book_at(desk, clinic, f"{TUESDAY} 16:30", "ben")
    on_day = BookingFilter(first_day=at(TWO).date(), last_day=at(TWO).date())
    [booked] = (await desk.find(clinic.id, on_day)).bookings
    assert booked.start.isoformat() == f"{TUESDAY}T21:30:00+00:00"


async def test_naive_times_are_refused_at_every_boundary(
    store: Store, desk: Desk, clinic: Organisation
) -> None:
    naive = datetime(2026, 11, 24, 14)  # noqa: DTZ001
    booked = await book_at(desk, clinic, TWO)
    later, one = naive + timedelta(days=1), clinic.id
    for ask in (
        lambda: desk.offer(one, Wish("checkup", near=naive)),
        lambda: desk.offer(one, Wish("checkup", (Window(naive, later),))),
        lambda: desk.first_free(one, Wish("checkup", (Window(naive, later),))),
        lambda: desk.book(one, Order(JANE, service_id="checkup", start=naive)),
        lambda: desk.move(one, booked.reference, Target(start=naive)),
        lambda: desk.block(one, Block(naive, later)),
        lambda: desk.blocks(one, Window(naive, later)),
        lambda: store.start_clock("2026-11-24T14:00:00"),
    ):
        with pytest.raises((Invalid, ValueError), match=r"time zone|offset"):
            await ask()


async def test_values_come_back_aware_and_in_utc(desk: Desk, clinic: Organisation) -> None:
    booked = await book_at(desk, clinic, TWO)
    [found] = (await desk.find(clinic.id, BookingFilter(reference=booked.reference))).bookings
    _, [event] = await desk.history(clinic.id, booked.reference)
    assert found == booked
    assert found.start == datetime(2026, 11, 24, 19, tzinfo=UTC)
    for instant in (found.start, found.end, found.created_at, found.updated_at, event.at):
        assert instant.tzinfo is UTC
