"""What a clause tells of orders, money back, tickets, carts and stock.

Lies about them have endless words, so what is told passes only where it is known: each thing told
of goods must be so, its sums, days, counts and goods with it, and no other word may stand beside.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence, Set
from dataclasses import dataclass, replace
from datetime import date, datetime
from decimal import Decimal
from typing import Literal

from scheduling.business import Business
from voice.claims.acts import PERSONS
from voice.claims.figures import NUMBER_WORD, amounts, figure_spans, in_words, number_told
from voice.claims.names import is_named
from voice.claims.statements import Known, stems_of, tells_unknown
from voice.claims.times import SaidTime
from voice.claims.words import Clause, Stretch, Wording
from voice.dialogue.goods import CartFact, OrderFact, ProductFact, RefundFact, TicketFact
from voice.dialogue.goods_spoken import (
    say_in_cart,
    say_order,
    say_paid,
    say_payment_page,
    say_product,
)
from voice.dialogue.speaking import phrase
from voice.no_refund import say_no_refund
from voice.spoken import MONTHS, WEEKDAYS, say_number, say_price, say_reference
from voice.understanding.reading import When

_MONTHS, _WEEKDAYS = "|".join(MONTHS), "|".join(WEEKDAYS)
_DAY = re.compile(
    rf"\b(?:(?P<weekday>{_WEEKDAYS}),? )?(?:the )?(?:(?P<month>{_MONTHS}) (?P<day>\d\d?)"
    rf"|(?P<of>\d\d?)(?:st|nd|rd|th)?(?: of)? (?P<of_month>{_MONTHS}))(?:st|nd|rd|th)?\b",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class KnownGoods:
    """The facts of one call."""

    business: Business
    today: date
    orders: tuple[OrderFact, ...]
    refunds: tuple[RefundFact, ...]
    tickets: tuple[TicketFact, ...]
    cart: CartFact
    products: tuple[ProductFact, ...]
    """That were read out, the last one last."""

    @property
    def any(self) -> bool:
        """Whether the call has come to goods or tickets at all."""
        return bool(self.orders or self.tickets or self.cart.lines or self.products)

    def texts(self) -> Iterator[str]:
        """All of it in our own sentences, what matters most last."""
        business = self.business
        yield from self._rules()
        for ticket in self.tickets:
            number = say_reference(ticket.reference)
            yield f"Your ticket number is {number}."
            yield f"The ticket is {ticket.status}, and its priority is {ticket.priority}."
        for product in self.products:
            yield say_product(business, product)
        for order in reversed(self.orders):
            page = say_payment_page(business, order.reference)
            yield phrase("pay_by_link" if page else "pay_at_desk", page=page)
            yield f"Your order number is {say_reference(order.reference)}."
            yield say_paid(business, order, self.today)
            yield say_order(business, order, self.today)
        if self.cart.lines:
            yield say_in_cart(business, self.cart)
        for refund in self.refunds:
            yield f"I've refunded {say_price(refund.amount, business.currency)}."

    def names(self, text: str) -> frozenset[str]:
        """The products that are named there, by id or by name."""
        called = {each.id: (each.name, *each.also) for each in self.business.products}
        for order in self.orders:
            called |= {each.key: (each.product,) for each in order.lines if not each.product_id}
        return frozenset(
            key
            for key, names in called.items()
            if any(is_named(name, text) or is_named(f"{name}e", text) for name in names)
        )

    def refunded(self) -> frozenset[str]:
        """Of what money went back."""
        lines = (line for order in self.orders for line in order.lines)
        return frozenset(line.key for line in lines if line.refunded)

    def ordered(self, *statuses: str) -> frozenset[str]:
        """What is in orders that stand so; without one, in any."""
        found = (each for each in self.orders if not statuses or each.status in statuses)
        return frozenset(line.key for order in found for line in order.lines)

    def in_cart(self) -> frozenset[str]:
        """What the caller would buy."""
        return frozenset(line.product_id for line in self.cart.lines)

    def stocked(self, there: bool) -> frozenset[str]:
        """Of what was read out that which can be had, or that which cannot."""
        return frozenset(each.product_id for each in self.products if (each.left != 0) is there)

    def counts(self, names: frozenset[str], kind: str) -> frozenset[int]:
        """How many there are of one of these, in the sense of `kind`."""
        if kind == "left":
            last = names or frozenset(each.product_id for each in self.products[-1:])
            return frozenset(each.left or 0 for each in self.products if each.product_id in last)
        if kind == "in_cart":
            return frozenset(one.quantity for one in self.cart.lines if one.product_id in names)
        lines = [line for order in self.orders for line in order.lines if line.key in names]
        if kind == "refunded":
            return frozenset(line.refunded for line in lines)
        sold = frozenset(count for line in lines for count in (line.quantity, 1))
        return sold | frozenset(one.quantity for one in self.cart.lines if one.product_id in names)

    def sums(self, names: frozenset[str], kinds: frozenset[str]) -> frozenset[Decimal]:
        """That may be told of these goods where that is told of them."""
        if "refunded" in kinds:
            back = [each.amount for each in self.refunds] + [each.refunded for each in self.orders]
            back += [each.verdict.amount for each in self.orders if each.verdict]
            return frozenset(one for one in back if one)
        if "open" in kinds:
            return frozenset(each.open for each in self.orders)
        prices = {
            sum_
            for order in self.orders
            for line in order.lines
            if line.key in names
            for sum_ in (line.price, line.price * line.quantity)
        }
        prices |= {
            sum_
            for one in self.cart.lines
            if one.product_id in names
            for sum_ in (one.price, one.price * one.quantity)
        }
        for order in self.orders:
            if names in (frozenset(), frozenset(line.key for line in order.lines)):
                prices |= {order.total, order.paid, *(one.amount for one in order.payments)}
        if self.cart.lines and names in (frozenset(), self.in_cart()):
            prices.add(self.cart.total)
        return frozenset(one for one in prices if one)

    def days(self, kinds: frozenset[str]) -> list[datetime]:
        """On which that happened, by the business's clock."""
        at: list[datetime | None] = []
        for order in self.orders:
            at += [order.delivered_at] if kinds & {"delivered"} else []
            at += [each.paid_at for each in order.payments] if kinds & {"paid"} else []
            at += [order.placed_at] if not kinds & {"delivered", "paid", "sent"} else []
        zone = self.business.zone
        return [one.astimezone(zone).replace(tzinfo=None) for one in at if one is not None]

    def days_in(self, text: str) -> list[tuple[date, tuple[int, int]]]:
        """Days of the last months that are told, with their places: what was ordered lies behind
        us, and a caller's days lie ahead."""
        found = []
        for hit in _DAY.finditer(text):
            day = int(hit["day"] or hit["of"])
            month = MONTHS.index((hit["month"] or hit["of_month"]).capitalize()) + 1
            year = self.today.year - ((month, day) > (self.today.month, self.today.day))
            try:
                at = date(year, month, day)
            except ValueError:
                continue
            if hit["weekday"] and WEEKDAYS[at.weekday()].lower() != hit["weekday"].lower():
                continue
            found.append((at, hit.span()))
        return found

    def without_days(self, text: str) -> str:
        """The text without days on which something happened to an order."""
        kinds = (frozenset(["delivered"]), frozenset(["paid"]), frozenset[str]())
        known = {at.date() for each in kinds for at in self.days(each)}
        for day, (start, end) in reversed(self.days_in(text)):
            if day in known:
                text = f"{text[:start]} {text[end:]}"
        return text

    def with_sums(self, text: str) -> str:
        """Known sums that are told as two numbers, "thirty-nine ninety", with their currency."""
        lines = (line for order in self.orders for line in order.lines)
        names = frozenset((*(line.key for line in lines), *self.in_cart()))
        sums = self.sums(frozenset(), frozenset()) | self.sums(names, frozenset())
        for kind in ("refunded", "open"):
            sums |= self.sums(names, frozenset([kind]))
        for one in {*sums, *(each.price for each in self.business.products)}:
            whole, cents = int(one), int(one * 100) % 100
            if 0 < whole < 100 and cents:
                told = rf"\b{in_words(whole)}[ -]{in_words(cents)}\b(?! (?:cents|pence))"
                text = re.sub(told, f"${one}", text, flags=re.IGNORECASE)
        return text

    def references(self) -> frozenset[str]:
        """Of orders and tickets."""
        orders = (each.reference for each in self.orders)
        return frozenset((*orders, *(each.reference for each in self.tickets)))

    def _rules(self) -> Iterator[str]:
        days = self.business.support.refund_days
        if days is None:
            return
        yield f"Refunds are possible for {days} days after delivery."
        yield f"Refunds are possible for {say_number(days)} days after delivery."
        if self.business.support.unused_only:
            yield say_no_refund(self.business, "use_unknown", None)


_SAYS = Wording("goods")
_ABOUT = _SAYS.pattern("about")
_WILL, _MAY = _SAYS.words("will"), _SAYS.words("may")
_WORDS = stems_of((_SAYS.text("words"),))
_PRIORITY = re.compile(rf"\b(?:{_SAYS.text('priorities')})\b")
_STATUS = re.compile(rf"\bticket (?:is|was|has been) (?:\w+ )?({_SAYS.text('statuses')})\b")
_COUNT = re.compile(rf"\b(\d+|{NUMBER_WORD})\b(?! (?:dollars?|cents?|pounds?|pence|euros?))")
_KINDS: dict[str, Callable[[KnownGoods], frozenset[str]]] = {
    "refunded": KnownGoods.refunded,
    "delivered": lambda goods: goods.ordered("delivered"),
    "sent": lambda goods: goods.ordered("shipped", "delivered"),
    "paid": lambda goods: frozenset(
        line.key for each in goods.orders if each.paid for line in each.lines
    ),
    "open": lambda goods: frozenset(
        line.key for each in goods.orders if each.open for line in each.lines
    ),
    "ordered": lambda goods: goods.ordered(),
    "in_cart": KnownGoods.in_cart,
    "left": lambda goods: goods.stocked(there=True),
    "gone": lambda goods: goods.stocked(there=False),
    "noted": lambda goods: goods.references() if goods.tickets else frozenset(),
    "cancelled": lambda goods: goods.ordered("cancelled"),
}
"""What is told, and of which goods it is so."""
_TABLE = tuple((kind, _SAYS.pattern(kind)) for kind in _KINDS)
_OF_GOODS_ALONE = frozenset(("refunded", "sent", "in_cart"))
"""The same in a call that has not come to goods yet."""
_STRONG = frozenset("refunded delivered sent ordered in_cart gone noted".split())
"""What is told of goods and of nothing else, whatever it calls them."""
Verdict = Literal["so", "not_so"]


@dataclass(frozen=True, slots=True)
class _Told:
    """One thing that is told of goods."""

    kind: str
    denied: bool
    coming: bool
    """It is to be, not so yet."""
    names: frozenset[str]
    """Of these goods."""


def told_of_goods(
    clause: Clause,
    goods: KnownGoods,
    known: Known,
    said: Sequence[SaidTime],
    spans: Sequence[When],
    dated: Set[str],
) -> Verdict | None:
    """Whether what it tells of goods is so; None: it tells nothing of them."""
    if clause.asks or any(told.conditional for told in clause.stretches):
        return None
    told = [one for stretch in clause.stretches for one in _told_in(stretch, goods)]
    kinds = frozenset(one.kind for one in told)
    of_ticket = _is_of_a_ticket(clause)
    if not _is_about_goods(clause, goods, kinds) or not (told or of_ticket):
        return None
    if not goods.any and all(one.denied for one in told) and not of_ticket:
        return None  # of what there is not, all may be denied
    names = goods.names(clause.text)
    so = (
        all(_is_so(one, goods) for one in told)
        and set(amounts(clause.text)) <= goods.sums(names, kinds)
        and not spans
        and all(any(one.fits(at) for at in goods.days(kinds)) for one in said)
        and _counted_right(clause, goods, names, kinds)
        and (not of_ticket or _is_as_the_ticket(clause, goods))
        and not _is_done_by_persons(clause, known.people)
        and not _has_other_words(clause, known, dated)
    )
    return "so" if so else "not_so"


def false_days(clause: Clause, goods: KnownGoods) -> bool:
    """Whether a day that is past is told of goods to which something else happened then, or
    nothing."""
    told = [one for stretch in clause.stretches for one in _told_in(stretch, goods)]
    kinds = frozenset(one.kind for one in told if not one.denied)
    happened = {at.date() for at in goods.days(kinds)}
    days = {one for one, _ in goods.days_in(clause.text)}
    return bool(kinds) and not days <= happened


def _is_about_goods(clause: Clause, goods: KnownGoods, kinds: Set[str]) -> bool:
    text = " ".join(told.text for told in clause.stretches)
    if _ABOUT.search(text) is not None or not _OF_GOODS_ALONE.isdisjoint(kinds):
        return True
    names = goods.names(clause.text)
    if names and "left" in kinds or _counts_what_is_left(clause):
        return True  # how much there is needs a look, whatever was spoken of before
    return goods.any and (bool(names) or not _STRONG.isdisjoint(kinds))


def _told_in(told: Stretch, goods: KnownGoods) -> list[_Told]:
    found, names = [], goods.names(told.text)
    for kind, pattern in _TABLE:
        for hit in pattern.finditer(told.text):
            at = told.text[: hit.start()].count(" ")
            before = frozenset(told.words[:at])
            denied = told.denied(at) or "not" in hit[0].split()
            if before & _MAY and not denied:
                continue  # what can be is a rule of the business, and asked of as such
            found.append(_Told(kind, denied, bool(before & _WILL), names))
    return found


def _is_so(one: _Told, goods: KnownGoods) -> bool:
    holds = _KINDS[one.kind](goods)
    if one.denied:
        return not (holds & one.names if one.names else holds)
    if one.kind == "noted":
        return bool(holds) and not one.coming
    return bool(holds) and one.names <= holds and not one.coming


def _is_of_a_ticket(clause: Clause) -> bool:
    return any("ticket" in told.words for told in clause.stretches)


def _counts_what_is_left(clause: Clause) -> bool:
    return any(
        re.search(rf"\b(?:{NUMBER_WORD}|\d+|only one) (?:left|in stock|remaining)\b", told.text)
        for told in clause.stretches
    )


def _counted_right(
    clause: Clause, goods: KnownGoods, names: frozenset[str], kinds: frozenset[str]
) -> bool:
    """Whether as many are told of as there are; sums are no counts."""
    kind = next((one for one in ("left", "in_cart", "refunded") if one in kinds), "ordered")
    if "noted" in kinds or not (names or kind == "left"):
        return True
    text = clause.text.lower()
    for start, end in reversed(figure_spans(text)):
        text = text[:start] + text[end:]
    told = [number_told(found[1]) for found in _COUNT.finditer(text)]
    return all(count is None or count in goods.counts(names, kind) for count in told)


def _is_as_the_ticket(clause: Clause, goods: KnownGoods) -> bool:
    text = " ".join(told.text for told in clause.stretches)
    if not goods.tickets and "your ticket" in text:
        return False
    priorities = {each.priority for each in goods.tickets}
    statuses = {each.status for each in goods.tickets}
    told = _STATUS.search(text)
    return priorities.issuperset(_PRIORITY.findall(text)) and (told is None or told[1] in statuses)


def _is_done_by_persons(clause: Clause, people: Sequence[str]) -> bool:
    """What people do with goods or tickets no call knows."""
    persons = "|".join((PERSONS, *people))
    doing = re.compile(rf"\b(?:{persons}) (?:is|are|will|has|have|was|were)\b")
    return any(
        not told.denied(told.text[: found.start()].count(" "))
        for told in clause.stretches
        for found in doing.finditer(told.text)
    )


def _has_other_words(clause: Clause, known: Known, dated: Set[str]) -> bool:
    allowed = replace(known, words=known.words | _WORDS)
    return any(tells_unknown(told, allowed, dated) for told in clause.stretches)
