"""What was written down in this call, told to whoever asks after it or asks for it once more."""

from __future__ import annotations

from voice.dialogue.matters.message import MOST_READ_BACK, Message
from voice.dialogue.speaking import phrase
from voice.dialogue.turn_heard import TurnHeard
from voice.dialogue.view import View
from voice.spoken import lower_first, say_reference
from voice.understanding.acts import Act
from voice.understanding.words import plain


def ring_back_told(view: View) -> str | None:
    """Whether and when somebody is to ring; None: nothing was written down in this call."""
    asked = next((each.call_back for each in reversed(view.tickets) if each.call_back), None)
    if asked is not None:
        return phrase("ring_back_noted", when=lower_first(asked).replace(". ", " "))
    written = any(each.issue for each in view.tickets)
    return phrase("ring_back_not_said") if written else None


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
