"""When somebody is there: on a date, now, and again after a leave."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime, timedelta

from scheduling.business import Business, Provider
from scheduling.interval import Interval, merge
from scheduling.local_time import seconds_of, utc
from scheduling.windows import days, windows_for
from support.answers import Away, DayHours, OpenNow

LOOK_AHEAD_DAYS = 14


def hours_on(business: Business, day: date, *, provider: Provider | None = None) -> DayHours:
    """When somebody is there on that date, after closures, holidays and dated openings."""
    people = (provider,) if provider else business.providers
    spans = merge(window for who in people for window in windows_for(business, who.id, day, day))
    reasons = [
        closure.reason
        for closure in business.closures
        if closure.first <= day <= closure.last
        and closure.provider in (None, provider.id if provider else None)
    ]
    return DayHours(
        day,
        tuple((utc(span.start), utc(span.end)) for span in spans),
        reasons[0] if reasons and not spans else "",
        provider.name if provider else None,
    )


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
