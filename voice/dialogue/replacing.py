"""One visit in the place of another: the one that there is goes first, after a yes to that."""

from __future__ import annotations

from voice.dialogue.each_visit import visits
from voice.dialogue.matters.booking import Booking
from voice.dialogue.matters.cancelling import Cancelling
from voice.dialogue.matters.moving import Moving
from voice.dialogue.turn_heard import TurnHeard
from voice.understanding.acts import Act


def takes_the_place(hearing: TurnHeard, act: Act) -> bool:
    """Whether that detail is all taken: another service in the place of the visit spoken of, or
    the service of the one that goes. One that is wished for beside it begins here."""
    if _is_another_than_moved(hearing, act):
        if _lies_beside(hearing, act):
            hearing.begin(Booking(beside=True), hearing.at + 1)
            return False
        if not act.adds:
            _instead(hearing, act)
            return True
    if _is_beside_what_goes(hearing, act):
        waits = not getattr(hearing.matter, "agreed", False)
        hearing.begin(Booking(kind="book", in_place=waits), hearing.at + 1)
    return _is_of_what_goes(hearing, act)


def _is_another_than_moved(hearing: TurnHeard, act: Act) -> bool:
    """Whether another service is named than that of the visit that is moved: it is wanted in the
    place of that, or beside it."""
    matter, view = hearing.matter, hearing.view
    if not isinstance(matter, Moving) or act.kind != "service" or not act.value:
        return False
    had = {each.service_id for each in view.found}
    had |= {each.service_id or "" for each in visits(hearing.agenda)}
    if any(each.label == "give:service" and each.value in had for each in hearing.after(act)):
        return False
    return matter.booking(view) is not None and act.value not in had


def _lies_beside(hearing: TurnHeard, act: Act) -> bool:
    """Whether it is told to lie next to the visit that is moved: "my eyebrows while I'm there"."""
    placed = (each.beside for each in hearing.after(act) if each.label == "give:when")
    wished = (each for each in hearing.before(act)[-1:] if each.label == "want:book")
    added = "another" in (act.adds, *(each.adds for each in wished))
    return act.beside or act.comes == "after" or added or any(placed)


def _instead(hearing: TurnHeard, act: Act) -> None:
    """The visit that there is goes first, once the caller says yes to that; so its time is free
    for the other one."""
    matter = hearing.matter
    assert isinstance(matter, Moving)
    booking = matter.booking(hearing.view)
    assert booking is not None
    hearing.put(Cancelling(kind="cancel", reference=booking.reference))
    hearing.timed.pop(hearing.at, None)
    hearing.agenda = hearing.agenda.but(asked=None)
    other = Booking(service_id=act.value, wanted=matter.wanted, unplaced=matter.unplaced)
    hearing.begin(other.but(in_place=True), hearing.at + 1)


def _is_of_what_goes(hearing: TurnHeard, act: Act) -> bool:
    """ "In place of the tuning": the service of the visit that another one is wanted for."""
    before = hearing.agenda.matters[hearing.at - 1] if hearing.at else None
    if not isinstance(before, Cancelling) or hearing.at not in hearing.begun:
        return False
    booking = before.booking(hearing.view)
    return act.kind == "service" and booking is not None and act.value == booking.service_id


def _is_beside_what_goes(hearing: TurnHeard, act: Act) -> bool:
    """Whether a visit is wished for beside one that is cancelled in the same breath: "yes cancel
    it, and my mum needs an eye test", "cancel the tuning and book me a pitch raise"."""
    matter = hearing.matter
    if not isinstance(matter, Cancelling):
        return False
    if not (matter.agreed and hearing.affirmed or hearing.at in hearing.begun):
        return False
    booking = matter.booking(hearing.view)
    gone = booking.service_id if booking else matter.service_id
    if act.kind == "service":
        wished = matter.agreed or any(each.label == "want:cancel" for each in hearing.before(act))
        return bool(act.value and gone and act.value != gone and wished)
    named = [each.value for each in hearing.after(act) if each.label == "give:service"]
    return act.kind == "party" and matter.agreed and any(named)
