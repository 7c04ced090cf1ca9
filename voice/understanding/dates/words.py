"""What was said, cut into words that remember where they stood."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache, wraps
from typing import Any, TypeVar

from voice.understanding.dates.lexicon import (
    MONTHS,
    ONES,
    PARTS,
    TENS,
    TOMORROW,
    UNITS,
    WEEKDAYS,
)
from voice.understanding.reading import Context

SOUNDS_LIKE = {"to": "two", "too": "two", "for": "four", "fore": "four", "ate": "eight",
               "won": "one", "tree": "three", "free": "three"}  # fmt: skip
SAID_OF_A_TIME = frozenset({"free"})
""" "At half past free on Monday" tells nothing; "free o'clock" does."""
NEEDS_A_NUMBER = frozenset({"at", "past", "quarter to", "half"})
"""After these such a word cannot stand for itself where the sentence ends or a time goes on."""
MAY_TAKE_A_NUMBER = frozenset({"about", "around", "it", "say", "like", "", "or", "do"})
"""After these it is a number only before minutes that are no hour, or before "o'clock"."""
OF_AN_HOUR = frozenset({"o'clock", "am", "pm", "ish", "sharp"})
NO_HOURS = frozenset({"thirty", "forty", "fourty", "fifty"})
FOLLOWS = frozenset({"", "on", "in", "tomorrow", "today", "please", "this", "next", "if", "then"})
COUNTED = ("minute", "min", "hour", "day", "people", "dollar", "pound", "year", "of")


def heard_as_numbers(texts: Sequence[str]) -> list[str]:
    """The words of a turn in lower case, with those read as numbers that can be nothing else."""
    heard = list(texts)
    for place, word in enumerate(texts):
        if word in SOUNDS_LIKE and is_number(heard, place):
            heard[place] = SOUNDS_LIKE[word]
    return heard


def is_number(texts: Sequence[str], place: int) -> bool:
    """Whether what stands around the word leaves room for an hour alone."""
    before, after = word_at(texts, place - 1), word_at(texts, place + 1)
    needed = not NEEDS_A_NUMBER.isdisjoint((before, f"{word_at(texts, place - 2)} {before}"))
    if not needed and before not in MAY_TAKE_A_NUMBER:
        return False
    if after in OF_AN_HOUR:
        return True
    if after not in NO_HOURS and not (needed and after == "fifteen"):
        return needed and after in FOLLOWS and texts[place] not in SAID_OF_A_TIME
    following = word_at(texts, place + 2 + (word_at(texts, place + 2) == "five"))
    if before == "" and following not in ("", "please"):
        return False
    return not following.startswith(COUNTED) and following not in ("past", "to", *ONES)


def word_at(texts: Sequence[str], place: int) -> str:
    return texts[place] if 0 <= place < len(texts) else ""


T = TypeVar("T")
LONGEST = 1000
"""Characters read of one turn; nobody says more about time than that."""
STUTTER = 6
"""Small words passed over in a row: a stutter is longer only in text that nobody said."""

WORD = re.compile(
    r"to\s?-?morrow(?:['’]s)?\b|[ap]\s?m\b|[ap]\s?\.\s?m\b\.?|o\s?['’`\"]?\s?clock\b|[^\W\d_]+(?:['’][^\W\d_]+)?|\d+|[^\w\s]|_",
    re.IGNORECASE,
)
REFERENCE = re.compile(r"\b(?=\w*\d)(?=\w*[^\W\d])\w+")
PHONE = re.compile(r"(?<!\d)\+?\d[\d().]*(?:[\s.-]+[\d().]*\d[\d().]*){1,6}")
ADDRESS = re.compile(
    r"\b\d+\s+(?:(?!(?:on|at|in|[ap]m|the)\b)[^\W\d]+\s+){1,2}"
    r"(?:street|road|rd|avenue|ave|lane|drive|boulevard|blvd|court|place|square)\b",
    re.IGNORECASE,
)
EMAIL = re.compile(r"\S{1,64}@\S{1,64}|\w{1,32} at \w{1,32} dot \w{1,9}\b", re.IGNORECASE)
SUFFIXES = frozenset(
    {"am", "pm", "a", "p", "h", "st", "nd", "rd", "th", "ish", "t", *UNITS, *MONTHS}
)


@dataclass(frozen=True, slots=True)
class Word:
    """One word, number or mark; `glued` when nothing stood between it and the one before."""

    text: str
    start: int
    end: int
    glued: bool


class Utterance:
    """The words of one turn and what is known when they are said."""

    def __init__(self, text: str, context: Context) -> None:
        self.text = text[:LONGEST]
        self.context = context
        self.now: datetime = context.now.replace(tzinfo=None)
        self.today: date = self.now.date()
        self.words = cut(self.text)
        self.texts = heard_as_numbers([word.text for word in self.words])
        self.size = len(self.words)
        covered = bytearray(len(self.text))
        for low, high in blocked(self.text):
            covered[low:high] = b"\1" * (high - low)
        self.read: dict[tuple[Any, int], Any] = {}
        """What rules have found at places, so that none reads a place twice."""
        self.blocked = {place for place, word in enumerate(self.words) if covered[word.start]}

    def __len__(self) -> int:
        return len(self.words)

    def at(self, place: int) -> str:
        """The word at a place, in lower case; empty outside."""
        return self.texts[place] if 0 <= place < self.size else ""

    def glued(self, place: int) -> bool:
        return 0 <= place < len(self.words) and self.words[place].glued

    def capital(self, place: int) -> bool:
        return self.text[self.words[place].start].isupper()

    def is_short_for_is(self, place: int) -> bool:
        """Whether the word ends in the "is" of "Sunday's out", "two's fine"."""
        if not 0 <= place < self.size:
            return False
        end = self.words[place].end
        return self.text[end - 1 : end].lower() == "s" and self.text[end - 2 : end - 1] in "'’"

    def is_blocked(self, place: int) -> bool:
        """Inside a telephone number, a reference or another thing that is no time."""
        return place in self.blocked

    def skip(self, place: int, words: Collection[str]) -> int:
        """The first place from here on that holds none of the words, some steps away at most."""
        last = place + STUTTER
        while place < last and self.at(place) in words:
            place += 1
        return place

    def follows(self, place: int, phrase: str) -> int | None:
        """Where the phrase ends when it is said here."""
        for word in phrase.split():
            if self.at(place) != word:
                return None
            place += 1
        return place

    def first_of(self, place: int, phrases: tuple[str, ...]) -> int | None:
        """Where the longest of the phrases said here ends."""
        for words in by_first_word(phrases).get(self.at(place), ()):
            if all(self.at(place + ahead) == word for ahead, word in enumerate(words)):
                return place + len(words)
        return None


def read_once(rule: Callable[[Utterance, int], T]) -> Callable[[Utterance, int], T]:
    """The rule, which other rules ask for the same place again and again."""

    @wraps(rule)
    def found(said: Utterance, at: int) -> T:
        asked = (rule, at)
        if asked not in said.read:
            said.read[asked] = rule(said, at)
        kept: T = said.read[asked]
        return kept

    return found


@cache
def by_first_word(phrases: tuple[str, ...]) -> dict[str, list[tuple[str, ...]]]:
    """The phrases under their first words, the longest first."""
    found: dict[str, list[tuple[str, ...]]] = {}
    for words in sorted((tuple(phrase.split()) for phrase in phrases), key=len, reverse=True):
        found.setdefault(words[0], []).append(words)
    return found


def cut(text: str) -> list[Word]:
    words: list[Word] = []
    last = -1
    for match in WORD.finditer(text):
        start, end = match.span()
        said = match.group().lower().replace("’", "'")
        if said[-1] in "m." and said[0] in "ap" and said.strip(".").endswith("m"):
            letters = [letter for letter in said if letter.isalpha()]
            said = "".join(letters) if len(letters) == 2 else said
        elif said[0] == "o" and said.endswith("clock"):
            said = "o'clock"
        elif "morrow" in said and said.startswith("to"):
            said = "tomorrow"
        elif said in "–—−":
            said = "-"
        elif said.endswith("ish") and (said[:-3] in PARTS or said[:-3] in ONES):
            said = said[:-3]
        elif (bare := said.removesuffix("'s").removesuffix("'d").removesuffix("'ll")) != said:
            said = bare if bare in (*ONES, *TENS, *PARTS, *UNITS) else said
            said = bare if said.endswith(("'d", "'ll")) and bare in (*WEEKDAYS, *TOMORROW) else said
        words.append(Word(said, start, end, start == last))
        last = end
    return words


def blocked(text: str) -> list[tuple[int, int]]:
    """Stretches that hold no time: addresses, telephone numbers and references."""
    spans = [match.span() for match in ADDRESS.finditer(text)]
    spans += [match.span() for match in EMAIL.finditer(text)]
    for match in PHONE.finditer(text):
        if sum(letter.isdigit() for letter in match.group()) >= 7 and not looks_like_date(
            match.group()
        ):
            spans.append(match.span())
    for match in REFERENCE.finditer(text):
        pieces = re.findall(r"\d+|[^\W\d]+", match.group().lower())
        if not all(piece.isdigit() or piece in SUFFIXES for piece in pieces) or len(pieces) > 5:
            spans.append(match.span())
    return spans


DATE_LIKE = re.compile(
    r"(?:19|20)\d\d[-/.]\d?\d[-/.]\d?\d\b|\b\d?\d[-/.]\d?\d[-/.](?:19|20)?\d\d\b"
)


def looks_like_date(digits: str) -> bool:
    return DATE_LIKE.match(digits) is not None
