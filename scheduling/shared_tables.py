"""The rows that server processes share: keys, signatures that were used, and the disk's proof."""

from __future__ import annotations

from sqlalchemy import BigInteger, CheckConstraint, Index, Integer
from sqlmodel import Field, SQLModel


class SharedKeyRow(SQLModel, table=True):
    """A key that every process signs with."""

    __tablename__ = "shared_key"
    name: str = Field(primary_key=True)
    value: str


class UsedSignatureRow(SQLModel, table=True):
    """A signature that has let its message in; kept while the message could be sent again."""

    __tablename__ = "used_signature"
    __table_args__ = (Index("used_signature_age", "used_at"),)
    digest: str = Field(primary_key=True)
    used_at: int = Field(sa_type=BigInteger)
    """Seconds since the epoch, by the machine's own clock: messages carry no other."""


class DiskProofRow(SQLModel, table=True):
    """The one row that is written to see whether the disk takes anything."""

    __tablename__ = "disk_proof"
    __table_args__ = (CheckConstraint("id = 1", name="disk_proof_single"),)
    id: int = Field(primary_key=True, sa_type=Integer)
    writes: int = Field(sa_type=BigInteger)


tables = SQLModel.metadata.tables
shared_key = tables["shared_key"]
used_signature = tables["used_signature"]
disk_proof = tables["disk_proof"]
