"""What a caller does with their words: flat labelled stretches of a turn, each with its value."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from voice.understanding.loose_phrases import Attempt
from voice.understanding.reading import When

ActName = Literal[
    "affirm", "deny", "choose", "more", "want", "give", "rule_out", "drop", "ask", "person",
    "emergency", "hold", "social", "story", "outside", "noise",
]  # fmt: skip
Asked = Literal[
    "open", "service", "date", "time", "choose", "name", "phone", "confirm", "confirm_move",
    "confirm_cancel", "which_booking", "reference", "person", "anything_else", "support", "none",
]  # fmt: skip
"""What our last line asked for, as the examples are labelled."""

Order = Literal["soonest", "latest"]
Whom = Literal["", "a child", "large", "small"]
Side = Literal["who", "length", "end", "price", "when", "made", "both", "free", "name", "number"]
"""Of a visit: with whom, how long it takes, when it ends, what it costs, when it is, whether it is
booked, whether the other one is too, whether its time can still be had, under which name
and with which telephone number it is."""
OfCall = Literal[
    "", "through", "reached", "there", "said", "again", "phone", "how we are", "possible", "unknown"
]
"""Of the call itself: whether this is the business, at any time or as the call begins; whether we
are still there; whether the caller has told us something; that a number or letters be said again;
at which number we are reached; how we are; whether what was wished for can be; what is unknown."""
NamePart = Literal["", "given", "family"]
Feeling = Literal["hurt", "joy", "wronged"]
"""What a caller tells: that somebody is hurt, glad news, or that we did them wrong."""
Adds = Literal["", "and", "another"]
"""How words say that they are of one more: joined on ("and", "then"), or told to be another one
("too", "the other", "both")."""
Unsuited = Literal["", "day", "hour", "early", "late"]
"""By what a visit does not suit: its day, its hour alone, or as too early or too late."""
Comes = Literal["", "first", "after"]
"""Where a visit is to come among several: before the others, or behind one."""


@dataclass(frozen=True, slots=True)
class Told:
    """How a turn that tells of several visits names the one that a stretch is of."""

    service: str = ""
    people: tuple[str, ...] = ()
    """Words for whom it is for: "luke", "dad"; `me`: the caller; `somebody`: anybody else."""
    nth: int = 0
    """Its place among those that the turn names."""


@dataclass(frozen=True, slots=True)
class Tagged:
    """A stretch of words with the label that the tagger gives it: `affirm`, `give:when`."""

    label: str
    start: int
    end: int
    """Places in the text; half-open."""
    confidence: float
    """0 to 1, calibrated."""
    corrects: bool = False
    """Of a `give`: it replaces what was said or read back before."""
    told: Told | None = None
    """Of which of several visits it is told; None: of no single one."""


@dataclass(frozen=True, slots=True)
class Asking:
    """How an `ask` asks, as far as closed classes of words tell."""

    services: tuple[str, ...] = ()
    """Ids of those that it names by their very names."""
    sides: tuple[Side, ...] = ()
    """Of a visit, the most telling first; none where it asks for something else."""
    yes_or_no: bool = False
    """Whether yes or no answers it."""
    openly: bool = True
    """Whether a question word, an inversion or a tag makes a question of it."""
    to_judge: bool = False
    """Whether only somebody can tell who sees it: "is it dangerous"."""
    of_being_there: bool = False
    """Whether somebody is free or in: "is he there then, or isn't he"."""
    to_oneself: bool = False
    """ "Where's me glasses"."""
    of_return: bool = False
    """ "When is she back"."""
    of_fee: bool = False
    """Whether it asks for a charge rather than for a price."""
    of_change: bool = False
    """Whether it asks what cancelling or moving a visit costs."""
    leans_back: bool = False
    """ "Is that all right with you", of what was said just before."""
    of_call: OfCall = ""
    """What it asks of the call itself."""
    count: int = 0
    """For how many a price is asked; 0: not said."""
    in_all: bool = False
    """Whether one sum is asked for, "altogether"."""
    compares: bool = False
    """Whether it asks by how much one price differs from another."""
    plainest: bool = False
    """Whether it speaks of "the ordinary one"."""
    on_condition: bool = False
    """ "If I never bought them from you"."""
    amount: int = 0
    """The money that it names, in whole units: "so that's seventy pounds"; 0: none."""


@dataclass(frozen=True, slots=True)
class Act:
    """One thing that a caller does. Which of the values are there follows from name and kind."""

    name: ActName
    kind: str = ""
    """The matter of a `want`, the slot of a `give` or `rule_out`, the topic of an `ask`, the kind
    of a `social` or `noise`; else empty."""
    text: str = ""
    """The caller's own words."""
    start: int = 0
    end: int = 0
    confidence: float = 1.0
    corrects: bool = False
    """Of a `give`: it replaces what was said or read back before."""
    which: tuple[int, ...] = ()
    """Of a `choose`, `give booking` or `rule_out booking`: the places on the table that it can
    mean; one when it is clear, several or none when not."""
    times: tuple[When, ...] = ()
    """Of any act with a time in it."""
    value: str | None = None
    """Of a `give` or `rule_out`: the id of a service (of a problem: of the service that treats it)
    or provider (`any`: does not mind), a name as it is written, a number in E.164 (`calling`: the
    one that the caller is ringing from), an address, a reference; of a `give party` the name of the
    person, where it is one. Of a `choose`: the id of a service in it. Of an `ask`: the id of the
    provider that it is about. Of a yes, a choice, a `drop` or a wish to cancel that says in so
    many words what is to become of a booking: `cancel` or `move`. Of a no that only does not know:
    `unsure`; of one that leaves a booking as it is: `kept`. Of a `give product`: the id
    of the only one. Of a `want refund` or `give other`:
    `used` or `unused`, where that was said; of a `want order` or `billing`: `wrong` where
    something is not as it should be, of an order also `change`, of a bill also `visit`, and
    `charge` where nothing tells of what it is. Of a `want message`: the id of the provider that it
    is for, or `ring_back`. Of a `want account`: what of it. Of a `want buy`: `look` or `compare`,
    where that is all that is asked for. Of a `give product` that names none: `cheapest`;
    of one that may mean either of several: `either`."""
    likely: tuple[str, ...] = ()
    """Ids of services that a `give service`, `give problem` or `ask` may mean, best first, where
    it is not sure which; `value` is then None. Of a `give product`: ids of all that it names."""
    part: NamePart = ""
    """Of a `give name`: which part of a name it was told to be."""
    digits: str = ""
    """Of a `give phone` that is not complete: the digits heard of it."""
    count: int = 0
    """Of a `give party`, `service` or `product`: how many; 0 where it was not said."""
    rings: bool = False
    """Of a `want message`: whether the caller is to be rung back."""
    limit: Decimal | None = None
    """Of a `want buy`: the most that a thing may cost."""
    goods: tuple[str, ...] = ()
    """Of an `ask`: ids of the things for sale that it names."""
    order: Order | None = None
    """Of a wish or a question about times: the very first or the very last there is."""
    asking: Asking | None = None
    """Of an `ask`."""
    beside: bool = False
    """Of a `want` or `give`: wanted next to another visit: "right after", "at the same visit"."""
    adds: Adds = ""
    """Of a `want` or `give`: how it says that it is of one more."""
    comes: Comes = ""
    """Of a `give service` or a `choose` with one: where it is to come among several."""
    told: Told | None = None
    """Of which of several visits it is told; None: of no single one."""

    @property
    def label(self) -> str:
        """Name and kind: `give:when`, `affirm`."""
        return f"{self.name}:{self.kind}" if self.kind else self.name


@dataclass(frozen=True, slots=True)
class Reading:
    """The acts of a turn with their values: the only thing that leaves understanding."""

    text: str = ""
    acts: tuple[Act, ...] = ()
    """In the order said; none overlaps another."""
    confidence: float = 1.0
    """That the acts which change something are right; 0 to 1, calibrated."""
    instead: tuple[Act, ...] = ()
    """The second best reading, where the best is not sure."""
    ambiguous: bool = False
    """Whether a time in it may as well be another, which is to be asked back."""
    attempt: Attempt = ""
    """What the words try to have us do against our rules, if anything."""
    disagreement: str | None = None
    """A weekday and a date that do not fit: the phrase, to be asked back."""

    sad_news: str | None = None
    """`death`, `mourning` or `hurt`, where the caller tells of it."""
    feeling: Feeling | None = None
    """What else the caller tells that calls for half a sentence."""
    complaint: str = ""
    """The words that tell what we did wrong."""
    speaks_of_visit: bool = False
    """Whether its words, without wishes and questions, speak of a visit that there is already."""

    unsuited: Unsuited = ""
    """How it says that a visit which there is does not suit any more."""
    has_no_visit: bool = False
    """Whether the caller says that nothing is booked yet, or that they want a new visit."""
    of_visit: bool = False
    """Whether its words name a service, or a visit, and nothing that is sold."""
    whom: Whom = ""
    """Of what sort the one is whom a visit is for, where that was said."""
    at_once: bool = False
    """Whether it says that two visits are to be at the same time."""
    apart: bool = False
    """Whether it says that several visits are to be each at a time of its own."""
    other_way: bool = False
    """Whether it says that of two visits the other one is to come first."""
    protests: bool = False
    """Whether it says that we got something wrong, or that more is coming: "no, I meant something
    else"."""
    only_one: bool = False
    """Whether it says that there is no second visit: "just one"."""
    of_kin: bool = False
    """Whether it speaks of somebody who is the caller's: their wife, their son."""
    no_visit: bool = False
    """Whether the caller says that no visit is wanted: "I'm not booking anything"."""
    only_asks: bool = False
    """Whether the caller says that for now only answers are wanted."""
    no_order: bool = False
    """Whether the caller says that it is about nothing that is sold: "there is no order"."""
    takes_back: bool = False
    """Whether it says that nothing is to be passed on, or that what was is to be taken back."""
    no_number: bool = False
    """Whether it says that there is no number, receipt or other name to tell."""
    of_the_past: bool = False
    """Whether it tells of a day that is over."""
    calm: bool = False
    """Whether the caller says that it is no emergency."""

    @property
    def keeps_visit(self) -> bool:
        """Whether it says that a visit is to stay as it is."""
        return any(act.name == "deny" and act.value == "kept" for act in self.acts)

    @property
    def goods(self) -> tuple[str, ...]:
        """Ids of the things for sale, or bought, that it names, in the order said."""
        named = (act.likely if act.kind == "product" else act.goods for act in self.acts)
        return tuple(dict.fromkeys(each for ids in named for each in ids))

    def first(self, *labels: str) -> Act | None:
        """The first act with one of these labels: `affirm`, `give:when`, or `give` for any."""
        return next((act for act in self.acts if act.label in labels or act.name in labels), None)

    def all(self, *labels: str) -> tuple[Act, ...]:
        """Every act with one of these labels."""
        return tuple(act for act in self.acts if act.label in labels or act.name in labels)
