"""What was paid for an order, when, and what is open; a dispute is written down for the team."""

from __future__ import annotations

from dataclasses import replace
from typing import Literal, Self

from voice.dialogue.agenda import Agenda
from voice.dialogue.goods import OrderFact
from voice.dialogue.goods_spoken import say_paid, say_payment_page
from voice.dialogue.matters.message import Message
from voice.dialogue.matters.own_order import AskedAfter
from voice.dialogue.speaking import phrase
from voice.dialogue.statements import Rank, Statement
from voice.dialogue.steps import Ask, Need, Over, Ran
from voice.dialogue.view import View
from voice.understanding.acts import Act
from voice.understanding.goods.goods_said import asks_for_payment_page


def say_how_to_pay(order: OrderFact, view: View) -> str:
    """On its page, or in person."""
    page = say_payment_page(view.business, order.reference)
    return phrase("pay_by_link", page=page) if page else phrase("pay_at_desk")


class Billing(AskedAfter):
    """The facts of asking after a bill."""

    kind: Literal["billing"] = "billing"
    of_visit: bool = False
    """It was a visit that was charged, which no order stands for."""
    vague: bool = False
    """Nothing was said of what was charged."""

    def take(self, act: Act, agenda: Agenda, view: View) -> Self:
        """Also what was charged."""
        taken = super().take(act, agenda, view)
        if act.label != "want:billing" or act.value not in ("charge", "visit"):
            return taken
        return taken.but(wrong=True, of_visit=act.value == "visit", vague=act.value == "charge")

    def dispute(self, view: View, *more: str) -> Message | None:
        """A message of a wrong charge that is none of an order; None: an order it may be."""
        known = self.order(view) is not None or self.reference is not None
        if not self.wrong or known or not (self.of_visit or self.vague):
            return None
        return Message(wanted=True, sort="dispute", said=tuple(filter(None, (self.words, *more))))

    def identify(self, agenda: Agenda, view: View) -> Need:
        """Who is calling, with no word of an order where nobody spoke of one."""
        need = super().identify(agenda, view)
        if self.vague and isinstance(need, Ask) and need.asked == "name":
            return replace(need, kind="name_instead_of_order")
        return need

    def looked_up(self, ran: Ran, agenda: Agenda, view: View) -> Agenda:
        """Where there is no order, none was charged."""
        after = super().looked_up(ran, agenda, view)
        dispute = self.dispute(view) if ran.result.refused is not None or not view.orders else None
        if dispute is None:
            return after
        return agenda.but(tried=after.tried).with_in_hand(dispute)

    def told(self, order: OrderFact, view: View) -> str:
        """What came in, and how what is open is paid: never with a card by telephone."""
        paid = say_paid(view.business, order, view.today)
        how = say_how_to_pay(order, view)
        return f"{paid} {how}" if order.open and how not in view.last_reply else paid

    def answer(self, act: Act, view: View) -> str | None:
        """How it is paid, said once more to whoever asks for that; else as of any order."""
        order = self.order(view)
        if order is None or not order.open or not asks_for_payment_page(act.text):
            return super().answer(act, view)
        return say_how_to_pay(order, view)

    def need(self, agenda: Agenda, view: View) -> Need:
        """Of several orders it is enough to know what is open."""
        if self.wrong or len(view.orders) < 2 or self.order(view) is not None:
            return super().need(agenda, view)
        open_ones = [each for each in view.orders if each.open]
        words = " ".join(self.told(each, view) for each in open_ones[:1])
        told = words or phrase("nothing_open")
        return Over((Statement(words=told, rank=Rank.ANSWERED),))

    @property
    def ticket_kind(self) -> str:
        """Of what is wrong with a bill."""
        return "dispute"
