"""A name or a number told once the visit is in the book: read back, and then put to that visit."""

from __future__ import annotations

from voice.dialogue.agenda import OutcomeKind
from voice.dialogue.customer_names import in_place_of
from voice.dialogue.known import BookingFact
from voice.dialogue.matters.account import Account
from voice.dialogue.speaking import phrase
from voice.dialogue.statements import Rank
from voice.dialogue.turn_heard import TurnHeard
from voice.spoken import say_phone
from voice.understanding.acts import Act
from voice.understanding.words import fold, plain

SURE_OF_A_NAME = 0.6
"""Of one beside which nothing says that the other was wrong."""
BEGINS_A_VISIT = ("give:service", "give:problem", "give:when", "give:reference", "social:bye")
"""What tells that a name beside it is not that of the visit just booked."""


def name_put_right(hearing: TurnHeard, act: Act) -> str | None:
    """The whole name that the visit spoken of last shall be under instead of its own. None: the one
    told is that name, or of something else."""
    last, reading = spoken_of_last(hearing), hearing.reading
    if last is None or act.value is None or act.adds or act.beside:
        return None
    wishes = [each for each in reading.all("want") if each.label != "want:account"]
    if wishes or reading.first(*BEGINS_A_VISIT) is not None:
        return None
    people = [who.name for who in hearing.view.business.providers]
    if any(fold(act.value) in (fold(one), fold(one).split()[0]) for one in people):
        return None  # "thank you, Ana"
    beside = plain(reading.text[: act.start] + reading.text[act.end :]).split()
    wrong = any(part in beside for part in fold(last.customer).split())
    told = wrong or act.corrects or reading.first("want:account") is not None
    leaving = reading.first("deny", "drop", "social:thanks") is not None  # "nah, mahalo, aloha"
    if not told and (leaving or act.confidence < SURE_OF_A_NAME):
        return None
    name = in_place_of(last.customer, act.value, reading.text)
    return name if fold(name) != fold(last.customer) else None


def spoken_of_last(hearing: TurnHeard) -> BookingFact | None:
    """The visit booked last in this call; or the only one that was told of, where nothing but a
    name is said to whether there is anything else."""
    view, agenda = hearing.view, hearing.agenda
    told = view.found if agenda.asked == "anything_else" and len(view.found) == 1 else ()
    only = told[0] if told and hearing.reading.first("ask") is None else None
    return view.last_booked or only


def put_name_right(hearing: TurnHeard, name: str) -> OutcomeKind:
    """It is read back first; where it is told to be somebody else's, the caller's own was not
    wrong."""
    last, reading = spoken_of_last(hearing), hearing.reading
    theirs = reading.of_kin or any(each.value is None for each in reading.all("give:name"))
    callers = last is not None and last.customer == hearing.agenda.name and not theirs
    reference = last.reference if last else None
    begun = Account(wish="name", name=name, reference=reference, callers=callers)
    hearing.begin(begun, len(hearing.agenda.matters))
    return "noted"


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
