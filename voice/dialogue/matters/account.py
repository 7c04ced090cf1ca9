"""What is kept of the caller: to hear it, to be reached on another number, to be forgotten."""

from __future__ import annotations

from typing import Literal, Self

from voice.dialogue.agenda import Agenda
from voice.dialogue.matters.own_booking import OwnBooking
from voice.dialogue.speaking import phrase
from voice.dialogue.statements import Rank, Statement
from voice.dialogue.steps import Ask, Need, Over, Ran, UseTools, use
from voice.dialogue.view import View
from voice.spoken import say_phone
from voice.understanding.account_wishes import AccountWish
from voice.understanding.acts import Act
from voice.understanding.wishes.wanted import Wanted, spans_of


class Account(OwnBooking):
    """The facts of it."""

    kind: Literal["account"] = "account"
    wish: AccountWish = ""

    def take(self, act: Act, agenda: Agenda, view: View) -> Self:
        """Which of the three, and what shows who is calling."""
        if act.label == "want:account":
            return self.but(wish=act.value or self.wish, agreed=False)
        return super().take(act, agenda, view)

    def timed(self, acts: tuple[Act, ...], before: Wanted, agenda: Agenda, view: View) -> Self:
        """A time can only say which booking it is."""
        return self.but(describes=Wanted(spans=spans_of(acts[-1].times)))

    def need(self, agenda: Agenda, view: View) -> Need:
        """Who is calling, and a yes to what cannot be taken back."""
        match self.wish:
            case "number":
                return self._number(agenda, view)
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
        if agenda.phone is None:
            if not agenda.phone_digits:
                return Ask("phone", kind="new_number")
            so_far = Statement(words=f"I have {' '.join(agenda.phone_digits)} so far.")
            return Ask("phone", (so_far,), kind="phone_rest")
        if not self.agreed:
            new = say_phone(agenda.phone)
            first = not (view.call.known_phone or view.call.claimed_phone)
            told = Statement(words=f"Your {'' if first else 'new '}number would be {new}.")
            kind = "confirm_first_number" if first else None
            return Ask("confirm_number", (told,), kind=kind, values={"what": new})
        return UseTools((use("change_number", phone=agenda.phone),))

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
            case "my_account" | "change_number" | "forget_me":
                told = Statement(words=ran.result.spoken, rank=Rank.DONE)
                return agenda.without_in_hand().owing(told)
        return agenda

    def refused(self, agenda: Agenda, view: View) -> Agenda | None:
        """A no leaves all as it is."""
        match agenda.asked:
            case "confirm_number":
                return agenda.but(phone=None, phone_digits="")
            case "confirm_forget" | "phone":
                told = Statement(words=phrase("left"), rank=Rank.DONE)
                return agenda.without_in_hand().owing(told)
        return super().refused(agenda, view)

    def left(self, view: View) -> str:
        """It is as it was."""
        return "left"
