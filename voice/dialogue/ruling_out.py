"""What callers will not have: times, services, people, and visits that are not the one meant."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from voice.dialogue.agenda import OutcomeKind
from voice.dialogue.each_visit import visits, without
from voice.dialogue.further import change_twins
from voice.dialogue.matters.booking import Booking
from voice.dialogue.matters.moving import Moving
from voice.dialogue.matters.own_booking import OwnBooking
from voice.dialogue.matters.own_order import LONGEST_WORDS, OrderStatus
from voice.dialogue.matters.timed import TimedMatter
from voice.dialogue.speaking import say_at
from voice.dialogue.turn_heard import TurnHeard, take
from voice.understanding.acts import Act
from voice.understanding.relabelling.ruled_out import DENYING
from voice.understanding.wishes.wanted import spans_of
from voice.understanding.words import plain


def rule_out(hearing: TurnHeard, act: Act) -> OutcomeKind:
    if "?" in hearing.reading.text[act.start : act.end + 1] and why_not(hearing, act):
        return "answered"
    if act.kind == "when" and _is_of_no_visit(hearing, act):
        return "noted"
    if hearing.matter is None and act.kind == "when":
        booked = hearing.view.last_booked
        off = booked is not None and _is_on_its_day(hearing, act, booked.start)
        hearing.begin(Moving(kind="move") if off else Booking(kind="book"), 0)
    if hearing.matter is None and act.kind == "product":
        if any(each.has_any(act.likely) for each in hearing.view.orders):
            words = hearing.reading.text[:LONGEST_WORDS]
            hearing.begin(OrderStatus(wrong=True, changing=True, words=words), 0)
            return "done"
    if act.kind == "service":
        likely = {one.service_id for one in visits(hearing.agenda)} & set(act.likely)
        service = act.value or (likely.pop() if len(likely) == 1 else None)
        denied = act.likely if service is None else (service,)
        not_meant = tuple(dict.fromkeys((*hearing.agenda.not_meant, *denied)))
        hearing.agenda = hearing.agenda.but(not_meant=not_meant)
        if service is not None and _without_service(hearing, service):
            return "done"
        act = replace(act, value=service)
    if act.kind == "booking":
        act = replace(act, which=_ruled_out(hearing, act))
    if act.kind == "when" and act.told is None and hearing.at in hearing.begun:
        hearing.at = min(hearing.timed, default=hearing.at)  # where the other days were told
    before = hearing.matter
    outcome = take(hearing, act)
    change_twins(hearing, before)
    return outcome


def why_not(hearing: TurnHeard, act: Act) -> bool:
    """ "Not Dale? How come?" of a time that is with somebody else: whether they are there then."""
    matter, view = hearing.matter, hearing.view
    offer = view.offer(matter.chosen) if isinstance(matter, TimedMatter) else None
    who = view.person(act.value) if act.kind in ("provider", "person") else ""
    if offer is None or not who or act.value == offer.provider_id:
        return False
    words = f"is {who} in {say_at(view, offer.start)}"
    hearing.asks(Act("ask", "person", words, value=act.value))
    return True


def _is_of_no_visit(hearing: TurnHeard, act: Act) -> bool:
    """Whether days up to a later one are told of beside the choice of a time on one of them, and
    nothing denies that choice: "the first one, I'm broke until Friday"."""
    spans, picked = spans_of(act.times), [e for e in hearing.before(act) if e.name == "choose"]
    chosen = [at for each in picked for at in each.which]
    if len(chosen) != 1 or not DENYING.isdisjoint(plain(act.text).split()):
        return False
    day = hearing.view.local(hearing.view.offers[chosen[0]].start).date()
    stretch = all(one.day is None and not one.weekdays and not one.has_time for one in spans)
    return stretch and any(one.on(day) for one in spans)


def _ruled_out(hearing: TurnHeard, act: Act) -> tuple[int, ...]:
    """The places of the bookings that it is not: where the words name none, the one just pointed at
    ("that's mine, leave that one") or the one read back; none, where it was surely pointed at."""
    matter, view = hearing.matter, hearing.view
    pointed = [one for one in hearing.before(act) if one.label == "give:booking" and one.which]
    if pointed and act.which in ((), pointed[-1].which):
        return pointed[-1].which if pointed[-1].confidence < act.confidence else ()
    booking = matter.booking(view) if isinstance(matter, OwnBooking) else None
    read_back = hearing.agenda.asked in ("confirm_cancel", "move_or_cancel")
    if act.which or booking is None or not read_back:
        return act.which
    return (view.found.index(booking),)


def _is_on_its_day(hearing: TurnHeard, act: Act, start: datetime) -> bool:
    """Whether what is ruled out is the day of a visit: "I can't do Thursday", once it is booked."""
    day = hearing.view.local(start).date()
    return any(span.on(day) for span in spans_of(act.times))


def _without_service(hearing: TurnHeard, service_id: str) -> bool:
    """Of several visits wanted none is for what the caller turns down, nor is one that only came
    after others."""
    wanted, current = visits(hearing.agenda), hearing.matter
    given_up = [one for one in wanted if one.service_id == service_id]
    extra = isinstance(current, Booking) and current.beside and hearing.view.last_booked is not None
    if hearing.begun or not given_up or not (extra or len(given_up) < len(wanted)):
        return False
    hearing.agenda = without(hearing.agenda, *given_up).but(asked=None)
    hearing.at, hearing.timed = 0, {}
    hearing.amended = True
    return True
