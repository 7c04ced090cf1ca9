"""What is wanted next to something else, and what is one more: "right after", "the other one"."""

from __future__ import annotations

import re
from collections.abc import Iterable

from voice.understanding.acts import Adds
from voice.understanding.phrasebook import phrases
from voice.understanding.words import plain

_CLAUSE = re.compile(r"[^,.;!?]+")
_HOW_MANY = re.compile(
    r"\b(?:the|us|them) (?:two|pair)(?: of (?:us|them|ye|you|em))?(?= (?:at|together|in)\b)"
    r"|\bat (?:the )?one time\b",
    re.IGNORECASE,
)
BARELY = 3
"""Words: too few to ask politely and to say what for."""


def is_beside(words: str) -> bool:
    """Whether a visit is to lie next to another: "straight after", "at the same visit"."""
    return _says("beside", words)


def adds(before: str, words: str, behind: str) -> Adds:
    """Whether the words, or those around them that belong to no other stretch, say that this is
    one more."""
    if _says("another", words) or _says("behind", behind) or _says("another", before):
        return "another"
    first = " ".join(plain(words).split()[:1])
    return "and" if _says("and", before) or _says("and", first) else ""


def is_at_once(words: str) -> bool:
    """Whether two visits are to be at the same time: "the two of us at once"."""
    return _says("at once", words)


def is_only_one(words: str) -> bool:
    """Whether some clause of the words says that there is no second visit."""
    return any(_says("only one", clause) for clause in _CLAUSE.findall(words))


def is_for_two(names: Iterable[str]) -> bool:
    """Whether a service is one for two people by its names: a couples massage."""
    return any(_says("for two", name) for name in names)


def without_how_many(text: str) -> str:
    """The text with blanks for what only says how many come at a time: "the two at nine", "at the
    one time" are no second day of a month and no one o'clock."""
    return _HOW_MANY.sub(lambda found: " " * len(found.group()), text)


def is_polite_wish(words: str) -> bool:
    """Whether a question is a wish put politely: "could you check the battery as well"."""
    return _says("polite", words) and _says("another", words)


def only_leads_in(words: str) -> bool:
    """Whether a question is polite and does not yet say what for: "can you do"."""
    return _says("polite", words) and len(plain(words).split()) <= BARELY


def is_all_of_them(words: str) -> bool:
    """Whether the words only say how many: "the two", "both of them"."""
    return _says("all of them", words)


def is_one_of_them(words: str) -> bool:
    """Whether the words only say for which of several: "for the other one"."""
    return _says("one of them", words)


def _says(section: str, words: str) -> bool:
    return phrases("beside")[section].search(f"{plain(words)} ") is not None
