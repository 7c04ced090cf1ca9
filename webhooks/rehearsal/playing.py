"""One call from ring to hang-up: a caller on the line, the store read after every reply."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path
from random import Random

from rehearsal.caller import Caller
from rehearsal.goals import Goal, Visit
from rehearsal.grading import Outcome, possible_visits, shortfalls
from rehearsal.hearing import hear
from rehearsal.score import Line as Said
from rehearsal.score import Played
from rehearsal.tempers import begun
from rehearsal.truth import Backing, false_claims, local, times_to_check
from scheduling.business import Business
from scheduling.values import Booking
from webhooks.rehearsal.line import Line
from webhooks.rehearsal.stage import Rehearsed, Stage, staged


@dataclass
class Listening:
    """What is kept of a call while it goes on."""

    stage: Stage
    business: Business
    call_id: str
    today: date
    before: tuple[Booking, ...]
    own: tuple[str, ...]
    offers: frozenset[datetime] = frozenset()
    """Starts that were in force after the last reply."""
    false: list[str] = field(default_factory=list)
    transcript: list[Said] = field(default_factory=list)

    async def check(self, text: str) -> None:
        """Compares what was heard with what the store now holds."""
        self.transcript.append(Said("agent", text))
        offers = await self.stage.resources.desk.offers(self.stage.organisation_id, self.call_id)
        live = frozenset(local(offer.start, self.business) for offer in offers)
        free = {
            at
            for at in times_to_check(text, self.business, self.today) - live
            if await self._is_free(at)
        }
        bookings = await self.stage.bookings()
        backing = Backing(
            before=tuple(each for each in self.before if each.reference in self.own),
            now=tuple(
                each
                for each in bookings
                if each.reference in self.own or each.call_id == self.call_id
            ),
            offers=live | self.offers | free,
        )
        self.false += false_claims(text, self.business, self.today, backing)
        self.offers = live

    async def _is_free(self, at: datetime) -> bool:
        start = at.replace(tzinfo=self.business.zone)
        services = [service.id for service in self.business.services]
        return await self.stage.is_free(start, services)


async def play(
    folder: Path, rehearsed: Rehearsed, goal: Goal, *, wording: int, seed: int
) -> Played:
    """The goal once, in the words of one wording."""
    business = rehearsed.business
    random = Random(f"{seed}:{goal.number}:{wording}")
    async with staged(folder, rehearsed, goal) as stage:
        entered = await stage.enter(goal.own)
        await stage.enter(goal.others)
        own = tuple(booking.reference for booking in entered if booking is not None)
        possible = await _possible(stage, business, goal, own)
        caller = Caller(goal, business, random, own)
        listening = Listening(
            stage,
            business,
            call_id=f"rehearsal-{goal.number}-{wording}",
            today=goal.now.astimezone(business.zone).date(),
            before=await stage.bookings(),
            own=own,
        )
        await _converse(listening, caller)
        after = await stage.bookings()
        outcome = Outcome(listening.before, after, own, tuple(caller.told), possible)
        missing = shortfalls(goal, business, outcome)
        if caller.why_over:
            missing.append(f"hung up: {caller.why_over}")
    return Played(
        business=business.slug,
        number=goal.number,
        wording=wording,
        temper=goal.temper,
        wish=wish_of(goal),
        shortfalls=tuple(missing),
        false_claims=tuple(listening.false),
        turns=caller.turns,
        transcript=tuple(listening.transcript),
    )


async def _converse(listening: Listening, caller: Caller) -> None:
    """Turn by turn until one of the two hangs up."""
    business, goal = listening.business, caller.goal
    line = Line(
        listening.stage.client,
        listening.call_id,
        phone=goal.person.phone if goal.person.shows_number else None,
        dialled=business.numbers[0] if business.numbers else None,
    )
    await line.ring(business.greeting)
    words: str | None = caller.opening()
    while words is not None:
        listening.transcript.append(Said("caller", words))
        spoken = await line.say(words, early=_early(caller, words))
        await listening.check(spoken.text)
        heard = hear(spoken.text, business, listening.today, over=bool(spoken.acts))
        words = caller.answer(heard)
    await line.hang_up()


def _early(caller: Caller, words: str) -> str | None:
    """What the line asks about too early, where this temper speaks with pauses."""
    if caller.random.random() >= caller.voice.manner.early:
        return None
    return begun(words, caller.random)


async def _possible(
    stage: Stage, business: Business, goal: Goal, own: tuple[str, ...]
) -> frozenset[Visit]:
    moving = own[0] if own else None
    return frozenset(
        [
            visit
            for visit in possible_visits(goal)
            if await stage.is_possible(visit, business, moving)
        ]
    )


def wish_of(goal: Goal) -> str:
    """The goal in one line, for people who look at a failed call."""
    parts = []
    for matter in goal.matters:
        about = matter.visit or matter.earlier
        service = about.service_id if about else ""
        line = f"{matter.kind} {service}".strip()
        if matter.visit is not None:
            times = matter.visit.times
            days = " or ".join(f"{day:%a %d %b}" for day in times.days)
            begin, end = (
                f"{minute // 60}:{minute % 60:02d}" for minute in (times.begin, times.end)
            )
            line += f" on {days} {begin}-{end}"
            line += f" with {matter.visit.provider_id}" if matter.visit.provider_id else ""
        parts.append(line)
    shown = "" if goal.person.shows_number else ", number withheld"
    return f"{'; '.join(parts)} ({goal.person.name}{shown}, now {goal.now:%a %d %b %H:%M})"
