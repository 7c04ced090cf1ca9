"""Telephone numbers as people say them: in groups, with "double five" and "oh"."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

import phonenumbers

from voice.understanding.reading import Context
from voice.understanding.words import DIGITS, TEENS, TENS, plain

Span = tuple[int, int]

_PIECE = re.compile(r"\+|\d+|[^\W\d_]+(?:['’][^\W\d_]+)?|[^\s\w]")
_BETWEEN = frozenset(
    "- . , ( ) / and um uh er then dash hyphen area code space is ok okay so".split()
)
_NEVER_FIRST = frozenset({"oh", "o", "plus"})
_TIMES = {"double": 2, "triple": 3, "treble": 3}
_HOMOPHONES = {"for": "4", "to": "2", "too": "2", "ate": "8", "won": "1"}
_CUE = re.compile(
    r"\b(?:phone|mobile|cell|cellphone|telephone|numbers?|digits|"
    r"(?:call|reach|ring|text|contact) me (?:at|on|back)|"
    r"(?:reach|call)able (?:at|on)|contact)\b"
)
_OTHER_NUMBER = re.compile(
    r"\b(?:reference|confirmation|booking|order|ref|policy|account|invoice|tracking|card|"
    r"appointment|ticket)(?: (?:number|code|no|id))?\b"
)
_TAKEN_BACK = re.compile(
    r"(?i)\W*(?:(?:oh|um+|uh+|er|its|it['’]s|that['’]?s|should be)\W+)*"
    r"(?:no|sorry|wait|actually|i mean|make that|scratch that|rather|correction|hang on)\b\W*"
    r"(?:(?:no|sorry|wait|actually|i mean|make that|that|it|its|it['’]s|that['’]?s|is|should be)"
    r"\b\W*)*"
)
"""Between two stretches of digits: the second stands for the end of the first."""
_LEAST_DIGITS = 7
_MOST_UNFINISHED = 10
"""From so many digits on, what is no number is a wrong one."""


@dataclass(frozen=True, slots=True)
class PhoneHeard:
    """Digits of a telephone number, and where they were said."""

    e164: str | None
    unfinished: str | None
    span: Span


@dataclass(slots=True)
class _Run:
    digits: str
    start: int
    end: int


def read_phone(text: str, context: Context, taken: Sequence[Span] = ()) -> PhoneHeard | None:
    """The last number given; `taken` are the spans of dates and times."""
    said = plain(text)
    asked = context.question == "phone"
    cued = asked or bool(_CUE.search(said))
    if _OTHER_NUMBER.search(said) and not re.search(r"\b(?:phone|mobile|cell|call|reach)\b", said):
        cued = asked
        if not asked:
            return None
    heard = [
        run
        for run in _repaired(_runs(text), text, context.country)
        if _is_number(run, cued, asked) and (cued or not _inside((run.start, run.end), taken))
    ]
    if not heard:
        return None
    run = max(heard, key=lambda each: (len(each.digits) >= _LEAST_DIGITS, each.start))
    return _finished(run, context.country)


def _is_number(run: _Run, cued: bool, asked: bool) -> bool:
    count = sum(sign.isdigit() for sign in run.digits)
    if count > 15:
        return False
    if count >= (_LEAST_DIGITS if cued else 9):
        return True
    return asked and count >= 2


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
    if _finished(after, country).e164 is not None:
        return None
    for count in range(1, len(before.digits)):
        whole = _Run(before.digits[:-count] + after.digits, before.start, after.end)
        if _finished(whole, country).e164 is not None:
            return whole
    return None


def _finished(run: _Run, country: str) -> PhoneHeard:
    """E.164 when the number can be dialled; what was heard of it when it is too short."""
    span = (run.start, run.end)
    abroad = run.digits[2:] if run.digits.startswith("00") else run.digits.lstrip("+")
    for written in (run.digits, f"+{abroad}"):
        try:
            number = phonenumbers.parse(written, country)
        except phonenumbers.NumberParseException:
            continue
        if phonenumbers.is_valid_number(number) or _well_formed(number):
            e164 = phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)
            return PhoneHeard(e164, None, span)
        reason = phonenumbers.is_possible_number_with_reason(number)
        if reason in (
            phonenumbers.ValidationResult.TOO_SHORT,
            phonenumbers.ValidationResult.IS_POSSIBLE_LOCAL_ONLY,
        ):
            return PhoneHeard(None, run.digits, span)
    return PhoneHeard(None, run.digits if len(run.digits) < _MOST_UNFINISHED else None, span)


def _well_formed(number: phonenumbers.PhoneNumber) -> bool:
    """North American numbers with an area code nobody has been given yet: new ones come yearly."""
    national = str(number.national_number)
    if number.italian_leading_zero:
        return False
    return number.country_code == 1 and len(national) == 10 and national[0] not in "01"


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


def _inside(span: Span, taken: Sequence[Span]) -> bool:
    return any(start < span[1] and span[0] < end for start, end in taken)
