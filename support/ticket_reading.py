"""Finding tickets as staff type what they know, and what happened to one."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Connection, Row, and_, bindparam, false, func, or_, select, tuple_

from scheduling.errors import NotFound
from scheduling.listing import (
    check_words,
    cursor_of,
    has_name,
    has_phone,
    on_days,
    position_of,
    rows_wanted,
)
from scheduling.local_time import utc
from scheduling.queries import tidy_reference
from scheduling.roster import Roster
from scheduling.transaction import Transaction
from support.standing import stands
from support.ticket_tables import ticket, ticket_event
from support.ticket_values import Ticket, TicketEvent, TicketFilter, TicketPage

_stands = stands(ticket_event)
_latest = (
    select(func.max(ticket_event.c.id))
    .where(
        ticket_event.c.organisation_id == ticket.c.organisation_id,
        ticket_event.c.ticket_id == ticket.c.id,
        _stands,
    )
    .correlate(ticket)
    .scalar_subquery()
)
_added = (
    select(func.aggregate_strings(ticket_event.c.words, "; "))
    .where(
        ticket_event.c.organisation_id == ticket.c.organisation_id,
        ticket_event.c.ticket_id == ticket.c.id,
        ticket_event.c.what == "noted",
        _stands,
    )
    .correlate(ticket)
    .scalar_subquery()
)
state = ticket_event.alias("state")
EVERY_TICKET = select(
    ticket,
    _added.label("added"),
    state.c.status,
    state.c.priority,
    state.c.at.label("updated_at"),
    state.c.id.label("version"),
).where(state.c.organisation_id == ticket.c.organisation_id, state.c.id == _latest)
"""A ticket without an event that stands is none: the attempt that made it was undone."""
_own = ticket.c.organisation_id == bindparam("of")
READ_TICKET = EVERY_TICKET.where(_own, ticket.c.reference == bindparam("reference"))
LOCK_TICKET = (
    select(ticket.c.id).where(_own, ticket.c.reference == bindparam("reference")).with_for_update()
)
READ_UNCLOSED = EVERY_TICKET.where(
    _own, ticket.c.customer_phone == bindparam("phone"), state.c.status != "closed"
).order_by(ticket.c.id.desc())
READ_EVENTS = (
    select(ticket_event)
    .where(
        ticket_event.c.organisation_id == bindparam("of"),
        ticket_event.c.ticket_id == bindparam("row_id"),
        _stands,
    )
    .order_by(ticket_event.c.id)
)


def find_tickets(
    connection: Connection, rosters: Sequence[Roster], wanted: TicketFilter
) -> TicketPage:
    """One page of what these organisations have, newest first; none comes twice."""
    check_words(wanted.name, wanted.phone)
    limit, made = rows_wanted(wanted.limit), ticket.c.created_at
    of_each = (
        and_(
            ticket.c.organisation_id == roster.organisation.id,
            on_days(made, roster, wanted.first_day, wanted.last_day),
            has_phone(ticket.c.customer_phone, roster, wanted.phone),
        )
        for roster in rosters
    )
    statement = EVERY_TICKET.where(
        has_name(ticket.c.folded_name, wanted.name), or_(false(), *of_each)
    )
    if wanted.status is not None:
        statement = statement.where(state.c.status == wanted.status)
    if wanted.priority is not None:
        statement = statement.where(state.c.priority == wanted.priority)
    if wanted.reference is not None:
        statement = statement.where(ticket.c.reference == tidy_reference(wanted.reference))
    if wanted.cursor is not None:
        statement = statement.where(tuple_(made, ticket.c.id) < tuple_(*position_of(wanted.cursor)))
    newest = statement.order_by(made.desc(), ticket.c.id.desc()).limit(limit + 1)
    rows = connection.execute(newest).all()
    by_id = {roster.organisation.id: roster for roster in rosters}
    return TicketPage(
        tuple(ticket_value(row, by_id[row.organisation_id]) for row in rows[:limit]),
        cursor_of(rows[limit - 1].created_at, rows[limit - 1].id) if len(rows) > limit else None,
    )


def with_history(
    connection: Connection, roster: Roster, reference: str
) -> tuple[Ticket, tuple[TicketEvent, ...]] | None:
    """That organisation's ticket and all that happened to it and was not undone."""
    wanted = {"of": roster.organisation.id, "reference": tidy_reference(reference)}
    row = connection.execute(READ_TICKET, wanted).one_or_none()
    if row is None:
        return None
    events = connection.execute(READ_EVENTS, {"of": row.organisation_id, "row_id": row.id})
    return ticket_value(row, roster), tuple(
        TicketEvent(utc(each.at), each.what, each.who, each.words) for each in events
    )


def unclosed(tx: Transaction, phone: str) -> tuple[Ticket, ...]:
    """What staff have not done with of the customer at this number, E.164; the newest first."""
    asked = {"of": tx.organisation_id, "phone": phone}
    rows = tx.connection.execute(READ_UNCLOSED, asked).all()
    return tuple(ticket_value(row, tx.roster) for row in rows)


def find_ticket(tx: Transaction, reference: str, *, locked: bool = False) -> Row[Any]:
    """The row; `locked` until the transaction ends, so that of two changes one comes later."""
    wanted = {"of": tx.organisation_id, "reference": tidy_reference(reference)}
    if locked:
        tx.connection.execute(LOCK_TICKET, wanted)
    row = tx.connection.execute(READ_TICKET, wanted).one_or_none()
    if row is None:
        raise NotFound(f"no ticket {reference!r}")
    return row


def ticket_value(row: Row[Any], roster: Roster) -> Ticket:
    """The row as a plain value."""
    return Ticket(
        reference=row.reference,
        status=row.status,
        priority=row.priority,
        kind=row.kind,
        organisation=roster.organisation.slug,
        timezone=roster.business.timezone,
        issue="; ".join(filter(None, (row.issue, row.added))),
        call_back=row.call_back,
        customer_name=row.customer_name,
        customer_phone=row.customer_phone or None,
        call_id=row.call_id or None,
        created_at=utc(row.created_at),
        updated_at=utc(row.updated_at),
        version=row.version,
    )
