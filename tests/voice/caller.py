"""A caller: says lines, hears replies, keeps count of the turns."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

from scheduling.desk import Desk
from scheduling.values import BookingFilter, Organisation
from voice.conversation import Conversation
from voice.turn import CallFacts, Line, Part, Say, Turn


@dataclass
class Caller:
    """One call from one caller, over whatever conversation is given."""

    conversation: Conversation
    organisation: Organisation
    call_id: str = "call-1"
    known_phone: str | None = "+15185550100"
    turns: int = 0

    @property
    def call(self) -> CallFacts:
        """What the door knows."""
        return CallFacts(
            call_id=self.call_id,
            organisation_id=self.organisation.id,
            door="vapi",
            credential="vapi",
            known_phone=self.known_phone,
            can_transfer=True,
            can_hang_up=True,
        )

    def turn(
        self,
        text: str,
        *,
        number: int,
        first_unheard: int | None = None,
        history: tuple[Line, ...] | None = None,
    ) -> Turn:
        """A turn by hand."""
        unheard = number if first_unheard is None else first_unheard
        return Turn(self.call, number, unheard, text, history)

    async def says(self, text: str) -> str:
        """The next turn, heard to its end; what was said in answer."""
        self.turns += 1
        return spoken(await self.hears(self.turn(text, number=self.turns)))

    async def hears(self, turn: Turn) -> list[Part]:
        """All parts of a reply."""
        async with self.conversation.answer(turn) as reply:
            parts = [part async for part in reply]
            await reply.played()
        return parts

    def over(self, conversation: Conversation) -> Caller:
        """The same call, in another process as it were."""
        return replace(self, conversation=conversation)


def spoken(parts: list[Any]) -> str:
    """The words of these parts."""
    return " ".join(part.text for part in parts if isinstance(part, Say) and not part.filler)


async def booked(desk: Desk, organisation: Organisation) -> list[str]:
    """Everything in the book, as `Maria Lopez Tue 14:00 booked`."""
    page = await desk.find(organisation.id, BookingFilter())
    zone = (await desk.business(organisation.id)).zone
    return [
        f"{one.customer_name} {one.start.astimezone(zone):%a %H:%M} {one.status}"
        for one in page.bookings
    ]
