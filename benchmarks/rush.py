"""One of many processes at one store, `python -m`: it books, or holds, confirms and moves."""

from __future__ import annotations

import asyncio
import json
import random
import sys
import time
from datetime import timedelta

from benchmarks.diary import FREE_FROM, PROVIDERS, free_hour
from scheduling.desk import Desk
from scheduling.errors import Refusal
from scheduling.store import Store
from scheduling.values import CustomerDetails, Order, Target, Wish

DAYS = 40
Taken = dict[str, list[float]]


async def rush(desk: Desk, name: str, *, operations: int) -> Taken:
    """Seconds of each operation, by what came of it."""
    taken: Taken = {}
    chance = random.Random(name)
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


def note(taken: Taken, came_of: str, began: float) -> None:
    """One operation more."""
    taken.setdefault(came_of, []).append(time.perf_counter() - began)


async def book(desk: Desk, name: str, *, operations: int) -> Taken:
    """The same, of bookings that nobody else wants."""
    taken: Taken = {}
    for number in range(operations):
        order = free_hour(1000 + int(name) * operations + number)
        began = time.perf_counter()
        await desk.book(1, order, by="staff")
        note(taken, "done", began)
    return taken


async def when_told(act: str, address: str, name: str, *, operations: int) -> Taken:
    """Says that it is ready, and begins at the word go."""
    async with Store.open(address) as store:
        desk = Desk(store)
        await desk.book(1, free_hour(900 + int(name)), by="staff")  # statements compiled, in time
        sys.stdout.write("ready\n")
        sys.stdout.flush()
        sys.stdin.readline()
        return await {"rush": rush, "book": book}[act](desk, name, operations=operations)


if __name__ == "__main__":
    act, address, name, times = sys.argv[1:]
    result = asyncio.run(when_told(act, address, name, operations=int(times)))
    sys.stdout.write(json.dumps(result))
