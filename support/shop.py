"""The one way in to what is sold: carts, orders, payments and refunds; one transaction each."""

from __future__ import annotations

from decimal import Decimal
from typing import Unpack

from sqlalchemy import Connection

from scheduling.desk import Desk
from scheduling.errors import Ambiguous, NotFound
from scheduling.queries import tidy_reference
from scheduling.transaction import Transaction
from scheduling.values import Asker, CustomerDetails, OnBehalf
from support import carts, order_entry, orders, payments, refunds
from support.carts import Cart
from support.order_values import (
    NewOrder,
    OrderEvent,
    OrderFilter,
    OrderPage,
    OrderStatus,
    PlacedOrder,
)
from support.payments import Payment
from support.products import StockedProduct
from support.refunds import Refund, RefundVerdict, RefundWish
from support.stock import left_for


class Shop:
    """What callers' agents and staff ask of the shop. It checks the business's rules, and leaves it
    to whoever asks that the caller may hear of the order: that they are verified for it."""

    def __init__(self, desk: Desk) -> None:
        self._transactions = desk.transactions

    async def products(
        self, organisation_id: int, **behalf: Unpack[OnBehalf]
    ) -> tuple[StockedProduct, ...]:
        """All that is sold, with how many the call may have."""

        def work(tx: Transaction) -> tuple[StockedProduct, ...]:
            return tuple(StockedProduct(each, left_for(tx, each)) for each in tx.business.products)

        return await self._transactions.read(organisation_id, work, Asker(**behalf))

    async def cart(self, organisation_id: int, **behalf: Unpack[OnBehalf]) -> Cart:
        """The call's."""
        return await self._transactions.read(organisation_id, carts.cart_of, Asker(**behalf))

    async def add(
        self, organisation_id: int, product: str, quantity: int = 1, **behalf: Unpack[OnBehalf]
    ) -> Cart:
        """The cart with so many more; the same key adds them once."""
        body = ("add to cart", product, quantity)
        return await self._transactions.once(
            organisation_id,
            Asker(**behalf),
            body,
            Cart,
            lambda tx: carts.put(tx, product, quantity, more=True),
        )

    async def set_quantity(
        self, organisation_id: int, product: str, quantity: int, **behalf: Unpack[OnBehalf]
    ) -> Cart:
        """The cart with just so many; none takes the product out."""
        return await self._transactions.write(
            organisation_id, Asker(**behalf), lambda tx: carts.put(tx, product, quantity)
        )

    async def check_out(
        self,
        organisation_id: int,
        customer: CustomerDetails,
        total: Decimal | None = None,
        **behalf: Unpack[OnBehalf],
    ) -> PlacedOrder:
        """The cart as an order; `total` is what was read out."""
        body = ("check out", customer, total)
        return await self._transactions.once(
            organisation_id,
            Asker(**behalf),
            body,
            PlacedOrder,
            lambda tx: carts.check_out(tx, customer, total=total),
        )

    async def release(self, organisation_id: int, call_id: str) -> int:
        """What the call's cart holds is anybody's; how many products that frees."""

        def work(connection: Connection) -> int:
            now = int(self._transactions.store.now(connection).timestamp())
            return carts.release(connection, organisation_id, call_id, now=now)

        return await self._transactions.store.write(work)

    async def bring_in(
        self, organisation_id: int, order: NewOrder, **behalf: Unpack[OnBehalf]
    ) -> PlacedOrder:
        """The order as staff have it from elsewhere; theirs unless said otherwise."""
        return await self._transactions.once(
            organisation_id,
            Asker.staff(**behalf),
            ("bring in", order),
            PlacedOrder,
            lambda tx: order_entry.bring_in(tx, order),
        )

    async def find(self, organisation_id: int | None, wanted: OrderFilter) -> OrderPage:
        """Orders, the last placed first; None searches every organisation."""

        def work(connection: Connection) -> OrderPage:
            rosters = self._transactions.rosters_of(connection, organisation_id)
            return orders.find(connection, rosters, wanted)

        return await self._transactions.store.read(work)

    async def history(
        self, organisation_id: int | None, reference: str
    ) -> tuple[PlacedOrder, tuple[OrderEvent, ...]]:
        """An order with all that happened to it; `Ambiguous` if several organisations have it."""

        def work(connection: Connection) -> list[tuple[PlacedOrder, tuple[OrderEvent, ...]]]:
            rosters = self._transactions.rosters_of(connection, organisation_id)
            each = (orders.with_history(connection, roster, reference) for roster in rosters)
            return [found for found in each if found is not None]

        found = await self._transactions.store.read(work)
        if not found:
            raise NotFound(f"no order {reference!r}")
        if len(found) > 1:
            slugs = [order.organisation for order, _ in found]
            raise Ambiguous(f"several orders {reference!r}", candidates=slugs)
        return found[0]

    async def set_status(
        self,
        organisation_id: int,
        reference: str,
        status: OrderStatus,
        **behalf: Unpack[OnBehalf],
    ) -> PlacedOrder:
        """The order with what became of it; staff's doing unless said otherwise."""
        return await self._transactions.once(
            organisation_id,
            Asker.staff(**behalf),
            ("order status", tidy_reference(reference), status),
            PlacedOrder,
            lambda tx: orders.set_status(tx, reference, status),
        )

    async def pay(
        self,
        organisation_id: int,
        reference: str,
        amount: Decimal | None = None,
        how: str = "at the desk",
        **behalf: Unpack[OnBehalf],
    ) -> PlacedOrder:
        """The order with what came in; None: all that was open. Staff's doing unless said
        otherwise."""
        return await self._transactions.once(
            organisation_id,
            Asker.staff(**behalf),
            ("pay", tidy_reference(reference), amount, how),
            PlacedOrder,
            lambda tx: payments.pay(tx, reference, amount, how),
        )

    async def payments(self, organisation_id: int, reference: str) -> tuple[Payment, ...]:
        """What came in for the order, oldest first."""
        return await self._transactions.read(
            organisation_id, lambda tx: payments.payments_of(tx, reference)
        )

    async def forget(self, organisation_id: int, phone: str) -> int:
        """Whose orders these were, by their number, E.164; how many orders."""

        def work(connection: Connection) -> int:
            now = int(self._transactions.store.now(connection).timestamp())
            return orders.forget_customer(connection, organisation_id, phone, now=now)

        return await self._transactions.store.write(work, durable=True)

    async def refundable(
        self, organisation_id: int, reference: str, wish: RefundWish
    ) -> RefundVerdict:
        """Whether the business's rules give it back, and how much."""
        return await self._transactions.read(
            organisation_id, lambda tx: refunds.refundable(tx, reference, wish)
        )

    async def refund(
        self, organisation_id: int, reference: str, wish: RefundWish, **behalf: Unpack[OnBehalf]
    ) -> Refund:
        """The refund, made once; `RefundRefused` where the rules do not allow it."""
        return await self._transactions.once(
            organisation_id,
            Asker(**behalf),
            ("refund", tidy_reference(reference), wish),
            Refund,
            lambda tx: refunds.give_back(tx, reference, wish),
        )
