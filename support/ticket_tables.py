"""The rows of tickets. Instants are whole seconds since the epoch, in UTC."""

from __future__ import annotations

from sqlalchemy import BigInteger, CheckConstraint, Index, UniqueConstraint
from sqlmodel import Field, SQLModel

from scheduling.tables import ROW_ID, SECONDS


class TicketRow(SQLModel, table=True):
    """What staff must see to, and for whom; how it stands is its latest event's to say."""

    __tablename__ = "ticket"
    __table_args__ = (
        UniqueConstraint("organisation_id", "reference", name="ticket_reference"),
        CheckConstraint(
            "kind IN ('problem', 'dispute', 'refund', 'message', 'other')", name="ticket_kind"
        ),
        Index("ticket_made", "organisation_id", "created_at", "id"),
        Index("ticket_phone", "organisation_id", "customer_phone", "created_at"),
        Index("ticket_call", "organisation_id", "call_id"),
    )
    id: int | None = Field(default=None, primary_key=True, sa_type=ROW_ID)
    organisation_id: int = Field(foreign_key="organisation.id", sa_type=BigInteger)
    reference: str
    kind: str
    issue: str
    """Empty once the words of its call are erased."""
    call_back: str
    """When the customer would like to be called, as it was said."""
    customer_name: str
    folded_name: str
    customer_phone: str
    """E.164; empty: none given."""
    call_id: str
    created_at: int = Field(sa_type=SECONDS)


class TicketEventRow(SQLModel, table=True):
    """One line of a ticket's history; only its words may go, with the call they were said in."""

    __tablename__ = "ticket_event"
    __table_args__ = (
        CheckConstraint("status IN ('open', 'waiting', 'closed')", name="ticket_event_status"),
        CheckConstraint(
            "priority IN ('low', 'normal', 'high', 'urgent')", name="ticket_event_priority"
        ),
        Index("ticket_event_ticket", "organisation_id", "ticket_id", "id"),
        Index("ticket_event_call", "organisation_id", "call_id"),
    )
    id: int | None = Field(default=None, primary_key=True, sa_type=ROW_ID)
    organisation_id: int = Field(foreign_key="organisation.id", sa_type=BigInteger)
    ticket_id: int = Field(foreign_key="ticket.id", sa_type=BigInteger)
    attempt_id: int | None = Field(default=None, foreign_key="attempt.id", sa_type=BigInteger)
    call_id: str
    at: int = Field(sa_type=SECONDS)
    what: str
    status: str
    """The ticket's from here on; the priority too."""
    priority: str
    who: str
    words: str


tables = SQLModel.metadata.tables
ticket = tables["ticket"]
ticket_event = tables["ticket_event"]
