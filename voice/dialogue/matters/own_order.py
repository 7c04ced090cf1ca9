"""An order that the caller has: who is calling, which is meant, and what staff must see to."""

from __future__ import annotations

from typing import Literal, Self

from voice.dialogue.agenda import Agenda, Matter
from voice.dialogue.goods import OrderFact
from voice.dialogue.goods_spoken import say_goods, say_order, say_ordered_on
from voice.dialogue.reaching import ask_phone, is_reachable
from voice.dialogue.speaking import phrase, say_ring
from voice.dialogue.statements import Rank, Statement
from voice.dialogue.steps import Ask, Need, Over, Ran, UseTools, use
from voice.dialogue.view import View
from voice.spoken import list_of, say_reference, sentences
from voice.understanding.acts import Act
from voice.understanding.goods.goods_said import bought_at_the_counter
from voice.understanding.messages_said import time_to_ring

MOST_LISTED = 3
MOST_ASKED = 2
"""Times that number and name are asked for in vain."""
LEAST_OF_A_NUMBER = 2
"""Signs of an order's number that tell which it is."""
OF_A_TICKET = frozenset({"give:other", "give:message", "give:call_back"})
LONGEST_WORDS = 600
"""Of the caller, that a ticket quotes."""


class OwnOrder(Matter):
    """What is known of the order that a caller asks about."""

    reference: str | None = None
    failed: str = ""
    """A number that did not go with the name; another name may."""
    products: tuple[str, ...] = ()
    """Ids of the goods that were named."""
    words: str = ""
    """With which the caller came to it."""
    noting: bool = False
    """It shall be written down for the team."""
    unfound: bool = False
    """The caller has no number or name that could show which order it is."""
    call_back: str = ""
    """When the caller would be rung about it; empty: no call was asked for."""

    def is_done_here(self, view: View) -> bool:
        """Where something is sold, or was ordered in this call's knowledge."""
        business = view.business
        return bool(business.products or business.support.refund_days is not None or view.orders)

    def claims(self, act: Act, view: View) -> bool:
        """Numbers are of orders here, and goods are not looked up; what else is said of a ticket
        goes into it."""
        numbered = act.label in ("give:order", "give:reference", "give:product", "rule_out:product")
        return numbered or self.noting and act.label in OF_A_TICKET

    def answer(self, act: Act, view: View) -> str | None:
        """Prices of visits are not meant while an order is spoken of, and what else is asked before
        it is found is answered with it."""
        found = self.order(view) is not None
        ours = act.kind == "price" or act.kind == "other" and not found
        return "" if ours and not act.likely else None

    def take(self, act: Act, agenda: Agenda, view: View) -> Self:
        """What tells which order it is."""
        match act.label:
            case "give:order" | "give:reference" if act.value:
                return self.but(reference=act.value, unfound=False)
            case "choose" | "give:booking" if agenda.asked == "which_order":
                meant = [view.orders[at].reference for at in act.which if at < len(view.orders)]
                return self.but(reference=meant[0]) if len(meant) == 1 else self
            case "give:product" if act.likely:
                return self._with_goods(act.likely, view)
            case "give:call_back":
                return self.but(call_back=time_to_ring(act))
            case "give:other" | "give:message" if self.noting:
                return self.but(words=with_words(self.words, act.text))
        if act.name == "want":
            unfound = self.unfound or bought_at_the_counter(act.text)
            return self.but(words=with_words(self.words, act.text), unfound=unfound)
        return self

    def is_done_with(self, ended: Matter, view: View) -> bool:
        """The same of an order of which something was just done, and no other goods are named."""
        if not isinstance(ended, OwnOrder) or ended.kind != self.kind:
            return False
        same = self.reference in (None, ended.reference)
        return same and set(self.products) <= set(ended.products)

    def order(self, view: View) -> OrderFact | None:
        """The one that is meant: by its number, or as the only one."""
        if self.reference is not None:
            return view.order(self.reference) or self._of_a_part(view)
        fitting = [each for each in view.orders if each.has_any(self.products)]
        if len(fitting) == 1:
            return fitting[0]
        return view.orders[0] if len(view.orders) == 1 else None

    def _of_a_part(self, view: View) -> OrderFact | None:
        """The one whose number begins or ends with what the caller could make out of it."""
        part = self.reference or ""
        numbers = {each.reference: each for each in view.orders}
        known = [each for each in numbers if each.startswith(part) or each.endswith(part)]
        fits = len(known) == 1 and len(part) >= LEAST_OF_A_NUMBER
        return numbers[known[0]] if fits else None

    def _with_goods(self, products: tuple[str, ...], view: View) -> Self:
        """Goods that are not in the order spoken of may be those of another."""
        named = self.but(products=products)
        current = self.order(view)
        if current is None or current.has_any(products):
            return named
        others = [each for each in view.orders if each.has_any(products)]
        return named.but(reference=others[0].reference) if len(others) == 1 else named

    def identify(self, agenda: Agenda, view: View) -> Need:
        """Asks for what shows who is calling or which order it is, and no more than that."""
        if view.orders and self.reference is None:
            listed = [
                f"{say_ordered_on(view.business, each, view.today)} with "
                f"{say_goods((line.quantity, line.product) for line in each.lines)}"
                for each in view.orders[:MOST_LISTED]
            ]
            told = f"I see {list_of(listed)}."
            return Ask("which_order", (Statement(words=told),))
        number = self.reference or self.failed
        if number and agenda.name and self._try(number, agenda) not in agenda.tried:
            return UseTools((use("lookup_order", reference=number, name=agenda.name),))
        if self.reference is None and view.call.known_phone is None:
            return Ask("order")
        if self.reference is None and self._try("", agenda) in agenda.tried:
            return Ask("order", kind="order_instead")
        if agenda.name is None or self._try(self.reference, agenda) in agenda.tried:
            tried = any(each.startswith("order ") for each in agenda.tried)
            return Ask("name", kind="name_instead_of_order" if tried else "name_of_order")
        return UseTools((use("lookup_order", reference=self.reference, name=agenda.name),))

    def learn(self, ran: Ran, agenda: Agenda, view: View) -> Agenda:
        """Who is calling and what there is; or that it is written down."""
        match ran.call.name:
            case "lookup_order":
                return self.looked_up(ran, agenda, view)
            case "create_ticket":
                words = ran.result.spoken
                if self.call_back and ran.result.refused is None:
                    number = say_reference(str(ran.result.facts["ticket"]["reference"]))
                    words = phrase("noted_and_rung", number=number, when=say_ring(self.call_back))
                told = agenda.without_in_hand().owing(Statement(words=words, rank=Rank.DONE))
                kept = (each for each in told.matters if not each.is_done_with(self, view))
                return told.but(matters=tuple(kept), complaint="")
        return agenda

    def looked_up(self, ran: Ran, agenda: Agenda, view: View) -> Agenda:
        """On with the matter, or what to try instead."""
        result = ran.result
        tried = self._try(ran.call.arguments.get("reference"), agenda)
        if tried not in agenda.tried:
            agenda = agenda.but(tried=(*agenda.tried, tried))
        if result.refused is None:
            if view.orders:
                return agenda
            told = Statement(words=result.spoken, rank=Rank.ANSWERED)
            return agenda.with_in_hand(self.but(reference=None)).owing(told)
        again = self.but(reference=None, failed=ran.call.arguments.get("reference", ""))
        said = sentences(result.spoken)
        told = Statement(words="" if self.unfound else said[0], rank=Rank.ANSWERED)
        if not result.spoken.endswith("?"):
            return agenda.without_in_hand().but(offers_person=True).owing(told)
        again_asked = agenda.with_in_hand(again)
        return again_asked if len(said) == 1 else again_asked.owing(told)

    def accepted(self, agenda: Agenda, view: View) -> Agenda | None:
        """A yes to having it written down."""
        if agenda.asked != "ticket":
            return None
        return agenda.with_in_hand(self.but(noting=True))

    def refused(self, agenda: Agenda, view: View) -> Agenda | None:
        """Without a number or a name there is nothing to open; a no to a ticket ends it."""
        if agenda.asked == "ticket":
            told = Statement(words=phrase("all_right"), rank=Rank.DONE)
            return agenda.without_in_hand().owing(told)
        if agenda.asked in ("order", "name") and self.reference is None:
            return agenda.with_in_hand(self.but(unfound=True))
        return None

    def for_staff(self, agenda: Agenda, view: View) -> Need | None:
        """What the team shall see to, as the caller wants or as there is no other way."""
        if self.noting:
            unreached = self.call_back and not is_reachable(agenda, view)
            return ask_phone(agenda, view) if unreached else self.noted(view)
        if self.unfound and self.order(view) is None:
            if self._may_be_found(agenda, view):
                return UseTools((use("lookup_order", name=agenda.name),))
            cannot = Statement(words=self.not_found(agenda), rank=Rank.ANSWERED)
            return Ask("ticket", () if agenda.asked == "ticket" else (cannot,))
        return None

    def _may_be_found(self, agenda: Agenda, view: View) -> bool:
        """Whether the name goes with the number that the call comes from was not seen yet."""
        known = agenda.name is not None and view.call.known_phone is not None
        return known and self._try("", agenda) not in agenda.tried

    def not_found(self, agenda: Agenda) -> str:
        """Why no order can be opened: none goes with what was told, or too little was."""
        if agenda.name is None or not any(each.startswith("order ") for each in agenda.tried):
            return phrase("cannot_open_order")
        return phrase("no_order_found", customer=agenda.name)

    def noted(self, view: View) -> Need:
        """A ticket of it, in the caller's words."""
        order = self.order(view)
        which = f"Order {order.reference}" if order is not None else "Order not found"
        issue = f'{which}. {self.why_noted(view)}The caller said: "{self.words}"'
        call = use(
            "create_ticket", issue=issue, priority="normal", kind=self.ticket_kind,
            call_back=self.call_back or None,
        )  # fmt: skip
        return UseTools((call,))

    def why_noted(self, view: View) -> str:
        """What the ticket says of it before the caller's words, with a space behind it."""
        return ""

    def _try(self, reference: str | None, agenda: Agenda) -> str:
        """Name and number, as one try."""
        return f"order {agenda.name}/{reference or ''}"

    @property
    def ticket_kind(self) -> str:
        """What sort of ticket it makes."""
        return "problem"


class AskedAfter(OwnOrder):
    """An order that the caller wants to hear something of, or of which something is wrong."""

    wrong: bool = False
    """Something is not as it should be."""
    changing: bool = False
    """Something is to come off it, or all of it shall not be."""
    fresh: bool = False
    """It was looked up for this matter."""

    def take(self, act: Act, agenda: Agenda, view: View) -> Self:
        """Which order, and whether something is wrong with it."""
        taken = super().take(act, agenda, view)
        if act.label == "give:problem":
            return taken.but(wrong=True, words=with_words(taken.words, act.text))
        if act.label in ("rule_out:product", "give:other"):
            return taken.but(words=with_words(taken.words, act.text))
        if act.name == "want" and act.value == "change":
            return taken.but(wrong=True, changing=True)
        return taken.but(wrong=True) if act.name == "want" and act.value == "wrong" else taken

    def claims(self, act: Act, view: View) -> bool:
        """What is wrong is with the order."""
        return super().claims(act, view) or act.label == "give:problem"

    def need(self, agenda: Agenda, view: View) -> Need:
        """Which order, what there is to tell, and whether the team shall see to it."""
        if (for_staff := self.for_staff(agenda, view)) is not None:
            return for_staff
        order = self.order(view)
        if order is None:
            return self.identify(agenda, view)
        if not self.fresh:
            return UseTools((use("lookup_order", reference=order.reference),))
        if self.changing:
            cannot = Statement(words=phrase("order_stays"), rank=Rank.ANSWERED)
            return Ask("ticket", () if agenda.asked == "ticket" else (cannot,))
        told = Statement(words=self.told(order, view), rank=Rank.ANSWERED)
        if not self.wrong:
            return Over((told,))
        return Ask("ticket", () if agenda.asked == "ticket" else (told,))

    def why_noted(self, view: View) -> str:
        """That it is to be another order."""
        return "To be changed or cancelled. " if self.changing else ""

    def told(self, order: OrderFact, view: View) -> str:
        """What there is to tell of it."""
        raise NotImplementedError

    def looked_up(self, ran: Ran, agenda: Agenda, view: View) -> Agenda:
        """The order as it is now."""
        agenda = super().looked_up(ran, agenda, view)
        if not isinstance(agenda.in_hand, AskedAfter):
            return agenda
        return agenda.with_in_hand(agenda.in_hand.but(fresh="order" in ran.result.facts))


def with_words(words: str, *more: str) -> str:
    """What the caller said, each thing once."""
    for each in more:
        words = words if each in words else f"{words} {each}".strip()[:LONGEST_WORDS]
    return words


class OrderStatus(AskedAfter):
    """The facts of asking after an order."""

    kind: Literal["order"] = "order"

    def told(self, order: OrderFact, view: View) -> str:
        """What it is, and where."""
        return say_order(view.business, order, view.today)
