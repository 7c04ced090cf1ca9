"""Telephone numbers and references from the stretches in which they are said.

It is known that a stretch gives one, so "for won to" are digits in it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from voice.understanding.numbers.phones import (
    begins_again,
    completed,
    digits_in,
    finished,
    is_nearly_whole,
)
from voice.understanding.numbers.spelling import sign_at
from voice.understanding.phrasebook import says
from voice.understanding.word_lists import exchanged, pairs
from voice.understanding.words import DIGITS, TEENS, TENS, Word, plain, words_of

CALLING = "calling"
"""The number that the caller is ringing from."""
_LEAST_DIGITS = 2
_LONGEST_UNFINISHED = 9
"""Digits; more than these that are no number are a wrong one, which nothing completes."""
_AREA_CODE_LAST = re.compile(
    r"(?i)^(?P<number>.*\d.*|.*\w.*)\barea code(?: is|['’]?s)?\b(?P<code>.*)$"
)
_AREA_DIGITS = 3
_IN_FRONT = re.compile(
    r"(?i)^(?P<number>.*)\b(?:with|and|but|there['’]?s|put)\b(?P<first>.*)\b"
    r"(?:(?:in|on|up|at) (?:the |its )?(?:front|start|beginning|head)|before (?:it|that))\b"
)
"""Digits that are told last and dialled first."""


@dataclass(frozen=True, slots=True)
class PhoneSaid:
    """What one stretch gives of a number."""

    value: str | None = None
    """E.164, or `calling`."""
    digits: str = ""
    """What was heard, where it is not complete."""


def said_phones(stretches: Sequence[str], country: str, before: str = "") -> list[PhoneSaid]:
    """For each stretch of one turn the number that it gives or completes; `before` are digits of
    a number that was begun in an earlier turn. Stretches that were completed later have the whole
    number too."""
    found: list[PhoneSaid] = []
    begun, told = before, ""
    for stretch in stretches:
        digits = _digits(stretch, country)
        if not digits:
            found.append(PhoneSaid(CALLING if says("phones", "own", stretch) else None))
            continue
        whole = finished(digits, country) or (completed(begun, digits, country) if begun else None)
        if whole is None and told and len(digits) < len(told):
            digits = told[: -len(digits)] + digits  # "no, nine oh eight", of a number just told
            whole = finished(digits, country)
        if whole is None:
            begun = _heard_so_far(begun, digits, country)
            found.append(PhoneSaid(None, begun))
            continue
        found = [PhoneSaid(whole) if one.digits else one for one in found]
        found.append(PhoneSaid(whole))
        begun, told = "", digits if finished(digits, country) else begun + digits
    return found


def _heard_so_far(begun: str, digits: str, country: str) -> str:
    """Of a number that is not known yet: what was begun with what came, the whole of it once more,
    or what was heard before; empty where it cannot be one."""
    if is_nearly_whole(digits, country) or begun and begins_again(begun, digits):
        return digits
    if is_nearly_whole(begun, country):
        return begun
    joined = begun + digits if len(begun + digits) <= _LONGEST_UNFINISHED else digits
    return joined if len(joined) <= _LONGEST_UNFINISHED else ""


def _digits(stretch: str, country: str) -> str:
    """The digits of a stretch as they are dialled; read as a recogniser may have meant them where
    that makes a number or more of one."""
    if (told := _IN_FRONT.match(stretch)) is not None:
        whole_number = digits_in(told["first"], country) + digits_in(told["number"], country)
        if finished(whole_number, country):
            return whole_number
    code_last = _AREA_CODE_LAST.match(stretch)
    if code_last:
        number, code = (_digits(code_last[part], country) for part in ("number", "code"))
        if number and len(code) == _AREA_DIGITS:
            return code + number
    meant = " ".join(exchanged(plain(stretch).split(), pairs("misheard")["in a number"]))
    heard = [digits_in(way, country) for way in (stretch, meant)]
    heard = [digits for digits in heard if len(digits) >= _LEAST_DIGITS]
    whole = [digits for digits in heard if finished(digits, country)]
    return whole[0] if whole else max(heard, key=len, default="")


def said_signs(text: str) -> str | None:
    """The letters and digits of a reference or an order's number, upper case."""
    signs = "".join(_signs(words_of(text)))
    return signs.upper() if len(signs) >= _LEAST_DIGITS else None


REFERENCE_SIGNS = 6
_JOINTS = frozenset("the number letter digit and then capital big is um uh er dash hyphen".split())
"""Words between the signs of a reference that is read out."""


def row_of_signs(text: str, least: int = REFERENCE_SIGNS) -> tuple[int, int] | None:
    """From where to where at least so many letters and digits are read out one by one, with words
    that explain them; None: nowhere. Of several the one that is likest a reference, else the
    longest: a name may be spelled beside it."""
    words = words_of(text)
    rows: list[tuple[bool, bool, int, int, int]] = []
    at, first, signs, end = 0, 0, 0, 0
    while at <= len(words):
        sign, taken = _row_sign(words, at, inside=signs > 0)
        if sign:
            first = first if signs else at
            signs, end, at = signs + len(sign), at + taken, at + taken
            continue
        if signs and at < len(words) and words[at].folded in _JOINTS:
            at += 1
            continue
        if signs >= least:
            start, after, six = words[first].start, words[end - 1].end, signs == REFERENCE_SIGNS
            whole = is_whole_reference(said_signs(text[start:after]))
            rows.append((whole, six, signs, start, after))
        at, signs = (at + 1, 0) if not signs else (max(end, first + 1), 0)
    return max(rows)[3:] if rows else None


def is_whole_reference(signs: str | None) -> bool:
    """Whether these are the letters and digits of one, and no word or number by themselves."""
    if signs is None or len(signs) != REFERENCE_SIGNS:
        return False
    return not signs.isdigit() and not signs.isalpha()


def _row_sign(words: Sequence[Word], at: int, *, inside: bool) -> tuple[str, int]:
    """A sign that is one where nobody asked for any: "a dog" and "to" are none."""
    if at >= len(words):
        return "", 0
    sign, taken = sign_at(words, at, True, inside=inside)
    said = words[at].folded
    if sign and said in ("a", "i", "o") and not _is_sign_here(words, at + taken, inside):
        return "", 0
    if said[:-2].isdigit() and said[-2:] in ("st", "nd", "rd", "th"):
        return "", 0  # the eighth
    if said == "i" and at + 1 < len(words) and len(words[at + 1].folded) > 1:
        return "", 0  # "… 4 A I think"
    mixed = said.isalnum() and any(map(str.isdigit, said))
    if not sign and mixed and (inside or len(said) == REFERENCE_SIGNS and not said.isdigit()):
        return said, 1
    return sign, taken


def _signs(words: Sequence[Word]) -> Iterator[str]:
    at, inside = 0, False
    while at < len(words):
        said = words[at].folded
        sign, taken = sign_at(words, at, True, inside=inside)
        if said in TEENS or said in TENS:
            sign, taken = _number(words, at)
        elif not sign and (words[at].text.isupper() or any(map(str.isdigit, said))):
            sign, taken = said, 1
        elif sign and said == "a" and not _is_sign_here(words, at + taken, inside):
            sign, taken = "", 1
        if sign:
            yield sign
            inside = True
        at += taken or 1


def _number(words: Sequence[Word], at: int) -> tuple[str, int]:
    said = words[at].folded
    if said in TEENS:
        return str(TEENS[said]), 1
    ones = DIGITS.get(words[at + 1].folded, "") if at + 1 < len(words) else ""
    return (str(TENS[said] + int(ones)), 2) if ones not in ("", "0") else (str(TENS[said]), 1)


def _is_sign_here(words: Sequence[Word], after: int, inside: bool) -> bool:
    """Whether what may be a word, "a", is a letter: others follow it, or it is the last of them."""
    if after >= len(words):
        return inside
    return bool(sign_at(words, after, True, inside=True)[0])
