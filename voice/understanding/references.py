"""Booking references: six signs without 0, O, 1 and I, typed or said one by one."""

from __future__ import annotations

import re
from collections.abc import Sequence

from voice.understanding.reading import Context
from voice.understanding.spelling import spelled_runs
from voice.understanding.words import plain, words_of

_LENGTH = 6
_ALPHABET = frozenset("23456789ABCDEFGHJKLMNPQRSTUVWXYZ")
_WHOLE = re.compile(r"(?<![\w@.-])[A-Za-z0-9]{6}(?![\w@-])")
_CUE = re.compile(
    r"\b(?:reference|ref|confirmation|booking (?:number|code|id)|code|appointment number|"
    r"number is)\b"
)


def read_reference(
    text: str, context: Context, taken: Sequence[tuple[int, int]] = ()
) -> str | None:
    """The reference, upper case; without a cue word it needs letters and digits both."""
    cued = bool(_CUE.search(plain(text))) and context.question != "phone"
    for found in _WHOLE.finditer(text):
        if not _overlaps(found.span(), taken) and _acceptable(found[0], cued, found[0].isupper()):
            return found[0].upper()
    for run in spelled_runs(words_of(text), digits=True):
        sure = len(run.signs) == _LENGTH
        if (
            sure
            and _acceptable(run.signs, cued, cued)
            and not _overlaps((run.start, run.end), taken)
        ):
            return run.signs.upper()
    return None


def _acceptable(signs: str, cued: bool, spelled_out: bool) -> bool:
    """Digits alone may be a time or a telephone number, letters alone a word."""
    if not _ALPHABET.issuperset(signs.upper()):
        return False
    mixed = not signs.isalpha() and not signs.isdigit()
    return mixed or cued and spelled_out


def _overlaps(span: tuple[int, int], taken: Sequence[tuple[int, int]]) -> bool:
    return any(start < span[1] and span[0] < end for start, end in taken)
