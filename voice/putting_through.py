"""A call that goes to a person: what came of it, how that is said, and what whoever picks up hears.

A person is rung after our words; whether anybody answered is known only later, and to the door. It
is said as it was, and who reached nobody may leave a message.
"""

from __future__ import annotations

from typing import Literal

from voice.dialogue.agenda import Agenda
from voice.dialogue.known import BookingFact
from voice.dialogue.matters.message import passing_on
from voice.dialogue.speaking import phrase, question, service_words, visit_words
from voice.dialogue.view import View
from voice.spoken import list_of, say_reference

TransferOutcome = Literal["answered", "busy", "no_answer", "declined", "not_possible", "closed"]
"""`closed`: nobody is at the desk now; `not_possible`: no number, or a line that cannot."""
LONGEST_SUMMARY = 400
"""Characters, said while somebody waits."""
NOT_REACHED = "I'm sorry, I couldn't reach anybody just now. Is there anything else?"
"""Where there is no store to remember what comes of it."""
IN_HAND = {
    "book": "wants to book",
    "move": "wants to move an appointment",
    "cancel": "wants to cancel an appointment",
    "lookup": "asks about an appointment",
    "refund": "wants a refund",
    "order": "asks about an order",
    "buy": "wants to buy something",
    "billing": "asks about a bill",
    "tech": "has something that does not work",
    "account": "asks about what we keep of them",
    "message": "has a message",
}
"""Kinds of matter, as they are told to whoever picks up."""


def after_transfer(agenda: Agenda, outcome: TransferOutcome) -> tuple[Agenda, str]:
    """The agenda of a call that came back from a person, and what its caller hears first."""
    told = phrase(f"person_{outcome}", agenda.times_asked.get("take_message", 0))
    offered = passing_on(agenda.but(put_through=False, wants_person=False))
    offered = offered.but(matters=(*offered.matters[-1:], *offered.matters[:-1]))
    words = question(offered, "pass_on", "take_message")
    return offered.asking("pass_on"), f"{told} {words}"


def summary_of(agenda: Agenda, view: View, reason: str) -> str:
    """Two sentences for whoever picks up, made from what is known: who calls and why, and what was
    done or is open."""
    who = agenda.name or next((each.customer for each in view.found if each.customer), "")
    wants = [IN_HAND[each.kind] for each in agenda.matters if each.kind in IN_HAND]
    why = list_of(list(dict.fromkeys(wants))) or "asks for a person"
    first = f"{who or 'A caller'} {why}: {reason.rstrip('.')}."
    done = [
        *(f"ticket {say_reference(each.reference)} is open" for each in view.tickets),
        *(f"the {visit_words(view, each)} was booked" for each in _booked(view)),
    ]
    known = [f"there is a {service_words(view, each.service_id)}" for each in view.found[:1]]
    second = list_of(done) or list_of(known) or "nothing was done in this call yet"
    return f"{first} {second[:1].upper()}{second[1:]}."[:LONGEST_SUMMARY]


def _booked(view: View) -> list[BookingFact]:
    return [each for each in view.found if each.reference in view.booked_here]
