"""Availability windows minus busy time gives slots; the same rules judge a start at commit."""

from __future__ import annotations

import heapq
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from scheduling.business import Business, Provider, Service
from scheduling.errors import Closed, OffStep, Past, TooFar, TooSoon
from scheduling.interval import Interval, contains, intersect, merge, subtract, widen
from scheduling.local_time import DAY_SECONDS, day_start, local_day, seconds_of, utc
from scheduling.values import Slot, Window
from scheduling.windows import days, windows_on

WEEK_SECONDS = 7 * DAY_SECONDS
ENTRY_DAYS = 2 * 366
"""Staff who enter something later than that have mistyped the year."""


@dataclass(frozen=True, slots=True)
class Busy:
    """What is occupied, buffers included, in any order."""

    providers: Mapping[str, Sequence[tuple[int, int]]] = field(default_factory=dict)
    """By provider id."""
    resources: Mapping[str, Sequence[Sequence[tuple[int, int]]]] = field(default_factory=dict)
    """By resource id, one list for each unit; a unit without a list is free."""


NOTHING_BUSY = Busy()


def open_slots(
    business: Business,
    service: Service,
    *,
    provider_ids: Sequence[str],
    busy: Busy,
    window: Window,
    now: datetime,
) -> Iterator[Slot]:
    """Slots that start in the window and can be booked now, by start, then in the order of ids."""
    allowed = _starts_allowed(business, now)
    span = Interval(
        max(seconds_of(window.start), allowed.start), min(seconds_of(window.end), allowed.end)
    )
    for start, provider_id in open_starts(
        business, service, provider_ids=provider_ids, busy=busy, span=span
    ):
        end = start + service.minutes * 60
        yield Slot(service.id, provider_id, utc(start), utc(end))


def open_starts(
    business: Business,
    service: Service,
    *,
    provider_ids: Sequence[str],
    busy: Busy,
    span: Interval,
) -> Iterator[tuple[int, str]]:
    """The same in seconds, whatever the time is now: start and provider id."""
    rooms = [_starts_without_unit(business, service, key, busy) for key in service.needs]
    by_provider = []
    for order, provider_id in enumerate(provider_ids):
        provider = business.performer(service.id, provider_id)
        taken = _starts_blocked(service, busy.providers.get(provider_id, ()))
        blocked = merge(interval for spans in (taken, *rooms) for interval in spans)
        by_provider.append(_free_starts(business, provider, service, blocked, span, order))
    for start, order in heapq.merge(*by_provider):
        yield start, provider_ids[order]


def check_start(
    business: Business,
    service: Service,
    *,
    provider_id: str,
    start: datetime,
    now: datetime,
    promised_at: datetime | None = None,
) -> None:
    """Refuses a start that `open_slots` would not list were nothing busy: Past, TooSoon, TooFar,
    Closed, or OffStep when the visit fits the hours but begins between two steps.

    What was promised while its notice was kept is not too soon for being thought over.
    """
    provider = business.performer(service.id, provider_id)
    begins, allowed = seconds_of(start), _starts_allowed(business, now)
    if begins < seconds_of(now):
        raise Past(f"{start.isoformat()} is over")
    if begins < _starts_allowed(business, promised_at or now).start:
        raise TooSoon(f"less than {business.booking.notice_minutes} minutes ahead")
    if begins >= allowed.end:
        raise TooFar(f"more than {business.booking.horizon_days} days ahead")
    visit = Interval(begins, begins + service.minutes * 60)
    if not fits_hours(business, provider, visit):
        raise Closed(f"{provider.name} has no hours for all of {start.isoformat()}")
    on_step = _free_starts(business, provider, service, [], Interval(begins, begins + 1), 0)
    if start.microsecond or next(on_step, None) is None:
        raise OffStep(f"starts are {business.booking.step_minutes} minutes apart")


def check_entry(
    business: Business, service: Service, *, provider_id: str, start: datetime, now: datetime
) -> None:
    """What staff's entries keep of that: hours, and not before today.

    Notice, horizon and steps are for callers; a paper diary is entered as it is.
    """
    provider = business.performer(service.id, provider_id)
    begins, present = seconds_of(start), seconds_of(now)
    if begins < day_start(local_day(present, business.zone), business.zone):
        raise Past(f"{start.isoformat()} is over")
    if begins > present + ENTRY_DAYS * DAY_SECONDS:
        raise TooFar(f"more than {ENTRY_DAYS} days ahead")
    if not fits_hours(business, provider, Interval(begins, begins + service.minutes * 60)):
        local = f"{start.astimezone(business.zone):%a %Y-%m-%d %H:%M}"
        raise Closed(f"{provider.name} has no hours for {service.minutes} minutes from {local}")


def fits_hours(business: Business, provider: Provider, visit: Interval) -> bool:
    """Whether the visit lies inside one window; its buffers may lie outside."""
    return contains(merge(windows_around(business, provider, visit)), visit)


def bookable(business: Business, now: datetime) -> Window:
    """Where starts may lie: from exactly the notice ahead to the end of the horizon's last day."""
    allowed = _starts_allowed(business, now)
    return Window(utc(allowed.start), utc(max(allowed.start, allowed.end)))


def occupied(service: Service, start: int) -> Interval:
    """What a visit that starts then occupies, buffers included."""
    return Interval(
        start - service.buffer_before * 60, start + (service.minutes + service.buffer_after) * 60
    )


def _starts_allowed(business: Business, now: datetime) -> Interval:
    today = local_day(seconds_of(now), business.zone)
    beyond = today + timedelta(days=business.booking.horizon_days + 1)
    notice = business.booking.notice_minutes * 60
    return Interval(seconds_of(now) + notice, day_start(beyond, business.zone))


def _starts_blocked(service: Service, taken: Sequence[tuple[int, int]]) -> list[Interval]:
    """Starts whose visit, buffers included, would overlap something taken."""
    reach = occupied(service, 0)
    return widen(taken, before=reach.end - 1, after=-reach.start)


def _starts_without_unit(
    business: Business, service: Service, resource_id: str, busy: Busy
) -> list[Interval]:
    """Starts for which no single unit is free throughout."""
    units = busy.resources.get(resource_id, ())
    if len(units) < business.resource(resource_id).count:
        return []
    blocked = _starts_blocked(service, units[0])
    for unit in units[1:]:
        blocked = intersect(blocked, _starts_blocked(service, unit))
    return blocked


def _free_starts(
    business: Business,
    provider: Provider,
    service: Service,
    blocked: Sequence[Interval],
    span: Interval,
    order: int,
) -> Iterator[tuple[int, int]]:
    """Steps from the opening of each window, as far as the visit fits and nothing blocks.

    A window that runs on into the next date's lends it minutes for a visit, but the steps begin
    anew at that date's own opening: so a shop that never closes has the same starts from
    whichever day one looks.
    """
    step = business.booking.step_minutes * 60
    for week in range(span.start, span.end, WEEK_SECONDS):
        part = Interval(week, min(week + WEEK_SECONDS, span.end))
        windows = windows_around(business, provider, part)
        fitting = [Interval(start, end - service.minutes * 60 + 1) for start, end in merge(windows)]
        free = list(subtract(intersect(merge(fitting), [part]), blocked))
        for opening, starts in _by_opening(windows, free):
            first = opening + -(-(starts.start - opening) // step) * step
            for start in range(first, starts.end, step):
                yield start, order


def _by_opening(
    windows: Sequence[Interval], free: Sequence[Interval]
) -> Iterator[tuple[int, Interval]]:
    """Free starts with the opening of the window that they lie in, by start."""
    covered = 0
    for window in windows:
        own = Interval(max(window.start, covered), window.end)
        for starts in intersect(free, [own]) if own.start < own.end else ():
            yield window.start, starts
        covered = max(covered, window.end)


def windows_around(business: Business, provider: Provider, span: Interval) -> list[Interval]:
    """Windows of each date that can hold a visit starting in the span, by start; those of two
    dates may touch or overlap."""
    first = local_day(span.start, business.zone) - timedelta(days=1)
    last = local_day(span.end, business.zone) + timedelta(days=2)
    return [window for day in days(first, last) for window in windows_on(business, provider, day)]
