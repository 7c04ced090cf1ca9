"""Why no visit can begin where one was wished for, as the business's rules and hours have it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, time, timedelta

from scheduling.availability import (
    NOTHING_BUSY,
    WEEK_SECONDS,
    bookable,
    fits_hours,
    open_starts,
    windows_around,
)
from scheduling.business import Business, LocalSpan, Provider, Service
from scheduling.holidays import closes_on, holiday_on
from scheduling.interval import Interval, intersect, merge, overlap
from scheduling.local_time import DAY_SECONDS, instant, local_day, seconds_of
from scheduling.values import Absence, EmptyReason, WhyNone, Window
from scheduling.windows import days

BEYOND_SECONDS = 31 * DAY_SECONDS
"""How far past the horizon hours are looked for, to say that they are too far."""
MOST_ABSENT = timedelta(days=31)
"""Of longer windows no single absence is told."""


def why_none(
    business: Business,
    service: Service,
    *,
    provider_ids: Sequence[str],
    window: Window,
    now: datetime,
) -> WhyNone:
    """The rule that took the last start that the hours allow, with the dated absence behind it."""
    reason = why_empty(business, service, provider_ids=provider_ids, window=window, now=now)
    if reason == "closed":
        return WhyNone(reason, window, _absence(business, None, window))
    if reason == "away" and len(provider_ids) == 1:
        return WhyNone(reason, window, _absence(business, provider_ids[0], window))
    return WhyNone(reason, window)


def why_empty(
    business: Business,
    service: Service,
    *,
    provider_ids: Sequence[str],
    window: Window,
    now: datetime,
) -> EmptyReason:
    """Why `open_slots` gave nothing: the rule that took the last start that the hours allow."""
    allowed, present = bookable(business, now), seconds_of(now)
    starts, ends = seconds_of(allowed.start), seconds_of(allowed.end)
    if seconds_of(window.end) <= present:
        return "past"
    if seconds_of(window.start) >= ends:
        return "too_far"
    first = max(seconds_of(window.start), present - WEEK_SECONDS)
    last = min(seconds_of(window.end), ends + BEYOND_SECONDS)
    limits: list[tuple[EmptyReason, Interval]] = [
        ("closed", Interval(first, last)),
        ("past", Interval(max(first, present), last)),
        ("too_soon", Interval(max(first, starts), last)),
        ("too_far", Interval(max(first, starts), min(last, ends))),
    ]
    for reason, span in limits:
        free = open_starts(
            business, service, provider_ids=provider_ids, busy=NOTHING_BUSY, span=span
        )
        if next(free, None) is None:
            return _nobody(business, service, provider_ids, span) if reason == "closed" else reason
    return "full"


def _nobody(
    business: Business, service: Service, provider_ids: Sequence[str], span: Interval
) -> EmptyReason:
    """Why the hours allow no start there."""
    people = [business.performer(service.id, provider_id) for provider_id in provider_ids]
    if any(_is_there(business, who, span) for who in people):
        visit = Interval(span.start, span.start + service.minutes * 60)
        fits = any(fits_hours(business, who, visit) for who in people)
        return "off_step" if fits else "too_short"
    if any(_is_there(business, who, span) for who in business.providers):
        return "away"
    return "closed"


def _is_there(business: Business, provider: Provider, span: Interval) -> bool:
    return bool(intersect(merge(windows_around(business, provider, span)), [span]))


def _absence(business: Business, provider_id: str | None, window: Window) -> Absence | None:
    """The one absence that covers every day of the window on which there are weekly hours."""
    if window.end - window.start > MOST_ABSENT:
        return None
    first = local_day(seconds_of(window.start), business.zone)
    last = local_day(seconds_of(window.end) - 1, business.zone)
    span = Interval(seconds_of(window.start), seconds_of(window.end))
    found = {
        _absence_on(business, provider_id, day, span)
        for day in days(first, last)
        if _works_on(business, provider_id, day)
    }
    return found.pop() if len(found) == 1 else None


def _works_on(business: Business, provider_id: str | None, day: date) -> bool:
    people = [who for who in business.providers if provider_id in (None, who.id)]
    return any(who.hours.get(day.weekday()) for who in people)


def _absence_on(
    business: Business, provider_id: str | None, day: date, span: Interval
) -> Absence | None:
    who = (None, provider_id) if provider_id else (None,)
    for closure in business.closures:
        if closure.first <= day <= closure.last and closure.provider in who:
            off = Absence(closure.first, closure.last, closure.provider, reason=closure.reason)
            if not closure.hours:
                return off
            for hours in closure.hours:
                if overlap(_of_day(business, day, hours), span):
                    clocks = (_clock(hours.start), _clock(hours.end))
                    return Absence(off.first, off.last, off.provider_id, clocks, off.reason)
    for opening in business.openings:
        if opening.first <= day <= opening.last and opening.provider in who:
            if opening.hours:
                return None
            return Absence(opening.first, opening.last, opening.provider, reason=opening.reason)
    if closes_on(day, business.country, business.subdivision, business.booking.holidays):
        name = holiday_on(day, business.country, business.subdivision) or ""
        return Absence(day, day, reason=name)
    return None


def _of_day(business: Business, day: date, hours: LocalSpan) -> Interval:
    zone = business.zone
    return Interval(instant(day, hours.start, zone), instant(day, hours.end, zone, closing=True))


def _clock(minute: int) -> time:
    return time(minute // 60 % 24, minute % 60)
