"""A caller's words made comparable: lower case, no accents, no apostrophes, spoken digits."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

LONGEST_TEXT = 1000
"""Characters that are read; nobody says more in one turn, and a reading must stay quick."""

_APOSTROPHES = re.compile(r"['’‘`´]")
_NOT_PLAIN = re.compile(r"[^a-z0-9:.@+/#]+")
_FULL_STOP = re.compile(r"(?<=[a-z])\.(?=[a-z])")
_LOOSE_POINT = re.compile(r"(?<![a-z0-9])[:.@+/#]+|[:.@+/#]+(?![a-z0-9])")
_WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)*")

DIGITS = {
    "zero": "0", "oh": "0", "o": "0", "nought": "0", "naught": "0", "one": "1", "two": "2",
    "three": "3", "four": "4", "five": "5", "six": "6", "seven": "7", "eight": "8", "nine": "9",
}  # fmt: skip
TEENS = {
    "ten": 10, "eleven": 11, "twelve": 12, "thirteen": 13, "fourteen": 14, "fifteen": 15,
    "sixteen": 16, "seventeen": 17, "eighteen": 18, "nineteen": 19,
}  # fmt: skip
TENS = {
    "twenty": 20, "thirty": 30, "forty": 40, "fourty": 40, "fifty": 50, "sixty": 60,
    "seventy": 70, "eighty": 80, "ninety": 90,
}  # fmt: skip
REPEATING = {"double": 2, "triple": 3, "treble": 3}
LETTERS = {
    "alpha": "a", "alfa": "a", "bravo": "b", "charlie": "c", "delta": "d", "echo": "e",
    "foxtrot": "f", "golf": "g", "hotel": "h", "india": "i", "indigo": "i", "juliet": "j",
    "juliett": "j", "juliets": "j", "kilo": "k", "lima": "l", "mike": "m", "november": "n",
    "oscar": "o", "papa": "p", "quebec": "q", "romeo": "r", "sierra": "s", "tango": "t",
    "uniform": "u", "victor": "v", "whiskey": "w", "whisky": "w", "xray": "x", "x-ray": "x",
    "yankee": "y", "zulu": "z", "zed": "z", "zee": "z", "zeta": "z",
}  # fmt: skip
"""The telephone alphabet, and letters that have a word of their own."""


@dataclass(frozen=True, slots=True)
class Word:
    """One word as said, folded, with its place."""

    text: str
    folded: str
    start: int
    end: int


def fold(text: str) -> str:
    """Lower case, without accents or apostrophes; length may change."""
    if not text.isascii():
        decomposed = unicodedata.normalize("NFKD", text)
        text = "".join(sign for sign in decomposed if not unicodedata.combining(sign))
    return _APOSTROPHES.sub("", text.lower())


@lru_cache(maxsize=64)
def plain(text: str) -> str:
    """Folded words with single spaces; points stay only inside numbers and addresses."""
    spaced = _NOT_PLAIN.sub(" ", fold(text))
    if "." in spaced and "@" not in spaced:
        spaced = _FULL_STOP.sub(" ", spaced)
    return " ".join(_LOOSE_POINT.sub(" ", spaced).split())


@lru_cache(maxsize=64)
def words_of(text: str) -> tuple[Word, ...]:
    """The words in order; a contraction is one word."""
    return tuple(
        Word(found[0], fold(found[0]), found.start(), found.end()) for found in _WORD.finditer(text)
    )


def amount_of(heard: Sequence[str]) -> int:
    """The first whole number among these words; 0: none."""
    found = 0
    for word in heard:
        digits = DIGITS.get(word, word)
        if digits.isdecimal():
            number = int(digits)
        else:
            number = TEENS.get(word) or TENS.get(word) or 0
        if word == "hundred":
            found = (found or 1) * 100
        elif number:
            found += number
        elif found and word != "and":
            break
    return found
