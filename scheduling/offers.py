"""Which of the free slots are read to a caller."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from scheduling.business import Business, Service
from scheduling.values import Slot, Wish

NOON = 12
EVENING = 17
NEAR_DAYS = 14


def choose_offers(
    slots: Iterable[Slot], wish: Wish, *, business: Business, count: int = 3
) -> list[Slot]:
    """At most `count` of the slots, soonest first; slots must come by start.

    The exact time that was asked for alone, when it is free; else the nearest on both sides; else
    the soonest and then other parts of the day or other days. All of them can be held at once.
    """
    service = business.service(wish.service_id)
    if wish.near is None:
        chosen = _spread(slots, service, business.zone, count)
    else:
        chosen = _nearest(slots, wish.near, service, business.zone, count)
    return sorted(chosen, key=lambda slot: slot.start)


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
    day = near.astimezone(zone).date()
    before: list[Slot] = []
    after: list[Slot] = []
    for slot in slots:
        if slot.start == near:
            return [slot]
        if slot.start < near:
            before.append(slot)
        elif slot.start - near > timedelta(days=NEAR_DAYS) and len(after) >= count:
            break
        else:
            after.append(slot)

    def distance(slot: Slot) -> tuple[bool, timedelta]:
        return slot.start.astimezone(zone).date() != day, abs(slot.start - near)

    sides = [min(side, key=distance) for side in (before, after) if side]
    if any(not distance(slot)[0] for slot in sides):
        sides = [slot for slot in sides if not distance(slot)[0]]
    return _fill(
        _fill([], sorted(sides, key=distance), service, count),
        sorted((*before, *after), key=distance),
        service,
        count,
    )


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
