"""What a wish comes to: the slots to offer, or why there are none and what is nearest."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta

from scheduling.availability import bookable
from scheduling.customers import days_with_enough, people_asking, people_moving
from scheduling.local_time import local_day, seconds_of
from scheduling.occupying import Counts, no_hold
from scheduling.offers import choose_around, choose_offers
from scheduling.pairing import Pairs
from scheduling.reasons import why_none
from scheduling.searching import (
    BEFORE_NEAR,
    Mover,
    apart,
    candidates,
    exact_window,
    free_slots,
    is_within,
    onwards,
    parts_of,
    whole_days,
    windows_of,
    within_reach,
)
from scheduling.transaction import Transaction
from scheduling.values import EmptyReason, Slot, WhyNone, Window, Wish

MOST_HOPEFUL: tuple[EmptyReason, ...] = (
    "full", "limit_reached", "off_step", "too_soon", "too_short", "away", "too_far", "closed",
    "past",
)  # fmt: skip
SAME_DAYS = timedelta(days=7)
"""Of wishes that speak of more, other times on the same days are not looked for by themselves."""
BEYOND = timedelta(days=31)
"""So far outside of what can be booked windows still say where the wish lies."""


@dataclass(frozen=True, slots=True)
class Granted:
    """The slots to offer, soonest first, and how they answer the wish."""

    slots: tuple[Slot, ...]
    why: WhyNone | None = None
    """Why there are none, or others than what was asked for."""
    nearest: Slot | None = None
    """When there are none: what could be had instead."""
    being_held: bool = False
    """Whether what was asked for, and is not free, is only held for others who decide."""
    seconds: tuple[Slot, ...] = ()
    """Of a wish for a pair: the second visit of each slot, in their order."""


def grant(tx: Transaction, wish: Wish, mover: Mover = None) -> Granted:
    """What is free of what was wished for; what is nearest to it, where that is asked for too."""
    search = _Search(tx, within_reach(tx, wish), mover, _days_with_enough(tx, mover))
    granted = _granted(search, tx, wish)
    if search.pairs is None:
        return granted
    seconds = (search.pairs.second(slot) for slot in granted.slots)
    return replace(granted, seconds=tuple(slot for slot in seconds if slot is not None))


def _granted(search: _Search, tx: Transaction, wish: Wish) -> Granted:
    exact = _exact_time(wish)
    if slot := next(search.free(search.bookable_part(exact)), None):
        return Granted((slot,))
    if slots := search.in_windows():
        why, being_held = search.why(exact) if exact else (None, False)
        return Granted(tuple(slots), why, being_held=being_held)
    wanted = apart(wish.windows) or exact or [bookable(tx.business, tx.now)]
    why, being_held = search.why(wanted)
    if wish.order == "nearest" and (slots := search.outside()):
        return Granted(tuple(slots), why, being_held=being_held)
    return Granted((), why, search.nearest(), being_held)


def _days_with_enough(tx: Transaction, mover: Mover) -> frozenset[date]:
    """The days on which the asker may have no other booking, or not the one that would move."""
    if mover is None:
        return days_with_enough(tx, people_asking(tx))
    return days_with_enough(tx, people_moving(tx, mover), moving=mover.id)


def _exact_time(wish: Wish) -> list[Window]:
    """The one start that was asked for; none where it has been ruled out since."""
    if wish.near is None or wish.order in ("soonest", "latest"):
        return []
    return [exact_window(wish.near)] if is_within(wish.near, wish.windows) else []


@dataclass(frozen=True, slots=True)
class _Search:
    """One wish in one transaction, and the booking that it would move."""

    tx: Transaction
    wish: Wish
    mover: Mover
    enough: frozenset[date]
    """The local days on which the customer may have no other."""
    counts: Counts | None = None
    """Which holds stand in the way, where it is not all that stay before the asker."""
    pairs: Pairs | None = field(init=False)

    def __post_init__(self) -> None:
        paired = self.wish.paired
        pairs = None if paired is None else Pairs(self.tx, paired, self.counts)
        object.__setattr__(self, "pairs", pairs)

    def in_windows(self) -> list[Slot]:
        """Of the windows themselves. Whoever has the booking that would be moved is asked first;
        that they are busy is no reason to offer nothing."""
        tx, wish, mover = self.tx, self.wish, self.mover
        windows = windows_of(tx, wish)
        if wish.order == "latest":
            return self._last(windows)
        found: list[Slot] = []
        if mover is not None and wish.provider_id is None and not (wish.near or wish.order):
            theirs = (slot for slot in self.free(windows) if slot.provider_id == mover.provider_id)
            found = choose_offers(theirs, wish, business=tx.business)
        return found or choose_offers(self.free(windows), wish, business=tx.business)

    def outside(self) -> list[Slot]:
        """The nearest to the windows, on either side."""
        business, windows = self.tx.business, self._within_sight()
        if self.wish.near is not None or not windows:
            anywhere = windows_of(self.tx, replace(self.wish, windows=()))
            return choose_offers(self.free(anywhere), self.wish, business=business)
        allowed = bookable(business, self.tx.now)
        since = min(max(windows[0].start - BEFORE_NEAR, allowed.start), allowed.end)
        around = replace(self.wish, windows=tuple(windows))
        return choose_around(self.free([Window(since, allowed.end)]), around, business=business)

    def nearest(self) -> Slot | None:
        """On the same days at other times, else the soonest from the first window on, else from
        now on."""
        windows = self._within_sight()
        days = whole_days(self.tx, windows)
        if days and days[-1].end - days[0].start <= SAME_DAYS:
            slots = self.free(windows_of(self.tx, replace(self.wish, windows=tuple(days))))
            around = replace(self.wish, windows=tuple(windows))
            for slot in choose_around(slots, around, business=self.tx.business, count=1):
                return slot
        each = (next(self.free([window]), None) for window in onwards(self.tx, self.wish))
        return next((slot for slot in each if slot is not None), None)

    def why(self, windows: Sequence[Window]) -> tuple[WhyNone, bool]:
        """The most hopeful reason with the window it holds for, and whether nothing but others'
        holds is in the way there: they may be let go any minute."""
        but_for_holds = replace(self, counts=no_hold)
        for window in windows:
            if next(but_for_holds.free(self.bookable_part([window])), None) is not None:
                return self._why(window), True
        reasons = [self._why(window) for window in windows]
        return min(reasons, key=lambda each: MOST_HOPEFUL.index(each.reason)), False

    def free(self, windows: Iterable[Window]) -> Iterator[Slot]:
        """Slots on days on which the customer may have another."""
        zone = self.tx.business.zone
        for slot in self._free_for_anybody(windows):
            if self.wish.ruled_out and is_within(slot.start, self.wish.ruled_out):
                continue
            if local_day(seconds_of(slot.start), zone) in self.enough:
                continue
            if self.pairs is None or self.pairs.second(slot) is not None:
                yield slot

    def bookable_part(self, windows: Sequence[Window]) -> list[Window]:
        """What of the windows lies between notice and horizon: beyond, the calendar may end."""
        return windows_of(self.tx, replace(self.wish, windows=tuple(windows))) if windows else []

    def _free_for_anybody(self, windows: Iterable[Window]) -> Iterator[Slot]:
        return free_slots(self.tx, self.wish, windows, self.mover, counts=self.counts)

    def _last(self, windows: Sequence[Window]) -> list[Slot]:
        """The latest start, with whoever comes first of those who are free then."""
        for part in reversed(list(parts_of(windows))):
            slots = list(self.free([part]))
            if slots:
                return [slot for slot in slots if slot.start == slots[-1].start][:1]
        return []

    def _why(self, window: Window) -> WhyNone:
        tx, wish = self.tx, self.wish
        service = tx.business.service(wish.service_id)
        found = why_none(
            tx.business,
            service,
            provider_ids=candidates(tx, wish, self.mover),
            window=window,
            now=tx.now,
        )
        if found.reason == "full" and self.enough:
            others = self._free_for_anybody(self.bookable_part([window]))
            if next(others, None) is not None:
                return replace(found, reason="limit_reached")
        return found

    def _within_sight(self) -> list[Window]:
        """The windows as far as they lie near what can be booked."""
        allowed = bookable(self.tx.business, self.tx.now)
        earliest, latest = allowed.start - BEYOND, allowed.end + BEYOND
        return [
            Window(max(window.start, earliest), min(window.end, latest))
            for window in apart(self.wish.windows)
            if window.start < latest and window.end > earliest
        ]
