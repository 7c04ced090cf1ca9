"""Numbers and ordinals, in words and in digits."""

from __future__ import annotations

from voice.understanding.dates.lexicon import ONES, ORDINALS, TENS
from voice.understanding.dates.words import Utterance

Count = tuple[float, int]
"""A number and the place after it."""
PAIRS, FEW = ("a couple", "couple", "a pair", "pair"), ("a few", "few", "several")
SUFFIXES = frozenset({"st", "nd", "rd", "th"})


def cardinal(said: Utterance, at: int) -> tuple[int, int] | None:
    """A whole number below ten thousand; never an ordinal."""
    word = said.at(at)
    if word.isdecimal():
        if len(word) > 4 or (said.at(at + 1) in SUFFIXES and said.glued(at + 1)):
            return None
        return int(word), at + 1
    if word in TENS:
        unit = at + 2 if said.at(at + 1) == "-" else at + 1
        if 0 < ONES.get(said.at(unit), 0) < 10 and said.at(unit) not in ("o", "oh"):
            return TENS[word] + ONES[said.at(unit)], unit + 1
        return TENS[word], at + 1
    if word in ONES and word not in ("o", "oh"):
        return ONES[word], at + 1
    return None


def ordinal(said: Utterance, at: int) -> tuple[int, int] | None:
    """First to thirty-first, in words or with a suffix."""
    word = said.at(at)
    if word.isdecimal() and len(word) <= 2:
        suffix = at + 1
        if said.at(suffix) in SUFFIXES and (said.glued(suffix) or said.at(suffix) != "second"):
            return int(word), suffix + 1
        return None
    if word in TENS:
        unit = at + 2 if said.at(at + 1) == "-" else at + 1
        if 0 < ORDINALS.get(said.at(unit), 0) < 10:
            return TENS[word] + ORDINALS[said.at(unit)], unit + 1
        return None
    return (ORDINALS[word], at + 1) if word in ORDINALS else None


def minutes(said: Utterance, at: int) -> tuple[int, int] | None:
    """Minutes said after an hour: "thirty", "oh five", "forty five", "15"."""
    word = said.at(at)
    if word.isdecimal():
        return (int(word), at + 1) if len(word) == 2 and int(word) < 60 else None
    if word in ("oh", "o", "zero"):
        unit = at + 2 if said.at(at + 1) == "-" else at + 1
        value = ONES.get(said.at(unit), 0)
        return (value, unit + 1) if 0 < value < 10 else None
    number = cardinal(said, at)
    return number if number and 10 <= number[0] < 60 else None


def year(said: Utterance, at: int) -> tuple[int, int] | None:
    """A year in digits, "two thousand and eighteen" or "twenty eighteen"."""
    word = said.at(at)
    if word.isdecimal():
        return (int(word), at + 1) if len(word) == 4 and 1900 <= int(word) < 2200 else None
    if said.follows(at, "two thousand"):
        rest = said.skip(at + 2, ("and",))
        number = cardinal(said, rest)
        return (2000 + number[0], number[1]) if number and number[0] < 100 else (2000, at + 2)
    if word == "twenty":
        number = cardinal(said, at + 1)
        if number and 10 <= number[0] < 100:
            return 2000 + number[0], number[1]
    return None


def fraction(said: Utterance, at: int) -> Count | None:
    """A number that may be a part: "2.5", "1/2", "two and a half", "half a"."""
    word = said.at(at)
    if word == "half":
        return 0.5, said.skip(at + 1, ("a", "an"))
    if said.at(at + 1) == "/" and word.isdecimal() and said.at(at + 2) in ("2", "4"):
        return int(word) / int(said.at(at + 2)), at + 3
    if said.follows(at, "a quarter of an"):
        return 0.25, at + 4
    if end := said.first_of(at, PAIRS):
        return 2, said.skip(end, ("of",))
    if end := said.first_of(at, FEW):
        return 3, said.skip(end, ("of",))
    if word in ("a", "an"):
        return 1, at + 1
    number = cardinal(said, at)
    if not number:
        return None
    value, end = number
    if said.at(end) == "." and said.glued(end) and said.glued(end + 1):
        tail = said.at(end + 1)
        if tail.isdecimal() and len(tail) == 1:
            return float(f"{value}.{tail}"), end + 2
    half = said.first_of(end, ("and a half", "and an half", "and half", "1 / 2"))
    return (value + 0.5, half) if half else (value, end)
