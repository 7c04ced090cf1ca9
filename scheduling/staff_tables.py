"""The rows that staff make: blocks, and the addresses at which calendars are read."""

from __future__ import annotations

from sqlalchemy import BigInteger, CheckConstraint, Index, UniqueConstraint
from sqlmodel import Field, SQLModel

from scheduling.tables import ROW_ID, SECONDS


class BlockRow(SQLModel, table=True):
    """Time that staff took out; while in force, occupancy holds it in pieces of a day."""

    __tablename__ = "block"
    __table_args__ = (
        UniqueConstraint("organisation_id", "code", name="block_code"),
        CheckConstraint("end_at > start_at", name="block_span"),
        CheckConstraint("provider_id = '' OR resource_key = ''", name="block_subject"),
        Index("block_end", "organisation_id", "end_at"),
    )
    id: int | None = Field(default=None, primary_key=True, sa_type=ROW_ID)
    organisation_id: int = Field(foreign_key="organisation.id", sa_type=BigInteger)
    code: str
    """What staff name it by."""
    provider_id: str
    """Empty beside no resource: every provider there was."""
    resource_key: str
    """The resource's id in the business file."""
    units: int
    start_at: int = Field(sa_type=SECONDS)
    end_at: int = Field(sa_type=SECONDS)
    who: str
    reason: str
    created_at: int = Field(sa_type=SECONDS)
    lifted_at: int | None = Field(default=None, sa_type=SECONDS)


class CalendarRow(SQLModel, table=True):
    """An address at which a calendar program reads bookings; whoever knows it may."""

    __tablename__ = "calendar"
    __table_args__ = (Index("calendar_of", "organisation_id", "provider_id"),)
    id: int | None = Field(default=None, primary_key=True, sa_type=ROW_ID)
    organisation_id: int = Field(foreign_key="organisation.id", sa_type=BigInteger)
    provider_id: str
    """Empty: everybody's bookings."""
    secret: str
    """As it stands in the address, so that staff can read the address again; gone once revoked.

    A digest would guard nothing: who reads this table reads the bookings beside it.
    """
    with_names: bool
    with_phones: bool
    created_at: int = Field(sa_type=SECONDS)
    revoked_at: int | None = Field(default=None, sa_type=SECONDS)


tables = SQLModel.metadata.tables
block = tables["block"]
calendar = tables["calendar"]
