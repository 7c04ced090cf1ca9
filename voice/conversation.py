"""From a turn to a live reply: rivals give way, and what was heard is written down."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from functools import partial
from typing import Any

import structlog

from scheduling.desk import Desk
from voice.answering import Answering
from voice.call import CallContext, greeting_of
from voice.cards import anything_without_cards, turn_without_cards
from voice.delivered_tools import DeliveredTools
from voice.forgetting import forget_caller
from voice.journal.journal import Journal
from voice.live_reply import LiveReply
from voice.models.models import Models
from voice.putting_through import TransferOutcome
from voice.reply_in_hand import ReplyInHand
from voice.tool_results import ToolResult
from voice.turn import CallFacts, Turn

log = structlog.stdlib.get_logger(__name__)


class CallInHand:
    """The reply that a call is waiting for in this process; one turn at a time."""

    def __init__(self) -> None:
        self.entry = asyncio.Lock()
        self.waiting = 0
        self.reply: ReplyInHand | None = None


class Conversation:
    """Answers turns from any door. Within a process the newest words of a call win; over
    processes the store sees to it."""

    def __init__(self, *, desk: Desk, journal: Journal, models: Models) -> None:
        self._desk = desk
        self._journal = journal
        self._tools = DeliveredTools(desk=desk, journal=journal)
        self._answering = Answering(desk=desk, journal=journal, models=models)
        self._calls: dict[str, CallInHand] = {}

    def answer(self, turn: Turn) -> LiveReply:
        """The reply, which begins with its first part; its door says what of it was heard. The
        same words for the same turn read along, other words take its place."""
        return LiveReply(partial(self._reply_to, turn_without_cards(turn)))

    async def greet(self, call: CallFacts) -> str:
        """What the caller hears first: the greeting, and once in a call the notice."""
        business = await self._desk.business(call.organisation_id)
        first = await self._journal.greet(call)
        greeting = greeting_of(business)
        return f"{greeting} {business.notice}".strip() if first else greeting

    async def use_tool(
        self, call: CallFacts, name: str, arguments: Mapping[str, Any], tool_call_id: str
    ) -> ToolResult:
        """A tool that the platform's own model asked for; the same delivery is answered once."""
        given = anything_without_cards(arguments)
        return await self._tools.use(call, name, given, tool_call_id=tool_call_id)

    async def came_back(self, call: CallFacts, outcome: TransferOutcome, *, delivery: str) -> str:
        """What a caller hears who was put through and is back. `delivery` tells one time from
        another: what is told once more is said in the same words."""
        return await self._tools.came_back(call, outcome, delivery=delivery)

    async def tool_context(self, call: CallFacts) -> CallContext:
        """What a tool may touch in this call, outside any turn."""
        return await self._tools.context(call)

    async def hang_up(
        self, call_id: str, *, reason: str = "", report: dict[str, Any] | None = None
    ) -> None:
        """The call is over: what was done stands, what was held is free. Repeats change nothing."""
        in_hand = self._calls.get(call_id)
        if in_hand is not None and in_hand.reply is not None:
            await in_hand.reply.stop()
        report = anything_without_cards(report)
        organisation_id = await self._journal.end_call(call_id, reason=reason, report=report)
        if organisation_id is None:
            log.info("hang-up of an unknown call", call_id=call_id)
            return
        call = await self._journal.asked_to_be_forgotten(organisation_id, call_id)
        if call is not None:
            await forget_caller(self._desk, self._journal, call)

    async def aclose(self) -> None:
        """Stops what is being answered; begun writes end."""
        replies = [each.reply for each in self._calls.values() if each.reply is not None]
        await asyncio.gather(*(reply.stop() for reply in replies))
        await self._tools.ended()

    async def _reply_to(self, turn: Turn) -> ReplyInHand:
        """The reply in the making to these words, or a new one once nothing rivals it; joined."""
        in_hand = self._calls.setdefault(turn.call.call_id, CallInHand())
        in_hand.waiting += 1
        try:
            async with in_hand.entry:
                if in_hand.reply is not None and in_hand.reply.answers(turn):
                    in_hand.reply.join()
                    return in_hand.reply
                if in_hand.reply is not None:
                    await in_hand.reply.stop()
                reply = in_hand.reply = ReplyInHand(turn)
                making = reply.start(self._answering.answer(reply))
                making.add_done_callback(lambda _: self._let_go(turn.call.call_id, reply))
                reply.join()
                return reply
        finally:
            in_hand.waiting -= 1

    def _let_go(self, call_id: str, reply: ReplyInHand) -> None:
        in_hand = self._calls[call_id]
        if in_hand.reply is reply:
            in_hand.reply = None
            if not in_hand.waiting:
                del self._calls[call_id]
