"""How many there still are of a product, less what callers who decide have in their carts.

The business file counts; what is sold in calls is taken from that count until it gives another
number. A cart keeps its quantity for so long as it is held, and the most of all quantities that
undoing could bring back to it, so that undoing takes nothing from anybody.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from sqlalchemy import Row, bindparam, func, select, text

from scheduling.business import Product
from scheduling.errors import LimitReached
from scheduling.locks import Lock, lock
from scheduling.transaction import Transaction
from support.order_tables import cart_entry, placed_order, stock_count
from support.standing import can_be_undone, stands

_own = cart_entry.c.organisation_id == bindparam("of")
_product = cart_entry.c.product_id == bindparam("product")
READ_COUNT = select(stock_count).where(
    stock_count.c.organisation_id == bindparam("of"),
    stock_count.c.product_id == bindparam("product"),
)
KEEP_COUNT = text(
    "INSERT INTO stock_count (organisation_id, product_id, counted, business_version, after_entry)"
    " SELECT :organisation_id, :product, :counted, :version, coalesce(max(id), 0) FROM cart_entry"
    " WHERE organisation_id = :organisation_id AND order_id IS NOT NULL"
    " ON CONFLICT (organisation_id, product_id) DO UPDATE SET counted = excluded.counted,"
    " business_version = excluded.business_version, after_entry = excluded.after_entry"
)
COUNT_SOLD = (
    select(func.coalesce(func.sum(cart_entry.c.sold), 0))
    .join(placed_order, placed_order.c.id == cart_entry.c.order_id)
    .where(
        _own,
        placed_order.c.organisation_id == bindparam("of"),
        _product,
        cart_entry.c.id > bindparam("after_entry"),
        placed_order.c.status != "cancelled",
        stands(cart_entry),
    )
)
READ_HELD = (
    select(cart_entry, can_be_undone(cart_entry).label("can_be_undone"))
    .where(_own, _product, cart_entry.c.held_until > bindparam("now"), stands(cart_entry))
    .order_by(cart_entry.c.id)
)


class NotInStock(LimitReached):
    """Fewer are left than are wanted; `left` says how many can be had, holds of others counted."""

    answered_with_offers = False

    def __init__(self, product: Product, left: int) -> None:
        super().__init__(f"{left} of {product.id} are left")
        self.product = product
        self.left = left


def lock_stock(tx: Transaction, product_ids: Iterable[str]) -> None:
    """Whoever wants one of them waits until this transaction ends."""
    lock(tx.connection, Lock.STOCK, [f"{tx.organisation_id} {each}" for each in product_ids])


def left_for(tx: Transaction, product: Product) -> int | None:
    """How many the asker's call may have in its cart; None: as many as it likes."""
    if product.stock is None:
        return None
    asked = {"of": tx.organisation_id, "product": product.id, "now": tx.second}
    kept = _kept_count(tx, product)
    left = product.stock if kept is None else kept.counted - _sold(tx, product, kept.after_entry)
    held = held_by_call(tx.connection.execute(READ_HELD, asked))
    return max(left - sum(held[each] for each in held if each[0] != tx.asker.call), 0)


def keep_count(tx: Transaction, product: Product) -> None:
    """Counts anew where the business file gives another number; the stock must be locked."""
    if product.stock is not None and _kept_count(tx, product) is None:
        given = {"counted": product.stock, "version": tx.roster.version}
        of_product = {"organisation_id": tx.organisation_id, "product": product.id}
        tx.connection.execute(KEEP_COUNT, {**of_product, **given})


def held_by_call(rows: Iterable[Row[Any]]) -> dict[tuple[str, str], int]:
    """What each call keeps from others, by call and product; of entries in their order.

    An entry that can be undone adds to what was before it, one that cannot takes its place. What
    is sold counts as such, and not once more as held.
    """
    outcomes: dict[tuple[str, str], list[tuple[int | None, int]]] = {}
    sold: dict[tuple[str, str], int] = {}
    for row in rows:
        key = (row.call_id, row.product_id)
        if not row.can_be_undone:
            outcomes[key], sold[key] = [(None, row.quantity)], 0
            continue
        possible = outcomes.setdefault(key, [(None, 0)])
        if possible[-1][0] == row.attempt_id:
            possible.pop()
        sold[key] = sold.get(key, 0) + row.sold
        possible.append((row.attempt_id, row.quantity + sold[key]))
    return {
        key: max(quantity for _, quantity in possible) - sold[key]
        for key, possible in outcomes.items()
    }


def _kept_count(tx: Transaction, product: Product) -> Row[Any] | None:
    """The count in force; None where the file's own is newer."""
    asked = {"of": tx.organisation_id, "product": product.id}
    row = tx.connection.execute(READ_COUNT, asked).one_or_none()
    if row is not None and row.business_version < tx.roster.version:
        return row if row.counted == product.stock else None
    return row


def _sold(tx: Transaction, product: Product, after_entry: int) -> int:
    asked = {"of": tx.organisation_id, "product": product.id, "after_entry": after_entry}
    return int(tx.connection.execute(COUNT_SOLD, asked).scalar_one())
