"""Yes, no, a choice and giving up: what they do to the question that was open."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace

from voice.dialogue.agenda import Agenda, Matter, OutcomeKind
from voice.dialogue.asides import alarm
from voice.dialogue.details import give
from voice.dialogue.each_visit import (
    is_shorter_name,
    named_in,
    places,
    services_in,
    visits,
    without,
)
from voice.dialogue.known import BookingFact, OfferedFact
from voice.dialogue.matters.booking import Booking
from voice.dialogue.matters.cancelling import Cancelling
from voice.dialogue.matters.moving import Moving
from voice.dialogue.matters.own_booking import OwnBooking
from voice.dialogue.matters.own_order import OwnOrder
from voice.dialogue.matters.table import MATTERS
from voice.dialogue.matters.timed import TimedMatter
from voice.dialogue.speaking import phrase
from voice.dialogue.statements import Rank
from voice.dialogue.turn_heard import CONTENT, READ_BACKS, TurnHeard, take
from voice.dialogue.wanting import become
from voice.understanding.acts import Act, Reading
from voice.understanding.wishes.wanted import spans_of
from voice.understanding.words import plain

CONDITIONS = frozenset(("if", "provided", "providing", "assuming", "unless"))
"""Words that make a yes depend on the answer to a question."""
FEW_BEFORE = 3
"""Words behind a yes among which such a word begins what it depends on."""
POLITELY = (["would"], ["could"], ["can"], ["will"], ["like"], ["dont"], ["please"])
"""Words behind "if you" that ask for nothing."""
UNTIL = frozenset(("before", "until", "till"))
"""Words after which "I say yes" says none yet."""
MOST_BETWEEN = 4
"""Words from there to the yes."""
CONTRAST = frozenset(("but", "only", "though", "except"))
"""Words that make what follows come first."""
MEANT = frozenset(("mean", "meant", "asking", "asked"))
"""Words by which a question is put right."""

ANSWERS = {
    "name": ("give:name",),
    "phone": ("give:phone",),
    "date": ("give:when",),
    "time": ("give:when",),
    "choose": ("choose", "give:when"),
}
"""Labels of what answers a question of a visit to be booked."""

LENGTHY = 8
"""Words behind a no by which more is said than that nothing is wanted."""
SURE_ENOUGH = 0.45
"""Of a yes to a question of a matter; below it the question is put again."""


def _affirm(hearing: TurnHeard, act: Act) -> OutcomeKind:
    agenda, hearing.affirmed = hearing.agenda, True
    if agenda.asked in READ_BACKS:
        hearing.at = 0  # whatever was told of another before it
    matter = hearing.matter
    if hearing.unsure is not None and hearing.unsure[0] in MATTERS:
        return _meant(hearing, 0)
    match agenda.asked:
        case asked if asked in READ_BACKS and matter is not None:
            if _asks_first(hearing, act) or _is_to_another(hearing, matter):
                return "asked back"
            return _agree(hearing, act, matter)
        case "guess" if isinstance(matter, Booking) and matter.likely:
            hearing.put(matter.but(service_id=matter.likely[0], likely=()))
            return "done"
        case "choose" if isinstance(matter, TimedMatter):
            return _only_offer(hearing, matter)
        case "which_booking" if isinstance(matter, OwnBooking) and len(hearing.view.found) == 1:
            hearing.put(matter.but(reference=hearing.view.found[0].reference))
            return "done"
        case "move_or_cancel":
            return _what_of_it(hearing, act)
        case "person":
            hearing.agenda = agenda.but(wants_person=True)
            return "done"
        case "new_instead" if isinstance(matter, OwnBooking):
            hearing.put(matter.as_new())
            return "done"
        case "emergency":
            return alarm(hearing)
        case "change":
            hearing.agenda = agenda.but(asked=None)  # nothing after all: it is read back again
        case "take_it" if set(hearing.reading.goods).difference(getattr(matter, "shown", ())):
            return "noted"  # "yeah, I'll take the treats" is no yes to the leash
        case _ if act.confidence < SURE_ENOUGH:
            return "asked back"
        case _ if matter is not None and (accepted := matter.accepted(agenda, hearing.view)):
            hearing.agenda = accepted
            return "done"
    return "noted"


def _agree(hearing: TurnHeard, act: Act, matter: Matter) -> OutcomeKind:
    """To what was read back, not to what has been changed since, nor to what the words behind the
    yes change: that is read back first."""
    if hearing.amended or any(each.value == "kept" for each in hearing.after(act)):
        return "noted"
    if _is_left_open(hearing, act, matter):
        hearing.affirmed = False
        _without_the_one_read_back(hearing)
        if isinstance(matter, Booking | Moving) and _is_at_another_time(hearing, act, matter):
            return take(hearing, replace(act, name="give", kind="when", value=None))
        return "asked back"
    hearing.put(matter.but(agreed=True))
    return "done"


def _is_left_open(hearing: TurnHeard, yes: Act, matter: Matter) -> bool:
    """Whether words of the yes, or behind it, hold it up, bind it to something or touch what was
    read back; what comes with one more visit is of that one."""
    books = isinstance(matter, Cancelling) and "book" in plain(yes.text).split()
    if books or _is_at_another_time(hearing, yes, matter):
        return True  # "yes, book it" cancels nothing
    end = yes.end
    for act in hearing.after(yes):
        if act.name == "hold" or _is_condition(hearing.reading.text[end : act.end], act):
            return True
        if act.label == "want:move" and matter.kind == "cancel":
            return True
        if act.label == "give:when" and not (act.times or act.order or act.beside):
            return True
        if act.adds or act.beside or act.label == "want:book":
            ruled_out = hearing.reading.all("rule_out:service")
            own = matter.services if isinstance(matter, Booking) else ()
            return any(each.value in own for each in ruled_out if each.value)
        if _is_at_another_time(hearing, act, matter) or _is_of_another(hearing, act, matter):
            return True
        end = act.end
    return False


def _is_condition(words: str, act: Act) -> bool:
    """Whether the yes depends on this; "if you would" only says please."""
    said = plain(words).split()
    at = next((at for at, word in enumerate(said[:FEW_BEFORE]) if word in CONDITIONS), None)
    if at is None:
        return " ".join(said[:FEW_BEFORE]) in ("as long as", "so long as")
    polite = said[at + 1 : at + 2] == ["you"] and said[at + 2 : at + 3] in POLITELY
    return act.name not in ("affirm", "social") and not polite


def _is_at_another_time(hearing: TurnHeard, act: Act, matter: Matter) -> bool:
    """Whether it tells a time that is not the one read back."""
    view = hearing.view
    read_back: BookingFact | OfferedFact | None = None
    if isinstance(matter, Cancelling):
        read_back = matter.booking(view)
    elif isinstance(matter, TimedMatter):
        read_back = view.offer(matter.chosen)
    if read_back is None or act.name not in ("affirm", "give"):
        return False
    spans, start = spans_of(act.times), view.local(read_back.start)
    if act.name == "give" and not isinstance(matter, Cancelling):
        return False  # the matter takes it
    fits = (at.on(start.date()) and at.at in (None, start.time()) for at in spans)
    return bool(spans) and not any(fits)


def _is_of_another(hearing: TurnHeard, act: Act, matter: Matter) -> bool:
    """Whether it names another service, or another booking, than was read back."""
    if isinstance(matter, Cancelling):
        return _names_another_booking(hearing, act, matter)
    if not isinstance(matter, Booking) or act.kind != "service" or not act.value:
        return False
    if act.name == "rule_out":
        return act.value in matter.services
    if hearing.own_visit(act) or is_shorter_name(hearing.view, act.text, matter.service_id):
        return False
    view = hearing.view
    known = {service for one in visits(hearing.agenda) for service in one.services}
    booked = {one.service_id for one in view.found if one.reference in view.booked_here}
    if any(each.adds == "another" or each.beside for each in hearing.after(act)):
        return False
    return act.name == "give" and act.value not in known | booked


def _is_to_another(hearing: TurnHeard, matter: Matter) -> bool:
    """Whether only another visit is wanted than was read back: "okay, just the leash lesson"."""
    named = {service for _, service in named_in(hearing.reading, hearing.view)}
    known = isinstance(matter, Booking) and matter.services
    return bool(hearing.reading.only_one and known and named) and named.isdisjoint(known or ())


def _asks_first(hearing: TurnHeard, act: Act) -> bool:
    """Whether the yes waits for an answer: "if she does rabbits, then yes", "yes, but what name
    have you on it", "whose name is it under before I say yes"."""
    text = hearing.reading.text
    if not UNTIL.isdisjoint(plain(text[: act.start]).split()[-MOST_BETWEEN:]):
        return True
    asks = any(each.name == "ask" for each in hearing.before(act))
    if asks and not CONDITIONS.isdisjoint(plain(text[: act.end]).split()):
        return True
    return any(
        each.name == "ask"
        and _is_of_the_visit(each)
        and not CONTRAST.isdisjoint(plain(text[act.end : each.start] + each.text[:8]).split()[:2])
        for each in hearing.after(act)
    )


def _is_of_the_visit(act: Act) -> bool:
    """Whether it asks for what was read back, or what comes of it, and not for the way there."""
    sides = act.asking.sides if act.asking is not None else ()
    return bool(sides) or act.kind in ("booking", "reference", "person", "price", "times")


def _what_of_it(hearing: TurnHeard, act: Act) -> OutcomeKind:
    """Whether to move or to cancel what is spoken of, where the words say it."""
    matter = hearing.matter
    if isinstance(matter, Moving) and act.value == "move":
        hearing.put(matter.but(undecided=False))
        return "done"
    if isinstance(matter, OwnBooking) and act.value == "cancel":
        return become(hearing, matter, "cancel")
    return "asked back"


def _only_offer(hearing: TurnHeard, matter: TimedMatter) -> OutcomeKind:
    """A yes to one time takes it; to several it is heard which, and who then says yes once more
    gets the soonest."""
    offers = hearing.view.offers
    if len(offers) == 1 or offers and hearing.agenda.rounds:
        hearing.put(matter.but(chosen=offers[0].offer_id))
        return "done"
    return "asked back"


def _deny(hearing: TurnHeard, act: Act) -> OutcomeKind:
    agenda, matter = hearing.agenda, hearing.matter
    if hearing.affirmed and _only_mends_a_question(hearing, act):
        return "noted"
    wished = any(each.name in CONTENT for each in hearing.after(act))
    left = act.value == "kept" and agenda.asked != "confirm_cancel" and not wished
    if left and isinstance(matter, OwnBooking) and not hearing.begun:
        hearing.owe(phrase("left"), Rank.DONE)
        hearing.agenda = hearing.agenda.without_in_hand()
        return "done"
    if matter is not None and agenda.asked in READ_BACKS:
        hearing.put(matter.but(agreed=False))
    _without_the_one_read_back(hearing)
    if agenda.asked == "reference" and not hearing.reading.first("give:reference", "want"):
        return "noted" if hearing.reading.first("hold") else _refused(hearing, matter)
    to_guess = agenda.asked == "guess" and act.value != "unsure"
    if to_guess and isinstance(matter, Booking) and len(matter.likely) == 1:
        agenda = hearing.agenda = matter.without_guess(hearing.agenda)
    if any(each.name in CONTENT for each in hearing.after(act)):
        return "noted"  # what follows says what it should be
    if any(each.name in ("drop", "person") for each in hearing.after(act)):
        return "noted"
    if agenda.asked in ("service", "guess", "date") and act.value == "unsure":
        return "asked back"
    if agenda.asked == "confirm_cancel" and hearing.reading.sad_news:
        return "asked back"  # "no, dear, he's died" is no word against cancelling
    match agenda.asked:
        case "anything_else" | "help" if _protests(hearing) and not _goes_on(hearing):
            hearing.agenda = agenda.but(asked="help")
            hearing.owe(phrase("got_it_wrong"), Rank.ASIDE)
            return "done"
        case "anything_else" | "help" if act.value != "kept" and not _goes_on(hearing):
            hearing.agenda = agenda.but(leaving=True)
            return "done"
        case "person":
            hearing.agenda = agenda.but(asked=None)
            return "done"
    if hearing.begun:
        return "noted"  # not to what was begun in this very turn
    return _refused(hearing, matter)


def _without_the_one_read_back(hearing: TurnHeard) -> None:
    """A no to cancelling, with another booking beside it, is not of the one that was read back."""
    matter = hearing.matter
    if hearing.agenda.asked != "confirm_cancel" or not isinstance(matter, OwnBooking):
        return
    booking = matter.booking(hearing.view)
    if booking is None:
        return
    if any(_names_another_booking(hearing, told, matter) for told in hearing.reading.acts):
        hearing.put(matter.without(booking.reference))


def _names_another_booking(hearing: TurnHeard, told: Act, matter: OwnBooking) -> bool:
    """Whether it is of another booking than the one that was read back."""
    booking, found = matter.booking(hearing.view), hearing.view.found
    if booking is None:
        return False
    own = {None, booking.service_id, booking.reference}
    if told.label == "give:booking" and len(told.which) == 1:
        return found[told.which[0]] != booking
    named = services_in(told.text, hearing.view) if told.label == "give:booking" else set()
    other = told.label in ("give:service", "give:reference") and told.value not in own
    return other or bool(named) and booking.service_id not in named


def _protests(hearing: TurnHeard) -> bool:
    """Whether a no to "anything else?" puts something right: in so many words, or at length with
    neither thanks nor a goodbye."""
    reading = hearing.reading
    if reading.first("social:bye") is not None:
        return False
    if reading.protests or reading.first("social:thanks") is not None:
        return reading.protests
    upset = hearing.agenda.mood in ("anger", "wronged", "hurt")
    told = reading.all("story", "give:other", "social:upset", "outside")
    return sum(len(each.text.split()) for each in told) >= (LENGTHY if not upset else 1)


def _only_mends_a_question(hearing: TurnHeard, act: Act) -> bool:
    """Whether a no behind a yes is to how a question was heard: "book it, but no, I meant do you
    store tyres"."""
    behind = hearing.after(act)[:1]
    said = plain(hearing.reading.text[act.end :]).split()
    asks = bool(behind) and behind[0].name == "ask"
    return asks and said[:1] == ["i"] and not MEANT.isdisjoint(said[:3])


def _refused(hearing: TurnHeard, matter: Matter | None) -> OutcomeKind:
    """A no to what the matter just asked; an order that is not found yields to another wish."""
    unfound = isinstance(matter, OwnOrder) and matter.order(hearing.view) is None
    same = f"want:{matter.kind}" if matter is not None else ""
    others = hearing.reading.all("ask", "want", "give:service")
    if unfound and any(each.label != same for each in others):
        hearing.agenda = hearing.agenda.without_in_hand()
        return "done"
    refused = matter.refused(hearing.agenda, hearing.view) if matter is not None else None
    if refused is None:
        return "noted"
    hearing.agenda = refused
    return "done"


def _meant(hearing: TurnHeard, place: int) -> OutcomeKind:
    """Which of two things the caller wants, which we could not tell before."""
    kind = (hearing.unsure or ("", ""))[place]
    if kind == "person":
        hearing.agenda = hearing.agenda.but(wants_person=True)
    elif hearing.matter is None or hearing.matter.kind != kind:
        hearing.begin(MATTERS[kind](kind=kind), 0)
    return "done"


def _goes_on(hearing: TurnHeard) -> bool:
    """Whether a no to "anything else?" only begins what is said."""
    going_on = ("ask", "want", "give", "rule_out", "person", "emergency")
    return any(each.name in going_on for each in hearing.reading.acts)


def _choose(hearing: TurnHeard, act: Act) -> OutcomeKind:
    if hearing.unsure is not None and hearing.unsure[0] in MATTERS and act.which:
        return _meant(hearing, min(act.which[0], 1))
    if hearing.matter is None:
        return "nothing to do"
    if hearing.agenda.asked == "move_or_cancel":
        return _what_of_it(hearing, act)
    own = hearing.own_visit(act)
    hearing.at = hearing.at if own is None else own
    if own:
        return give(hearing, replace(act, name="give", kind="when", which=(), value=None))
    if hearing.agenda.asked in ("service", "guess") and act.value:
        return take(hearing, Act("give", "service", text=act.text, value=act.value))
    return take(hearing, act)


def _more(hearing: TurnHeard, act: Act) -> OutcomeKind:
    matter = hearing.matter
    if not isinstance(matter, TimedMatter):
        return "nothing to do"
    if hearing.agenda.asked == "choose" and _is_beside_a_pick(hearing, act):
        return "nothing to do"
    if isinstance(matter, Cancelling) and not matter.agreed:
        return become(hearing, matter, "move")
    if hearing.agenda.asked in READ_BACKS and not act.times:
        if any(each.name == "affirm" for each in hearing.after(act)):
            return "nothing to do"  # "what other one? yes, book it"
    if isinstance(matter, Moving) and matter.undecided:
        hearing.put(matter.but(undecided=False))
    if act.value:
        take(hearing, replace(act, name="give", kind="provider", times=()))
    return take(hearing, act)


def _is_beside_a_pick(hearing: TurnHeard, act: Act) -> bool:
    """Whether one time is picked in the turn, and others are not asked for behind that: "not too
    early for me; half ten, I think"."""
    reading = hearing.reading
    picked = any(len(each.which) == 1 for each in reading.all("choose"))
    asks = reading.text[act.end : act.end + 1] == "?"
    return picked and not (asks and any(each.name == "choose" for each in hearing.before(act)))


def _drop(hearing: TurnHeard, act: Act) -> OutcomeKind:
    agenda, matter = hearing.agenda, hearing.matter
    if matter is None:
        leaving = agenda.asked in ("anything_else", "help", "person") and not _goes_on(hearing)
        hearing.agenda = agenda.but(leaving=leaving, asked=None)
        return "done" if leaving else "nothing to do"
    wanted = visits(agenda)
    own = hearing.own_visit(act)
    given_up = [one for one in wanted if one.service_id in act.likely]
    given_up = given_up or [one for at, one in places(agenda) if at == own]
    if given_up and len(given_up) < len(wanted):
        hearing.agenda = without(agenda, *given_up)
        hearing.at, hearing.amended = 0, True
        return "done"
    if isinstance(matter, Moving) and matter.undecided and act.value == "cancel":
        return become(hearing, matter, "cancel")
    if hearing.reading.first("rule_out:service") and hearing.reading.first("give:service"):
        return "noted"  # of what was turned down, not of what is wanted in its place
    if agenda.asked in ANSWERS and hearing.reading.first(*ANSWERS[agenda.asked]) is not None:
        return "noted"  # of a question of their own: ours is answered
    hearing.owe(phrase(matter.left(hearing.view) or "all_right"), Rank.DONE)
    hearing.replace_all()
    hearing.agenda = hearing.agenda.but(dropped=agenda.matters)
    return "done"


def taken_up_again(agenda: Agenda, reading: Reading) -> Agenda:
    """Who gave a visit up and goes on about it wants it after all: "no, I do want it, the quarter
    to six"; another service or one more visit is a new wish."""
    dropped = [one for one in agenda.dropped if isinstance(one, Booking)]
    if not dropped or agenda.matters:
        return agenda.but(dropped=())
    wished = reading.first("choose", "give:when", "give:provider", "want:book")
    known = {None, *(one.service_id for one in dropped)}
    others = {act.value for act in reading.all("give:service", "give:problem")} - known
    if wished is None or others or any(act.adds == "another" for act in reading.all("want")):
        return agenda
    return agenda.but(matters=tuple(dropped), dropped=(), asked=None)


HEARD_ASSENT: Mapping[str, Callable[[TurnHeard, Act], OutcomeKind]] = {
    "affirm": _affirm,
    "deny": _deny,
    "choose": _choose,
    "more": _more,
    "drop": _drop,
}
