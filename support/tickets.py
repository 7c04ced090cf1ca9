"""The one way to tickets, for callers' agents and staff; one transaction each."""

from __future__ import annotations

from dataclasses import replace
from typing import Any, Unpack, get_args

from sqlalchemy import Connection, Row, insert

from scheduling.desk import Desk
from scheduling.errors import Ambiguous, ChangedMeanwhile, Invalid, NotAllowed, NotFound
from scheduling.names import fold
from scheduling.phone_numbers import said_number
from scheduling.queries import tidy_reference
from scheduling.transaction import Transaction, draw_reference
from scheduling.values import Asker, CustomerDetails, OnBehalf
from support.ticket_forgetting import forget_customer
from support.ticket_reading import find_ticket, find_tickets, ticket_value, unclosed, with_history
from support.ticket_tables import ticket, ticket_event
from support.ticket_values import (
    Concern,
    Priority,
    Ticket,
    TicketEvent,
    TicketFilter,
    TicketPage,
    TicketStatus,
)

URGENCY: tuple[Priority, ...] = get_args(Priority)
LONGEST_WORDS = 1000
LONGEST_NAME = 200

ADD_TICKET = insert(ticket).returning(ticket.c.id)
ADD_EVENT = insert(ticket_event)


class Tickets:
    """What there is to see to. All that callers' agents write here is undone with its attempt."""

    def __init__(self, desk: Desk) -> None:
        self._transactions = desk.transactions

    async def create(
        self, organisation_id: int, concern: Concern, **behalf: Unpack[OnBehalf]
    ) -> Ticket:
        """The ticket; the same key gives the same ticket again."""
        return await self._transactions.once(
            organisation_id,
            Asker(**behalf),
            ("ticket", concern),
            Ticket,
            lambda tx: _create(tx, concern),
        )

    async def add_note(
        self,
        organisation_id: int,
        reference: str,
        words: str,
        *,
        priority: Priority | None = None,
        **behalf: Unpack[OnBehalf],
    ) -> Ticket:
        """The ticket with one more note; a closed one takes none."""
        return await self._transactions.once(
            organisation_id,
            Asker(**behalf),
            ("note", tidy_reference(reference), words, priority),
            Ticket,
            lambda tx: _add_note(tx, reference, words, priority),
        )

    async def set_status(
        self,
        organisation_id: int,
        reference: str,
        status: TicketStatus,
        **behalf: Unpack[OnBehalf],
    ) -> Ticket:
        """The ticket with that status; staff's doing unless said otherwise."""
        asker = Asker.staff(**behalf)
        if asker.version is None:  # of two changes asked for at once the first wins
            seen = await self._transactions.read(
                organisation_id, lambda tx: find_ticket(tx, reference), asker
            )
            asker = replace(asker, version=seen.version)
        return await self._transactions.once(
            organisation_id,
            asker,
            ("ticket status", tidy_reference(reference), status),
            Ticket,
            lambda tx: _set_status(tx, reference, status),
        )

    async def forget(self, organisation_id: int, phone: str) -> int:
        """The customer with this number, E.164: tickets stay and are nobody's; how many."""
        return await self._transactions.store.write(
            lambda connection: forget_customer(connection, organisation_id, phone), durable=True
        )

    async def unclosed(self, organisation_id: int, phone: str) -> tuple[Ticket, ...]:
        """What is open or waiting of the customer at this number, E.164; the newest first."""
        return await self._transactions.read(organisation_id, lambda tx: unclosed(tx, phone))

    async def find(self, organisation_id: int | None, wanted: TicketFilter) -> TicketPage:
        """Tickets, newest first; None searches every organisation."""

        def work(connection: Connection) -> TicketPage:
            rosters = self._transactions.rosters_of(connection, organisation_id)
            return find_tickets(connection, rosters, wanted)

        return await self._transactions.store.read(work)

    async def history(
        self, organisation_id: int | None, reference: str
    ) -> tuple[Ticket, tuple[TicketEvent, ...]]:
        """A ticket and what happened to it; `Ambiguous` if several organisations have it."""

        def work(connection: Connection) -> list[tuple[Ticket, tuple[TicketEvent, ...]]]:
            rosters = self._transactions.rosters_of(connection, organisation_id)
            found = (with_history(connection, roster, reference) for roster in rosters)
            return [each for each in found if each is not None]

        found = await self._transactions.store.read(work)
        if not found:
            raise NotFound(f"no ticket {reference!r}")
        if len(found) > 1:
            slugs = [each.organisation for each, _ in found]
            raise Ambiguous(f"several tickets {reference!r}", candidates=slugs)
        return found[0]


def _create(tx: Transaction, concern: Concern) -> Ticket:
    customer, reference = _checked(tx, concern.customer), draw_reference()
    made = {
        "organisation_id": tx.organisation_id,
        "reference": reference,
        "kind": concern.kind,
        "issue": _words("issue", concern.issue),
        "call_back": _tidy(concern.call_back),
        "customer_name": customer.name,
        "folded_name": fold(customer.name),
        "customer_phone": customer.phone or "",
        "call_id": tx.asker.call,
        "created_at": tx.second,
    }
    row_id = tx.connection.execute(ADD_TICKET, made).scalar_one()
    _add_event(tx, row_id, "opened", tx.asker.reason, ("open", concern.priority))
    return ticket_value(find_ticket(tx, reference), tx.roster)


def _add_note(tx: Transaction, reference: str, words: str, priority: Priority | None) -> Ticket:
    """Open again, and as urgent as the more urgent of the two says."""
    row = find_ticket(tx, reference, locked=True)
    _check_unchanged(tx, row)
    if row.status == "closed":
        raise NotAllowed(f"ticket {row.reference} is closed")
    urgent = max(row.priority, priority or row.priority, key=URGENCY.index)
    _add_event(tx, row.id, "noted", _words("note", words), ("open", urgent))
    return ticket_value(find_ticket(tx, reference), tx.roster)


def _set_status(tx: Transaction, reference: str, status: TicketStatus) -> Ticket:
    """To give it again changes nothing."""
    row = find_ticket(tx, reference, locked=True)
    if row.status == status:
        return ticket_value(row, tx.roster)
    _check_unchanged(tx, row)
    what = "opened again" if status == "open" else status
    _add_event(tx, row.id, what, tx.asker.reason, (status, row.priority))
    return ticket_value(find_ticket(tx, reference), tx.roster)


def _check_unchanged(tx: Transaction, row: Row[Any]) -> None:
    """Refuses what was decided about a ticket that somebody has changed since."""
    if tx.asker.version not in (None, row.version):
        raise ChangedMeanwhile(f"ticket {row.reference} was changed meanwhile")


def _add_event(
    tx: Transaction, ticket_id: int, what: str, words: str, becomes: tuple[TicketStatus, Priority]
) -> None:
    event = {
        "organisation_id": tx.organisation_id,
        "ticket_id": ticket_id,
        "attempt_id": tx.asker.attempt_id,
        "call_id": tx.asker.call,
        "at": tx.second,
        "what": what,
        "status": becomes[0],
        "priority": becomes[1],
        "who": tx.asker.by,
        "words": words,
    }
    tx.connection.execute(ADD_EVENT, event)


def _checked(tx: Transaction, details: CustomerDetails) -> CustomerDetails:
    """As they are stored; unlike a booking, a message may come without a name."""
    name = _tidy(details.name)[:LONGEST_NAME]
    if not details.phone:
        return CustomerDetails(name)
    phone = said_number(details.phone, tx.business.country)
    if phone is None:
        raise Invalid("phone: that is not a telephone number")
    return CustomerDetails(name, phone)


def _words(field: str, said: str) -> str:
    words = _tidy(said)
    if not words:
        raise Invalid(f"{field}: there are no words")
    return words


def _tidy(said: str) -> str:
    """Not every database keeps a NUL in text."""
    return " ".join(said.replace("\x00", " ").split())[:LONGEST_WORDS]
