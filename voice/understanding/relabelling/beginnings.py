"""Beginnings of a stretch that the tagger took for stretches of their own."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from voice.understanding.acts import Tagged
from voice.understanding.words import plain

LEADING = frozenset("to on at in for by the of from till until and my a".split())
"""Words that lead to a time and tell none."""
OWN = frozenset("i my me mine we our im ive".split())
BEING = frozenset("am are have just".split())


def with_beginnings(text: str, tags: Sequence[Tagged]) -> list[Tagged]:
    """Without the beginnings of a stretch that the tagger took for one: the "with" of "with anyone
    but Tom" and the "cancel" of "cancel that order" belong to what follows them, and "I'm" alone
    wishes for nothing."""
    found: list[Tagged] = []
    for tag in reversed(tags):
        words = set(plain(text[tag.start : tag.end]).split())
        follows = found[-1] if found and not text[tag.end : found[-1].start].strip() else None
        begins = tag.label.startswith("give") and words <= LEADING | {"with"}
        if tag.label == "want:cancel" and follows is not None:
            begins = follows.label == "want:order"
        if begins and follows is not None:
            found[-1] = replace(follows, start=tag.start)
        elif not begins and not (tag.label.startswith("want") and words <= OWN | BEING):
            found.append(tag)
    return found[::-1]


def spares_somebody(words: str) -> bool:
    """ "With anyone but Tom"."""
    return not {"anyone", "anybody"}.isdisjoint(said := plain(words).split()) and "but" in said
