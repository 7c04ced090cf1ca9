"""The one clock: the time of the store, shifted for rehearsals."""

from __future__ import annotations

import time
from datetime import UTC, datetime, timedelta
from typing import Any

from sqlalchemy import Connection, column, select, text, update

from scheduling.prepared import prepare
from scheduling.tables import clock

READ_SHIFT = "SELECT shift_seconds FROM clock"
READ_CLOCK = prepare(
    text(
        "SELECT CAST(extract(epoch FROM clock_timestamp()) AS float8) + shift_seconds FROM clock"
    ).columns(column("seconds"))
)


def read_clock(connection: Connection) -> datetime:
    """What time it is for everybody who uses this store."""
    if connection.dialect.name == "sqlite":
        # Asked three times a turn: past SQLAlchemy it costs a tenth.
        driver: Any = connection.connection.driver_connection
        [shift] = driver.execute(READ_SHIFT).fetchone()
        seconds = time.time() + float(shift)
    else:
        seconds = float(connection.execute(READ_CLOCK).scalar_one())
    return datetime.fromtimestamp(seconds, UTC)


def shift_to(connection: Connection, at: str | None) -> timedelta:
    """The shift in force once the clock starts at this instant; None leaves it as it is.

    The same text as before keeps the shift, so that restarts and other processes agree.
    """
    kept = connection.execute(select(clock.c.started_as, clock.c.shift_seconds)).one()
    if at is None or at == kept.started_as:
        return timedelta(seconds=kept.shift_seconds)
    unshifted = read_clock(connection) - timedelta(seconds=kept.shift_seconds)
    shift = _instant(at) - unshifted
    connection.execute(update(clock).values(started_as=at, shift_seconds=shift.total_seconds()))
    return shift


def end_shift(connection: Connection) -> timedelta:
    """The machine's own time from here on; the shift that was in force."""
    kept = connection.execute(select(clock.c.shift_seconds)).scalar_one()
    if kept:
        connection.execute(update(clock).values(started_as=None, shift_seconds=0.0))
    return timedelta(seconds=kept)


def _instant(at: str) -> datetime:
    instant = datetime.fromisoformat(at)
    if instant.tzinfo is None:
        raise ValueError(f"an instant needs its offset: {at}")
    return instant
