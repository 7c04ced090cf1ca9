"""What a question or an answer is about, by everyday words: parking, paying, being late."""

from __future__ import annotations

import tomllib
from collections import defaultdict
from functools import cache, lru_cache
from importlib.resources import files

from support.faq import plain, stem

_Phrase = tuple[str, ...]


@lru_cache(maxsize=4096)
def subjects(text: str) -> frozenset[str]:
    """All that it speaks of, by the names of `subjects.toml`; it may be none. A gift card is no
    card."""
    words = tuple(stem(word) for word in plain(text).split())
    known = _known()
    found = [
        (place, place + len(phrase), subject)
        for place, word in enumerate(words)
        for phrase, subject in known.get(word, ())
        if words[place : place + len(phrase)] == phrase
    ]
    return frozenset(
        subject
        for first, end, subject in found
        if not any(
            one <= first and end <= other and end - first < other - one for one, other, _ in found
        )
    )


@cache
def _known() -> dict[str, list[tuple[_Phrase, str]]]:
    """Phrases with their subjects, by the first word."""
    text = files("support").joinpath("subjects.toml").read_text("utf-8")
    known: defaultdict[str, list[tuple[_Phrase, str]]] = defaultdict(list)
    for subject, listed in tomllib.loads(text).items():
        for phrase in listed.split(";"):
            words = tuple(stem(word) for word in plain(phrase).split())
            known[words[0]].append((words, subject))
    return dict(known)
