"""What stands of what was written: all but the work of attempts that were undone.

Rows of the shop carry the attempt that wrote them. Undoing an attempt marks it as undone, and with
that an order, a refund or a change of a cart that it made is gone from every reading: the inverse
is nothing that could fail. What was in the cart before is there again.
"""

from __future__ import annotations

from sqlalchemy import ColumnElement, Table, bindparam, exists, or_

from scheduling.tables import attempt
from support.order_tables import placed_order, refund
from support.ticket_tables import ticket_event


def stands(table: Table) -> ColumnElement[bool]:
    """Whether the row was not written by an attempt that was undone."""
    return ~_attempt_of(table, attempt.c.state == "undone")


def can_be_undone(table: Table) -> ColumnElement[bool]:
    """Whether the attempt that wrote the row has not settled; by the parameter `now`."""
    return _attempt_of(
        table,
        attempt.c.state.in_(("running", "delivered")),
        attempt.c.settles_at > bindparam("now"),
    )


def wrote() -> ColumnElement[bool]:
    """Whether an attempt ordered, gave back or wrote down anything; of carts nobody need hear."""
    tables = (placed_order, refund, ticket_event)
    return or_(
        *(
            exists().where(
                table.c.organisation_id == attempt.c.organisation_id,
                table.c.attempt_id == attempt.c.id,
            )
            for table in tables
        )
    )


def _attempt_of(table: Table, *conditions: ColumnElement[bool]) -> ColumnElement[bool]:
    return exists().where(
        attempt.c.organisation_id == table.c.organisation_id,
        attempt.c.id == table.c.attempt_id,
        *conditions,
    )
