"""The journal's rows. Instants are whole seconds since the epoch, in UTC; what is said is JSON.

Caller words are kept here and nowhere else: logs never carry them.
"""

from __future__ import annotations

from typing import Any

from sqlalchemy import JSON, BigInteger, CheckConstraint, Index, Integer, UniqueConstraint, text
from sqlmodel import Field, SQLModel

SECONDS = BigInteger()
ROW_ID = BigInteger().with_variant(Integer(), "sqlite")
SOME_UNMET = text("unmet > 0")


class CallRow(SQLModel, table=True):
    """One conversation from answer to hang-up."""

    __tablename__ = "call"
    __table_args__ = (Index("call_started", "organisation_id", "started_at", "call_id"),)
    call_id: str = Field(primary_key=True)
    """The one key that no organisation leads: a call named under another must be noticed."""
    organisation_id: int = Field(foreign_key="organisation.id", sa_type=BigInteger)
    door: str
    credential: str
    known_phone: str | None = None
    claimed_phone: str | None = None
    started_at: int = Field(sa_type=SECONDS)
    ended_at: int | None = Field(default=None, sa_type=SECONDS)
    end_reason: str = ""
    report: dict[str, Any] | None = Field(default=None, sa_type=JSON)
    """What the platform reported at the end, as it came."""
    facts: dict[str, Any] | None = Field(default=None, sa_type=JSON)
    """What tools outside any turn made of the call; None: they never ran."""
    facts_after: int = Field(default=0, sa_type=BigInteger)
    """The last attempt that these facts know of."""
    greeted: bool = False
    """The greeting was given by us, with the notice that is said once."""
    wrong_tries: int = 0
    """Failed verifications; only ever grows."""
    false_claims: int = 0
    """Sentences of a model that were kept from the caller."""


class TurnRow(SQLModel, table=True):
    """One attempt at one turn: what the caller said, what we said, what we then knew."""

    __tablename__ = "turn"
    __table_args__ = (
        CheckConstraint(
            "state IN ('running', 'answered', 'cut', 'withdrawn', 'undone')", name="turn_state"
        ),
        Index("turn_call", "organisation_id", "call_id", "attempt_id"),
        Index(
            "turn_unmet",
            "organisation_id",
            "opened_at",
            sqlite_where=SOME_UNMET,
            postgresql_where=SOME_UNMET,
        ),
    )
    attempt_id: int = Field(primary_key=True, foreign_key="attempt.id", sa_type=ROW_ID)
    organisation_id: int = Field(foreign_key="organisation.id", sa_type=BigInteger)
    call_id: str = Field(foreign_key="call.call_id")
    number: int
    follows: int | None = Field(default=None, sa_type=BigInteger)
    """The attempt whose reply was heard last before; None: the call began here, or anew."""
    lines_digest: str | None = None
    """Of all lines up to and with our reply, where the client sends them back."""
    text: str
    state: str
    """cut: the caller left in the middle of the reply; what was done stands."""
    parts: list[dict[str, Any]] = Field(default_factory=list, sa_type=JSON)
    parts_heard: int = 0
    facts: dict[str, Any] | None = Field(default=None, sa_type=JSON)
    answered_by: str = ""
    timings: dict[str, Any] = Field(default_factory=dict, sa_type=JSON)
    """Milliseconds from the arrival of the turn."""
    kept_back: list[dict[str, Any]] = Field(default_factory=list, sa_type=JSON)
    """Sentences that were not true: what they claimed, and their words."""
    outcomes: list[dict[str, Any]] = Field(default_factory=list, sa_type=JSON)
    """What the caller did with their words, each act with what became of it."""
    unmet: int = 0
    """How many of these the caller asked for and did not get."""
    opened_at: int = Field(sa_type=SECONDS)


class WrongTryRow(SQLModel, table=True):
    """Failed verifications of one booking, or from one source, over all calls."""

    __tablename__ = "wrong_try"
    __table_args__ = (Index("wrong_try_since", "organisation_id", "since"),)
    organisation_id: int = Field(
        primary_key=True, foreign_key="organisation.id", sa_type=BigInteger
    )
    subject: str = Field(primary_key=True)
    """A digest: neither references nor addresses are kept for this."""
    tries: int
    since: int = Field(sa_type=SECONDS)


class ToolCallRow(SQLModel, table=True):
    """One run of a tool, inside a turn or delivered by itself."""

    __tablename__ = "tool_call"
    __table_args__ = (
        UniqueConstraint("organisation_id", "call_id", "delivered_as", name="tool_call_delivered"),
        Index("tool_call_call", "organisation_id", "call_id", "id"),
    )
    id: int | None = Field(default=None, primary_key=True, sa_type=ROW_ID)
    organisation_id: int = Field(foreign_key="organisation.id", sa_type=BigInteger)
    call_id: str = Field(foreign_key="call.call_id")
    attempt_id: int | None = Field(default=None, foreign_key="attempt.id", sa_type=BigInteger)
    delivered_as: str | None = None
    """The platform's tool call id; None inside a turn, where ids are the model's."""
    name: str
    arguments: dict[str, Any] = Field(sa_type=JSON)
    result: dict[str, Any] = Field(sa_type=JSON)
    milliseconds: int
    at: int = Field(sa_type=SECONDS)


class ContinuationRow(SQLModel, table=True):
    """What a client that names no call will send back as history, and what it then asked."""

    __tablename__ = "continuation"
    __table_args__ = (Index("continuation_heard", "organisation_id", "credential", "heard"),)
    id: int | None = Field(default=None, primary_key=True, sa_type=ROW_ID)
    organisation_id: int = Field(foreign_key="organisation.id", sa_type=BigInteger)
    credential: str
    heard: str
    """Digest of all lines up to and with our reply."""
    call_id: str = Field(foreign_key="call.call_id")
    asked: str | None = None
    """Digest of the words that went on from here; None: nobody has yet."""


class ForgettingWishRow(SQLModel, table=True):
    """A caller's wish to be forgotten, until it is done."""

    __tablename__ = "forgetting_wish"
    organisation_id: int = Field(
        primary_key=True, foreign_key="organisation.id", sa_type=BigInteger
    )
    call_id: str = Field(primary_key=True)
    """Whose row may be gone: calls are erased first."""
    attempt_id: int = Field(primary_key=True, sa_type=BigInteger)
    """That said yes to it; 0: a tool outside any turn."""
    door: str
    credential: str
    phone: str
    """E.164: all under it is forgotten."""
    asked_at: int = Field(sa_type=SECONDS)


tables = SQLModel.metadata.tables
call = tables["call"]
turn = tables["turn"]
tool_call = tables["tool_call"]
continuation = tables["continuation"]
wrong_try = tables["wrong_try"]
forgetting_wish = tables["forgetting_wish"]
