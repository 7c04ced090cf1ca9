"""A customer's name that is told: whose visit is put under it, and what is read back again then."""

from __future__ import annotations

from voice.dialogue.agenda import Agenda, Matter, OutcomeKind
from voice.dialogue.booked_details import put_name_right
from voice.dialogue.customer_names import fuller_name, in_full, with_told
from voice.dialogue.each_visit import SEVERAL, named_in, places, services_in
from voice.dialogue.goods_given import wish_about_goods
from voice.dialogue.matters.booking import Booking
from voice.dialogue.matters.buying import Buying
from voice.dialogue.matters.own_booking import OwnBooking
from voice.dialogue.matters.pair import Pair
from voice.dialogue.turn_heard import READ_BACKS, TurnHeard
from voice.dialogue.twins import place_named
from voice.understanding.acts import Act
from voice.understanding.names.identity import same_name
from voice.understanding.names.parties import is_of_kin
from voice.understanding.words import plain

BEFORE_ME = frozenset("for is thats and".split())
OWN = frozenset(("mine", "myself"))
INTRODUCING = frozenset(("im", "its", "me", "mine"))
MOST_BEFORE = 4
"""Words before a name that tell whose it is."""
ANOTHERS = frozenset("hers his theirs her him she he".split())
"""Words for whose visit it is, beside a name."""
Place = tuple[int, bool]
"""Of a visit on the agenda, and whether it is the second one of a pair."""


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
    agenda, matter, place = hearing.agenda, hearing.matter, _visit_beside(hearing, act)
    known = _under(hearing, place)
    value = in_full(act.value, _of_this_call(hearing), known)
    if known and value == act.value and (act.part or agenda.asked in READ_BACKS):
        value = with_told(known, act, hearing.reading.text)
    twin = place_named(hearing, act) if place is None else None
    if twin is not None:
        return _to_twin(hearing, twin, in_full(act.value, _of_this_call(hearing), None))
    failed = agenda.asked in ("name", "order") and any(f"{known}/" in each for each in agenda.tried)
    part = known and set(value.split()) < set(known.split())  # "no other name, just Doyle"
    if known and (part or not failed) and fuller_name(known, value) == known:
        return "noted"
    if place is None and known and known != value:
        place = _of_another(hearing, act)
    if place is not None and (agenda.name or not _wanted(agenda)[place][1]):
        return _to_visit(hearing, place, value)
    if isinstance(matter, Booking) and (matter.name or _asked_for_another(hearing, act)):
        return _to_visit(hearing, (hearing.at, False), value)
    return _to_caller(hearing, value)


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
    """What was agreed to before of that visit was of another name."""
    at, second = place
    matters = list(hearing.agenda.matters)
    visit = matters[at]
    assert isinstance(visit, Booking)
    if second and isinstance(visit, Pair):
        matters[at] = visit.named(value)
    else:
        matters[at] = visit.but(name=value, agreed=False)
    hearing.amended = hearing.amended or at == 0
    hearing.agenda = hearing.agenda.but(matters=tuple(matters))
    return "noted"


def _to_twin(hearing: TurnHeard, at: int, value: str) -> OutcomeKind:
    """The other one, where that was under this name, takes what this one was under."""
    before = _under(hearing, (at, False))
    outcome = _to_visit(hearing, (at, False), value)
    for other, one in places(hearing.agenda):
        if other != at and one.name == value and before not in (None, value):
            _to_visit(hearing, (other, False), before or value)
    return outcome


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
    """Of several visits the one that is told beside the name: "the wax is for Shannon", "Colleen
    for me"; each name of a turn stands before its visit, or each behind."""
    names = [each for each in hearing.reading.all("give:name") if each.value]
    if hearing.agenda.name is None and len(names) == 1:
        return None  # of all of them
    at, ends = names.index(act), len(hearing.reading.text)
    behind = not _told_in(hearing, 0, names[0].start)
    if behind:
        start, end = act.end, names[at + 1].start if at + 1 < len(names) else ends
    else:
        start, end = names[at - 1].end if at else 0, act.start
    told = _told_in(hearing, start, end)
    return told.pop() if len(told) == 1 else None


def _told_in(hearing: TurnHeard, start: int, end: int) -> set[Place]:
    """The visits, of several, that a stretch of the turn tells of: by what they are for, else by
    whose they are."""
    wanted = _wanted(hearing.agenda)
    if len(wanted) < SEVERAL:
        return set()
    named = {
        service
        for each, service in named_in(hearing.reading, hearing.view)
        if start <= each.start < end
    }
    text = hearing.reading.text[start:end]
    named |= services_in(text, hearing.view)
    if named:
        return {place for place, (service, _) in wanted.items() if service in named}
    words = plain(text).split()
    own = not OWN.isdisjoint(words) or any(
        word == "me" and before in BEFORE_ME for before, word in zip(words, words[1:], strict=False)
    )
    another = is_of_kin(text) or not ANOTHERS.isdisjoint(words)
    if own == another:
        return set()
    return {place for place, (_, callers) in wanted.items() if callers == own}


def _wanted(agenda: Agenda) -> dict[Place, tuple[str | None, bool]]:
    """The visits that are to be booked: what each is for, and whether it is the caller's own."""
    found: dict[Place, tuple[str | None, bool]] = {}
    for at, one in places(agenda):
        found[at, False] = one.service_id, _is_own(one.party)
        if isinstance(one, Pair):
            found[at, True] = one.second.service_id, _is_own(one.second.party)
    return found


def _is_own(party: str) -> bool:
    words = plain(party).split()
    return not words or "me" in words or not OWN.isdisjoint(words)
