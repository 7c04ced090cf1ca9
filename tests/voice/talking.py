"""A typed conversation: lines in, the last reply out, with what it did."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from scheduling.desk import Desk
from scheduling.values import Booking, BookingFilter, Organisation
from tests.voice.caller import Caller, spoken
from voice.journal.journal import Journal
from voice.turn import HangUp, Part, Transfer


@dataclass(frozen=True)
class Reply:
    """What the caller heard, and what was done for it."""

    parts: Sequence[Part]

    @property
    def text(self) -> str:
        """All words of the reply."""
        return spoken(list(self.parts))

    @property
    def transferred(self) -> bool:
        """Whether the call goes to a person."""
        return any(isinstance(part, Transfer) for part in self.parts)

    @property
    def hung_up(self) -> bool:
        """Whether the call ends."""
        return any(isinstance(part, HangUp) for part in self.parts)


async def talk(caller: Caller, *lines: str) -> Reply:
    """The reply to the last of the lines."""
    return (await replies(caller, *lines))[-1]


async def replies(caller: Caller, *lines: str) -> list[Reply]:
    """The reply to each line."""
    heard = []
    for line in lines:
        caller.turns += 1
        heard.append(Reply(await caller.hears(caller.turn(line, number=caller.turns))))
    return heard


async def book_of(desk: Desk, organisation: Organisation) -> list[Booking]:
    """Every booking there is, by start."""
    page = await desk.find(organisation.id, BookingFilter())
    return list(page.bookings)


async def tools_of(journal: Journal, caller: Caller) -> list[str]:
    """The tools of the last turn, in order."""
    record = await journal.call(None, caller.call_id)
    assert record is not None
    return [tool.name for tool in record.turns[-1].tool_calls]
