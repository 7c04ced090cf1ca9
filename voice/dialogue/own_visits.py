"""An opening that speaks of a booking which the caller has, told as a story or in other words.

Who has shown whose booking it is, and tells its day, its hour or its service, or wants nothing that
we could book, is not asked what to book: what is known of the call weighs more than one label.
"""

from __future__ import annotations

from dataclasses import replace

from voice.dialogue.agenda import LONGEST_QUERY, Agenda, Matter
from voice.dialogue.known import BookingFact
from voice.dialogue.matters.booking import Booking
from voice.dialogue.matters.cancelling import Cancelling
from voice.dialogue.matters.moving import Moving, tells_of, wishes_beyond
from voice.dialogue.matters.own_booking import OwnBooking
from voice.dialogue.promoting import settled
from voice.dialogue.view import View
from voice.understanding.acts import Reading
from voice.understanding.relabelling.told import becoming, has_none_at_hand
from voice.understanding.tagging.plain_yes import denies
from voice.understanding.wishes.wanted import Wanted, spans_of

OWN_WISHES = ("want:move", "want:cancel", "want:lookup")
OTHER_WISHES = ("want:message", "want:refund", "want:order", "want:billing", "person")
"""Labels of what has nothing to do with when a visit is."""
SURE_WISH = 0.6
"""Of a wish for a new visit, which is then believed unless its very time is a booking's."""
CHANGES = ("move", "cancel", "lookup")
"""Kinds of what is done with a visit that there is."""
WITH_TIMES = ("give:when", "give:booking", "story")
"""Labels of what may tell when a booking is."""
TELLING = frozenset({"story", "deny", "give:booking", "rule_out:when"})
"""Labels of what is told of a visit that somebody has."""


def may_be_recognised(agenda: Agenda, reading: Reading, view: View) -> bool:
    """Whether a name said now may show that a booking of the caller's number is theirs, or that of
    somebody else there."""
    own = isinstance(agenda.in_hand, OwnBooking) or reading.first(*OWN_WISHES) is not None
    opening = not view.found and is_opening(agenda, view)
    return view.call.known_phone is not None and (own or opening)


def names_told(reading: Reading) -> tuple[str, ...]:
    """Names said in this turn that may show whose number it is that rings."""
    return tuple(dict.fromkeys(act.value for act in reading.all("give:name") if act.value))


def spoken_of(agenda: Agenda, reading: Reading, view: View) -> tuple[Reading, Moving | None]:
    """The reading, with what tells a booking labelled so; and the visit that it speaks of, of which
    it is to be heard what shall become of it. None: it speaks of none."""
    taken, reading = agenda.in_hand, _of_unopened(agenda, reading)
    before = taken if isinstance(taken, Booking) and taken != Booking() else None
    visit = Moving(kind="move", undecided=True, before=before)
    if _is_booked_in_vain(agenda, reading, view):
        undecided = reading.first("want:cancel", "drop") is not None
        booked = view.last_booked
        return reading, visit.but(reference=booked and booked.reference, undecided=undecided)
    if _is_for_something_else(agenda, reading):
        return reading, None
    if not is_opening(agenda, view) and not _is_taken_back(agenda, reading, view):
        return reading, None
    if not view.found:
        return reading, visit if _is_no_wish(agenda, reading) else None
    told = next((one for one in view.found if _is_told(one, agenda, reading, view)), None)
    if told is None and not reading.speaks_of_visit and not _wants_nothing_new(reading):
        return reading, None
    if _wants_something_else(reading, told):
        return reading, None
    return (reading, visit) if told is None else (_of_booking(reading, told, view), visit)


def _is_booked_in_vain(agenda: Agenda, reading: Reading, view: View) -> bool:
    """Whether the visit that was booked last in this call is said not to suit, and nothing else is
    in hand: "oh wait, Thursday doesn't suit me"."""
    if view.last_booked is None or agenda.matters or not reading.unsuited:
        return False
    day = view.local(view.last_booked.start).date()
    told = spans_of(when for act in reading.acts for when in act.times)
    return not any(span.has_day for span in told) or any(span.day == day for span in told)


def move_instead(agenda: Agenda, reading: Reading, view: View) -> Agenda:
    """The agenda with the move of a booking that the caller has in the place of the visit that we
    took their words for, where they say so: its day, time and person stay."""
    taken, wish = agenda.in_hand, reading.first("want:move", "give:reference")
    if not isinstance(taken, Booking) or taken.kind != "book" or wish is None:
        return agenda
    own = [one for one in view.found if one.reference not in view.booked_here]
    alike = any(taken.service_id in (None, one.service_id) for one in own)
    told = reading.first("give:booking", "give:reference") or reading.speaks_of_visit
    if taken.agreed or wish.adds == "another" or is_bare(taken) or not (alike or told):
        return agenda
    old = any(tells_of(taken.wanted, one, view) for one in own)
    move = Moving(
        provider_id=taken.provider_id,
        service_id=taken.service_id if alike else None,
        wanted=Wanted() if old else taken.wanted,
        chosen=taken.chosen,
        before=taken,
    )
    others = [one for one in agenda.matters[1:] if not isinstance(one, Moving)]
    return agenda.but(matters=(move, *others), asked=None)


def _is_for_something_else(agenda: Agenda, reading: Reading) -> bool:
    """Whether what is told of a visit is only told beside what the caller rings for: a complaint,
    a message, a rule that is asked for. It stays as it is for who says so."""
    told = reading.complaint or reading.no_visit or reading.keeps_visit
    asks = any(each.asking and each.asking.openly for each in reading.all("ask:policy"))
    return bool(told or asks or agenda.complaint or reading.first(*OTHER_WISHES))


def new_instead(agenda: Agenda, reading: Reading, view: View) -> Agenda:
    """The agenda with a visit to be booked in the place of one that we looked for in vain, where
    the caller says that there is none."""
    own = agenda.in_hand
    if not isinstance(own, OwnBooking) or not reading.has_no_visit:
        return agenda
    if own.booking(view) is not None and not own.undecided:
        return agenda
    return agenda.with_in_hand(own.as_new()).but(asked=None)


def _is_told(one: BookingFact, agenda: Agenda, reading: Reading, view: View) -> bool:
    """Whether this turn tells when that booking is, or what was heard as a wish before did."""
    times = reading.all(*WITH_TIMES)
    taken = agenda.in_hand
    return len(wishes_beyond(times, one, view)) < len(times) or (
        isinstance(taken, Booking) and tells_of(taken.wanted, one, view)
    )


def _is_no_wish(agenda: Agenda, reading: Reading) -> bool:
    """Whether a visit that there is was spoken of, and none wished for: "she's supposed to come in
    on Sunday", or, to what we took for a wish, "no, she's already on the books"."""
    wish = reading.first("want", "ask")
    denied = reading.first("deny") is not None
    named = reading.first("give:service", "give:problem") is not None
    if not denied and (agenda.in_hand is not None or named and reading.first("want:book")):
        return False
    return reading.speaks_of_visit and (wish is None or wish.confidence < SURE_WISH)


def _is_taken_back(agenda: Agenda, reading: Reading, view: View) -> bool:
    """Whether times that we read out are denied with words of a visit that there is."""
    taken = agenda.in_hand
    wish = reading.first("want:book", "want:buy")
    service = reading.all("give:service")[-1:]
    wished = wish is not None and any(each.start > wish.start for each in service)
    denied = reading.first("deny") is not None and reading.speaks_of_visit and not wished
    return denied and isinstance(taken, Booking) and not (taken.chosen or view.booked_here)


def is_bare(matter: Matter | None) -> bool:
    """Whether nothing has come of it: no time was looked for, none chosen."""
    return matter is None or isinstance(matter, Booking) and not (matter.searched or matter.chosen)


def is_opening(agenda: Agenda, view: View) -> bool:
    """Whether no booking has been made, changed or told of yet."""
    told = view.booked_here or view.given_up or "anything_else" in agenda.times_asked
    return not (told or agenda.too_late) and is_bare(agenda.in_hand)


def _wants_nothing_new(reading: Reading) -> bool:
    wish = reading.first("want:book")
    if wish is not None and wish.confidence >= SURE_WISH:
        return False
    if reading.first("ask", "more", "give:service", "give:problem", "give:party") is not None:
        return False
    return any(act.label in TELLING for act in reading.acts)


def _wants_something_else(reading: Reading, told: BookingFact | None) -> bool:
    """Whether a new visit is surely wanted, for something else than that booking, or one more."""
    if any(act.adds == "another" for act in reading.all("want:book", "give:service")):
        return reading.first("want:book") is not None
    wish, named = reading.first("want:book"), {act.value for act in reading.all("give:service")}
    sure = wish is not None and wish.confidence >= SURE_WISH
    if told is None:
        return sure
    return sure and bool(named) and not {None, told.service_id} & named


def _of_booking(reading: Reading, told: BookingFact, view: View) -> Reading:
    """With what tells that booking labelled so; a wish for a visit beside another time is one to
    move it."""
    times = reading.all("give:when")
    beyond = wishes_beyond(times, told, view)
    place = view.found.index(told)
    last = max((act.start for act in times if act not in beyond), default=0)
    mended = any(act.corrects and act.start <= last for act in times)
    acts = []
    for act in reading.acts:
        if act.label == "give:when" and act not in beyond:
            acts.append(replace(act, kind="booking", which=(place,)))
        elif act.label == "want:book":
            story = replace(act, name="story", kind="")
            acts.append(replace(act, kind="move") if beyond else story)
        elif act in beyond and mended and act.start < last:
            continue  # "January the seventh, no, December the seventh"
        else:
            acts.append(act)
    return replace(reading, acts=tuple(acts))


def with_own_visit(agenda: Agenda, asked: str | None, reading: Reading, view: View) -> Agenda:
    """With what the turn as a whole says of a visit that there is, and the matter in hand put
    together; `asked`: what our last line did."""
    told = _without_reference(_told_off(agenda, reading), asked, reading, view)
    return _still_undecided(settled(told, view), reading, view)


def _told_off(agenda: Agenda, reading: Reading) -> Agenda:
    """With how the visit that is spoken of does not suit, and that it is to be moved, as far as
    this turn says so."""
    moving = agenda.in_hand
    if not isinstance(moving, Moving):
        return agenda
    undecided = moving.undecided and becoming(reading.text) != "move"
    off = reading.unsuited or moving.off
    leaving = agenda.leaving and (agenda.asked == "move_or_cancel" or not undecided)
    agenda = agenda.but(leaving=leaving)  # "I'm away, so"
    return agenda.with_in_hand(moving.but(off=off, undecided=undecided))


def _without_reference(agenda: Agenda, asked: str | None, reading: Reading, view: View) -> Agenda:
    """Who says that there is no reference at hand hears at once, and once, who can see to it; what
    was said of the visit is kept for them."""
    own = agenda.in_hand
    known = view.call.known_phone and not agenda.tried
    if not isinstance(own, OwnBooking) or own.kind not in CHANGES or known:
        return agenda
    if own.reference or own.signs or own.booking(view) is not None:
        return agenda
    said = f"{own.words} {reading.text}".strip()
    kept = own.but(words=said[:LONGEST_QUERY])
    none = asked in ("reference", "name") and has_none_at_hand(reading.text) or reading.no_number
    if not none or reading.first("give:reference", "hold") is not None:
        return agenda.with_in_hand(kept)
    return kept.refused(agenda.with_in_hand(kept).but(asked="reference"), view) or agenda


def _of_unopened(agenda: Agenda, reading: Reading) -> Reading:
    """Of a visit that could not be opened it is no news, and no no, that there is no reference."""
    if agenda.unopened is None or agenda.asked == "reference":
        return reading
    none = has_none_at_hand(reading.text)
    told = (
        replace(act, name="story", kind="", value=None)
        if act.name == "deny" and (has_none_at_hand(act.text) or none and not denies(act.text))
        else act
        for act in reading.acts
    )
    return replace(reading, acts=tuple(told))


def _still_undecided(agenda: Agenda, reading: Reading, view: View) -> Agenda:
    """Who told of a death, or says no word of another time when both were offered, is asked
    whether to cancel; a no to that with a day behind it still moves it."""
    visit = agenda.in_hand
    if not isinstance(visit, Moving) or not visit.undecided or visit.wanted.spans:
        return agenda
    asked = agenda.asked == "move_or_cancel" and reading.first("ask", "noise", "hold") is None
    booking = visit.booking(view)
    if booking is None or not (asked or reading.sad_news == "death"):
        return agenda
    return agenda.with_in_hand(Cancelling(kind="cancel", reference=booking.reference))
