"""A caller whose words come with their labels: what the dialogue does with acts that are heard
right, whatever the reader makes of the words today.

A line marks each act: `[affirm yes] and [ask:price how much is it]`; a `*` after the label says
that it corrects: `[give:name* it's Kavanagh]`, a `~` that it was hardly heard.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import datetime

from scheduling.desk import Desk
from scheduling.values import BookingFilter, Organisation
from support.ticket_values import TicketFilter
from support.tickets import Tickets
from tests.clinic import NOW
from voice.call import CallContext, listening
from voice.facts import Facts
from voice.journal.journal import Journal
from voice.talking import see_who_calls, talk
from voice.turn import CallFacts, HangUp, Transfer
from voice.understanding.acts import Tagged
from voice.understanding.valuing import reading_of

_MARKED = re.compile(r"\[(?P<label>[a-z_:]+)(?P<corrects>\*?)(?P<unsure>~?) (?P<words>[^\]]+)\]")


def unmarked(line: str) -> tuple[str, tuple[Tagged, ...]]:
    """The words, and their labels as the tagger would give them."""
    text, tags, at = "", [], 0
    for found in _MARKED.finditer(line):
        text += line[at : found.start()]
        start = len(text)
        text += found["words"]
        corrects = bool(found["corrects"])
        sure = 0.5 if found["unsure"] else 1.0
        tags.append(Tagged(found["label"], start, len(text), sure, corrects=corrects))
        at = found.end()
    return text + line[at:], tuple(tags)


@dataclass
class LabelledCaller:
    """One call; each line is a turn."""

    desk: Desk
    journal: Journal
    organisation: Organisation
    phone: str | None = "+15185550100"
    can_transfer: bool = True
    now: datetime = NOW
    facts: Facts = field(default_factory=Facts)
    tools: list[str] = field(default_factory=list)
    """Of the last turn, in order."""
    hung_up: bool = False
    transferred: bool = False
    turns: int = 0

    async def say(self, line: str) -> str:
        """What is said in answer."""
        self.turns += 1
        text, tags = unmarked(line)
        call = CallFacts(
            "call-1", self.organisation.id, "vapi", "vapi", known_phone=self.phone,
            can_transfer=self.can_transfer, can_hang_up=True,
        )  # fmt: skip
        if self.turns == 1:
            await self.journal.start_call(call)
        context = CallContext(
            call=call,
            organisation=self.organisation,
            business=await self.desk.business(self.organisation.id),
            facts=self.facts,
            now=self.now,
            text=text,
            desk=self.desk,
            journal=self.journal,
            key=f"turn-{self.turns}",
        )
        context.__dict__["reading"] = reading_of(text, tags, listening(context))
        said: list[str] = []
        await see_who_calls(context)
        context.reading = reading_of(text, tags, listening(context))
        await talk(context, said.append)
        self.facts = Facts.model_validate(context.facts.model_dump(mode="json"))
        self.facts.last_reply = " ".join(said)
        self.tools = [ran.name for ran in context.ran]
        self.hung_up = any(isinstance(act, HangUp) for act in context.acts)
        self.transferred = any(isinstance(act, Transfer) for act in context.acts)
        assert self.facts.last_reply.count("?") <= 1, self.facts.last_reply
        return self.facts.last_reply

    async def says(self, *lines: str) -> str:
        """The answer to the last of these."""
        return [await self.say(line) for line in lines][-1]

    async def tickets(self) -> list[str]:
        """What staff have to see to: `problem normal open: the app crashes`."""
        page = await Tickets(self.desk).find(self.organisation.id, TicketFilter())
        return [f"{one.kind} {one.priority} {one.status}: {one.issue}" for one in page.tickets]

    async def book(self) -> list[str]:
        """What the book holds: `Maria Lopez checkup Tue 10:00 booked`."""
        page = await self.desk.find(self.organisation.id, BookingFilter())
        zone = (await self.desk.business(self.organisation.id)).zone
        return [
            f"{one.customer_name} {one.service_id} "
            f"{one.start.astimezone(zone):%a %H:%M} {one.status}"
            for one in page.bookings
        ]
