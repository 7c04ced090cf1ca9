"""Something to be bought: what there is, what goes into the cart, and a yes to all of it."""

from __future__ import annotations

from decimal import Decimal
from typing import Literal, Self

from scheduling.business import Service
from voice.dialogue.agenda import Agenda, Matter
from voice.dialogue.customer_names import in_full
from voice.dialogue.goods import CartFact, ProductFact
from voice.dialogue.goods_spoken import say_goods, say_in_cart, say_product
from voice.dialogue.reaching import ask_phone, is_reachable
from voice.dialogue.speaking import phrase
from voice.dialogue.statements import Frozen, Rank, Statement
from voice.dialogue.steps import Ask, Need, Over, Ran, ToolCall, UseTools, use
from voice.dialogue.view import View
from voice.spoken import is_plural, list_of, lower_first, one_of, say_costs, say_price, sentences
from voice.understanding.acts import Act
from voice.understanding.goods.goods_said import tells_where_to
from voice.understanding.goods.things_sold import says

MOST_COMPARED = 3
TO_TAKE = ("product", "which_product", "take_it")
"""Questions to which a product that is named is one to have."""


class CartChange(Frozen):
    """So many of a product that the cart shall have in all."""

    product_id: str
    quantity: int


class Buying(Matter):
    """The facts of a purchase; the cart itself is the store's."""

    kind: Literal["buy"] = "buy"
    changes: tuple[CartChange, ...] = ()
    """Of the cart, still to be made."""
    looking: bool = False
    """The caller wants to hear of things before having any."""
    sought: str | None = None
    """Words for what is to be searched."""
    limit: Decimal | None = None
    """The most that a thing may cost."""
    details: tuple[str, ...] = ()
    """Ids of products that are to be told of."""
    shown: tuple[str, ...] = ()
    """Ids of those that were told of last, to choose from."""
    spoken_of: str | None = None
    """The id of the product that "it" is."""
    count: int = 0
    """How many of what is not chosen yet; 0: not said."""
    given_up: bool = False
    fetches: str | None = None
    """When the caller comes for it, as said behind that; empty: at some time."""
    to_note: tuple[str, ...] = ()
    """What the team must know of it: for whom it is, and where it is to be sent."""
    ordered: str = ""
    """The number of the order to which that is still to be written down."""

    def is_empty(self, view: View) -> bool:
        """Whether nothing is in the cart, nor about to go there."""
        held = view.cart is not None and view.cart.lines
        return not held and not any(each.quantity for each in self.changes)

    def is_done_here(self, view: View) -> bool:
        """Where something is sold."""
        return bool(view.business.products)

    def claims(self, act: Act, view: View) -> bool:
        """What is named is to be bought; where it is to be sent is noted with it."""
        return act.label in ("give:product", "want:buy") or _tells_where_to(act)

    def keeps(self, act: Act, agenda: Agenda) -> bool:
        """Giving it up empties the cart."""
        return act.name == "drop"

    def take(self, act: Act, agenda: Agenda, view: View) -> Self:
        """What is to go in or out, or to be told of."""
        match act.label:
            case "want:buy":
                return self._wished(act, view)
            case "give:product":
                return self._named(act, agenda, view)
            case "rule_out:product":
                return self._without(act, view)
            case "choose" if agenda.asked == "which_product":
                meant = [self.shown[at] for at in act.which if at < len(self.shown)]
                if says("cheap", act.text):
                    meant = [self._cheapest(view)]
                return self._having(meant[0], 0, view) if len(meant) == 1 else self
            case _ if _tells_where_to(act):
                return self.noting(act.value or act.text)
            case "drop":
                emptied = [CartChange(product_id=each, quantity=0) for each in _held(view)]
                return self.but(changes=tuple(emptied), given_up=True, agreed=False)
        return self

    def noting(self, words: str) -> Self:
        """With that for the team, which is read back; an address takes the place of the words in
        which it was told that one comes."""
        kept = self.to_note
        if "@" in words:
            kept = tuple(each for each in kept if each.startswith("for "))
        return self.but(to_note=tuple(dict.fromkeys((*kept, words))), agreed=False)

    def answer(self, act: Act, view: View) -> str | None:
        """Of the things that are spoken of; of what the cart comes to."""
        if act.likely or act.goods or act.kind not in ("price", "other", "service"):
            return None
        if act.kind == "price" and self.changes:
            return ""  # what is to be bought comes with its price
        known = next((one for one in view.products if one.product_id == self.spoken_of), None)
        total = act.asking is not None and act.asking.in_all or known is None
        if act.kind == "price" and view.cart is not None and view.cart.lines and total:
            if self.agreed:
                return ""  # the order that comes of it is told with its total
            return _in_all(act, view.cart, view)
        if known is None or len(self.shown) > 1:
            return None
        return say_product(view.business, known) if act.kind == "price" else None

    def need(self, agenda: Agenda, view: View) -> Need:
        """What there is, what of it, under which name, and whether it shall be."""
        if self.ordered:
            issue = f"Order {self.ordered}: {'; '.join(self.to_note)}"
            return UseTools((use("create_ticket", issue=issue, priority="normal", kind="other"),))
        if self.changes:
            return UseTools(tuple(_change(each) for each in self.changes))
        if self.given_up:
            return Over((Statement(words=phrase("nothing_ordered"), rank=Rank.DONE),))
        if self.details:
            tool = "get_product_details"
            return UseTools(tuple(use(tool, product_id=each) for each in self.details))
        if self.sought is not None:
            most = str(self.limit) if self.limit is not None else None
            return UseTools((use("search_products", query=self.sought or None, most=most),))
        if self.shown:
            return self._to_choose(agenda, view)
        if self.is_empty(view):
            if self.spoken_of and agenda.put.get("product"):  # nobody is asked that twice
                return Over()
            return Ask("product", kind="product_instead" if self.spoken_of else None)
        assert view.cart is not None
        return self._checkout(view.cart, agenda, view)

    def learn(self, ran: Ran, agenda: Agenda, view: View) -> Agenda:
        """What there is to choose from; what the cart has; the order."""
        match ran.call.name:
            case "search_products" | "get_product_details":
                return self._told(ran, agenda, view)
            case "add_to_cart":
                return self._changed(ran, agenda, view)
            case "checkout":
                return self._ordered(ran, agenda, view)
            case "create_ticket" if ran.result.refused is None:
                words = phrase("noted_for_team", what=_say_notes(self.to_note))
                return agenda.without_in_hand().owing(Statement(words=words, rank=Rank.ANSWERED))
            case "create_ticket":
                told = Statement(words=ran.result.spoken, rank=Rank.ANSWERED)
                return agenda.without_in_hand().but(offers_person=True).owing(told)
        return agenda

    def accepted(self, agenda: Agenda, view: View) -> Agenda | None:
        """A yes to the one thing that was shown."""
        if agenda.asked == "take_it" and len(self.shown) == 1:
            return agenda.with_in_hand(self._having(self.shown[0], 0, view))
        return None

    def refused(self, agenda: Agenda, view: View) -> Agenda | None:
        """A no to what was shown; to the read-back, which asks what to change."""
        match agenda.asked:
            case "take_it" | "which_product" | "product" if _held(view):
                return agenda.with_in_hand(self.but(shown=(), count=0))
            case "take_it" | "which_product" | "product":
                told = Statement(words=phrase("nothing_ordered"), rank=Rank.DONE)
                return agenda.without_in_hand().owing(told)
            case "phone":
                return agenda.but(phone_declined=True, phone_digits="")
            case "confirm_order":
                return agenda.but(asked="change")
        return None

    def left(self, view: View) -> str:
        """Nothing is bought."""
        return "nothing_ordered"

    def _wished(self, act: Act, view: View) -> Self:
        """To look around, to compare what was shown, or to have so many."""
        if act.value == "compare" and len(self.shown) > 1:
            return self.but(details=self.shown, looking=True, sought=None)
        if act.value is None and act.limit is None:
            return self._counted(act.count, view) if act.count else self
        return self.but(looking=True, sought=act.text, limit=act.limit, shown=(), agreed=False)

    def _named(self, act: Act, agenda: Agenda, view: View) -> Self:
        sold = {each.id for each in view.business.products}
        named = tuple(each for each in act.likely if each in sold)
        if not named and act.value == "cheapest" and self.shown:
            return self._having(self._cheapest(view), 0, view)
        if not named and act.count and not act.likely:
            return self._counted(act.count, view)
        described = says("after", act.text.partition(" ")[0]) and any(
            each.quantity for each in self.changes
        )
        if not named and described:  # "the chains, for snow"
            return self
        if not named:
            return self.but(sought=act.text, looking=True, agreed=False)
        only_asked = self.looking and agenda.asked not in TO_TAKE
        if only_asked or act.value == "either":
            told = (*self.details, *named)[:MOST_COMPARED]
            return self.but(details=told, looking=True, sought=None, count=act.count)
        count = act.count
        if act.adds == "another" and named[0] in _held(view):
            count = _held(view)[named[0]] + (count or 1)
        taken = self
        meant = {*_held(view), *(each.product_id for each in self.changes)}
        if act.corrects and self.spoken_of in _held(view) and meant.isdisjoint(named):
            instead = CartChange(product_id=self.spoken_of or "", quantity=0)
            taken = self.but(changes=(*self.changes, instead))
        for each in named:
            taken = taken._having(each, count, view)
        return taken

    def _counted(self, count: int, view: View) -> Self:
        """ "Make it two": of what is spoken of."""
        held = _held(view)
        waiting = [
            e.product_id for e in self.changes if e.quantity or e.product_id == self.spoken_of
        ]
        if waiting:
            return self._having(waiting[-1], count, view)
        if len(self.shown) == 1 or self.details:  # "you have the cream? I take two"
            return self._having((*self.shown, *self.details)[-1], count, view)
        if self.shown:
            return self.but(count=count)
        if not held and len(view.products) == 1:  # of the one that was asked about
            return self._having(view.products[0].product_id, count, view)
        meant = self.spoken_of if self.spoken_of in held else next(iter(held), None)
        if meant is None or self.spoken_of not in held and len(held) > 1:
            return self if held else self.but(count=count)
        return self._having(meant, count, view)

    def _having(self, product_id: str, count: int, view: View) -> Self:
        """The cart shall have so many of it; where none is said, as many as it has, or one. What
        it has already is no change: "yes, just the one"."""
        held = _held(view).get(product_id)
        waiting = next((e.quantity for e in self.changes if e.product_id == product_id), None)
        of_this = self.count if not self.shown or product_id in self.shown else 0
        quantity = count or of_this or waiting or held or 1
        if quantity == held and not self.changes and not self.shown:
            return self.but(spoken_of=product_id)
        others = [each for each in self.changes if each.product_id != product_id]
        change = CartChange(product_id=product_id, quantity=quantity)
        return self.but(
            changes=(*others, change), spoken_of=product_id, shown=(), count=0, sought=None,
            looking=False, agreed=False, given_up=False,
            details=tuple(each for each in self.details if each != product_id),
        )  # fmt: skip

    def _without(self, act: Act, view: View) -> Self:
        """What is in the cart, or was just to go there, is taken out, or so many of it are; how
        many there shall be may be said next: "not two masks, one"."""
        held = _held(view)
        named = act.likely or ((self.spoken_of or next(iter(held), "")),)  # "take one out"
        kept = tuple(each for each in self.changes if each.product_id not in named)
        out = tuple(
            CartChange(product_id=each, quantity=max(held[each] - (act.count or held[each]), 0))
            for each in named
            if each in held
        )
        if kept == self.changes and not out:
            return self
        spoken_of = out[-1].product_id if out and act.count else self.spoken_of
        return self.but(changes=(*kept, *out), spoken_of=spoken_of, agreed=False)

    def _cheapest(self, view: View) -> str:
        shown = [each for each in view.products if each.product_id in self.shown]
        return min(shown, key=lambda each: each.price).product_id if shown else self.shown[0]

    def _to_choose(self, agenda: Agenda, view: View) -> Ask:
        """Which of the things that were told of; of a single one that is not told of in this reply
        its name and price."""
        if len(self.shown) > 1:
            return Ask("which_product")
        known = next((one for one in view.products if one.product_id == self.shown[0]), None)
        it = "them" if self.count > 1 or known is not None and is_plural(known.name) else "it"
        if known is not None and not any(each.shows for each in agenda.owed):
            price = say_price(known.price * (self.count or 1), view.business.currency)
            it = f"{say_goods([(self.count or 1, known.name)])} for {price}"
        return Ask("take_it", values={"it": it})

    def _checkout(self, cart: CartFact, agenda: Agenda, view: View) -> Need:
        if agenda.name is None:
            return Ask("name")
        if not is_reachable(agenda, view):
            return ask_phone(agenda, view)
        name = in_full(agenda.name, (each.customer for each in view.found), None)
        if not self.agreed:
            goods = say_goods((line.quantity, line.name) for line in cart.lines)
            price = say_price(cart.total, view.business.currency)
            words = f"That's {goods} for {price}, for {name}."
            if self.to_note:
                words = f"{words} {phrase('to_note', what=_say_notes(self.to_note))}"
            what = f"{goods} for {price}"
            return Ask("confirm_order", (Statement(words=words),), values={"what": what})
        return UseTools((use("checkout", name=name, phone=agenda.phone),))

    def _told(self, ran: Ran, agenda: Agenda, view: View) -> Agenda:
        told = Statement(words=ran.result.spoken, rank=Rank.ANSWERED, shows=True)
        if ran.call.name == "get_product_details":
            product_id = ran.call.arguments["product_id"]
            left = tuple(each for each in self.details if each != product_id)
            there = ran.result.refused is None and _can_be_had(product_id, view.products)
            shown = (*self.shown, product_id) if there and product_id not in self.shown else None
            matter = self.but(details=left, shown=shown or self.shown, spoken_of=product_id)
        else:
            shown = tuple(each.product_id for each in view.products if each.left != 0)
            only = shown[0] if len(shown) == 1 else None
            matter = self.but(sought=None, limit=None, shown=shown, spoken_of=only)
        return agenda.with_in_hand(matter.but(looking=False)).owing(told)

    def _changed(self, ran: Ran, agenda: Agenda, view: View) -> Agenda:
        product_id = ran.call.arguments["product_id"]
        left = tuple(each for each in self.changes if each.product_id != product_id)
        matter = self.but(changes=left, agreed=False)
        told = Statement(words=ran.result.spoken, rank=Rank.ANSWERED)
        if ran.result.refused is not None:
            there = _can_be_had(product_id, view.products) and product_id not in _held(view)
            shown = (product_id,) if there and ran.result.facts.get("products") else ()
            count = next((one.left or 0 for one in view.products if one.product_id in shown), 0)
            shows = told.but(shows=bool(shown))
            return agenda.with_in_hand(matter.but(shown=shown, count=count)).owing(shows)
        agenda = agenda.with_in_hand(matter)
        read_back = agenda.name is not None and is_reachable(agenda, view) and bool(_held(view))
        if left or self.given_up or read_back:
            return agenda  # the cart is told with what comes last
        return agenda.owing(told)

    def _ordered(self, ran: Ran, agenda: Agenda, view: View) -> Agenda:
        told = Statement(words=ran.result.spoken, rank=Rank.DONE)
        if ran.result.refused is None:
            said = sentences(ran.result.spoken)
            done = told.but(words=" ".join(said[:2]))  # how "it" is paid comes right after it
            if self.to_note:
                number = ran.result.facts["order"]["reference"]
                return agenda.with_in_hand(self.but(ordered=number)).owing(done)
            if self.fetches is not None:
                if not view.business.support.payment_link:
                    pay = phrase("pay_when_fetched", when=self.fetches)
                    done = told.but(words=f"{said[0]} {pay}")
                return agenda.without_in_hand().owing(done)
            heard = " ".join(agenda.told).casefold()
            note = " ".join(each for each in said[2:] if each.casefold() not in heard)
            rest = [Statement(words=note)] if note else []
            return agenda.without_in_hand().owing(done, *rest)
        again = self.but(agreed=False)
        told = told.but(rank=Rank.ANSWERED)
        if fewer := self._as_many_as_left(ran, view):
            return agenda.with_in_hand(again.but(changes=(fewer,))).owing(told)
        if ran.result.refused == "invalid" and agenda.phone:
            return agenda.with_in_hand(again).but(phone=None).owing(told)
        if "price" in ran.result.spoken:
            return agenda.with_in_hand(again).owing(told)
        return agenda.without_in_hand().but(offers_person=True).owing(told)

    def _as_many_as_left(self, ran: Ran, view: View) -> CartChange | None:
        """What the cart can still have of a thing that others bought meanwhile."""
        for each in ran.result.facts.get("products", ()):
            if each["product_id"] in _held(view):
                return CartChange(product_id=each["product_id"], quantity=each["left"] or 0)
        return None


def _tells_where_to(act: Act) -> bool:
    """ "Email it to her", or an address."""
    if act.label == "give:email":
        return act.value is not None
    return act.label in ("give:other", "story") and tells_where_to(act.text)


def _say_notes(notes: tuple[str, ...]) -> str:
    """With addresses as they are spoken."""
    said = (
        each.replace("@", " at ").replace(".", " dot ") if "@" in each else each for each in notes
    )
    return "; ".join(said)


def _held(view: View) -> dict[str, int]:
    """How many of what the cart has."""
    lines = view.cart.lines if view.cart is not None else ()
    return {line.product_id: line.quantity for line in lines}


def _can_be_had(product_id: str, products: tuple[ProductFact, ...]) -> bool:
    return any(one.product_id == product_id and one.left != 0 for one in products)


def _change(change: CartChange) -> ToolCall:
    quantity = str(change.quantity)
    return use("add_to_cart", product_id=change.product_id, quantity=quantity, how="in_all")


def _in_all(act: Act, cart: CartFact, view: View) -> str:
    """What the cart comes to, and what the services cost that are asked about beside it."""
    named = act.asking.services if act.asking else ()
    priced = [view.services[each] for each in named if view.services[each].price is not None]
    beside = [f"{one_of(lower_first(each.name))} {_costs(each, view)}" for each in priced]
    told = say_in_cart(view.business, cart)
    return f"{told} Besides, {list_of(beside)}." if beside else told


def _costs(service: Service, view: View) -> str:
    price, currency = service.price or Decimal(0), view.business.currency
    return say_costs(price, currency, plural=is_plural(service.name))
