"""What nobody can read any more is forgotten, and a person who asks for it.

A little is forgotten whenever a call ends. Bookings, their history and messages stay.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy import (
    BindParameter,
    Connection,
    Select,
    bindparam,
    delete,
    exists,
    select,
    text,
    update,
)

from scheduling.local_time import DAY_SECONDS
from scheduling.prepared import prepare
from scheduling.store import Store
from scheduling.tables import attempt, booking, idempotency, occupancy, offer

CALL_DAYS = 2
"""No call lasts so long: its offers and holds are read no more."""
KEY_DAYS = 30
"""Who repeats a request later than that makes a new one."""
AT_ONCE = 100
"""A call leaves fewer behind, so that nothing piles up and no hang-up waits."""


def _some(old: Select[Any]) -> Select[Any]:
    """A few of them; what somebody else is busy with is left to another time."""
    return old.limit(AT_ONCE).with_for_update(skip_locked=True)


_own_offer = offer.c.organisation_id == bindparam("of")
_own_claim = occupancy.c.organisation_id == bindparam("of")
_own_key = idempotency.c.organisation_id == bindparam("of")
_used = exists().where(
    booking.c.organisation_id == offer.c.organisation_id, booking.c.offer_id == offer.c.id
)
_holding = exists().where(
    occupancy.c.organisation_id == offer.c.organisation_id, occupancy.c.offer_id == offer.c.id
)
OLD_CLAIMS = (
    select(occupancy.c.id)
    .where(_own_claim, occupancy.c.expires_at < bindparam("calls_before"))
    .order_by(occupancy.c.expires_at)
)
OLD_OFFERS = (
    select(offer.c.id)
    .where(
        _own_offer,
        text("offer.state <> 'booked'"),
        offer.c.created_at < bindparam("calls_before"),
        ~_used,
        ~_holding,
    )
    .order_by(offer.c.created_at)
)
OLD_KEYS = (
    select(idempotency.c.key)
    .where(_own_key, idempotency.c.created_at < bindparam("keys_before"))
    .order_by(idempotency.c.created_at)
)
FORGET = tuple(
    prepare(statement)
    for statement in (
        delete(occupancy).where(occupancy.c.id.in_(_some(OLD_CLAIMS))).returning(occupancy.c.id),
        delete(offer).where(offer.c.id.in_(_some(OLD_OFFERS))).returning(offer.c.id),
        delete(idempotency)
        .where(_own_key, idempotency.c.key.in_(_some(OLD_KEYS)))
        .returning(idempotency.c.key),
    )
)
ADD_NOBODY = text(
    "INSERT INTO customer (organisation_id, phone, name, folded_name, created_at)"
    " VALUES (:organisation_id, '', '', '', :now)"
    " ON CONFLICT (organisation_id, phone, folded_name) DO NOTHING"
)
"""Whom forgotten bookings are for: no caller's name folds to nothing."""
FORGET_NAMES = text(
    "UPDATE booking SET customer_name = '', folded_name = '', customer_phone = '',"
    " customer_id = (SELECT id FROM customer"
    " WHERE organisation_id = :organisation_id AND phone = '' AND folded_name = ''),"
    " version = version + 1, updated_at = :now"
    " WHERE organisation_id = :organisation_id AND customer_phone = :phone"
)
FORGET_COUNTED = text(
    "UPDATE booking SET counted_as = ''"
    " WHERE organisation_id = :organisation_id AND counted_as = :phone"
)
FORGET_CUSTOMERS = text(
    "DELETE FROM customer WHERE organisation_id = :organisation_id AND phone = :phone"
)
FORGET_ANSWERS = text(
    "DELETE FROM idempotency WHERE organisation_id = :organisation_id"
    " AND CAST(response AS VARCHAR) LIKE '%' || :phone || '%'"
)
_of_calls: BindParameter[Any] = bindparam("calls", expanding=True)
FORGET_ATTEMPTS = (
    update(attempt)
    .where(attempt.c.organisation_id == bindparam("of"), attempt.c.call_id.in_(_of_calls))
    .values(holder="")
)
FORGET_HOLDS = (
    update(occupancy)
    .where(
        _own_claim,
        occupancy.c.kind == "hold",
        occupancy.c.offer_id.in_(
            select(offer.c.id).where(_own_offer, offer.c.call_id.in_(_of_calls))
        ),
    )
    .values(holder="")
)


def forget(
    connection: Connection, organisation_id: int, *, now: int, keys_before: int | None = None
) -> int:
    """The oldest of what is too old, how much; nothing else may be locked after it."""
    given = {
        "of": organisation_id,
        "calls_before": now - CALL_DAYS * DAY_SECONDS,
        "keys_before": now - KEY_DAYS * DAY_SECONDS if keys_before is None else keys_before,
    }
    return sum(len(connection.execute(statement, given).all()) for statement in FORGET)


def forget_person(connection: Connection, organisation_id: int, phone: str, *, now: int) -> int:
    """Bookings under the number keep their time and lose name and number; how many."""
    of = {"organisation_id": organisation_id, "phone": phone, "now": now}
    connection.execute(ADD_NOBODY, of)
    forgotten = connection.execute(FORGET_NAMES, of)
    connection.execute(FORGET_COUNTED, of)
    connection.execute(FORGET_CUSTOMERS, of)
    connection.execute(FORGET_ANSWERS, of)
    return forgotten.rowcount


def forget_holders(connection: Connection, organisation_id: int, call_ids: Sequence[str]) -> None:
    """On whose account these calls held and booked: numbers, and networks of strangers."""
    of_calls = {"of": organisation_id, "calls": list(call_ids)}
    connection.execute(FORGET_ATTEMPTS, of_calls)
    connection.execute(FORGET_HOLDS, of_calls)


class Forgetting:
    """Forgets when it is told to: what is old, and who asks for it."""

    def __init__(self, store: Store) -> None:
        self._store = store

    async def leftovers(self, organisation_id: int, *, keys_before: int) -> int:
        """Some of what ended calls have left behind; how much, zero at the end."""

        def work(connection: Connection) -> int:
            now = int(self._store.now(connection).timestamp())
            return forget(connection, organisation_id, now=now, keys_before=keys_before)

        return await self._store.write(work)

    async def person(self, organisation_id: int, phone: str) -> int:
        """The person with this number, E.164; how many bookings were theirs."""

        def work(connection: Connection) -> int:
            now = int(self._store.now(connection).timestamp())
            return forget_person(connection, organisation_id, phone, now=now)

        return await self._store.write(work, durable=True)
