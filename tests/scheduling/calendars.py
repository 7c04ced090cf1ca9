"""Random calendars, and what they allow reckoned slowly, minute by minute."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

from hypothesis import strategies as st

from scheduling.availability import Busy
from scheduling.business import (
    Business,
    Closure,
    LocalSpan,
    Opening,
    Provider,
    Resource,
    Service,
)
from scheduling.policy import BookingPolicy

MINUTE = 60
CHANGES = {
    "America/New_York": (date(2026, 3, 8), date(2026, 11, 1)),
    "Europe/London": (date(2026, 3, 29), date(2026, 10, 25)),
    "Australia/Lord_Howe": (date(2026, 4, 5), date(2026, 10, 4)),
    "Asia/Kathmandu": (date(2026, 3, 8),),
    "Asia/Kolkata": (date(2025, 12, 31),),
    "America/Phoenix": (date(2026, 11, 1),),
    "Pacific/Apia": (date(2011, 12, 30),),
}
"""Zones, and days on which their clocks change, a day is missing or a year ends."""


@dataclass(frozen=True)
class Case:
    """A business with one provider, what is busy, and three days to look at."""

    business: Business
    busy: Busy
    now: datetime
    first_minute: int
    last_minute: int

    @property
    def service(self) -> Service:
        """The only service."""
        return self.business.services[0]


def spans(hours: int = 24) -> st.SearchStrategy[LocalSpan]:
    """Spans of clock time that begin on the date; many lie in the hours when clocks change."""

    def span(start: int, length: int) -> LocalSpan:
        return LocalSpan(start * 5, start * 5 + length * 5)

    by_day = st.builds(span, st.integers(0, 287), st.integers(1, hours * 12))
    by_night = st.builds(span, st.integers(0, 48), st.integers(1, 30))
    into_the_night = st.builds(span, st.integers(240, 287), st.integers(1, 72))
    return st.one_of(by_day, by_night, into_the_night)


def near(day: date) -> st.SearchStrategy[date]:
    """That day or one beside it."""
    return st.integers(-1, 1).map(lambda days: day + timedelta(days=days))


@st.composite
def services(draw: st.DrawFn) -> Service:
    """Visits short and long, with and without buffers and a chair."""
    return Service(
        "visit",
        "Visit",
        minutes=draw(st.sampled_from([5, 20, 30, 45, 60, 240, 1440])),
        buffer_before=draw(st.sampled_from([0, 0, 5, 20])),
        buffer_after=draw(st.sampled_from([0, 0, 10])),
        needs=draw(st.sampled_from([(), ("chair",)])),
    )


@st.composite
def businesses(draw: st.DrawFn, zone: str, odd_day: date) -> Business:
    """Two people who give one kind of visit, with closures and openings about that day."""
    some_hours = st.lists(spans(6), min_size=1, max_size=2).map(tuple)
    whose = st.sampled_from([None, "ana", "ben"])
    dated = (near(odd_day), st.just(()) | some_hours, whose)
    closures = st.builds(lambda day, closed, who: Closure(day, day, closed, who), *dated)
    openings = st.builds(lambda day, opened, who: Opening(day, day, opened, who), *dated)
    hours = {day: tuple(draw(st.lists(spans(), max_size=3))) for day in range(7)}
    return Business(
        slug="shop",
        name="Shop",
        timezone=zone,
        country="US",
        booking=BookingPolicy(
            step_minutes=draw(st.sampled_from([5, 15, 30, 45, 50, 60])),
            notice_minutes=draw(st.sampled_from([0, 30, 600])),
            horizon_days=draw(st.sampled_from([1, 2, 90])),
        ),
        services=(draw(services()),),
        providers=(
            Provider("ana", "Ana", ("visit",), hours),
            Provider("ben", "Ben", ("visit",), {0: (LocalSpan(540, 1020),)}),
        ),
        resources=(Resource("chair", "Chair", 2),),
        closures=tuple(draw(st.lists(closures, max_size=2))),
        openings=tuple(draw(st.lists(openings, max_size=2))),
    )


@st.composite
def cases(draw: st.DrawFn) -> Case:
    """Everything at once, around a day on which something about the calendar is odd."""
    zone = draw(st.sampled_from(sorted(CHANGES)))
    odd_day = draw(st.sampled_from(CHANGES[zone]))
    noon = datetime(odd_day.year, odd_day.month, odd_day.day, 12, tzinfo=UTC)
    first = int(noon.timestamp()) // MINUTE - 36 * 60

    def busy_span(start: int, length: int) -> tuple[int, int]:
        return (first + start * 5) * MINUTE, (first + (start + length) * 5) * MINUTE

    busy = st.lists(st.builds(busy_span, st.integers(0, 72 * 12), st.integers(1, 48)), max_size=6)
    ahead = timedelta(minutes=draw(st.integers(-3000, 1000)), seconds=draw(st.integers(0, 59)))
    return Case(
        business=draw(businesses(zone, odd_day)),
        busy=Busy({"ana": draw(busy)}, {"chair": [draw(busy), draw(busy)]}),
        now=noon + ahead,
        first_minute=first,
        last_minute=first + 72 * 60,
    )


def slow_starts(case: Case) -> set[int]:
    """Minutes since the epoch at which Ana may begin, each judged by itself."""
    own = owned_minutes(case)
    owner: dict[int, tuple[date, set[int]]] = {}
    for day, minutes in sorted(own.items()):
        for minute in minutes:
            owner.setdefault(minute, (day, minutes))
    return {
        minute
        for minute in range(case.first_minute, case.last_minute)
        if minute in owner
        and _on_step(minute, owner[minute][1], case)
        and _in_time(minute, case)
        and all(at in owner for at in range(minute, minute + case.service.minutes))
        and _unoccupied(minute, case)
    }


def owned_minutes(case: Case) -> dict[date, set[int]]:
    """Open minutes by the local date whose hours they belong to, found by looking at a clock."""
    zone = case.business.zone
    margin = 4 * 24 * 60
    minutes = range(case.first_minute - margin, case.last_minute + margin)
    clock = [_wall(minute, zone) for minute in minutes]
    first_day = clock[0] // 1440 + 1
    found = {}
    for ordinal in range(first_day, clock[-1] // 1440 - 1):
        day = date.fromordinal(ordinal)

        def opened(spans: Iterable[LocalSpan], ordinal: int = ordinal) -> set[int]:
            found: set[int] = set()
            for span in spans:
                begins = _shown(clock, ordinal * 1440 + span.start)
                ends = _shown(clock, ordinal * 1440 + span.end, last=True)
                found.update(minutes[begins:ends] if begins < ends else ())
            return found

        open_minutes = opened(_hours(case.business, day))
        if open_minutes:
            for closure in case.business.closures:
                for nearby in range(ordinal - 1, ordinal + 2):
                    if _concerns(closure, date.fromordinal(nearby)):
                        open_minutes -= opened(closure.hours, nearby)
        found[day] = open_minutes
    return found


def _hours(business: Business, day: date) -> tuple[LocalSpan, ...]:
    if any(not closure.hours and _concerns(closure, day) for closure in business.closures):
        return ()
    dated = [opening for opening in business.openings if _concerns(opening, day)]
    own = [opening for opening in dated if opening.provider]
    if dated:
        return tuple(span for opening in own or dated for span in opening.hours)
    return business.providers[0].hours.get(day.weekday(), ())


def _concerns(dated: Closure | Opening, day: date) -> bool:
    return dated.first <= day <= dated.last and dated.provider in (None, "ana")


def _wall(minute: int, zone: ZoneInfo) -> int:
    """Minutes on the clock since the first day of the calendar."""
    local = datetime.fromtimestamp(minute * MINUTE, zone)
    return local.toordinal() * 1440 + local.hour * 60 + local.minute


def _shown(clock: list[int], wall: int, *, last: bool = False) -> int:
    """Where the clock shows that, at first or at last; in a gap, where it first shows more."""
    seen = [index for index, shown in enumerate(clock) if shown == wall]
    if seen:
        return seen[-1 if last else 0]
    return next(index for index, shown in enumerate(clock) if shown > wall)


def _on_step(minute: int, own: set[int], case: Case) -> bool:
    opening = minute
    while opening - 1 in own:
        opening -= 1
    return (minute - opening) % case.business.booking.step_minutes == 0


def _in_time(minute: int, case: Case) -> bool:
    policy, zone = case.business.booking, case.business.zone
    at = datetime.fromtimestamp(minute * MINUTE, UTC)
    days_ahead = (at.astimezone(zone).date() - case.now.astimezone(zone).date()).days
    return at >= case.now + timedelta(minutes=policy.notice_minutes) and (
        days_ahead <= policy.horizon_days
    )


def _unoccupied(minute: int, case: Case) -> bool:
    service = case.service
    taken = {
        at * MINUTE
        for at in range(
            minute - service.buffer_before, minute + service.minutes + service.buffer_after
        )
    }

    def free(busy: Iterable[tuple[int, int]]) -> bool:
        return not any(start <= at < end for start, end in busy for at in taken)

    chairs = case.busy.resources["chair"]
    return free(case.busy.providers["ana"]) and (
        not service.needs or any(free(chair) for chair in chairs)
    )
