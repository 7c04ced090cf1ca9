"""One of several processes that want the same last things and the same money: `python -m`."""

from __future__ import annotations

import asyncio
import json
import random
import sys
from collections import Counter
from collections.abc import Awaitable, Callable
from typing import TypeVar

from scheduling import settlement
from scheduling.desk import Desk
from scheduling.errors import Refusal, TryAgain
from scheduling.store import Store
from scheduling.values import Attempt, CustomerDetails
from support.refunds import LineQuantity, RefundWish
from support.shop import Shop

T = TypeVar("T")
AT_ONCE = 4
"""Callers that each process serves at the same time."""


class Shopper:
    """Asks the shop for what everybody else asks for; refusals are counted by their kind."""

    def __init__(self, store: Store, *, name: str, orders: int) -> None:
        self.store, self.shop, self.orders = store, Shop(Desk(store)), orders
        self.name, self.asked, self.told = name, 0, Counter[str]()
        self.chance = random.Random(name)

    async def buy(self) -> None:
        """Put one or two in a cart; then buy, think again, hang up, or say what nobody hears."""
        call = self._next_call()
        attempt = await self._begin(call, 1)
        quantity, luck = self.chance.randint(1, 2), self.chance.random()
        shop, first = self.shop, attempt
        if not await self._answered(lambda: shop.add(1, "night-guard", quantity, attempt=first)):
            return
        if luck < 0.2:
            await self._persistently(lambda: self.shop.release(1, call))
            return
        attempt = await self._begin(call, 2)
        buyer = CustomerDetails(f"Caller {call}")
        if luck < 0.4:
            await self._answered(lambda: self.shop.check_out(1, buyer, attempt=attempt))
            attempt = await self._begin(call, 2)
        if await self._answered(lambda: self.shop.check_out(1, buyer, attempt=attempt)):
            self.told["bought"] += quantity

    async def give_back(self) -> None:
        """Ask for some or all of the money of one of the orders, sometimes unheard at first."""
        call, reference = self._next_call(), f"R{1000 + self.chance.randrange(self.orders)}"
        lines = (LineQuantity(1, 1),) if self.chance.random() < 0.5 else ()
        wish = RefundWish(lines, used=False)
        attempt = await self._begin(call, 1)
        if self.chance.random() < 0.3:
            await self._answered(lambda: self.shop.refund(1, reference, wish, attempt=attempt))
            attempt = await self._begin(call, 1)
        refund = self.shop.refund
        if made := await self._answered(lambda: refund(1, reference, wish, attempt=attempt)):
            self.told[f"{reference} refunded"] += int(made.amount * 100)

    def _next_call(self) -> str:
        self.asked += 1
        return f"{self.name} {self.asked}"

    async def _begin(self, call: str, turn: int) -> Attempt:
        """A new attempt at that turn; another at the same turn is undone for it."""
        begun = await self._persistently(
            lambda: self.store.write(
                lambda connection: settlement.begin(
                    connection,
                    now=self.store.now(connection),
                    organisation_id=1,
                    call_id=call,
                    turn=turn,
                    first_unheard=turn,
                    holder=f"call {call}",
                )
            )
        )
        return begun.attempt

    async def _answered(self, question: Callable[[], Awaitable[T]]) -> T | None:
        try:
            return await self._persistently(question)
        except Refusal as refusal:
            self.told[type(refusal).__name__] += 1
            return None

    async def _persistently(self, question: Callable[[], Awaitable[T]]) -> T:
        """How often somebody is told to try again is the machine's doing: callers do."""
        while True:
            try:
                return await question()
            except TryAgain:
                continue


async def race(address: str, mode: str, *, name: str, count: int, orders: int) -> Counter[str]:
    """Everything that this process was answered."""
    async with Store.open(address) as store:
        shopper = Shopper(store, name=name, orders=orders)
        turn = shopper.buy if mode == "buy" else shopper.give_back
        await store.current_time()
        sys.stdout.write("ready\n")
        sys.stdout.flush()
        sys.stdin.readline()

        async def serve() -> None:
            while shopper.asked < count:
                await turn()

        await asyncio.gather(*(serve() for _ in range(AT_ONCE)))
        return shopper.told


if __name__ == "__main__":
    address, mode, name, count, orders = sys.argv[1:]
    told = asyncio.run(race(address, mode, name=name, count=int(count), orders=int(orders)))
    sys.stdout.write(json.dumps(told))
