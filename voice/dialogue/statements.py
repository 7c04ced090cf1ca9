"""What is told and asked: the words of a reply, and what each is about."""

from __future__ import annotations

from enum import IntEnum
from typing import Any, Literal, Self

from pydantic import BaseModel, ConfigDict

Asked = Literal[
    "service", "guess", "date", "time", "choose", "name", "phone", "confirm", "confirm_move",
    "confirm_cancel", "which_booking", "reference", "person", "anything_else", "change", "help",
    "reading", "move_or_cancel", "order", "which_order", "used", "confirm_refund", "ticket",
    "problem", "helped", "same_ticket", "pass_on", "message", "call_back", "confirm_number",
    "confirm_forget", "emergency", "new_instead", "product", "which_product", "take_it",
    "confirm_order", "confirm_name", "in_place",
]  # fmt: skip
"""What our last words asked for. `guess`: whether it is this service; `change`: what should be
otherwise; `reading`: which of two things was meant; `move_or_cancel`: what is to become of a
booking; `order`: its number; `used`: whether something was; `ticket`: whether it shall be written
down for the team; `emergency`: whether it is one; `new_instead`: whether to book a visit, as none
was found; `in_place`: whether to look for what is wanted instead of a visit that was cancelled."""


class Rank(IntEnum):
    """In this order a reply tells: what is urgent, what was done, what was asked, what is next."""

    URGENT = 0
    DONE = 1
    ANSWERED = 2
    NEXT = 3
    ASIDE = 4
    """Half a sentence of sympathy or thanks: said where there is room, and never owed."""


class Frozen(BaseModel):
    """A value of the agenda."""

    model_config = ConfigDict(frozen=True)

    def but(self, **changes: Any) -> Self:
        """The same with these changes."""
        return self.model_copy(update=changes)


class Statement(Frozen):
    """Something true to be told, with what it rests on: checked again when it leaves."""

    words: str
    rank: Rank = Rank.NEXT
    weak: bool = False
    """Said only where nothing was answered: that there is no answer to what may be no question."""
    no_answer: bool = False
    """That there is no answer."""
    not_done: bool = False
    """That something which was asked for is not done here."""
    lists: bool = False
    """It names some of the services, so that nobody hears them twice."""
    shows: bool = False
    """It names goods that the question behind it is about."""
    offers: tuple[str, ...] = ()
    """Ids of the offers that it says are free."""
