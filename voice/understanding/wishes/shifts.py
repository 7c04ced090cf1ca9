"""How far a time is to be moved: "an hour later", "bring it forward by a day"."""

from __future__ import annotations

import re
from datetime import timedelta

from voice.understanding.words import DIGITS, TEENS, TENS

_COUNTS = {word: int(digit) for word, digit in DIGITS.items()} | TEENS | TENS
_COUNTS |= {"forty five": 45, "a couple of": 2, "a couple": 2, "couple of": 2, "a few": 3, "a": 1,
            "an": 1}  # fmt: skip
_MUCH = (
    r"(?:(?P<half>half an hour|half hour)|"
    rf"(?P<count>\d+|{'|'.join(sorted(_COUNTS, key=len, reverse=True))}) "
    r"(?P<unit>minute|hour|day|week|fortnight)s?)(?: and a half)?"
)
_SHIFT = re.compile(rf"\b{_MUCH} (?P<way>later|earlier|after|before|sooner|on(?= *$))\b")
_PUSH = re.compile(
    r"\b(?:(?:mov|push|put|bring|brought|pull|shift|chang|mak|get|got)\w*\b.*|^)"
    rf"\b(?P<way>forwards?|up|back|off|earlier|later|sooner)(?: by)?(?: about)? {_MUCH}\b"
)
""" "Bring it forward by a day", "push it back an hour"."""


def shift_told(said: str) -> timedelta | None:
    """How much later, or earlier, plain words want it to be."""
    shift = _SHIFT.search(said) or _PUSH.search(said)
    return _length(shift) if shift else None


def _length(shift: re.Match[str]) -> timedelta:
    back = shift["way"] not in ("later", "after", "back", "off", "on")
    if shift["half"]:
        length = timedelta(minutes=30)
    else:
        count = _COUNTS.get(shift["count"]) or int(shift["count"])
        unit = timedelta(**{shift["unit"] + "s": count}) if shift["unit"] != "fortnight" else None
        length = unit or timedelta(weeks=2 * count)
    return -length if back else length
