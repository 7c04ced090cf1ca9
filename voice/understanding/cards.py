"""Numbers of payment cards in a caller's words, which nobody here may keep: they are cut out.

A card's number has 13 to 19 digits, begins with the sign of a card scheme and passes the check of
Luhn (ISO/IEC 7812); telephone numbers and references have fewer signs.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from voice.understanding.words import DIGITS, REPEATING, TEENS, TENS, Word, words_of

CUT = "(number left out)"
"""What stands in the place of a card's number."""
SCHEMES = "23456"
"""Of which a card's number begins with one."""
FEWEST, MOST = 13, 19
_BETWEEN = frozenset("and um uh er then dash hyphen space comma".split())


@dataclass(frozen=True, slots=True)
class _Digits:
    """What one word, or two, give of a number."""

    digits: str
    start: int
    end: int


def without_cards(text: str) -> str:
    """The words without the numbers of cards in them."""
    cut = list(_cards(text))
    for start, end in reversed(cut):
        text = f"{text[:start]}{CUT}{text[end:]}"
    return text


def _cards(text: str) -> Iterator[tuple[int, int]]:
    if sum(sign.isdigit() for sign in text) < FEWEST and len(text) < FEWEST * 2:
        return
    for run in _runs(text):
        at = 0
        while at < len(run):
            last = _card_from(run, at)
            if last is None:
                at += 1
                continue
            yield run[at].start, run[last].end
            at = last + 1


def _card_from(run: Sequence[_Digits], first: int) -> int | None:
    """The place of its last piece, where a card's number begins with that one; the longest."""
    digits, found = "", None
    for at in range(first, len(run)):
        digits += run[at].digits
        if len(digits) > MOST:
            break
        if len(digits) >= FEWEST and digits[0] in SCHEMES and _passes(digits):
            found = at
    return found


def _passes(digits: str) -> bool:
    """The check of Luhn: every second digit from the right doubled, the sum of all ends in 0."""
    turned = [int(digit) for digit in reversed(digits)]
    doubled = (sum(divmod(2 * digit, 10)) for digit in turned[1::2])
    return (sum(turned[::2]) + sum(doubled)) % 10 == 0


def _runs(text: str) -> Iterator[list[_Digits]]:
    """Digits that are said one after the other."""
    words, run, at = words_of(text), list[_Digits](), 0
    while at < len(words):
        digits, taken = _digits_at(words, at)
        if digits:
            run.append(_Digits(digits, words[at].start, words[at + taken - 1].end))
        elif words[at].folded not in _BETWEEN:
            yield run
            run = []
        at += taken
    yield run


def _digits_at(words: Sequence[Word], at: int) -> tuple[str, int]:
    """Digits, and how many words they took."""
    said = words[at].folded
    following = words[at + 1].folded if at + 1 < len(words) else ""
    if said in REPEATING and (digit := DIGITS.get(following, following)) and digit.isdecimal():
        return digit * REPEATING[said], 2
    if said in TENS:
        ones = DIGITS.get(following, "0")
        return (str(TENS[said] + int(ones)), 2) if ones != "0" else (str(TENS[said]), 1)
    if said in TEENS:
        return str(TEENS[said]), 1
    if said == "hundred":
        return "00", 1
    return DIGITS.get(said, said if said.isdecimal() else ""), 1
