"""Reading what is free: slots in the windows wished for, and the next one."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import Row

from scheduling.availability import bookable, open_slots
from scheduling.interval import Interval
from scheduling.local_time import day_start, local_day, seconds_of, utc
from scheduling.occupying import NO_BOOKING, Counts, busy_of, read_busy
from scheduling.transaction import Transaction
from scheduling.values import Slot, Window, Wish

Mover = Row[Any] | None
"""The booking that would be moved."""
PART = timedelta(days=7)
"""Busy time is read so far at once: as a rule the first part holds enough."""
BEFORE_NEAR = timedelta(days=7)


def free_slots(
    tx: Transaction,
    wish: Wish,
    windows: Iterable[Window],
    mover: Mover = None,
    *,
    counts: Counts | None = None,
) -> Iterator[Slot]:
    """Slots that start in the windows, by start; busy time is read as they are asked for.

    Of several at one time whoever has the booking that would be moved comes first; where that
    booking is now is none of them.
    """
    service = tx.business.service(wish.service_id)
    provider_ids = candidates(tx, wish, mover)
    rows = tx.roster.rows_for(service, provider_ids)
    moving = NO_BOOKING if mover is None else mover.id
    for window in parts_of(windows):
        span = Interval(
            seconds_of(window.start) - service.buffer_before * 60,
            seconds_of(window.end) + (service.minutes + service.buffer_after) * 60,
        )
        taken = read_busy(tx, rows, span, moving=moving, counts=counts)
        busy = busy_of(tx, service, provider_ids, taken)
        for slot in open_slots(
            tx.business, service, provider_ids=provider_ids, busy=busy, window=window, now=tx.now
        ):
            if not _has_already(mover, slot):
                yield slot


def candidates(tx: Transaction, wish: Wish, mover: Mover = None) -> list[str]:
    """The ids of those who could do it, whoever has the booking now in front."""
    found = tx.roster.candidates(wish.service_id, wish.provider_id)
    now = None if mover is None else mover.provider_id
    return sorted(found, key=lambda provider_id: provider_id != now)


def is_within(at: datetime, windows: Sequence[Window]) -> bool:
    """Whether it lies in one of them; anywhere when there are none."""
    return not windows or any(window.start <= at < window.end for window in windows)


def exact_window(at: datetime) -> Window:
    """The start at that instant and no other."""
    return Window(at, at + timedelta(seconds=1))


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
        wanted = apart(wish.windows)
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


def whole_days(tx: Transaction, windows: Sequence[Window]) -> list[Window]:
    """All of the local days that the windows touch."""
    zone = tx.business.zone
    return apart(
        [
            Window(
                utc(day_start(local_day(seconds_of(window.start), zone), zone)),
                utc(day_start(_day_after(local_day(seconds_of(window.end) - 1, zone)), zone)),
            )
            for window in windows
        ]
    )


def next_free(tx: Transaction, wish: Wish, mover: Mover = None) -> Slot | None:
    """The soonest slot from the first window on; where there is none, from now on. A booking that
    would be moved is in nobody's way."""
    each = (next(free_slots(tx, wish, [window], mover), None) for window in onwards(tx, wish))
    return next((slot for slot in each if slot is not None), None)


def onwards(tx: Transaction, wish: Wish) -> list[Window]:
    """From the first window on, and then from now on."""
    allowed = bookable(tx.business, tx.now)
    asked = min((window.start for window in wish.windows), default=allowed.start)
    since = dict.fromkeys((max(asked, allowed.start), allowed.start))
    return [Window(start, allowed.end) for start in since if start < allowed.end]


def after_that_day(tx: Transaction, wish: Wish) -> Wish:
    """The same wish, on the days after the one it was for."""
    allowed, zone = bookable(tx.business, tx.now), tx.business.zone
    day = local_day(seconds_of(wish.near or allowed.start), zone)
    since = max(utc(day_start(_day_after(day), zone)), allowed.start)
    return replace(wish, near=None, windows=(Window(since, max(since, allowed.end)),))


def parts_of(windows: Iterable[Window]) -> Iterator[Window]:
    """The windows in pieces that are read at once."""
    for window in windows:
        start: datetime = window.start
        while start < window.end:
            end = min(start + PART, window.end)
            yield Window(start, end)
            start = end


def apart(windows: Sequence[Window]) -> list[Window]:
    """In order, those that overlap or touch as one."""
    joined: list[Window] = []
    for window in sorted(windows, key=lambda each: each.start):
        if joined and window.start <= joined[-1].end:
            joined[-1] = Window(joined[-1].start, max(joined[-1].end, window.end))
        else:
            joined.append(window)
    return joined


def _day_after(day: date) -> date:
    return day + timedelta(days=1)


def _has_already(mover: Mover, slot: Slot) -> bool:
    """Whether the booking that would be moved is there now."""
    return mover is not None and (mover.provider_id, mover.start_at) == (
        slot.provider_id,
        seconds_of(slot.start),
    )
