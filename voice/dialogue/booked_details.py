"""A name or a number told once the visit is in the book: read back, and then put to that visit."""

from __future__ import annotations

from collections.abc import Sequence

from voice.dialogue.agenda import OutcomeKind
from voice.dialogue.customer_names import in_place_of
from voice.dialogue.each_visit import services_in
from voice.dialogue.further import OF_A_SERVICE
from voice.dialogue.known import BookingFact
from voice.dialogue.matters.account import Account
from voice.dialogue.matters.booking import Booking
from voice.dialogue.speaking import phrase
from voice.dialogue.statements import Rank
from voice.dialogue.turn_heard import TurnHeard
from voice.spoken import say_phone
from voice.understanding.acts import Act
from voice.understanding.wishes.wanted import spans_of
from voice.understanding.words import fold, plain

SURE_OF_A_NAME = 0.6
"""Of one beside which nothing says that the other was wrong."""
BEGINS_A_VISIT = ("give:reference", "social:bye")
"""What tells that a name beside it is not that of a visit booked before."""
OF_A_VISIT = (
    "give:service",
    "give:problem",
    "give:provider",
    "give:when",
    "give:booking",
    "choose",
)
"""What tells which visit a name beside it is of, but for its service."""
OF_NAMES = frozenset(("name", "names", "under"))


def put_name_right(hearing: TurnHeard, act: Act) -> OutcomeKind | None:
    """The whole name that a booked visit shall be under instead of its own is read back first;
    where it is told to be somebody else's, the caller's own was not wrong. None: the one told is
    that name, or of something else."""
    reading = hearing.reading
    visit = _visit_in_hand(hearing, act) if hearing.matter else _visit_meant(hearing, act)
    if visit is None or act.value is None:
        return None
    name = in_place_of(visit.customer, act.value, reading.text)
    if fold(name) == fold(visit.customer):
        return None
    theirs = reading.of_kin or any(each.value is None for each in reading.all("give:name"))
    callers = visit.customer == hearing.agenda.name and not theirs
    begun = Account(wish="name", name=name, reference=visit.reference, callers=callers)
    hearing.begin(begun, 0)
    return "noted"


def _visit_in_hand(hearing: TurnHeard, act: Act) -> BookingFact | None:
    """While another visit is wanted: the one booked whose name is said not to be the right one."""
    matter, under = hearing.matter, getattr(hearing.matter, "name", None) or hearing.agenda.name
    if not isinstance(matter, Booking) or not under or fold(act.value or "") == fold(under):
        return None
    if act.told is not None and act.told.service and hearing.own_visit(act) is not None:
        return None
    beside = _beside(hearing, act)
    wrong = [one for one in _denied(hearing, beside) if fold(one.customer) != fold(under)]
    return wrong[0] if len(wrong) == 1 and "not" in beside else None


def _visit_meant(hearing: TurnHeard, act: Act) -> BookingFact | None:
    """The visit that a name is of where nothing else is in hand: the one told of beside it, the one
    whose name is wrong, or the one spoken of last."""
    reading, beside = hearing.reading, _beside(hearing, act)
    wishes = [each for each in reading.all("want") if each.label != "want:account"]
    if act.adds or act.beside or wishes or reading.first(*BEGINS_A_VISIT) is not None:
        return None
    told, denied = reading.all(*OF_A_VISIT), _denied(hearing, beside)
    services = services_in(" ".join(beside), hearing.view)
    for one in reading.all(*OF_A_SERVICE):
        services |= {each for each in (one.value, *one.likely) if each}
    fitting = [
        one
        for one in hearing.view.found
        if (not services or one.service_id in services)
        and all(_is_of(each, one, hearing) for each in told)
    ]
    if told or services:
        visit = fitting[0] if len(fitting) == 1 else None
    else:
        visit = denied[0] if len(denied) == 1 else spoken_of_last(hearing)
    wrong = visit in denied or act.corrects or reading.first("want:account") is not None
    if wrong or not OF_NAMES.isdisjoint(beside):
        return visit
    leaving = reading.first("deny", "drop", "social:thanks") is not None  # "nah, mahalo, aloha"
    sure = act.confidence >= SURE_OF_A_NAME and not leaving
    return visit if sure and (not (told or services) or reading.first("give:booking")) else None


def _beside(hearing: TurnHeard, act: Act) -> list[str]:
    """The words of the turn but for those of the name."""
    text = hearing.reading.text
    return plain(f"{text[: act.start]} {text[act.end :]}").split()


def _denied(hearing: TurnHeard, beside: Sequence[str]) -> list[BookingFact]:
    """The visits whose own name is among the words beside the one told."""
    found = hearing.view.found
    return [one for one in found if not set(fold(one.customer).split()).isdisjoint(beside)]


def _is_of(act: Act, visit: BookingFact, hearing: TurnHeard) -> bool:
    """Whether these words may tell of that visit."""
    start, places = hearing.view.local(visit.start), hearing.view.found
    if act.kind == "provider":
        return act.value == visit.provider_id
    if act.times:
        told = spans_of(act.times)
        return any(at.on(start.date()) and at.at in (None, start.time()) for at in told)
    return not act.which or visit in [places[at] for at in act.which if at < len(places)]


def spoken_of_last(hearing: TurnHeard) -> BookingFact | None:
    """The visit booked last in this call; or the only one that was told of, where nothing but a
    name is said to whether there is anything else."""
    view, agenda = hearing.view, hearing.agenda
    told = view.found if agenda.asked == "anything_else" and len(view.found) == 1 else ()
    only = told[0] if told and hearing.reading.first("ask") is None else None
    return view.last_booked or only


def put_number_right(hearing: TurnHeard, number: str) -> OutcomeKind:
    """Unless it is there already."""
    agenda, call = hearing.agenda, hearing.view.call
    if number in (agenda.phone, call.known_phone, call.claimed_phone):
        hearing.owe(phrase("has_number", number=say_phone(number)), Rank.ANSWERED)
        return "answered"
    last = spoken_of_last(hearing)
    begun = Account(wish="number", reference=last.reference if last else None)
    hearing.begin(begun, len(agenda.matters))
    hearing.agenda = hearing.agenda.but(phone=number, phone_digits="")
    return "noted"
