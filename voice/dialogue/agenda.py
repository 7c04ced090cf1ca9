"""The agenda of a call: its matters in order, the open question, and what is owed to the caller.

All of it is frozen and saved with each turn; who changes it makes another one.
"""

from __future__ import annotations

from datetime import date, datetime
from typing import Annotated, Any, ClassVar, Literal, Self

from pydantic import BeforeValidator, PlainSerializer

from scheduling.names import fold
from voice.dialogue.statements import Asked, Frozen, Statement
from voice.dialogue.steps import Need, Ran, ToolCall
from voice.dialogue.view import View
from voice.understanding.acts import Act, Whom
from voice.understanding.names.identity import likely_name
from voice.understanding.wishes.wanted import Wanted

OutcomeKind = Literal[
    "done", "answered", "noted", "kept", "asked back", "declined", "nothing to do"
]


class Matter(Frozen):
    """One thing that the caller wants done. Each kind has a class of its own, which says what it
    takes of the caller's acts, what it needs next, and what it makes of its tools' results."""

    kind: str
    agreed: bool = False
    """The caller said yes to what was read back of it."""
    kinds: ClassVar[dict[str, type[Matter]]] = {}
    """Every class by its kind, as they are defined."""

    def is_done_here(self, view: View) -> bool:
        """Whether this business has such a thing to do; where not, that is said."""
        return True

    def claims(self, act: Act, view: View) -> bool:
        """Whether a detail is of this matter, though its label is one of visits."""
        return False

    def answer(self, act: Act, view: View) -> str | None:
        """What the matter itself says to a question; empty: it comes with what it tells next;
        None: it is no question of this matter."""
        return None

    def take(self, act: Act, agenda: Agenda, view: View) -> Self:
        """The matter after this act of the caller's; itself when the act is not about it."""
        return self

    def keeps(self, act: Act, agenda: Agenda) -> bool:
        """Whether the act is an answer that this matter takes as it was said, whatever such an act
        means elsewhere."""
        return False

    def looks_up(self, call: ToolCall) -> bool:
        """Whether a question was looked up for this matter, and is no question of the caller's."""
        return False

    def settled(self, agenda: Agenda, view: View) -> tuple[Self, tuple[Statement, ...]]:
        """The matter once all acts of a turn are taken, and what is to be told of that."""
        return self, ()

    def need(self, agenda: Agenda, view: View) -> Need:
        """What it takes to go on with it."""
        raise NotImplementedError

    def learn(self, ran: Ran, agenda: Agenda, view: View) -> Agenda:
        """The agenda, this matter in hand, after one of its tools ended."""
        return agenda

    def accepted(self, agenda: Agenda, view: View) -> Agenda | None:
        """The agenda after a yes to what was just asked of it, read-backs apart; None: nothing
        special."""
        return None

    def refused(self, agenda: Agenda, view: View) -> Agenda | None:
        """The agenda after a plain no to what was just asked of it; None: nothing special."""
        return None

    def left(self, view: View) -> str:
        """The name of the phrase for giving it up; empty where there is nothing to say."""
        return "all_right"

    def is_done_with(self, ended: Matter, view: View) -> bool:
        """Whether, once that other matter is done, nothing is left of this one that waited behind
        it: it asks for nothing of its own."""
        return False

    @classmethod
    def __pydantic_init_subclass__(cls, **_: Any) -> None:
        kind = cls.model_fields["kind"].default
        if isinstance(kind, str):
            Matter.kinds[kind] = cls


def _of_its_kind(stored: Any) -> Any:
    """A matter as it was saved becomes one of its own class again."""
    if isinstance(stored, dict):
        return Matter.kinds[stored["kind"]].model_validate(stored)
    return stored


def _as_saved(matter: Matter) -> dict[str, Any]:
    return {**matter.model_dump(mode="json", exclude_defaults=True), "kind": matter.kind}


AnyMatter = Annotated[Matter, BeforeValidator(_of_its_kind), PlainSerializer(_as_saved)]


MISNAMED = 2
"""So often a name was put right, and is then asked for with words for its letters."""
LONGEST_QUERY = 500
"""Characters, as many as a tool takes."""


class Query(Frozen):
    """A question of the caller that is still to be looked up."""

    text: str
    """As much of the caller's words as a tool takes."""
    topic: str
    said: str = ""
    """The words that ask it, where the text has more: what they lean back on."""
    beside: str = ""
    """It with what was told around it: "because I'm fifteen"."""
    turn: str = ""
    """All that was said with it, for whoever is to answer it later."""
    to_judge: bool = False
    """Only somebody can tell who sees it."""
    surely: bool = True
    """Whether it asks anything at all; else it may be mere talk."""
    starts: datetime | None = None
    """Of what it costs to change a visit: when that one is."""
    change: str = ""
    """`cancel` or `move`, of such a one."""
    yes_or_no: bool = False
    """Whether yes or no answers it."""
    openly: bool = True
    """Whether it is put as a question; what only states something asks for nothing told before."""


class Outcome(Frozen):
    """What became of one act of a turn."""

    label: str
    words: str
    kind: OutcomeKind


class Agenda(Frozen):
    """What a call has come to, apart from what its tools have found."""

    matters: tuple[AnyMatter, ...] = ()
    """In the order wanted; the first is in hand."""
    dropped: tuple[AnyMatter, ...] = ()
    """What the caller gave up last, while nothing else is wanted."""
    asked: Asked | None = None
    times_asked: dict[str, int] = {}
    """How often each question was put, so that it is put in other words."""
    put: dict[str, int] = {}
    """How often each was put for the matter in hand: what is asked in vain has a way out."""
    queries: tuple[Query, ...] = ()
    """To be looked up in this turn."""
    owed: tuple[Statement, ...] = ()
    """To be told: what does not fit into this reply comes in the next."""
    unopened: AnyMatter | None = None
    """What was wished of a booking for which there was no reference, should one be told yet."""
    name: str | None = None
    """The caller's, as a customer."""
    misnamed: int = 0
    """How often a name that we read back was put right."""
    of_another: str | None = None
    """Whose visit it is that is spoken of, where it is not the caller's own: a customer's name."""
    whom: Whom = ""
    """Of what sort the one is whom the next visit is for, as the caller told it."""
    not_meant: tuple[str, ...] = ()
    """Services that the caller turned down in this call: none of them is guessed at again."""
    phone: str | None = None
    """E.164, as the caller gave it in this call."""
    phone_digits: str = ""
    """Of a number that is not complete yet."""
    phone_declined: bool = False
    tried: tuple[str, ...] = ()
    """Names and references that did not show whose booking it is, as `name/reference`."""
    unanswered: tuple[str, ...] = ()
    """Questions to which the caller has heard that we have no answer."""
    told: tuple[str, ...] = ()
    """Answers to questions that the caller has heard, the last one first."""
    day_told: date | None = None
    """The last day of which an answer told when we are open: "the Monday after" counts from it."""
    spelled: str = ""
    """What was told last with a number or letters one by one, to be said again when asked for."""
    left_open: str = ""
    """What the caller said around the question that was asked last."""
    denied: int = 0
    """How often the caller heard that something is not done here."""
    listed: bool = False
    """The caller has heard some of the services."""
    changed: Literal["", "move", "cancel"] = ""
    """What was done last in this call with a booking that the caller has."""
    limits: Wanted = Wanted()
    """Hours that the caller cannot come, told of a visit that is not in the book yet: they hold for
    whatever takes its place."""
    spoken_of: str | None = None
    """The service that was asked about or named last."""
    goods: tuple[str, ...] = ()
    """Ids of the things for sale, or bought, that were named last."""
    done: tuple[str, ...] = ()
    """Kinds of the matters that were done in this call: what is said from then on is of those,
    unless more is plainly wished for."""
    misses: int = 0
    """Turns in a row that could not be understood."""
    rounds: int = 0
    """Turns in a row that brought no answer to the question before them."""
    wants_person: bool = False
    """A person is to be asked to the telephone in this turn."""
    leaving: bool = False
    """The caller said goodbye in this turn."""
    parted: int = 0
    """How often the caller said goodbye while something was open."""
    waits: bool = False
    """The caller asked us to wait: the question stays open and is not put again."""
    disputed: str = ""
    """A weekday and a date of this turn that do not fit: the phrase, to be asked back."""
    news: bool = False
    """This turn changed what is known of a matter."""
    unsure: tuple[str, str] | None = None
    """The kinds of matter between which we asked last, as the caller's words could mean both."""
    elsewhere: bool = False
    """The caller came for what is not ours to do: details begin no visit until one is wanted."""
    only_asks: bool = False
    """The caller wants answers for now: no visit is pressed on them before they wish for one."""
    alarmed: bool = False
    """Somebody is in danger: what is to be done then is what every question is answered with."""
    alarmed_by: str = ""
    """The words that were answered with the alarm alone: nothing else in them has been heard."""
    maybe_alarmed: bool = False
    """Somebody may be in danger: whether it is an emergency is asked once."""
    repeated_alarm: bool = False
    """That was said once more; who goes on is put through to a person."""
    offers_person: bool = False
    """This turn came to where only a person can help."""
    mood: Literal["", "grief", "hurt", "anger", "joy", "wronged"] = ""
    """What the caller has told or shown of their feelings; it was answered once."""
    faulty: bool = False
    """Something that was bought came broken, wrong or faulty, as the caller told."""
    complaint: str = ""
    """What the caller told that went wrong, until it is written down."""
    too_late: tuple[str, ...] = ()
    """References of bookings of which the caller has heard that they can no longer be changed."""
    no_person: bool = False
    """The caller was put through and is still here: nobody is offered once more."""
    put_through: bool = False
    """The call goes to a person: there is nothing more to ask."""
    told_in_full: tuple[str, ...] = ()
    """Names of people and days near by that the caller has heard whole, and need not again."""
    outcomes: tuple[Outcome, ...] = ()
    """Of the acts of this turn."""

    def whose(self, customer: str) -> str:
        """`Linda's`, of what is somebody else's than the caller's; else `your`."""
        another = self.of_another is not None and fold(self.of_another) == fold(customer)
        theirs = another or self.name is not None and not likely_name(self.name, customer)
        return f"{customer.split()[0]}'s" if theirs and customer else "your"

    @property
    def in_hand(self) -> Matter | None:
        """The matter that is being seen to."""
        return self.matters[0] if self.matters else None

    @property
    def may_guess(self) -> bool:
        """A guess at a service is put once; who says no to it or wishes the same again is asked
        openly, and so is who has just heard that something is not done here."""
        if self.denied and self.asked == "service":
            return False
        named = any(each.label in ("give:service", "give:problem") for each in self.outcomes)
        return "guess" not in self.times_asked or self.asked == "guess" and not named

    def with_in_hand(self, matter: Matter) -> Agenda:
        """The same with that matter in the place of the one in hand."""
        return self.but(matters=(matter, *self.matters[1:]))

    def without_in_hand(self) -> Agenda:
        """The matter in hand is over."""
        return self.but(matters=self.matters[1:], asked=None, put={})

    def declining(
        self,
        *,
        label: str | None = None,
        words: str | None = None,
        as_kind: OutcomeKind = "declined",
    ) -> Agenda:
        """The same where the acts with this label, or with these words, came to nothing after
        all."""
        outcomes = (
            each.but(kind=as_kind)
            if each.label == label or each.words[:LONGEST_QUERY] == words
            else each
            for each in self.outcomes
        )
        return self.but(outcomes=tuple(outcomes))

    def owing(self, *statements: Statement) -> Agenda:
        """The same with more to tell."""
        return self.but(owed=(*self.owed, *(each for each in statements if each.words)))

    def asking(self, asked: Asked | None) -> Agenda:
        """The same with this question open, put once more."""
        if asked is None:
            return self.but(asked=None)
        count = self.times_asked.get(asked, 0) + 1
        put = {**self.put, asked: self.put.get(asked, 0) + 1}
        return self.but(asked=asked, times_asked={**self.times_asked, asked: count}, put=put)
