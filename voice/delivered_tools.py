"""Tool calls that a platform delivers by themselves, outside any turn: each is answered once."""

from __future__ import annotations

import asyncio
import hashlib
import json
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from typing import Any

import structlog

from scheduling.desk import Desk
from scheduling.errors import TryAgain
from scheduling.values import Organisation
from voice.call import CallContext
from voice.journal.journal import Journal
from voice.putting_through import TransferOutcome, after_transfer
from voice.tool_results import RanTool, ToolResult
from voice.tools.running import run_to_the_end
from voice.turn import CallFacts

log = structlog.stdlib.get_logger(__name__)


class DeliveredTools:
    """Runs a delivered tool call once; a second delivery waits for, or reads, the first answer."""

    def __init__(self, *, desk: Desk, journal: Journal) -> None:
        self._desk = desk
        self._journal = journal
        self._running: dict[tuple[str, str], asyncio.Task[ToolResult]] = {}
        self._turns: dict[str, tuple[asyncio.Lock, int]] = {}

    async def use(
        self, call: CallFacts, name: str, arguments: Mapping[str, Any], *, tool_call_id: str
    ) -> ToolResult:
        """The answer to this delivery; who asked may go away while it is found."""
        delivered_as = name_of_delivery(tool_call_id, name, arguments)
        key = (call.call_id, delivered_as)
        task = self._running.get(key)
        if task is None:
            task = asyncio.create_task(self._use(call, name, arguments, delivered_as=delivered_as))
            self._running[key] = task
            task.add_done_callback(lambda _: self._running.pop(key, None))
        return await asyncio.shield(task)

    async def came_back(self, call: CallFacts, outcome: TransferOutcome, *, delivery: str) -> str:
        """What a caller hears who was put through and is back; the same delivery is told once."""
        delivered_as = name_of_delivery(delivery, "transfer_to_human", {"outcome": outcome})
        async with self._in_turn(call.call_id):
            context = await self.context(call)
            told = await self._journal.remember_tool(call, delivered_as)
            if told is not None:
                return told.spoken
            facts = context.facts
            facts.agenda, spoken = after_transfer(facts.agenda, outcome)
            facts.last_reply = spoken
            result = ToolResult("transfer_to_human", spoken, {"transfer": None, "outcome": outcome})
            ran = RanTool("transfer_to_human", {}, result, 0)
            await self._journal.record_tool(call, delivered_as, ran=ran, facts=facts)
            return spoken

    async def context(self, call: CallFacts, *, key: str | None = None) -> CallContext:
        """What a tool may touch outside a turn."""
        business = await self._desk.business(call.organisation_id)
        facts, now = await self._journal.facts(call)
        return CallContext(
            call=call,
            organisation=Organisation(call.organisation_id, business.slug),
            business=business,
            facts=facts,
            now=now,
            text="",
            desk=self._desk,
            journal=self._journal,
            key=key,
        )

    async def ended(self) -> None:
        """Until none runs any more."""
        while self._running:
            await asyncio.gather(*self._running.values(), return_exceptions=True)

    async def _use(
        self, call: CallFacts, name: str, arguments: Mapping[str, Any], *, delivered_as: str
    ) -> ToolResult:
        # One at a time within a call: each reads and writes what the call knows.
        async with self._in_turn(call.call_id):
            context = await self.context(call, key=f"{call.call_id}:{delivered_as}")
            answered = await self._journal.remember_tool(call, delivered_as)
            if answered is not None:
                return answered
            result = await run_to_the_end(context, name, arguments)
            if result.refused != "try_again":
                try:
                    await self._journal.record_tool(
                        call, delivered_as, ran=context.ran[-1], facts=context.facts
                    )
                except TryAgain as busy:
                    # What was done is done and must be told; a repeat finds it by its key.
                    log.error("tool not noted", call_id=call.call_id, tool=name, exc_info=busy)
            return result

    @asynccontextmanager
    async def _in_turn(self, call_id: str) -> AsyncIterator[None]:
        lock, waiting = self._turns.get(call_id, (asyncio.Lock(), 0))
        self._turns[call_id] = (lock, waiting + 1)
        try:
            async with lock:
                yield
        finally:
            lock, waiting = self._turns.pop(call_id)
            if waiting > 1:
                self._turns[call_id] = (lock, waiting - 1)


def name_of_delivery(tool_call_id: str, name: str, arguments: Mapping[str, Any]) -> str:
    """The same for the same call delivered again; some models count their ids anew each turn, so
    the id alone would answer one call with another's result."""
    asked = json.dumps([tool_call_id, name, arguments], sort_keys=True, default=str)
    return hashlib.sha256(asked.encode()).hexdigest()
