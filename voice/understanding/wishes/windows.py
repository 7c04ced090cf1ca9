"""From a wish on the business's clock to the desk's windows, through clock changes."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from scheduling.interval import Interval, merge, subtract
from scheduling.local_time import day_start, instant, utc
from scheduling.values import Window
from voice.understanding.wishes.wanted import ANY_TIME, DAY, Span, Wanted

MOST_DAYS = 120
"""Windows are made day by day only so far."""


@dataclass(frozen=True, slots=True)
class Windows:
    """A wish in the desk's terms."""

    windows: tuple[Window, ...] = ()
    """Empty: any time."""
    near: datetime | None = None
    wider: tuple[Window, ...] = ()
    """The whole days of several exact times, should none of those be free."""
    ruled_out: tuple[Window, ...] = ()
    """What was ruled out; it is in none of the others."""


class SkippedTime(Exception):
    """The clocks skip that time on that day."""

    def __init__(self, at: datetime, instead: datetime) -> None:
        super().__init__(f"{at.isoformat()} does not exist")
        self.at = at
        self.instead = instead
        """Naive local: the first time after the gap."""


def windows_of(
    wanted: Wanted, *, zone: ZoneInfo, now: datetime, horizon_days: int, minutes: int = 0
) -> Windows:
    """Open ends are clipped by now and the horizon; closed ones are left for the desk to judge.
    `minutes`: what the visit takes, of which the last must lie before it has to be over."""
    wanted = wanted.ending(minutes)
    today = now.astimezone(zone).date()
    last_day = today + timedelta(days=horizon_days)
    ruled = [(span, *_days_of(span, today, last_day)) for span in wanted.excluded]
    out = _windows(merge(_ruled_out(ruled, zone)))
    exact = wanted.exact
    if exact is not None and exact.day is not None:
        instants = instants_of(exact, zone)
        if len(instants) == 1:
            day = _carve(_on_days(ANY_TIME, exact.day, exact.day, zone), ruled, zone)
            return Windows(day, near=instants[0], ruled_out=out)
        each = tuple(Window(at, at + timedelta(minutes=1)) for at in instants)
        return Windows(each, ruled_out=out)
    if not wanted.spans and not ruled:
        return Windows()
    windows: list[Interval] = []
    whole_days: list[Interval] = []
    for span in wanted.spans or (ANY_TIME,):
        first, last = _days_of(span, today, last_day)
        windows += _on_days(span, first, last, zone)
        if span.at is not None:
            whole_days += _on_days(ANY_TIME, first, last, zone)
    left = _carve(windows, ruled, zone)
    if not left:  # all that was wanted has been ruled out since
        left = _carve(_on_days(ANY_TIME, today, last_day, zone), ruled, zone)
    return Windows(left, wider=_carve(whole_days, ruled, zone), ruled_out=out)


def instants_of(exact: Span, zone: ZoneInfo) -> tuple[datetime, ...]:
    """The instants at which the clock of that day shows that time: one, or two when it is set
    back; raises SkippedTime when it is set forward over it."""
    if exact.day is None or exact.at is None:
        raise ValueError("an exact span has a day and a time")
    wall = datetime.combine(exact.day, exact.at)
    first = wall.replace(tzinfo=zone, fold=0).astimezone(UTC)
    if first.astimezone(zone).replace(tzinfo=None) != wall:
        after = utc(instant(exact.day, wall.hour * 60 + wall.minute, zone))
        raise SkippedTime(wall, after.astimezone(zone).replace(tzinfo=None))
    second = wall.replace(tzinfo=zone, fold=1).astimezone(UTC)
    if first == second:
        return (first,)
    return (first, second) if exact.fold is None else ((first, second)[exact.fold],)


def _days_of(span: Span, today: date, last_day: date) -> tuple[date, date]:
    first = span.first or min(today, span.last or today)
    last = span.last or max(last_day, first)
    return first, min(last, first + timedelta(days=MOST_DAYS))


def _on_days(span: Span, first: date, last: date, zone: ZoneInfo) -> list[Interval]:
    if not span.has_time and not span.weekdays:
        return [Interval(day_start(first, zone), day_start(last + DAY, zone))]
    days = (first + count * DAY for count in range((last - first).days + 1))
    return [_on_day(span, day, zone) for day in days if span.has_on(day)]


def _on_day(span: Span, day: date, zone: ZoneInfo) -> Interval:
    if span.at is not None:
        start = instant(day, _minute(span.at), zone)
        return Interval(start, start + 60)
    start = instant(day, _minute(span.after or time()), zone)
    if span.before is None:
        return Interval(start, day_start(day + DAY, zone))
    until = day if span.after is None or span.before > span.after else day + DAY
    return Interval(start, instant(until, _minute(span.before), zone, closing=True))


def _minute(at: time) -> int:
    return at.hour * 60 + at.minute


def _carve(
    windows: Iterable[Interval], ruled: Sequence[tuple[Span, date, date]], zone: ZoneInfo
) -> tuple[Window, ...]:
    """The windows without what was ruled out."""
    return _windows(subtract(merge(windows), merge(_ruled_out(ruled, zone))))


def _ruled_out(ruled: Iterable[tuple[Span, date, date]], zone: ZoneInfo) -> list[Interval]:
    return [gone for span, first, last in ruled for gone in _on_days(span, first, last, zone)]


def _windows(spans: Iterable[Interval]) -> tuple[Window, ...]:
    return tuple(Window(utc(span.start), utc(span.end)) for span in spans)
