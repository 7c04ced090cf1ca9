"""What is kept of the caller: to hear it, to be under another name or number, to be forgotten."""

from __future__ import annotations

from typing import Literal, Self

from voice.dialogue.agenda import Agenda
from voice.dialogue.customer_names import with_part
from voice.dialogue.known import BookingFact
from voice.dialogue.matters.own_booking import OwnBooking
from voice.dialogue.reaching import ask_phone
from voice.dialogue.speaking import phrase, service_words
from voice.dialogue.statements import Rank, Statement
from voice.dialogue.steps import Ask, Need, Over, Ran, UseTools, use
from voice.dialogue.view import View
from voice.spoken import say_phone
from voice.understanding.acts import Act
from voice.understanding.loose_phrases import AccountWish
from voice.understanding.wishes.wanted import Wanted, spans_of


class Account(OwnBooking):
    """The facts of it."""

    kind: Literal["account"] = "account"
    wish: AccountWish = ""
    name: str | None = None
    """The one that a booking shall be under."""
    callers: bool = False
    """Whether the caller's own was wrong, and not another's is wanted instead."""

    def keeps(self, act: Act, agenda: Agenda) -> bool:
        """Whether it is the new name; one told beside it shows who is calling."""
        if self.wish != "name" or act.label != "give:name" or not act.value:
            return False
        return self.name is None or act.corrects or agenda.asked == "confirm_name"

    def take(self, act: Act, agenda: Agenda, view: View) -> Self:
        """Which of them, the new name, and what shows who is calling."""
        if act.label == "want:account":
            return self.but(wish=act.value or self.wish, agreed=False)
        if act.value and self.keeps(act, agenda):
            booking = self.booking(view)
            known = self.name or (booking.customer if booking else "")
            name = with_part(known, act.value)
            own = self.callers or booking is not None and booking.customer == agenda.name
            return self.but(name=name, callers=own, agreed=self.agreed and name == self.name)
        if self.wish == "number" and act.name in ("choose", "give") and len(act.which) > 1:
            return self.but(reference=None)  # "on both of them"
        if act.kind in ("service", "provider") and (meant := {act.value, *act.likely} - {None}):
            out = act.name == "rule_out"
            fits = (bool(meant & {one.service_id, one.provider_id}) != out for one in view.found)
            return self._meaning(tuple(fits), agenda, view)
        return super().take(act, agenda, view)

    def timed(self, acts: tuple[Act, ...], before: Wanted, agenda: Agenda, view: View) -> Self:
        """A time can only say which booking it is."""
        told = self.but(describes=Wanted(spans=spans_of(acts[-1].times)))
        return told._meaning(tuple(told._fits(one, view) for one in view.found), agenda, view)

    def _meaning(self, fits: tuple[bool, ...], agenda: Agenda, view: View) -> Self:
        """Of the only booking for which that is so: what was agreed to of another one is not."""
        meant = [one for one, so in zip(view.found, fits, strict=True) if so]
        if len(meant) != 1 or meant[0] == self.booking(view):
            return self
        callers = self.callers and meant[0].customer == agenda.name
        return self.but(reference=meant[0].reference, agreed=False, callers=callers)

    def need(self, agenda: Agenda, view: View) -> Need:
        """Who is calling, and a yes to what cannot be taken back."""
        match self.wish:
            case "number":
                return self._number(agenda, view)
            case "name":
                return self._name(agenda, view)
            case "forget":
                return self._forget(view)
        return self._who(agenda, view)

    def _who(self, agenda: Agenda, view: View) -> Need:
        if view.found or view.orders:
            return UseTools((use("my_account"),))
        return self.identify(agenda, view, "my_account")

    def _number(self, agenda: Agenda, view: View) -> Need:
        if not view.found:
            return self.identify(agenda, view)
        meant = self.booking(view) if self.reference else None
        if agenda.phone is None:
            return ask_phone(agenda, view, "new_number")
        if not self.agreed:
            new = say_phone(agenda.phone)
            first = not (view.call.known_phone or view.call.claimed_phone)
            whose = f"Your {'' if first else 'new '}number"
            if meant is not None and len(view.found) > 1:
                whose = f"The number for your {service_words(view, meant.service_id)}"
            told = Statement(words=f"{whose} would be {new}.")
            kind = "confirm_first_number" if first else None
            return Ask("confirm_number", (told,), kind=kind, values={"what": new})
        only = {} if meant is None else {"reference": meant.reference}
        return UseTools((use("change_number", phone=agenda.phone, **only),))

    def booking(self, view: View) -> BookingFact | None:
        """A name that is wrong is wrong on what was booked last, if nothing else is said."""
        last = view.last_booked if self.wish == "name" else None
        return super().booking(view) or (last if self.reference is None else None)

    def _name(self, agenda: Agenda, view: View) -> Need:
        if self.name is None:
            return Ask("name", kind="new_name")
        booking = self.booking(view)
        if booking is None:
            return self.identify(agenda, view)
        if not self.agreed:
            told = Statement(words=f"The name would be {self.name}.")
            values = {"name": self.name, "what": service_words(view, booking.service_id)}
            return Ask("confirm_name", (told,), values=values)
        return UseTools((use("change_name", name=self.name, reference=booking.reference),))

    def _forget(self, view: View) -> Need:
        if view.call.known_phone is None:
            told = Statement(words=phrase("forgets_known_numbers"), rank=Rank.ANSWERED)
            return Over((told,), offer_person=True)
        if not self.agreed:
            told = Statement(words=phrase("what_forgetting_does"))
            return Ask("confirm_forget", (told,))
        return UseTools((use("forget_me"),))

    def learn(self, ran: Ran, agenda: Agenda, view: View) -> Agenda:
        """Who is calling, or the end of it."""
        match ran.call.name:
            case "verify_caller":
                return self.identified(ran, agenda, view)
            case "my_account" if ran.result.refused is not None:
                return self.identified(ran, agenda, view)
            case "change_number" if ran.result.refused == "invalid":
                told = Statement(words=ran.result.spoken, rank=Rank.ANSWERED)
                again = agenda.with_in_hand(self.but(agreed=False))
                return again.but(phone=None).owing(told)
            case "change_name" if ran.result.refused == "invalid":
                told = Statement(words=ran.result.spoken, rank=Rank.ANSWERED)
                return agenda.with_in_hand(self.but(agreed=False, name=None)).owing(told)
            case "change_name" if ran.result.refused is None:
                told = Statement(words=ran.result.spoken, rank=Rank.DONE)
                callers = self.name if self.callers else agenda.name
                return agenda.without_in_hand().but(name=callers).owing(told)
            case "my_account" | "change_number" | "change_name" | "forget_me":
                told = Statement(words=ran.result.spoken, rank=Rank.DONE)
                return agenda.without_in_hand().owing(told)
        return agenda

    def refused(self, agenda: Agenda, view: View) -> Agenda | None:
        """A no leaves all as it is."""
        match agenda.asked:
            case "confirm_number":
                return agenda.but(phone=None, phone_digits="")
            case "confirm_name":
                return agenda.with_in_hand(self.but(name=None))
            case "confirm_forget" | "phone" | "name" if not agenda.tried:
                told = Statement(words=phrase("left"), rank=Rank.DONE)
                return agenda.without_in_hand().owing(told)
        return super().refused(agenda, view)

    def left(self, view: View) -> str:
        """It is as it was."""
        return "left"
