"""Time that staff take out: blocks of providers and units, which the guard keeps like bookings."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from sqlalchemy import Row, bindparam, delete, insert, select, update

from scheduling.blocks import Block, PlacedBlock
from scheduling.errors import InTheWay, Invalid, NotFound, Past
from scheduling.finding import held_value
from scheduling.interval import Interval
from scheduling.local_time import seconds_of, utc
from scheduling.locks import Lock, lock
from scheduling.occupying import Taken, claims_on, occupy, take_stock
from scheduling.queries import booking_value, tidy_reference
from scheduling.staff_tables import block as blocks
from scheduling.tables import LONGEST_OCCUPANCY, booking, occupancy, offer
from scheduling.transaction import Transaction, draw_reference
from scheduling.values import Booking, Window

LONGEST_DAYS = 366
MOST_NAMED = 20
"""So many bookings in the way are named; the rest waits until these are moved."""
_own = blocks.c.organisation_id == bindparam("of")
READ_BLOCK = select(blocks).where(_own, blocks.c.code == bindparam("wanted"))
READ_BLOCKS = (
    select(blocks)
    .where(
        _own,
        blocks.c.lifted_at.is_(None),
        blocks.c.start_at < bindparam("until"),
        blocks.c.end_at > bindparam("since"),
    )
    .order_by(blocks.c.start_at, blocks.c.id)
)
ADD_BLOCK = insert(blocks).returning(blocks)
LIFT = (
    update(blocks)
    .where(_own, blocks.c.id == bindparam("row_id"))
    .values(lifted_at=bindparam("at"))
    .returning(blocks)
)
FREE_ROWS = delete(occupancy).where(
    occupancy.c.organisation_id == bindparam("of"), occupancy.c.block_id == bindparam("row_id")
)
_there = (
    occupancy.c.organisation_id == bindparam("of"),
    occupancy.c.resource_id.in_(bindparam("rows", expanding=True)),
    occupancy.c.start_at < bindparam("until"),
    occupancy.c.start_at > bindparam("since") - LONGEST_OCCUPANCY,
    occupancy.c.end_at > bindparam("since"),
)
READ_BOOKINGS = (
    select(booking)
    .where(
        booking.c.organisation_id == bindparam("of"),
        booking.c.id.in_(select(occupancy.c.booking_id).where(*_there)),
    )
    .order_by(booking.c.start_at, booking.c.id)
    .limit(MOST_NAMED)
)
READ_HOLDS = (
    select(offer)
    .where(
        offer.c.organisation_id == bindparam("of"),
        offer.c.id.in_(select(occupancy.c.offer_id).where(*_there, occupancy.c.kind == "hold")),
    )
    .order_by(offer.c.start_at, offer.c.id)
    .limit(MOST_NAMED)
)
READ_OTHERS = (
    select(blocks.c.code)
    .where(_own, blocks.c.id.in_(select(occupancy.c.block_id).where(*_there)))
    .order_by(blocks.c.id)
)


def block(tx: Transaction, wanted: Block) -> PlacedBlock:
    """The time, taken out whole; refused with what is in the way."""
    span = _checked(tx, wanted)
    rows, count = _rows_for(tx, wanted)
    lock(tx.connection, Lock.RESOURCE, rows)
    busy = take_stock(tx.connection, rows, span, now=tx.second)
    free = [row for row in rows if not busy[row]][:count]
    if len(free) < count:
        raise _in_the_way(tx, [row for row in rows if busy[row]], span)
    columns = {
        "organisation_id": tx.organisation_id,
        "code": draw_reference(),
        "provider_id": wanted.provider_id or "",
        "resource_key": wanted.resource_id or "",
        "units": count if wanted.resource_id else 0,
        "start_at": span.start,
        "end_at": span.end,
        "who": tx.asker.by,
        "reason": wanted.reason,
        "created_at": tx.second,
    }
    row = tx.connection.execute(ADD_BLOCK, columns).one()
    taken = [Taken(unit, piece.start, piece.end) for unit in free for piece in _by_day(span)]
    claims = claims_on(taken, kind="block", block_id=row.id)
    occupy(tx.connection, tx.organisation_id, claims)
    return _value(tx, row)


def unblock(tx: Transaction, block_id: str) -> PlacedBlock:
    """Frees the block's time; lifting it again changes nothing."""
    wanted = {"of": tx.organisation_id, "wanted": tidy_reference(block_id)}
    row = tx.connection.execute(READ_BLOCK.with_for_update(), wanted).one_or_none()
    if row is None:
        raise NotFound(f"no block {block_id!r}")
    if row.lifted_at is None:
        given = {"of": tx.organisation_id, "row_id": row.id}
        tx.connection.execute(FREE_ROWS, given)
        row = tx.connection.execute(LIFT, {**given, "at": tx.second}).one()
    return _value(tx, row)


def blocks_in(tx: Transaction, window: Window) -> tuple[PlacedBlock, ...]:
    """Blocks in force with some time in the window, by start."""
    given = {"since": seconds_of(window.start), "until": seconds_of(window.end)}
    found = tx.connection.execute(READ_BLOCKS, {"of": tx.organisation_id, **given})
    return tuple(_value(tx, row) for row in found)


def _checked(tx: Transaction, wanted: Block) -> Interval:
    if wanted.start.tzinfo is None or wanted.end.tzinfo is None:
        raise Invalid("start and end of a block need their time zone")
    span = Interval(seconds_of(wanted.start), seconds_of(wanted.end))
    if span.start >= span.end:
        raise Invalid("end: a block ends after it starts")
    if span.end - span.start > LONGEST_DAYS * LONGEST_OCCUPANCY:
        raise Invalid(f"end: a block lasts {LONGEST_DAYS} days at most")
    if span.end <= tx.second:
        raise Past("that time is over")
    if wanted.provider_id and wanted.resource_id:
        raise Invalid("a block is of a provider or of a resource: two blocks can be entered")
    if wanted.units is not None and not wanted.resource_id:
        raise Invalid("units: only a resource has units")
    return span


def _rows_for(tx: Transaction, wanted: Block) -> tuple[list[int], int]:
    """Rows that could be taken, in the order in which they are locked, and how many must be."""
    if wanted.provider_id:
        return [tx.roster.provider_row(tx.business.provider(wanted.provider_id).id)], 1
    if not wanted.resource_id:
        rows = sorted(tx.roster.provider_row(each.id) for each in tx.business.providers)
        return rows, len(rows)
    known = {resource.id: resource.count for resource in tx.business.resources}
    if wanted.resource_id not in known:
        raise Invalid(f"resource: there is no {wanted.resource_id!r}", candidates=list(known))
    count = known[wanted.resource_id]
    if not 1 <= (wanted.units or count) <= count:
        raise Invalid(f"units: there are {count}")
    return sorted(tx.roster.unit_rows(wanted.resource_id)), wanted.units or count


def _by_day(span: Interval) -> Iterator[Interval]:
    """The span in pieces of a day: occupancy is never longer."""
    for start in range(span.start, span.end, LONGEST_OCCUPANCY):
        yield Interval(start, min(start + LONGEST_OCCUPANCY, span.end))


def _in_the_way(tx: Transaction, rows: Sequence[int], span: Interval) -> InTheWay:
    given = {"of": tx.organisation_id, "rows": rows, "since": span.start, "until": span.end}
    found: list[Booking] = [
        booking_value(row, tx.roster) for row in tx.connection.execute(READ_BOOKINGS, given)
    ]
    found += [held_value(row, tx.roster) for row in tx.connection.execute(READ_HOLDS, given)]
    named = [_named(tx, each) for each in found]
    named += [f"block {code}" for code in tx.connection.execute(READ_OTHERS, given).scalars()]
    return InTheWay(f"in the way: {'; '.join(named)}", bookings=found)


def _named(tx: Transaction, found: Booking) -> str:
    start = found.start.astimezone(tx.business.zone)
    held = "hold" if found.status == "held" else "booking"
    return f"{held} {found.reference} ({found.provider}, {start:%a %Y-%m-%d %H:%M})"


def _value(tx: Transaction, row: Row[Any]) -> PlacedBlock:
    return PlacedBlock(
        block_id=row.code,
        organisation=tx.roster.organisation.slug,
        provider_id=row.provider_id or None,
        resource_id=row.resource_key or None,
        units=row.units or None,
        start=utc(row.start_at),
        end=utc(row.end_at),
        timezone=tx.business.timezone,
        reason=row.reason,
        created_at=utc(row.created_at),
        lifted=row.lifted_at is not None,
    )
