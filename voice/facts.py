"""The facts of a call: what lasts from turn to turn and is saved with each."""

from __future__ import annotations

from collections.abc import Sequence

from pydantic import BaseModel, Field

from voice.dialogue.agenda import Agenda
from voice.dialogue.goods import CartFact, OrderFact, ProductFact, RefundFact, TicketFact
from voice.dialogue.known import BookingFact, OfferedFact
from voice.dialogue.statements import Asked

MOST_LEARNT = 4
LONGEST_LEARNT = 200
"""Characters."""


class Facts(BaseModel):
    """What the call has come to so far; saved with each turn as JSON."""

    agenda: Agenda = Agenda()
    """What the caller wants, what was asked and what is owed."""
    agent: str = ""
    """Who of the hosted model's agents speaks; empty: the first."""
    offers: list[OfferedFact] = Field(default_factory=list)
    """The set read to the caller last; the next one replaces it."""
    found: list[BookingFact] = Field(default_factory=list)
    """Bookings read to the verified caller."""
    given_up: BookingFact | None = None
    """What was cancelled last in this call, as it was."""
    booked_here: list[str] = Field(default_factory=list)
    """References made in this call: they need no verification."""
    orders: list[OrderFact] = Field(default_factory=list)
    """Of this caller, as they were told last; the last placed first."""
    proved_orders: list[str] = Field(default_factory=list)
    """References of orders that were placed in this call, or whose customer the caller has proved
    to be."""
    refunds: list[RefundFact] = Field(default_factory=list)
    """Made in this call."""
    products: list[ProductFact] = Field(default_factory=list)
    """Read to the caller last."""
    cart: CartFact | None = None
    tickets: list[TicketFact] = Field(default_factory=list)
    """Written or told of in this call."""
    untold: list[str] = Field(default_factory=list)
    """References that were booked, moved or cancelled in words which the caller has since turned
    back from: they stand, and the next reply says so first."""
    learnt: list[str] = Field(default_factory=list)
    """What tools last said to a hosted model, newest last."""
    verified: list[str] = Field(default_factory=list)
    """References whose owner the caller has proved to be."""
    last_reply: str = ""

    def learn(self, said: Sequence[str]) -> None:
        """Keeps the newest of what tools said."""
        cut = [one[:LONGEST_LEARNT] for one in said]
        self.learnt = [*(one for one in self.learnt if one not in cut), *cut][-MOST_LEARNT:]

    @property
    def asked(self) -> Asked | None:
        """What our last words asked for."""
        return self.agenda.asked

    @property
    def name(self) -> str | None:
        """The caller's, as a customer."""
        return self.agenda.name

    @property
    def phone(self) -> str | None:
        """E.164, as the caller gave it in this call."""
        return self.agenda.phone

    @property
    def moving(self) -> str | None:
        """The reference of the booking that is being moved."""
        matter = self.agenda.in_hand
        return getattr(matter, "reference", None) if matter and matter.kind == "move" else None

    @property
    def service_id(self) -> str | None:
        """The service of the matter in hand."""
        return getattr(self.agenda.in_hand, "service_id", None)

    @property
    def own(self) -> list[BookingFact]:
        """Bookings that this caller may hear of, and has."""
        shown = {*self.booked_here, *self.verified}
        return [known for known in self.found if known.reference in shown]

    @property
    def own_orders(self) -> list[OrderFact]:
        """Orders that this caller may hear of, and has."""
        return [known for known in self.orders if known.reference in self.proved_orders]
