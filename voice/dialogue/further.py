"""Several visits in one call: to which of them a detail belongs, and when it begins one more."""

from __future__ import annotations

from voice.dialogue.agenda import Matter
from voice.dialogue.each_visit import is_shorter_name, named_in, places
from voice.dialogue.matters.booking import Booking
from voice.dialogue.matters.pair import Pair
from voice.dialogue.turn_heard import TurnHeard
from voice.understanding.acts import Act
from voice.understanding.words import plain

OF_A_SERVICE = ("give:service", "give:problem")
MOST_OF_A_PARTY = 3


def place_of(hearing: TurnHeard, act: Act) -> int | None:
    """The place of the visit, already wanted, that this detail is of; None: not told by it."""
    current = hearing.matter
    if not isinstance(current, Booking):
        return None
    if act.label in OF_A_SERVICE and act.value is None and not act.likely:
        return _next(hearing) if act.adds else None  # no service at all: "and then Tab"
    if act.label in OF_A_SERVICE:
        return _place_of_service(hearing, current, act)
    if act.kind == "party":
        if act.count > 1:
            return None
        if act.adds == "another" or act.adds and hearing.affirmed:
            return _next(hearing)
    if act.kind in ("when", "provider") and current.agreed and act.adds:
        return _next(hearing)
    return None


def _place_of_service(hearing: TurnHeard, current: Booking, act: Act) -> int | None:
    """Of another visit that is wanted for it, or may be; None: it is of the one spoken of."""
    here = current.service_id == act.value
    if current.service_id is None:
        answers = act.value in current.likely or hearing.agenda.asked in ("service", "guess")
        here = answers or hearing.at in hearing.begun
    if act.value is not None and here:
        return None
    bookings = places(hearing.agenda)
    meant = {act.value} if act.value is not None else set(act.likely)
    wanted = (at for at, one in bookings if one.service_id in meant)
    guessed = (at for at, one in bookings if act.value in one.likely)
    return next(wanted, next(guessed, None))


def says_nothing_new(hearing: TurnHeard, act: Act) -> bool:
    """Whether a service or a problem is only talk of the visit in hand: part of its own name, or
    behind the yes to it."""
    current = hearing.matter
    if act.label not in OF_A_SERVICE or not isinstance(current, Booking):
        return False
    if current.service_id is None or act.corrects and act.value is not None:
        return False
    part = is_shorter_name(hearing.view, act.text, current.service_id)
    return part or current.agreed and not act.corrects


def begins_another(hearing: TurnHeard, act: Act) -> bool:
    """Whether a service named now is one more wish: after a yes, beside one named before it in the
    same breath, or told to be one more."""
    current = hearing.matter
    if act.label not in OF_A_SERVICE or not isinstance(current, Booking):
        return False
    if hearing.affirmed and current.agreed and act.kind == "service" and act.adds == "another":
        return True
    before = hearing.before(act)
    begun = current.chosen is None and not current.searched
    named = {service for _, service in named_in(hearing.reading, hearing.view)}
    same_breath = begun and any(each.label in OF_A_SERVICE for each in before)
    added = act.adds or same_breath
    if (
        before
        and before[-1].label == "want:book"
        and (before[-1].adds == "another" or current.chosen is not None)
    ):  # what is chosen is not lost to another wish
        added = "another"
    if act.corrects or not _is_another_service(hearing, current, act):
        return False
    ruled_out = {each.value for each in hearing.reading.all("rule_out:service")}
    if current.service_id is not None and current.service_id in ruled_out:
        return False  # it comes in the place of that
    if current.service_id in named and act.value is not None:
        return True
    if hearing.affirmed:
        return act.kind == "service" or bool(act.adds)
    refused = any(each.name in ("deny", "rule_out") for each in before)
    return "another" in (act.adds, added) or bool(added) and not refused


def _is_another_service(hearing: TurnHeard, current: Booking, act: Act) -> bool:
    if act.value is None:  # not sure which, but told to be one more, and none that is wanted yet
        known = {current.service_id, *current.likely} - {None}
        wished = hearing.before(act)[-1:]
        added = act.adds == "another" or any(e.label == "want:book" and e.adds for e in wished)
        told = act.kind == "service" and added  # what is wrong may take many words
        return told and bool(act.likely and known) and known.isdisjoint(act.likely)
    if current.service_id is None:  # a name takes the place of what was only guessed
        return bool(act.adds and current.likely) and act.value not in current.likely
    if act.value in current.services:
        return False
    return not is_shorter_name(hearing.view, act.text, current.service_id)


def share_provider(hearing: TurnHeard, act: Act) -> None:
    """Who is named once, for several visits spoken of in one breath, is wanted for each of those
    that they perform."""
    if act.kind != "provider" or act.value is None:
        return
    who = next((one for one in hearing.view.business.providers if one.id == act.value), None)
    named = {service for _, service in named_in(hearing.reading, hearing.view)}
    matters = list(hearing.agenda.matters)
    for at, one in enumerate(matters):
        meant = at in hearing.begun or isinstance(one, Booking) and one.service_id in named
        if isinstance(one, Booking) and meant and one.provider_id is None:
            if who is None or one.service_id in (None, *who.services):
                matters[at] = one.but(provider_id=act.value, searched="")
    hearing.agenda = hearing.agenda.but(matters=tuple(matters))


def begin_twins(hearing: TurnHeard, count: int, party: str) -> None:
    """As many visits as are spoken of, those counted that there are already."""
    several, at = hearing.matter, hearing.at
    if not isinstance(several, Booking) or isinstance(several, Pair):
        return
    others = sum(isinstance(one, Booking) for one in hearing.agenda.matters[1:])
    there = others + len(hearing.view.booked_here)
    for further in range(1 + there, min(count, MOST_OF_A_PARTY)):
        same = several.service_id
        twin = Booking(kind="book", beside=True, twin=True, party=party, service_id=same)
        hearing.begin(twin, at + further)
    hearing.at = at


def change_twins(hearing: TurnHeard, before: Matter | None) -> None:
    """A service for one of the party, or another instead, is for all of it."""
    after = hearing.matter
    if not isinstance(before, Booking) or not isinstance(after, Booking):
        return
    if before.twin or before.service_id == after.service_id:
        return
    matters = (
        one.but(service_id=after.service_id)
        if isinstance(one, Booking) and one.twin and one.service_id == before.service_id
        else one
        for one in hearing.agenda.matters
    )
    hearing.agenda = hearing.agenda.but(matters=tuple(matters))


def adds_one(hearing: TurnHeard, act: Act) -> bool:
    """Whether it can only be of one more, behind a yes: "another check-up", "and mine after it"."""
    if act.kind == "when":
        return hearing.affirmed and act.beside and bool(act.adds) and not act.times
    return hearing.affirmed and act.kind == "service" and act.adds == "another"


def is_clearly_more(hearing: TurnHeard, act: Act) -> bool:
    """Whether a time or a person is told to be of one more visit; "and could it be with Ana" is
    not."""
    if act.adds == "another" or act.beside or follows_then(hearing, act):
        return True
    told = (each for each in hearing.before(act) if each.name in ("want", "give"))
    return any(each.adds or each.beside for each in told)


def follows_then(hearing: TurnHeard, act: Act) -> bool:
    """Whether it is told to come after what was said before: "and then Roy's"."""
    before = hearing.before(act)
    words = hearing.reading.text[before[-1].end if before else 0 : act.end]
    return "then" in plain(words).split()


def is_clearly_one_more(hearing: TurnHeard, act: Act) -> bool:
    """Whether a wish for a visit, beside the one in hand, is for another: it says so, or what it
    is for."""
    current = hearing.matter
    if act.adds == "another":
        return True
    told = []
    for each in hearing.after(act):
        if each.name == "want":
            break
        told.append(each)
    wanted = current.services if isinstance(current, Booking) else ()
    somebody = any(each.label == "give:party" for each in hearing.before(act))
    return any(
        each.label in OF_A_SERVICE
        and each.value not in (None, *wanted)
        or each.label == "give:party"
        and bool(each.count <= 1 and each.adds or act.adds and not somebody)
        for each in told
    )


def _next(hearing: TurnHeard) -> int | None:
    """The visit that is wanted after the one spoken of."""
    at = hearing.at + 1
    matters = hearing.agenda.matters
    further = at < len(matters) and isinstance(matters[at], Booking)
    return at if further else None
