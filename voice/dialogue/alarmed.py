"""What is answered after an alarm: what is to be done in danger, until the caller goes on."""

from __future__ import annotations

from voice.dialogue.agenda import Agenda
from voice.dialogue.speaking import phrase
from voice.dialogue.statements import Rank, Statement
from voice.dialogue.view import View
from voice.understanding.acts import Reading

SURE_WISH = 0.6
"""Of an ordinary wish behind an alarm."""


def still_alarmed(agenda: Agenda, reading: Reading, view: View) -> Agenda:
    """Until the caller plainly wishes for something else, what is to be done is said again, and
    nothing is asked; the visit in hand is left, and given up where they say so."""
    if _wishes_anew(reading):
        return agenda.but(alarmed=False, alarmed_by="", repeated_alarm=False)
    given_up = reading.first("drop", "rule_out:service") is not None
    left = agenda.but(queries=(), waits=True, owed=())
    left = left.but(matters=(), asked=None) if given_up or agenda.leaving else left
    if agenda.leaving:
        return left.but(waits=False)
    if all(each.name in ("affirm", "social", "hold") for each in reading.acts):
        return left.owing(Statement(words=phrase("take_care"), rank=Rank.URGENT))
    if agenda.repeated_alarm and reading.first("ask", "deny", "drop") is None:
        return left.but(alarmed=False, repeated_alarm=False, wants_person=True)
    words = view.business.emergency.say if view.business.emergency else phrase("danger")
    urgent = Statement(words=f"{words} {phrase('danger_first')}", rank=Rank.URGENT)
    return left.but(repeated_alarm=True).owing(urgent)


def _wishes_anew(reading: Reading) -> bool:
    """Whether an ordinary wish, sure and not in the words of a no, follows an alarm."""
    wish = reading.first("want", "choose")
    if wish is None or reading.first("deny", "drop") is not None:
        return False
    return wish.confidence >= SURE_WISH and (wish.name == "want" or len(wish.which) == 1)
