"""What callers asked for and did not get: noted with each turn, counted by day and kind.

It is counted day by day, the newest first, so that a page reads no more turns than it shows.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import islice
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import Connection, Row, bindparam, func, select

from scheduling.errors import Invalid
from scheduling.local_time import day_start, local_day
from scheduling.prepared import prepare
from voice.dialogue.agenda import Outcome
from voice.journal.tables import SOME_UNMET
from voice.journal.tables import turn as turns

MOST_WORDINGS = 20
"""That are shown of one kind on one day; all of them are counted."""
REQUESTS = frozenset({"ask", "want", "outside", "give:service", "give:problem"})
"""Acts by which something is asked for, by name or label."""
END_OF_TIME = 1 << 62
_CURSOR = re.compile(
    r"(?P<day>[0-9]{1,7})~(?P<count>[0-9]{1,12})~(?P<act>[a-z_:]+)~(?P<outcome>[a-z ]+)"
    r"~(?P<organisation>[0-9]{1,18})"
)
_unmet = (
    turns.c.organisation_id == bindparam("of"),
    SOME_UNMET,
    turns.c.opened_at < bindparam("before"),
    turns.c.state.in_(("answered", "cut")),
)
NEWEST = prepare(select(func.max(turns.c.opened_at).label("opened_at")).where(*_unmet))
OF_DAY = prepare(
    select(turns.c.call_id, turns.c.outcomes)
    .where(*_unmet, turns.c.opened_at >= bindparam("since"))
    .order_by(turns.c.opened_at.desc(), turns.c.attempt_id.desc())
)
Place = tuple[int, int, str, str, int]


@dataclass(frozen=True, slots=True)
class Wording:
    """One way in which it was asked for."""

    words: str
    count: int
    call_id: str
    """The newest call in which it was said."""


@dataclass(frozen=True, slots=True)
class Unanswered:
    """What callers asked for on one day in one kind of act, and what became of it."""

    organisation_id: int
    day: date
    """On the business's calendar."""
    act: str
    outcome: str
    count: int
    wordings: tuple[Wording, ...]
    """The most frequent first."""

    @property
    def place(self) -> Place:
        """In a list: the newest day first, on each day the most frequent."""
        day = date.max.toordinal() - self.day.toordinal()
        return day, -self.count, self.act, self.outcome, self.organisation_id


@dataclass(frozen=True, slots=True)
class UnansweredPage:
    """A part of that list, and where the next begins."""

    unanswered: tuple[Unanswered, ...]
    next_cursor: str | None


def is_unmet(outcome: Outcome) -> bool:
    """Whether something was asked for with this act and not given."""
    if outcome.kind == "declined":
        return True
    name = outcome.label.partition(":")[0]
    if name == "want" and outcome.kind == "asked back":
        return False  # which of two things is wanted; it is seen to in the next turn
    asked_for = name in REQUESTS or outcome.label in REQUESTS
    return asked_for and outcome.kind in ("asked back", "nothing to do")


def read_unanswered(
    connection: Connection,
    zones: Mapping[int, ZoneInfo],
    *,
    days: tuple[date | None, date | None],
    limit: int,
    cursor: str | None,
) -> UnansweredPage:
    """Of these organisations, each on its own calendar; the first and the last day are included,
    None is open. A day whose counts grow between two pages may show one kind again."""
    after = None if cursor is None else _place_of(cursor)
    first, last = days
    if after is not None:
        newest = date.fromordinal(date.max.toordinal() - after[0])
        last = newest if last is None else min(last, newest)
    found: list[Unanswered] = []
    for organisation_id, zone in zones.items():
        newest_first = _by_day(connection, organisation_id, zone, days=(first, last))
        wanted = (each for each in newest_first if after is None or each.place > after)
        found += islice(wanted, limit + 1)
    found.sort(key=lambda each: each.place)
    page = tuple(found[:limit])
    return UnansweredPage(page, _cursor_of(page[-1]) if len(found) > limit else None)


def _by_day(
    connection: Connection,
    organisation_id: int,
    zone: ZoneInfo,
    *,
    days: tuple[date | None, date | None],
) -> Iterator[Unanswered]:
    """In the order of their places, each day read when it is come to."""
    first, last = days
    before = END_OF_TIME if last is None else _end_of(last, zone)
    while True:
        asked = {"of": organisation_id, "before": before}
        newest = connection.execute(NEWEST, asked).scalar_one()
        if newest is None or (first is not None and local_day(newest, zone) < first):
            return
        day = local_day(newest, zone)
        since = day_start(day, zone)
        rows = connection.execute(OF_DAY, {**asked, "since": since})
        yield from sorted(_counted(organisation_id, day, rows), key=lambda each: each.place)
        before = since


def _end_of(day: date, zone: ZoneInfo) -> int:
    """The first second of the next day, as far as there is one."""
    if day.toordinal() >= date.max.toordinal() - 1:
        return END_OF_TIME
    return day_start(day + timedelta(days=1), zone)


def _counted(
    organisation_id: int, day: date, newest_first: Iterable[Row[Any]]
) -> Iterator[Unanswered]:
    """By act and outcome. Words in another case or spacing are the same words."""
    said: dict[tuple[str, str], dict[str, Wording]] = {}
    for row in newest_first:
        for outcome in map(Outcome.model_validate, row.outcomes):
            if is_unmet(outcome):
                alike = " ".join(outcome.words.casefold().split())
                of_kind = said.setdefault((outcome.label, outcome.kind), {})
                known = of_kind.get(alike) or Wording(outcome.words, 0, row.call_id)
                of_kind[alike] = Wording(known.words, known.count + 1, known.call_id)
    for (act, became), wordings in said.items():
        ordered = sorted(wordings.values(), key=lambda each: -each.count)
        count = sum(each.count for each in ordered)
        shown = tuple(ordered[:MOST_WORDINGS])
        yield Unanswered(organisation_id, day, act, became, count, shown)


def _cursor_of(last: Unanswered) -> str:
    day, _, act, outcome, organisation_id = last.place
    return f"{day}~{last.count}~{act}~{outcome}~{organisation_id}"


def _place_of(cursor: str) -> Place:
    written = _CURSOR.fullmatch(cursor)
    if written is None or not 0 <= int(written["day"]) < date.max.toordinal():
        raise Invalid("the cursor is not one of ours")
    organisation_id = int(written["organisation"])
    count = -int(written["count"])
    return int(written["day"]), count, written["act"], written["outcome"], organisation_id
