"""Something that does not work: what it is, the business's own remedy, else a ticket."""

from __future__ import annotations

from dataclasses import replace
from typing import Literal, Self

from voice.dialogue.agenda import Agenda, Matter
from voice.dialogue.matters.own_order import OwnOrder
from voice.dialogue.matters.written_down import WrittenDown, is_own_words
from voice.dialogue.speaking import phrase
from voice.dialogue.statements import Rank, Statement
from voice.dialogue.steps import Ask, Need, Over, Ran, ToolCall, UseTools, use
from voice.dialogue.view import View
from voice.spoken import say_reference, sentences
from voice.understanding.acts import Act
from voice.understanding.loose_phrases import more_pressing

ENOUGH_WORDS = 6
"""Of a problem, to write it down without a further question."""
MOST_QUESTIONS = 2


class TechProblem(WrittenDown):
    """The facts of a problem."""

    kind: Literal["tech"] = "tech"
    answers: int = 0
    """To the question what is wrong."""
    looked: bool = False
    """Whether an open ticket of the caller's was looked for."""
    earlier: str | None = None
    """The reference of one."""
    since: str = ""
    """The day on which it was written, as it is said."""
    same: bool | None = None
    """Whether this is about it."""
    searched: str = ""
    """The words for which the business's own remedy was looked for."""
    remedy: str = ""
    helped: bool | None = None

    def keeps(self, act: Act, agenda: Agenda) -> bool:
        """What is wrong, and yes or no to what was asked of it."""
        if act.label in ("want:tech", "give:problem"):
            return True
        match agenda.asked:
            case "problem":
                return is_own_words(act) or act.label in ("social:upset", "want:order")
            case "helped":
                return act.name in ("affirm", "deny") or is_own_words(act)
            case "same_ticket":
                return act.name in ("affirm", "deny")
        return False

    def take(self, act: Act, agenda: Agenda, view: View) -> Self:
        """A piece of the problem, or an answer."""
        if act.name in ("affirm", "deny"):
            if agenda.asked == "same_ticket":
                return self.but(same=act.name == "affirm")
            if agenda.asked == "helped":
                return self.but(helped=act.name == "affirm" and self.helped is not False)
            return self
        if act.name == "give" and agenda.asked == "helped" and self.helped is None:
            return self.saying(act).but(helped=False)  # "it still says error" is a no
        if act.label not in ("want:tech", "give:problem") and agenda.asked != "problem":
            return self
        asked = agenda.asked == "problem" and act.text not in self.said
        taken = self.saying(act)
        return taken.but(answers=taken.answers + 1) if asked else taken

    def need(self, agenda: Agenda, view: View) -> Need:
        """The earlier ticket, the problem, a remedy, and then a ticket."""
        if not self.looked and view.call.known_phone:
            return UseTools((use("find_ticket"),))
        if self.earlier is not None and self.same is None:
            values = {"reference": say_reference(self.earlier), "since": self.since}
            return Ask("same_ticket", values=values)
        if self.said and not (self.same or self.remedy) and self.searched != self.words:
            return UseTools((use("answer_question", question=self.words, topic="tech"),))
        if self._wants_words():
            kind = "problem_to_add" if self.same else "problem_more" if self.said else None
            return Ask("problem", kind=kind)
        if self.same:
            priority = more_pressing(self.urgency(agenda))
            call = use("add_to_ticket", reference=self.earlier, words=self.words, priority=priority)
            return UseTools((call,))
        if self.remedy and self.helped is None:
            new = agenda.asked != "helped"
            return Ask("helped", (Statement(words=self.remedy),) if new else ())
        if self.helped:
            return Over((Statement(words=phrase("it_works"), rank=Rank.DONE),))
        who = self.who(agenda, view)
        if isinstance(who, Ask) and who.asked != agenda.asked and not agenda.phone_digits:
            return replace(who, before=(Statement(words=phrase("will_write_down")),))
        return who or UseTools((self._ticket(agenda),))

    def is_done_with(self, ended: Matter, view: View) -> bool:
        """What is wrong is in the ticket of an order already."""
        if not isinstance(ended, OwnOrder) or not ended.noting:
            return False
        return all(each in ended.words for each in self.said)

    def looks_up(self, call: ToolCall) -> bool:
        """The remedy is its own question."""
        return call.arguments.get("topic") == "tech"

    def learn(self, ran: Ran, agenda: Agenda, view: View) -> Agenda:
        """An earlier ticket, a remedy, or the end of it."""
        match ran.call.name:
            case "find_ticket":
                made = {each.reference for each in view.tickets if each.issue}  # in this call
                tickets = ran.result.facts.get("tickets", ())
                before = [each for each in tickets if each["reference"] not in made]
                first = before[0] if before else {}
                earlier, since = first.get("reference"), first.get("since", "")
                return agenda.with_in_hand(self.but(looked=True, earlier=earlier, since=since))
            case "answer_question":
                answer = ran.result.facts.get("answer") or ""
                remedy = " ".join(sentences(answer)[:2])
                return agenda.with_in_hand(self.but(searched=self.words, remedy=remedy))
            case "add_to_ticket" if ran.result.refused is not None:
                return agenda.with_in_hand(self.but(same=False, earlier=None))
            case "create_ticket" | "add_to_ticket":
                return self.over(ran, agenda)
        return agenda

    def left(self, view: View) -> str:
        """Nothing of it is written."""
        return "all_right"

    def _wants_words(self) -> bool:
        if not self.said:
            return True
        if self.same or self.remedy or self.answers >= MOST_QUESTIONS:
            return False
        return len(self.words.split()) < ENOUGH_WORDS

    def _ticket(self, agenda: Agenda) -> ToolCall:
        tried = f" (tried without success: {self.remedy})" if self.remedy else ""
        return use(
            "create_ticket", issue=f"{self.words}{tried}", priority=self.urgency(agenda),
            kind="problem",
        )  # fmt: skip
