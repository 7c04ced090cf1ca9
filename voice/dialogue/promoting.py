"""The matter in hand put together, and the next one when it is over."""

from __future__ import annotations

from voice.dialogue.agenda import Agenda, Matter
from voice.dialogue.matters.booking import Booking, order_words
from voice.dialogue.matters.moving import Moving
from voice.dialogue.statements import Rank, Statement
from voice.dialogue.view import View


def promoted(agenda: Agenda, ended: Matter | None, view: View) -> Agenda:
    """The agenda once the matter in hand is over and the next one, if any, has its turn; `ended`:
    the one that was done, None where it was only given up."""
    agenda = _without_the_done(agenda, ended, view)
    matter = agenda.in_hand
    moved = view.booking(ended.reference) if isinstance(ended, Moving) else None
    last = moved or view.last_booked
    if isinstance(matter, Booking) and matter.beside and last is not None:
        agenda = agenda.with_in_hand(matter.next_to(last, view))
    return settled(agenda, view)


def settled(agenda: Agenda, view: View) -> Agenda:
    """The agenda once all that is known of the matter in hand is put together."""
    if agenda.in_hand is None:
        return agenda
    matter, told = agenda.in_hand.settled(agenda, view)
    return _told_in_order(_with_twins(agenda.with_in_hand(matter)).owing(*told), view)


def _with_twins(agenda: Agenda) -> Agenda:
    """The same visit for another of the party is known once the first one is."""
    first, *others = agenda.matters
    service_id = getattr(first, "service_id", None)
    if not isinstance(first, Booking) or service_id is None:
        return agenda
    matters = (
        one.but(service_id=service_id)
        if isinstance(one, Booking) and one.twin and one.service_id is None
        else one
        for one in others
    )
    return agenda.but(matters=(first, *matters))


def _told_in_order(agenda: Agenda, view: View) -> Agenda:
    """The caller hears once that all further visits come after the one in hand."""
    first, *others = agenda.matters
    if not isinstance(first, Booking) or first.service_id is None or first.agreed:
        return agenda
    further = [one for one in others if isinstance(one, Booking) and one.service_id is not None]
    if all(one.told for one in further):
        return agenda
    told = (one.but(told=True) if one in further else one for one in others)
    words = order_words(view, first, further)
    return agenda.but(matters=(first, *told)).owing(Statement(words=words, rank=Rank.ANSWERED))


def _without_the_done(agenda: Agenda, ended: Matter | None, view: View) -> Agenda:
    """Without what waited and asks for nothing but what has just been done."""
    while ended is not None and agenda.in_hand is not None:
        if not agenda.in_hand.is_done_with(ended, view):
            return agenda
        agenda = agenda.without_in_hand()
    return agenda
