"""Numbers in figures or in words: "forty-five", "a hundred and twenty", "1,000"."""

from __future__ import annotations

import re
from decimal import Decimal

UNITS = {
    word: number
    for number, word in enumerate(
        "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen "
        "fifteen sixteen seventeen eighteen nineteen".split()
    )
}
TENS = {
    word: number * 10
    for number, word in enumerate(
        "twenty thirty forty fifty sixty seventy eighty ninety".split(), start=2
    )
}
NUMBER_WORD = "|".join((*UNITS, *TENS, "hundred", "thousand"))


def decimal_told(said: str | None) -> Decimal | None:
    """The number; None where there is none."""
    if said is None:
        return None
    plain = said.strip().lower().replace(",", "")
    if re.fullmatch(r"\d+(?:\.\d+)?", plain):
        return Decimal(plain)
    total = part = 0
    for word in re.findall(r"[a-z]+", plain):
        if word in UNITS:
            part += UNITS[word]
        elif word in TENS:
            part += TENS[word]
        elif word == "hundred":
            part = (part or 1) * 100
        elif word == "thousand":
            total, part = total + (part or 1) * 1000, 0
        elif word == "dozen":
            part = (part or 1) * 12
    return Decimal(total + part) if total + part else None


def number_told(said: str) -> int | None:
    """The same as a whole number."""
    number = decimal_told(said)
    return None if number is None or number % 1 else int(number)
