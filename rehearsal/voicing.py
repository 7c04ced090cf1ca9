"""One caller's way of putting things: what somebody once said in his place, made his own."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from random import Random

from rehearsal.filling import Content, another_day, filled, wish_words
from rehearsal.goals import Goal, Visit
from rehearsal.human_turns import Turn, pieces_like, turns_after, words_of
from rehearsal.people import MISHEARD
from rehearsal.saying import (
    article,
    phone_words,
    reference_words,
    service_words,
    spelled_words,
    words_for_letters,
)
from rehearsal.tempers import MANNERS, Manner, as_recognised, without_fillers
from scheduling.business import Business

MOST_SPELLINGS = 3
PLAIN_SPELLERS = 0.4
"""Who, asked to spell with words, only spell once more."""
OWN_WORDS = 0.8
"""From there to here they take words of their own."""
MOST_TRIED = 12
POLITE = ("social:thanks", "social:sorry")
GREETING = (*POLITE, "social:greet", "story")
CHATTY = (*POLITE, "social:chat", "story", "noise:aside")
_ECHO = re.compile(
    r"^(?:\w+ )?(?:it is|you do|you are|i do|we do|i am|i would|i sure would|it does|do do"
    r"|do of course|would you mind|would you ever|if you would|you may|it will|that is)\b"
)
"""A yes that repeats the verb of a question which we did not put."""


@dataclass
class Voice:
    """Words for one caller. The same seed finds the same words."""

    goal: Goal
    business: Business
    random: Random
    used: set[str] = field(default_factory=set)
    """Ids of turns that this caller has spoken: people vary."""
    precise: bool = False
    """Whether days are said by their date, as people do who were misunderstood."""
    spellings: int = 0
    aloud: bool = False
    """Whether a real recogniser will write the words, which nobody has to imitate then."""
    own_words: list[str] = field(default_factory=list)
    """What no human turn said: kept apart, so that it can be counted."""

    @property
    def manner(self) -> Manner:
        """What this temper does."""
        return MANNERS[self.goal.temper]

    @property
    def today(self) -> date:
        """The business's date."""
        return self.goal.now.astimezone(self.business.zone).date()

    def content(self, visit: Visit | None = None) -> Content:
        """What the caller has to say about a visit."""
        person = self.goal.person
        return Content(
            self.business, self.today, self.random, person.name, phone=person.phone, visit=visit,
            shows_number=person.shows_number, precise=self.precise, aloud=self.aloud,
        )  # fmt: skip

    def say(
        self,
        asked: Sequence[str],
        acts: Sequence[str],
        content: Content,
        *,
        may: Sequence[str] | None = None,
        unless: str = "",
    ) -> str | None:
        """What somebody said to such a question who did just this, and small talk at most;
        nothing with the words of `unless` in it."""

        def fits(words: str) -> bool:
            return not (unless and re.search(unless, words.lower()))

        return self.among(turns_after(*asked), acts, content, may=may, fits=fits)

    def among(
        self,
        turns: Sequence[Turn],
        acts: Sequence[str],
        content: Content,
        *,
        may: Sequence[str] | None = None,
        fits: Callable[[str], bool] = bool,
    ) -> str | None:
        """The same of these turns; `fits` says whether the words will do."""
        if may is None:
            may = CHATTY if self.manner.chatty else POLITE
        found: list[tuple[Turn, str]] = []
        shuffled = self.random.sample(turns, k=len(turns))
        shuffled.sort(key=lambda turn: turn.id in self.used)
        enough = MOST_TRIED if self.manner.terse or self.manner.chatty else 1
        for turn in shuffled:
            kept = _doing(turn, Counter(acts), frozenset(may))
            words = _made_own(kept, content) if kept is not None else None
            if words is not None and fits(words):
                found.append((turn, words))
                if len(found) >= enough:
                    break
        if not found:
            return None
        turn, words = self._liked(found)
        self.used.add(turn.id)
        return words

    def _liked(self, found: list[tuple[Turn, str]]) -> tuple[Turn, str]:
        if len(found) == 1:
            return found[0]
        by_length = sorted(found, key=lambda each: len(each[1]))
        half = max(1, len(found) // 3)
        return self.random.choice(by_length[:half] if self.manner.terse else by_length[-half:])

    def one_of(
        self,
        asked: Sequence[str],
        ways: Sequence[Sequence[str]],
        content: Content,
        *,
        may: Sequence[str] | None = None,
        unless: str = "",
    ) -> str | None:
        """The first of the ways, in an order drawn, in which somebody said it."""
        for acts in self.random.sample(list(ways), k=len(ways)):
            if words := self.say(asked, acts, content, may=may, unless=unless):
                return words
        return None

    def piece(self, label: str, content: Content, *, only: str = "") -> str | None:
        """A piece of what somebody said, wherever it stood; with the words of `only` in it."""
        pieces = [each for each in pieces_like(label) if re.search(only, each.pieces[0].text)]
        self.random.shuffle(pieces)
        pieces.sort(key=lambda turn: turn.id in self.used)
        for turn in pieces:
            if words := _made_own(turn, content):
                self.used.add(turn.id)
                return words
        return None

    def bare(self, words: str) -> str:
        """No human turn says it: only the thing itself."""
        self.own_words.append(words)
        return words

    def finished(self, words: str) -> str:
        """As it goes out: here and there as a recogniser writes it; aloud without fillers."""
        words = re.sub(r"\s+([,.?!])", r"\1", " ".join(words.split()))
        if self.aloud:
            return without_fillers(words)
        if self.random.random() < self.manner.recogniser:
            return as_recognised(words, self.random)
        return words

    def thing(self, service_id: str) -> str:
        """A service by one of its names."""
        service = self.business.service(service_id)
        return service_words((service.name, *service.also), self.random)

    def a_thing(self, service_id: str) -> str:
        """The same with its article."""
        return article(self.thing(service_id))

    def when(self, visit: Visit) -> str:
        """Days and part of the day."""
        return wish_words(visit.times, self.content(visit))

    def phone(self) -> str:
        """The caller's number."""
        return phone_words(self.goal.person.phone, self.random, aloud=self.aloud)

    def reference(self, reference: str) -> str:
        """Sign by sign."""
        return reference_words(reference, self.random, aloud=self.aloud)

    def slip(self, visit: Visit) -> Visit:
        """What comes over his lips before he corrects himself."""
        return replace(visit, times=another_day(visit.times, self.today, self.random))

    def misheard_name(self) -> str | None:
        """What reaches us instead of the caller's name."""
        first, _, last = self.goal.person.name.partition(" ")
        other = MISHEARD.get(first)
        return f"{other} {last}" if other else None

    def name_in_words(self) -> str:
        """His name with a word for each letter: of two callers in five their own words, of one in
        five those of the telephone alphabet; the others only spell once more."""
        name, way = self.goal.person.name, self.random.random()
        if way < PLAIN_SPELLERS:
            return self.bare(spelled_words(name, aloud=True))
        return self.bare(words_for_letters(name, self.random, own=way < OWN_WORDS))

    @property
    def tired_of_spelling(self) -> bool:
        """Then a caller lets his name stand as it was taken down."""
        return self.spellings >= MOST_SPELLINGS

    def right_name(self, content: Content) -> str:
        """His name against a wrong one; aloud he spells what nobody could hear otherwise."""
        name = self.goal.person.name
        if self.aloud:
            self.spellings += 1
            return self.bare(f"No, it's {name}; {spelled_words(name, aloud=True)}.")
        ways = (("deny", "give:name!"), ("give:name!",))
        words = self.one_of(("confirm", "confirm_move", "name"), ways, content)
        return words or self.bare(f"no it's {name}")


def _doing(turn: Turn, acts: Counter[str], may: frozenset[str]) -> Turn | None:
    """The turn cut down to these acts, and small talk as it comes; None when it does not fit."""
    if not acts <= turn.labels:
        return None
    left, keep = acts.copy(), []
    dropped = False
    for place, piece in enumerate(turn.pieces):
        if not piece.label:
            continue
        if left[piece.label] > 0:
            left[piece.label] -= 1
            keep.append(place)
        elif piece.label in may:
            keep.append(place)
        elif piece.label in acts:  # the same thing twice is another thing
            return None
        else:
            dropped = True
    return turn.only(keep) if dropped else turn


def _made_own(turn: Turn, content: Content) -> str | None:
    """Written as the hand writes: who writes no capitals gets none. Nobody says capitals, but a
    voice takes a small "a" that is spelled for an article."""
    if _echoes(turn):
        return None
    words = filled(turn, content)
    if (
        words is None
        or content.aloud
        or any(map(str.isupper, "".join(piece.text for piece in turn.pieces)))
    ):
        return words
    return words.lower()


def _echoes(turn: Turn) -> bool:
    return any(
        piece.label == "affirm" and len(words_of(piece.text)) <= 4 and _ECHO.match(piece.text)
        for piece in turn.pieces
    )
