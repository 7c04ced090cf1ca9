"""A booking that the caller wants to hear of."""

from __future__ import annotations

from typing import Literal, Self

from voice.dialogue.agenda import Agenda
from voice.dialogue.matters.own_booking import OwnBooking
from voice.dialogue.statements import Rank, Statement
from voice.dialogue.steps import Need, Ran, UseTools, use
from voice.dialogue.view import View
from voice.understanding.acts import Act
from voice.understanding.wishes.wanted import Wanted, spans_of


class LookingUp(OwnBooking):
    """The facts of a look-up."""

    kind: Literal["lookup"] = "lookup"

    def timed(self, acts: tuple[Act, ...], before: Wanted, agenda: Agenda, view: View) -> Self:
        """A time can only say when it is."""
        return self.but(describes=Wanted(spans=spans_of(acts[-1].times)))

    def need(self, agenda: Agenda, view: View) -> Need:
        """Who is calling, and then there is no more to ask."""
        if view.found:
            booking = self.booking(view) if self.reference else None
            reference = booking.reference if booking else self.reference
            return UseTools((use("find_appointment", reference=reference),))
        return self.identify(agenda, view, "find_appointment")

    def learn(self, ran: Ran, agenda: Agenda, view: View) -> Agenda:
        """What there is, or who else it could be."""
        if ran.call.name != "find_appointment":
            return agenda
        if ran.result.refused is not None:
            return self.identified(ran, agenda, view)
        told = Statement(words=ran.result.spoken, rank=Rank.ANSWERED)
        return agenda.without_in_hand().owing(told)
