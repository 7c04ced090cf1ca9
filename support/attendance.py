"""When somebody is there: on a date, now, and again after a leave."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime, time, timedelta

from scheduling.business import Business, LocalSpan, Provider
from scheduling.interval import Interval, merge
from scheduling.local_time import seconds_of, utc
from scheduling.windows import days, windows_for
from support.answers import Away, DayHours, Days, OpenNow, There, WeekHours

LOOK_AHEAD_DAYS = 14
MOST_DAYS = 3
"""Days that are told of one by one."""


def hours_on(business: Business, day: date, *, provider: Provider | None = None) -> DayHours:
    """When somebody is there on that date, after closures, holidays and dated openings."""
    people = (provider,) if provider else business.providers
    spans = merge(window for who in people for window in windows_for(business, who.id, day, day))
    closures = () if spans else business.closures
    closure = next(
        (
            each
            for each in closures
            if each.first <= day <= each.last
            and each.provider in (None, provider.id if provider else None)
        ),
        None,
    )
    return DayHours(
        day,
        tuple((utc(span.start), utc(span.end)) for span in spans),
        closure.reason if closure else "",
        provider.name if provider else None,
        (closure.first, closure.last) if closure else None,
    )


def days_told(
    business: Business, days: Sequence[date], *, provider: Provider | None = None
) -> Days | None:
    """Each of these dates, of a closure only the first one; of many only those in closures, or
    None where there are none."""
    told = [hours_on(business, day, provider=provider) for day in days]
    each = tuple({one.closed or one.day: one for one in reversed(told)}.values())[::-1]
    if others := len(each) > MOST_DAYS:
        each = tuple(one for one in each if one.closed)[:MOST_DAYS]
    return Days(each, others) if each else None


def there(
    business: Business,
    people: Sequence[Provider | None],
    day: date | None,
    within: LocalSpan | None,
) -> There | None:
    """Who of them, or of all, is there on that date, or on which weekdays, in that part of the day;
    None: on no weekday."""
    if day is not None:
        of = tuple(hours_on(business, day, provider=who) for who in people)
        return There(of, tuple(each for each in of if _touches(business, each, within)))
    weeks = [(who.name, weekdays(who.hours, within)) for who in people if who is not None]
    told = tuple(WeekHours(hours, name) for name, hours in weeks if hours)
    return There(weeks=told) if told else None


def _touches(business: Business, told: DayHours, within: LocalSpan | None) -> bool:
    """Whether somebody is there within these minutes of the day, if there are any."""
    midnight = datetime.combine(told.day, time(), business.zone)
    minutes = [[(at - midnight).total_seconds() / 60 for at in span] for span in told.spans]
    return any(within is None or a < within.end and within.start < b for a, b in minutes)


def weekdays(
    hours: Mapping[int, tuple[LocalSpan, ...]], within: LocalSpan | None = None
) -> tuple[tuple[int, tuple[LocalSpan, ...]], ...]:
    """The weekdays on which there are hours, or some within these minutes of the day; from Monday
    on, with all of their hours."""
    return tuple(
        (weekday, spans)
        for weekday, spans in sorted(hours.items())
        if any(within is None or e.start < within.end and within.start < e.end for e in spans)
    )


def closed_days(business: Business, today: date) -> tuple[date, ...]:
    """The first days of the closures to come."""
    coming = (each for each in business.closures if each.last >= today and not each.hours)
    return tuple(sorted(each.first for each in coming if each.provider is None))


def open_now(business: Business, now: datetime) -> OpenNow:
    """Whether a person is there at that instant."""
    at = seconds_of(now)
    for span in _attended(business, now):
        if span.start <= at < span.end:
            return OpenNow(True, until=utc(span.end))
        if span.start > at:
            return OpenNow(False, opens=utc(span.start))
    return OpenNow(False)


def _attended(business: Business, now: datetime) -> Iterable[Interval]:
    today = now.astimezone(business.zone).date()
    for first in days(today - timedelta(days=1), today + timedelta(days=LOOK_AHEAD_DAYS)):
        yield from merge(
            window
            for who in business.providers
            for window in windows_for(business, who.id, first, first)
        )


def away(business: Business, provider: Provider, today: date) -> Away:
    """The leave that somebody is on, or goes on next."""
    leaves = sorted(
        (each.first, each.last)
        for each in business.closures
        if each.provider == provider.id and not each.hours and each.last >= today
    )
    if not leaves:
        return Away(provider.name, None, None, None)
    first, last = leaves[0]
    after = last + timedelta(days=1)
    there = (
        day
        for day in days(after, after + timedelta(days=LOOK_AHEAD_DAYS))
        if list(windows_for(business, provider.id, day, day))
    )
    return Away(provider.name, first, last, next(there, None))
