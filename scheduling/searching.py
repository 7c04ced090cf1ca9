"""Reading what is free: slots in the windows wished for, why there are none, and the next one."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import datetime, timedelta

from scheduling.availability import bookable, open_slots, why_empty
from scheduling.interval import Interval
from scheduling.local_time import day_start, local_day, seconds_of, utc
from scheduling.occupying import NO_BOOKING, busy_of, read_busy
from scheduling.transaction import Transaction
from scheduling.values import EmptyReason, Slot, Window, Wish

PART = timedelta(days=7)
"""Busy time is read so far at once: as a rule the first part holds enough."""
BEFORE_NEAR = timedelta(days=7)
MOST_HOPEFUL: tuple[EmptyReason, ...] = ("full", "too_soon", "too_far", "closed", "past")


def free_slots(
    tx: Transaction, wish: Wish, windows: Sequence[Window], *, moving: int = NO_BOOKING
) -> Iterator[Slot]:
    """Slots that start in the windows, by start; busy time is read as they are asked for."""
    service = tx.business.service(wish.service_id)
    provider_ids = tx.roster.candidates(wish.service_id, wish.provider_id)
    rows = tx.roster.rows_for(service, provider_ids)
    for window in _parts(windows):
        span = Interval(
            seconds_of(window.start) - service.buffer_before * 60,
            seconds_of(window.end) + (service.minutes + service.buffer_after) * 60,
        )
        busy = busy_of(tx, service, provider_ids, read_busy(tx, rows, span, moving=moving))
        yield from open_slots(
            tx.business, service, provider_ids=provider_ids, busy=busy, window=window, now=tx.now
        )


def exact_slot(tx: Transaction, wish: Wish, *, moving: int = NO_BOOKING) -> Slot | None:
    """The slot at the very time asked for, when it is free and inside the windows."""
    if wish.near is None:
        return None
    at = wish.near
    if wish.windows and not any(window.start <= at < window.end for window in wish.windows):
        return None
    allowed = bookable(tx.business, tx.now)
    if not allowed.start <= at < allowed.end:
        return None  # no hours are looked for there: the calendar may end before they do
    exact = Window(at, at + timedelta(seconds=1))
    return next(free_slots(tx, wish, [exact], moving=moving), None)


def within_reach(tx: Transaction, wish: Wish) -> Wish:
    """The same wish, its time no further away than what can be booked: years can be mistyped."""
    if wish.near is None:
        return wish
    allowed = bookable(tx.business, tx.now)
    return replace(wish, near=min(max(wish.near, allowed.start), allowed.end))


def windows_of(tx: Transaction, wish: Wish) -> list[Window]:
    """Where starts are wanted, apart and in order, cut to what can be booked at all."""
    allowed = bookable(tx.business, tx.now)
    if wish.windows:
        wanted = _apart(wish.windows)
    elif wish.near is not None:
        # Of a time beyond the horizon the last days before it are nearest.
        since = min(wish.near, allowed.end) - BEFORE_NEAR
        wanted = [Window(since, allowed.end)]
    else:
        wanted = [allowed]
    cut = [
        Window(max(window.start, allowed.start), min(window.end, allowed.end)) for window in wanted
    ]
    return [window for window in cut if window.start < window.end]


def reason_for_none(tx: Transaction, wish: Wish) -> EmptyReason:
    """Why there is no slot; the most hopeful reason of the windows wished for."""
    service = tx.business.service(wish.service_id)
    provider_ids = tx.roster.candidates(wish.service_id, wish.provider_id)
    reasons = {
        why_empty(tx.business, service, provider_ids=provider_ids, window=window, now=tx.now)
        for window in _apart(wish.windows) or [bookable(tx.business, tx.now)]
    }
    return min(reasons, key=MOST_HOPEFUL.index)


def next_free(tx: Transaction, wish: Wish, *, moving: int = NO_BOOKING) -> Slot | None:
    """The soonest slot from the first window on; where there is none, from now on."""
    allowed = bookable(tx.business, tx.now)
    asked = min((window.start for window in wish.windows), default=allowed.start)
    for since in dict.fromkeys((max(asked, allowed.start), allowed.start)):
        if since < allowed.end:
            slots = free_slots(tx, wish, [Window(since, allowed.end)], moving=moving)
            soonest = next(slots, None)
            if soonest is not None:
                return soonest
    return None


def after_that_day(tx: Transaction, wish: Wish) -> Wish:
    """The same wish, on the days after the one it was for."""
    allowed, zone = bookable(tx.business, tx.now), tx.business.zone
    day = local_day(seconds_of(wish.near or allowed.start), zone)
    since = max(utc(day_start(day + timedelta(days=1), zone)), allowed.start)
    return replace(wish, near=None, windows=(Window(since, max(since, allowed.end)),))


def _parts(windows: Sequence[Window]) -> Iterator[Window]:
    for window in windows:
        start: datetime = window.start
        while start < window.end:
            end = min(start + PART, window.end)
            yield Window(start, end)
            start = end


def _apart(windows: Sequence[Window]) -> list[Window]:
    """In order, those that overlap or touch as one."""
    apart: list[Window] = []
    for window in sorted(windows, key=lambda each: each.start):
        if apart and window.start <= apart[-1].end:
            apart[-1] = Window(apart[-1].start, max(apart[-1].end, window.end))
        else:
            apart.append(window)
    return apart
