"""Wishes: a matter begins, takes the place of another, or waits behind it."""

from __future__ import annotations

from dataclasses import replace

from voice.dialogue.agenda import LONGEST_QUERY, Matter, OutcomeKind
from voice.dialogue.each_visit import places
from voice.dialogue.further import is_clearly_one_more
from voice.dialogue.matters.billing import Billing
from voice.dialogue.matters.booking import Booking
from voice.dialogue.matters.buying import Buying
from voice.dialogue.matters.message import Message
from voice.dialogue.matters.moving import Moving, wishes_beyond
from voice.dialogue.matters.own_booking import OwnBooking
from voice.dialogue.matters.own_order import OwnOrder, with_words
from voice.dialogue.matters.table import MATTERS
from voice.dialogue.message_words import PRONOUNS, noted_beside, says_more, what_it_is_about
from voice.dialogue.own_visits import CHANGES, is_bare
from voice.dialogue.speaking import ANY_TIME, phrase
from voice.dialogue.statements import Rank
from voice.dialogue.tickets_told import add_ring_back, only_rings, written_already
from voice.dialogue.turn_heard import TurnHeard, repeats_what_is_booked, take
from voice.understanding.acts import Act
from voice.understanding.asked_about import asks_the_way_back, is_question
from voice.understanding.goods.goods_said import use_told
from voice.understanding.words import plain

ABOUT_ORDERS = ("order", "refund", "billing")
SURE_OF_ANOTHER = 0.6
"""Of a wish for what is not ours to do: below it something else was wanted."""


def want(hearing: TurnHeard, act: Act) -> OutcomeKind:
    if (place := _claimed_at(hearing, act)) is not None:
        at, hearing.at = hearing.at, place
        claimed = take(hearing, act)
        hearing.at = at
        return claimed
    unopened = hearing.agenda.unopened if not hearing.view.found else None
    if isinstance(unopened, OwnBooking) and act.kind in (*CHANGES, "book"):
        if act.kind != "book" and not hearing.reading.first("give:reference"):
            return pass_unopened_on(hearing, unopened)
        if isinstance(hearing.matter, Message) and not hearing.reading.first("give:service"):
            return "noted"
    if act.kind in ABOUT_ORDERS and "refund" in hearing.agenda.done:
        if asks_the_way_back(act.text):
            return hearing.asks(replace(act, kind="policy"))
        if act.kind == "order" and use_told(act.text):
            return "noted"
    if (told := written_already(hearing, act)) is not None:
        hearing.owe(told, Rank.ANSWERED)
        return "answered"
    if only_rings(hearing, act) and add_ring_back(hearing):
        return "done"
    if act.kind in ("cancel", "move") and _is_too_late(hearing):
        words = hearing.reading.text[:LONGEST_QUERY]
        hearing.begin(Message(wanted=True, agreed=True, said=(words,), call_back=""), 0)
        return "done"
    outcome = _message(hearing, act) if act.kind == "message" else _wanted(hearing, act)
    matter = hearing.matter
    if isinstance(matter, OwnOrder) and matter.kind == act.kind:
        whole = replace(act, text=hearing.reading.text)  # a ticket quotes all of it
        taken = matter.take(whole, hearing.agenda, hearing.view)
        asks = hearing.reading.first("ask") is not None
        if taken.unfound and not (
            matter.unfound or asks
        ):  # no order can be opened, but there may be a rule
            hearing.asks(replace(whole, kind="policy"))
        hearing.put(taken)
    return outcome


def pass_unopened_on(hearing: TurnHeard, unopened: OwnBooking) -> OutcomeKind:
    """Who goes on about a visit that cannot be opened from here wants somebody to see to it; once
    it is with the team, that is said."""
    agenda, said = hearing.agenda, hearing.reading.text[:LONGEST_QUERY]
    at = next((at for at, one in enumerate(agenda.matters) if isinstance(one, Message)), None)
    if at is not None:
        message = agenda.matters[at]
        assert isinstance(message, Message)
        hearing.at = at
        if agenda.asked == "pass_on":  # a yes before it may have taken the offer up
            hearing.put(message.but(wanted=True, said=(*message.said, said)))
        return "noted"
    if any(unopened.words and unopened.words in each.issue for each in hearing.view.tickets):
        hearing.owe(phrase("with_the_team"), Rank.ANSWERED)
        return "answered"
    hearing.agenda = unopened.but(words=f"{unopened.words} {said}").passed_on(agenda)
    hearing.at = 0
    return "done"


def _claimed_at(hearing: TurnHeard, act: Act) -> int | None:
    """The place of the matter that takes such a wish for one more detail of its own."""
    matters, view = hearing.agenda.matters, hearing.view
    return next((at for at, each in enumerate(matters) if each.claims(act, view)), None)


def _wanted(hearing: TurnHeard, act: Act) -> OutcomeKind:
    vague = act.kind == "account" and not act.value
    if (vague or not _is_ours(hearing, act)) and act.confidence < SURE_OF_ANOTHER:
        return "nothing to do"
    if not _is_ours(hearing, act):
        left_open = hearing.reading.text[:LONGEST_QUERY]
        hearing.agenda = hearing.agenda.but(elsewhere=True, left_open=left_open)
        return hearing.asks(act)
    current = hearing.matter
    if isinstance(current, Booking) and _is_of_the_visit_in_hand(hearing, current, act):
        return "noted"
    act = replace(act, kind=_kind_meant(hearing, act))
    if act.kind == "cancel" and act.value is None and not isinstance(current, Booking):
        return _cannot_come(hearing, current)
    if current is None and act.kind == "book" and _is_the_one_booked(hearing, act):
        return "noted"
    if current is None:
        hearing.begin(_begun(hearing, act), len(hearing.agenda.matters))
        return "done"
    if isinstance(current, OwnBooking) and _is_the_move_of(hearing, current, act):
        return "noted" if current.kind == "move" else become(hearing, current, "move")
    if isinstance(current, Moving) and act.kind == "cancel" and _has_another_time(hearing, current):
        return "noted"  # that is the move itself
    if isinstance(current, Moving) and act.kind == "move":
        hearing.put(current.but(undecided=False))
        return "noted"
    if _agrees(hearing, current, act):
        hearing.put(current.but(agreed=True))
        return "done"
    again = current.kind == act.kind and not _another(hearing, act)
    if again or _is_begun(hearing, current, act):
        return "noted"
    if isinstance(current, Booking) and act.kind in ("cancel", "move"):
        if (changed := _of_the_visit_to_be(hearing, current, act)) is not None:
            return changed
    if isinstance(current, OwnBooking) and act.kind in ("move", "cancel", "lookup"):
        return become(hearing, current, act.kind)
    if isinstance(current, OwnOrder) and act.kind in ABOUT_ORDERS:
        return _of_the_same_order(hearing, current, act)
    return _beside_another(hearing, current, act)


def _is_begun(hearing: TurnHeard, current: Matter, act: Act) -> bool:
    """Whether this is the wish for the visit that a detail told before it has begun, of which
    nothing else is known yet; it is spoken of from now on."""
    at = next((at for at, one in places(hearing.agenda) if one.service_id is None), None)
    if isinstance(current, Booking) or act.kind != "book" or at not in hearing.begun:
        return False
    hearing.at = at or 0
    return True


def _is_too_late(hearing: TurnHeard) -> bool:
    """Whether the caller has heard of all their bookings that they can no longer be changed: the
    wish is passed on, and not refused once more."""
    late, found = hearing.agenda.too_late, hearing.view.found
    return bool(late) and {each.reference for each in found} <= set(late)


def _message(hearing: TurnHeard, act: Act) -> OutcomeKind:
    """A message is taken whatever else is going on, which comes again behind it."""
    current = hearing.matter
    if isinstance(current, Billing) and (dispute := current.dispute(hearing.view)) is not None:
        hearing.put(dispute.take(act, hearing.agenda, hearing.view))
        return "done"
    new = _begun(hearing, act)
    assert isinstance(new, Message)
    about = what_it_is_about(hearing, act, new)
    if isinstance(current, OwnOrder) and _is_of_its_ticket(hearing, current, act):
        when = current.call_back or (ANY_TIME if act.rings else "")
        more = about or ((act.text,) if act.value or says_more(act) else ())
        words = with_words(current.words, *more)
        hearing.put(current.but(noting=True, call_back=when, words=words))
        return "done"
    unopened = hearing.agenda.unopened
    if isinstance(unopened, OwnBooking) and not any(each.issue for each in hearing.view.tickets):
        about = (unopened.words, *about)
    new = noted_beside(hearing, new.but(said=about))
    if isinstance(current, OwnOrder) and current.order(hearing.view) is None:
        said = tuple(filter(None, (current.words, *new.said)))
        hearing.put(new.but(said=said, sort="refund" if current.kind == "refund" else "other"))
    elif (
        isinstance(current, Booking)
        and hearing.at in hearing.begun
        and (_was_never_wished(hearing, current))
    ):
        hearing.put(new)
    elif current is not None and current.agreed and hearing.affirmed:
        hearing.begin(new, hearing.at + 1)
        return "kept"
    else:
        hearing.begin(new, 0)
    hearing.agenda = hearing.agenda.but(asked=None)
    return "done"


def _is_of_its_ticket(hearing: TurnHeard, current: OwnOrder, act: Act) -> bool:
    """Whether what is to be passed on is what a ticket was just offered for; one for somebody by
    name about no order is a message to them."""
    offered = current.noting or hearing.agenda.asked == "ticket"
    return offered and (act.value is None or current.order(hearing.view) is not None)


def _agrees(hearing: TurnHeard, current: Matter, act: Act) -> bool:
    """Whether "book the massage, Monday at six" says yes to just that, read back."""
    if hearing.agenda.asked != "confirm" or not isinstance(current, Booking) or act.adds:
        return False
    if act.kind != "book" or act.confidence < SURE_OF_ANOTHER or hearing.amended:
        return False
    told = hearing.reading.first("deny", "rule_out", "drop")
    return told is None and plain(act.text).split()[:1] == ["book"]


def _begun(hearing: TurnHeard, act: Act) -> Matter:
    """The matter of that wish, with what its words say; what of an account is nobody's but staff's
    to change is passed on to them."""
    if act.kind == "account" and not act.value:
        hearing.owe(phrase("not_from_here"), Rank.ANSWERED)
        return Message(said=(act.text,))
    new = MATTERS[act.kind](kind=act.kind)
    return new if isinstance(new, OwnOrder) else new.take(act, hearing.agenda, hearing.view)


def _is_ours(hearing: TurnHeard, act: Act) -> bool:
    return act.kind in MATTERS and MATTERS[act.kind](kind=act.kind).is_done_here(hearing.view)


def become(hearing: TurnHeard, current: OwnBooking, kind: str) -> OutcomeKind:
    """Something else is to be done with the booking that is being spoken of. Who was just asked
    what, with the booking read out, has agreed to it by saying cancel."""
    carried = {
        "reference": current.reference,
        "describes": current.describes,
        "service_id": current.service_id if current.reference is None else None,
        "signs": current.signs,
        "may_be": current.may_be,
        "before": current.before,
    }
    agreed = kind == "cancel" and hearing.agenda.asked == "move_or_cancel"
    hearing.put(MATTERS[kind](kind=kind, agreed=agreed, **carried))
    hearing.agenda = hearing.agenda.but(asked=None)
    return "done"


def _cannot_come(hearing: TurnHeard, current: Matter | None) -> OutcomeKind:
    """ "I can't make it" says neither to cancel nor to move: both are offered."""
    visit = Moving(kind="move", undecided=True)
    if current is None:
        hearing.begin(visit, len(hearing.agenda.matters))
    elif isinstance(current, OwnBooking) and current.kind == "lookup":
        hearing.put(visit.but(reference=current.reference, describes=current.describes))
    elif not isinstance(current, OwnBooking):
        return _beside_another(hearing, current, Act("want", "cancel"))
    return "done"


def _is_the_move_of(hearing: TurnHeard, current: OwnBooking, act: Act) -> bool:
    """Whether a wish to come is one to come at another time: "I can't make it, could we find
    another day"; "no, could I come Monday instead" to whether to cancel."""
    if act.kind != "book" or current.agreed or current.kind == "lookup":
        return False
    if any(each.label == "give:service" for each in hearing.after(act)):
        return False
    if isinstance(current, Moving):
        return hearing.at in hearing.begun or current.undecided
    return hearing.agenda.asked == "confirm_cancel"


def _of_the_visit_to_be(hearing: TurnHeard, current: Booking, act: Act) -> OutcomeKind | None:
    """Where the visit that is not booked yet is changed: times of it were looked for, or a move is
    hardly heard and no booking of the caller's is known. None: a booked one is meant."""
    hardly = act.confidence < SURE_OF_ANOTHER and not hearing.view.found
    chosen_from = "choose" in hearing.agenda.times_asked and not hearing.begun
    if is_bare(current) and not chosen_from and not (act.kind == "move" and hardly):
        return None
    if not hearing.reading.first("give:booking", "give:reference"):
        return _of_unbooked(hearing, current, act)
    return "nothing to do" if hardly else None


def _has_another_time(hearing: TurnHeard, moving: Moving) -> bool:
    """Whether a new time for the booking is told or chosen in the same breath."""
    booking = moving.booking(hearing.view)
    told = hearing.reading.all("give:when")
    if hearing.reading.first("drop") is not None or booking is None:
        return False
    if moving.wanted.spans and hearing.reading.first("want:move") is not None:
        return True  # "you're moving it, I don't want the two of them"
    picked = any(each.which for each in hearing.reading.all("choose"))
    return picked or bool(wishes_beyond(told, booking, hearing.view))


def _is_the_one_booked(hearing: TurnHeard, act: Act) -> bool:
    """ "Book it", said once more when it has been booked."""
    said = plain(act.text).split()
    if repeats_what_is_booked(hearing):
        return True
    return bool(hearing.view.booked_here and said) and said[-1] in PRONOUNS and not act.adds


def _kind_meant(hearing: TurnHeard, act: Act) -> str:
    """What is wanted of a visit, where what is known of it says something else than the words."""
    if act.kind == "cancel" and _wants_another_time(hearing, act):
        return "move"
    matters = hearing.agenda.matters
    if act.kind == "move" and any(one.kind == "cancel" and one.agreed for one in matters):
        return "book"  # what is to be cancelled is not moved
    alone = act.kind == "move" and hearing.matter is None
    none_left = hearing.view.given_up is not None and not hearing.view.found
    return "book" if alone and none_left else act.kind  # "can I have that one now"


def _is_of_the_visit_in_hand(hearing: TurnHeard, current: Booking, act: Act) -> bool:
    """Whether a number or a name that has changed is that of the visit being booked. A name that
    is only said to be wrong is asked for once more."""
    if act.kind != "account":
        return False
    if act.value != "name" or current.chosen is None:
        return hearing.reading.first("give:phone") is not None
    if hearing.reading.first("give:name") is None:
        hearing.put(current.but(name=None, agreed=False))
        hearing.agenda = hearing.agenda.but(name=None)
    return True


def _wants_another_time(hearing: TurnHeard, act: Act) -> bool:
    """Whether who cannot come asks for another time in the same breath."""
    later = hearing.after(act)
    return any(
        each.label in ("want:move", "want:book", "more", "ask:times") for each in later
    ) and not any(each.label == "give:service" and not each.corrects for each in later)


def _of_the_same_order(hearing: TurnHeard, current: OwnOrder, act: Act) -> OutcomeKind:
    """Whoever wants money back for a bill that is wrong has one matter: the bill."""
    if act.kind != "refund" and hearing.at in hearing.begun:
        return "noted"
    if current.kind == "refund" and act.kind == "order" and not is_question(act.text):
        hearing.put(current.take(act, hearing.agenda, hearing.view))
        return "noted"  # "I just picked it up at the desk"
    if getattr(current, "wrong", False) and current.kind == "billing":
        return "noted"
    carried = {"reference": current.reference, "words": current.words}
    hearing.put(MATTERS[act.kind](kind=act.kind, **carried))
    hearing.agenda = hearing.agenda.but(asked=None)
    return "done"


def _beside_another(hearing: TurnHeard, current: Matter, act: Act) -> OutcomeKind:
    """A matter of another kind: now, unless the one in hand was just answered for."""
    new = _begun(hearing, act)
    if isinstance(current, Booking) and isinstance(new, Booking):
        new = new.but(beside=True)
    if current.kind == "cancel" and not current.agreed and isinstance(new, Booking):
        new = new.but(in_place=True)
    if isinstance(current, Booking) and _was_never_wished(hearing, current):
        carried = {"service_id": current.service_id, "describes": current.wanted}
        own = isinstance(new, OwnBooking)
        hearing.put(new.but(**carried, unplaced=current.unplaced) if own else new)
        hearing.agenda = hearing.agenda.but(asked=None)
        return "done"
    if isinstance(current, Buying) and isinstance(new, OwnBooking):
        return _out_of_buying(hearing, current, new)
    before = {each.name for each in hearing.before(act)}
    goes_on = act.adds or not before.isdisjoint(("give", "rule_out"))
    if "deny" in before and not hearing.begun and not goes_on:
        hearing.replace_all(new)
        return "done"
    if not before.isdisjoint(("affirm", "choose", "give")) or hearing.begun:
        hearing.begin(new, hearing.at + 1)
        return "kept"
    hearing.begin(new, 0)
    hearing.agenda = hearing.agenda.but(asked=None)
    return "done"


def _out_of_buying(hearing: TurnHeard, current: Buying, visit: OwnBooking) -> OutcomeKind:
    """What is to become of a visit comes before a purchase, and in the place of one that is empty;
    with a no beside it that one is given up."""
    denied = hearing.reading.first("deny", "rule_out", "drop") is not None
    if current.is_empty(hearing.view):
        hearing.put(visit)
    elif denied:
        hearing.put(current.take(Act("drop"), hearing.agenda, hearing.view))
        hearing.begin(visit, hearing.at + 1)
    else:
        hearing.begin(visit, 0)
    hearing.agenda = hearing.agenda.but(asked=None)
    return "done"


def _was_never_wished(hearing: TurnHeard, current: Booking) -> bool:
    """Whether the visit to be booked is only what details said in this turn were taken for, or one
    of which nothing is known."""
    if not is_bare(current) or hearing.reading.first("want:book"):
        return current == Booking(kind="book")
    return hearing.at in hearing.begun or current.service_id is None


def _another(hearing: TurnHeard, act: Act) -> bool:
    """Whether a wish of the same kind is one more, and not the same again."""
    if act.kind != "book":
        return False
    current = hearing.matter
    filled = isinstance(current, Booking) and current.service_id is not None
    begun = isinstance(current, Booking) and current.chosen or hearing.at in hearing.begun
    if not filled or not (hearing.affirmed or begun):
        return False
    return is_clearly_one_more(hearing, act)


def _of_unbooked(hearing: TurnHeard, current: Booking, act: Act) -> OutcomeKind:
    """What is not booked yet can only be given up or wanted at another time; and "nothing" is what
    may be answered to what should be changed."""
    if act.kind == "cancel" and hearing.agenda.asked == "change":
        hearing.agenda = hearing.agenda.but(asked=None)
    elif act.kind == "cancel":
        hearing.owe(phrase(current.left(hearing.view) or "all_right"), Rank.DONE)
        hearing.agenda = hearing.agenda.without_in_hand()
    else:
        hearing.put(current.but(chosen=None, searched="", agreed=False))
        hearing.agenda = hearing.agenda.but(asked="change")
    return "done"
