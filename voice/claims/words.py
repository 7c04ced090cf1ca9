"""What a clause of ours claims, by its words alone: that something was done, is free, costs."""

from __future__ import annotations

import re
from collections.abc import Set
from dataclasses import dataclass

from voice.claims.acts import acts_told
from voice.claims.promises import promises_a_deed, promises_a_person
from voice.claims.proof import OwnWords, unproven

_BREAK = re.compile(
    r"[;:—–]|,?\s+\b(?:but|however|although|though|whereas|instead|except(?: for)?|apart from|other than)\b|\.\s|,\s+(?=(?:i|we)\b)|"
    r"(?<!\bif)\s+(?=there(?:'s| is| are)\b)",
    re.IGNORECASE,
)

_IDIOM = re.compile(
    r"\b(?:don't worry|why don't (?:we|you)|(?:no|not a) (?:problem|worries|trouble|bother)|"
    r"can't wait|won't take long|if you don't mind|not only)\b",
    re.IGNORECASE,
)
_TOLD = re.compile(r"\bthat (?=(?:you|your|it|we|i|everything|all)\b)", re.IGNORECASE)
"""What follows is told as a fact, also within a question: "could you say that you are booked?"."""
_TAG = re.compile(
    r"(?:,| and)\s+(?=(?:is|are|was|do|does|did|can|could|shall|should|would|will|what|which|"
    r"when|where|who|how|may|anything|any|something|okay|ok|alright)\b"
    r"(?! (?:that|it|this) (?:right|correct|so)))",
    re.IGNORECASE,
)
"""Where a question hangs on to a statement: "you're all set, is there anything else?"."""
_ASKED = re.compile(
    r"^(?:\W*(?:and|so|but|okay|ok|well|great|then|or)\W+)*(?:is|are|am|was|do|does|did|can|could|"
    r"shall|should|would|will|what|which|when|where|who|how|may|have|has|if)\b",
    re.IGNORECASE,
)
_DENIED = re.compile(
    r"n't\b|\b(?:not|cannot|nothing|none|neither|unable|taken|gone|busy|closed|outside|"
    r"already (?:booked|reserved|past|over)|in the past|too (?:soon|late|far|early|short)|"
    r"(?:is|are|was|all|quite|completely) full|no (?:\w+ )?(?:times?|slots?|openings?|"
    r"availability|appointments?|one|more|free|room|space|spots?))\b",
    re.IGNORECASE,
)
_TAKEN = re.compile(
    r"\b(?:fully|completely|solidly|already) (?:booked|reserved)(?: up| solid| out)?\b",
    re.IGNORECASE,
)

_HOURS = re.compile(
    r"\b(?:hours|opening times|reach (?:a person|somebody|someone|us)|(?:here|there|around) (?:from|until|till)|(?:is|are|'re|'s) (?:\w+ )?here\b(?! (?:to|for)\b)|"
    r"clos(?:e|es|ing)|we open|(?:we're|we are|they're|they are|it's|"
    r"(?:clinic|office|shop|salon|store|practice|studio|surgery|place|business|doors?|reception)"
    r"(?:'s| is| are)?)(?: (?:usually|normally|only|also|always|still|then|now|not))?"
    r" (?:open|opens|closed|shut)|(?:open|opens|closed) (?:from|until|till|daily|every|on))\b",
    re.I,
)
_EVERY_WEEK = re.compile(
    r"\b(?:(?:mon|tues|wednes|thurs|fri|satur|sun)days|works? (?:(?:on )?\w+days?|from|until|till))\b",
    re.I,
)
_WISH = re.compile(r"\W*(?:and |then )?(?:have an?|enjoy|take (?:care|it easy))\b", re.I)
_TIMES_FREE = re.compile(
    r"\b(?:times|slots?|spots?|openings?|gaps?|availability|room|space|appointments? (?:\w+ )?(?:available|"
    r"free|open)|(?:is|are|'s) (?:\w+ )?"
    r"(?:free|available|open))\b(?! (?:to|of charge|behind|parking))",
    re.I,
)
_SHUT = re.compile(r"\b(?:closed|shut)\b", re.I)
_VERB = re.compile(
    r"\b(?:is|are|was|has|have|had|do|does|did|can|could|will|would|should|shall|may|might|must|"
    r"come|comes|works?|suits?|fits?|starts?|runs?|begins?|ends?|arrive|see|be|turn|ask|pop|show|"
    r"drop|takes?|goes|opens?|looks?|sounds?|gets?|got|gives?)\b|'(?:s|re|ve|ll|d|m)\b|n't\b",
    re.I,
)
_TO_BE_HAD = re.compile(
    r"\b(?:is|are|was|has|have|had|got|free|available|availability|open|openings?|first|second|"
    r"third|last|latest|earliest|soonest|next|could|can|would|might|may|should|works?|suits?|fits?|"
    r"fine|good|possible|choices?|options?|slots?|spots?|there|offer|between|either|heard|found|"
    r"see|do|let|will|shall|looks?|sounds?)\b|'(?:s|re|ve|d|ll|m)\b",
    re.I,
)
_DATE = re.compile(
    r"\b(?:today|tomorrow)(?:'s| is)\b|\bit(?:'s| is) (?:now|currently|already)\b", re.I
)
_EVERY_DAY = re.compile(
    r"\b(?:every ?day|each day|daily|all week|seven days|7 days|every single day)\b", re.I
)
_ROUND_THE_CLOCK = re.compile(
    r"\b(?:(?:around|round) the clock|24[ /-]?(?:7|hours)|twenty.four (?:hours|seven)|"
    r"day and night|all night|at all hours|never clos\w+|don't (?:ever )?close)\b",
    re.I,
)
_ALL_FREE = re.compile(
    r"\b(?:any ?time|whenever|any (?:day|hour|slot)|all (?:day|morning|afternoon|evening|week)|"
    r"(?:whole|entire) (?:day|morning|afternoon|evening|week)|wide open|(?:everything|anything) "
    r"(?:after|before|in|on|between|from|tomorrow|that day))\b",
    re.I,
)
_COME = re.compile(
    r"\b(?:free|open|available|come|works?|fine|good|yours|possible|okay|can do|suits?|book)\b",
    re.I,
)
_CALL_US = re.compile(r"\b(?:call|ring|phone|reach|ask|tell|say|let me know|your?self)\b", re.I)
_LOOKS = re.compile(
    r"\b(?:let me|i'll|i will|i can|i'm going to|i'm|we'll) (?:just |quickly )?"
    r"(?:have a |take a )?(?:look|check|see|search|looking|checking)\b",
    re.I,
)
_ECHO = re.compile(
    r"\byou(?:'d| would|'re| are| did| have)? ?(?:like|want(?:ed)?|said|asked?|say|mean|meant|"
    r"prefer|need|looking|mentioned)\b",
    re.I,
)
_FREE = re.compile(
    r"\b(?:available|availability|free|open|openings?|slots?|spots?|earliest|soonest|options?|"
    r"choices?|either|offer|come in|works?|suits?|book|booking|reserve|schedule|put you down|"
    r"(?:i|we)(?:'ve| have| do have| also have)(?: got)?|"
    r"(?:i|we) (?:can|could) (?:do|offer|fit|get|see|give|book)|there(?:'s| is| are)|"
    r"(?:how|what) about|how does|how's|(?:does|would|will|do) .{0,60}\b(?:work|suit|do)|"
    r"fit you in|squeeze you|can see you|next (?:one|free|time|is)|has(?! been| to\b))\b",
    re.I,
)


@dataclass(frozen=True, slots=True)
class Clause:
    """A part of a sentence that says one thing, with its place in the sentence."""

    text: str
    start: int
    end: int
    asks: bool
    """It is, or belongs to, a question."""
    people: tuple[str, ...] = ()
    """First and last names of the providers, in lower case."""

    def covers(self, span: tuple[int, int]) -> bool:
        """Whether what begins there belongs to this clause."""
        return self.start <= span[0] < self.end

    @property
    def done(self) -> list[str]:
        """booked, moved, cancelled, …: what it says has happened."""
        return [] if self.asks else acts_told(self.text, self.people)

    @property
    def transfers(self) -> bool:
        """It says that the call goes to a person, now."""
        return not self.asks and promises_a_person(self.text)

    @property
    def promises(self) -> bool:
        """It promises a deed that no tool does."""
        return not self.asks and promises_a_deed(self.text, self.people)

    def unproven(self, own: OwnWords, dated: Set[str]) -> str | None:
        """What it tells or promises though nobody knows of it; `dated` are words of times."""
        return None if self.asks else unproven(self.text, own, dated)

    @property
    def hours(self) -> bool:
        """It speaks of when the business is open."""
        if _HOURS.search(self.text):
            return True
        return bool(_EVERY_WEEK.search(self.text)) and not _TIMES_FREE.search(self.text)

    @property
    def every_day(self) -> bool:
        """It says that there is no day on which the business is closed."""
        return not self.asks and bool(_EVERY_DAY.search(self.text))

    @property
    def round_the_clock(self) -> bool:
        """It says that there is no hour at which the business is closed."""
        return not self.asks and bool(_ROUND_THE_CLOCK.search(self.text))

    @property
    def frees_everything(self) -> bool:
        """It says that all of some time is free, which three offers never show."""
        free = _ALL_FREE.search(self.text) and _COME.search(self.text)
        return bool(free) and not (self.asks or self.denies or _CALL_US.search(self.text))

    @property
    def looks(self) -> bool:
        """It says that we are going to look."""
        return bool(_LOOKS.search(self.text))

    @property
    def echoes(self) -> bool:
        """It repeats what the caller said, or only names it: "you'd like Friday", "Friday then"."""
        return bool(_ECHO.search(self.text) or _WISH.match(self.text)) or not _VERB.search(
            self.text
        )

    @property
    def shuts(self) -> bool:
        """It says that nobody is there."""
        return self.denies or bool(_SHUT.search(self.text))

    @property
    def settles(self) -> bool:
        """It tells of a time as of a settled thing, not as of one to be had."""
        told = not (self.asks or self.denies or self.echoes or self.looks)
        return told and not _TO_BE_HAD.search(self.text)

    @property
    def denies(self) -> bool:
        """It says what is not to be had."""
        said = _IDIOM.sub(" ", self.text)
        return bool(_DENIED.search(said) or _TAKEN.search(said))

    @property
    def offers(self) -> bool:
        """It says, or asks in a way that says, that a time is to be had. What is told does so
        unless it repeats, denies or looks."""
        if self.asks:
            return not (_ECHO.search(self.text) or self.denies) and bool(_FREE.search(self.text))
        told_date = _DATE.search(self.text)
        return not (self.echoes or self.denies or self.looks or told_date)

    @property
    def tells_times(self) -> bool:
        """It tells, not asks, of times to be had."""
        return self.offers and not self.asks

    @property
    def tells_of_free_times(self) -> bool:
        """It says that there are some, though perhaps not which: "Mei has the same times"."""
        return self.tells_times and bool(_TIMES_FREE.search(self.text))


def clauses(sentence: str, people: tuple[str, ...] = ()) -> list[Clause]:
    """The clauses in order; a question mark at the end covers the last of them, as far as it
    asks."""
    plain = sentence.replace("’", "'")
    asks = plain.rstrip(" \"'”)").endswith("?")
    cuts = [0, *(found.end() for found in _BREAK.finditer(plain)), len(plain)]
    if asks:
        cuts = sorted({*cuts, _asked_from(plain, cuts[-2])})
    spans = [(start, end) for start, end in zip(cuts, cuts[1:], strict=False) if end > start]
    said_that = asks and _TOLD.search(plain, cuts[-2]) is not None
    return [
        Clause(plain[start:end], start, end, asks and end == len(plain) and not said_that, people)
        for start, end in spans
    ]


def _asked_from(plain: str, start: int) -> int:
    """Where the question begins that hangs on to a statement; without one, the start."""
    tag = _TAG.search(plain, start)
    if tag is None or _ASKED.match(plain[start:]):
        return start
    return tag.end()
