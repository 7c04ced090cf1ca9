"""Numbers of payment cards in a caller's words, which nobody here may keep: they are cut out.

A card's number has 13 to 19 digits, begins with the sign of a card scheme and passes the check of
Luhn (ISO/IEC 7812); telephone numbers and references have fewer signs. Told in pieces it passes
no check: then the words about it, or the line before, say that these are digits of a card.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from voice.understanding.our_questions import asked_for
from voice.understanding.word_lists import word_lists
from voice.understanding.words import DIGITS, REPEATING, TEENS, TENS, Word, words_of

CUT = "(number left out)"
"""What stands in the place of a card's number."""
PART = "(digits left out)"
"""What stands in the place of a piece of one, of its date or of its code."""
SHORTEST = len("six six six")
"""Characters of digits that are told in words."""
SCHEMES = "23456"
"""Of which a card's number begins with one."""
FEWEST, MOST = 13, 19
LEAST = {"near": 4, "told": 3, "beside": 2}
"""Digits: where a card is spoken of a group, in the middle of its number a code, of a date two."""
FAR = 8
"""Words: what is named so long before is not said to be these digits."""
SIGNS_OF_MONEY = frozenset("$£€")
DIALLED = range(10, 13)
"""How many digits a whole telephone number has."""
LATEST_HOUR, MINUTES = 24, 60
_BETWEEN = frozenset("and um uh er then dash hyphen space comma slash".split())

Expected = Literal["", "near", "told", "told and asked"]
"""By the lines before: nothing, that a card was spoken of, that pieces of its number were told,
that we then asked for another number."""
About = Literal["near", "told", "beside", "else"]


@dataclass(frozen=True, slots=True)
class _Digits:
    """What one word, or two, give of a number."""

    digits: str
    start: int
    end: int


def without_cards(text: str, expected: Expected = "") -> str:
    """The words without the numbers of cards in them, and without pieces of them."""
    if not any(sign.isdigit() for sign in text) and len(text) < SHORTEST:
        return text
    whole = _without(text, _cards(text), CUT)
    return _without(whole, _pieces(whole, expected or ("near" if CUT in whole else "")), PART)


def _without(text: str, spans: Iterable[tuple[int, int]], instead: str) -> str:
    for start, end in reversed(list(spans)):
        text = f"{text[:start]}{instead}{text[end:]}"
    return text


def without_marks(text: str) -> str:
    """For a reader, who would take what stands in the place of a number for the caller's words."""
    if CUT not in text and PART not in text:
        return text
    return " ".join(text.replace(CUT, "").replace(PART, "").split())


def expected_after(callers: Sequence[str], ours: str) -> Expected:
    """What the digits of the next line may be of, by the caller's last two lines and our last."""
    question = ours[max(ours.rfind(mark, 0, -1) for mark in ".!?") + 1 :] if ours else ""
    asked = asked_for(question) in ("phone", "reference")
    last = next((line for line in reversed(callers) if _tells_digits(line)), "")
    if PART in last and (CUT not in last or not asked):
        return "told and asked" if asked else "told"
    if asked or CUT in last:
        return "" if asked else "told"
    return "near" if any(map(_speaks_of_one, (*callers[-1:], ours))) else ""


def _tells_digits(line: str) -> bool:
    return CUT in line or PART in line or any(_runs(line))


def _speaks_of_one(line: str) -> bool:
    return any(about == "near" for _, about in _named(words_of(line), near=False))


def _named(words: Sequence[Word], *, near: bool) -> Iterator[tuple[int, About]]:
    """Where words say what the digits after them are of; a gift card is nothing to pay with.
    `near`: whether a card was spoken of before them."""
    lists = word_lists("cards")
    for at, word in enumerate(words):
        run_on = ("".join(each.folded for each in words[max(at - n, 0) : at + 1]) for n in range(3))
        if not lists["card"].isdisjoint(run_on):
            paying = at == 0 or words[at - 1].folded not in lists["no payment card"]
            near = near or paying
            yield at, "near" if paying else "else"
        elif word.folded in lists["something else"]:
            yield at, "else"
        elif near and word.folded in lists["beside a card"]:
            yield at, "beside"


def _pieces(text: str, expected: Expected) -> Iterator[tuple[int, int]]:
    """Stretches of digits that are a piece of a card's number, its date or its code."""
    words = words_of(text)
    told = expected.startswith("told")
    near = told or expected == "near"
    named: list[tuple[int, About]] = [(-1, "told" if told else "near" if near else "else")]
    named += _named(words, near=near)
    if all(about == "else" for _, about in named):
        return
    starts, naming = [word.start for word in words], [at for at, _ in named]
    for run in filter(None, _runs(text)):
        first, after = bisect_left(starts, run[0].start), bisect_left(starts, run[-1].end)
        at, about = named[bisect_left(naming, first) - 1]
        between = [word.folded for word in words[max(at + 1, first - FAR) : first]]
        if about == "near" and at >= 0 and first - at <= FAR:
            about = "told" if word_lists("cards")["is"].issuperset(between) else "near"
        digits = "".join(piece.digits for piece in run)
        if about == "else" or len(digits) < LEAST[about]:
            continue
        own = expected == "told and asked" or {"my", "number"}.issubset(between[-4:])
        dialled = len(digits) in DIALLED and (about == "near" or own)
        dated = about == "beside"
        if not dialled and not _is_counted(text, words, run, range(first, after), dated=dated):
            yield run[0].start, run[-1].end


def _is_counted(
    text: str, words: Sequence[Word], run: Sequence[_Digits], at: range, *, dated: bool
) -> bool:
    """Whether the digits that are said in the words `at` these places are a sum, a count, a day or
    a time; `dated`: they stand beside a card's date, and only what is named as a time is one."""
    lists = word_lists("cards")
    said = [word.folded for word in words[at.start : at.stop]]
    before = words[at.start - 1].folded if at.start else ""
    then = words[at.stop].folded if at.stop < len(words) else ""
    if then in lists["counted"] or (before in lists["months"] and not dated):
        return True
    if text[max(run[0].start - 1, 0)] in SIGNS_OF_MONEY:
        return True
    in_two = len(run) == 2 and REPEATING.keys().isdisjoint(said)
    timed = before == "at" or then in lists["a time went before"]
    if not (timed or not dated and (in_two or before in lists["a time follows"])):
        return False
    return _is_clock("".join(piece.digits for piece in run))


def _is_clock(digits: str) -> bool:
    hour, minute = digits[:-2] or digits, digits[-2:] if len(digits) > 2 else "0"
    return len(digits) <= 4 and int(hour) <= LATEST_HOUR and int(minute) < MINUTES


def _cards(text: str) -> Iterator[tuple[int, int]]:
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
