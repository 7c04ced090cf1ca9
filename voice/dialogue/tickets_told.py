"""What was written down in this call, told to whoever asks after it or asks for it once more."""

from __future__ import annotations

from voice.dialogue.matters.message import MOST_READ_BACK, Message
from voice.dialogue.matters.own_order import OwnOrder
from voice.dialogue.message_words import says_more
from voice.dialogue.speaking import ANY_TIME, phrase, say_ring
from voice.dialogue.statements import Rank
from voice.dialogue.turn_heard import TurnHeard
from voice.dialogue.view import View
from voice.spoken import say_phone, say_reference
from voice.understanding.acts import Act
from voice.understanding.messages_said import time_to_ring
from voice.understanding.words import plain


def ring_back_told(view: View) -> str | None:
    """Whether and when somebody is to ring; None: nothing was written down in this call."""
    asked = next((each.call_back for each in reversed(view.tickets) if each.call_back), None)
    if asked == ANY_TIME:
        return phrase("ring_some_time")
    if asked is not None:
        return phrase("ring_back_noted", when=say_ring(asked).replace(". ", " "))
    written = any(each.issue for each in view.tickets)
    return phrase("ring_back_not_said") if written else None


def rung_about(hearing: TurnHeard, act: Act) -> bool:
    """Who asks whether and when somebody rings about what is written down hears whether that was
    asked for; where it was not, it is now."""
    view, matter = hearing.view, hearing.matter
    number = hearing.agenda.phone or view.call.known_phone
    if number and "number" in plain(act.text).split():
        hearing.owe(phrase("has_number", number=say_phone(number)), Rank.ANSWERED)
    if isinstance(matter, OwnOrder) and matter.noting:
        hearing.put(matter.but(call_back=matter.call_back or ANY_TIME))
        return True
    if isinstance(matter, Message) and matter.wanted and matter.withdraws == "":
        hearing.put(matter.but(wanted=True, agreed=True, ring_back=True))
        return True
    if any(each.call_back for each in view.tickets):
        hearing.owe(ring_back_told(view) or "", Rank.ANSWERED)
        return True
    return add_ring_back(hearing)


def add_ring_back(hearing: TurnHeard) -> bool:
    """With a wish to be rung about the ticket of this call that says nothing of it; there need not
    be one."""
    written = [each for each in hearing.view.tickets if each.issue]
    if not written:
        return False
    times = hearing.reading.all("give:call_back")
    when = time_to_ring(times[0]) if times else ANY_TIME
    wish = Message(wanted=True, agreed=True, ring_back=True, call_back=when)
    hearing.begin(wish.but(adds_to=written[-1].reference), 0)
    return True


def written_already(hearing: TurnHeard, act: Act) -> str | None:
    """Of a wish to be rung, or of a charge that is wrong, what was written down of it before: no
    second ticket is made of the same."""
    view = hearing.view
    if any(isinstance(each, Message) for each in hearing.agenda.matters):
        return None
    disputed = any(each.kind == "dispute" and each.issue for each in view.tickets)
    if act.kind == "billing" and disputed and act.value:
        return ring_back_told(view)
    rung = any(each.call_back for each in view.tickets)
    again = act.kind == "message" and act.rings and rung
    if not again or hearing.reading.first("give:message", "give:call_back") is not None:
        return None
    return ring_back_told(view)


def only_rings(hearing: TurnHeard, act: Act) -> bool:
    """Whether nothing but a call is wished for, where something was written down in this call."""
    told = hearing.reading.first("give:message") is not None
    alone = not (told or act.value or says_more(act))
    return act.kind == "message" and act.rings and alone


def message_told(act: Act, view: View) -> str | None:
    """That a message is written down, and for whom; None: none was."""
    who = view.person(act.value)
    written = [each for each in view.tickets if each.issue]
    if who and any(each.issue.startswith(f"For {who}: ") for each in written):
        return phrase("is_written_for", who=who)
    if not written or who:
        return None
    issue = written[-1].issue
    words = f": {issue}" if len(issue.split()) <= MOST_READ_BACK else ""
    reference = say_reference(written[-1].reference)
    return phrase("is_written_down", words=words, reference=reference)


def is_time_to_ring(act: Act, view: View) -> bool:
    """Whether a time is only the one to be rung at, said once more."""
    said = set(plain(act.text).split())
    return any(said <= set(plain(each.call_back).split()) for each in view.tickets)
