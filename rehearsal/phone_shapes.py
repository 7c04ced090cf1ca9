"""A telephone number in the shape in which somebody else gave theirs."""

from __future__ import annotations

import re
from random import Random

from rehearsal.saying import phone_words

_ENOUGH_DIGITS = 6
_SAME = re.compile(r"\b(?:calling|ringing|phoning|on now|this number|this one)\b")
_DIGIT = re.compile(
    r"\b(?:oh|o|zero|one|two|three|four|five|six|seven|eight|nine|double|triple)\b|\d"
)


def phone_like(text: str, phone: str, random: Random, *, aloud: bool, shown: bool) -> str | None:
    """The number; None when the words give none that this caller could give."""
    if len(_DIGIT.findall(text.lower())) < _ENOUGH_DIGITS:
        return text if shown and _SAME.search(text.lower()) else None
    figures = len(re.findall(r"\d", text)) >= _ENOUGH_DIGITS and not aloud
    words = phone_words(phone, random, aloud=not figures)
    lead = re.match(r"(?:(?:my|the) (?:cell|mobile|number|phone)(?:'s| is| it's)? )?", text.lower())
    return f"{lead[0] if lead else ''}{words.replace(',', '') if not aloud else words}"
