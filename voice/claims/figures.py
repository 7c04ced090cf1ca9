"""Figures in a sentence of ours: sums of money, lengths, references, telephone numbers.

Every number told has to be accounted for: one that nothing explains may be taken for any of them.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from decimal import Decimal

from voice.claims.words import Wording

_SAYS = Wording("figures")
_TEENS = (
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen "
    "sixteen seventeen eighteen nineteen"
)
_VALUES = {word: number for number, word in enumerate(_TEENS.split())} | {
    word: number * 10
    for number, word in enumerate(
        "twenty thirty forty fifty sixty seventy eighty ninety".split(), 2
    )
}
NUMBER_WORD = _SAYS.text("number_word")
_AMOUNT = _SAYS.pattern("amount")
_COST = _SAYS.pattern("cost")
"""A sum without its currency: "that comes to eighty"."""
_FREE_OF_CHARGE = _SAYS.pattern("free_of_charge")
IS_FREE = _SAYS.pattern("is_free")
_REFERENCE = re.compile(r"\b[A-HJ-NP-Z2-9](?:[ ,.-]{0,2}[A-HJ-NP-Z2-9]){5}\b")
_ABOUT_REFERENCE = _SAYS.pattern("about_reference")
_GIVEN = _SAYS.pattern("given")
_DIGITS = re.compile(r"\d(?:[\s().,-]{0,3}\d){6,}")
_NUMBER = _SAYS.pattern("number")
_LENGTH = _SAYS.pattern("length")
_MINUTES = {
    "half an hour": 30, "an hour and a half": 90, "three quarters of an hour": 45,
    "quarter of an hour": 15, "an hour and a quarter": 75, "an hour": 60, "one hour": 60,
}  # fmt: skip
_COUNTS = _SAYS.pattern("counts")
_COUNTED = _SAYS.pattern("counted")
_MOST_COUNTED = 12
"""Larger counts are no count of what is at hand in a call."""


def amounts(sentence: str) -> list[Decimal]:
    """Every sum of money said, in figures or in words."""
    said = []
    for found in _AMOUNT.finditer(sentence):
        whole = _decimal_told(found["sign"] or found["words"])
        cents = _decimal_told(found["cents"]) if found["cents"] else Decimal(0)
        if whole is not None and cents is not None:
            said.append(whole + cents / 100)
    bare = (_sum_told(found["sum"] or found["for"]) for found in _COST.finditer(sentence))
    return [*said, *(one for one in bare if one is not None)]


def tells_free_of_charge(text: str) -> bool:
    """Whether it says that something costs nothing, or less than it does."""
    return _FREE_OF_CHARGE.search(text) is not None


def lengths(text: str) -> list[int]:
    """Every length said, in minutes."""
    return [told for found in _LENGTH.finditer(text) if (told := _minutes(found)) is not None]


def is_length(text: str) -> bool:
    """Whether what reads as a stretch of time is a length: "they last twenty minutes"."""
    said = text.lower()
    return "hours" in said or (said.startswith("last ") and _LENGTH.search(text) is not None)


def references(sentence: str) -> list[str]:
    """References as they are given out; of any length, since a made-up one may have any."""
    if not _ABOUT_REFERENCE.search(sentence):
        return []
    said = [re.sub(r"[^A-Z0-9]", "", found[0]) for found in _REFERENCE.finditer(sentence)]
    given = _GIVEN.search(sentence)
    if given and not said:
        return [re.sub(r"[^A-Z0-9]", "", given["code"].upper())]
    return [one for one in said if len(one) == 6]


def without_references(sentence: str, known: Iterable[str]) -> str:
    """The sentence without these, however their signs are spaced."""
    for reference in known:
        signs = r"[ ,.-]{0,2}".join(map(re.escape, reference))
        sentence = re.sub(rf"(?<!\w){signs}(?!\w)", " ", sentence, flags=re.IGNORECASE)
    return sentence


def telephone_numbers(sentence: str) -> list[str]:
    """Digits that can only be a telephone number."""
    return [digits_of(found[0]) for found in _DIGITS.finditer(sentence)]


def digits_of(text: str) -> str:
    """Its digits, without what stands between them."""
    return re.sub(r"\D", "", text)


def figure_spans(sentence: str) -> list[tuple[int, int]]:
    """Where sums of money and telephone numbers stand."""
    patterns = (_AMOUNT, _COST, _DIGITS, _REFERENCE)
    return [found.span() for pattern in patterns for found in pattern.finditer(sentence)]


def unaccounted(
    text: str, start: int, spans: Iterable[tuple[int, int]], known: Sequence[str]
) -> bool:
    """Whether a number in this text, which begins there in its sentence, is explained by none of
    the spans read so far, nor by a text that is known."""
    taken = [(one - start, end - start) for one, end in spans]
    taken += [found.span() for found in _LENGTH.finditer(text)]
    for found in _NUMBER.finditer(text):
        if any(one < found.end() and found.start() < end for one, end in taken):
            continue
        value = number_told(found[0])
        after, before = text[found.end() :], text[: found.start()]
        if not re.search(r"\w", before + after):
            continue  # "Two." tells nothing by itself
        counts = _COUNTS.match(after) or _COUNTED.search(before)
        if value is not None and value <= _MOST_COUNTED and counts:
            continue
        if not any(_holds(each, found[0], value) for each in known):
            return True
    return False


def number_told(said: str) -> int | None:
    """The whole number in these words; None where there is none."""
    number = _decimal_told(said)
    return None if number is None or number % 1 else int(number)


def in_words(number: int) -> str:
    """A whole number below a hundred, as it is said."""
    words = {value: word for word, value in _VALUES.items()}
    if number in words:
        return words[number]
    return f"{words[number // 10 * 10]}-{words[number % 10]}"


def _sum_told(said: str) -> Decimal | None:
    """ "Thirty-eight fifty" is so many and so many cents."""
    whole, _, cents = said.strip().rpartition(" ")
    number, part = number_told(whole), number_told(cents)
    if number and part and 20 <= number < 100 and part >= 10:
        return Decimal(number) + Decimal(part) / 100
    return _decimal_told(said)


def _decimal_told(said: str) -> Decimal | None:
    plain = said.strip().lower().replace(",", "")
    if re.fullmatch(r"\d+(?:\.\d+)?", plain):
        return Decimal(plain)
    total = part = 0
    for word in re.findall(r"[a-z]+", plain):
        if word in _VALUES:
            part += _VALUES[word]
        elif word == "hundred":
            part = (part or 1) * 100
        elif word == "thousand":
            total, part = total + (part or 1) * 1000, 0
        elif word == "dozen":
            part = (part or 1) * 12
    return Decimal(total + part) if total + part else None


def _holds(text: str, said: str, value: int | None) -> bool:
    if re.fullmatch(r"\d(?:\D+\d)+", said):  # digit by digit
        return digits_of(said) in digits_of(text)
    if re.search(rf"\b{re.escape(said)}\b", text, re.IGNORECASE):
        return True
    return value is not None and any(
        number_told(found[0]) == value for found in _NUMBER.finditer(text)
    )


def _minutes(found: re.Match[str]) -> int | None:
    if found["words"]:
        return _MINUTES.get(found["words"].lower())
    number = number_told(found["number"])
    if number is None:
        return None
    return number * 60 if found["unit"].lower() == "hour" else number
