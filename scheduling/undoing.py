"""The inverse of each effect of an attempt. Undo claims see to it that none can fail."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from sqlalchemy import Connection, Row, bindparam, delete, insert, null, select, update

from scheduling.life import check_step
from scheduling.locks import Lock, lock
from scheduling.occupying import Taken, claims_on, occupy, still_free
from scheduling.tables import booking, booking_event, effect, occupancy, offer

READ_EFFECTS = (
    select(effect)
    .where(effect.c.organisation_id == bindparam("of"), effect.c.attempt_id == bindparam("attempt"))
    .order_by(effect.c.id.desc())
)
READ_BOOKING = (
    select(booking)
    .where(booking.c.organisation_id == bindparam("of"), booking.c.id == bindparam("booking"))
    .with_for_update()
)
CHANGE_BOOKING = update(booking).where(
    booking.c.organisation_id == bindparam("of"), booking.c.id == bindparam("booking")
)
FREE_BOOKING = delete(occupancy).where(
    occupancy.c.organisation_id == bindparam("of"),
    occupancy.c.booking_id == bindparam("booking"),
)
SET_OFFERS = update(offer).where(
    offer.c.organisation_id == bindparam("of"),
    offer.c.id.in_(bindparam("offers", expanding=True)),
)
FREE_HOLDS = delete(occupancy).where(
    occupancy.c.organisation_id == bindparam("of"),
    occupancy.c.offer_id.in_(bindparam("offers", expanding=True)),
    occupancy.c.kind == "hold",
)
ADD_EVENT = insert(booking_event)


def undo_effects(connection: Connection, attempt: Row[Any], second: int) -> None:
    """Undoes what the attempt did, newest first.

    A booking that somebody changed since then, staff as a rule, is left as they made it.
    """
    of_attempt = {"of": attempt.organisation_id, "attempt": attempt.id}
    effects = connection.execute(READ_EFFECTS, of_attempt).all()
    bookings = _lock_bookings(connection, effects)
    lock(connection, Lock.RESOURCE, {row.resource_id for each in effects for row in _rows(each)})
    versions = {each.id: each.version for each in bookings}
    states = {each.id: each.status for each in bookings}
    for done in effects:
        if done.booking_id is not None:
            if versions[done.booking_id] != done.inverse["version"]:
                continue
            versions[done.booking_id] = done.inverse["version"] - 1
            was = states[done.booking_id]
            states[done.booking_id] = done.inverse["columns"].get("status", was)
            check_step(was, states[done.booking_id], by="system")
            _undo_booking(connection, attempt, done, second)
        _hold_again(connection, attempt, done, second)


def _lock_bookings(connection: Connection, effects: Sequence[Row[Any]]) -> list[Row[Any]]:
    ids = sorted({each.booking_id for each in effects if each.booking_id is not None})
    return [
        connection.execute(READ_BOOKING, {"of": effects[0].organisation_id, "booking": each}).one()
        for each in ids
    ]


def _undo_booking(connection: Connection, attempt: Row[Any], done: Row[Any], second: int) -> None:
    of_booking = {"of": attempt.organisation_id, "booking": done.booking_id}
    if done.kind != "amended":  # its time was never touched
        connection.execute(FREE_BOOKING, of_booking)
    if done.kind in ("moved", "cancelled"):
        had = _taken(done.inverse["rows"])
        claims = claims_on(had, kind="booking", booking_id=done.booking_id)
        occupy(connection, attempt.organisation_id, claims)
    connection.execute(
        CHANGE_BOOKING.values(
            **done.inverse["columns"],
            version=booking.c.version + 1,
            # Calendars that saw the change take only a higher number for its undoing.
            ical_sequence=booking.c.ical_sequence + 1,
            updated_at=second,
        ),
        of_booking,
    )
    connection.execute(
        ADD_EVENT,
        {
            "organisation_id": attempt.organisation_id,
            "booking_id": done.booking_id,
            "at": second,
            "what": f"{done.kind} undone",
            "who": "system",
            "why": "the caller had not heard of it",
            "start_at": done.inverse["start_at"],
        },
    )


def _hold_again(connection: Connection, attempt: Row[Any], done: Row[Any], second: int) -> None:
    """The call's offers as they were before, held where their slots are still free."""
    of_call = attempt.organisation_id
    made = done.inverse.get("offers", [])
    if made:
        connection.execute(FREE_HOLDS, {"of": of_call, "offers": made})
        connection.execute(SET_OFFERS.values(state="released"), {"of": of_call, "offers": made})
    for former in done.inverse.get("freed", ()):
        rows = _taken(former["rows"])
        until = None
        if rows and still_free(connection, rows, now=second):
            until = second + done.inverse["hold_seconds"]
            hold = {"kind": "hold", "offer_id": former["offer_id"], "holder": attempt.holder}
            occupy(connection, of_call, claims_on(rows, **hold, expires_at=until))
        connection.execute(
            SET_OFFERS.values(state="live", held_until=until if until is not None else null()),
            {"of": of_call, "offers": [former["offer_id"]]},
        )


def _rows(done: Row[Any]) -> Iterable[Taken]:
    """Every row that undoing may write."""
    yield from _taken(done.inverse.get("rows", ()))
    for former in done.inverse.get("freed", ()):
        yield from _taken(former["rows"])


def _taken(rows: Iterable[Sequence[int]]) -> list[Taken]:
    return [Taken(*row) for row in rows]
