"""What ends as a ticket: something that staff are to see to, in the caller's own words."""

from __future__ import annotations

from typing import Self

from voice.dialogue.agenda import Agenda, Matter
from voice.dialogue.reaching import ask_phone, is_reachable
from voice.dialogue.statements import Rank, Statement
from voice.dialogue.steps import Ask, Need, Ran
from voice.dialogue.view import View
from voice.understanding.acts import Act
from voice.understanding.loose_phrases import Urgency, urgency_of

OWN_WORDS = frozenset({"give", "ask", "story", "outside", "choose", "rule_out", "more"})
"""Names of acts that may be an answer in the caller's own words, when one was asked for."""
NOT_OWN_WORDS = frozenset(
    {"give:name", "give:phone", "ask:repeat", "ask:robot", "ask:call_me", "ask:message"}
)


class WrittenDown(Matter):
    """The facts of what becomes a ticket."""

    said: tuple[str, ...] = ()
    """What it is about, piece by piece, in the caller's words."""
    pressing: Urgency = "normal"
    """As all the words of a turn make it, those beside the problem too."""
    nameless: bool = False
    """The caller would rather not give a name."""

    @property
    def words(self) -> str:
        """All that was said of it, each thing once."""
        longer = (each for each in self.said if not any(each in o != each for o in self.said))
        return "; ".join(dict.fromkeys(longer))

    def saying(self, act: Act) -> Self:
        """The same with these words of the caller's; the same words are not said twice."""
        return (
            self
            if any(act.text in each for each in self.said)
            else self.but(said=(*self.said, act.text))
        )

    def urgency(self, agenda: Agenda) -> Urgency:
        """By what was said, and in which mood."""
        upset = agenda.mood in ("hurt", "anger")
        if self.pressing == "urgent" or (self.pressing == "low" and not upset):
            return self.pressing
        return urgency_of(self.words, upset=upset or self.pressing == "high")

    def who(self, agenda: Agenda, view: View) -> Need | None:
        """Asks for whom it is, and for a number where none is known; None: there is enough."""
        if agenda.name is None and not self.nameless:
            return Ask("name", kind="name_to_write_down")
        return None if is_reachable(agenda, view) else ask_phone(agenda, view)

    def refused(self, agenda: Agenda, view: View) -> Agenda | None:
        """Neither a name nor a number is needed."""
        match agenda.asked:
            case "name":
                return agenda.with_in_hand(self.but(nameless=True))
            case "phone":
                return agenda.but(phone_declined=True, phone_digits="")
        return None

    def over(self, ran: Ran, agenda: Agenda) -> Agenda:
        """It is written down, or why not; what was told to us once more is told back once."""
        rank = Rank.DONE if ran.result.refused is None else Rank.ANSWERED
        told = Statement(words=ran.result.spoken, rank=rank)
        over = agenda.without_in_hand().owing(told)
        return over if ran.result.refused is None else over.but(offers_person=True)


def is_own_words(act: Act) -> bool:
    """Whether it can be a piece of an answer that is kept as it was said."""
    of_visit = act.label == "ask:booking" and act.asking is not None and act.asking.sides
    return act.name in OWN_WORDS and act.label not in NOT_OWN_WORDS and not of_visit
