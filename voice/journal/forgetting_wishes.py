"""Who asked to be forgotten, from the wish until it is done: no crash may lose it.

The rows hang on no call: calls are erased first of all that is forgotten.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Connection, Row, bindparam, delete, exists, select, text

from scheduling.prepared import prepare
from support import standing
from voice.journal.tables import forgetting_wish as wishes
from voice.journal.tables import turn as turns
from voice.turn import CallFacts

ADD = text(
    "INSERT INTO forgetting_wish"
    " (organisation_id, call_id, attempt_id, door, credential, phone, asked_at)"
    " VALUES (:organisation_id, :call_id, :attempt_id, :door, :credential, :phone, :asked_at)"
    " ON CONFLICT (organisation_id, call_id, attempt_id) DO NOTHING"
)
_columns = (wishes.c.call_id, wishes.c.door, wishes.c.credential, wishes.c.phone)
_standing = (wishes.c.organisation_id == bindparam("of"), standing.stands(wishes))
_later_turn = exists().where(
    turns.c.organisation_id == wishes.c.organisation_id,
    turns.c.call_id == wishes.c.call_id,
    turns.c.opened_at > bindparam("before"),
)
READ_OF_CALL = prepare(select(*_columns).where(*_standing, wishes.c.call_id == bindparam("call")))
READ_QUIET = prepare(
    select(*_columns)
    .where(*_standing, wishes.c.asked_at <= bindparam("before"), ~_later_turn)
    .order_by(wishes.c.asked_at)
)
REMOVE = prepare(
    delete(wishes).where(
        wishes.c.organisation_id == bindparam("of"), wishes.c.call_id == bindparam("call")
    )
)


def add_wish(connection: Connection, call: CallFacts, attempt_id: int | None, *, now: int) -> None:
    """The caller has asked for it, and said yes once more; undone with its attempt."""
    asked = {"attempt_id": attempt_id or 0, "phone": call.known_phone, "asked_at": now}
    of_call = {"organisation_id": call.organisation_id, "call_id": call.call_id}
    whose = {"door": call.door, "credential": call.credential}
    connection.execute(ADD, {**of_call, **whose, **asked})


def wish_of_call(connection: Connection, organisation_id: int, call_id: str) -> CallFacts | None:
    """The call with the number that is to be forgotten; None: nobody asked for it."""
    found = connection.execute(READ_OF_CALL, {"of": organisation_id, "call": call_id}).all()
    return _calls(organisation_id, found)[0] if found else None


def wishes_left(connection: Connection, organisation_id: int, *, before: int) -> list[CallFacts]:
    """Of calls in which nothing was said since then: their end was never told."""
    found = connection.execute(READ_QUIET, {"of": organisation_id, "before": before}).all()
    return _calls(organisation_id, found)


def remove_wish(connection: Connection, call: CallFacts) -> None:
    """It is done."""
    connection.execute(REMOVE, {"of": call.organisation_id, "call": call.call_id})


def _calls(organisation_id: int, found: Sequence[Row[Any]]) -> list[CallFacts]:
    rows = {row.call_id: row for row in found}
    return [
        CallFacts(row.call_id, organisation_id, row.door, row.credential, known_phone=row.phone)
        for row in rows.values()
    ]
