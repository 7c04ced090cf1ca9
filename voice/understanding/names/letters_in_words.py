"""Letters told by words, "N for Nora, E as in Edward": the word tells, for it is heard far better
than the letter."""

from __future__ import annotations

import re

from voice.understanding.word_lists import word_lists
from voice.understanding.words import LETTERS, fold

_ITEM = re.compile(
    r"\b(?:(?P<letter>[a-z]|[hb]e|if|our|are|and|an|or|see|tea|pea|why|you|ex|el|em|en)[,\s-]+|"
    r"(?=as in\b)|(?:as[\s-]+)(?=for\b))"
    r"(?:(?:is )?for|from|like|(?:and )?as (?:an?|in)|is (?:an?|in))[\s-]+"
    r"(?P<word>[a-z]+(?:-ray|'s)?)\b",
    re.IGNORECASE,
)
"""As recognisers write it: "he is in Peter", "and for Nora", "I as an ice"."""
_BETWEEN = re.compile(r"(?<=\b[A-Z]), (?=[A-Z]\b)")
_STOP = re.compile(r"(?<=\b[A-Z])[.;] ")
_FEWEST = 3
_FEWEST_SURE = 2
"""Of them with a single letter: "one for Ann and for Ben and for me" is none."""


def tells_letters(text: str) -> bool:
    """Whether letters are told so; fewer than three may be anything."""
    items = list(_ITEM.finditer(text))
    sure = sum(len(item["letter"] or "") == 1 for item in items)
    return len(items) >= _FEWEST and sure >= _FEWEST_SURE


def in_letters(text: str) -> str:
    """The same with the letters alone, "N-E", parted where a sentence ended."""
    if not tells_letters(text):
        return text
    return _STOP.sub(", ", _BETWEEN.sub("-", _ITEM.sub(_letter, text)))


def _letter(item: re.Match[str]) -> str:
    word = fold(item["word"])
    if word in LETTERS:
        return LETTERS[word].upper()
    known = word_lists("alphabet")[""] | word_lists("given_names")[""]
    letter = item["letter"] or ""
    if len(letter) != 1 or word in known or word.removesuffix("s") in known:
        return word[0].upper()
    return letter.upper()
