"""A booking to be cancelled: which one, and a yes."""

from __future__ import annotations

from typing import Literal, Self

from voice.dialogue.agenda import Agenda
from voice.dialogue.matters.booking import Booking
from voice.dialogue.matters.own_booking import OwnBooking
from voice.dialogue.speaking import named_visit, phrase, service_words
from voice.dialogue.statements import Rank, Statement
from voice.dialogue.steps import Ask, Need, Ran, UseTools, use
from voice.dialogue.view import View
from voice.understanding.acts import Act
from voice.understanding.wishes.wanted import Wanted, spans_of


class Cancelling(OwnBooking):
    """The facts of a cancellation."""

    kind: Literal["cancel"] = "cancel"

    def timed(self, acts: tuple[Act, ...], before: Wanted, agenda: Agenda, view: View) -> Self:
        """A time can only say when it is."""
        return self.but(describes=Wanted(spans=spans_of(acts[-1].times)))

    def settled(self, agenda: Agenda, view: View) -> tuple[Self, tuple[Statement, ...]]:
        """The booking, once it is known."""
        booking = self.booking(view)
        return (self if booking is None else self.but(reference=booking.reference)), ()

    def need(self, agenda: Agenda, view: View) -> Need:
        """Which booking, and whether it is really to go."""
        booking = self.booking(view)
        if booking is None:
            return self.identify(agenda, view)
        late = self.too_late(booking, view)
        if late is not None:
            return late
        if not self.agreed:
            what = named_visit(view, agenda, booking)
            values, told = {"what": what}, Statement(words=f"That's {what}.")
            if (other := self._other(agenda)) is None:
                return Ask("confirm_cancel", (told,), values=values)
            values["other"] = service_words(view, other.service_id)
            return Ask("confirm_cancel", (told,), kind="confirm_replace", values=values)
        return UseTools((use("cancel_appointment", reference=booking.reference),))

    def _other(self, agenda: Agenda) -> Booking | None:
        """The visit that is wanted next."""
        behind = agenda.matters[1] if len(agenda.matters) > 1 else None
        return (
            behind
            if isinstance(behind, Booking) and behind.in_place and behind.service_id
            else None
        )

    def learn(self, ran: Ran, agenda: Agenda, view: View) -> Agenda:
        """Who is calling, or the end of it."""
        if ran.call.name == "verify_caller":
            return self.identified(ran, agenda, view)
        if ran.call.name == "cancel_appointment":
            return self.changed(ran, agenda, view)
        return agenda

    def refused(self, agenda: Agenda, view: View) -> Agenda | None:
        """A no to cancelling leaves it as it is."""
        if agenda.asked != "confirm_cancel":
            return super().refused(agenda, view)
        told = Statement(words=phrase("left"), rank=Rank.DONE)
        left = agenda.without_in_hand()
        if isinstance(left.in_hand, Booking) and left.in_hand.in_place:
            left = left.without_in_hand()
        return left.owing(told)

    def left(self, view: View) -> str:
        """It is where it was."""
        return "left"
