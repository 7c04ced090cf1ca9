"""One attempt at a turn of a call: what its tools may touch, and what they did."""

from __future__ import annotations

import asyncio
import re
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from functools import cached_property
from typing import TYPE_CHECKING, Any

from scheduling.business import Business
from scheduling.values import Attempt, Organisation
from voice.facts import BookingFact, Facts, OfferedFact
from voice.turn import CallFacts, Line, Part
from voice.understanding.clauses import ASIDES, INTENTS, Clause, Intent, clauses_of
from voice.understanding.dates.reading import read_times
from voice.understanding.reading import (
    Context,
    Named,
    OfferedTime,
    Question,
    Reading,
    Route,
)
from voice.understanding.understand import understand
from voice.understanding.words import plain
from voice.wishes.joining import Frame

if TYPE_CHECKING:
    from scheduling.desk import Desk
    from voice.journal.journal import Journal

MISTAKEN_FOR_DETAILS = ("faq_other", "faq_location")
LONGEST_BARE_TIME = 4
"""Words."""
AROUND_A_TIME = frozenset(
    """no wait sorry actually make it that oh rather better i mean meant at um uh please instead
    then was right good possible could can we do i what
    about how is on for the ok okay still yes yeah fine works""".split()
)
"""All that may stand beside a time which is said where the name was asked for."""
BARE_HOUR = re.compile(r"\b(?:like|around|about|say|at) \d{1,2}\b")
LONGEST_CHANGE = 8
"""Words."""
CHANGING = frozenset("instead make move change rather".split())
LEAST_CONFIDENCE = 0.5
"""Of a route; below it the words count as not understood."""
QUESTIONS: dict[str, Question] = {
    "service": "service", "date": "date", "time": "time", "name": "name", "phone": "phone",
    "confirm": "confirm", "confirm_move": "confirm", "confirm_cancel": "confirm",
    "person": "confirm", "guess": "confirm", "choose": "choose",
    "which_booking": "choose",
}  # fmt: skip
"""How understanding is told what was asked."""


@dataclass(frozen=True, slots=True)
class ToolResult:
    """What a tool found or did."""

    name: str
    spoken: str
    """One line that can be said as it is."""
    facts: dict[str, Any]
    """The contract's `metadata`, ready for JSON."""
    refused: str | None = None
    """The refusal's code."""


@dataclass(frozen=True, slots=True)
class RanTool:
    """One run of a tool, with how long it took."""

    name: str
    arguments: dict[str, Any]
    result: ToolResult
    milliseconds: int


@dataclass
class CallContext:
    """What a tool may touch during one attempt at a turn; rides in the model SDK's context."""

    call: CallFacts
    organisation: Organisation
    business: Business
    facts: Facts
    now: datetime
    """Aware UTC, by the store's clock."""
    text: str
    """The caller's words of this turn."""
    desk: Desk
    journal: Journal
    history: tuple[Line, ...] = ()
    attempt: Attempt | None = None
    """None for the tool webhook, which is not an attempt at a turn."""
    key: str | None = None
    """Makes a write idempotent where there is no attempt."""
    results: list[ToolResult] = field(default_factory=list)
    """Of this turn, in the order in which the tools ended."""
    acts: list[Part] = field(default_factory=list)
    """Transfer or hang-up that a tool or the model asked for."""
    ran: list[RanTool] = field(default_factory=list)
    """The same results with their times, for the journal."""
    running: set[asyncio.Task[ToolResult]] = field(default_factory=set)
    """Tools that began and have not ended."""
    last_tool: tuple[str, dict[str, Any]] | None = None
    """Name and arguments of the tool begun last in this turn."""
    taken_in: bool = False
    """Whether the caller's words have been taken into the facts."""
    news: bool = False
    """Whether the words changed any fact."""
    open_before: tuple[object, ...] = ()
    """The question that was open before these words, and what was known of its answer."""

    @property
    def local_now(self) -> datetime:
        """The business's own clock, naive."""
        return self.now.astimezone(self.business.zone).replace(tzinfo=None)

    @property
    def phone(self) -> str | None:
        """How the customer can be reached: as said in the call, else as the door knows it."""
        return self.facts.phone or self.call.known_phone or self.call.claimed_phone

    @cached_property
    def reading(self) -> Reading:
        """What the caller's words of this turn mean; read once."""
        heard = listening(self)
        reading = understand(self.text, heard)
        asked, words = self.facts.asked, plain(self.text).split()
        if asked in ("choose", "date") and not reading.times:
            short = len(words) <= LONGEST_BARE_TIME  # "ten", of a day under discussion
            if short or len(words) <= LONGEST_CHANGE and BARE_HOUR.search(plain(self.text)):
                times = read_times(self.text, replace(heard, question="time"))
                return replace(reading, times=times.found)
        if not reading.times and self._may_move(reading):
            times = read_times(self.text, replace(heard, question="time"))
            return replace(reading, times=times.found)
        if asked in ("choose", "date") and len(words) <= LONGEST_CHANGE:
            return self._hour_beside_the_day(reading, heard)
        if asked == "name" and not any(map(str.isalpha, reading.name or "")):
            return self._time_alone(reading, heard)
        if asked in ("confirm", "confirm_move") and reading.answer in (None, "deny"):
            return self._time_alone(reading, heard) if not reading.times else reading
        return reading

    def _hour_beside_the_day(self, reading: Reading, heard: Context) -> Reading:
        """The reading with the hour in "tomorrow's fine. Ten"."""
        days = all(type(when.value) is date for when in reading.times)
        if not reading.times or not days:
            return reading
        times = read_times(self.text, replace(heard, question="time"))
        more = len(times.found) > len(reading.times) or any(
            isinstance(when.value, datetime) for when in times.found
        )
        return replace(reading, times=times.found) if more else reading

    def _may_move(self, reading: Reading) -> bool:
        """Whether a bare hour may be another one for what has been told: "could I do 2 instead"."""
        known = self.facts.intent is None and bool(self.facts.found)
        words = plain(self.text).split()
        return known and len(words) <= LONGEST_CHANGE and not CHANGING.isdisjoint(words)

    def _time_alone(self, reading: Reading, heard: Context) -> Reading:
        """The reading with the time in "no wait, eleven", where something else was asked for."""
        times = read_times(self.text, replace(heard, question="time"))
        times = times if times.found else read_times(self.text, replace(heard, question="date"))
        rest = self.text
        for when in reversed(times.found):
            rest = rest[: when.span[0]] + rest[when.span[1] :]
        told = all(when.value is not None for when in times.found)  # June is a name, too
        if not times.found or not told or not AROUND_A_TIME.issuperset(plain(rest).split()):
            return reading
        return replace(reading, times=times.found)

    @property
    def routes(self) -> tuple[Route, ...]:
        """What the words are after, where that is at all likely."""
        return self.reading.routes if self.reading.confidence >= LEAST_CONFIDENCE else ()

    @cached_property
    def clauses(self) -> tuple[Clause, ...]:
        """What the caller is after in this turn."""
        found = clauses_of(self.text, self.reading.routes, listening(self))
        if not self.routes and len(found) < 2:
            return ()  # of two matters at once neither is sure, until each is heard by itself
        if not self._answers_with_details:
            return found
        return tuple(clause for clause in found if clause.route not in MISTAKEN_FOR_DETAILS)

    @property
    def _answers_with_details(self) -> bool:
        """Whether the words give what was asked for, so that they only sound like a question."""
        reading = self.reading
        match self.facts.asked:
            case "phone":
                return bool(reading.phone or reading.phone_unfinished)
            case "name":
                return bool(reading.name)
            case "reference":
                return bool(reading.reference)
            case "choose" | "date" | "time":
                return bool(reading.times or reading.answer in ("ask_more", "choose"))
        return False

    @property
    def intents(self) -> list[Intent]:
        """What the caller wants done, in order, each once."""
        wanted = [INTENTS[clause.route] for clause in self.clauses if clause.route in INTENTS]
        return list(dict.fromkeys(wanted))

    @property
    def only_asks(self) -> bool:
        """Whether there are questions about the business and nothing else."""
        return bool(self.clauses) and all(clause.route in ASIDES for clause in self.clauses)


def listening(context: CallContext) -> Context:
    """What helps to understand this turn: the question just asked, the offers, the names."""
    facts, business = context.facts, context.business
    choices: list[OfferedFact] | list[BookingFact] = facts.offers
    if facts.asked == "which_booking":
        choices = facts.found
    hours = business.weekly_hours()
    return Context(
        now=context.local_now,
        question=QUESTIONS.get(facts.asked or ""),
        offered=[
            OfferedTime(
                start=choice.start.astimezone(business.zone).replace(tzinfo=None),
                provider=person_name(business, choice.provider_id),
            )
            for choice in choices
        ],
        services=tuple(Named(each.id, (each.name, *each.also)) for each in business.services),
        providers=tuple(Named(each.id, (each.name,)) for each in business.providers),
        opens={
            weekday: tuple((span.start, span.end) for span in spans)
            for weekday, spans in hours.items()
        },
        country=business.country,
        zone=business.zone.key,
    )


def discussed(context: CallContext) -> Frame:
    """What a time said now leans on: the start under discussion, and what was offered."""
    facts, zone = context.facts, context.business.zone
    starts = {offer.offer_id: offer.start for offer in facts.offers}
    if facts.chosen in starts:
        starts = {facts.chosen: starts[facts.chosen]}
    anchor = next(iter(starts.values())) if len(starts) == 1 else None
    was = None
    if facts.intent == "reschedule":
        was = next((one.start for one in facts.found if one.reference == facts.reference), None)
    if not starts:
        anchor = was
    local = [start.astimezone(zone).replace(tzinfo=None) for start in starts.values()]
    return Frame(
        today=context.local_now.date(),
        anchor=anchor.astimezone(zone).replace(tzinfo=None) if anchor else None,
        offered=tuple(local),
        was=was.astimezone(zone).replace(tzinfo=None) if was else None,
    )


def person_name(business: Business, provider_id: str) -> str:
    """The provider's name; empty for one who has left since."""
    return next((who.name for who in business.providers if who.id == provider_id), "")
