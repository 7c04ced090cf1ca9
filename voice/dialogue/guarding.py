"""What we answer to those who would have us act against our rules, or who abuse us.

Nothing here decides what may be done: no matter asks who says so, and no rule of the store hears a
caller. A firm word, and back to what the call is about.
"""

from __future__ import annotations

from dataclasses import replace

from voice.dialogue.agenda import Agenda, Outcome
from voice.dialogue.speaking import phrase
from voice.dialogue.statements import Rank, Statement
from voice.dialogue.view import View
from voice.understanding.acts import Act, Reading

DROPPED = frozenset({"affirm", "choose", "ask", "outside", "story", "noise"})
"""Names of acts that count for nothing beside such words: a yes there is no yes."""
NOT_OF_OTHERS = frozenset({"want:lookup", "want:cancel", "want:move", "want:account", "person"})
"""What is not begun for who wants to hear of somebody else."""


def guarded(agenda: Agenda, reading: Reading, view: View) -> tuple[Agenda, Reading]:
    """The agenda with the firm word owed, and the reading without what it answers."""
    what = reading.attempt or ("abuse" if reading.first("noise:abuse") else "")
    if not what:
        return agenda, reading
    rules = tuple(act for act in reading.acts if what == "price" and _asks_for_a_rule(act))
    dropped = tuple(a for a in reading.acts if _is_dropped(a, what) and a not in rules)
    outcomes = tuple(Outcome(label=a.label, words=a.text, kind="declined") for a in dropped)
    agenda = agenda.but(outcomes=outcomes)
    if reading.first("social:bye") is None and not rules:  # who leaves is told nothing more
        agenda = firmly(agenda, what, view)
    kept = tuple(act for act in reading.acts if act not in dropped)
    kept = tuple(replace(act, kind="free") if act in rules else act for act in kept)
    return agenda, replace(reading, acts=kept)


def firmly(agenda: Agenda, what: str, view: View) -> Agenda:
    """The agenda with the firm word owed, each time in other words."""
    count = agenda.times_asked.get(f"firm_{what}", 0)
    words = phrase(f"firm_{what}", count, business=view.business.name)
    times = {**agenda.times_asked, f"firm_{what}": count + 1}
    return agenda.but(times_asked=times).owing(Statement(words=words, rank=Rank.ANSWERED))


def _asks_for_a_rule(act: Act) -> bool:
    """Whether it may be answered by what the business wrote, as that a fault is mended free."""
    return act.name == "ask" and act.asking is not None and act.asking.openly


def _is_dropped(act: Act, what: str) -> bool:
    if what == "abuse":
        return act.label == "noise:abuse"
    if what == "others" and act.label in NOT_OF_OTHERS:
        return True
    return act.name in DROPPED
