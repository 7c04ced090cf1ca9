"""A process that books, moves and cancels, and is killed while it does: `python -m`, told by
arguments. Each acknowledgement is a line on its standard output, as a caller would hear it."""

from __future__ import annotations

import asyncio
import json
import os
import signal
import sys
from collections.abc import Callable
from datetime import timedelta
from itertools import count
from typing import Any, Self

import psycopg
from sqlalchemy import Connection, Engine, event

from scheduling.desk import Desk
from scheduling.store import Store
from scheduling.values import Booking, CustomerDetails, Order, Target, Wish
from tests.scheduling.willow import at

FIRST = at("2026-11-25 09:00")
TIMES = [
    FIRST + timedelta(days=day, minutes=minutes)
    for day in (*range(2), *range(5, 9), *range(12, 16), *range(19, 22))
    for minutes in range(0, 390, 60)
]
MOVE_BY = timedelta(days=42)
"""Past the closures of the winter: what is moved there is never refused."""


def say(**told: Any) -> None:
    """One whole line, out of this process at once."""
    os.write(1, json.dumps(told).encode() + b"\n")


def die_at(step: int, done: str = "") -> Callable[[str], None]:
    """What counts steps, and ends the process by force at one of them."""
    passed = 0

    def reached(what: str) -> None:
        nonlocal passed
        if passed == step:
            say(killed=what, **({"done": done} if done else {}))
            os.kill(os.getpid(), signal.SIGKILL)
        passed += 1

    return reached


def watch(reached: Callable[[str], None]) -> None:
    """Every statement, the commit, and the moment after it are steps."""
    committing = False

    def before(statement: str) -> None:
        reached(" ".join(statement.split()[:3]).lower())

    class Watched(psycopg.Cursor[Any]):
        """Every statement goes through one of these, SQLAlchemy's too."""

        def execute(self, query: Any, *given: Any, **options: Any) -> Self:
            before(query)
            return super().execute(query, *given, **options)

        def executemany(self, query: Any, *given: Any, **options: Any) -> None:
            before(query)
            super().executemany(query, *given, **options)

    @event.listens_for(Engine, "begin")
    def begin(connection: Connection) -> None:
        driver: Any = connection.connection.driver_connection
        if connection.dialect.name == "sqlite":
            driver.set_trace_callback(before)
        else:
            driver.cursor_factory = Watched

    @event.listens_for(Engine, "commit")
    def commit(_connection: Any) -> None:
        nonlocal committing
        reached("commit")
        committing = True

    @event.listens_for(Engine, "checkin")
    def after(_connection: Any, _record: Any) -> None:
        nonlocal committing
        if committing:
            committing = False
            reached("committed")


class Victim:
    """Does one thing at one time, under a key, and says so."""

    def __init__(self, store: Store, *, name: str) -> None:
        self.desk, self.name = Desk(store), name

    async def offer(self, number: int) -> str:
        """A cleaning, which takes somebody and a chair."""
        wish = Wish("cleaning", near=TIMES[number % len(TIMES)], provider_id="ben")
        offered = await self.desk.offer(1, wish, call_id=self._call(number))
        return offered.offers[0].offer_id

    async def book(self, number: int, offer_id: str) -> Booking:
        order = Order(CustomerDetails(f"Victim {self.name} {number}"), offer_id=offer_id)
        call = self._call(number)
        return await self.desk.book(1, order, call_id=call, key=f"book {call}")

    async def move(self, booked: Booking) -> Booking:
        target = Target(start=booked.start + MOVE_BY)
        return await self.desk.move(1, booked.reference, target, by="staff")

    async def cancel(self, booked: Booking) -> Booking:
        return await self.desk.cancel(1, booked.reference, by="staff")

    def _call(self, number: int) -> str:
        return f"{self.name} {number}"


async def one_step(address: str, act: str, step: int) -> None:
    """Dies at that step of the act; says so if the act has no such step."""
    async with Store.open(address) as store:
        victim = Victim(store, name=f"{act} {step}")
        offer_id = await victim.offer(step)
        if act == "book":
            watch(die_at(step))
            done = await victim.book(step, offer_id)
        else:
            booked = await victim.book(step, offer_id)
            watch(die_at(step, booked.reference))
            done = await (victim.move(booked) if act == "move" else victim.cancel(booked))
        say(done=done.reference, status=done.status, start=done.start.timestamp())


def every_step(address: str, act: str) -> None:
    """Dies at each step in turn, each time in a process of its own."""
    for step in range(len(TIMES)):
        child = os.fork()
        if child == 0:
            asyncio.run(one_step(address, act, step))
            os._exit(0)
        _, status = os.waitpid(child, 0)
        if not os.WIFSIGNALED(status):
            return


async def until_killed(address: str, name: str) -> None:
    """Books and cancels, from one of the times on, until it is killed from outside."""
    async with Store.open(address) as store:
        victim = Victim(store, name=f"{name} {os.getpid()}")
        for number in count(int(name)):
            booked = await victim.book(number, await victim.offer(number))
            say(done=booked.reference, status=booked.status)
            cancelled = await victim.cancel(booked)
            say(done=cancelled.reference, status=cancelled.status)


if __name__ == "__main__":
    address, act, name = sys.argv[1:]
    if act == "loop":
        asyncio.run(until_killed(address, name))
    else:
        every_step(address, act)
