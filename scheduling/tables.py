"""The rows of the scheduling store. Instants are whole seconds since the epoch, in UTC.

Statements are built on the tables named at the end: columns, not objects, come back.
"""

from __future__ import annotations

from typing import Any

from sqlalchemy import JSON, BigInteger, CheckConstraint, Index, Integer, UniqueConstraint, text
from sqlmodel import Field, SQLModel

SECONDS = BigInteger()
ROW_ID = BigInteger().with_variant(Integer(), "sqlite")
LONGEST_OCCUPANCY = 24 * 3600
"""Seconds; longer blocks are split by day. It bounds every search for what overlaps."""

SQLModel.metadata.naming_convention = {
    "pk": "%(table_name)s_pkey",
    "fk": "%(table_name)s_%(column_0_name)s_fkey",
}


def _only(rows: str) -> dict[str, Any]:
    """Of an index: which rows it has."""
    return {"sqlite_where": text(rows), "postgresql_where": text(rows)}


class OrganisationRow(SQLModel, table=True):
    """A tenant, with its business file as it was checked."""

    __tablename__ = "organisation"
    __table_args__ = (UniqueConstraint("slug", name="organisation_slug"),)
    id: int | None = Field(default=None, primary_key=True, sa_type=ROW_ID)
    slug: str
    version: int
    """Grows with every change of the document."""
    document: dict[str, Any] = Field(sa_type=JSON)
    source: str
    """The file as it was written."""


class ResourceRow(SQLModel, table=True):
    """What can be occupied: a provider, or one unit of a resource."""

    __tablename__ = "resource"
    __table_args__ = (UniqueConstraint("organisation_id", "key", name="resource_key"),)
    id: int | None = Field(default=None, primary_key=True, sa_type=Integer)
    """Below 2^31: PostgreSQL's advisory locks take it."""
    organisation_id: int = Field(foreign_key="organisation.id", sa_type=BigInteger)
    key: str
    """As `Business.unit_keys` gives it."""


class CustomerRow(SQLModel, table=True):
    """A person with bookings: one row for each number and name."""

    __tablename__ = "customer"
    __table_args__ = (
        UniqueConstraint("organisation_id", "phone", "folded_name", name="customer_who"),
    )
    id: int | None = Field(default=None, primary_key=True, sa_type=ROW_ID)
    organisation_id: int = Field(foreign_key="organisation.id", sa_type=BigInteger)
    phone: str
    """E.164; empty: none given."""
    name: str
    folded_name: str
    created_at: int = Field(sa_type=SECONDS)


class AttemptRow(SQLModel, table=True):
    """One attempt at one turn of a call; what it did can be undone until it settles."""

    __tablename__ = "attempt"
    __table_args__ = (
        CheckConstraint(
            "state IN ('running', 'delivered', 'settled', 'undone')", name="attempt_state"
        ),
        Index("attempt_call", "organisation_id", "call_id", "id"),
    )
    id: int | None = Field(default=None, primary_key=True, sa_type=ROW_ID)
    organisation_id: int = Field(foreign_key="organisation.id", sa_type=BigInteger)
    call_id: str
    turn: int
    first_unheard: int
    holder: str
    state: str
    settles_at: int = Field(sa_type=SECONDS)
    """From then on it stands, whatever its state says."""


class OfferRow(SQLModel, table=True):
    """A slot read to a caller, with the reference its booking would get."""

    __tablename__ = "offer"
    __table_args__ = (
        UniqueConstraint("organisation_id", "call_id", "code", name="offer_code"),
        UniqueConstraint("organisation_id", "reference", name="offer_reference"),
        CheckConstraint("end_at > start_at", name="offer_span"),
        CheckConstraint("state IN ('live', 'replaced', 'booked', 'released')", name="offer_state"),
        Index("offer_unused", "organisation_id", "created_at", **_only("state <> 'booked'")),
    )
    id: int | None = Field(default=None, primary_key=True, sa_type=ROW_ID)
    organisation_id: int = Field(foreign_key="organisation.id", sa_type=BigInteger)
    call_id: str
    """Empty: nobody's call."""
    code: str
    attempt_id: int | None = Field(default=None, foreign_key="attempt.id", sa_type=BigInteger)
    service_id: str
    provider_id: str
    resource_id: int = Field(foreign_key="resource.id")
    """The provider's."""
    start_at: int = Field(sa_type=SECONDS)
    end_at: int = Field(sa_type=SECONDS)
    """Without buffers, as the caller hears it."""
    reference: str
    state: str
    held_until: int | None = Field(default=None, sa_type=SECONDS)
    """None: never held."""
    created_at: int = Field(sa_type=SECONDS)


class BookingRow(SQLModel, table=True):
    """The agreement with a customer. `withdrawn`: undone before the caller heard of it."""

    __tablename__ = "booking"
    __table_args__ = (
        UniqueConstraint("organisation_id", "reference", name="booking_reference"),
        UniqueConstraint("organisation_id", "ical_uid", name="booking_ical_uid"),
        UniqueConstraint("organisation_id", "offer_id", name="booking_offer"),
        CheckConstraint("end_at > start_at", name="booking_span"),
        CheckConstraint(
            "status IN ('booked', 'arrived', 'fulfilled', 'noshow', 'cancelled', 'withdrawn')",
            name="booking_status",
        ),
        Index("booking_start", "organisation_id", "start_at", "id"),
        Index("booking_phone", "organisation_id", "customer_phone", "start_at"),
        Index("booking_name", "organisation_id", "folded_name", "start_at"),
        Index("booking_call", "organisation_id", "call_id"),
        Index("booking_made", "organisation_id", "created_at"),
        Index("booking_counted", "organisation_id", "counted_as", "start_at"),
    )
    id: int | None = Field(default=None, primary_key=True, sa_type=ROW_ID)
    organisation_id: int = Field(foreign_key="organisation.id", sa_type=BigInteger)
    reference: str
    offer_id: int = Field(foreign_key="offer.id", sa_type=BigInteger)
    customer_id: int = Field(foreign_key="customer.id", sa_type=BigInteger)
    customer_name: str
    folded_name: str
    customer_phone: str
    counted_as: str = ""
    """Among whose bookings of a day it counts: a number that was known, else the call's alone."""
    service_id: str
    service_name: str
    """As booked; shown when the service is no longer in the business file."""
    provider_id: str
    provider_name: str
    start_at: int = Field(sa_type=SECONDS)
    end_at: int = Field(sa_type=SECONDS)
    booked_tz: str
    local_start: str | None = None
    """What the clock in that zone was to show; an instant alone would forget it."""
    status: str
    call_id: str
    created_at: int = Field(sa_type=SECONDS)
    updated_at: int = Field(sa_type=SECONDS)
    version: int
    ical_uid: str
    ical_sequence: int


class OccupancyRow(SQLModel, table=True):
    """Time of one provider or unit that is taken, buffers included; no two rows overlap.

    A `hold` and an `undo` end by themselves: once expired they block nobody and whoever writes
    there next deletes them.
    """

    __tablename__ = "occupancy"
    __table_args__ = (
        CheckConstraint("end_at > start_at", name="occupancy_span"),
        CheckConstraint(f"end_at - start_at <= {LONGEST_OCCUPANCY}", name="occupancy_longest"),
        CheckConstraint("kind IN ('hold', 'booking', 'block', 'undo')", name="occupancy_kind"),
        CheckConstraint(
            "(kind IN ('hold', 'undo')) = (expires_at IS NOT NULL)", name="occupancy_expiry"
        ),
        CheckConstraint(
            "(kind IN ('booking', 'undo')) = (booking_id IS NOT NULL)", name="occupancy_booking"
        ),
        CheckConstraint("(kind = 'hold') = (holder IS NOT NULL)", name="occupancy_holder"),
        Index("occupancy_time", "resource_id", "start_at"),
        Index("occupancy_offer", "organisation_id", "offer_id"),
        Index("occupancy_booked", "organisation_id", "booking_id"),
        Index("occupancy_held", "organisation_id", "holder"),
        Index("occupancy_block", "organisation_id", "block_id"),
        Index(
            "occupancy_ending", "organisation_id", "expires_at", **_only("expires_at IS NOT NULL")
        ),
    )
    id: int | None = Field(default=None, primary_key=True, sa_type=ROW_ID)
    organisation_id: int = Field(foreign_key="organisation.id", sa_type=BigInteger)
    resource_id: int = Field(foreign_key="resource.id")
    start_at: int = Field(sa_type=SECONDS)
    end_at: int = Field(sa_type=SECONDS)
    kind: str
    offer_id: int | None = Field(default=None, foreign_key="offer.id", sa_type=BigInteger)
    booking_id: int | None = Field(default=None, foreign_key="booking.id", sa_type=BigInteger)
    attempt_id: int | None = Field(default=None, foreign_key="attempt.id", sa_type=BigInteger)
    """Of an undo claim: whose undoing it serves."""
    block_id: int | None = Field(default=None, foreign_key="block.id", sa_type=BigInteger)
    holder: str | None = None
    expires_at: int | None = Field(default=None, sa_type=SECONDS)


class BookingEventRow(SQLModel, table=True):
    """One line of a booking's history; never changed, never deleted."""

    __tablename__ = "booking_event"
    __table_args__ = (Index("booking_event_booking", "organisation_id", "booking_id", "id"),)
    id: int | None = Field(default=None, primary_key=True, sa_type=ROW_ID)
    organisation_id: int = Field(foreign_key="organisation.id", sa_type=BigInteger)
    booking_id: int = Field(foreign_key="booking.id", sa_type=BigInteger)
    at: int = Field(sa_type=SECONDS)
    what: str
    who: str
    why: str
    start_at: int = Field(sa_type=SECONDS)


class EffectRow(SQLModel, table=True):
    """What an attempt did, and what undoing it needs."""

    __tablename__ = "effect"
    __table_args__ = (
        CheckConstraint(
            "kind IN ('booked', 'moved', 'cancelled', 'held', 'amended')", name="effect_kind"
        ),
        Index("effect_attempt", "organisation_id", "attempt_id", "id"),
    )
    id: int | None = Field(default=None, primary_key=True, sa_type=ROW_ID)
    organisation_id: int = Field(foreign_key="organisation.id", sa_type=BigInteger)
    attempt_id: int = Field(foreign_key="attempt.id", sa_type=BigInteger)
    kind: str
    booking_id: int | None = Field(default=None, foreign_key="booking.id", sa_type=BigInteger)
    inverse: dict[str, Any] = Field(sa_type=JSON)


class OutboxRow(SQLModel, table=True):
    """A message to the outside, written with what it tells; sent once its attempt has settled."""

    __tablename__ = "outbox"
    __table_args__ = (
        CheckConstraint("kind IN ('booked', 'moved', 'cancelled')", name="outbox_kind"),
        CheckConstraint("state IN ('waiting', 'void', 'sent')", name="outbox_state"),
        Index("outbox_due", "organisation_id", "state", "not_before"),
        Index("outbox_attempt", "organisation_id", "attempt_id"),
    )
    id: int | None = Field(default=None, primary_key=True, sa_type=ROW_ID)
    organisation_id: int = Field(foreign_key="organisation.id", sa_type=BigInteger)
    kind: str
    reference: str
    payload: dict[str, Any] = Field(sa_type=JSON)
    attempt_id: int | None = Field(default=None, foreign_key="attempt.id", sa_type=BigInteger)
    not_before: int = Field(sa_type=SECONDS)
    state: str


class IdempotencyRow(SQLModel, table=True):
    """The first answer to a key, and what it answered."""

    __tablename__ = "idempotency"
    __table_args__ = (Index("idempotency_age", "organisation_id", "created_at"),)
    organisation_id: int = Field(
        primary_key=True, foreign_key="organisation.id", sa_type=BigInteger
    )
    key: str = Field(primary_key=True)
    body_hash: str
    response: dict[str, Any] | None = Field(default=None, sa_type=JSON)
    """None only inside the transaction that answers."""
    attempt_id: int | None = Field(default=None, foreign_key="attempt.id", sa_type=BigInteger)
    created_at: int = Field(sa_type=SECONDS)


class ClockRow(SQLModel, table=True):
    """The one row that shifts the store's time for rehearsals."""

    __tablename__ = "clock"
    __table_args__ = (CheckConstraint("id = 1", name="clock_single"),)
    id: int = Field(primary_key=True, sa_type=Integer)
    started_as: str | None = None
    """RINGBOOK_NOW as it was written; None: the clock was never shifted."""
    shift_seconds: float = 0.0


tables = SQLModel.metadata.tables
organisation = tables["organisation"]
resource, customer = tables["resource"], tables["customer"]
attempt = tables["attempt"]
offer = tables["offer"]
booking = tables["booking"]
occupancy, booking_event = tables["occupancy"], tables["booking_event"]
effect, outbox = tables["effect"], tables["outbox"]
idempotency, clock = tables["idempotency"], tables["clock"]
