"""What this call knows of orders, refunds, carts, goods and tickets, as the check asks for it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from scheduling.business import Business
from voice.claims.figures import in_words
from voice.claims.names import is_named
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
