"""What nobody can read any more is forgotten: a little of it whenever a call ends.

Bookings, their history, messages and the journal stay.
"""

from __future__ import annotations

from typing import Any

from sqlalchemy import Connection, Select, bindparam, delete, exists, select, text

from scheduling.local_time import DAY_SECONDS
from scheduling.prepared import prepare
from scheduling.tables import booking, idempotency, occupancy, offer

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
        delete(occupancy).where(occupancy.c.id.in_(_some(OLD_CLAIMS))),
        delete(offer).where(offer.c.id.in_(_some(OLD_OFFERS))),
        delete(idempotency).where(_own_key, idempotency.c.key.in_(_some(OLD_KEYS))),
    )
)


def forget(connection: Connection, organisation_id: int, *, now: int) -> None:
    """The oldest of what is too old; nothing else may be locked after it."""
    given = {
        "of": organisation_id,
        "calls_before": now - CALL_DAYS * DAY_SECONDS,
        "keys_before": now - KEY_DAYS * DAY_SECONDS,
    }
    for statement in FORGET:
        connection.execute(statement, given)
