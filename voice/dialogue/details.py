"""Details that a caller gives: of a matter, of another one, or of themselves."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from voice.dialogue.agenda import Matter, OutcomeKind
from voice.dialogue.booked_details import put_number_right
from voice.dialogue.each_visit import places, services_in, visits
from voice.dialogue.further import (
    OF_A_SERVICE,
    adds_one,
    begin_twins,
    begins_another,
    change_twins,
    follows_then,
    is_clearly_more,
    place_of,
    says_nothing_new,
    share_provider,
)
from voice.dialogue.goods_given import BESIDE_GOODS, give_goods, wish_about_goods
from voice.dialogue.known import BookingFact
from voice.dialogue.matters.account import Account
from voice.dialogue.matters.booking import Booking
from voice.dialogue.matters.buying import Buying
from voice.dialogue.matters.cancelling import Cancelling
from voice.dialogue.matters.looking_up import LookingUp
from voice.dialogue.matters.message import Message
from voice.dialogue.matters.moving import Moving, wishes_beyond
from voice.dialogue.matters.own_booking import OwnBooking
from voice.dialogue.matters.timed import TimedMatter
from voice.dialogue.names_told import name_told
from voice.dialogue.own_visits import is_opening
from voice.dialogue.replacing import takes_the_place
from voice.dialogue.speaking import phrase
from voice.dialogue.statements import Rank
from voice.dialogue.tickets_told import is_time_to_ring
from voice.dialogue.turn_heard import TurnHeard, repeats_what_is_booked, take
from voice.dialogue.wanting import become
from voice.understanding.acts import Act
from voice.understanding.names.parties import ME
from voice.understanding.services.whom import is_of_oneself, made_for_anybody
from voice.understanding.wishes.wanted import spans_of

DETAILS = frozenset({"service", "problem", "provider", "when", "booking", "party", "reference"})
"""Slots that belong to a matter; the others belong to the caller."""
OF_A_VISIT = ("service", "problem", "provider", "when", "party")
"""Of these those that tell of one that is to be booked."""
SURE_OF_A_THING = 0.6
"""Of a service that we do not know: below it nothing was asked for by that name."""


def give(hearing: TurnHeard, act: Act) -> OutcomeKind:
    if hearing.matter is not None and hearing.matter.claims(act, hearing.view):
        return take(hearing, act)
    if act.kind in BESIDE_GOODS and wish_about_goods(hearing) is not None:
        give_goods(hearing, act)
        return "noted"
    if act.kind in ("name", *DETAILS) and not act.adds and hearing.is_of_a_booked(act):
        return "noted"
    match act.kind:
        case "message" | "call_back":
            return _of_message(hearing, act)
        case "name":
            return name_told(hearing, act)
        case "phone":
            return _phone(hearing, act)
        case kind if kind in DETAILS:
            return "noted" if _is_turned_down(hearing, act) else _told(hearing, act)
    if act.kind in ("order", "product"):
        return give_goods(hearing, act)
    if len(hearing.reading.acts) == 1:
        hearing.owe(phrase("no_note"), Rank.ASIDE)
    return "declined"


def _of_message(hearing: TurnHeard, act: Act) -> OutcomeKind:
    """It goes to the message, wherever that stands on the agenda."""
    matters, view = hearing.agenda.matters, hearing.view
    place = next((at for at, each in enumerate(matters) if each.claims(act, view)), None)
    if place is None:
        return "nothing to do"
    at, hearing.at = hearing.at, place
    outcome = take(hearing, act)
    hearing.at = at
    return outcome


def _detail(hearing: TurnHeard, act: Act) -> OutcomeKind:
    act = _with_its_verb(hearing, act)
    if (freed := _freed_by(hearing, act)) is not None:
        hearing.begin(freed, hearing.at + 1)
        return "kept"
    _leave_for_a_visit(hearing, act)
    if takes_the_place(hearing, act):
        return "noted"
    if act.kind == "booking" and act.times and isinstance(hearing.matter, Booking):
        act = replace(act, kind="when") if hearing.at in hearing.begun else act
    unknown = act.kind == "service" and act.value is None and not act.likely
    if unknown and act.confidence >= SURE_OF_A_THING and _is_a_thing_of_its_own(hearing, act):
        hearing.asks(act)  # what the business wrote of it, or that it is not done
    if hearing.matter is None:
        if _is_about_what_is_booked(hearing, act):
            return "noted"
        hearing.begin(_begun_by(hearing, act), len(hearing.agenda.matters))
    if not adds_one(hearing, act) and (own := hearing.own_visit(act)) is not None:
        hearing.at = own
        return take(hearing, act)
    if (place := place_of(hearing, act)) is not None:
        hearing.at = place
    elif begins_another(hearing, act):
        _begin_another(hearing)
    elif says_nothing_new(hearing, act) or _is_of_what_is_booked(hearing, act):
        return "noted"
    elif _is_beside_what_was_agreed(hearing, act):
        hearing.begin(Booking(kind="book", beside=True, twin=True), hearing.at + 1)
    if act.kind in ("when", "party"):
        return _time(hearing, act) if act.kind == "when" else _party(hearing, act)
    if unknown and (hearing.affirmed or act.confidence < SURE_OF_A_THING):
        return "declined"  # what is known of it stands
    before = hearing.matter
    share_provider(hearing, act)
    outcome = take(hearing, act)
    if act.kind in ("service", "problem"):
        change_twins(hearing, before)
        begin_twins(hearing, act.count, "")
    return "declined" if unknown else outcome


def _told(hearing: TurnHeard, act: Act) -> OutcomeKind:
    """A detail of a visit; one of several may be told to be the caller's own: "my eyebrows"."""
    if _is_of_no_visit(hearing, act):
        return "noted"
    _leave_what_goes(hearing, act)
    outcome, matter = _detail(hearing, act), hearing.matter
    further = any(one.beside for one in visits(hearing.agenda)[1:])
    asked = hearing.agenda.asked == "confirm" and not hearing.affirmed
    if asked and further and act.beside and not any(each.beside for each in hearing.after(act)):
        hearing.owe(phrase("right_after"), Rank.ANSWERED)
    own = act.kind == "service" and act.told is not None and act.told.people == (ME,)
    if own and isinstance(matter, Booking) and matter.service_id == act.value:
        hearing.put(matter.but(party=matter.party or ME))
    return outcome


def _is_turned_down(hearing: TurnHeard, act: Act) -> bool:
    """Whether only what the caller does not want may be meant; by its very name, or where we ask
    for it, it is wanted after all."""
    if act.label not in OF_A_SERVICE:
        return False
    agenda = hearing.agenda
    named = services_in(act.text, hearing.view)
    if agenda.asked in ("service", "guess") and not hearing.reading.first("rule_out:service"):
        named.add(act.value or "")
    hearing.agenda = agenda.but(not_meant=tuple(e for e in agenda.not_meant if e not in named))
    meant = {act.value} if act.value else set(act.likely)
    return bool(meant) and meant <= set(hearing.agenda.not_meant)


def _begin_another(hearing: TurnHeard) -> None:
    """One more visit: one of those that their number has told of in this turn, where it has."""
    told = [(at, one) for at, one in places(hearing.agenda) if at in hearing.begun and one.twin]
    if told:
        hearing.at, twin = told[0]
        hearing.put(twin.but(twin=False, service_id=None, party=""))
    else:
        hearing.begin(Booking(kind="book", beside=True), hearing.at + 1)


def _leave_for_a_visit(hearing: TurnHeard, act: Act) -> None:
    """While a message is taken or something is bought, a detail is of the visit that waits; a
    service alone begins one, for a thing would be a product."""
    unopened = hearing.agenda.unopened
    if not isinstance(hearing.matter, Message | Buying):
        return
    if act.kind == "reference" and unopened is not None and isinstance(hearing.matter, Message):
        hearing.put(unopened)  # it is found after all
    matters = enumerate(hearing.agenda.matters)
    hearing.at = next((at for at, each in matters if isinstance(each, TimedMatter)), hearing.at)
    named = act.kind == "service" and (act.value or act.likely)
    if isinstance(hearing.matter, Buying) and named:
        hearing.begin(Booking(kind="book"), hearing.at + 1)


def _is_a_thing_of_its_own(hearing: TurnHeard, act: Act) -> bool:
    """Whether what we do not know by its name was asked for: beside a service that we know it only
    says more of that, unless it is told to be one more."""
    named = [each for each in hearing.reading.all("give:service") if each.value]
    return place_of(hearing, act) is None and (not named or bool(act.adds))


def _begun_by(hearing: TurnHeard, act: Act) -> Matter:
    """What a detail that stands alone is of: a visit to be booked, or one that there is, of which
    it is only told when it is where it is to be left alone."""
    if act.kind == "booking" and hearing.reading.keeps_visit:
        return LookingUp(kind="lookup")
    if act.kind == "booking":
        return Moving(kind="move", undecided=True)
    if act.kind == "reference":
        return hearing.agenda.unopened or LookingUp(kind="lookup")
    return Booking(kind="book")


def _freed_by(hearing: TurnHeard, act: Act) -> Booking | None:
    """The visit that is wanted in the place of one that the caller has just agreed to cancel: "yes
    cancel it, and then I'd like that half nine". None: nothing says so."""
    matter, wanted = hearing.matter, act.kind in ("when", "booking") and act.times
    if not isinstance(matter, Cancelling) or not matter.agreed or not wanted or not act.adds:
        return None
    booking = matter.booking(hearing.view)
    if booking is None:
        return None
    return Booking(
        service_id=booking.service_id,
        provider_id=booking.provider_id,
        unplaced=(replace(act, kind="when"),),
    )


def _leave_what_goes(hearing: TurnHeard, act: Act) -> None:
    """Behind the yes to cancelling it is the visit wanted besides that is spoken of."""
    matter, matters = hearing.matter, enumerate(hearing.agenda.matters)
    booking = matter.booking(hearing.view) if isinstance(matter, Cancelling) else None
    if booking is None or not getattr(matter, "agreed", False) or act.kind not in OF_A_VISIT:
        return
    start = hearing.view.local(booking.start)
    told = spans_of(act.times)
    if act.value == booking.service_id or told and all(each.on(start.date()) for each in told):
        return
    others = (at for at, one in matters if at > hearing.at and isinstance(one, Booking))
    hearing.at = next(others, hearing.at)


def _is_of_no_visit(hearing: TurnHeard, act: Act) -> bool:
    """Whether a time beside a yes is that of a thing that is no visit: "I might pop in for that
    little test on Friday"."""
    if act.kind != "when" or act.corrects or not hearing.affirmed:
        return False
    near = (*hearing.before(act)[-1:], *hearing.after(act)[:1])
    things = [each for each in near if each.label == "give:service"]
    return hearing.agenda.asked == "confirm" and any(
        not each.value and not each.likely for each in things
    )


def _is_about_what_is_booked(hearing: TurnHeard, act: Act) -> bool:
    """Whether a detail that stands alone begins nothing: after a visit was booked or told of, "see
    you tomorrow at three" wants no other one, nor does who came for something else."""
    view = hearing.view
    if repeats_what_is_booked(hearing) or act.kind == "when" and is_time_to_ring(act, view):
        return True
    reading = hearing.reading
    over = reading.of_the_past and reading.first("give:when", "ask:times") is None
    if reading.first("want:book") is None and (reading.complaint or over):
        return True
    if act.kind == "booking" and _is_beside_a_matter_of_its_own(hearing):
        return True
    wish = reading.first("give:service") and reading.first("give:when")
    if (hearing.agenda.elsewhere or hearing.agenda.offers_person) and not wish:
        return True
    if _wishes_for_one(hearing):
        return False
    if is_opening(hearing.agenda, view):
        return False
    if act.kind == "service":
        return _is_of_a_booked_service(hearing, act)
    told = bool(view.found or view.given_up or hearing.agenda.done)
    return told and act.kind in ("when", "provider", "party", "booking", "problem")


def _is_beside_a_matter_of_its_own(hearing: TurnHeard) -> bool:
    """Whether a visit that there is was only named beside what the caller rings for: a question,
    or a visit for something else."""
    wanted = {each.value for each in hearing.reading.all("give:service")} - {None}
    known = {one.service_id for one in hearing.view.found}
    if hearing.reading.first("want:book") and wanted and known and wanted.isdisjoint(known):
        return True
    return hearing.reading.first("ask", "want:message", "person") is not None


def _is_of_a_booked_service(hearing: TurnHeard, act: Act) -> bool:
    """Whether a service named once more, with no wish and no other time, is that of a visit booked
    in this call."""
    reading, view = hearing.reading, hearing.view
    if act.adds or reading.first("want", "more", "give:when") is not None:
        return False
    return act.value in {one.service_id for one in view.found if one.reference in view.booked_here}


def _wishes_for_one(hearing: TurnHeard) -> bool:
    """Whether a time is told with the person who is to be seen then, with whom one more is for, or
    with what no visit there is is for: a whole wish, however little its words ask."""
    reading, known = hearing.reading, {one.service_id for one in hearing.view.found}
    timed = any(act.times for act in reading.all("give:when"))
    other = any(act.value and act.value not in known for act in reading.all("give:service"))
    whole = reading.first("give:provider") or any(act.adds for act in reading.all("give:party"))
    return timed and bool(whole or other) and not reading.first("social:bye", "story", "deny")


def _is_of_what_is_booked(hearing: TurnHeard, act: Act) -> bool:
    """Whether a service said to what was read back is only that of a visit booked before: "the
    needling's done already"."""
    view = hearing.view
    booked = {one.service_id for one in view.found if one.reference in view.booked_here}
    told = act.label == "give:service" and act.value in booked
    return told and hearing.agenda.asked == "confirm" and not (act.adds or act.corrects)


def _is_beside_what_was_agreed(hearing: TurnHeard, act: Act) -> bool:
    """Whether a detail after a yes is of one more visit ("yes please, and then Roy's with Marcus"),
    as it must be where it does not fit the one that was just agreed to."""
    current = hearing.matter
    if not isinstance(current, Booking) or not current.agreed or act.corrects:
        return False
    if act.kind not in ("provider", "when", "party") or not (act.adds or act.beside):
        return False
    if act.kind == "party":
        known = (None, current.name, hearing.agenda.name)
        return act.adds == "another" or act.value not in known or follows_then(hearing, act)
    if not is_clearly_more(hearing, act):
        return False
    if act.kind == "when" and not act.times:
        return act.beside and bool(act.adds)
    if act.kind == "when":
        taken = current.timed((act,), current.wanted, hearing.agenda, hearing.view)
    else:
        taken = current.take(act, hearing.agenda, hearing.view)
    return not taken.agreed


def _move_instead(hearing: TurnHeard, act: Act) -> None:
    """ "No, Friday would do", to whether to cancel what is on Tuesday, moves it there."""
    matter = hearing.matter
    if not isinstance(matter, Cancelling) or hearing.agenda.asked != "confirm_cancel":
        return
    booking = matter.booking(hearing.view)
    if booking and not matter.agreed and wishes_beyond((act,), booking, hearing.view):
        become(hearing, matter, "move")


def _with_its_verb(hearing: TurnHeard, act: Act) -> Act:
    """ "Push it back" tells which way "half an hour" goes."""
    before = hearing.before(act)
    led = act.kind == "when" and bool(before) and before[-1].label == "want:move"
    if not led or act.times:
        return act
    return replace(act, text=hearing.reading.text[before[-1].start : act.end])


def _party(hearing: TurnHeard, act: Act) -> OutcomeKind:
    """For whom it is. One more after a booking is for the same, and so are several at once."""
    at, unnamed = hearing.at, False
    if _is_another_one(hearing, act):
        hearing.begin(Booking(kind="book", beside=True), hearing.at + 1)
    elif isinstance(current := hearing.matter, Booking) and _same_for_another(hearing, act):
        twin = Booking(beside=True, twin=True, service_id=current.service_id)
        hearing.begin(twin, hearing.at + 1)
        unnamed = twin.service_id is None
    matter, last = hearing.matter, _booked_before(hearing, act)
    named = hearing.reading.first("give:service", "give:problem")
    if isinstance(matter, Booking) and matter.service_id is None and last and named is None:
        same = last.service_id
        if is_of_oneself(act):
            same = made_for_anybody(same, hearing.view.named_services)
        hearing.put(matter.but(service_id=same, beside=True))
    outcome = take(hearing, act)
    asks = hearing.reading.first("ask", "want:message")
    if asks is None or hearing.reading.first("want:book", "give:service", "give:when", "affirm"):
        begin_twins(hearing, act.count, act.text)
    hearing.at = at if unnamed else hearing.at  # what is told next is of both
    return outcome


def _same_for_another(hearing: TurnHeard, act: Act) -> bool:
    """Whether one is for the caller and one for somebody else, told in one breath: "a haircut for
    me and one for my son"."""
    current = hearing.matter
    if not isinstance(current, Booking) or hearing.at not in hearing.begun or not act.adds:
        return False
    return bool(current.party) and is_of_oneself(act) != (ME in current.whom) and not act.count


def _booked_before(hearing: TurnHeard, act: Act) -> BookingFact | None:
    """The visit to which one more is wished for: the one booked last, or the only one spoken of."""
    found = hearing.view.found
    only = found[0] if len(found) == 1 and act.adds == "another" else None
    return hearing.view.last_booked or only


def _is_another_one(hearing: TurnHeard, act: Act) -> bool:
    """Whether somebody else comes as well: "and there's the rabbit, he's due his vaccination"."""
    current = hearing.matter
    if not isinstance(current, Booking) or current.service_id is None or act.corrects:
        return False
    if act.told is not None and act.told.service in current.services:
        return False
    following = hearing.after(act)
    named = [each.value for each in following if each.label in ("give:service", "give:problem")]
    served = any(each.label == "give:service" for each in hearing.before(act)) and act.adds
    settled = current.chosen is not None or current.party not in ("", act.text) or served
    wanted = {one.service_id for one in visits(hearing.agenda)}
    return bool(settled and named) and named[0] not in (None, *wanted, *current.services)


def _time(hearing: TurnHeard, act: Act) -> OutcomeKind:
    """A time goes to the matter spoken of; one said once for two visits, to the first."""
    _move_instead(hearing, act)
    if _is_one_more_day(hearing, act):
        return _on_one_more_day(hearing, act)
    place = hearing.at
    current = hearing.matter
    if isinstance(current, Booking) and current.beside:
        for first in sorted({0, *hearing.begun} & set(range(place))):
            if _is_still_of_the_first(hearing, first, act):
                hearing.at = first
                break
    outcome = take(hearing, act)
    hearing.at = place
    return outcome


def _is_still_of_the_first(hearing: TurnHeard, first: int, act: Act) -> bool:
    """Whether nothing was said of its time yet, or only the day to which this is the hour."""
    if first not in hearing.timed:
        return _is_untimed(hearing.agenda.matters[first])
    said = spans_of(when for each in hearing.timed[first][1] for when in each.times)
    hours = spans_of(act.times)
    if not said:
        return _is_untimed(hearing.agenda.matters[first])
    whole = any(span.has_time for span in said) or any(span.has_day for span in hours)
    return bool(hours) and not whole and not act.adds


def _is_one_more_day(hearing: TurnHeard, act: Act) -> bool:
    """Whether the same is wanted on another day as well: "the eighth, and the fifteenth too"."""
    said = hearing.timed.get(hearing.at)
    matter = hearing.matter
    if said is None or act.corrects or not isinstance(matter, Booking) or matter.kind != "book":
        return False
    before = {span.day for span in spans_of(when for each in said[1] for when in each.times)}
    now = {span.day for span in spans_of(act.times)}
    if any(each.label == "give:service" for each in hearing.after(act)):
        return False  # of that one, then
    return act.adds == "another" and None not in {*before, *now} and before.isdisjoint(now)


def _on_one_more_day(hearing: TurnHeard, act: Act) -> OutcomeKind:
    """A second visit of the sort, at the hour of the first; an hour told last is that of both."""
    first, place = hearing.matter, hearing.at
    assert isinstance(first, Booking)
    hours = tuple(
        replace(when, kind="time", value=when.value.time())
        for when in act.times
        if isinstance(when.value, datetime)
    )
    if hours and not first.wanted.has_time:
        take(hearing, replace(act, times=hours, adds=""))
    same, whom = first.service_id, first.provider_id
    twin = Booking(kind="book", beside=True, twin=True, service_id=same, provider_id=whom)
    hearing.begin(twin, place + 1)
    outcome = take(hearing, act)
    hearing.at = place
    return outcome


def _is_untimed(matter: Matter) -> bool:
    return isinstance(matter, TimedMatter) and not matter.wanted.spans


def _phone(hearing: TurnHeard, act: Act) -> OutcomeKind:
    if act.value == "calling":
        return "noted"
    if act.value:
        matter = hearing.matter
        if isinstance(matter, Booking):
            hearing.put(matter.but(agreed=False))
        elif isinstance(matter, Account) and hearing.agenda.phone not in (None, act.value):
            hearing.put(matter.but(agreed=False))
            hearing.amended = True
        elif matter is None and hearing.view.booked_here:
            return put_number_right(hearing, act.value)
        _opens_nothing(hearing)
        hearing.agenda = hearing.agenda.but(phone=act.value, phone_digits="")
        return "noted"
    hearing.agenda = hearing.agenda.but(phone_digits=act.digits)
    return "asked back"


def _opens_nothing(hearing: TurnHeard) -> None:
    """A number told instead of a reference: the caller hears that anybody could tell one."""
    agenda, matter = hearing.agenda, hearing.matter
    looked_for = isinstance(matter, OwnBooking) and not isinstance(matter, Account)
    if looked_for and agenda.asked == "reference":
        count = agenda.times_asked.get("reference", 1) - 1
        hearing.owe(phrase("not_by_number", count), Rank.ANSWERED)
    elif matter is None and agenda.unopened is not None and agenda.asked == "person":
        hearing.owe(phrase("not_by_number"), Rank.ANSWERED)
        hearing.agenda = hearing.agenda.but(offers_person=True)
