"""A message for staff: whether one is wanted, what it says, and when to call back."""

from __future__ import annotations

from typing import Literal, Self

from voice.dialogue.agenda import Agenda
from voice.dialogue.matters.written_down import WrittenDown, is_own_words
from voice.dialogue.speaking import phrase
from voice.dialogue.statements import Rank, Statement
from voice.dialogue.steps import Ask, Need, Over, Ran, UseTools, use
from voice.dialogue.view import View
from voice.understanding.acts import Act

FOR_STAFF = frozenset({"want:billing", "want:order", "want:refund", "want:tech", "want:account"})
"""Of what a message may well be; a wish for a visit is seen to instead."""
OUTRIGHT = frozenset({"want:message", "give:message", "give:call_back"})
"""Labels of words that are of a message whatever else is spoken of."""
OF_VISITS = ("when", "provider", "party", "service", "booking")
"""Slots of what is told of a visit, beside a message that has its words."""
ADDED_TO = ("message", "refund", "other")
"""Kinds of tickets to which a further message of the same call is added."""
SURE_YES = 0.6
"""Of a yes to the offer of one."""
TicketKind = Literal["message", "dispute", "refund", "other"]


class Message(WrittenDown):
    """The facts of a message."""

    kind: Literal["message"] = "message"
    sort: TicketKind = "message"
    """What it is, as staff sort it."""
    wanted: bool | None = None
    """None: it is only offered."""
    call_back: str | None = None
    """When, in the caller's words; empty: no call is wanted, or at any time."""
    ring_back: bool = False
    """The caller asked to be rung."""
    whom: str | None = None
    """Id of the provider whom it is for; None: whoever sees it."""

    @property
    def words(self) -> str:
        """As one message."""
        return "; ".join(self.said)

    def keeps(self, act: Act, agenda: Agenda) -> bool:
        """Yes or no to the offer, and what is to be passed on."""
        if act.label in OUTRIGHT or act.label == "want:billing" and self.sort == "dispute":
            return True
        match agenda.asked:
            case "pass_on" if self.wanted is None:
                return act.name == "deny" or act.name == "affirm" and act.confidence >= SURE_YES
            case "message":
                return is_own_words(act) or act.name == "person" or act.label in FOR_STAFF
            case "call_back":
                return act.name in ("affirm", "deny") or is_own_words(act)
        return bool(self.wanted and not self.said) and act.label in ("give:other", "story")

    def claims(self, act: Act, view: View) -> bool:
        """One message at a time, wherever it stands."""
        return act.label in OUTRIGHT

    def take(self, act: Act, agenda: Agenda, view: View) -> Self:
        """A piece of it, or an answer."""
        match act.label:
            case "want:message":
                ring_back = self.ring_back or act.value == "ring_back"
                whom = self.whom if act.value == "ring_back" else act.value or self.whom
                when = (self.call_back or None) if ring_back else self.call_back
                return self.but(wanted=True, ring_back=ring_back, whom=whom, call_back=when)
            case "give:message":
                return self.saying(act)
            case "give:call_back":
                return self.but(call_back=act.text, ring_back=True)
        if agenda.asked == "pass_on" and self.wanted is None:
            return self.but(wanted=act.name == "affirm") if not act.kind else self
        if agenda.asked == "call_back":
            said = "" if act.name in ("affirm", "deny") else act.text
            if self.call_back and said in self.call_back:
                return self
            return self.but(call_back=" ".join(filter(None, (self.call_back, said))))
        if act.kind in OF_VISITS and self.said and agenda.asked != "message":
            return self
        return self.saying(act)

    def need(self, agenda: Agenda, view: View) -> Need:
        """In the order in which one asks: whether, what, who and when."""
        if self.wanted is None and agenda.asked == "pass_on":
            return Over(())  # an offer that was not taken up is not made again
        if self.wanted is None:
            return Ask("pass_on", kind="pass_on" if self.said else "take_message")
        if not self.wanted:
            return Over((Statement(words=phrase("all_right"), rank=Rank.DONE),))
        if not self.said:
            return Ask("message")
        if (who := self.who(agenda, view)) is not None:
            return who
        if (earlier := self._earlier(view)) is not None:
            call = use("add_to_ticket", reference=earlier, words=self._added(view))
            return UseTools((call,))
        reachable = agenda.phone or view.call.known_phone or view.call.claimed_phone
        if self.call_back is None and reachable and (self.ring_back or self.whom is None):
            return Ask("call_back")
        issue = f"{self._for_whom(view)}{self.words}"
        call = use(
            "create_ticket", issue=issue, priority=self.urgency(agenda),
            kind=self.sort, call_back=self.call_back or ("any time" if self.ring_back else None),
        )  # fmt: skip
        return UseTools((call,))

    def _earlier(self, view: View) -> str | None:
        """The ticket of this call that it belongs to: one matter of a caller's is one ticket."""
        if self.sort != "message":
            return None
        written = [each for each in view.tickets if each.issue and each.kind in ADDED_TO]
        if self.whom and not self.ring_back:
            written = [each for each in written if each.issue.startswith(self._for_whom(view))]
        rung = [each.reference for each in written if each.call_back or not self.ring_back]
        return rung[-1] if rung else None

    def _for_whom(self, view: View) -> str:
        return f"For {view.person(self.whom)}: " if self.whom else ""

    def _added(self, view: View) -> str:
        """What is added to it: for whom, what, and when to call back."""
        when = f" Call back: {self.call_back}." if self.call_back else ""
        return f"{self._for_whom(view)}{self.words}.{when}"

    def learn(self, ran: Ran, agenda: Agenda, view: View) -> Agenda:
        """It is passed on, and what was written down for somebody is told back."""
        if ran.call.name not in ("create_ticket", "add_to_ticket"):
            return agenda
        if self.whom and ran.result.refused is None:
            words = phrase("written_for", who=view.person(self.whom), words=self.words)
            told = Statement(words=words, rank=Rank.DONE)
            return agenda.without_in_hand().owing(told)
        return self.over(ran, agenda)

    def left(self, view: View) -> str:
        """Nothing of it is passed on; of what was only offered nothing is said."""
        return "not_passed_on" if self.wanted else ""


def passing_on(agenda: Agenda, *said: str) -> Agenda:
    """The agenda with the offer to pass this on, in its turn; never two offers at a time. Without
    words, what is to be passed on is asked."""
    if any(isinstance(each, Message) for each in agenda.matters):
        return agenda
    message = Message(said=tuple(filter(None, said)))
    return agenda.but(matters=(*agenda.matters, message), offers_person=False)
