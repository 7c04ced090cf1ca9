"""Money back for an order: which, for what of it, whether the rules allow it, and a yes."""

from __future__ import annotations

from typing import Literal, Self

from support.subjects import subjects
from voice.dialogue.agenda import Agenda
from voice.dialogue.goods import OrderFact, VerdictFact, written_lines
from voice.dialogue.goods_noted import rule_for_faulty
from voice.dialogue.goods_spoken import say_goods
from voice.dialogue.matters.own_order import OwnOrder
from voice.dialogue.speaking import phrase
from voice.dialogue.statements import Rank, Statement
from voice.dialogue.steps import Ask, Need, Over, Ran, UseTools, use
from voice.dialogue.view import View
from voice.no_refund import say_no_refund
from voice.spoken import say_price, say_reference
from voice.understanding.acts import Act

OF_CHOICE = ("use_unknown", "used", "too_late")
"""Reasons that are against what somebody only no longer wants."""
SETTLED = ("already_refunded", "cancelled", "returned")
"""Reasons that leave nothing for the team to do."""


class Refunding(OwnOrder):
    """The facts of a refund."""

    kind: Literal["refund"] = "refund"
    count: int = 0
    """How many of the one that was named; 0: all of them."""
    kept: tuple[str, ...] = ()
    """Ids of the goods that shall not go back."""
    used: bool | None = None
    """Whether any of it was opened or used; None: nobody has said."""
    faulty: bool = False
    """It came broken, wrong or faulty: no return by choice."""

    def is_done_here(self, view: View) -> bool:
        """Everywhere: what was done may be paid for too."""
        return True

    def take(self, act: Act, agenda: Agenda, view: View) -> Self:
        """Which order, what of it, and what was said of its use."""
        taken = super().take(act, agenda, view)
        if act.label in ("want:refund", "give:other") and act.value in ("used", "unused"):
            return taken.but(used=act.value == "used")
        if act.label == "give:product" and act.likely:
            kept = tuple(each for each in self.kept if each not in act.likely)
            return taken.but(count=act.count, kept=kept, agreed=False)
        if act.label == "give:product" and act.count:  # "just the one set"
            return taken.but(count=act.count, agreed=False)
        if act.label == "rule_out:product":
            products = tuple(each for each in self.products if each not in act.likely)
            return self.but(products=products, kept=(*self.kept, *act.likely), agreed=False)
        return taken if taken.reference == self.reference else taken.but(agreed=False)

    def claims(self, act: Act, view: View) -> bool:
        """Whether it was used is told in other words too."""
        return super().claims(act, view) or act.label == "give:other" and act.value is not None

    def answer(self, act: Act, view: View) -> str | None:
        """What is about to go back, where it is known."""
        if self.faulty and "refund" in subjects(act.text):
            return phrase("team_decides")
        if act.kind not in ("price", "other", "service") or act.likely:
            return super().answer(act, view)
        order = self.order(view)
        verdict = self.verdict(order) if order is not None else None
        if order is None or verdict is None or verdict.why:
            return super().answer(act, view)
        return self._amount(order, verdict, view)

    def need(self, agenda: Agenda, view: View) -> Need:
        """Which order, what the rules say to it, and whether it shall be."""
        if self.noting:
            return self.noted(view)
        if self.unfound and not (self.reference or self.order(view)):
            if self.faulty and not self._may_be_found(agenda, view):
                return self._as_faulty(agenda, view)
            return self.for_staff(agenda, view) or self.identify(agenda, view)
        order = self.order(view)
        if order is None:
            return self.identify(agenda, view)
        if self.kept and not self.lines(order):
            return Over((Statement(words=phrase("left"), rank=Rank.DONE),))
        verdict = self.verdict(order)
        used = None if self.used is None else "yes" if self.used else "no"
        if verdict is None:
            items = written_lines(self.lines(order)) or None
            call = use("lookup_order", reference=order.reference, items=items, used=used)
            return UseTools((call,))
        if self.faulty and verdict.why in OF_CHOICE:
            return self._as_faulty(agenda, view)
        if verdict.why == "use_unknown":
            return Ask("used")
        if verdict.why:
            words = say_no_refund(view.business, verdict.why, verdict.last_day)
            told = Statement(words=words, rank=Rank.ANSWERED)
            return Over((told,)) if verdict.why in SETTLED else Ask("ticket", (told,))
        if not self.agreed:
            return self._read_back(order, verdict, view)
        items = written_lines(self.lines(order) or _all_left(order))
        call = use(
            "process_refund",
            order_id=order.reference,
            reason=self.words,
            items=items,
            used=used,
        )
        return UseTools((call,))

    def _as_faulty(self, agenda: Agenda, view: View) -> Need:
        """What the business wrote of such a thing, and whether the team shall see to it."""
        words = rule_for_faulty(view.business) or phrase("faulty_is_for_team")
        if self.order(view) is None:
            words = f"{self.not_found(agenda)} {words}"
        if agenda.asked == "ticket":
            asks = any(e.label.startswith(("ask", "want", "story")) for e in agenda.outcomes)
            words = phrase("team_decides") if asks and not agenda.owed else ""
        return Ask("ticket", (Statement(words=words, rank=Rank.ANSWERED),) if words else ())

    def lines(self, order: OrderFact) -> tuple[tuple[int, int], ...]:
        """Numbers and quantities of the lines that are meant; none: all that is left."""
        products = self.products
        if self.kept and not products:
            left = [line for line in order.lines if line.left and line.key not in self.kept]
            products = tuple(line.key for line in left)
        meant = [line for line in order.lines if line.key in products]
        if not products and self.count:  # so many of the only thing in it
            meant = [line for line in order.lines if line.left]
            meant = meant if len(meant) == 1 else []
        alone = len(meant) == 1 and self.count > 0
        return tuple(
            (line.number, min(self.count, line.left) if alone and line.left else line.left or 1)
            for line in meant
        )

    def of_items(self, order: OrderFact, items: str) -> Self:
        """For these lines, as a tool names them; what cannot be read leaves it as it was."""
        meant = [each.strip().partition("x") for each in items.split(",")]
        if not all(number.isdecimal() for number, _, _ in meant):
            return self
        lines = {line.number: line for line in order.lines}
        named = [lines[int(number)] for number, _, _ in meant if int(number) in lines]
        products = tuple(line.key for line in named)
        count = int(meant[0][2]) if len(meant) == 1 and meant[0][2].isdecimal() else 0
        return self.but(products=products, count=count, agreed=False)

    def verdict(self, order: OrderFact) -> VerdictFact | None:
        """What the rules say to just this; None: nobody has asked them."""
        known = order.verdict
        if known is None or known.used != self.used:
            return None
        return known if known.items == written_lines(self.lines(order)) else None

    def looked_up(self, ran: Ran, agenda: Agenda, view: View) -> Agenda:
        """What was asked for and is not in the order is said to be so."""
        agenda = super().looked_up(ran, agenda, view)
        matter = agenda.in_hand
        if not isinstance(matter, Refunding) or ran.result.refused is not None:
            return agenda
        order = matter.order(view)
        if order is not None and matter.products and not matter.lines(order):
            told = Statement(words=phrase("not_in_order"), rank=Rank.ANSWERED)
            return agenda.with_in_hand(matter.but(products=(), count=0)).owing(told)
        return agenda

    def learn(self, ran: Ran, agenda: Agenda, view: View) -> Agenda:
        """The end of it, or why it did not come to that."""
        if ran.call.name != "process_refund":
            return super().learn(ran, agenda, view)
        if ran.result.refused is None:
            done = Statement(words=ran.result.spoken, rank=Rank.DONE)
            return agenda.without_in_hand().owing(done)
        told = Statement(words=ran.result.spoken, rank=Rank.ANSWERED)
        return agenda.without_in_hand().but(offers_person=True).owing(told)

    def accepted(self, agenda: Agenda, view: View) -> Agenda | None:
        """It was used, or it shall be written down."""
        if agenda.asked == "used":
            return agenda.with_in_hand(self.but(used=True))
        return super().accepted(agenda, view)

    def refused(self, agenda: Agenda, view: View) -> Agenda | None:
        """It was not used; or it stays as it is."""
        if agenda.asked == "used":
            return agenda.with_in_hand(self.but(used=False))
        if agenda.asked == "confirm_refund":
            told = Statement(words=phrase("left"), rank=Rank.DONE)
            return agenda.without_in_hand().owing(told)
        return super().refused(agenda, view)

    def left(self, view: View) -> str:
        """It is as it was."""
        return "left"

    def why_noted(self, view: View) -> str:
        """That money was wanted, and what is against it."""
        order = self.order(view)
        verdict = self.verdict(order) if order is not None else None
        why = f" ({verdict.why.replace('_', ' ')})" if verdict is not None and verdict.why else ""
        return "Faulty: exchange or refund wanted. " if self.faulty else f"Refund wanted{why}. "

    @property
    def ticket_kind(self) -> str:
        """Of what the rules do not give."""
        return "refund"

    def _read_back(self, order: OrderFact, verdict: VerdictFact, view: View) -> Ask:
        told = Statement(words=self._amount(order, verdict, view))
        amount = say_price(verdict.amount, view.business.currency)
        return Ask("confirm_refund", (told,), values={"what": amount})

    def _amount(self, order: OrderFact, verdict: VerdictFact, view: View) -> str:
        amount = say_price(verdict.amount, view.business.currency)
        names = {line.number: line.product for line in order.lines}
        lines = self.lines(order) or _all_left(order)
        goods = say_goods((quantity, names[number]) for number, quantity in lines)
        number = say_reference(order.reference)
        return f"That's {amount} back for {goods} of order {number}."


def _all_left(order: OrderFact) -> tuple[tuple[int, int], ...]:
    return tuple((line.number, line.left) for line in order.lines if line.left)
