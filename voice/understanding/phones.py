"""Telephone numbers as people say them: in groups, with "double five" and "oh"."""

from __future__ import annotations

import re
from dataclasses import dataclass

from scheduling.phone_numbers import said_number
from voice.understanding.words import DIGITS, TEENS, TENS

_PIECE = re.compile(r"\+|\d+|[^\W\d_]+(?:['’][^\W\d_]+)?|[^\s\w]")
_BETWEEN = frozenset(
    "- . , ( ) / and um uh er then dash hyphen area code space is ok okay so".split()
)
_NEVER_FIRST = frozenset({"oh", "o", "plus"})
_TIMES = {"double": 2, "triple": 3, "treble": 3}
_HOMOPHONES = {"for": "4", "to": "2", "too": "2", "ate": "8", "won": "1"}
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
    """The number that digits make with those begun before: after them, or for the last of them."""
    if (whole := finished(begun + digits, country)) is not None:
        return whole
    mended = _with_new_end(_Run(begun, 0, 0), _Run(digits, 0, 0), country)
    return finished(mended.digits, country) if mended else None


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
    if said in _TIMES and following:
        digit = following if following.isdigit() else DIGITS.get(following, "")
        return (digit * _TIMES[said], 2) if len(digit) == 1 else ("", 0)
    if said.isdigit():
        return _scaled(said, following)
    leads = said not in _NEVER_FIRST or following in DIGITS or following in _TIMES
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


def _scaled(digits: str, following: str) -> tuple[str, int]:
    if following == "hundred" and len(digits) == 1:
        return f"{digits}00", 2
    if following == "thousand" and len(digits) <= 2:
        return f"{digits}000", 2
    return digits, 1
