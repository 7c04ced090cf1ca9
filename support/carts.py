"""The cart of a call: what a caller wants to buy, held while they decide, and its checkout.

Every change is one more entry. What an attempt changed is undone with it (`support.standing`).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any

from sqlalchemy import Connection, Row, bindparam, delete, func, insert, select, update

from scheduling.business import Product
from scheduling.errors import ChangedMeanwhile, Invalid, LimitReached
from scheduling.holders import HOUR, Share, shares_of
from scheduling.local_time import DAY_SECONDS, utc
from scheduling.locks import Lock, lock
from scheduling.prepared import prepare
from scheduling.shares import among, queue_for, words_of
from scheduling.transaction import Transaction, draw_reference
from scheduling.values import CustomerDetails
from support.order_entry import MOST_OF_ONE, tidied
from support.order_tables import cart_entry
from support.order_values import NewLine, NewOrder, PlacedOrder
from support.orders import add_order, note, order_of
from support.products import find_product
from support.standing import can_be_undone, stands
from support.stock import NotInStock, held_by_call, keep_count, left_for, lock_stock

MOST_PRODUCTS = 20
ORDERS_AN_HOUR = 10
"""By one holder, where no share of theirs says less."""
CALL_DAYS = 2
"""No call lasts so long."""
AT_ONCE = 100

_own = cart_entry.c.organisation_id == bindparam("of")
_of_call = (_own, cart_entry.c.call_id == bindparam("call"))
READ_ENTRIES = select(cart_entry).where(*_of_call, stands(cart_entry)).order_by(cart_entry.c.id)
READ_HELD_BY = (
    select(cart_entry, can_be_undone(cart_entry).label("can_be_undone"))
    .where(
        _own,
        cart_entry.c.held_until > bindparam("now"),
        stands(cart_entry),
        among(cart_entry.c.holder),
    )
    .order_by(cart_entry.c.id)
)
COUNT_ORDERS = select(func.count(cart_entry.c.order_id.distinct())).where(
    _own, cart_entry.c.created_at > bindparam("since"), among(cart_entry.c.holder)
)
"""Undone ones too: they are few, and asking in turns is no way round."""
ADD_ENTRY = insert(cart_entry)
HOLD_LONGER = (
    update(cart_entry)
    .where(*_of_call, cart_entry.c.held_until > bindparam("now"))
    .values(held_until=bindparam("until"))
)
RELEASE = prepare(
    update(cart_entry)
    .where(*_of_call, cart_entry.c.held_until > bindparam("now"))
    .values(held_until=bindparam("now"))
    .returning(cart_entry.c.product_id)
)
OLD_ENTRIES = (
    select(cart_entry.c.id)
    .where(_own, cart_entry.c.created_at < bindparam("before"), cart_entry.c.order_id.is_(None))
    .order_by(cart_entry.c.created_at)
    .limit(AT_ONCE)
    .with_for_update(skip_locked=True)
)
FORGET_HOLDERS = (
    update(cart_entry)
    .where(_own, cart_entry.c.call_id.in_(bindparam("calls", expanding=True)))
    .values(holder="")
)
FORGET = prepare(delete(cart_entry).where(_own, cart_entry.c.id.in_(OLD_ENTRIES)))


class TooManyOrders(LimitReached):
    """As many orders came from there lately as may: another cart would not do instead."""

    answered_with_offers = False


@dataclass(frozen=True, slots=True)
class CartLine:
    """One product of a cart, at its price of now."""

    product_id: str
    product: str
    quantity: int
    price: Decimal
    """Of one."""
    held_until: datetime | None
    """None: not held; whether so many are there is looked at again at the checkout."""


@dataclass(frozen=True, slots=True)
class Cart:
    """What a call would buy."""

    lines: tuple[CartLine, ...]
    total: Decimal
    currency: str


def cart_of(tx: Transaction) -> Cart:
    """The asker's call's; what the business sells no more is not in it."""
    newest: dict[str, Row[Any]] = {}
    for row in tx.connection.execute(READ_ENTRIES, _call(tx)):
        newest[row.product_id] = row
    products = {product.id: product for product in tx.business.products}
    lines = tuple(
        _line(tx, products[product_id], row)
        for product_id, row in newest.items()
        if row.quantity and product_id in products
    )
    total = sum((line.price * line.quantity for line in lines), Decimal(0))
    return Cart(lines, total, tx.business.currency)


def put(tx: Transaction, called: str, quantity: int, *, more: bool = False) -> Cart:
    """The cart with so many of that product, or so many `more`; zero takes it out.

    They are held from now on, and what is still held in the cart for as long.
    """
    product, cart = find_product(tx.business, called), cart_of(tx)
    has = {line.product_id: line.quantity for line in cart.lines}
    wanted = quantity + (has.get(product.id, 0) if more else 0)
    if not 0 <= wanted <= MOST_OF_ONE or not tx.asker.call:
        raise Invalid(f"a call's cart has from 0 to {MOST_OF_ONE} of each product")
    if len({*has, product.id}) > MOST_PRODUCTS:
        raise LimitReached(f"a cart has at most {MOST_PRODUCTS} products")
    lock_stock(tx, [product.id])
    _check_stock(tx, product, wanted)
    until = _hold_longer(tx)
    held = product.stock is not None and _may_hold(tx, product, wanted)
    entry = {"product_id": product.id, "quantity": wanted, "held_until": until if held else None}
    tx.connection.execute(ADD_ENTRY, [{**_entry(tx), **entry}])
    return cart_of(tx)


def check_out(
    tx: Transaction, customer: CustomerDetails, *, total: Decimal | None = None
) -> PlacedOrder:
    """The cart as an order that is to be paid, and the cart empty; `NotInStock` where what was not
    held any more is gone, `ChangedMeanwhile` where it does not cost the `total` that was read out.
    """
    cart = cart_of(tx)
    if not cart.lines:
        raise Invalid("there is nothing in the cart")
    if total is not None and total != cart.total:
        raise ChangedMeanwhile(f"the cart costs {cart.total}, not {total}")
    lock_stock(tx, [line.product_id for line in cart.lines])
    for line in cart.lines:
        _check_stock(tx, find_product(tx.business, line.product_id), line.quantity)
    _check_orders(tx)
    lines = tuple(NewLine(line.product_id, line.quantity, line.price) for line in cart.lines)
    new = tidied(tx, NewOrder(draw_reference(), customer, tx.now, lines))
    row = add_order(tx, new)
    until = _hold_longer(tx)
    sold = [
        {
            "product_id": line.product_id,
            "quantity": 0,
            "sold": line.quantity,
            "order_id": row.id,
            "held_until": until,
        }
        for line in cart.lines
    ]
    tx.connection.execute(ADD_ENTRY, [{**_entry(tx), **each} for each in sold])
    note(tx, row, "placed")
    return order_of(tx, row)


def release(connection: Connection, organisation_id: int, call_id: str, *, now: int) -> int:
    """What the call holds is anybody's; how many products that frees."""
    lock(connection, Lock.CALL, [call_id])
    asked = {"of": organisation_id, "call": call_id, "now": now}
    return len(set(connection.execute(RELEASE, asked).scalars()))


def forget_carts(connection: Connection, organisation_id: int, *, now: int) -> None:
    """A few of those that nobody can come back to; what was sold out of them stays."""
    connection.execute(FORGET, {"of": organisation_id, "before": now - CALL_DAYS * DAY_SECONDS})


def forget_holders(connection: Connection, organisation_id: int, call_ids: Sequence[str]) -> None:
    """On whose account these calls held and bought."""
    connection.execute(FORGET_HOLDERS, {"of": organisation_id, "calls": list(call_ids)})


def _check_stock(tx: Transaction, product: Product, wanted: int) -> None:
    """Refuses more than there are; the stock must be locked."""
    keep_count(tx, product)
    for look in (1, 2):
        # Each statement of PostgreSQL sees a moment of its own: what is undone between the count of
        # what is sold and that of what is held counts as both, for that once. Never as neither.
        left = left_for(tx, product) if wanted else None
        if left is None or wanted <= left:
            return
        if look == 2:
            raise NotInStock(product, left)


def _may_hold(tx: Transaction, product: Product, wanted: int) -> bool:
    """Whether nobody on whose account it is holds more than their share."""
    shares = shares_of(tx.asker.held_by)
    queue_for(tx, [share.of for share in shares])
    own = (tx.asker.call, product.id)
    return all(_held_else(tx, share, own) + wanted <= share.holds for share in shares)


def _held_else(tx: Transaction, share: Share, own: tuple[str, str]) -> int:
    asked = {"of": tx.organisation_id, "now": tx.second, **words_of(share.of)}
    held = held_by_call(tx.connection.execute(READ_HELD_BY, asked))
    return sum(quantity for key, quantity in held.items() if key != own)


def _check_orders(tx: Transaction) -> None:
    """Refuses a caller's order once as many came from there within the hour as may."""
    shares = shares_of(tx.asker.held_by)
    queue_for(tx, [share.of for share in shares])
    for share in shares:
        most = share.bookings or ORDERS_AN_HOUR
        asked = {"of": tx.organisation_id, "since": tx.second - HOUR, **words_of(share.of)}
        if tx.connection.execute(COUNT_ORDERS, asked).scalar_one() >= most:
            raise TooManyOrders(f"{most} orders within the hour already, by {share.of!r}")


def _hold_longer(tx: Transaction) -> int:
    """Until when what is put or sold now is held, and so what is held already."""
    until = tx.second + tx.business.booking.hold_minutes * 60
    tx.connection.execute(HOLD_LONGER, {**_call(tx), "now": tx.second, "until": until})
    return until


def _call(tx: Transaction) -> dict[str, Any]:
    return {"of": tx.organisation_id, "call": tx.asker.call}


def _entry(tx: Transaction) -> dict[str, Any]:
    """What every entry of the asker's has."""
    return {
        "organisation_id": tx.organisation_id,
        "call_id": tx.asker.call,
        "sold": 0,
        "order_id": None,
        "attempt_id": tx.asker.attempt_id,
        "holder": tx.asker.held_by,
        "created_at": tx.second,
    }


def _line(tx: Transaction, product: Product, row: Row[Any]) -> CartLine:
    held = row.held_until is not None and row.held_until > tx.second
    until = utc(row.held_until) if held else None
    return CartLine(product.id, product.name, row.quantity, product.price, until)
