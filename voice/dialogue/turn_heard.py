"""A turn while it is being heard: the agenda as it grows, and the matter that is spoken of."""

from __future__ import annotations

from dataclasses import dataclass, field

from voice.dialogue.agenda import LONGEST_QUERY, Agenda, Matter, OutcomeKind, Query
from voice.dialogue.each_visit import place_told, tells_anew, wanted_visits
from voice.dialogue.matters.account import Account
from voice.dialogue.matters.booking import Booking, is_for_another
from voice.dialogue.matters.moving import Moving
from voice.dialogue.matters.own_booking import OwnBooking
from voice.dialogue.matters.timed import ABOUT_TIME, TimedMatter
from voice.dialogue.statements import Rank, Statement
from voice.dialogue.view import View
from voice.understanding.acts import Act, Asking, Reading
from voice.understanding.free_changes import asks_just_that
from voice.understanding.wishes.wanted import Wanted, spans_of

READ_BACKS = (
    "confirm", "confirm_move", "confirm_cancel", "confirm_refund", "confirm_number",
    "confirm_forget", "confirm_order", "confirm_name",
)  # fmt: skip
SURE_QUESTION = 0.85
"""Of an `ask` without a question word or an inversion; below it the words may ask nothing."""
LEANED_ON = ("story", "give:problem", "give:party", "give:other")
"""Labels of what a question leans back on: "he's a bit of a snapper, is that all right with ye"."""
WITH_TIMES = ("ask:times", "ask:person", "ask:hours", "ask:booking")
"""Labels of questions whose times may be wished for."""
CONTENT = frozenset({"choose", "more", "want", "give", "rule_out"})
"""What may follow a no and say what should be instead."""


@dataclass
class TurnHeard:
    """One turn being heard: the agenda as it grows, and which matter is being spoken of."""

    agenda: Agenda
    reading: Reading
    view: View
    at: int = 0
    """Place of the matter that details go to."""
    begun: list[int] = field(default_factory=list)
    """Places of the matters that began in this turn."""
    unsure: tuple[str, str] | None = None
    """Between which two kinds of matter we had asked."""
    affirmed: bool = False
    amended: bool = False
    """Whether what was read back has been changed in this turn."""
    timed: dict[int, tuple[TimedMatter, list[Act]]] = field(default_factory=dict)
    """By place, the matters whose time was spoken of in this turn: as they were before, and with
    which acts."""

    @property
    def matter(self) -> Matter | None:
        """The one that is being spoken of."""
        matters = self.agenda.matters
        return matters[self.at] if self.at < len(matters) else None

    def own_visit(self, act: Act) -> int | None:
        """The place of the visit, of several, that this stretch is of alone; None: of no single
        one. A time told beside another than the first, which has none yet, is that of the first."""
        place = place_told(self.agenda, act.told)
        if place is None:
            return None
        first, named = self.agenda.in_hand, {each.told for each in self.reading.acts} - {None}
        untimed = isinstance(first, Booking) and not first.wanted.spans and not first.chosen
        if place[0] and act.kind == "when" and untimed and len(named) == 1:
            return None
        return place[0]

    def is_of_a_booked(self, act: Act) -> bool:
        """Whether it is told of a visit that was booked in this call, and of none to be booked."""
        service, view = act.told.service if act.told else "", self.view
        booked = {one.service_id for one in view.found if one.reference in view.booked_here}
        wanted = {one.service_id for one in wanted_visits(self.agenda).values()}
        return bool(wanted) and service in booked - wanted

    def put(self, matter: Matter) -> None:
        """In the place of the one that is being spoken of."""
        matters = list(self.agenda.matters)
        matters[self.at] = matter
        self.agenda = self.agenda.but(matters=tuple(matters))

    def change(self, matter: Matter, taken: Matter) -> OutcomeKind:
        """In the place of the one that is being spoken of, what it became by an act."""
        self.amended = self.amended or _is_amended(matter, taken)
        self.put(taken)
        return "nothing to do" if taken is matter else "noted"

    def begin(self, matter: Matter, place: int) -> None:
        """Another matter at that place of the agenda, which is spoken of from now on."""
        matters = list(self.agenda.matters)
        matters.insert(place, matter)
        self.agenda = self.agenda.but(matters=tuple(matters))
        self.at = place
        self.begun = [each + (each >= place) for each in self.begun] + [place]
        self.timed = {each + (each >= place): said for each, said in self.timed.items()}

    def take_for(self, matter: Matter) -> None:
        """This is spoken of, and a visit to be booked of which nothing has come never was."""
        self.agenda = self.agenda.but(matters=self.agenda.matters[1:], asked=None)
        self.begin(matter, 0)

    def replace_all(self, *matters: Matter) -> None:
        """Nothing else is on the agenda any more."""
        self.agenda = self.agenda.but(matters=matters, asked=None)
        self.at = 0

    def owe(self, words: str, rank: Rank) -> None:
        """To be told in this reply or the next."""
        self.agenda = self.agenda.owing(Statement(words=words, rank=rank))

    def asks(self, act: Act) -> OutcomeKind:
        """To be looked up before the reply."""
        asking = act.asking or Asking()
        told = [each for each in self.before(act) if each.label in LEANED_ON]
        leans = asking.leans_back and told
        whole = self.reading.text[told[-1].start : act.end] if leans else act.text
        query = Query(
            text=whole[:LONGEST_QUERY],
            said=act.text[:LONGEST_QUERY] if leans else "",
            topic=act.kind or act.name,
            beside="" if leans else self._told_around(act)[:LONGEST_QUERY],
            turn=self.reading.text[:LONGEST_QUERY],
            openly=act.name != "ask" or asking.openly,
            to_judge=asking.to_judge,
            surely=act.name != "ask" or asking.openly or act.confidence >= SURE_QUESTION,
            yes_or_no=asking.yes_or_no,
        )
        booking = self.matter.booking(self.view) if isinstance(self.matter, OwnBooking) else None
        change = self.matter.kind if self.matter is not None else ""
        if act.kind == "fee" and booking is not None and asks_just_that(act.text, change):
            query = query.but(starts=booking.start, change=change)
        self.agenda = self.agenda.but(queries=(*self.agenda.queries, query))
        return "answered"

    def _told_around(self, act: Act) -> str:
        """What stands next to a question and tells of whom or what it is asked; a question put
        right before it, with no joint between, is one of them."""
        acts = self.reading.acts
        first = last = acts.index(act) if act in acts else 0
        leaned_on = (*LEANED_ON, "give:when") if act.kind == "hours" else LEANED_ON
        while first and acts[first - 1].label in leaned_on:
            first -= 1
        while last + 1 < len(acts) and acts[last + 1].label in LEANED_ON:
            last += 1
        before = acts[first - 1] if first else None
        if before is not None and before.name == "ask":
            between = self.reading.text[before.end : acts[first].start]
            first -= not between.strip()
        return self.reading.text[acts[first].start : acts[last].end] if first < last else ""

    def after(self, act: Act) -> tuple[Act, ...]:
        """The acts that come after this one."""
        return tuple(each for each in self.reading.acts if each.start > act.start)

    def before(self, act: Act) -> tuple[Act, ...]:
        """The acts that come before this one."""
        return tuple(each for each in self.reading.acts if each.start < act.start)


def take(hearing: TurnHeard, act: Act) -> OutcomeKind:
    """The act goes to the matter that is being spoken of."""
    matter = hearing.matter
    if matter is None:
        return "nothing to do"
    if isinstance(matter, TimedMatter) and act.label in ABOUT_TIME:
        return _take_time(hearing, matter, act)
    taken = matter.take(act, hearing.agenda, hearing.view)
    return hearing.change(matter, taken)


def _take_time(hearing: TurnHeard, matter: TimedMatter, act: Act) -> OutcomeKind:
    """Several stretches of one turn are one wish: "friday, early", "the third, or the fourth"."""
    if _lies_beside(hearing, matter, act):
        return _put_beside(hearing, matter)
    own = act.told is not None and (act.adds == "another" or hearing.reading.at_once)
    again = hearing.at and _is_of_the_chosen(hearing, act) and not own  # "mine also at eleven"
    if again or _is_of_a_booked(hearing, act):
        return "noted"
    empty = act.name == "ask" and not (act.times or act.order)
    if _is_of_a_question(hearing, act) or hearing.at and empty:
        return "noted"
    before, acts = hearing.timed.setdefault(hearing.at, (matter, []))
    acts.append(act)
    tells = act.times or act.order or act.adds == "another"
    if hearing.at and not tells:
        return "noted"  # it is no time at all
    if hearing.at:
        kept = (each for each in before.unplaced if not tells_anew(each, acts))
        hearing.put(matter.but(unplaced=(*kept, *acts)))
        return "kept"
    taken = matter.timed(tuple(acts), before.wanted, hearing.agenda, hearing.view)
    return hearing.change(matter, taken)


def _lies_beside(hearing: TurnHeard, matter: TimedMatter, act: Act) -> bool:
    """ "Right after": it is the next visit that comes then, where there are two."""
    if not act.beside or act.times or act.order is not None:
        return False
    further = any(isinstance(one, Booking) for one in hearing.agenda.matters[1:])
    if not isinstance(matter, Booking):
        return further and isinstance(matter, Moving)
    return further or hearing.view.last_booked is not None


def _put_beside(hearing: TurnHeard, matter: TimedMatter) -> OutcomeKind:
    """The further visit is as near behind the one before it as can be, whatever was told of its
    time in turns before this."""
    agenda, last = hearing.agenda, hearing.view.last_booked
    if isinstance(matter, Booking) and not hearing.at and last is not None:
        if hearing.at in hearing.timed and matter.wanted.exact:
            return "noted"
        fresh = matter.but(unplaced=(), wanted=Wanted(), beside=True)
        return hearing.change(matter, fresh.next_to(last, hearing.view))
    others = [(at, one) for at, one in enumerate(agenda.matters) if at and isinstance(one, Booking)]
    place, further = next((each for each in others if each[0] == hearing.at), others[0])
    said = hearing.timed.get(place)
    matters = list(agenda.matters)
    matters[place] = further.but(unplaced=tuple(said[1]) if said else (), beside=True)
    hearing.agenda = agenda.but(matters=tuple(matters))
    return "noted"


def _is_of_a_booked(hearing: TurnHeard, act: Act) -> bool:
    """Whether a day beside another time, said to what was read back, is only that of a visit
    booked in this call: "the needling's done, Thursday; it's the massage, Monday at six"."""
    view, spans = hearing.view, spans_of(act.times)
    others = [each for each in hearing.reading.all("give:when") if each is not act and each.times]
    if hearing.agenda.asked not in READ_BACKS or not others or len(spans) != 1:
        return False
    days = {view.local(one.start).date() for one in view.found if one.reference in view.booked_here}
    return spans[0].day in days and spans[0].at is None


def _is_of_a_question(hearing: TurnHeard, act: Act) -> bool:
    """Whether a time is the end of a question about something else, beside a choice or a yes:
    "eight o'clock, and what may he eat the night before"."""
    before = hearing.before(act)
    answered = hearing.affirmed or any(len(each.which) == 1 for each in before)
    asks = bool(before) and before[-1].name == "ask" and before[-1].label not in WITH_TIMES
    return answered and asks and act.label == "give:when" and not act.corrects


def _is_of_the_chosen(hearing: TurnHeard, act: Act) -> bool:
    """Whether a time is that of the first visit, said once more while the next is spoken of."""
    view, first = hearing.view, hearing.agenda.matters[0]
    offer = view.offer(first.chosen) if isinstance(first, TimedMatter) else None
    if offer is None:
        return False
    start = view.local(offer.start)
    told = [(span.day or start.date(), span.at) for span in spans_of(act.times)]
    return told == [(start.date(), start.time())]


def repeats_what_is_booked(hearing: TurnHeard) -> bool:
    """Whether the turn only says once more what was booked in this call: its service and time."""
    reading, view = hearing.reading, hearing.view
    told = {act.value for act in reading.all("give:service")}
    spans = spans_of(when for act in reading.all("give:when") for when in act.times)
    if not spans or any(act.adds for act in reading.all("want", "give:service")):
        return False
    for one in view.found:
        start = view.local(one.start)
        fits = all(at.on(start.date()) and at.at in (None, start.time()) for at in spans)
        if one.reference in view.booked_here and fits and told <= {one.service_id}:
            return True
    return False


def _is_amended(before: Matter, after: Matter) -> bool:
    """Whether what was read back of it no longer holds."""
    if isinstance(before, Account) and isinstance(after, Account) and before.name:
        return (before.name, before.reference) != (after.name, after.reference)
    if not isinstance(before, TimedMatter) or not isinstance(after, TimedMatter):
        return before != after
    if isinstance(before, Booking) and isinstance(after, Booking):
        if before.name != after.name or is_for_another(before, after):
            return True
    return (before.chosen, before.service_id) != (after.chosen, after.service_id)
