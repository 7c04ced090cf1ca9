"""Calls erased: words, facts and tool calls go; bookings, orders and tickets made in them stay."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import islice

from sqlalchemy import ColumnElement, Connection, String, Table, cast, delete, exists, or_, select

from scheduling.forgetting import forget_holders
from scheduling.store import Store
from scheduling.tables import booking
from support import carts
from support.order_tables import placed_order
from support.ticket_forgetting import calls_of_customer, forget_words
from voice.journal.tables import call as calls
from voice.journal.tables import continuation, tool_call
from voice.journal.tables import turn as turns
from voice.journal.wrong_tries import forget_wrong_tries

CALLS_AT_ONCE = 20
"""Some hundred rows: nobody who writes meanwhile waits for more."""
ROWS_AT_ONCE = 500


def erase_calls_before(connection: Connection, organisation_id: int, second: int) -> int:
    """A few of the calls in which nothing was said since then; how many. None left: zero."""
    forget_wrong_tries(connection, organisation_id, since=second)
    later_turn = exists().where(
        turns.c.organisation_id == calls.c.organisation_id,
        turns.c.call_id == calls.c.call_id,
        turns.c.opened_at >= second,
    )
    later_tool = exists().where(
        tool_call.c.organisation_id == calls.c.organisation_id,
        tool_call.c.call_id == calls.c.call_id,
        tool_call.c.at >= second,
    )
    old = (
        select(calls.c.call_id)
        .where(
            calls.c.organisation_id == organisation_id,
            calls.c.started_at < second,
            ~later_turn,
            ~later_tool,
        )
        .order_by(calls.c.started_at)
        .limit(CALLS_AT_ONCE)
        .with_for_update(skip_locked=True)
    )
    return erase_calls(connection, organisation_id, connection.execute(old).scalars().all())


def erase_calls(connection: Connection, organisation_id: int, call_ids: Sequence[str]) -> int:
    """These calls of the organisation, with all that hangs on them; how many there were.

    Their attempts stay, and say no more from whom they came.
    """
    forget_holders(connection, organisation_id, call_ids)
    carts.forget_holders(connection, organisation_id, call_ids)
    forget_words(connection, organisation_id, call_ids)
    for table in (continuation, tool_call, turns):
        connection.execute(delete(table).where(_of(table, organisation_id, call_ids)))
    erased = delete(calls).where(_of(calls, organisation_id, call_ids)).returning(calls.c.call_id)
    return len(connection.execute(erased).all())


def calls_of_number(connection: Connection, organisation_id: int, phone: str) -> list[str]:
    """Calls that came from the number, claimed it, or made something for it that staff keep."""
    from_it = select(calls.c.call_id).where(
        calls.c.organisation_id == organisation_id,
        or_(calls.c.known_phone == phone, calls.c.claimed_phone == phone),
    )
    booked = select(booking.c.call_id).where(
        booking.c.organisation_id == organisation_id, booking.c.customer_phone == phone
    )
    bought = select(placed_order.c.call_id).where(
        placed_order.c.organisation_id == organisation_id, placed_order.c.customer_phone == phone
    )
    called = connection.execute(from_it.union(booked, bought)).scalars()
    return [*called, *calls_of_customer(connection, organisation_id, phone)]


def calls_that_mention(
    connection: Connection, organisation_id: int, phone: str, *, after: tuple[int, int]
) -> tuple[list[str], tuple[int, int] | None]:
    """Among the next turns and tool calls after these, whose call knows of the number; and after
    which to go on, None at the end."""
    found: list[str] = []
    reached = []
    for table, key, columns, last in (
        (turns, turns.c.attempt_id, (turns.c.facts, turns.c.parts), after[0]),
        (tool_call, tool_call.c.id, (tool_call.c.arguments, tool_call.c.result), after[1]),
    ):
        told = or_(*(cast(column, String).contains(phone, autoescape=True) for column in columns))
        page = (
            select(key.label("key"), table.c.call_id, told.label("told"))
            .where(table.c.organisation_id == organisation_id, key > last)
            .order_by(key)
            .limit(ROWS_AT_ONCE)
        )
        rows = connection.execute(page).all()
        found += [row.call_id for row in rows if row.told]
        reached.append(rows[-1].key if rows else last)
    position = (reached[0], reached[1])
    return found, None if position == after else position


def _of(table: Table, organisation_id: int, call_ids: Sequence[str]) -> ColumnElement[bool]:
    return (table.c.organisation_id == organisation_id) & table.c.call_id.in_(call_ids)


class Erasing:
    """Calls erased in small steps, one transaction each."""

    def __init__(self, store: Store) -> None:
        self._store = store

    async def before(self, organisation_id: int, second: int) -> int:
        """A few of the calls that were over by then; how many, zero at the end."""
        return await self._store.write(
            lambda connection: erase_calls_before(connection, organisation_id, second)
        )

    async def number(self, organisation_id: int, phone: str) -> int:
        """Every call that came from this number or knows of it; how many there were."""
        call_ids = await self._store.read(
            lambda connection: calls_of_number(connection, organisation_id, phone)
        )
        after: tuple[int, int] | None = (0, 0)
        while after is not None:
            mentioned, after = await self._mentioning(organisation_id, phone, after)
            call_ids += mentioned
        erased = 0
        for few in batched(dict.fromkeys(call_ids)):
            erased += await self._erase(organisation_id, few)
        return erased

    async def _mentioning(
        self, organisation_id: int, phone: str, after: tuple[int, int]
    ) -> tuple[list[str], tuple[int, int] | None]:
        return await self._store.read(
            lambda connection: calls_that_mention(connection, organisation_id, phone, after=after)
        )

    async def _erase(self, organisation_id: int, call_ids: Sequence[str]) -> int:
        return await self._store.write(
            lambda connection: erase_calls(connection, organisation_id, call_ids)
        )


def batched(call_ids: Iterable[str]) -> Iterator[list[str]]:
    """A few at a time."""
    left = iter(call_ids)
    while few := list(islice(left, CALLS_AT_ONCE)):
        yield few
