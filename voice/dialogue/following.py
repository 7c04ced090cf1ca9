"""What a hosted model does, taken into the agenda, so that the built-in dialogue can take over at
any turn with the thread in hand."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from scheduling.names import fold
from voice.dialogue.agenda import Agenda, Matter
from voice.dialogue.goods import written_lines
from voice.dialogue.learning import learn
from voice.dialogue.matters.booking import Booking
from voice.dialogue.matters.buying import Buying
from voice.dialogue.matters.cancelling import Cancelling
from voice.dialogue.matters.looking_up import LookingUp
from voice.dialogue.matters.moving import Moving
from voice.dialogue.matters.own_booking import OwnBooking
from voice.dialogue.matters.own_order import OwnOrder
from voice.dialogue.matters.refunding import Refunding
from voice.dialogue.matters.timed import TimedMatter
from voice.dialogue.statements import Asked
from voice.dialogue.steps import Ask, Ran, ToolCall, UseTools, use
from voice.dialogue.view import View
from voice.understanding.acts import Order
from voice.understanding.wishes.wanted import Wanted, read_note

EXTREMES: Mapping[str, Order] = {"soonest": "soonest", "latest": "latest"}


def follow(agenda: Agenda, ran: Ran, view: View) -> Agenda:
    """The agenda after one of the model's tool calls, which names services and people by their
    ids and times as our own search notes them."""
    match ran.call.name:
        case "check_availability" if ran.call.arguments.get("service") in view.services:
            agenda = _looking(agenda, ran.call, view)
        case "verify_caller" | "find_appointment":
            agenda = _asking_who(agenda, ran)
        case "lookup_order":
            agenda = _asking_whose_order(agenda, ran)
        case "add_to_cart" if ran.result.refused is None:
            agenda = _buying(agenda)
    return learn(agenda, (ran,), view)


def propose(agenda: Agenda, call: ToolCall, view: View) -> Agenda:
    """The agenda with the matter of this change in hand; whatever the change says otherwise than
    what the caller agreed to is not agreed to."""
    match call.name:
        case "book_appointment":
            return _to_book(agenda, call.arguments, view)
        case "reschedule_appointment":
            return _to_move(agenda, call.arguments, view)
        case "cancel_appointment":
            return _to_cancel(agenda, call.arguments)
        case "process_refund":
            return _to_refund(agenda, call.arguments, view)
        case "checkout":
            return _to_check_out(agenda, call.arguments, view)
    return agenda


def agreed(agenda: Agenda, name: str, view: View) -> ToolCall | None:
    """The change of that name, as our own dialogue would make it now; None when it would first ask
    for something."""
    need = agenda.in_hand.need(agenda, view) if agenda.in_hand is not None else None
    calls = need.calls if isinstance(need, UseTools) else ()
    return next((call for call in calls if call.name == name), None)


def to_be_confirmed(
    agenda: Agenda, asked: Asked, offer_id: str | None, view: View
) -> Agenda | None:
    """The agenda in which we put that question ourselves, after our own read-back; None when it
    is not ripe for that. `offer_id`: the one offer that the model has just spoken of."""
    matter = agenda.in_hand
    if offer_id is None and isinstance(matter, TimedMatter):
        offer_id = matter.chosen
    reference = matter.reference if isinstance(matter, OwnBooking) else None
    if reference is None and len(view.found) == 1:
        reference = view.found[0].reference
    if asked == "confirm" and isinstance(matter, Moving):
        asked = "confirm_move"
    match asked:
        case "confirm":
            call = use("book_appointment", offer_id=offer_id)
        case "confirm_move":
            call = use("reschedule_appointment", reference=reference, offer_id=offer_id)
        case "confirm_cancel":
            call = use("cancel_appointment", reference=reference)
        case _:
            return None
    if asked != "confirm_cancel" and view.offer(offer_id) is None:
        return None
    if asked != "confirm" and view.booking(reference) is None:
        return None
    proposed = propose(agenda, call, view)
    need = proposed.in_hand.need(proposed, view) if proposed.in_hand is not None else None
    return proposed if isinstance(need, Ask) and need.asked == asked else None


def told(agenda: Agenda, asked: Asked | None, offer_id: str | None, view: View) -> Agenda:
    """The agenda once the model has spoken: nothing is owed, this question is open. `offer_id`:
    the one offer that it spoke of."""
    agenda = agenda.but(owed=(), queries=(), unsure=None, wants_person=False, offers_person=False)
    matter = agenda.in_hand
    if isinstance(matter, LookingUp) and view.found:
        agenda = agenda.without_in_hand()
    elif isinstance(matter, TimedMatter) and offer_id is not None and asked is not None:
        agenda = agenda.with_in_hand(matter.but(chosen=offer_id, agreed=False))
    return agenda.asking(asked)


def _looking(agenda: Agenda, call: ToolCall, view: View) -> Agenda:
    service_id = call.arguments["service"]
    order = EXTREMES.get(call.arguments.get("order", ""))
    wanted = (read_note(call.arguments.get("when", "")) or Wanted()).model_copy(
        update={"order": order}
    )
    moving = agenda.in_hand
    if isinstance(moving, Moving) and moving.booking(view) is not None:
        changed: TimedMatter = moving
    else:
        agenda = _in_front(
            agenda,
            Booking(kind="book"),
            lambda one: isinstance(one, Booking) and one.service_id in (None, service_id),
        )
        assert isinstance(agenda.in_hand, Booking)
        changed = agenda.in_hand.but(service_id=service_id, likely=())
    provider_id = call.arguments.get("provider")
    return agenda.with_in_hand(
        changed.but(wanted=wanted, provider_id=provider_id, unplaced=(), chosen=None, agreed=False)
    )


def _asking_who(agenda: Agenda, ran: Ran) -> Agenda:
    """Who calls about a booking of theirs: what for is known, or will be said."""
    name, reference = ran.call.arguments.get("name"), ran.call.arguments.get("reference")
    if name and agenda.name is None:
        agenda = agenda.but(name=name)
    if not isinstance(agenda.in_hand, OwnBooking):
        if ran.result.refused is None:
            return agenda
        agenda = _in_front(
            agenda, LookingUp(kind="lookup"), lambda one: isinstance(one, OwnBooking)
        )
    matter = agenda.in_hand
    if isinstance(matter, OwnBooking) and reference:
        agenda = agenda.with_in_hand(matter.but(reference=reference))
    return agenda


def _to_book(agenda: Agenda, said: Mapping[str, str], view: View) -> Agenda:
    offer = view.offer(said.get("offer_id"))
    service_id = offer.service_id if offer is not None else None
    agenda = _in_front(
        agenda,
        Booking(kind="book"),
        lambda one: isinstance(one, Booking) and (one.service_id or service_id) == service_id,
    )
    matter = agenda.in_hand
    assert isinstance(matter, Booking)
    if offer is not None and matter.chosen != offer.offer_id:
        matter = matter.but(service_id=service_id, likely=(), chosen=offer.offer_id, agreed=False)
    phone = said.get("phone")
    if phone and phone not in (agenda.phone, view.call.known_phone, view.call.claimed_phone):
        agenda, matter = agenda.but(phone=phone, phone_digits=""), matter.but(agreed=False)
    return _named(agenda.with_in_hand(matter), said.get("name"))


def _named(agenda: Agenda, name: str | None) -> Agenda:
    """With the customer's name: the caller's, unless they gave another as their own."""
    matter = agenda.in_hand
    if not name or not isinstance(matter, Booking):
        return agenda
    known = matter.name or agenda.name
    if known is None:
        return agenda.but(name=name)
    if fold(known) == fold(name):
        return agenda
    return agenda.with_in_hand(matter.but(name=name, agreed=False))


def _to_move(agenda: Agenda, said: Mapping[str, str], view: View) -> Agenda:
    agenda = _in_front(agenda, Moving(kind="move"), lambda one: isinstance(one, Moving))
    matter = agenda.in_hand
    assert isinstance(matter, Moving)
    offer, booking = view.offer(said.get("offer_id")), view.booking(said.get("reference"))
    if booking is not None and matter.reference != booking.reference:
        reference, service_id = booking.reference, booking.service_id
        matter = matter.but(reference=reference, service_id=service_id, agreed=False)
    if offer is not None and matter.chosen != offer.offer_id:
        matter = matter.but(chosen=offer.offer_id, agreed=False)
    return agenda.with_in_hand(matter)


def _to_cancel(agenda: Agenda, said: Mapping[str, str]) -> Agenda:
    agenda = _in_front(agenda, Cancelling(kind="cancel"), lambda one: isinstance(one, Cancelling))
    matter = agenda.in_hand
    assert isinstance(matter, Cancelling)
    reference = said.get("reference")
    if reference and matter.reference != reference:
        matter = matter.but(reference=reference, agreed=False)
    return agenda.with_in_hand(matter)


def _asking_whose_order(agenda: Agenda, ran: Ran) -> Agenda:
    """Who asks after an order, and which: what for is known, or will be said."""
    name, reference = ran.call.arguments.get("name"), ran.call.arguments.get("reference")
    if name and agenda.name is None:
        agenda = agenda.but(name=name)
    if isinstance(agenda.in_hand, OwnOrder) and reference:
        agenda = agenda.with_in_hand(agenda.in_hand.but(reference=reference))
    return agenda


def _to_refund(agenda: Agenda, said: Mapping[str, str], view: View) -> Agenda:
    """What was said of its use is the caller's own to say: a model's word for it counts nothing."""
    agenda = _in_front(agenda, Refunding(kind="refund"), lambda one: isinstance(one, Refunding))
    matter = agenda.in_hand
    assert isinstance(matter, Refunding)
    order = view.order(said.get("order_id")) or matter.order(view)
    if order is not None and matter.reference not in (None, order.reference):
        matter = matter.but(agreed=False)
    if order is not None:
        matter = matter.but(reference=order.reference)
        if (items := said.get("items")) and items != written_lines(matter.lines(order)):
            matter = matter.of_items(order, items)
    if not matter.words:
        matter = matter.but(words=said.get("reason", ""))
    return agenda.with_in_hand(matter)


def _buying(agenda: Agenda) -> Agenda:
    """Something is being bought, and what is in the cart now was not agreed to."""
    agenda = _in_front(agenda, Buying(kind="buy"), lambda one: isinstance(one, Buying))
    assert agenda.in_hand is not None
    return agenda.with_in_hand(agenda.in_hand.but(agreed=False))


def _to_check_out(agenda: Agenda, said: Mapping[str, str], view: View) -> Agenda:
    """What the caller would have of the cart is there: nothing of it is still to be chosen."""
    agenda = _in_front(agenda, Buying(kind="buy"), lambda one: isinstance(one, Buying))
    matter = agenda.in_hand
    assert isinstance(matter, Buying)
    matter = matter.but(shown=(), details=(), sought=None, changes=(), looking=False)
    name, phone = said.get("name"), said.get("phone")
    if name and agenda.name is None:
        agenda = agenda.but(name=name)
    if phone and phone not in (agenda.phone, view.call.known_phone, view.call.claimed_phone):
        agenda, matter = agenda.but(phone=phone, phone_digits=""), matter.but(agreed=False)
    return agenda.with_in_hand(matter)


def _in_front(agenda: Agenda, new: Matter, fits: Callable[[Matter], bool]) -> Agenda:
    """The first matter that fits is in hand, else the new one; of the others none is lost, but
    for a booking of which nothing is known."""
    found = next((one for one in agenda.matters if fits(one)), new)
    others = tuple(
        one for one in agenda.matters if one is not found and one != Booking(kind="book")
    )
    return agenda.but(matters=(found, *others))
