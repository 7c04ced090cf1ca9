"""What we cannot see to ourselves is offered to be passed on to staff."""

from __future__ import annotations

from voice.dialogue.agenda import Agenda
from voice.dialogue.matters.message import Message, TicketKind


def passing_on(agenda: Agenda, *said: str, sort: TicketKind = "message") -> Agenda:
    """The agenda with the offer to pass this on, in its turn; never two offers at a time. Without
    words, what is to be passed on is asked."""
    if any(isinstance(each, Message) for each in agenda.matters):
        return agenda
    message = Message(said=tuple(filter(None, said)), sort=sort)
    return agenda.but(matters=(*agenda.matters, message), offers_person=False)
