"""Pairs of visits: which second one can be had with a slot, at once or straight after it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from scheduling.business import Service
from scheduling.interval import Interval
from scheduling.local_time import seconds_of
from scheduling.occupying import Counts, Visit, beside_each_other, read_busy, rows_of
from scheduling.searching import PART, free_slots
from scheduling.transaction import Transaction
from scheduling.values import Paired, Slot, Window, Wish

STRAIGHT_AFTER = timedelta(minutes=30)
"""So long somebody may have to wait between two visits that follow each other."""


@dataclass(slots=True)
class Pairs:
    """The second visits that are free, read a week at a time."""

    tx: Transaction
    paired: Paired
    counts: Counts | None = None
    _weeks: dict[datetime, list[Slot]] = field(default_factory=dict)

    def second(self, slot: Slot) -> Slot | None:
        """The soonest second visit that can be had beside the slot."""
        for other in self._may_be(slot):
            if other.provider_id not in self.paired.not_with and self._both(slot, other):
                return other
        return None

    def _may_be(self, slot: Slot) -> list[Slot]:
        week = [*self._of_week(slot.start), *self._of_week(slot.start + PART)]
        if not self.paired.after:
            others = [each for each in week if each.start == slot.start]
            return [each for each in others if each.provider_id != slot.provider_id]
        latest = slot.end + STRAIGHT_AFTER
        return [each for each in week if slot.end <= each.start <= latest]

    def _of_week(self, at: datetime) -> list[Slot]:
        since = at.replace(hour=0, minute=0) - timedelta(days=at.weekday())
        if since not in self._weeks:
            wish = Wish(self.paired.service_id, provider_id=self.paired.provider_id)
            window = Window(since, since + PART)
            self._weeks[since] = list(free_slots(self.tx, wish, [window], counts=self.counts))
        return self._weeks[since]

    def _both(self, slot: Slot, other: Slot) -> bool:
        """Whether one does not take what the other needs: the person, the only room."""
        visits = [self._visit(slot), self._visit(other)]
        if not _share(visits):
            return True
        hull = Interval(
            min(each.span.start for each in visits), max(each.span.end for each in visits)
        )
        busy = read_busy(self.tx, rows_of(self.tx, visits), hull, counts=self.counts)
        return beside_each_other(self.tx, visits, busy)

    def _visit(self, slot: Slot) -> Visit:
        service: Service = self.tx.business.service(slot.service_id)
        return Visit(service, slot.provider_id, seconds_of(slot.start))


def minutes_of_both(first: Service, second: Service, paired: Paired) -> int:
    """From the beginning of a pair to the end of it."""
    if paired.after:
        return first.minutes + second.minutes
    return max(first.minutes, second.minutes)


def _share(visits: Sequence[Visit]) -> bool:
    first, second = visits
    needs = set(first.service.needs) & set(second.service.needs)
    return first.provider_id == second.provider_id or bool(needs)
