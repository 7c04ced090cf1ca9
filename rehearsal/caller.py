"""A simulated caller: hears a reply, knows what he wants, and says the next thing or hangs up."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from random import Random

from rehearsal.answering import Answers
from rehearsal.checking import suits, wrong_in
from rehearsal.course import Course
from rehearsal.filling import Content
from rehearsal.goals import Goal, Matter, Visit
from rehearsal.hearing import Heard, HeardTime
from rehearsal.interjecting import Interjections
from rehearsal.openings import NO_TIMES, open_matter
from rehearsal.support_caller import IN_OWN_WORDS, SupportSide
from rehearsal.voicing import Voice
from scheduling.business import Business

MOST_TURNS = 26
MOST_REFUSALS = 3
"""So often nothing that suits is offered before the caller gives up."""
MOST_UNDERSTOOD_NOTHING = 3
MOST_PERSONS = 2
MATTERS_OF: dict[str, str] = {"booked": "book", "moved": "move", "cancelled": "cancel"}
IDENTIFIES = ("name", "phone", "reference", "choose")


@dataclass
class Caller:
    """One call from the caller's side."""

    goal: Goal
    business: Business
    random: Random
    references: tuple[str, ...] = ()
    """References of the caller's own earlier bookings, in the goal's order."""
    aloud: bool = False
    """Whether the words are spoken, and not typed as they are."""
    voice: Voice = field(init=False)
    answers: Answers = field(init=False)
    beside: Interjections = field(init=False)
    course: Course = field(default_factory=Course)
    support: SupportSide | None = field(init=False, default=None)
    waiting: list[Matter] = field(init=False)
    """Matters that are not done yet; the first is in hand."""
    first_thought: Visit | None = field(init=False)
    offers: tuple[HeardTime, ...] = ()
    """The times last offered."""
    open_question: Heard | None = None
    """Our last question: it still stands when a reply puts none."""
    refusals: int = 0
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
        self.voice = Voice(self.goal, self.business, self.random, aloud=self.aloud)
        self.answers = Answers(self.voice)
        self.beside = Interjections(self.voice, self.course)
        if self.goal.support is not None:
            self.support = SupportSide(self.voice, self.answers, self.course, self.goal.support)
        self.waiting = list(self.goal.matters)
        self.first_thought = self.goal.first_thought

    def opening(self) -> str:
        """The first words; who wants two things says both now, or the second later."""
        if self.support is None:
            return self.voice.finished(self._open(self.waiting[0]))
        words = self.support.opening()
        if self.waiting and self.support.wish.at_once:
            visit = self._open(self.waiting[0])
            # "my order and appointment" would be one thing
            words = f"{words} and {visit if ' ' in visit else f'i need an {visit}'}"
        return self.voice.finished(words)

    def answer(self, heard: Heard) -> str | None:
        """The next words; None hangs up."""
        if self.support is not None:
            heard = self.support.understood(heard)
        self._notice(heard)
        if heard.over:
            return None
        if self.course.turns >= MOST_TURNS or self.course.goes_round:
            self.why_over = f"not done after {self.course.turns} turns"
            return None
        between = None if heard.question in IN_OWN_WORDS else self.beside.between(heard)
        words = between or self._reply(heard)
        return None if words is None else self.voice.finished(words)

    def _notice(self, heard: Heard) -> None:
        """What was done, and what is offered now."""
        self.course.heard(heard.text, heard.question, self.business, self.voice.today)
        for done in sorted(heard.done):
            found = next((each for each in self.waiting if each.kind == MATTERS_OF[done]), None)
            if found is not None:
                self._finish(found)
        if self.waiting and self.waiting[0].kind == "lookup" and self._is_told(heard):
            self.told.append(heard.times)
            self._finish(self.waiting[0])
        if heard.times and not heard.done:
            self.offers = heard.times
        if heard.question == "confirm" and (heard.times or heard.names or heard.digits):
            self.read_back = heard
        if heard.question is not None:
            self.open_question = heard

    def _finish(self, matter: Matter) -> None:
        self.waiting.remove(matter)
        self.course.matter += 1
        self.offers, self.refusals, self.read_back = (), 0, None
        self.open_question = None

    def _is_told(self, heard: Heard) -> bool:
        """Whether the time of the booking asked about was said: about it, the reply says a time
        and asks for nothing that identifies."""
        return bool(heard.times) and heard.question not in IDENTIFIES

    def _reply(self, heard: Heard) -> str | None:
        if self.support is not None and not self._is_of_a_visit(heard):
            if self.support.takes(heard):
                words = self.support.answer(heard)
                self.why_over = self.support.why_over
                return words
        if not self.waiting or self.gave_up:
            return None if self.gave_up else self.beside.afterwards(heard) or self._goodbye()
        matter = self.waiting[0]
        changed = self._change_of_mind(heard, matter)
        if changed is not None:
            return changed
        if heard.question is None and self.open_question is not None and self.lost == 0:
            heard = replace(self.open_question, times=heard.times or self.open_question.times)
            self.lost += 1
        else:
            self.lost = self.lost + 1 if heard.question is None else 0
        return self._to(heard, matter)

    def _is_of_a_visit(self, heard: Heard) -> bool:
        """Whether the reply asks for something that only the appointment needs."""
        return bool(self.waiting) and (
            heard.question in ("service", "when", "choose")
            or heard.question == "confirm"
            and bool(heard.times)
        )

    def _to(self, heard: Heard, matter: Matter) -> str | None:
        """What answers our question."""
        match heard.question:
            case "name" if "with words" in heard.text:
                self.course.said("name in words")
                return self.voice.name_in_words()
            case "name":
                return self._name()
            case "phone":
                self.course.said("phone", needed=not self.goal.person.shows_number)
                return self.answers.phone(self.voice.content())
            case "reference":
                return self._reference(matter)
            case "service" if matter.kind == "book":
                return self._service(self._visit(matter))
            case "when" | "choose" if matter.visit:
                return self._time(heard, self._visit(matter))
            case "confirm":
                return self._confirm(heard, matter)
            case "which booking" | "choose" if matter.earlier and self._mine_is_there(
                heard, matter
            ):
                self.course.said("which")
                return self.answers.which(self._content_about(matter))
            case "open":
                return self._differently(heard, matter)
            case "person":
                return self._no_person()
        if self.lost >= MOST_UNDERSTOOD_NOTHING:
            self.why_over = "nothing that could be answered was asked"
            return None
        return self._open(matter)

    def _mine_is_there(self, heard: Heard, matter: Matter) -> bool:
        """Whether the caller's own booking is among what he is to pick from."""
        assert matter.earlier is not None
        start = matter.earlier.start.astimezone(self.business.zone).replace(tzinfo=None)
        return not heard.times or any(each.at == start for each in heard.times)

    def _goodbye(self) -> str:
        self.course.said("goodbye")
        return self.answers.goodbye(self.voice.content())

    def _visit(self, matter: Matter) -> Visit:
        """What the caller asks for now."""
        assert matter.visit is not None
        if matter.kind == "book" and self.first_thought is not None:
            return self.first_thought
        return matter.visit

    def _open(self, matter: Matter) -> str:
        """How a matter is brought up."""
        visit = self._visit(matter) if matter.visit else None
        opened = open_matter(self.voice, matter, visit, self._content_about(matter))
        self.course.said("open", *opened.told)
        return opened.words

    def _content_about(self, matter: Matter) -> Content:
        return self.answers.content_about(matter, self._about(matter))

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
        self.first_thought, self.offers, self.read_back = None, (), None
        self.course.said(own=True)
        service = first.service_id != visit.service_id
        return self.answers.corrected("service" if service else "when", visit)

    def _name(self) -> str:
        content = self.voice.content()
        books = self.waiting[0].kind == "book"
        misheard = self.voice.misheard_name() if self.told_name is None and books else None
        if misheard and self.random.random() < self.voice.manner.misheard:
            self.told_name = misheard
            self.course.said("name", own=True)
            return self.answers.name(replace(content, name=misheard))
        self.told_name = self.goal.person.name
        self.course.said("name", needed=books or not self.goal.person.shows_number)
        return self.answers.name(content)

    def _reference(self, matter: Matter) -> str:
        self.course.said("reference")
        if matter.earlier is None or matter.earlier not in self.goal.own:
            return self.answers.no_reference(self.voice.content())
        reference = self.references[self.goal.own.index(matter.earlier)]
        return self.answers.reference(replace(self.voice.content(), reference=reference))

    def _service(self, visit: Visit) -> str:
        with_time = self.random.random() < self.voice.manner.tells_all
        self.course.said("service", *(("when",) if with_time else ()))
        return self.answers.service(self.voice.content(visit), with_time=with_time)

    def _time(self, heard: Heard, visit: Visit) -> str:
        """Takes an offer that suits, else says what would."""
        if heard.times and heard.services and visit.service_id not in heard.services:
            self.course.said()
            return self.answers.corrected("service", visit)
        if heard.question == "choose":
            offered = heard.times or self.offers
            suiting = [each for each in offered if suits(each, visit)]
            if suiting:
                self.offers = offered
                self.course.said("pick")
                return self.answers.pick(self.voice.content(visit), suiting, offered)
            if offered:
                return self._refuse(heard, visit)
        told_before = self._told_before(visit)
        self.course.said("when", needed=not told_before)
        if told_before:
            self.voice.precise = True
            return self.answers.when(self.voice.content(visit))
        return self.answers.when(self._slipping(visit))

    def _refuse(self, heard: Heard, visit: Visit) -> str:
        """None suits; who hears that there is nothing at his times lets it go."""
        self.refusals += 1
        if self.refusals > MOST_REFUSALS or (self.refusals > 1 and heard.denies):
            return self._give_up()
        self.voice.precise = True
        self.course.said(f"refused {self.refusals}", needed=self.refusals <= 2, answers=False)
        if visit.provider_id and any(visit.times.suit(each.at) for each in heard.times):
            return self.answers.corrected("provider", visit)
        at_large = replace(visit, times=visit.times.at_large())
        return self.answers.refused(self.voice.content(at_large), one=len(heard.times) == 1)

    def _slipping(self, visit: Visit) -> Content:
        content = self.voice.content(visit)
        if self.random.random() < self.voice.manner.corrects:
            content.wrong = self.voice.slip(visit)
        return content

    def _give_up(self) -> str:
        """Lets the matter go, with what hangs on it, and comes to the next one or leaves."""
        self.course.said("given up")
        self._finish(self.waiting[0])
        self.waiting = [each for each in self.waiting if each.visit or each.earlier]
        self.gave_up = not self.waiting
        return self.answers.give_up(self.voice.content())

    def _told_before(self, visit: Visit) -> bool:
        key = f"told {visit.service_id} {visit.times}"
        known = key in self.voice.used
        self.voice.used.add(key)
        return known

    def _confirm(self, heard: Heard, matter: Matter) -> str:
        """Checks what was read back; yes only when all of it is right."""
        read_back = self.read_back or heard
        if heard.would_do and matter.kind not in heard.would_do:
            return f"no {self._open(matter)}"
        wrong = self._wrong_in(read_back, matter)
        return self._yes(read_back, matter) if wrong is None else wrong

    def _yes(self, read_back: Heard, matter: Matter) -> str:
        self.course.said("yes")
        content = self.voice.content(self._visit(matter) if matter.visit else None)
        if read_back.times and matter.kind != "cancel":
            content.read_back = read_back.times[-1]
        asks = self.random.random() < self.voice.manner.asks
        words, topic = self.answers.yes(matter.kind, content, asks=asks)
        if topic:
            self.beside.with_an_answer(topic, words)
        return words

    def _differently(self, heard: Heard, matter: Matter) -> str:
        """What we should change: what was wrong, or nothing."""
        read_back = self.read_back or heard
        return self._wrong_in(read_back, matter) or self._yes(read_back, matter)

    def _wrong_in(self, heard: Heard, matter: Matter) -> str | None:
        visit = self._visit(matter) if matter.visit else None
        about = visit or self._about(matter)
        wrong = wrong_in(
            heard, self.goal.person, visit=visit, service_id=about.service_id,
            books=matter.kind == "book",
        )  # fmt: skip
        if wrong is None or (wrong == "name" and self.voice.tired_of_spelling):
            return None
        self.course.said(own=wrong == "name" and self.told_name != self.goal.person.name)
        if wrong == "name":
            self.told_name = self.goal.person.name
            return self.voice.right_name(self.voice.content())
        return self.answers.corrected(wrong, about)

    def _no_person(self) -> str | None:
        self.persons += 1
        self.course.said()
        if self.persons > MOST_PERSONS:
            self.why_over = "a person was offered again and again"
            return None
        return self.answers.no_person(self.voice.content())
