"""A simulated caller: hears a reply, knows what he wants, and says the next thing or hangs up."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from random import Random

from rehearsal.choosing import pick_words
from rehearsal.goals import Goal, Matter, Times, Visit
from rehearsal.hearing import Heard, HeardTime
from rehearsal.phrases import Saying
from rehearsal.voicing import Voice
from scheduling.business import Business

MOST_TURNS = 24
MOST_REFUSALS = 4
"""So often nothing that suits is offered before the caller gives up."""
MOST_ASIDES = 3
MOST_REPEATS = 2
MOST_UNDERSTOOD_NOTHING = 3
NO_TIMES = Times(())
MATTERS_OF: dict[str, str] = {"booked": "book", "moved": "move", "cancelled": "cancel"}


@dataclass
class Caller:
    """One call from the caller's side."""

    goal: Goal
    business: Business
    random: Random
    references: tuple[str, ...] = ()
    """References of the caller's own earlier bookings, in the goal's order."""
    voice: Voice = field(init=False)
    waiting: list[Matter] = field(init=False)
    """Matters that are not done yet; the first is in hand."""
    first_thought: Visit | None = field(init=False)
    offers: tuple[HeardTime, ...] = ()
    """The times last offered."""
    turns: int = 0
    refusals: int = 0
    asides: int = 0
    repeats: int = 0
    lost: int = 0
    """Replies in a row that made no sense to the caller."""
    persons: int = 0
    told_name: str | None = None
    read_back: Heard | None = None
    """What we last read back: it still counts when a question came between."""
    told: list[tuple[HeardTime, ...]] = field(default_factory=list)
    """The times heard in answer to each "when is my appointment?"."""
    gave_up: bool = False
    why_over: str = ""
    """Why the caller hung up before all was done; empty: he did not."""

    def __post_init__(self) -> None:
        self.voice = Voice(self.goal, self.business, self.random)
        self.waiting = list(self.goal.matters)
        self.first_thought = self.goal.first_thought

    def opening(self) -> str:
        """The first words."""
        return self.voice.finished(self._open(self.waiting[0]))

    def answer(self, heard: Heard) -> str | None:
        """The next words; None hangs up."""
        self.turns += 1
        if heard.over:
            return None
        if self.turns >= MOST_TURNS:
            self.why_over = f"not done after {self.turns} turns"
            return None
        self._notice(heard)
        words = self._between(heard) or self._reply(heard)
        return None if words is None else self.voice.finished(words)

    def _notice(self, heard: Heard) -> None:
        """What was done, and what is offered now."""
        for done in heard.done:
            kind = MATTERS_OF[done]
            found = next((each for each in self.waiting if each.kind == kind), None)
            if found is not None:
                self._finish(found)
        if self.waiting and self.waiting[0].kind == "lookup" and self._told(heard):
            self.told.append(heard.times)
            self._finish(self.waiting[0])
        if heard.times and not heard.done:
            self.offers = heard.times
        if heard.question == "confirm" and (heard.times or heard.names or heard.digits):
            self.read_back = heard

    def _finish(self, matter: Matter) -> None:
        self.waiting.remove(matter)
        self.offers, self.refusals, self.read_back = (), 0, None

    def _told(self, heard: Heard) -> bool:
        """Whether the time of the booking asked about was said: about it, the reply says a time
        and asks for nothing that identifies."""
        return bool(heard.times) and heard.question not in ("name", "phone", "reference", "choose")

    def _between(self, heard: Heard) -> str | None:
        """A question of his own, or asking us to say it again."""
        manner = self.voice.manner
        if heard.question is None or heard.done:
            return None
        if self.repeats < MOST_REPEATS and self.random.random() < manner.mishears:
            self.repeats += 1
            return self.voice.put("again")
        settled = heard.question not in ("anything else", "help", "person", "open")
        if settled and self.asides < MOST_ASIDES and self.random.random() < manner.asks:
            self.asides += 1
            return self.voice.question()
        return None

    def _reply(self, heard: Heard) -> str | None:
        if not self.waiting or self.gave_up:
            return self._leave(heard)
        matter = self.waiting[0]
        changed = self._change_of_mind(heard, matter)
        if changed is not None:
            return changed
        self.lost = self.lost + 1 if heard.question is None else 0
        match heard.question:
            case "name":
                return self._name()
            case "phone":
                return self.voice.put("phone", phone=self.voice.phone())
            case "reference":
                return self._reference(matter)
            case "service" if matter.visit:
                return self._service(self._visit(matter))
            case "when" | "choose" if matter.visit:
                return self._time(heard, self._visit(matter))
            case "confirm":
                return self._confirm(heard, matter)
            case "which booking" if matter.earlier:
                return self.voice.put("which", self._about(matter))
            case "open" if matter.visit:
                return self.voice.put("wrong time", self._visit(matter))
            case "anything else":
                return self.voice.put("next", opening=self._open(matter))
            case "person":
                return self._no_person(matter)
            case "help":
                return self._open(matter)
        if self.lost >= MOST_UNDERSTOOD_NOTHING:
            self.why_over = "nothing that could be answered was asked"
            return None
        return self._open(matter)

    def _visit(self, matter: Matter) -> Visit:
        """What the caller asks for now."""
        assert matter.visit is not None
        if matter.kind == "book" and self.first_thought is not None:
            return self.first_thought
        return matter.visit

    def _open(self, matter: Matter) -> str:
        """How a matter is brought up."""
        tells_all = self.random.random() < self.voice.manner.tells_all
        if matter.kind == "book":
            visit = self._visit(matter)
            if tells_all:
                return self.voice.put("open book all", visit)
            bare = self.random.random() < 0.25
            return self.voice.put("open book bare" if bare else "open book", visit)
        about = self._about(matter)
        if matter.kind == "move":
            assert matter.visit is not None
            return self.voice.put("open move to" if tells_all else "open move", matter.visit)
        saying: Saying = "open cancel" if matter.kind == "cancel" else "open lookup"
        return self.voice.put(saying, about)

    def _about(self, matter: Matter) -> Visit:
        """The service of the booking that is talked of."""
        if matter.earlier is not None:
            return Visit(matter.earlier.service_id, NO_TIMES)
        booked = next(each.visit for each in self.goal.matters if each.visit is not None)
        return Visit(booked.service_id, NO_TIMES)

    def _change_of_mind(self, heard: Heard, matter: Matter) -> str | None:
        """Once something was offered, the caller thinks of something else."""
        first, visit = self.first_thought, matter.visit
        if first is None or matter.kind != "book" or visit is None:
            return None
        if heard.question not in ("choose", "name", "phone", "confirm") or not self.offers:
            return None
        self.first_thought, self.offers = None, ()
        service = first.service_id != visit.service_id
        return self.voice.put("change service" if service else "change time", visit)

    def _name(self) -> str:
        misheard = self.voice.misheard_name()
        if self.told_name is None and misheard and self.waiting[0].kind == "book":
            if self.random.random() < self.voice.manner.misheard:
                self.told_name = misheard
                return self.voice.put("name", name=misheard, first=misheard.split()[0])
        self.told_name = self.goal.person.name
        return self.voice.put("name")

    def _reference(self, matter: Matter) -> str:
        if matter.earlier is None or matter.earlier not in self.goal.own:
            return "I don't have it here."
        reference = self.references[self.goal.own.index(matter.earlier)]
        return self.voice.put("reference", reference=self.voice.reference(reference))

    def _service(self, visit: Visit) -> str:
        if self.random.random() < self.voice.manner.tells_all:
            return f"{self.voice.put('service', visit)} {self.voice.put('when', visit)}"
        return self.voice.put("service", visit)

    def _time(self, heard: Heard, visit: Visit) -> str | None:
        """Takes an offer that suits, else says what would."""
        if heard.times and heard.services and visit.service_id not in heard.services:
            return self._wrong_service(heard, visit)
        if heard.question == "choose" or heard.times:
            offered = heard.times or self.offers
            suiting = [each for each in offered if self._suits(each, visit)]
            if suiting:
                self.offers = offered
                return pick_words(self.voice, self.random.choice(suiting), offered)
        if heard.question == "when" and not heard.times and not self._asked_before(visit):
            return self.voice.put("when", visit)
        self.refusals += 1
        self.voice.precise = True
        if self.refusals > MOST_REFUSALS:
            return self._give_up()
        if visit.provider_id and self._only_the_person_is_wrong(heard, visit):
            return self.voice.put("wrong person", visit)
        return self.voice.put("insist", visit)

    def _give_up(self) -> str:
        """Lets the matter go, with what hangs on it, and comes to the next one or leaves."""
        self._finish(self.waiting[0])
        self.waiting = [each for each in self.waiting if each.visit or each.earlier]
        if not self.waiting:
            self.gave_up = True
            return self.voice.put("give up")
        return self.voice.put("let go", opening=self._open(self.waiting[0]))

    def _asked_before(self, visit: Visit) -> bool:
        key = f"told {visit.service_id} {visit.times}"
        known = key in self.voice.used
        self.voice.used.add(key)
        return known

    def _only_the_person_is_wrong(self, heard: Heard, visit: Visit) -> bool:
        return any(visit.times.suit(each.at) for each in heard.times)

    def _suits(self, offer: HeardTime, visit: Visit) -> bool:
        if not visit.times.suit(offer.at):
            return False
        return visit.provider_id is None or offer.provider_id in (None, visit.provider_id)

    def _confirm(self, heard: Heard, matter: Matter) -> str | None:
        """Checks what was read back; yes only when all of it is right."""
        wrong = self._wrong_in(self.read_back or heard, matter)
        if wrong is not None:
            self.read_back = None
            return wrong
        return self.voice.put("yes", kind=matter.kind)

    def _wrong_in(self, heard: Heard, matter: Matter) -> str | None:
        visit = self._visit(matter) if matter.visit else None
        about = visit or self._about(matter)
        if heard.services and about.service_id not in heard.services:
            return self._wrong_service(heard, about)
        if visit and heard.providers and visit.provider_id not in (None, *heard.providers):
            return self.voice.put("wrong person", visit)
        if matter.kind == "book" and heard.names and not any(map(self._is_me, heard.names)):
            self.told_name = self.goal.person.name
            return self.voice.put("wrong name", wrong=heard.names[-1])
        national = re.sub(r"\D", "", self.goal.person.phone)[-7:]
        if matter.kind == "book" and len(heard.digits) >= 7 and not heard.digits.endswith(national):
            return self.voice.put("wrong phone", phone=self.voice.phone())
        if visit is not None and heard.times and not self._suits(heard.times[-1], visit):
            return self.voice.put("wrong time", visit)
        return None

    def _wrong_service(self, heard: Heard, visit: Visit) -> str:
        other = self.business.service(next(iter(heard.services))).name
        return self.voice.put("wrong service", visit, wrong=other.lower())

    def _is_me(self, name: str) -> bool:
        return name.casefold() == self.goal.person.name.casefold()

    def _no_person(self, matter: Matter) -> str | None:
        self.persons += 1
        if self.persons > 2:
            self.why_over = "a person was offered again and again"
            return None
        return f"{self.voice.put('no person')} {self._open(matter)}"

    def _leave(self, heard: Heard) -> str | None:
        """All is done, or given up."""
        if heard.question == "anything else" and not self.gave_up:
            return self.voice.put("goodbye")
        return None if self.gave_up else self.voice.put("goodbye")
