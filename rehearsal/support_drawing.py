"""Support callers drawn by seed and number: their orders, and what they want of them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from random import Random

from rehearsal.people import draw_phone
from rehearsal.remedies import remedies
from rehearsal.support_goals import KINDS_OF, Bought, Goods, Specialist, SupportKind, SupportWish
from scheduling.business import Business, Product
from support.order_values import OrderStatus

SHARE = 0.4
"""Of the callers of a business that sells things, those who want something of its support."""
WEIGHTS: tuple[tuple[Specialist, int], ...] = (
    ("refunds", 20), ("order status", 10), ("billing", 14), ("sales", 18), ("tech support", 10),
    ("account", 8), ("a person", 8), ("mixed", 12),
)  # fmt: skip
ABOUT_ORDERS: tuple[SupportKind, ...] = (
    "refund", "refund part", "refund late", "status", "owed", "receipt", "dispute", "my orders",
)  # fmt: skip
KNOWN_BY_NUMBER: tuple[SupportKind, ...] = ("my orders", "new number")
"""Wishes of callers whose line shows who they are."""
MOST_DAYS = 9
"""Ago that an order was delivered which may go back."""


def is_support(business: Business, number: int, seed: int) -> bool:
    """Whether the caller with that number wants support; only of who sells things."""
    return bool(business.products) and Random(f"{seed}:{number}:support").random() < SHARE


@dataclass
class SupportDrawing:
    """One support caller being made up."""

    business: Business
    random: Random
    now: datetime

    def specialist(self) -> Specialist:
        """Whose caller this is."""
        names, weights = zip(*WEIGHTS, strict=True)
        specialist: Specialist = self.random.choices(names, weights)[0]
        return specialist

    def wish(self, specialist: Specialist) -> SupportWish:
        """What the caller wants of this one."""
        possible = [kind for kind in KINDS_OF[specialist] if self._can_be(kind)]
        kind: SupportKind = self.random.choice(possible)
        wish = SupportWish(kind, knows_number=self.random.random() < 0.5)
        if kind in ABOUT_ORDERS:
            wish = self._about_orders(wish)
        elif kind in ("buy", "change cart", "abandon"):
            wish = self._buying(wish)
        elif kind == "fix":
            remedy = self.random.choice(remedies(self.business))
            wish = replace(wish, problem=remedy[0], remedy=remedy[1])
        elif kind == "new number":
            wish = replace(wish, new_phone=draw_phone(self.business.country, self.random))
        return replace(wish, at_once=self.random.random() < 0.4)

    def _can_be(self, kind: SupportKind) -> bool:
        rules = self.business.support.refund_days
        return (rules is not None or not kind.startswith("refund")) and (
            kind != "fix" or bool(remedies(self.business))
        )

    def _about_orders(self, wish: SupportWish) -> SupportWish:
        first = self._order(wish.kind)
        orders = [first]
        if wish.kind != "receipt" and self.random.random() < 0.35:
            others = [
                each.id for each in self.business.products if each.id not in dict(first.lines)
            ]
            orders.append(self._another(others, first))
        goods: tuple[Goods, ...] = ()
        if wish.kind == "refund part":
            product_id, count = self.random.choice(first.lines)
            goods = ((product_id, self.random.randint(1, count)),)
        asks_team = self.random.random() < 0.7
        return replace(wish, orders=tuple(orders), goods=goods, wants_ticket=asks_team)

    def _order(self, kind: SupportKind) -> Bought:
        most = 2 if kind == "refund part" or self.random.random() < 0.4 else 1
        products = self.random.sample(self.business.products, k=most)
        lines = tuple((each.id, self._count(each)) for each in products)
        days = self.random.randint(2, MOST_DAYS)
        if kind == "refund late":
            days += self.business.support.refund_days or 0
            days += MOST_DAYS
        delivered = self._days_ago(days)
        order = Bought(self._reference(), lines, "delivered", self._before(delivered), delivered)
        if kind == "status" and self.random.random() < 0.7:
            status: OrderStatus = self.random.choice(("placed", "shipped"))
            return replace(order, status=status, delivered_at=None)
        return replace(order, paid=kind != "owed")

    def _another(self, product_ids: Sequence[str], first: Bought) -> Bought:
        """Placed and brought before the one that is meant."""
        line = (self.random.choice(product_ids), 1)
        delivered = first.placed_at - timedelta(days=self.random.randint(3, 12))
        placed = self._before(delivered)
        return Bought(self._reference(), (line,), "delivered", placed, delivered)

    def _buying(self, wish: SupportWish) -> SupportWish:
        first, other = self.random.sample(self.business.products, k=2)
        goods: Goods = (first.id, self._count(first))
        if wish.kind != "change cart":
            return replace(wish, goods=(goods,), cart=(goods,))
        one, both = ((first.id, 1),), ((first.id, 1), (other.id, 1))
        ways = [(one, both), (both, one)]
        if _can_be_counted(first):
            ways.append((one, ((first.id, 2),)))
        named, cart = self.random.choice(ways)
        return replace(wish, goods=named, cart=cart)

    def _count(self, product: Product) -> int:
        return 2 if _can_be_counted(product) and self.random.random() < 0.35 else 1

    def _days_ago(self, days: int) -> datetime:
        return (self.now - timedelta(days=days)).replace(hour=12, minute=0)

    def _before(self, delivered: datetime) -> datetime:
        return delivered - timedelta(days=self.random.randint(1, 4), hours=2)

    def _reference(self) -> str:
        return "".join(self.random.choice("123456789") for _ in range(5))


def _can_be_counted(product: Product) -> bool:
    return not product.name.endswith("s")
