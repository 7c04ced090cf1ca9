"""One of several processes that use one store at the same time: `python -m`, told by arguments."""

from __future__ import annotations

import asyncio
import json
import random
import sys
from collections.abc import Awaitable, Callable
from dataclasses import asdict, dataclass, field
from datetime import timedelta
from functools import partial
from typing import Any, NamedTuple, TypeVar

from sqlalchemy import Connection, insert, text, update

from scheduling.desk import Desk
from scheduling.errors import NotAllowed, Refusal, SlotTaken, TryAgain
from scheduling.local_time import seconds_of
from scheduling.store import Store
from scheduling.tables import clock, occupancy
from scheduling.values import Booking, CustomerDetails, Offer, Order, Slot, Target, Wish
from tests.scheduling.occupancy_log import MACHINE_TIME
from tests.scheduling.willow import at

T = TypeVar("T")
FIRST = at("2026-12-09 09:00")
"""Two weeks on, further than the holds that are let expire can take the clock."""
PROVIDERS = ("ana", "ben")
QUARTER = 15
HOLD_SECONDS = 300
TRIES = 4
BUFFERS = {"checkup": 600, "vaccination": 0}


@dataclass
class Told:
    """What this process was answered."""

    counts: dict[str, int] = field(default_factory=dict)
    booked: dict[str, tuple[str, str, float]] = field(default_factory=dict)
    """Status, provider and start as last confirmed, by reference."""
    refused: list[dict[str, Any]] = field(default_factory=list)

    def count(self, what: str) -> None:
        self.counts[what] = self.counts.get(what, 0) + 1

    def confirmed(self, booking: Booking) -> None:
        state = (booking.status, booking.provider_id, booking.start.timestamp())
        self.booked[booking.reference] = state


class Instant(NamedTuple):
    """One moment by two clocks, in seconds since 1970."""

    of_store: float
    of_machine: float


class Racer:
    """Asks the desk for the same few days as everybody else, as often as it was told to."""

    def __init__(self, store: Store, *, seed: int, name: str) -> None:
        self.store, self.desk, self.told = store, Desk(store), Told()
        self.chance = random.Random(seed)
        """Racers with one seed try the same times in the same order: that makes them collide."""
        self.name, self.asked = name, 0

    async def ask(self, question: Callable[[], Awaitable[T]]) -> T | Refusal:
        """What the desk answers; refusals are counted by their code.

        Told to try again a caller does: how many wait too long for the store at first depends on
        the machine, and only one who is turned away time after time was refused for nothing.
        """
        self.asked += 1
        for tries_left in reversed(range(TRIES)):
            try:
                given = await question()
            except Refusal as refusal:
                if tries_left and isinstance(refusal, TryAgain):
                    continue
                self.told.count(refusal.code)
                return refusal
            break
        self.told.count("done")
        return given

    async def book(self) -> None:
        """Book a time outright: nothing that is taken is ever freed."""
        slot = self.some_slot()
        order = Order(
            CustomerDetails(f"Caller {self.name} {self.asked}"),
            service_id=slot.service_id,
            start=slot.start,
            provider_id=slot.provider_id,
        )
        since = await self.now()
        answer = await self.ask(partial(self.desk.book, 1, order, by="staff"))
        if isinstance(answer, Booking):
            self.told.confirmed(answer)
        elif isinstance(answer, SlotTaken):
            await self.note_refusal(slot, since)

    async def hold_and_change(self) -> None:
        """Hold; then book, let the hold expire or hang up; then move, cancel or both at once."""
        slot, who, since = self.some_slot(), f"{self.name} {self.asked}", await self.now()
        wish = Wish(slot.service_id, near=slot.start, provider_id=slot.provider_id)
        offered = await self.ask(partial(self.desk.offer, 1, wish, call_id=who, holder=who))
        if isinstance(offered, Refusal):
            return
        if not offered.offers:
            self.told.count("empty")
            return
        offer = offered.offers[0]
        if offer.start != slot.start:
            await self.note_refusal(slot, since)
        if self.chance.random() < 0.1:
            await self.let_holds_expire()
        elif self.chance.random() < 0.2:
            await self.ask(partial(self.desk.release, 1, who))
            return
        order = Order(CustomerDetails(f"Caller {who}"), offer_id=offer.offer_id)
        since = await self.now()
        answer = await self.ask(partial(self.desk.book, 1, order, call_id=who, holder=who))
        if isinstance(answer, Booking):
            self.told.confirmed(answer)
            await self.change(answer)
        elif answer.code in ("slot_taken", "hold_expired"):
            await self.note_refusal(as_slot(offer), since, who=who)

    async def change(self, booked: Booking) -> None:
        """Move it, cancel it, or both at once, having seen it as it was booked."""
        luck, since = self.chance.random(), await self.now()
        slot = self.some_slot(booked.service_id)
        while (slot.provider_id, slot.start) == (booked.provider_id, booked.start):
            slot = self.some_slot(booked.service_id)  # to stay where it is would be no change
        target = Target(start=slot.start, provider_id=slot.provider_id)
        moved = partial(
            self.desk.move, 1, booked.reference, target, by="staff", version=booked.version
        )
        if luck < 0.4:
            answers = [await self.ask(moved)]
        else:
            cancelled = partial(
                self.desk.cancel, 1, booked.reference, by="staff", version=booked.version
            )
            if luck < 0.6:
                answers = [await self.ask(cancelled)]
            else:
                answers = list(await asyncio.gather(self.ask(moved), self.ask(cancelled)))
        for answer in answers:
            if isinstance(answer, Booking):
                self.told.confirmed(answer)
            elif isinstance(answer, SlotTaken):
                await self.note_refusal(slot, since, reference=booked.reference)
        if [type(each) for each in answers] == [Booking, Booking]:
            raise AssertionError(f"moved and cancelled: {booked.reference}")
        if [type(each) for each in answers] == [NotAllowed, NotAllowed]:
            raise AssertionError(f"neither moved nor cancelled: {booked.reference}")

    async def check_then_write(self) -> None:
        """What others do: look whether it is free, work out the rest, and write it down later."""
        slot = self.some_slot()
        start, end = seconds_of(slot.start), seconds_of(slot.end)
        row_id = PROVIDERS.index(slot.provider_id) + 1
        found = occupancy.select().where(
            occupancy.c.resource_id == row_id,
            occupancy.c.start_at < end,
            occupancy.c.end_at > start,
        )
        taken = await self.store.read(lambda connection: connection.execute(found).first())
        self.asked += 1
        if taken is None:
            for provider_id in PROVIDERS:
                await self.desk.first_free(1, Wish(slot.service_id, provider_id=provider_id))
            claim = {"organisation_id": 1, "resource_id": row_id, "start_at": start, "end_at": end}

            def write(connection: Connection) -> None:
                connection.execute(insert(occupancy).values(kind="block", **claim))

            await self.store.write(write)

    async def let_holds_expire(self) -> None:
        """Everybody's: the one clock goes on by more than a hold lasts, and never back."""
        on = update(clock).values(shift_seconds=clock.c.shift_seconds + HOLD_SECONDS + 1)
        await self.ask(lambda: self.store.write(lambda connection: connection.execute(on)))

    async def note_refusal(
        self, slot: Slot, since: Instant, *, who: str = "", reference: str = ""
    ) -> None:
        """What was said to be taken; somebody else must have had it at some time since then."""
        self.told.refused.append(
            {
                "provider": slot.provider_id,
                "start": slot.start.timestamp(),
                "end": slot.end.timestamp() + BUFFERS[slot.service_id],
                "since": since.of_machine,
                "since_here": since.of_store,
                "until": (await self.now()).of_machine,
                "who": who,
                "reference": reference,
            }
        )

    async def now(self) -> Instant:
        """First the store's time, which others may put on meanwhile, then the machine's."""
        here = (await self.store.current_time()).timestamp()

        def read(connection: Connection) -> float:
            told = connection.execute(text(f"SELECT {MACHINE_TIME[connection.dialect.name]}"))
            return float(told.scalar_one())

        return Instant(here, await self.store.read(read))

    def some_slot(self, service_id: str | None = None) -> Slot:
        """One of the times that all processes try."""
        day, quarter = self.chance.randrange(3), self.chance.choice((*range(10), *range(16, 28)))
        start = FIRST + timedelta(days=day, minutes=QUARTER * quarter)
        service, minutes = self.chance.choice((("checkup", 30), ("vaccination", 15)))
        if service_id is not None:
            service, minutes = service_id, 30 if service_id == "checkup" else 15
        provider = self.chance.choice(PROVIDERS)
        return Slot(service, provider, start, start + timedelta(minutes=minutes))


def as_slot(offer: Offer) -> Slot:
    """What was offered."""
    return Slot(offer.service_id, offer.provider_id, offer.start, offer.end)


async def race(address: str, mode: str, *, name: str, count: int) -> Told:
    """Everything that this process was answered."""
    async with Store.open(address) as store:
        racer = Racer(store, seed=int(name) if mode == "mixed" else 0, name=name)
        turn = {
            "book": racer.book,
            "mixed": racer.hold_and_change,
            "control": racer.check_then_write,
        }[mode]
        await store.current_time()
        sys.stdout.write("ready\n")
        sys.stdout.flush()
        sys.stdin.readline()
        while racer.asked < count:
            await turn()
        return racer.told


if __name__ == "__main__":
    address, mode, name, count = sys.argv[1:]
    told = asyncio.run(race(address, mode, name=name, count=int(count)))
    sys.stdout.write(json.dumps(asdict(told)))
