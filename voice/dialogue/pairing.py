"""When two visits are a pair, and when what seemed to be two is one."""

from __future__ import annotations

from voice.dialogue.agenda import Agenda, Matter
from voice.dialogue.each_visit import places
from voice.dialogue.matters.booking import Booking
from voice.dialogue.matters.pair import Pair
from voice.dialogue.view import View
from voice.understanding.acts import Act, Reading
from voice.understanding.names.parties import ME
from voice.understanding.relabelling.beside import is_for_two
from voice.understanding.wishes.joining import joined
from voice.understanding.wishes.wanted import Wanted


def paired(agenda: Agenda, reading: Reading, view: View) -> Agenda:
    """The agenda after a turn: two visits that shall be at the same time are one matter; there is
    no second one where the caller says so, or the one is for two by its name."""
    first = agenda.in_hand
    if not isinstance(first, Booking):
        return agenda
    if reading.only_one and first.beside and view.booked_here and first.service_id is None:
        return agenda.without_in_hand()  # nothing is left where the one is booked already
    if first.service_id is not None and _is_for_two(first.service_id, view):
        kept = (one for one in agenda.matters if not (isinstance(one, Booking) and one.twin))
        agenda = agenda.but(matters=tuple(kept))
    first = agenda.in_hand
    if reading.at_once:
        agenda = _at_the_time_of_the_one_booked(agenda, view)
        first = agenda.in_hand
    if not isinstance(first, Booking) or first.agreed:
        return agenda
    if isinstance(first, Pair):
        return _without_strays(agenda, first, view)
    if reading.at_once and not first.at_once:
        first = first.but(at_once=True)
        agenda = agenda.with_in_hand(first)
    return _joined(agenda, first, view) if first.at_once else agenda


def _at_the_time_of_the_one_booked(agenda: Agenda, view: View) -> Agenda:
    """The agenda where a further visit is for another than the one that is booked, or is about to
    be, and shall be at the same time."""
    first, last = agenda.in_hand, view.last_booked
    if isinstance(first, Booking) and first.agreed:
        matters = list(agenda.matters)
        for at, one in enumerate(matters):
            if at and isinstance(one, Booking) and _is_for_another(first, one):
                matters[at] = one.but(at_once=True, beside=True)
        return agenda.but(matters=tuple(matters))
    if not isinstance(first, Booking) or last is None or len(places(agenda)) > 1:
        return agenda
    if last.customer in (None, first.name or agenda.name) and not first.party:
        return agenda
    other = first.but(at_once=True, beside=True, unplaced=(), wanted=Wanted())
    return agenda.with_in_hand(other.next_to(last, view))


def _joined(agenda: Agenda, first: Booking, view: View) -> Agenda:
    """The visit in hand and the next one as a pair, once it is known what both are for."""
    place, other = next(
        (
            (at, one)
            for at, one in places(agenda)
            if at and (one.party or one.name or one.twin or _is_for_another(first, one))
        ),
        (0, None),
    )
    if not isinstance(other, Booking) or first.service_id is None:
        return agenda
    if other.twin and other.service_id is None:
        other = other.but(service_id=first.service_id)
    if other.service_id is None:
        return agenda
    pair = Pair.of(first, other, after=False)
    if (offer := view.offer(first.chosen)) is not None:
        pair = pair.gone(offer, view)
    pair = pair.but(wanted=_with_unplaced(pair, other.unplaced, view))
    left = tuple(each for at, each in enumerate(agenda.matters) if at not in (0, place))
    return _without_strays(agenda.but(matters=(pair, *left)), pair, view)


def _without_strays(agenda: Agenda, pair: Pair, view: View) -> Agenda:
    """What was said of the time of a further visit, of which nothing else is known, is of both."""
    strays = [each for each in agenda.matters[1:] if _is_stray(each)]
    said = tuple(act for each in strays if isinstance(each, Booking) for act in each.unplaced)
    wanted = _with_unplaced(pair, said, view)
    searched = pair.searched if wanted == pair.wanted else ""
    kept = tuple(each for each in agenda.matters[1:] if each not in strays)
    return agenda.but(matters=(pair.but(wanted=wanted, searched=searched), *kept))


def _with_unplaced(pair: Pair, said: tuple[Act, ...], view: View) -> Wanted:
    told = tuple(act for act in said if act.times or act.order)
    return joined(pair.wanted, told, pair.frame(view)) if told else pair.wanted


def _is_stray(matter: Matter) -> bool:
    return (
        isinstance(matter, Booking)
        and matter.beside
        and matter.service_id is None
        and not (matter.twin or matter.name or matter.likely)
    )


def _is_for_another(first: Booking, other: Booking) -> bool:
    """Whether one of the two is said to be the caller's own, and the other is somebody else's."""
    both = (first, other)
    mine = any(one.party and ME in one.whom for one in both)
    return mine and not all(one.own for one in both)


def _is_for_two(service_id: str, view: View) -> bool:
    service = view.services.get(service_id)
    return service is not None and is_for_two((service.name, *service.also))
