"""The desk on both databases: a staff-week in a small and a huge diary, bookings, and a rush."""

from __future__ import annotations

import asyncio
import json
import statistics
import subprocess
import sys
import time
from collections.abc import Awaitable, Callable
from datetime import timedelta

from benchmarks.diary import FULL_WEEK, PROVIDERS, free_hour, fresh_store, open_diary
from benchmarks.rush import Taken
from scheduling.desk import Desk
from scheduling.values import Wish

KINDS = ("sqlite", "postgresql")
SIZES = (100_000, 1_000_000)
WRITERS = 8


async def timed(asks: list[Callable[[], Awaitable[object]]]) -> list[float]:
    """Milliseconds of each, one after the other."""
    taken = []
    for ask in asks:
        began = time.perf_counter()
        await ask()
        taken.append((time.perf_counter() - began) * 1000)
    return taken


async def week(address: str, bookings: int, *, times: int = 2000) -> dict[str, float]:
    """The one free hour in a full week of one person: all of it is read and reckoned."""
    async with open_diary(address, bookings) as (_, desk):
        wishes = [Wish("visit", (FULL_WEEK,), provider_id=each) for each in PROVIDERS]

        async def ask(wish: Wish) -> None:
            free = await desk.first_free(1, wish)
            if free is None or free.start != FULL_WEEK.end - timedelta(hours=9):
                raise RuntimeError(f"not the free hour: {free}")

        asks = [lambda wish=wish: ask(wish) for wish in wishes * (times // len(wishes))]
        await timed(asks[:200])
        taken = sorted(await timed(asks))
    return {"p50_ms": statistics.median(taken), "p99_ms": taken[int(len(taken) * 0.99)]}


async def bookings(address: str, *, times: int = 400) -> dict[str, float]:
    """One writer, then eight at once; each booking is on the disk before it is answered."""
    async with open_diary(address) as (_, desk):

        async def book(number: int) -> None:
            await desk.book(1, free_hour(number), by="staff")

        await timed([lambda number=number: book(number) for number in range(50)])
        alone = sorted(await timed([lambda n=n: book(n) for n in range(50, 50 + times)]))
        began = time.perf_counter()
        await asyncio.gather(*(writer(desk, each, times) for each in range(WRITERS)))
        rate = WRITERS * times / 2 / (time.perf_counter() - began)
    return {
        "p50_ms": statistics.median(alone),
        "p99_ms": alone[int(len(alone) * 0.99)],
        "eight_per_s": rate,
    }


async def writer(desk: Desk, which: int, times: int) -> None:
    """One of eight that book at the same time."""
    for number in range(times // 2):
        await desk.book(1, free_hour(1000 + which * times // 2 + number), by="staff")


def together(act: str, address: str, *, processes: int, times: int) -> tuple[float, list[Taken]]:
    """Seconds from the word go until the last of these processes is through, and what each took."""
    asyncio.run(prepare(address))
    command = [sys.executable, "-m", "benchmarks.rush", act, address]
    running = [
        subprocess.Popen(
            [*command, str(name), str(times)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        for name in range(processes)
    ]
    for process in running:
        assert process.stdout is not None
        process.stdout.readline()
    began = time.perf_counter()
    for process in running:
        assert process.stdin is not None
        process.stdin.write("go\n")
        process.stdin.flush()
    said = [process.communicate()[0] for process in running]
    seconds = time.perf_counter() - began
    if any(process.returncode for process in running):
        raise RuntimeError("a process of the rush failed")
    return seconds, [json.loads(each) for each in said]


def rush(address: str) -> dict[str, float]:
    """Many processes hold, confirm and move on five providers, all at once."""
    seconds, answers = together("rush", address, processes=24, times=60)
    taken = sorted(each for answer in answers for times in answer.values() for each in times)
    done = sum(len(answer.get("done", ())) for answer in answers)
    return {
        "seconds": seconds,
        "operations": len(taken),
        "done": done,
        "tried_in_vain": sum(len(answer.get("try_again", ())) for answer in answers),
        "per_s": len(taken) / seconds,
        "worst_ms": taken[-1] * 1000,
    }


def writing_processes(address: str) -> dict[str, float]:
    """Eight processes that only book, each hour once."""
    seconds, answers = together("book", address, processes=WRITERS, times=200)
    booked = [each for answer in answers for each in answer["done"]]
    return {"per_s": len(booked) / seconds, "p50_ms": statistics.median(booked) * 1000}


async def prepare(address: str) -> None:
    """The shop, with nothing booked."""
    async with open_diary(address):
        pass


def measure(sizes: tuple[int, ...] = SIZES) -> dict[str, float]:
    """Each figure on each database."""
    figures: dict[str, float] = {}

    def note(what: str, measured: dict[str, float]) -> None:
        figures.update({f"{what} {name}": value for name, value in measured.items()})

    for kind in KINDS:
        for size in sizes:
            with fresh_store(kind) as address:
                note(f"{kind} week in {size:,}", asyncio.run(week(address, size)))
        with fresh_store(kind) as address:
            note(f"{kind} booking", asyncio.run(bookings(address)))
        with fresh_store(kind) as address:
            note(f"{kind} rush", rush(address))
    with fresh_store("postgresql") as address:
        note("postgresql eight processes", writing_processes(address))
    return figures


if __name__ == "__main__":
    given = tuple(int(size) for size in sys.argv[1:])
    for name, value in measure(given or SIZES).items():
        print(f"{name:40} {value:10.2f}")
