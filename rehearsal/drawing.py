"""Goals drawn by seed and number from what a business offers: the same again for the same seed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from random import Random

from rehearsal.goals import (
    TEMPERS,
    Earlier,
    Goal,
    Matter,
    MatterKind,
    Part,
    Person,
    Temper,
    Times,
    Visit,
)
from rehearsal.people import draw_name, draw_phone
from rehearsal.support_drawing import KNOWN_BY_NUMBER, SupportDrawing, is_support
from scheduling.availability import NOTHING_BUSY, open_slots
from scheduling.business import Business, Service
from scheduling.local_time import day_start, utc
from scheduling.values import Slot, Window

FIRST_DAY = date(2026, 11, 2)
DAYS_DRAWN = 300
DAYS_AHEAD = 12
FAR = 45
"""Days ahead that are looked at when the nearer ones have no slots."""
MOST_OTHERS = 60
KINDS: tuple[tuple[str, int], ...] = (
    ("book", 48), ("move", 15), ("cancel", 9), ("lookup", 8), ("two", 14), ("impossible", 6),
)  # fmt: skip
TWO: tuple[tuple[MatterKind, MatterKind], ...] = (
    ("cancel", "book"), ("lookup", "book"), ("book", "lookup"), ("move", "book"), ("book", "book"),
)  # fmt: skip
PARTS: tuple[tuple[Part, int], ...] = (
    ("any", 20), ("exact", 26), ("after", 12), ("before", 8), ("between", 8), ("around", 6),
    ("morning", 20),
)  # fmt: skip


def draw_goal(business: Business, number: int, seed: int) -> Goal:
    """The caller with that number; tempers take turns."""
    random = Random(f"{seed}:{number}")
    drawing = Drawing(business, random, draw_now(business, random))
    temper = TEMPERS[(number + number // len(TEMPERS)) % len(TEMPERS)]
    if is_support(business, number, seed):
        return drawing.of_support(number, temper)
    kind = random.choices([kind for kind, _ in KINDS], [weight for _, weight in KINDS])[0]
    person = drawing.person(kind)
    if kind == "impossible":
        goal = drawing.impossible(number, temper, person)
    else:
        kinds: Sequence[MatterKind] = random.choice(TWO) if kind == "two" else (kind,)  # type: ignore[assignment]
        matters = drawing.matters(kinds, person)
        goal = Goal(number, temper, person, drawing.now, matters, others=drawing.others(matters))
    return drawing.with_first_thought(goal) if temper == "changes his mind" else goal


def draw_now(business: Business, random: Random) -> datetime:
    """A minute of some working day."""
    day = FIRST_DAY + timedelta(days=random.randrange(DAYS_DRAWN))
    minute = random.randrange(8 * 60, 18 * 60)
    return datetime.combine(day, datetime.min.time(), business.zone) + timedelta(minutes=minute)


@dataclass
class Drawing:
    """One caller being made up."""

    business: Business
    random: Random
    now: datetime

    def person(self, kind: str) -> Person:
        """Who calls; a number that the line does not show is rarer than one it does."""
        taken = frozenset(
            word
            for name in (self.business.name, *(who.name for who in self.business.providers))
            for word in name.split()
        )
        return Person(
            draw_name(self.random, taken),
            draw_phone(self.business.country, self.random),
            shows_number=self.random.random() < (0.7 if kind in ("book", "impossible") else 0.8),
        )

    def matters(self, kinds: Sequence[MatterKind], person: Person) -> tuple[Matter, ...]:
        """One after the other, at most one of them about a booking that was made before."""
        drawn: list[Matter] = []
        for kind in kinds:
            used = {matter.visit.service_id for matter in drawn if matter.visit}
            used |= {matter.earlier.service_id for matter in drawn if matter.earlier}
            if kind == "book":
                drawn.append(Matter("book", visit=self.visit(self.service(used))))
            elif kind == "lookup" and drawn:
                drawn.append(Matter("lookup"))
            else:
                service = self.service(used)
                earlier = self.earlier(service, person)
                visit = None
                if kind == "move":
                    avoid = earlier.start.astimezone(self.business.zone).date()
                    visit = self.visit(service, earlier.provider_id, avoid)
                drawn.append(Matter(kind, visit, earlier))
        return tuple(drawn)

    def service(self, used: set[str]) -> Service:
        """One that can be had soon, and is not used already where there are others."""
        fitting = [each for each in self.business.services if self.days_with_slots(each, None)]
        fresh = [each for each in fitting if each.id not in used]
        return self.random.choice(fresh or fitting)

    def visit(
        self, service: Service, provider_id: str | None = None, avoid: date | None = None
    ) -> Visit:
        """A service at times around a slot that the business has when nothing is taken."""
        wished = provider_id
        performers = self.business.performers(service.id)
        if provider_id is None and len(performers) > 1 and self.random.random() < 0.3:
            wished = provider_id = self.random.choice(performers).id
            if not self.days_with_slots(service, wished):
                wished = provider_id = None
        days = [day for day in self.days_with_slots(service, wished) if day != avoid]
        day = self.random.choice(days)
        anchor = self.random.choice(self.slots(service, wished, day))
        times = self.times(day, anchor, [each for each in days if each != day])
        return Visit(service.id, times, provider_id)

    def times(self, day: date, anchor: Slot, others: Sequence[date]) -> Times:
        """Words around the slot: the time itself, a part of the day, an open end, two days."""
        local = anchor.start.astimezone(self.business.zone)
        minute = local.hour * 60 + local.minute
        part = self.random.choices([part for part, _ in PARTS], [weight for _, weight in PARTS])[0]
        days = [day]
        if others and part in ("any", "morning", "after") and self.random.random() < 0.2:
            days = sorted([day, self.random.choice(others)])
        return times_around(tuple(days), minute, part)

    def of_support(self, number: int, temper: Temper) -> Goal:
        """Who wants something of support, and of the mixed ones an appointment too."""
        support = SupportDrawing(self.business, self.random, self.now)
        specialist = support.specialist()
        wish = support.wish(specialist)
        person = self.person("move")
        if wish.kind in KNOWN_BY_NUMBER:
            person = replace(person, shows_number=True)
        matters: tuple[Matter, ...] = ()
        numbered = None
        if specialist == "mixed":
            matters = self.matters(("book",), person)
        if wish.kind == "new number":
            numbered = self.earlier(self.service(set()), person)
        return Goal(
            number, temper, person, self.now, matters, support=wish, numbered=numbered,
            others=self.others(matters),
        )  # fmt: skip

    def impossible(self, number: int, temper: Temper, person: Person) -> Goal:
        """A closed day, or one on which everything is taken: nothing can be booked."""
        service = self.service(set())
        open_days = set(self.days_with_slots(service, None))
        today = self.now.astimezone(self.business.zone).date()
        ahead = [today + timedelta(days=count) for count in range(1, 7)]
        closed = [day for day in ahead if day not in open_days]
        if closed and self.random.random() < 0.6:
            visit = Visit(service.id, Times((self.random.choice(closed),)))
            return Goal(number, temper, person, self.now, (Matter("book", visit=visit),))
        visit = self.visit(service)
        taken = [
            slot
            for day in visit.times.days
            for who in self.performers_wished(visit)
            for slot in self.slots(service, who, day)
            if visit.times.suit(slot.start.astimezone(self.business.zone))
        ]
        others = tuple(self.stranger(slot) for slot in taken[:MOST_OTHERS])
        matters = (Matter("book", visit=visit),)
        return Goal(number, temper, person, self.now, matters, others=others)

    def others(self, matters: Sequence[Matter]) -> tuple[Earlier, ...]:
        """Some of what could be wished for is taken; now and then the very time."""
        drawn = []
        for visit in [matter.visit for matter in matters if matter.visit]:
            service = self.business.service(visit.service_id)
            slots = [
                slot
                for day in visit.times.days
                for who in self.performers_wished(visit)
                for slot in self.slots(service, who, day)
            ]
            taken = self.random.sample(slots, k=min(len(slots) // 4, self.random.randrange(5)))
            drawn += [self.stranger(slot) for slot in taken]
        return tuple(drawn)

    def performers_wished(self, visit: Visit) -> list[str]:
        """Who could do it for this caller."""
        if visit.provider_id is not None:
            return [visit.provider_id]
        return [who.id for who in self.business.performers(visit.service_id)]

    def earlier(self, service: Service, person: Person) -> Earlier:
        """A booking that the caller already has."""
        day = self.random.choice(self.days_with_slots(service, None))
        slot = self.random.choice(self.slots(service, None, day))
        return Earlier(service.id, slot.provider_id, slot.start, person.name, person.phone)

    def stranger(self, slot: Slot) -> Earlier:
        """Somebody else who has the slot."""
        name = draw_name(self.random)
        phone = draw_phone(self.business.country, self.random)
        return Earlier(slot.service_id, slot.provider_id, slot.start, name, phone)

    def with_first_thought(self, goal: Goal) -> Goal:
        """What a caller asks for first who will change his mind: another service or other times."""
        booked = [matter.visit for matter in goal.matters if matter.kind == "book"]
        if not booked or booked[0] is None:
            return goal
        visit = booked[0]
        services = [
            each
            for each in self.business.services
            if each.id != visit.service_id and self.slots_within(each, visit)
        ]
        if services and visit.provider_id is None and self.random.random() < 0.5:
            other = self.random.choice(services).id
            return replace(goal, first_thought=replace(visit, service_id=other))
        service = self.business.service(visit.service_id)
        other_visit = self.visit(service, visit.provider_id)
        if set(other_visit.times.days) & set(visit.times.days):
            return goal
        return replace(goal, first_thought=replace(visit, times=other_visit.times))

    def slots_within(self, service: Service, visit: Visit) -> bool:
        """Whether the service could be had at the visit's times."""
        return any(
            visit.times.suit(slot.start.astimezone(self.business.zone))
            for day in visit.times.days
            for slot in self.slots(service, None, day)
        )

    def days_with_slots(self, service: Service, provider_id: str | None) -> list[date]:
        """The nearest days on which it could be had."""
        today = self.now.astimezone(self.business.zone).date()
        horizon = min(FAR, self.business.booking.horizon_days)
        found: list[date] = []
        for count in range(horizon):
            if found and count > DAYS_AHEAD:
                break
            day = today + timedelta(days=count)
            if self.slots(service, provider_id, day):
                found.append(day)
        return found

    def slots(self, service: Service, provider_id: str | None, day: date) -> list[Slot]:
        """What could be booked that day were nothing taken, an hour after the notice."""
        zone = self.business.zone
        window = Window(utc(day_start(day, zone)), utc(day_start(day + timedelta(days=1), zone)))
        ids = (
            [provider_id]
            if provider_id
            else [who.id for who in self.business.performers(service.id)]
        )
        later = self.now + timedelta(hours=1)
        return list(
            open_slots(
                self.business, service, provider_ids=ids, busy=NOTHING_BUSY, window=window,
                now=later,
            )
        )  # fmt: skip


def times_around(days: tuple[date, ...], minute: int, part: Part) -> Times:
    """Times that hold the minute, put in the given way as far as it can be."""
    hour = minute // 60 * 60
    match part:
        case "morning" if minute < 12 * 60:
            return Times(days, 0, 12 * 60, "morning")
        case "morning" if minute < 17 * 60:
            return Times(days, 12 * 60, 18 * 60, "afternoon")
        case "morning":
            return Times(days, 17 * 60, 24 * 60, "evening")
        case "after":
            return Times(days, hour, 24 * 60, "after", (hour,))
        case "before" if hour + 60 < 24 * 60:
            return Times(days, 0, hour + 60, "before", (hour + 60,))
        case "between" if hour + 120 < 24 * 60:
            return Times(days, hour, hour + 120, "between", (hour, hour + 120))
        case "around":
            return Times(days, minute - 90, minute + 91, "around", (minute,))
        case "exact":
            return Times(days[:1], minute - 120, minute + 121, "exact", (minute,))
    return Times(days)
