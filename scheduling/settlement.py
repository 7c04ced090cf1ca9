"""Attempts: what they did can be undone until they settle, whatever else happens meanwhile."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal, TypedDict, Unpack

from sqlalchemy import (
    ColumnElement,
    Connection,
    Executable,
    Row,
    bindparam,
    delete,
    exists,
    func,
    insert,
    null,
    or_,
    select,
    update,
)

from scheduling.errors import Superseded
from scheduling.forgetting import forget
from scheduling.locks import Lock, lock
from scheduling.prepared import prepare
from scheduling.tables import attempt as attempts
from scheduling.tables import effect, idempotency, occupancy, offer, outbox
from scheduling.transaction import Transaction
from scheduling.undoing import undo_effects
from scheduling.values import Attempt

RUNNING_SECONDS = 120
"""An attempt that nobody closed stands after so long."""
DELIVERED_SECONDS = 10
"""A reply that was wholly delivered stands after so long without a rival."""

newer = attempts.alias("newer")
READ_CURRENT = prepare(
    select(
        attempts.c.state,
        select(func.max(newer.c.id))
        .where(
            newer.c.organisation_id == attempts.c.organisation_id,
            newer.c.call_id == attempts.c.call_id,
        )
        .scalar_subquery()
        .label("newest"),
    ).where(attempts.c.organisation_id == bindparam("of"), attempts.c.id == bindparam("attempt_id"))
)
_of_attempt = (effect.c.attempt_id == attempts.c.id, effect.c.booking_id.is_not(None))
"""Most attempts only talk or offer: they leave no undo claims and no messages to look for."""
READ_ATTEMPT = prepare(
    select(attempts, exists().where(*_of_attempt).label("changed_a_booking")).where(
        attempts.c.id == bindparam("attempt_id")
    )
)
_of_organisation = effect.c.organisation_id == attempts.c.organisation_id
READ_UNSETTLED = prepare(
    select(attempts, exists().where(_of_organisation, *_of_attempt).label("changed_a_booking"))
    .where(
        attempts.c.organisation_id == bindparam("organisation_id"),
        attempts.c.call_id == bindparam("call_id"),
        attempts.c.state.in_(("running", "delivered")),
    )
    .order_by(attempts.c.id.desc())
)
LATEST = 1_000
"""A process that died had fewer in hand; those before have ended one way or another."""
ADD_ATTEMPT = prepare(insert(attempts).returning(attempts.c.id))
ADD_EFFECT = prepare(insert(effect))
SET_ATTEMPT = prepare(
    update(attempts)
    .where(attempts.c.organisation_id == bindparam("of"), attempts.c.id == bindparam("attempt_id"))
    .values(state=bindparam("new_state"), settles_at=bindparam("at"))
)
_claims = (
    occupancy.c.organisation_id == bindparam("of"),
    occupancy.c.attempt_id == bindparam("attempt"),
    occupancy.c.kind == "undo",
)
DROP_CLAIMS = prepare(delete(occupancy).where(*_claims))
KEEP_CLAIMS_UNTIL = prepare(update(occupancy).where(*_claims).values(expires_at=bindparam("at")))
_messages = (
    outbox.c.organisation_id == bindparam("of"),
    outbox.c.attempt_id == bindparam("attempt"),
    outbox.c.state == "waiting",
)
SEND_FROM = prepare(update(outbox).where(*_messages).values(not_before=bindparam("at")))
VOID_MESSAGES = prepare(update(outbox).where(*_messages).values(state="void"))
FORGET_ANSWERS = prepare(
    delete(idempotency).where(
        idempotency.c.organisation_id == bindparam("of"),
        idempotency.c.attempt_id == bindparam("attempt"),
    )
)
LIVE_OFFERS = select(offer.c.id).where(
    offer.c.organisation_id == bindparam("of"),
    offer.c.call_id == bindparam("call"),
    offer.c.state == "live",
)
RELEASE_OFFERS = prepare(
    update(offer)
    .where(offer.c.organisation_id == bindparam("of"), offer.c.id.in_(LIVE_OFFERS))
    .values(state="released")
    .returning(offer.c.id)
)
FREE_HOLDS = prepare(
    delete(occupancy).where(
        occupancy.c.organisation_id == bindparam("of"),
        occupancy.c.kind == "hold",
        occupancy.c.offer_id.in_(LIVE_OFFERS),
    )
)
_others = LIVE_OFFERS.where(offer.c.code.not_in(bindparam("codes", expanding=True)))
FREE_OTHER_HOLDS = prepare(
    delete(occupancy).where(
        occupancy.c.organisation_id == bindparam("of"),
        occupancy.c.kind == "hold",
        occupancy.c.offer_id.in_(_others),
    )
)
RELEASE_OTHER_OFFERS = prepare(
    update(offer)
    .where(offer.c.organisation_id == bindparam("of"), offer.c.id.in_(_others))
    .values(state="released")
)
OFFER_AGAIN = prepare(
    update(offer)
    .where(
        offer.c.organisation_id == bindparam("of"),
        offer.c.call_id == bindparam("call"),
        offer.c.code.in_(bindparam("codes", expanding=True)),
        offer.c.state.in_(("replaced", "released")),
    )
    .values(state="live", held_until=null())
)

EffectKind = Literal["booked", "moved", "cancelled", "held", "amended"]


@dataclass(frozen=True, slots=True)
class Begun:
    """A new current attempt, and which rivals were undone for it, newest first."""

    attempt: Attempt
    undone: tuple[int, ...]
    left_running: bool
    """An earlier attempt never ended: its process may have been lost."""


class TurnAsked(TypedDict):
    """Which turn of which call is attempted."""

    organisation_id: int
    call_id: str
    turn: int
    first_unheard: int
    holder: str


def begin(connection: Connection, *, now: datetime, **asked: Unpack[TurnAsked]) -> Begun:
    """Makes a new attempt the call's current one.

    Attempts whose reply was heard, or which had time enough, settle; rivals are undone.
    """
    second, undone, left_running = int(now.timestamp()), [], False
    lock(connection, Lock.CALL, [asked["call_id"]])
    of_call = {"organisation_id": asked["organisation_id"], "call_id": asked["call_id"]}
    for earlier in connection.execute(READ_UNSETTLED, of_call).all():
        left_running = left_running or earlier.state == "running"
        if earlier.turn < asked["first_unheard"] or earlier.settles_at <= second:
            _settle(connection, earlier, second)
        elif earlier.first_unheard <= asked["turn"]:
            _undo(connection, earlier, second)
            undone.append(earlier.id)
        else:  # the caller has turned back to before it: what was heard stands
            _settle(connection, earlier, second)
    added = {**asked, "state": "running", "settles_at": second + RUNNING_SECONDS}
    attempt_id = connection.execute(ADD_ATTEMPT, added).scalar_one()
    return Begun(
        Attempt(attempt_id, asked["call_id"], asked["turn"], asked["holder"]),
        tuple(undone),
        left_running,
    )


def check_current(connection: Connection, organisation_id: int, attempt: Attempt) -> None:
    """Raises `Superseded` unless it runs and is the call's newest; no rival begins meanwhile."""
    lock(connection, Lock.CALL, [attempt.call_id])
    asked = {"of": organisation_id, "attempt_id": attempt.id}
    found = connection.execute(READ_CURRENT, asked).one_or_none()
    if found is None or found.state != "running" or found.newest != attempt.id:
        raise Superseded(f"attempt {attempt.id} is no longer the call's current one")


def record(
    tx: Transaction,
    kind: EffectKind,
    *,
    inverse: dict[str, Any],
    booking_id: int | None = None,
) -> None:
    """Notes what the attempt did and what undoing it needs; nothing without an attempt."""
    if tx.asker.attempt is not None:
        noted = {
            "organisation_id": tx.organisation_id,
            "attempt_id": tx.asker.attempt.id,
            "kind": kind,
            "booking_id": booking_id,
            "inverse": inverse,
        }
        tx.connection.execute(ADD_EFFECT, noted)


def settles_at(tx: Transaction) -> int:
    """When what is written now will stand, unless its reply is delivered sooner."""
    return tx.second if tx.asker.attempt is None else tx.second + RUNNING_SECONDS


def delivered(connection: Connection, attempt_id: int, now: datetime) -> None:
    """The whole reply left: the attempt settles ten seconds later, its undo claims with it."""
    found = connection.execute(READ_ATTEMPT, {"attempt_id": attempt_id}).one()
    if found.state == "running":
        at = int(now.timestamp()) + DELIVERED_SECONDS
        _end(connection, found, "delivered", at)
        if found.changed_a_booking:
            of_attempt = {"of": found.organisation_id, "attempt": attempt_id, "at": at}
            connection.execute(KEEP_CLAIMS_UNTIL, of_attempt)
            connection.execute(SEND_FROM, of_attempt)


def reading_left_running(changed_elsewhere: ColumnElement[bool]) -> Executable:
    """Attempts that began until `before`, never ended, and changed a booking or what the condition
    tells of, newest first."""
    return prepare(
        select(attempts.c.id)
        .where(
            attempts.c.id > select(func.max(newer.c.id)).scalar_subquery() - LATEST,
            attempts.c.state == "running",
            attempts.c.settles_at <= bindparam("before"),
            or_(exists().where(_of_organisation, *_of_attempt), changed_elsewhere),
        )
        .order_by(attempts.c.id.desc())
    )


def left_running(
    connection: Connection, reading: Executable, now: datetime, *, after_seconds: int
) -> list[int]:
    """Those that began so long ago."""
    before = int(now.timestamp()) - after_seconds + RUNNING_SECONDS
    return list(connection.execute(reading, {"before": before}).scalars())


def withdraw(connection: Connection, attempt_id: int, now: datetime) -> None:
    """The caller was gone before anything was said: what it did is undone at once."""
    found = connection.execute(READ_ATTEMPT, {"attempt_id": attempt_id}).one()
    lock(connection, Lock.CALL, [found.call_id])
    found = connection.execute(READ_ATTEMPT, {"attempt_id": attempt_id}).one()
    if found.state in ("running", "delivered"):
        _undo(connection, found, int(now.timestamp()))


def settle_call(connection: Connection, organisation_id: int, call_id: str, now: datetime) -> int:
    """Hang-up: what was done stands, what was held is free; how many offers were let go."""
    lock(connection, Lock.CALL, [call_id])
    of_call = {"organisation_id": organisation_id, "call_id": call_id}
    for unsettled in connection.execute(READ_UNSETTLED, of_call).all():
        _settle(connection, unsettled, int(now.timestamp()))
    released = release_offers(connection, organisation_id, call_id)
    forget(connection, organisation_id, now=int(now.timestamp()))
    return released


def release_offers(connection: Connection, organisation_id: int, call_id: str) -> int:
    """Frees what the call holds; how many offers were let go."""
    of_call = {"of": organisation_id, "call": call_id}
    connection.execute(FREE_HOLDS, of_call)
    return len(connection.execute(RELEASE_OFFERS, of_call).all())


def keep_offers(
    connection: Connection, organisation_id: int, call_id: str, *, codes: Sequence[str]
) -> None:
    """Makes these the call's offers again, and frees the others. Those that were let go meanwhile
    are held no more: they are checked again when one is booked."""
    of_call = {"of": organisation_id, "call": call_id, "codes": list(codes)}
    connection.execute(FREE_OTHER_HOLDS, of_call)
    connection.execute(RELEASE_OTHER_OFFERS, of_call)
    connection.execute(OFFER_AGAIN, of_call)


def _settle(connection: Connection, attempt: Row[Any], second: int) -> None:
    at = min(attempt.settles_at, second)
    _end(connection, attempt, "settled", at)
    if attempt.changed_a_booking:
        of_attempt = {"of": attempt.organisation_id, "attempt": attempt.id}
        connection.execute(DROP_CLAIMS, of_attempt)
        connection.execute(SEND_FROM, {**of_attempt, "at": at})


def _undo(connection: Connection, attempt: Row[Any], second: int) -> None:
    undo_effects(connection, attempt, second)
    _end(connection, attempt, "undone", second)
    of_attempt = {"of": attempt.organisation_id, "attempt": attempt.id}
    connection.execute(DROP_CLAIMS, of_attempt)
    connection.execute(VOID_MESSAGES, of_attempt)
    connection.execute(FORGET_ANSWERS, of_attempt)


def _end(connection: Connection, attempt: Row[Any], state: str, at: int) -> None:
    ended = {"of": attempt.organisation_id, "attempt_id": attempt.id}
    connection.execute(SET_ATTEMPT, {**ended, "new_state": state, "at": at})
