"""The facts of a call: what lasts from turn to turn and is saved with each."""

from __future__ import annotations

from datetime import datetime
from typing import Literal

from pydantic import BaseModel, Field

from voice.understanding.clauses import Intent
from voice.wishes.wanted import Wanted

Asked = Literal[
    "service", "guess", "date", "time", "name", "phone", "confirm", "confirm_move",
    "confirm_cancel", "choose", "which_booking", "reference", "person", "anything_else", "open",
    "help",
]  # fmt: skip


class OfferedFact(BaseModel):
    """An offer as the caller heard it; instants are aware UTC."""

    offer_id: str
    service_id: str
    provider_id: str
    start: datetime
    end: datetime


class BookingFact(BaseModel):
    """A booking that this caller may hear of; instants are aware UTC."""

    reference: str
    service_id: str
    provider_id: str
    start: datetime
    end: datetime
    customer: str = ""


class NextMatter(BaseModel):
    """What comes after the matter in hand, in the caller's words."""

    intent: Intent
    words: str


class Facts(BaseModel):
    """What the call has come to so far; saved with each turn as JSON."""

    agent: str = "triage"
    """Who speaks: a name in the table of agents."""
    intent: Intent | None = None
    next_matters: list[NextMatter] = Field(default_factory=list)
    """What the caller also wants, after this."""
    service_id: str | None = None
    provider_id: str | None = None
    """`any`: the caller does not mind."""
    guessed: str | None = None
    """The service that was asked back last: "Is that physiotherapy?"."""
    wanted: Wanted = Wanted()
    asked_about: Wanted = Wanted()
    """The day of a question, for "can I come in then"."""
    last_question: str = ""
    """About the business, answered in the turn before: "and on Saturday?" goes on from it."""
    describes: Wanted = Wanted()
    """When the booking is that the caller speaks of, as they said it."""
    unplaced: str = ""
    """Words about a new time, while it is not known which booking they are about."""
    searched: str = ""
    """What was looked for last, so that it is not looked for again."""
    offers: list[OfferedFact] = Field(default_factory=list)
    """The set read to the caller last; the next one replaces it."""
    chosen: str | None = None
    """An offer id."""
    name: str | None = None
    phone: str | None = None
    """E.164, as the caller gave it in this call."""
    phone_digits: str = ""
    """Of a number that is not complete yet."""
    phone_declined: bool = False
    reference: str | None = None
    """The booking being moved, cancelled or looked up."""
    found: list[BookingFact] = Field(default_factory=list)
    """Bookings read to the verified caller."""
    given_up: BookingFact | None = None
    """What was cancelled last in this call, as it was."""
    booked_here: list[str] = Field(default_factory=list)
    """References made in this call: they need no verification."""
    verified: list[str] = Field(default_factory=list)
    """References whose owner the caller has proved to be."""
    tried: list[str] = Field(default_factory=list)
    """Names and references that did not show whose booking it is, as `name/reference`."""
    wrong_tries: int = 0
    """As the journal counted them when the last one failed."""
    asked: Asked | None = None
    """What our last words asked for."""
    times_asked: dict[str, int] = Field(default_factory=dict)
    """How often each question was put, so that it is put in other words."""
    misses: int = 0
    """Turns in a row that could not be understood."""
    rounds: int = 0
    """Turns in a row that ended with the question before them, still without an answer."""
    last_reply: str = ""
    greeted: bool = False

    @property
    def chosen_offer(self) -> OfferedFact | None:
        """The live offer that the caller has settled on."""
        return next((offer for offer in self.offers if offer.offer_id == self.chosen), None)
