"""How it goes on when a question was put three times in vain: without the answer where that can
be, else with a person or a message for the team. Nobody is asked the same for ever."""

from __future__ import annotations

from voice.dialogue.agenda import Agenda
from voice.dialogue.matters.message import passing_on
from voice.dialogue.speaking import can_put_through, phrase
from voice.dialogue.statements import Asked, Rank, Statement
from voice.dialogue.steps import Ask
from voice.dialogue.view import View

MOST_TIMES = 3
MOST_BESIDE_ANSWERS = 5
"""So often it is put where something was answered in between, or what was told was tried."""
OF_THE_CALLER = ("name", "phone", "reference", "order")
"""Questions whose answers a poor line may never bring through."""
IN_PIECES = ("phone_rest", "reference_rest")


def is_in_vain(need: Ask, agenda: Agenda) -> bool:
    """Whether to put it once more would be to ask for ever; what comes in pieces is on its way."""
    if need.asked not in OF_THE_CALLER or need.kind in IN_PIECES and agenda.news:
        return False
    answered = any(each.rank is Rank.ANSWERED for each in agenda.owed)  # or tried, and it failed
    return agenda.put.get(need.asked, 0) >= (MOST_BESIDE_ANSWERS if answered else MOST_TIMES)


def way_out(asked: Asked, agenda: Agenda, view: View) -> Agenda:
    """The agenda as after a no to the question: what its matter can do without is left out."""
    matter = agenda.in_hand
    assert matter is not None
    asking = agenda.but(asked=asked, put={**agenda.put, asked: 0})
    refused = matter.refused(asking, view)
    after = refused.in_hand if refused is not None else None
    again = after.need(refused, view) if refused is not None and after is not None else None
    if refused is None or isinstance(again, Ask) and again.asked == asked:
        sorry = Statement(words=phrase("going_round"), rank=Rank.ANSWERED)
        refused = asking.without_in_hand().owing(sorry)
    elif len(refused.matters) == len(agenda.matters):
        aside = Statement(words=phrase("goes_on_without"), rank=Rank.ASIDE)
        return refused.owing(aside).but(news=True)
    if can_put_through(refused, view):
        return refused.but(offers_person=True)
    return passing_on(refused)
