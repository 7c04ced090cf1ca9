"""A customer's name that is told: whose visit is put under it, and what is read back again then."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from voice.dialogue.agenda import MISNAMED, Matter, OutcomeKind
from voice.dialogue.booked_details import put_name_right
from voice.dialogue.customer_names import fuller_name, in_full, with_told
from voice.dialogue.each_visit import (
    Place,
    place_told,
    places,
    visits,
    wanted_visits,
)
from voice.dialogue.goods_given import wish_about_goods
from voice.dialogue.matters.booking import Booking
from voice.dialogue.matters.buying import Buying
from voice.dialogue.matters.own_booking import OwnBooking
from voice.dialogue.matters.pair import Pair
from voice.dialogue.turn_heard import READ_BACKS, TurnHeard
from voice.understanding.acts import Act
from voice.understanding.names.identity import same_name
from voice.understanding.names.parties import ME, is_of_kin
from voice.understanding.relabelling.visits_told import SEVERAL
from voice.understanding.words import plain

INTRODUCING = frozenset(("im", "its", "me", "mine"))
MOST_BEFORE = 4
"""Words before a name that tell whose it is."""
ANOTHERS = frozenset("hers his theirs her him she he".split())
"""Words for another person, beside a name."""


def name_told(hearing: TurnHeard, act: Act) -> OutcomeKind:
    """It goes to the visit beside which it is told, else to the one spoken of or to the caller."""
    if not act.value:
        return "nothing to do"
    if (outcome := put_name_right(hearing, act)) is not None:
        return outcome
    if _is_a_gift_to(hearing, act):
        matter = hearing.matter
        if isinstance(matter, Buying):
            hearing.change(matter, matter.noting(f"for {act.value}"))
        return "noted"
    if (outcome := _tells_whose(hearing, act)) is not None:
        return outcome
    if not any(each.label == "give:name" for each in hearing.before(act)):
        _count_wrong_read_backs(hearing)
    agenda, matter, place = hearing.agenda, hearing.matter, _visit_beside(hearing, act)
    known = _under(hearing, place)
    value = in_full(act.value, _of_this_call(hearing), known)
    if known and value == act.value and (act.part or agenda.asked in READ_BACKS):
        value = with_told(known, act, hearing.reading.text)
    failed = agenda.asked in ("name", "order") and any(f"{known}/" in each for each in agenda.tried)
    part = known and set(value.split()) < set(known.split())  # "no other name, just Doyle"
    if known and (part or not failed) and fuller_name(known, value) == known:
        return "noted"
    if place is None and known and known != value:
        place = _of_another(hearing, act)
    own = place is not None and ME in wanted_visits(agenda)[place].whom
    if place is not None and (agenda.name or not own):
        return _to_visit(hearing, place, value)
    if own:
        return _to_caller(hearing, value)
    people = act.told.people if act.told is not None and agenda.name else ()
    theirs = bool(people) and ME not in people or _asked_for_another(hearing, act)
    if isinstance(matter, Booking) and (matter.name or theirs):
        return _to_visit(hearing, (hearing.at, False), value)
    return _to_caller(hearing, value)


def _count_wrong_read_backs(hearing: TurnHeard) -> None:
    """What is spelled with words, once it was put right in vain, puts the read-back right."""
    agenda = hearing.agenda
    in_words = agenda.asked == "name" and agenda.misnamed == MISNAMED
    denied = agenda.asked in READ_BACKS and hearing.reading.first("deny") is not None
    if in_words or denied:
        asked = "confirm" if in_words else agenda.asked
        hearing.agenda = agenda.but(misnamed=agenda.misnamed + 1, asked=asked)


def _is_a_gift_to(hearing: TurnHeard, act: Act) -> bool:
    """Whether who is named is the one for whom something is bought, and not who buys it: "for my
    brother Ray Stubbs", "her name is Joan"."""
    if not (isinstance(hearing.matter, Buying) or wish_about_goods(hearing) == "buy"):
        return False
    before = plain(f"{hearing.reading.text[: act.start]} {act.text}").replace("my name", "im")
    led = before.split()[: -len((act.value or "").split())][-MOST_BEFORE:]
    own = max((at for at, word in enumerate(led) if word in INTRODUCING), default=-1)
    behind = led[own + 1 :]
    return is_of_kin(" ".join(behind)) or not ANOTHERS.isdisjoint(behind)


def _tells_whose(hearing: TurnHeard, act: Act) -> OutcomeKind | None:
    """A name that is not the caller's and on a booking of theirs tells which one is meant."""
    matter, caller = hearing.matter, hearing.agenda.name
    if not isinstance(matter, OwnBooking) or caller is None or act.value is None:
        return None
    others = (one for one in hearing.view.found if not same_name(caller, one.customer))
    theirs = [one for one in others if same_name(act.value, one.customer)]
    if len(theirs) == 1:
        hearing.change(matter, matter.but(reference=theirs[0].reference, agreed=False))
    return "noted" if theirs else None


def _to_visit(hearing: TurnHeard, place: Place, value: str) -> OutcomeKind:
    """What was agreed to before of that visit was of another name, which goes to the visit that was
    under this one."""
    at, second = place
    matters = list(hearing.agenda.matters)
    visit = matters[at]
    assert isinstance(visit, Booking)
    before = _under(hearing, place)
    others = [each for each, one in wanted_visits(hearing.agenda).items() if one.name == value]
    if second and isinstance(visit, Pair):
        matters[at] = visit.named(value)
    else:
        matters[at] = visit.but(name=value, agreed=False)
    hearing.amended = hearing.amended or at == 0
    hearing.agenda = hearing.agenda.but(matters=tuple(_of_one_family(matters, value)))
    if before not in (None, value) and others and others != [place]:  # the two change places
        return _to_visit(hearing, others[0], before)
    return "noted"


def _of_one_family(matters: Sequence[Matter], value: str) -> Iterator[Matter]:
    """Who is told by the first name alone, beside the whole name of another who wants the same, has
    the family's: "for Alfie", of two Whitakers."""
    family = value.split()[1:]
    alike = len({one.service_id for one in matters if isinstance(one, Booking)}) == 1
    for one in matters:
        given = (one.name or "").split() if isinstance(one, Booking) and alike else []
        named = len(given) == 1 and isinstance(one, Booking)
        yield one.but(name=" ".join((*given, *family))) if named else one


def _to_caller(hearing: TurnHeard, value: str) -> OutcomeKind:
    """Also what is wanted under their own name, and was agreed to under another, is read back."""
    agenda = hearing.agenda
    if agenda.name not in (None, value):
        hearing.amended = hearing.amended or any(map(_is_the_callers, agenda.matters[:1]))
        agenda = agenda.but(
            matters=tuple(
                one.but(agreed=False) if _is_the_callers(one) else one for one in agenda.matters
            )
        )
    hearing.agenda = agenda.but(name=value)
    return "noted"


def _is_the_callers(matter: Matter) -> bool:
    return isinstance(matter, Buying) or isinstance(matter, Booking) and matter.name is None


def _under(hearing: TurnHeard, place: Place | None) -> str | None:
    """The name that the visit told of, or else the one in hand, would be under now."""
    at, second = place or (hearing.at, False)
    matter = hearing.agenda.matters[at] if at < len(hearing.agenda.matters) else None
    own = matter.second.name if second and isinstance(matter, Pair) else None
    return own or getattr(matter, "name", None) or hearing.agenda.name


def _of_this_call(hearing: TurnHeard) -> tuple[str, ...]:
    """The names that were told in this call, and those of the visits booked in it."""
    agenda, view = hearing.agenda, hearing.view
    booked = [one.customer for one in view.found if one.reference in view.booked_here]
    wanted = [one.name for _, one in places(agenda)]
    seconds = [one.second.name for _, one in places(agenda) if isinstance(one, Pair)]
    return tuple(filter(None, (agenda.name, *wanted, *seconds, *booked)))


def _of_another(hearing: TurnHeard, act: Act) -> Place | None:
    """The visit that is another's than the one whose name is known: the second of a pair, one that
    began beside a yes to the first, or the next one, told a second name in one turn."""
    matter, at = hearing.matter, hearing.at
    if isinstance(matter, Pair):
        return None if act.corrects else (at, True)
    if not isinstance(matter, Booking) or act.corrects:
        return None
    if at and at in hearing.begun:
        return at, False
    before = any(each.label == "give:name" for each in hearing.before(act))
    further = hearing.agenda.matters[at + 1 : at + 2]
    return (at + 1, False) if before and further and isinstance(further[0], Booking) else None


def _asked_for_another(hearing: TurnHeard, act: Act) -> bool:
    """Whether the name that was asked for is somebody else's than the caller's; who tells two
    names at once, and of nobody else, is called by the second: "Cornelius Mee, put Con Mee"."""
    agenda, matter, reading = hearing.agenda, hearing.matter, hearing.reading
    again = any(each.label == "give:name" and each.value for each in hearing.before(act))
    if again and not reading.of_kin and reading.first("give:party") is None:
        return False
    asked = agenda.asked == "name" and agenda.name is not None
    return asked and isinstance(matter, Booking) and matter.kind == "book"


def _visit_beside(hearing: TurnHeard, act: Act) -> Place | None:
    """Of several visits the one that the name is told of; the first name that is told, of nobody
    in particular, is of all of them."""
    agenda, told = hearing.agenda, act.told
    names = [each for each in hearing.reading.all("give:name") if each.value]
    alike = len({one.service_id for one in visits(agenda)}) == 1
    if act.comes and alike and len(visits(agenda)) == SEVERAL:
        return places(agenda)[act.comes == "after"][0], False
    if agenda.name is None and len(names) == 1 and not (told and told.people):
        return None
    return place_told(agenda, told)
