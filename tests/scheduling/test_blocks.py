"""Blocks: staff take time out, and nothing overlaps it from then on."""

from __future__ import annotations

import asyncio
from datetime import timedelta

import pytest

from scheduling.blocks import Block, PlacedBlock
from scheduling.desk import Desk
from scheduling.errors import (
    InTheWay,
    Invalid,
    KeyReused,
    NotFound,
    Past,
    SlotTaken,
    UnknownProvider,
)
from scheduling.store import Store
from scheduling.values import BookingFilter, Organisation, Window, Wish
from tests.scheduling.willow import BOB, TUESDAY, at, book_at, checkup, pass_time, rows

NOON, ONE = at(f"{TUESDAY} 12:00"), at(f"{TUESDAY} 13:00")
MORNING = Block(at(f"{TUESDAY} 09:00"), at(f"{TUESDAY} 12:00"), provider_id="ana", reason="course")


async def test_nobody_is_booked_into_a_block(desk: Desk, clinic: Organisation) -> None:
    placed = await desk.block(clinic.id, MORNING)
    assert (placed.provider_id, placed.reason, placed.lifted) == ("ana", "course", False)
    with pytest.raises(SlotTaken):
        await book_at(desk, clinic, f"{TUESDAY} 11:00")
    wish = Wish("checkup", (Window(MORNING.start, MORNING.end),), provider_id="ana")
    offered = await desk.offer(clinic.id, wish, call_id="call")
    assert (offered.offers, offered.reason) == ((), "full")
    assert await book_at(desk, clinic, f"{TUESDAY} 13:00")


async def test_a_block_names_the_bookings_and_holds_in_its_way(
    desk: Desk, clinic: Organisation
) -> None:
    booked = await book_at(desk, clinic, f"{TUESDAY} 10:00")
    offered = await desk.offer(
        clinic.id, checkup(f"{TUESDAY} 11:00", provider_id="ana"), call_id="call"
    )
    with pytest.raises(InTheWay) as refused:
        await desk.block(clinic.id, MORNING)
    assert [each.status for each in refused.value.bookings] == ["booked", "held"]
    assert refused.value.bookings[0] == booked
    assert booked.reference in refused.value.message
    assert offered.offers
    assert await desk.blocks(clinic.id, Window(NOON - timedelta(days=1), ONE)) == ()


async def test_an_expired_hold_is_in_nobodys_way(
    store: Store, desk: Desk, clinic: Organisation
) -> None:
    await desk.offer(clinic.id, checkup(f"{TUESDAY} 11:00", provider_id="ana"), call_id="call")
    await pass_time(store, minutes=6)
    assert await desk.block(clinic.id, MORNING)


async def test_touching_a_booking_is_allowed(desk: Desk, clinic: Organisation) -> None:
    booked = await book_at(desk, clinic, f"{TUESDAY} 13:00")
    after = booked.end + timedelta(minutes=30)
    assert await desk.block(clinic.id, Block(NOON, booked.start, provider_id="ana"))
    assert await desk.block(clinic.id, Block(after, after + timedelta(hours=1), provider_id="ana"))


async def test_a_long_block_is_one_block_in_pieces_of_a_day(
    store: Store, desk: Desk, clinic: Organisation
) -> None:
    leave = Block(at("2026-11-24 00:00"), at("2026-12-08 00:00"), provider_id="ana")
    placed = await desk.block(clinic.id, leave)
    pieces = "SELECT COUNT(*), COUNT(DISTINCT block_id), MAX(end_at - start_at) FROM occupancy"
    assert await rows(store, pieces) == [(14, 1, 86400)]
    with pytest.raises(SlotTaken):
        await book_at(desk, clinic, "2026-12-07 16:00")
    await desk.unblock(clinic.id, placed.block_id)
    assert await rows(store, pieces) == [(0, 0, None)]
    assert await book_at(desk, clinic, "2026-12-07 16:00")


async def test_lifting_twice_is_once(desk: Desk, clinic: Organisation) -> None:
    placed = await desk.block(clinic.id, MORNING)
    lifted = await desk.unblock(clinic.id, placed.block_id)
    assert lifted.lifted
    assert await desk.unblock(clinic.id, f" {placed.block_id.lower()} ") == lifted
    assert await desk.blocks(clinic.id, Window(MORNING.start, MORNING.end)) == ()
    with pytest.raises(NotFound):
        await desk.unblock(clinic.id, "ZZZZZZ")


async def test_without_a_provider_everybody_is_out_or_nobody(
    desk: Desk, clinic: Organisation
) -> None:
    meeting = Block(at(f"{TUESDAY} 10:00"), at(f"{TUESDAY} 11:00"))
    booked = await book_at(desk, clinic, f"{TUESDAY} 10:00", "ben")
    with pytest.raises(InTheWay):
        await desk.block(clinic.id, meeting)
    await book_at(desk, clinic, f"{TUESDAY} 10:00", "ana", customer=BOB)
    for other in (await desk.find(clinic.id, BookingFilter())).bookings:
        await desk.cancel(clinic.id, other.reference, by="staff")
    assert await desk.block(clinic.id, meeting)
    with pytest.raises(SlotTaken):
        await book_at(desk, clinic, f"{TUESDAY} 10:00", None, service_id=booked.service_id)


async def test_some_units_of_a_resource_can_be_out(desk: Desk, clinic: Organisation) -> None:
    business = await desk.business(clinic.id)
    [resource, *_] = business.resources
    broken = Block(MORNING.start, MORNING.end, resource_id=resource.id, units=1)
    placed = await desk.block(clinic.id, broken)
    assert (placed.resource_id, placed.units) == (resource.id, 1)
    for _ in range(resource.count - 1):
        await desk.block(clinic.id, broken)
    with pytest.raises(InTheWay):
        await desk.block(clinic.id, broken)
    needing = next(each for each in business.services if resource.id in each.needs)
    with pytest.raises(SlotTaken):
        await book_at(desk, clinic, f"{TUESDAY} 10:00", None, service_id=needing.id)


async def test_blocks_race_bookings_and_one_of_them_wins(desk: Desk, clinic: Organisation) -> None:
    for hour in (9, 10, 11):
        start = at(f"{TUESDAY} {hour:02}:00")
        block = Block(start, start + timedelta(minutes=30), provider_id="ana")
        placed, booked = await asyncio.gather(
            desk.block(clinic.id, block),
            book_at(desk, clinic, f"{TUESDAY} {hour:02}:00"),
            return_exceptions=True,
        )
        refused = [each for each in (placed, booked) if isinstance(each, SlotTaken)]
        assert len(refused) == 1
        assert isinstance(placed, PlacedBlock) != (not isinstance(booked, SlotTaken))


async def test_the_same_key_gives_the_same_block(desk: Desk, clinic: Organisation) -> None:
    placed = await asyncio.gather(*(desk.block(clinic.id, MORNING, key="k") for _ in range(4)))
    assert len({each.block_id for each in placed}) == 1
    with pytest.raises(KeyReused):
        await desk.block(clinic.id, Block(NOON, ONE, provider_id="ana"), key="k")


@pytest.mark.parametrize(
    ("block", "refusal"),
    [
        (Block(ONE, NOON, provider_id="ana"), Invalid),
        (Block(NOON, NOON, provider_id="ana"), Invalid),
        (Block(NOON, NOON + timedelta(days=400), provider_id="ana"), Invalid),
        (Block(NOON.replace(tzinfo=None), ONE, provider_id="ana"), Invalid),
        (Block(NOON, ONE, provider_id="ana", resource_id="room"), Invalid),
        (Block(NOON, ONE, provider_id="ana", units=1), Invalid),
        (Block(NOON, ONE, resource_id="sauna"), Invalid),
        (Block(NOON, ONE, provider_id="nobody"), UnknownProvider),
        (Block(at("2026-11-20 09:00"), at("2026-11-20 10:00"), provider_id="ana"), Past),
    ],
)
async def test_a_block_that_cannot_be_meant_is_refused(
    desk: Desk, clinic: Organisation, block: Block, refusal: type[Exception]
) -> None:
    with pytest.raises(refusal):
        await desk.block(clinic.id, block)
