"""Orders: brought in by staff or made at a checkout, found again, and what becomes of them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from typing import Any

from sqlalchemy import (
    Connection,
    Row,
    and_,
    bindparam,
    false,
    insert,
    or_,
    select,
    text,
    true,
    tuple_,
    update,
)

from scheduling.business import Business
from scheduling.errors import ChangedMeanwhile, Invalid, NotAllowed, NotFound
from scheduling.listing import (
    check_words,
    cursor_of,
    has_name,
    has_phone,
    on_days,
    position_of,
    rows_wanted,
)
from scheduling.local_time import seconds_of, utc
from scheduling.names import fold
from scheduling.queries import tidy_reference
from scheduling.roster import Roster
from scheduling.transaction import Transaction
from support.order_tables import cart_entry, order_event, placed_order
from support.order_values import (
    NewLine,
    NewOrder,
    OrderEvent,
    OrderFilter,
    OrderPage,
    OrderStatus,
    PlacedOrder,
    order_values,
)
from support.products import find_product
from support.standing import stands

HIGHEST_PRICE = Decimal(10**9)
NEXT: Mapping[OrderStatus, frozenset[OrderStatus]] = {
    "placed": frozenset({"shipped", "delivered", "cancelled"}),
    "shipped": frozenset({"placed", "delivered", "returned"}),
    "delivered": frozenset({"shipped", "returned"}),
    "returned": frozenset({"delivered"}),
    "cancelled": frozenset(),
}
"""What staff may make of an order, a step taken back included. What was cancelled stays so: its
goods may have been sold to somebody else."""

_own = placed_order.c.organisation_id == bindparam("of")
_row = placed_order.c.id == bindparam("row_id")
READ_ORDER = select(placed_order).where(
    _own, placed_order.c.reference == bindparam("reference"), stands(placed_order)
)
IS_TAKEN = select(placed_order.c.id).where(_own, placed_order.c.reference == bindparam("reference"))
ADD_ORDER = insert(placed_order).returning(placed_order)
CHANGE = (
    update(placed_order)
    .where(_own, _row, placed_order.c.version == bindparam("seen"))
    .returning(placed_order)
)
ADD_EVENT = insert(order_event)
READ_EVENTS = (
    select(order_event, (~stands(order_event)).label("undone"))
    .where(
        order_event.c.organisation_id == bindparam("of"),
        order_event.c.order_id == bindparam("row_id"),
    )
    .order_by(order_event.c.id)
)
FORGET_NAMES = text(
    "UPDATE placed_order SET customer_name = '', folded_name = '', customer_phone = '',"
    " version = version + 1, updated_at = :now"
    " WHERE organisation_id = :organisation_id AND customer_phone = :phone"
)
KEEP = tuple(
    update(table)
    .where(table.c.organisation_id == bindparam("of"), table.c.order_id == bindparam("row_id"))
    .values(attempt_id=None)
    for table in (order_event, cart_entry)
)


def find(connection: Connection, rosters: Sequence[Roster], wanted: OrderFilter) -> OrderPage:
    """One page of what these organisations have, the last placed first."""
    check_words(wanted.name, wanted.phone)
    limit = rows_wanted(wanted.limit)
    position = tuple_(placed_order.c.placed_at, placed_order.c.id)
    before = true() if not wanted.cursor else position < tuple_(*position_of(wanted.cursor))
    of_one_of_them = (
        and_(
            placed_order.c.organisation_id == roster.organisation.id,
            on_days(placed_order.c.placed_at, roster, wanted.first_day, wanted.last_day),
            has_phone(placed_order.c.customer_phone, roster, wanted.phone),
        )
        for roster in rosters
    )
    statement = select(placed_order).where(
        or_(false(), *of_one_of_them),
        stands(placed_order),
        before,
        has_name(placed_order.c.folded_name, wanted.name),
        true() if wanted.status is None else placed_order.c.status == wanted.status,
        true()
        if wanted.reference is None
        else placed_order.c.reference == tidy_reference(wanted.reference),
        placed_order.c.reference.in_(wanted.among) if wanted.among else true(),
    )
    newest = placed_order.c.placed_at.desc(), placed_order.c.id.desc()
    rows = connection.execute(statement.order_by(*newest).limit(limit + 1)).all()
    shown = rows[:limit]
    more = len(rows) > limit
    return OrderPage(
        tuple(_values(connection, rosters, shown)),
        cursor_of(shown[-1].placed_at, shown[-1].id) if more else None,
    )


def with_history(
    connection: Connection, roster: Roster, reference: str
) -> tuple[PlacedOrder, tuple[OrderEvent, ...]] | None:
    """That organisation's order and all that happened to it; None: it has none of the name."""
    asked = {"of": roster.organisation.id, "reference": tidy_reference(reference)}
    row = connection.execute(READ_ORDER, asked).one_or_none()
    if row is None:
        return None
    events = connection.execute(READ_EVENTS, {"of": row.organisation_id, "row_id": row.id})
    [order] = order_values(connection, roster, [row])
    return order, tuple(
        OrderEvent(utc(each.at), each.what, each.who, each.why, bool(each.undone))
        for each in events
    )


def set_status(tx: Transaction, reference: str, status: OrderStatus) -> PlacedOrder:
    """The order with that status; to give it again changes nothing. Staff's doing."""
    row = find_order(tx, reference, locked=True)
    if row.status == status:
        return order_of(tx, row)
    if tx.asker.by != "staff" or status not in NEXT[row.status]:
        raise NotAllowed(f"order {row.reference} is {row.status}: it cannot be made {status}")
    delivered_at = row.delivered_at if status == "returned" else None
    if status == "delivered":
        delivered_at = row.delivered_at or tx.second
    after = change(tx, row, status=status, delivered_at=delivered_at)
    note(tx, after, status)
    return order_of(tx, after)


def find_order(tx: Transaction, reference: str, *, locked: bool = False) -> Row[Any]:
    """The row; `locked` until the transaction ends, so that of two changes one comes later."""
    statement = READ_ORDER.with_for_update() if locked else READ_ORDER
    asked = {"of": tx.organisation_id, "reference": tidy_reference(reference)}
    row = tx.connection.execute(statement, asked).one_or_none()
    if row is None:
        raise NotFound(f"no order {reference!r}")
    return row


def order_of(tx: Transaction, row: Row[Any]) -> PlacedOrder:
    """The row's order."""
    [order] = order_values(tx.connection, tx.roster, [row])
    return order


def add_order(tx: Transaction, new: NewOrder) -> Row[Any]:
    """Writes a tidied order, whose attempt may still be undone."""
    columns = {
        "organisation_id": tx.organisation_id,
        "reference": new.reference,
        "status": new.status,
        "customer_name": new.customer.name,
        "folded_name": fold(new.customer.name),
        "customer_phone": new.customer.phone or "",
        "placed_at": seconds_of(new.placed_at),
        "delivered_at": None if new.delivered_at is None else seconds_of(new.delivered_at),
        "currency": tx.business.currency,
        "lines": [_line_row(tx.business, line) for line in new.lines],
        "call_id": tx.asker.call,
        "attempt_id": tx.asker.attempt_id,
        "created_at": tx.second,
        "updated_at": tx.second,
        "version": 1,
    }
    return tx.connection.execute(ADD_ORDER, columns).one()


def change(tx: Transaction, row: Row[Any], **columns: Any) -> Row[Any]:
    """The row after its columns changed, in its next version; refused where the asker saw an older
    one. What is changed outside of any attempt stays, even where the attempt that made it does not.
    """
    if tx.asker.version not in (None, row.version):
        raise ChangedMeanwhile(f"order {row.reference} was changed meanwhile")
    if tx.asker.attempt is None and row.attempt_id is not None:
        for statement in KEEP:
            tx.connection.execute(statement, {"of": tx.organisation_id, "row_id": row.id})
        columns["attempt_id"] = None
    given = {"of": tx.organisation_id, "row_id": row.id, "seen": row.version}
    changed = CHANGE.values(**columns, version=row.version + 1, updated_at=tx.second)
    return tx.connection.execute(changed, given).one()


def note(tx: Transaction, row: Row[Any], what: str) -> None:
    """One more line of the order's history."""
    event = {
        "organisation_id": tx.organisation_id,
        "order_id": row.id,
        "attempt_id": tx.asker.attempt_id,
        "at": tx.second,
        "what": what,
        "who": tx.asker.by,
        "why": tx.asker.reason,
    }
    tx.connection.execute(ADD_EVENT, event)


def forget_customer(connection: Connection, organisation_id: int, phone: str, *, now: int) -> int:
    """Orders under the number, E.164, keep their lines and money and lose name and number; how many
    there were."""
    asked = {"organisation_id": organisation_id, "phone": phone, "now": now}
    return connection.execute(FORGET_NAMES, asked).rowcount


def check_amount(amount: Decimal, currency: str) -> None:
    """Refuses what is no amount of that currency: less than nothing, or a fraction of its cents."""
    from babel.numbers import get_currency_precision

    if not amount.is_finite() or not 0 <= amount < HIGHEST_PRICE:
        raise Invalid(f"{amount} is no amount of money")
    if amount != round(amount, get_currency_precision(currency)):
        raise Invalid(f"{amount} has more decimals than {currency}")


def _line_row(business: Business, line: NewLine) -> dict[str, Any]:
    try:
        product = find_product(business, line.product)
    except NotFound:
        what = {"product_id": "", "name": line.product}
    else:
        what = {"product_id": product.id, "name": product.name}
    return {**what, "quantity": line.quantity, "price": str(line.price)}


def _values(
    connection: Connection, rosters: Sequence[Roster], rows: Sequence[Row[Any]]
) -> Iterator[PlacedOrder]:
    """In the order of the rows."""
    by_row: dict[int, PlacedOrder] = {}
    for roster in rosters:
        own = [row for row in rows if row.organisation_id == roster.organisation.id]
        values = order_values(connection, roster, own) if own else ()
        by_row.update({row.id: value for row, value in zip(own, values, strict=True)})
    return (by_row[row.id] for row in rows)
