"""What tickets keep of people is forgotten: words with the call they were said in, and a customer
who asks for it. That there was something to see to, and when, stays."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy import BindParameter, Connection, bindparam, select, update

from support.ticket_tables import ticket, ticket_event

_own, _own_event = (table.c.organisation_id == bindparam("of") for table in (ticket, ticket_event))
_calls: BindParameter[Any] = bindparam("calls", expanding=True)
_theirs = (_own, ticket.c.customer_phone == bindparam("phone"))
FORGET_WORDS = (
    update(ticket).where(_own, ticket.c.call_id.in_(_calls)).values(issue="", call_back="")
)
FORGET_NOTES = (
    update(ticket_event).where(_own_event, ticket_event.c.call_id.in_(_calls)).values(words="")
)
FORGET_HISTORY = (
    update(ticket_event)
    .where(_own_event, ticket_event.c.ticket_id.in_(select(ticket.c.id).where(*_theirs)))
    .values(words="")
)
FORGET_CUSTOMER = (
    update(ticket)
    .where(*_theirs)
    .values(issue="", call_back="", customer_name="", folded_name="", customer_phone="")
)
READ_CALLS = select(ticket.c.call_id).where(*_theirs, ticket.c.call_id != "")


def forget_words(connection: Connection, organisation_id: int, call_ids: Sequence[str]) -> None:
    """What was said in these calls; who is to be called back stays."""
    of_calls = {"of": organisation_id, "calls": list(call_ids)}
    connection.execute(FORGET_WORDS, of_calls)
    connection.execute(FORGET_NOTES, of_calls)


def forget_customer(connection: Connection, organisation_id: int, phone: str) -> int:
    """Name, number and words of every ticket under the number, E.164, staff's words of it too; of
    how many."""
    theirs = {"of": organisation_id, "phone": phone}
    connection.execute(FORGET_HISTORY, theirs)
    return connection.execute(FORGET_CUSTOMER, theirs).rowcount


def calls_of_customer(connection: Connection, organisation_id: int, phone: str) -> Sequence[str]:
    """The calls in which something was left to see to under the number."""
    theirs = {"of": organisation_id, "phone": phone}
    return connection.execute(READ_CALLS, theirs).scalars().all()
