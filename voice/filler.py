"""What is said while the caller waits: it names the act, and only that."""

from __future__ import annotations

import asyncio
from datetime import date, datetime
from functools import partial

from voice.call import CallContext
from voice.reply_in_hand import ReplyInHand
from voice.spoken import say_day
from voice.turn import Say

LOOK_AGAIN_SECONDS = 0.25

ACTS = {
    "book_appointment": "One moment, I'm putting that in the book.",
    "reschedule_appointment": "One moment, I'm moving that for you.",
    "cancel_appointment": "One moment, I'm cancelling that.",
    "find_appointment": "One moment, I'm looking for your appointment.",
    "verify_caller": "One moment, I'm looking that up.",
    "answer_question": "One moment, let me check that.",
    "transfer_to_human": "One moment.",
}
LOOKING = "One moment, I'm looking at the times."


def filler_for(context: CallContext) -> str:
    """One short sentence on what is being done for the caller right now."""
    if context.last_tool is None:
        return "One moment."
    name, _ = context.last_tool
    if name != "check_availability":
        return ACTS.get(name, "One moment.")
    days = {
        when.value.date() if isinstance(when.value, datetime) else when.value
        for when in context.reading.times
        if isinstance(when.value, date)
    }
    day = days.pop() if len(days) == 1 else None
    if day is None:
        return LOOKING
    return f"One moment, I'm looking at {say_day(day, context.local_now.date())}."


class Filler:
    """Breaks the silence once when an answer is late, and names the act where one is known."""

    def __init__(self, reply: ReplyInHand, context: CallContext, *, after: float) -> None:
        self._reply = reply
        self._context = context
        self._timer = asyncio.get_running_loop().call_later(after, self._late)

    def cancel(self) -> None:
        """The answer is there."""
        self._timer.cancel()

    def _late(self, *, again: bool = False) -> None:
        if self._reply.speaking:
            return
        if self._context.last_tool is None and not again:
            # Who was late is given up at this very moment: the answer may be about to come.
            loop = asyncio.get_running_loop()
            self._timer = loop.call_later(LOOK_AGAIN_SECONDS, partial(self._late, again=True))
        else:
            self._reply.add(Say(filler_for(self._context), filler=True))
