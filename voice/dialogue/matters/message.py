"""A message for staff: whether one is wanted, what it says, and when to call back."""

from __future__ import annotations

from typing import Literal, Self

from voice.dialogue.agenda import LONGEST_QUERY, Agenda
from voice.dialogue.goods import TicketFact
from voice.dialogue.matters.written_down import WrittenDown, is_own_words
from voice.dialogue.speaking import ANY_TIME, phrase, reach_a_person, say_ring
from voice.dialogue.statements import Rank, Statement
from voice.dialogue.steps import Ask, Need, Over, Ran, UseTools, use
from voice.dialogue.view import View
from voice.spoken import lower_first, say_reference, to_caller
from voice.understanding.acts import Act, Reading
from voice.understanding.everyday import NOT_NAMES
from voice.understanding.message_content import message_in, points_to_told
from voice.understanding.messages_said import time_to_ring
from voice.understanding.relabelling.told import with_dates

FOR_STAFF = frozenset({"want:billing", "want:order", "want:refund", "want:tech", "want:account"})
"""Of what a message may well be; a wish for a visit is seen to instead."""
OUTRIGHT = frozenset({"want:message", "give:message", "give:call_back"})
"""Labels of words that are of a message whatever else is spoken of."""
OF_VISITS = ("when", "provider", "party", "service", "booking")
"""Slots of what is told of a visit, beside a message that has its words."""
ADDED_TO = ("message", "refund", "other")
"""Kinds of tickets to which a further message of the same call is added."""
BESIDE_IT = ("name", "phone", "call_back")
"""What is asked once it is known what is to be passed on."""
TOLD_ON = frozenset({"story", "give:other", "give:problem", "give:party", "social:upset"})
"""Labels of words that go on with it meanwhile."""
BRIEF = 4
"""Words of a name, or of a time alone."""
MOST_READ_BACK = 25
"""Words of a message that are read back whole."""
MOST_OFFERED = 2
"""Times that it is offered to pass on what cannot be seen to from here."""
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
    """Whom it is for: the id of a provider, or `the manager`; None: whoever sees it."""
    adds_to: str = ""
    """The ticket of this call to which a wish to be rung is added; empty: to none."""
    withdraws: str = ""
    """The ticket of an earlier one, which the caller takes back."""

    @property
    def words(self) -> str:
        """As one message, without what only asks for it."""
        told = (message_in(each) for each in super().words.split("; "))
        return "; ".join(dict.fromkeys(filter(None, told))) or "would like to be called back"

    @property
    def tells_nothing(self) -> bool:
        """Whether it is still to be said what is to be passed on."""
        return not any(message_in(each) for each in self.said)

    def keeps(self, act: Act, agenda: Agenda) -> bool:
        """Yes or no to the offer, and what is to be passed on."""
        if act.label in OUTRIGHT or act.label == "want:billing" and self.sort == "dispute":
            return True
        if self.wanted and agenda.asked in BESIDE_IT and self._is_of_it(act, agenda):
            return True
        if self.wanted and self._is_when_to_ring(act):
            return True
        match agenda.asked:
            case "pass_on" if self.wanted is None:
                return act.name == "deny" or act.name == "affirm" and act.confidence >= SURE_YES
            case "message":
                late = agenda.too_late and act.label in ("want:cancel", "want:move")
                own = is_own_words(act) or act.name == "person" or bool(late)
                return own or act.label in FOR_STAFF
            case "call_back":
                return act.name in ("affirm", "deny") or is_own_words(act)
        return bool(self.wanted and not self.said) and act.label in ("give:other", "story")

    def _is_of_it(self, act: Act, agenda: Agenda) -> bool:
        """Whether it says who is to ring and when, or goes on with what is to be passed on, though
        something else was asked."""
        if act.kind == "provider":
            return act.value is not None
        return (
            _goes_on(act, agenda) or self.ring_back and act.label == "give:when" and bool(act.times)
        )

    def _is_when_to_ring(self, act: Act) -> bool:
        """Whether it tells a time before one was asked for: "not before two"."""
        missing = self.ring_back and not self.call_back
        return missing and act.kind == "when" and bool(act.times) and _is_brief(act)

    def claims(self, act: Act, view: View) -> bool:
        """One message at a time, wherever it stands, with what it is about: "my refund"."""
        about = f"about {act.text}"
        told = act.label in FOR_STAFF and any(each.endswith(about) for each in self.said)
        return act.label in OUTRIGHT or told or act.label == f"want:{self.sort}"

    def take(self, act: Act, agenda: Agenda, view: View) -> Self:
        """A piece of it, or an answer."""
        match act.label:
            case "want:message":
                ring_back = self.ring_back or act.rings
                when = (self.call_back or None) if ring_back else self.call_back
                whom = act.value or self.whom
                told = agenda.asked == "message" and act.rings  # "please ring me about the bill"
                wish = (self.saying(act) if told else self).but(wanted=True, agreed=True, whom=whom)
                return wish.but(ring_back=ring_back, call_back=when)
            case "give:message":
                return self.saying(act)
            case "give:call_back":
                return self.but(call_back=time_to_ring(act), ring_back=True)
        if agenda.asked in BESIDE_IT and act.kind == "provider":
            not_whom = None if act.value == self.whom else self.whom
            return self.but(whom=act.value if act.name == "give" else not_whom)
        if agenda.asked in BESIDE_IT and _goes_on(act, agenda):
            return self.saying(act)
        if agenda.asked != "call_back" and self._is_when_to_ring(act):
            return self.but(call_back=time_to_ring(act))
        if agenda.asked == "pass_on" and self.wanted is None:
            yes = act.name == "affirm"
            return self.but(wanted=yes, agreed=yes) if not act.kind else self
        if agenda.asked == "call_back":
            if act.label == "story" and not act.times:  # "it was a puncture"
                return self.saying(act)
            said = "" if act.name in ("affirm", "deny") else time_to_ring(act)
            if self.call_back is not None and (said in self.call_back or not act.times):
                return self  # what is told beside a time, or behind a no, is none
            cried = act.times and len((self.call_back or "").split()) == 1  # "blimey", then when
            before = None if cried else self.call_back
            return self.but(call_back=" ".join(filter(None, (before, said))))
        if act.kind in OF_VISITS and self.said and agenda.asked != "message":
            return self
        before = agenda.complaint or agenda.left_open
        if before and points_to_told(act.text) and before not in self.said:
            return self.but(said=(before, *self.said, act.text))
        return self.saying(act)

    def need(self, agenda: Agenda, view: View) -> Need:
        """In the order in which one asks: whether, what, who and when."""
        if self.withdraws:
            return UseTools((use("withdraw_ticket", reference=self.withdraws),))
        if self.adds_to:
            when, unreached = self.call_back or ANY_TIME, self.who(agenda, view)
            call = use("add_to_ticket", reference=self.adds_to, words=self.words, call_back=when)
            return UseTools((call,)) if unreached is None or agenda.leaving else unreached
        again = agenda.unopened is not None and agenda.times_asked.get("pass_on", 0) < MOST_OFFERED
        if self.wanted is None and agenda.asked == "pass_on" and again and not agenda.leaving:
            reach = reach_a_person(view)
            return Ask("pass_on", (Statement(words=reach),) if reach else ())
        if self.wanted is None and agenda.asked == "pass_on":
            return Over(())  # an offer that was not taken up is not made again
        if self.wanted is None:
            return Ask("pass_on", kind="pass_on" if self.said else "take_message")
        if not self.wanted:
            told = Statement(words=phrase("all_right"), rank=Rank.DONE)
            return Over(() if agenda.leaving else (told,))
        if self.tells_nothing and not (self.ring_back and agenda.leaving):
            return Ask("message")
        if (asked := self._asks(agenda, view)) is not None and not agenda.leaving:
            return asked
        if (earlier := self._earlier(view)) is not None:
            if self.words in earlier.issue:
                who = self._somebody(view)
                return Over((Statement(words=phrase("is_written_for", who=who), rank=Rank.DONE),))
            words, ring = self._added(earlier, view), self.call_back or None
            call = use("add_to_ticket", reference=earlier.reference, words=words, call_back=ring)
            return UseTools((call,))
        issue = with_dates(f"{self._for_whom(view)}{self.words}", view.today)
        call = use(
            "create_ticket", issue=issue, priority=self.urgency(agenda),
            kind=self.sort, call_back=self.call_back or (ANY_TIME if self.ring_back else None),
        )  # fmt: skip
        return UseTools((call,))

    def _asks(self, agenda: Agenda, view: View) -> Need | None:
        """Who, and when to call back; nobody is kept for it who says goodbye."""
        if (who := self.who(agenda, view)) is not None:
            return who
        reachable = agenda.phone or view.call.known_phone or view.call.claimed_phone
        asked = self.call_back is None and reachable and self._earlier(view) is None
        return Ask("call_back") if asked and (self.ring_back or self.whom is None) else None

    def _earlier(self, view: View) -> TicketFact | None:
        """The ticket of this call that it belongs to: one matter of a caller's is one ticket."""
        if self.sort != "message":
            return None
        written = [each for each in view.tickets if each.issue and each.kind in ADDED_TO]
        if self.whom and not self.ring_back:
            written = [each for each in written if each.issue.startswith(self._for_whom(view))]
        rung = [each for each in written if each.call_back or not self.ring_back]
        return rung[-1] if rung else None

    def _for_whom(self, view: View) -> str:
        return f"For {self._somebody(view)}: " if self.whom else ""

    def _somebody(self, view: View) -> str:
        return view.person(self.whom) or self.whom or "somebody here"

    def _added(self, earlier: TicketFact, view: View) -> str:
        """What is added to it: for whom, and what."""
        whom = self._for_whom(view)
        whom = "" if earlier.issue.startswith(whom) else whom
        return f"{whom}{self.words.rstrip(' .')}."

    def learn(self, ran: Ran, agenda: Agenda, view: View) -> Agenda:
        """It is passed on, and what was written down for somebody is told back."""
        if ran.call.name not in ("create_ticket", "add_to_ticket", "withdraw_ticket"):
            return agenda
        if ran.result.refused is not None:
            return self.over(ran, agenda)
        if self.adds_to:
            words = phrase("ring_added", when=say_ring(self.call_back or ""))
            return agenda.without_in_hand().owing(Statement(words=words, rank=Rank.DONE))
        new = ran.call.name == "create_ticket"
        words = self._read_back(ran, view) if new else ran.result.spoken
        told = Statement(words=words, rank=Rank.DONE)
        return agenda.without_in_hand().but(complaint="").owing(told)

    def _read_back(self, ran: Ran, view: View) -> str:
        """What was written down, in short, so that it can be put right."""
        first, *others = to_caller(self.words).split(" ")
        first = lower_first(first) if first.casefold() in NOT_NAMES else first
        words = f": {' '.join((first, *others))}".rstrip(" .?!").replace("?", ",")
        words = words if len(words.split()) <= MOST_READ_BACK else ""
        who = self._somebody(view)
        if self.whom and not self.ring_back:
            return phrase("written_for", who=who, words=words)
        number = say_reference(str(ran.result.facts["ticket"]["reference"]))
        if not self.ring_back:
            return phrase("passed_on", words=words, number=number)
        when = say_ring(self.call_back or "")
        return phrase("ring_passed_on", who=who, when=when, words=words, number=number)

    def left(self, view: View) -> str:
        """Nothing of it is passed on; of what was only offered nothing is said."""
        return not_passed_on(view) if self.wanted else ""


def not_passed_on(view: View) -> str:
    """The phrase for a message that is not wanted; one that was written before stands."""
    earlier = any(each.issue for each in view.tickets)
    return "no_more_passed_on" if earlier else "not_passed_on"


def _goes_on(act: Act, agenda: Agenda) -> bool:
    """Whether it tells more, in so many words that they are no answer to what was asked."""
    told = act.label in TOLD_ON or act.name == "ask" and not (act.asking and act.asking.openly)
    timed = agenda.asked == "call_back" and act.times
    return told and not timed and not _is_brief(act)


def _is_brief(act: Act) -> bool:
    return len(act.text.split()) <= BRIEF


def passing_on(agenda: Agenda, *said: str) -> Agenda:
    """The agenda with the offer to pass this on, before all else; never two offers at a time.
    Without words, what is to be passed on is asked."""
    if any(isinstance(each, Message) for each in agenda.matters):
        return agenda
    message = Message(said=tuple(filter(None, said)))
    return agenda.but(matters=(message, *agenda.matters), asked=None, offers_person=False)


def complained(agenda: Agenda, reading: Reading) -> Agenda:
    """With the complaint of this turn kept, until it is written down."""
    if not reading.complaint:
        return agenda
    told = "; ".join(filter(None, (agenda.complaint, reading.text[:LONGEST_QUERY])))
    return agenda.but(complaint=told[:LONGEST_QUERY])


def offering_to_pass_on(agenda: Agenda, view: View) -> Agenda:
    """A complaint that nothing else is made of is offered to be passed on, once in a call."""
    busy = agenda.matters or agenda.wants_person or agenda.leaving or agenda.alarmed
    done = agenda.times_asked.get("pass_on") or any(each.issue for each in view.tickets)
    if not agenda.complaint or busy or done:
        return agenda
    return passing_on(agenda, agenda.complaint)
