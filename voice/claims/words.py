"""What a clause of ours claims, by its words alone: that something was done, is free, costs."""

from __future__ import annotations

from collections.abc import Set
from dataclasses import dataclass
from functools import lru_cache

from voice.claims.acts import acts_told
from voice.claims.clause_words import (
    ALL_FREE,
    ASKED,
    BREAK,
    CALL_US,
    COME,
    DATE,
    DENIED,
    ECHO,
    EVERY_DAY,
    EVERY_WEEK,
    FREE,
    HOURS,
    IDIOM,
    LOOKS,
    ROUND_THE_CLOCK,
    SHUT,
    STRETCH,
    TAG,
    TAKEN,
    TIMES_FREE,
    TO_BE_HAD,
    TOLD,
    VERB,
    WISH,
)
from voice.claims.promises import promises_a_deed, promises_a_person
from voice.claims.proof import OwnWords, unproven


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
        if HOURS.search(self.text):
            return True
        return bool(EVERY_WEEK.search(self.text)) and not TIMES_FREE.search(self.text)

    @property
    def every_day(self) -> bool:
        """It says that there is no day on which the business is closed."""
        return not self.asks and bool(EVERY_DAY.search(self.text))

    @property
    def round_the_clock(self) -> bool:
        """It says that there is no hour at which the business is closed."""
        return not self.asks and bool(ROUND_THE_CLOCK.search(self.text))

    @property
    def frees_everything(self) -> bool:
        """It says that all of some time is free, which three offers never show."""
        free = ALL_FREE.search(self.text) and COME.search(self.text)
        return bool(free) and not (self.asks or self.denies or CALL_US.search(self.text))

    @property
    def looks(self) -> bool:
        """It says that we are going to look."""
        return bool(LOOKS.search(self.text))

    @property
    def echoes(self) -> bool:
        """It repeats what the caller said, or only names it: "you'd like Friday", "Friday then"."""
        return bool(ECHO.search(self.text) or WISH.match(self.text)) or not VERB.search(self.text)

    @property
    def shuts(self) -> bool:
        """It says that nobody is there."""
        return self.denies or bool(SHUT.search(self.text))

    @property
    def settles(self) -> bool:
        """It tells of a time as of a settled thing, not as of one to be had."""
        told = not (self.asks or self.denies or self.echoes or self.looks)
        return told and not TO_BE_HAD.search(self.text)

    @property
    def denies(self) -> bool:
        """It says what is not to be had."""
        return _denies(self.text)

    def denies_at(self, at: int) -> bool:
        """Whether what stands there in the sentence is denied, not what stands beside it: "nine
        isn't free, three is". A list goes on with the denial before it."""
        place, start, denied = at - self.start, 0, False
        for found in STRETCH.finditer(self.text + ", "):
            stretch = self.text[start : found.start()]
            if VERB.search(stretch):
                denied = _denies(stretch)
            elif not denied:
                denied = _denies(stretch)
            if place < found.end():
                return denied
            start = found.end()
        return denied

    @property
    def offers(self) -> bool:
        """It says, or asks in a way that says, that a time is to be had. What is told does so
        unless it repeats, denies or looks."""
        if self.asks:
            return not (ECHO.search(self.text) or self.denies) and bool(FREE.search(self.text))
        told_date = DATE.search(self.text)
        return not (self.echoes or self.denies or self.looks or told_date)

    @property
    def tells_times(self) -> bool:
        """It tells, not asks, of times to be had."""
        return self.offers and not self.asks

    @property
    def tells_of_free_times(self) -> bool:
        """It says that there are some, though perhaps not which: "Mei has the same times"."""
        return self.tells_times and bool(TIMES_FREE.search(self.text))


@lru_cache(maxsize=1024)
def _denies(text: str) -> bool:
    said = IDIOM.sub(" ", text)
    return bool(DENIED.search(said) or TAKEN.search(said))


def clauses(sentence: str, people: tuple[str, ...] = ()) -> list[Clause]:
    """The clauses in order; a question mark at the end covers the last of them, as far as it
    asks."""
    plain = sentence.replace("’", "'")
    asks = plain.rstrip(" \"'”)").endswith("?")
    cuts = [0, *(found.end() for found in BREAK.finditer(plain)), len(plain)]
    if asks:
        cuts = sorted({*cuts, _asked_from(plain, cuts[-2])})
    spans = [(start, end) for start, end in zip(cuts, cuts[1:], strict=False) if end > start]
    said_that = asks and TOLD.search(plain, cuts[-2]) is not None
    return [
        Clause(plain[start:end], start, end, asks and end == len(plain) and not said_that, people)
        for start, end in spans
    ]


def _asked_from(plain: str, start: int) -> int:
    """Where the question begins that hangs on to a statement; without one, the start."""
    tag = TAG.search(plain, start)
    if tag is None or ASKED.match(plain[start:]):
        return start
    return tag.end()
