"""What is said while the caller waits: it names the act, and only that."""

from __future__ import annotations

import asyncio

from voice.call import CallContext, wish_so_far
from voice.reply_in_hand import ReplyInHand
from voice.spoken import say_day
from voice.turn import Say

ACTS = {
    "book_appointment": "One moment, I'm putting that in the book.",
    "book_pair": "One moment, I'm putting those in the book.",
    "reschedule_appointment": "One moment, I'm moving that for you.",
    "cancel_appointment": "One moment, I'm cancelling that.",
    "find_appointment": "One moment, I'm looking for your appointment.",
    "verify_caller": "One moment, I'm looking that up.",
    "answer_question": "One moment, let me check that.",
    "transfer_to_human": "One moment.",
    "lookup_order": "One moment, I'm looking for your order.",
    "process_refund": "One moment, I'm seeing to your refund.",
    "search_products": "One moment, let me see what we have.",
    "get_product_details": "One moment, let me look.",
    "checkout": "One moment, I'm placing your order.",
    "create_ticket": "One moment, I'm writing that down.",
}
LOOKING = "One moment, I'm looking at the times."


def filler_for(context: CallContext) -> str:
    """One short sentence on what is being done for the caller right now."""
    if context.last_tool is None:
        return "One moment."
    name, _ = context.last_tool
    if name not in ("check_availability", "check_pair"):
        return ACTS.get(name, "One moment.")
    days = {span.day for span in wish_so_far(context)[0].spans}
    day = days.pop() if len(days) == 1 else None
    if day is None:
        return LOOKING
    told = say_day(day, context.local_now.date(), context.business.country)
    return f"One moment, I'm looking at {told}."


class Filler:
    """Breaks the silence once when an answer is late, and names the act where one is known."""

    def __init__(self, reply: ReplyInHand, context: CallContext, *, after: float) -> None:
        self._reply = reply
        self._context = context
        self._timer = asyncio.get_running_loop().call_later(after, self._late)

    def cancel(self) -> None:
        """The answer is there."""
        self._timer.cancel()

    def _late(self) -> None:
        if not self._reply.speaking:
            self._reply.add(Say(filler_for(self._context), filler=True))
