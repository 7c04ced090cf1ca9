"""One of several processes that use one store at the same time: `python -m`, told by arguments."""

from __future__ import annotations

import asyncio
import json
import random
import sys
from datetime import timedelta

from sqlalchemy import insert
from sqlmodel import Session

from scheduling.desk import Desk
from scheduling.errors import Refusal, SlotTaken
from scheduling.local_time import seconds_of
from scheduling.store import Store
from scheduling.tables import occupancy
from scheduling.values import CustomerDetails, Order, Slot, Target, Wish
from tests.scheduling.willow import at

FIRST = at("2026-11-24 09:00")
PROVIDERS = ("ana", "ben")


async def race(address: str, mode: str, seed: int, count: int) -> dict[str, object]:
    """What this process was answered, counted."""
    told: dict[str, int] = {}
    booked: list[str] = []
    refused: list[tuple[str, str]] = []
    async with Store.open(address) as store:
        desk = Desk(store)
        sys.stdin.readline()
        for number in range(count):
            # All processes try the same times in the same order: that makes them collide.
            chance = random.Random(number if mode != "mixed" else seed * 10_000 + number)
            slot = _some_slot(chance)
            try:
                if mode == "control":
                    await check_then_write(store, desk, slot)
                elif mode == "mixed":
                    await hold_and_change(desk, slot, chance, f"{seed} {number}")
                else:
                    booked.append(await book(desk, slot, f"{seed} {number}"))
            except Refusal as refusal:
                told[refusal.code] = told.get(refusal.code, 0) + 1
                if isinstance(refusal, SlotTaken):
                    refused.append((slot.provider_id, slot.start.isoformat()))
            else:
                told["done"] = told.get("done", 0) + 1
    return {"told": told, "booked": booked, "refused": refused}


async def book(desk: Desk, slot: Slot, who: str) -> str:
    """The reference."""
    order = Order(
        CustomerDetails(f"Caller {who}"),
        service_id=slot.service_id,
        start=slot.start,
        provider_id=slot.provider_id,
    )
    return (await desk.book(1, order, by="staff")).reference


async def hold_and_change(desk: Desk, slot: Slot, chance: random.Random, who: str) -> None:
    """Hold, and then book, move, cancel or hang up."""
    call = {"call_id": who, "holder": who}
    wish = Wish(slot.service_id, near=slot.start)
    offered = await desk.offer(1, wish, call_id=who, holder=who)
    if chance.random() < 0.2 or not offered.offers:
        await desk.release(1, who)
        return
    order = Order(CustomerDetails(f"Caller {who}"), offer_id=offered.offers[0].offer_id)
    booked = await desk.book(1, order, call_id=who, holder=who)
    if chance.random() < 0.5:
        target = Target(start=_some_slot(chance).start, provider_id=chance.choice(PROVIDERS))
        await desk.move(1, booked.reference, target, by="staff")
    elif chance.random() < 0.4:
        await desk.cancel(1, booked.reference, by="staff")
    await desk.release(1, call["call_id"])


async def check_then_write(store: Store, desk: Desk, slot: Slot) -> None:
    """What others do: look whether it is free, and write it down later."""
    exact = Wish(slot.service_id, near=slot.start, provider_id=slot.provider_id)
    offered = await desk.first_free(1, exact)
    rows = await store.read(lambda session: session.connection().execute(occupancy.select()).all())
    start, end = seconds_of(slot.start), seconds_of(slot.end)
    row_id = PROVIDERS.index(slot.provider_id) + 1
    if offered is None or any(
        row.resource_id == row_id and row.start_at < end and row.end_at > start for row in rows
    ):
        raise SlotTaken("taken")

    def write(session: Session) -> None:
        taken = {"organisation_id": 1, "resource_id": row_id, "start_at": start, "end_at": end}
        session.connection().execute(insert(occupancy).values(kind="block", **taken))

    await store.write(write)


def _some_slot(chance: random.Random) -> Slot:
    start = FIRST + timedelta(days=chance.randrange(2), minutes=15 * chance.randrange(32))
    service, minutes = chance.choice((("checkup", 30), ("vaccination", 15)))
    return Slot(service, chance.choice(PROVIDERS), start, start + timedelta(minutes=minutes))


if __name__ == "__main__":
    address, mode, seed, count = sys.argv[1:]
    result = asyncio.run(race(address, mode, int(seed), int(count)))
    sys.stdout.write(json.dumps(result))
