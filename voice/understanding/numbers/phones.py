"""Telephone numbers as people say them: in groups, with "double five" and "oh"."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from scheduling.phone_numbers import digits_missing, possible_number, said_number
from voice.understanding.words import DIGITS, REPEATING, TEENS, TENS

_PIECE = re.compile(r"\+|\d+|[^\W\d_]+(?:['’][^\W\d_]+)?|[^\s\w]")
_BETWEEN = frozenset(
    "- . , ( ) / and um uh er then dash hyphen area code space is ok okay so".split()
)
_NEVER_FIRST = frozenset({"oh", "o", "plus"})
_HOMOPHONES = {"for": "4", "to": "2", "too": "2", "ate": "8", "won": "1"}
_MOST_LOST = 2
"""Digits that a recogniser may lose of a whole number."""
_AREA = 3
"""Digits in front of the middle of a number."""
_TAKEN_BACK = re.compile(
    r"(?i)\W*(?:(?:oh|um+|uh+|er|its|it['’]s|that['’]?s|should be)\W+)*"
    r"(?:no|sorry|wait|actually|i mean|make that|scratch that|rather|correction|hang on)\b\W*"
    r"(?:(?:no|sorry|wait|actually|i mean|make that|that|it|its|it['’]s|that['’]?s|is|should be)"
    r"\b\W*)*"
)
"""Between two stretches of digits: the second stands for the end of the first."""


@dataclass(slots=True)
class _Run:
    digits: str
    start: int
    end: int


def digits_in(text: str, country: str) -> str:
    """The digits of a stretch that gives one number, with what it takes back left out."""
    runs = _repaired(_runs(text), text, country)
    whole = [run.digits for run in runs if finished(run.digits, country)]
    return whole[-1] if whole else "".join(run.digits for run in runs)


def finished(digits: str, country: str) -> str | None:
    """E.164, where these digits can be dialled. One of another country begins with a plus or two
    zeros: else a slip of the tongue would be one."""
    if digits.startswith("00"):
        digits = f"+{digits[2:]}"
    return said_number(digits, country)


def completed(begun: str, digits: str, country: str) -> str | None:
    """The number that digits make with those heard before: after them, as the same number once
    more, in the place of those that were misheard, or for the last of them."""
    if (whole := finished(begun + digits, country)) is not None:
        return whole
    if is_nearly_whole(digits, country):
        return _heard_twice(begun, digits, country) if is_nearly_whole(begun, country) else None
    if len(digits) > len(begun) or begins_again(begun, digits):
        return None
    if is_nearly_whole(begun, country):
        whole = _in_its_place(begun, digits, country)
        if whole is not None or digits in begun:
            return whole
    mended = _with_new_end(_Run(begun, 0, 0), _Run(digits, 0, 0), country)
    return finished(mended.digits, country) if mended else None


def begins_again(begun: str, digits: str) -> bool:
    """Whether a number is told once more from its beginning, whose zero may be lost."""
    return digits[:_AREA] in (begun[:_AREA], begun.removeprefix("0")[:_AREA])


def is_nearly_whole(digits: str, country: str) -> bool:
    """Whether these are a whole number, but for a digit or two lost or one too many."""
    missing = digits_missing(digits, country)
    return missing is not None and -1 <= missing <= _MOST_LOST


def _heard_twice(first: str, second: str, country: str) -> str | None:
    """The one number of which each hearing has lost a digit, or has one too many. The same whole
    digits twice are meant, whoever may have them."""
    if first == second:
        return possible_number(first, country)
    sure = min(first, second, key=lambda one: abs(digits_missing(one, country) or 0))
    found = {
        way
        for way in _one_off(sure, digits_missing(sure, country) or 0)
        if _is_heard_as(way, first) and _is_heard_as(way, second)
    }
    whole = {number for way in found if (number := finished(way, country)) is not None}
    return whole.pop() if len(whole) == 1 else None


def _one_off(digits: str, missing: int) -> Iterator[str]:
    """With the one digit more, or less, that makes it whole."""
    for at in range(len(digits) + 1):
        if missing == 1:
            yield from (f"{digits[:at]}{digit}{digits[at:]}" for digit in "0123456789")
        elif missing == -1:
            yield digits[:at] + digits[at + 1 :]
    if missing == 0:
        yield digits


def _is_heard_as(number: str, digits: str) -> bool:
    return _within(digits, number) or _within(number, digits)


def _within(part: str, whole: str) -> bool:
    """Whether all of its digits come in the other, in that order."""
    left = iter(whole)
    return all(digit in left for digit in part)


def _in_its_place(begun: str, piece: str, country: str) -> str | None:
    """ "Five five five", where "201-55-0413" was heard."""
    missing = digits_missing(begun, country) or 0
    size = len(piece) - missing
    if missing < 1 or size < 1 or piece in begun:
        return None
    whole = {
        at: number
        for at in range(len(begun) - size + 1)
        if _within(begun[at : at + size], piece)
        and (number := finished(begun[:at] + piece + begun[at + size :], country)) is not None
    }
    if len(set(whole.values())) == 1:
        return next(iter(whole.values()))
    return whole.get(_AREA)


def _repaired(runs: list[_Run], text: str, country: str) -> list[_Run]:
    """ "518 555, no sorry, 445 0112": the last digits of a stretch replaced by those after it, as
    many as make it a number."""
    kept: list[_Run] = []
    for run in runs:
        before = kept[-1] if kept else None
        if before is not None and _TAKEN_BACK.fullmatch(text[before.end : run.start]):
            whole = _with_new_end(before, run, country)
            if whole is not None:
                kept[-1] = whole
                continue
        kept.append(run)
    return kept


def _with_new_end(before: _Run, after: _Run, country: str) -> _Run | None:
    if finished(after.digits, country) is not None:
        return None
    for count in range(1, len(before.digits)):
        whole = _Run(before.digits[:-count] + after.digits, before.start, after.end)
        if finished(whole.digits, country) is not None:
            return whole
    return None


def _runs(text: str) -> list[_Run]:
    """Every stretch of digits, with the words between groups left out."""
    pieces = list(_PIECE.finditer(text.lower()))
    runs: list[_Run] = []
    open_run: _Run | None = None
    at = 0
    while at < len(pieces):
        digits, taken = _digits(pieces, at, inside=open_run is not None)
        if digits:
            end = pieces[at + taken - 1].end()
            if open_run is None:
                open_run = _Run(digits, pieces[at].start(), end)
                runs.append(open_run)
            else:
                open_run.digits += digits
                open_run.end = end
            at += taken
            continue
        if pieces[at][0] not in _BETWEEN:
            open_run = None
        at += 1
    return runs


def _digits(pieces: list[re.Match[str]], at: int, *, inside: bool) -> tuple[str, int]:
    """The digits that begin at this piece, and how many pieces they took."""
    said = pieces[at][0]
    following = pieces[at + 1][0] if at + 1 < len(pieces) else ""
    if said in {"+", "plus"}:
        digits, taken = _digits(pieces, at + 1, inside=True) if following else ("", 0)
        return (f"+{digits}", taken + 1) if digits and not inside else ("", 0)
    if said in REPEATING and following:
        return _repeated(pieces, at, REPEATING[said])
    if said == "w" and following:  # what a hurried "double" is written as
        return _repeated(pieces, at, 2)
    if said.isdigit():
        return _scaled(said, following)
    leads = said not in _NEVER_FIRST or following in DIGITS or following in REPEATING
    if said in DIGITS and (inside or leads):
        return _scaled(DIGITS[said], following)
    if said in TEENS:
        return str(TEENS[said]), 1
    if said in TENS:
        ones = DIGITS.get(following, "")
        return (str(TENS[said] + int(ones)), 2) if ones not in ("", "0") else (str(TENS[said]), 1)
    if inside and said in _HOMOPHONES and following and _digits(pieces, at + 1, inside=True)[0]:
        return _HOMOPHONES[said], 1
    return "", 0


def _repeated(pieces: list[re.Match[str]], at: int, times: int) -> tuple[str, int]:
    """ "Double five", "W55-0-1": the next digit so often, whatever hesitates before it."""
    next_at = at + 1
    while next_at < len(pieces) - 1 and pieces[next_at][0] in _BETWEEN:
        next_at += 1
    said = pieces[next_at][0]
    digits = said if said.isdigit() else DIGITS.get(said, "")
    if not digits or pieces[at][0] != "w" and len(digits) > 1:
        return "", 0
    return digits[0] * times + digits[1:], next_at - at + 1


def _scaled(digits: str, following: str) -> tuple[str, int]:
    if following == "hundred" and len(digits) == 1:
        return f"{digits}00", 2
    if following == "thousand" and len(digits) <= 2:
        return f"{digits}000", 2
    return digits, 1
