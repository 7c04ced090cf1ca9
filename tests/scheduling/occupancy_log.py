"""Who had which time when: kept by triggers, so that a refusal can be judged afterwards."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, text

from scheduling.store import Store

COLUMNS = "id, resource_id, start_at, end_at, holder, booking_id, expires_at"
TABLE = """CREATE TABLE occupancy_log (line {serial}, id BIGINT, resource_id BIGINT,
    start_at BIGINT, end_at BIGINT, holder TEXT,
    booking_id BIGINT, expires_at BIGINT, at FLOAT, gone INTEGER)"""
LOGGED = "INSERT INTO occupancy_log ({columns}, at, gone) SELECT {values}, {now}"
MACHINE_TIME = {
    "sqlite": "(julianday('now') - 2440587.5) * 86400.0",
    "postgresql": "EXTRACT(EPOCH FROM clock_timestamp())",
}
"""Seconds since 1970, however far the store's own clock was put on."""
KEEP = {
    "sqlite": [
        TABLE.format(serial="INTEGER PRIMARY KEY"),
        *(
            f"CREATE TRIGGER occupancy_log_{event} AFTER {event} ON occupancy BEGIN "
            + LOGGED.format(
                columns=COLUMNS,
                values=", ".join(f"{row}.{name}" for name in COLUMNS.split(", ")),
                now=MACHINE_TIME["sqlite"],
            )
            + f", {gone}; END"
            for event, row, gone in (("INSERT", "NEW", 0), ("DELETE", "OLD", 1))
        ),
    ],
    "postgresql": [
        TABLE.format(serial="SERIAL PRIMARY KEY"),
        *(
            f"CREATE FUNCTION occupancy_log_{event}() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN "
            + LOGGED.format(
                columns=COLUMNS,
                values=", ".join(f"{row}.{name}" for name in COLUMNS.split(", ")),
                now=MACHINE_TIME["postgresql"],
            )
            + f", {gone}; RETURN NULL; END $$"
            for event, row, gone in (("insert", "NEW", 0), ("delete", "OLD", 1))
        ),
        *(
            f"CREATE TRIGGER occupancy_log_{event} AFTER {event} ON occupancy"
            f" FOR EACH ROW EXECUTE FUNCTION occupancy_log_{event}()"
            for event in ("insert", "delete")
        ),
    ],
}
READ = """
    SELECT occupancy_log.*, resource.key, booking.reference FROM occupancy_log
    JOIN resource ON resource.id = occupancy_log.resource_id
    LEFT JOIN booking ON booking.id = occupancy_log.booking_id ORDER BY line
"""
COMMIT_SECONDS = 5.0
"""A row that is being deleted is seen until the commit, which may take so long."""


@dataclass
class Kept:
    """Time that somebody had. When it was entered and deleted is told in the machine's time, which
    nobody puts on while a row is being deleted; when it ended by itself, in the store's."""

    row: Any
    deleted: float = float("inf")

    def explains(self, refused: Mapping[str, Any]) -> bool:
        """Whether somebody else had some of the time while it was refused."""
        return bool(
            self.row.key == f"provider:{refused['provider']}"
            and self.row.start_at < refused["end"]
            and self.row.end_at > refused["start"]
            and self.row.at <= refused["until"]
            and self.deleted >= refused["since"] - COMMIT_SECONDS
            and (self.row.expires_at or float("inf")) >= refused["since_here"] - COMMIT_SECONDS
            and self.row.holder != (refused["who"] or 0)
            and self.row.reference != (refused["reference"] or 0)
        )


async def keep_log(store: Store) -> None:
    """From now on everything that becomes or ceases to be taken is written down."""

    def keep(connection: Connection) -> None:
        for statement in KEEP[connection.dialect.name]:
            connection.execute(text(statement))

    await store.write(keep)


async def unexplained(store: Store, refused: Iterable[Mapping[str, Any]]) -> list[Any]:
    """Refusals of what nobody else had."""
    lines = await store.read(lambda connection: connection.execute(text(READ)).all())
    kept: list[Kept] = []
    present: dict[int, Kept] = {}
    for line in lines:
        if line.gone:
            present.pop(line.id).deleted = line.at
        else:
            present[line.id] = Kept(line)
            kept.append(present[line.id])
    return [each for each in refused if not any(other.explains(each) for other in kept)]
