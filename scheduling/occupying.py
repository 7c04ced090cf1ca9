"""Taking time: what is busy, sweeping what expired, choosing units, writing occupancy."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any, NamedTuple

from sqlalchemy import Connection, bindparam, delete, func, insert, or_, select, update

from scheduling.availability import Busy, occupied
from scheduling.business import Service
from scheduling.errors import Overtaken
from scheduling.holders import gives_way, goes_first
from scheduling.interval import Interval, overlap
from scheduling.locks import Lock, lock
from scheduling.prepared import prepare
from scheduling.tables import LONGEST_OCCUPANCY, occupancy, offer
from scheduling.transaction import Transaction

_within = (
    occupancy.c.resource_id.in_(bindparam("rows", expanding=True)),
    occupancy.c.start_at < bindparam("until"),
    occupancy.c.start_at > bindparam("since") - LONGEST_OCCUPANCY,
    occupancy.c.end_at > bindparam("since"),
)
_time = (occupancy.c.resource_id, occupancy.c.start_at, occupancy.c.end_at)
_not_moving = func.coalesce(occupancy.c.booking_id, 0) != bindparam("moving")
READ_BUSY = prepare(
    select(*_time, occupancy.c.holder).where(
        *_within,
        or_(occupancy.c.expires_at.is_(None), occupancy.c.expires_at > bindparam("now")),
        _not_moving,
    )
)
READ_TAKEN = prepare(
    select(occupancy.c.id, *_time, occupancy.c.expires_at, occupancy.c.holder).where(
        *_within, _not_moving
    )
)
READ_HOLDS = prepare(
    select(*_time, occupancy.c.offer_id, occupancy.c.holder).where(
        occupancy.c.organisation_id == bindparam("of"), *_within, occupancy.c.kind == "hold"
    )
)
_held_offers = (
    select(offer.c.id)
    .where(
        offer.c.organisation_id == bindparam("of"),
        offer.c.id.in_(bindparam("offer_ids", expanding=True)),
    )
    .with_for_update(skip_locked=True)
)
HOLD_NO_MORE = (
    update(offer).where(offer.c.id.in_(_held_offers)).values(held_until=None).returning(offer.c.id)
)
FREE_HELD = delete(occupancy).where(
    occupancy.c.organisation_id == bindparam("of"),
    occupancy.c.offer_id.in_(bindparam("offer_ids", expanding=True)),
    occupancy.c.kind == "hold",
)
SWEEP = (
    delete(occupancy)
    .where(
        occupancy.c.id.in_(
            select(occupancy.c.id)
            .where(*_within, occupancy.c.expires_at <= bindparam("now"))
            .with_for_update(skip_locked=True)
        )
    )
    .returning(occupancy.c.id)
)
OCCUPY = prepare(insert(occupancy))
NO_BOOKING = -1


class Taken(NamedTuple):
    """One row's time that a visit takes, buffers included."""

    resource_id: int
    start_at: int
    end_at: int


class Visit(NamedTuple):
    """A start that somebody wants with a provider."""

    service: Service
    provider_id: str
    start: int

    @property
    def span(self) -> Interval:
        """What it occupies, buffers included."""
        return occupied(self.service, self.start)


BusyRows = Mapping[int, Sequence[tuple[int, int]]]
Counts = Callable[[str], bool]
"""Whether what this holder has held counts as taken."""


def every_hold(_holder: str) -> bool:
    """What is held is taken, for whomever."""
    return True


def no_hold(_holder: str) -> bool:
    """What is only held is as good as free: to tell it from what is booked."""
    return False


def read_busy(
    tx: Transaction,
    rows: Sequence[int],
    span: Interval,
    *,
    moving: int = NO_BOOKING,
    counts: Counts | None = None,
) -> dict[int, list[tuple[int, int]]]:
    """What is taken of these rows in the span, expired claims apart, by row.

    Holds that give way to the asker do not count, unless it is said which do.
    """
    counts = counts or _counts_for(tx)
    busy: dict[int, list[tuple[int, int]]] = {row: [] for row in rows}
    given = {"rows": rows, "since": span.start, "until": span.end, "now": tx.second}
    for row, start, end, holder in tx.connection.execute(READ_BUSY, {**given, "moving": moving}):
        if holder is None or counts(holder):
            busy[row].append((start, end))
    return busy


def busy_of(tx: Transaction, service: Service, provider_ids: Iterable[str], rows: BusyRows) -> Busy:
    """The same as the rules of availability take it."""
    return Busy(
        providers={each: rows[tx.roster.provider_row(each)] for each in provider_ids},
        resources={
            need: [rows[unit] for unit in tx.roster.unit_rows(need)] for need in service.needs
        },
    )


def take(
    tx: Transaction,
    visits: Sequence[Visit],
    *,
    moving: int = NO_BOOKING,
    counts: Counts | None = None,
) -> list[list[Taken] | None]:
    """For each visit the rows that it can have beside the earlier ones; None: it is not free.

    The rows must have been locked. What expired there is swept; nothing else is written yet: what
    gives way to the asker is still held until `make_way`.
    """
    counts = counts or _counts_for(tx)
    rows = rows_of(tx, visits)
    hull = Interval(min(each.span.start for each in visits), max(each.span.end for each in visits))
    busy = take_stock(tx.connection, rows, hull, now=tx.second, moving=moving, counts=counts)
    return _one_by_one(tx, visits, busy)


def beside_each_other(
    tx: Transaction, visits: Sequence[Visit], busy: dict[int, list[tuple[int, int]]]
) -> bool:
    """Whether all of the visits can be had at once beside what is taken."""
    return all(_one_by_one(tx, visits, busy))


def _one_by_one(
    tx: Transaction, visits: Sequence[Visit], busy: dict[int, list[tuple[int, int]]]
) -> list[list[Taken] | None]:
    taken: list[list[Taken] | None] = []
    for visit in visits:
        chosen = _choose_rows(tx, visit, busy)
        for row, start, end in chosen or ():
            busy[row].append((start, end))
        taken.append(chosen)
    return taken


def make_way(tx: Transaction, taken: Sequence[Taken]) -> None:
    """Ends the holds there that give way to the asker; their offers are held no more.

    It waits for no call that is about to let go of them: that one may be waiting for what is
    locked here. The work begins anew.
    """
    if not taken or not goes_first(tx.asker):
        return
    hull = Interval(min(each.start_at for each in taken), max(each.end_at for each in taken))
    rows = [each.resource_id for each in taken]
    given = {"of": tx.organisation_id, "rows": rows, "since": hull.start, "until": hull.end}
    in_the_way = {
        held.offer_id
        for held in tx.connection.execute(READ_HOLDS, given)
        if gives_way(held.holder)
        and any(
            each.resource_id == held.resource_id and overlap(each[1:], (held.start_at, held.end_at))
            for each in taken
        )
    }
    if not in_the_way:
        return
    ending = {"of": tx.organisation_id, "offer_ids": sorted(in_the_way)}
    if set(tx.connection.execute(HOLD_NO_MORE, ending).scalars()) != in_the_way:
        raise Overtaken("somebody is at what was held there")
    tx.connection.execute(FREE_HELD, ending)


def rows_of(tx: Transaction, visits: Iterable[Visit]) -> list[int]:
    """Every row that one of the visits could take."""
    return sorted(
        {row for each in visits for row in tx.roster.rows_for(each.service, [each.provider_id])}
    )


def lock_rows(tx: Transaction, visits: Iterable[Visit]) -> None:
    """Queues for all of them, in one order."""
    lock(tx.connection, Lock.RESOURCE, rows_of(tx, visits))


def take_stock(
    connection: Connection,
    rows: Sequence[int],
    span: Interval,
    *,
    now: int,
    moving: int = NO_BOOKING,
    counts: Counts = every_hold,
) -> dict[int, list[tuple[int, int]]]:
    """What is taken of these rows in the span, by row. What has expired there is swept.

    It waits for nobody who is at an expired row: they may be waiting in turn for what is locked
    here. The work begins anew, with nothing locked.
    """
    given = {"rows": rows, "since": span.start, "until": span.end}
    read = {**given, "moving": moving}
    found = connection.execute(READ_TAKEN, read).all()
    expired = {each.id for each in found if each.expires_at is not None and each.expires_at <= now}
    if expired:
        swept = set(connection.execute(SWEEP, {**given, "now": now}).scalars())
        found = [each for each in found if each.id not in swept]
        if not expired <= swept:
            found = list(connection.execute(READ_TAKEN, read))
            if any(each.id in expired for each in found):
                raise Overtaken("somebody is at what has expired there")
    taken: dict[int, list[tuple[int, int]]] = {row: [] for row in rows}
    for each in found:
        if each.holder is None or counts(each.holder):
            taken[each.resource_id].append((each.start_at, each.end_at))
    return taken


def still_free(connection: Connection, taken: Sequence[Taken], *, now: int) -> bool:
    """Whether all these rows could be written."""
    rows = [each.resource_id for each in taken]
    span = Interval(min(each.start_at for each in taken), max(each.end_at for each in taken))
    return not any(take_stock(connection, rows, span, now=now).values())


def occupy(
    connection: Connection, organisation_id: int, claims: Iterable[Mapping[str, Any]]
) -> None:
    """Writes the rows; the database refuses an overlap."""
    rows = [{"organisation_id": organisation_id, **claim} for claim in claims]
    if rows:
        connection.execute(OCCUPY, rows)


def claims_on(taken: Iterable[Taken], **columns: Any) -> list[dict[str, Any]]:
    """What `occupy` writes: these rows' time, all for the same."""
    return [{**each._asdict(), **columns} for each in taken]


def _counts_for(tx: Transaction) -> Counts:
    """Which holds stand in the asker's way."""
    return _those_that_stay if goes_first(tx.asker) else every_hold


def _those_that_stay(holder: str) -> bool:
    return not gives_way(holder)


def _choose_rows(tx: Transaction, visit: Visit, busy: BusyRows) -> list[Taken] | None:
    span = visit.span
    chosen = []
    for units in (
        [tx.roster.provider_row(visit.provider_id)],
        *(tx.roster.unit_rows(need) for need in visit.service.needs),
    ):
        free = (row for row in units if not any(overlap(span, other) for other in busy[row]))
        row = next(free, None)
        if row is None:
            return None
        chosen.append(Taken(row, span.start, span.end))
    return chosen
