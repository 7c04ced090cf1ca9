"""Which of the free slots are read to a caller."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from itertools import groupby
from zoneinfo import ZoneInfo

from scheduling.business import Business, Service
from scheduling.values import Slot, Window, Wish

NOON = 12
EVENING = 17
NEAR_DAYS = 14
AS_GOOD_AS_THERE = timedelta(hours=1)
"""So near a time it matters no more on which side of noon a slot lies."""


def choose_offers(
    slots: Iterable[Slot], wish: Wish, *, business: Business, count: int = 3
) -> list[Slot]:
    """At most `count` of the slots, soonest first; slots must come by start.

    The very soonest alone, when that was asked for. The exact time that was asked for alone, when
    it is free; else those nearest to it: the same day before others, the same part of the day
    before others, then by the clock. Else the soonest and then other parts of the day or other
    days. All of them can be held at once.
    """
    service = business.service(wish.service_id)
    if wish.order == "soonest":
        chosen = [slot for slot, _ in zip(slots, range(1), strict=False)]
    elif wish.near is None:
        chosen = _spread(slots, service, business.zone, count)
    else:
        chosen = _nearest(slots, wish.near, service, business.zone, count)
    return sorted(chosen, key=lambda slot: slot.start)


def choose_around(
    slots: Iterable[Slot], wish: Wish, *, business: Business, count: int = 3
) -> list[Slot]:
    """At most `count` of the slots outside the windows of a wish, soonest first: the same days
    before others, the same times of day before others, then the nearest."""
    service, around = business.service(wish.service_id), _Around.of(wish.windows, business.zone)
    ranked = sorted(_while_near(slots, around), key=around.distance)
    chosen: list[Slot] = []
    for _, alike in groupby(ranked, key=around.distance):
        together = sorted(alike, key=lambda slot: slot.start)
        fitting = [slot for slot in together if _fits_beside(slot, chosen, service)]
        chosen += _spread(fitting, service, business.zone, count - len(chosen))
        if len(chosen) == count:
            break
    return sorted(chosen, key=lambda slot: slot.start)


@dataclass(frozen=True, slots=True)
class _Around:
    """The days and the times of day that a wish's windows speak of."""

    days: tuple[tuple[date, date], ...]
    """First and last, both included; apart and in order."""
    clocks: tuple[tuple[time, time], ...]
    """From and to; the same twice: all day."""
    zone: ZoneInfo

    @classmethod
    def of(cls, windows: Sequence[Window], zone: ZoneInfo) -> _Around:
        """Of windows apart and in order."""
        days: list[tuple[date, date]] = []
        clocks: set[tuple[time, time]] = set()
        for window in windows:
            start, end = window.start.astimezone(zone), window.end.astimezone(zone)
            last = (end - timedelta(seconds=1)).date()
            if days and start.date() <= days[-1][1]:
                days[-1] = (days[-1][0], max(days[-1][1], last))
            else:
                days.append((start.date(), last))
            overnight = last > start.date() and start.time() == end.time() == time()
            whole = overnight or end - start >= timedelta(days=1)
            clocks.add((time(), time()) if whole else (start.time(), end.time()))
        return cls(tuple(days), tuple(sorted(clocks)), zone)

    def distance(self, slot: Slot) -> tuple[bool, bool, int, timedelta, bool]:
        """Other days after the same ones, other times of day after the same; between two days
        equally far away the later one, which nobody has to hurry for."""
        local = slot.start.astimezone(self.zone)
        days = min((_days_to(local.date(), *each) for each in self.days), key=abs)
        clock = min(_time_to(local.time(), *each) for each in self.clocks)
        return days != 0, clock > timedelta(), abs(days), clock, days < 0


def _days_to(day: date, first: date, last: date) -> int:
    """Negative before them."""
    return min(0, (day - first).days) or max(0, (day - last).days)


def _time_to(at: time, start: time, end: time) -> timedelta:
    """From a time of day to hours of the day; nothing inside them."""
    if start == end or (start <= at < end if start < end else at >= start or at < end):
        return timedelta()
    minute = at.hour * 60 + at.minute
    ends = (start.hour * 60 + start.minute, end.hour * 60 + end.minute)
    return timedelta(minutes=min(abs(minute - each) for each in ends))


def _while_near(slots: Iterable[Slot], around: _Around) -> Iterator[Slot]:
    """The slots up to some days behind the windows, and one day further on where there are none."""
    last_day = around.days[-1][1] + timedelta(days=NEAR_DAYS)
    for slot in slots:
        day = slot.start.astimezone(around.zone).date()
        if day > last_day:
            return
        yield slot


def _spread(slots: Iterable[Slot], service: Service, zone: ZoneInfo, count: int) -> list[Slot]:
    chosen: list[Slot] = []
    parts: set[tuple[date, int]] = set()
    rest: list[Slot] = []
    for slot in slots:
        part = _part_of_day(slot.start.astimezone(zone))
        if part not in parts and _fits_beside(slot, chosen, service):
            chosen.append(slot)
            parts.add(part)
        else:
            rest.append(slot)
        if len(chosen) == count:
            return chosen
    return _fill(chosen, _spaced(rest, count), service, count)


def _nearest(
    slots: Iterable[Slot], near: datetime, service: Service, zone: ZoneInfo, count: int
) -> list[Slot]:
    considered: list[Slot] = []
    after = 0
    for slot in slots:
        if slot.start == near:
            return [slot]
        if slot.start - near > timedelta(days=NEAR_DAYS) and after >= count:
            break
        considered.append(slot)
        after += slot.start > near
    wanted = near.astimezone(zone)

    def distance(slot: Slot) -> tuple[bool, bool, int, timedelta, bool]:
        """Days are counted before the clock: tomorrow at one is nearer to today at one than
        yesterday at half past one."""
        local = slot.start.astimezone(zone)
        days = (local.date() - wanted.date()).days
        clock = abs(slot.start - near) if days == 0 else abs(_on_one_day(local, wanted))
        same_part = _part_of_day(local)[1] == _part_of_day(wanted)[1]
        elsewhere = not same_part and clock > AS_GOOD_AS_THERE
        return days != 0, elsewhere, abs(days), clock, slot.start < near

    return _fill([], sorted(considered, key=distance), service, count)


def _on_one_day(this: datetime, that: datetime) -> timedelta:
    return datetime.combine(date.min, this.time()) - datetime.combine(date.min, that.time())


def _fill(chosen: Sequence[Slot], more: Iterable[Slot], service: Service, count: int) -> list[Slot]:
    """Other times first; the same time with somebody else only when there is nothing better."""
    filled, same_time = list(chosen), []
    for slot in more:
        if len(filled) == count:
            return filled
        if any(slot.start == other.start for other in filled):
            same_time.append(slot)
        elif _fits_beside(slot, filled, service):
            filled.append(slot)
    for slot in same_time:
        if len(filled) < count and _fits_beside(slot, filled, service):
            filled.append(slot)
    return filled


def _spaced(slots: Sequence[Slot], count: int) -> Sequence[Slot]:
    """The slots again, some evenly apart in front."""
    stride = max(1, len(slots) // count)
    return (*slots[stride - 1 :: stride], *slots)


def _fits_beside(slot: Slot, chosen: Iterable[Slot], service: Service) -> bool:
    """Whether it can be held beside the chosen ones: apart by both buffers on one provider, and
    for everybody when a resource is needed, of which one unit may be left."""
    gap = timedelta(minutes=service.buffer_before + service.buffer_after)
    return all(
        slot.start >= other.end + gap or other.start >= slot.end + gap
        for other in chosen
        if service.needs or other.provider_id == slot.provider_id
    )


def _part_of_day(local: datetime) -> tuple[date, int]:
    return local.date(), (local.hour >= NOON) + (local.hour >= EVENING)
