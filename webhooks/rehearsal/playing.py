"""One call from ring to hang-up: a caller on the line, the store read after every reply."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path
from random import Random
from typing import TYPE_CHECKING

from rehearsal.caller import Caller
from rehearsal.goals import Goal, Visit
from rehearsal.grading import Outcome, possible_visits, shortfalls
from rehearsal.hearing import hear
from rehearsal.score import APPOINTMENTS, Played
from rehearsal.score import Line as Said
from rehearsal.support_caller import SupportSide
from rehearsal.support_goals import ShopState, SupportWish
from rehearsal.support_grading import SupportOutcome, support_shortfalls
from rehearsal.support_truth import false_of_support
from rehearsal.tempers import begun
from rehearsal.truth import Backing, false_claims, local, times_to_check
from scheduling.business import Business
from scheduling.values import Booking
from webhooks.rehearsal.doors import Aloud, spoken, typed
from webhooks.rehearsal.line import Line, LineFailed
from webhooks.rehearsal.stage import Rehearsed, Stage, staged

if TYPE_CHECKING:
    from webhooks.rehearsal.spoken_line import SpokenLine


@dataclass
class Listening:
    """What is kept of a call while it goes on."""

    stage: Stage
    goal: Goal
    call_id: str
    before: tuple[Booking, ...]
    own: tuple[str, ...]
    offers: frozenset[datetime] = frozenset()
    """Starts that were in force after the last reply."""
    false: list[str] = field(default_factory=list)
    transcript: list[Said] = field(default_factory=list)

    @property
    def business(self) -> Business:
        """That is called."""
        return self.stage.business

    @property
    def today(self) -> date:
        """The business's date."""
        return self.goal.now.astimezone(self.business.zone).date()

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
        if self.goal.support is not None:
            self.false += await self._false_of_support(text)
        self.offers = live

    async def _false_of_support(self, text: str) -> list[str]:
        state = await self.stage.shop_state(self.call_id)
        own = {each.reference for each in state.orders if each.call_id == self.call_id}
        if self.goal.support is not None:
            own |= {each.reference for each in self.goal.support.orders}
        return false_of_support(text, self.business, state, frozenset(own))

    async def _is_free(self, at: datetime) -> bool:
        start = at.replace(tzinfo=self.business.zone)
        services = [service.id for service in self.business.services]
        return await self.stage.is_free(start, services)


async def play(
    blank: Path,
    rehearsed: Rehearsed,
    goal: Goal,
    *,
    wording: int,
    seed: int,
    aloud: Aloud | None = None,
) -> Played:
    """The goal once, in the words of one wording."""
    business = rehearsed.business
    call_seed = f"{seed}:{goal.number}:{wording}"
    door = typed() if aloud is None else spoken(aloud, call_seed)
    async with staged(blank, rehearsed, goal, live_calls=door.live_calls) as stage:
        own = await _entered(stage, goal)
        possible = await _possible(stage, goal, own)
        caller = Caller(goal, business, Random(call_seed), own, aloud=aloud is not None)
        call_id, before = f"rehearsal-{goal.number}-{wording}", await stage.bookings()
        shop = await stage.shop_state(call_id)
        listening = Listening(stage, goal, call_id, before, own)
        broken = await converse(listening, caller, door.line(stage, goal, call_id))
        left = Outcome(before, await stage.bookings(), own, tuple(caller.told), possible)
        missing = shortfalls(goal, business, left)
        if caller.support is not None:
            missing += await _missed_of_support(listening, caller.support, shop, left.after)
        ended = {"hung up": caller.why_over, "the line failed": broken}
        missing += [f"{how}: {why}" for how, why in ended.items() if why]
    return Played(
        business=business.slug,
        number=goal.number,
        wording=wording,
        temper=goal.temper,
        specialist=goal.specialist or APPOINTMENTS,
        wish=wish_of(goal),
        shortfalls=tuple(missing),
        false_claims=tuple(listening.false),
        turns=caller.course.turns,
        transcript=tuple(listening.transcript),
        flaws=tuple(caller.course.flaws()),
    )


async def _entered(stage: Stage, goal: Goal) -> tuple[str, ...]:
    """What the store is to hold before the call; references of the caller's own bookings."""
    entered = await stage.enter(goal.own)
    await stage.enter(goal.others)
    if goal.support is not None:
        await stage.bring_in(goal.support.orders, goal.person)
    return tuple(booking.reference for booking in entered if booking is not None)


async def _missed_of_support(
    listening: Listening, side: SupportSide, before: ShopState, bookings: Sequence[Booking]
) -> list[str]:
    """What the shop should hold now and does not, or the other way round."""
    goal, own = listening.goal, listening.own
    outcome = SupportOutcome(
        before,
        await listening.stage.shop_state(listening.call_id),
        tuple(side.replies),
        side.put_through,
        tuple(each for each in bookings if goal.numbered and each.reference in own),
    )
    return support_shortfalls(goal, side.wish, listening.business, outcome)


async def converse(
    listening: Listening, caller: Caller, line: Line | SpokenLine
) -> LineFailed | None:
    """The whole call; a line that fails spoils this one, and no other."""
    try:
        await _talk(listening, caller, line)
    except LineFailed as failed:
        return failed
    return None


async def _talk(listening: Listening, caller: Caller, line: Line | SpokenLine) -> None:
    """Turn by turn until one of the two hangs up."""
    business = listening.business
    try:
        await line.ring(business.greeting)
        words: str | None = caller.opening()
        while words is not None:
            listening.transcript.append(Said("caller", words))
            spoken = await line.say(words, early=_early(caller, words))
            listening.transcript[-1] = Said("caller", words, spoken.heard)
            await listening.check(spoken.text)
            heard = hear(spoken.text, business, listening.today, over=bool(spoken.acts))
            words = caller.answer(heard)
    finally:
        await line.hang_up()


def _early(caller: Caller, words: str) -> str | None:
    """What the line asks about too early, where this temper speaks with pauses."""
    if caller.random.random() >= caller.voice.manner.early:
        return None
    return begun(words, caller.random)


async def _possible(stage: Stage, goal: Goal, own: tuple[str, ...]) -> frozenset[Visit]:
    moving = own[0] if own else None
    return frozenset(
        [
            visit
            for visit in possible_visits(goal)
            if await stage.is_possible(visit, stage.business, moving)
        ]
    )


def wish_of(goal: Goal) -> str:
    """The goal in one line, for people who look at a failed call."""
    parts = [] if goal.support is None else [support_wish_of(goal.support)]
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


def support_wish_of(wish: SupportWish) -> str:
    """What is wanted of support, in a few words."""
    meant = wish.goods or (wish.orders[0].lines if wish.orders else ())
    goods = [f"{count} {product_id}" for product_id, count in meant]
    if wish.cart and wish.cart != wish.goods:
        goods.append(
            "then " + ", ".join(f"{count} {product_id}" for product_id, count in wish.cart)
        )
    orders = [f"order {each.reference}" for each in wish.orders]
    return " ".join([wish.kind, ", ".join(goods), *orders]).strip()
