"""One of many processes that hold, confirm and move on five providers: `python -m`."""

from __future__ import annotations

import asyncio
import json
import random
import sys
import time
from datetime import timedelta

from benchmarks.diary import FREE_FROM, PROVIDERS
from scheduling.desk import Desk
from scheduling.errors import Refusal
from scheduling.store import Store
from scheduling.values import CustomerDetails, Order, Target, Wish

DAYS = 40


async def rush(address: str, name: str, *, operations: int) -> dict[str, list[float]]:
    """Seconds of each operation, by what came of it."""
    taken: dict[str, list[float]] = {}
    async with Store.open(address) as store:
        desk, chance = Desk(store), random.Random(name)
        await desk.organisations()
        sys.stdout.write("ready\n")
        sys.stdout.flush()
        sys.stdin.readline()
        for number in range(operations // 3):
            call = f"{name} {number}"
            day, hour = chance.randrange(DAYS), chance.randrange(13)
            start = FREE_FROM + timedelta(days=day, hours=hour)
            person = chance.choice(PROVIDERS[:5])
            began = time.perf_counter()
            came_of = "done"
            try:
                offered = await desk.offer(1, Wish("visit", near=start), call_id=call)
                note(taken, "done" if offered.offers else "nothing offered", began)
                if not offered.offers:
                    continue
                began = time.perf_counter()
                order = Order(CustomerDetails(f"Caller {call}"), offered.offers[0].offer_id)
                booked = await desk.book(1, order, call_id=call)
                note(taken, "done", began)
                began = time.perf_counter()
                later = Target(start=start + timedelta(minutes=15), provider_id=person)
                await desk.move(1, booked.reference, later, by="staff")
            except Refusal as refusal:
                came_of = refusal.code
            note(taken, came_of, began)
    return taken


def note(taken: dict[str, list[float]], came_of: str, began: float) -> None:
    """One operation more."""
    taken.setdefault(came_of, []).append(time.perf_counter() - began)


if __name__ == "__main__":
    result = asyncio.run(rush(sys.argv[1], sys.argv[2], operations=int(sys.argv[3])))
    sys.stdout.write(json.dumps(result))
