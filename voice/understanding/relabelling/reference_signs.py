"""Rows of letters and digits read out one by one: which of a turn's stretches are a reference."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from voice.understanding.acts import Tagged
from voice.understanding.numbers.said_numbers import (
    REFERENCE_SIGNS,
    is_whole_reference,
    row_of_signs,
    said_signs,
)
from voice.understanding.words import words_of

MOST_OF_IT = 5
LEAST_ASKED = 2
"""Signs that make a reference, or a part of one, where it was asked for."""
MOST_LETTERS = 7
"""A reference has six signs; what has more letters is a name with a number in it."""
HALF = 0.5
"""Of what was said."""


def with_its_signs(text: str, tags: list[Tagged], *, asked: bool) -> list[Tagged]:
    """A row of letters and digits read out one by one is a reference, in however many pieces and
    as whatever the tagger took it: one of six with both in it, or what was asked for."""
    row = row_of_signs(text, LEAST_ASKED if asked else REFERENCE_SIGNS)
    if row is None:
        return tags
    start, end = row
    signs = said_signs(text[start:end]) or ""
    whole = is_whole_reference(signs)
    found = Tagged("give:reference", start, end, 1.0)
    named = any(tag.label == "give:reference" and tag.start < end for tag in tags)
    named = named or _follows_the_word(text, found)
    answered = asked and (len(signs) >= MOST_OF_IT or (end - start) >= HALF * len(text))
    answered = answered and len(signs) <= REFERENCE_SIGNS
    if _spells_a_name(tags, signs, start, end) and not named:
        return tags
    if not (whole or answered or named):
        return tags
    if any(
        _is_spelled(tag, start, end) for tag in tags if not (whole and tag.label == "give:phone")
    ):
        return tags
    left = (each for tag in tags for each in _outside(tag, start, end))
    around = [_no_other(text, each) for each in left if not _announces(text, each, start)]
    return sorted([*around, found], key=lambda tag: tag.start)


def _announces(text: str, tag: Tagged, start: int) -> bool:
    """Whether "my reference", with its signs right behind it, only says what they are."""
    return tag.label == "ask:reference" and text[tag.end : start].split() in ([], ["is"])


def _no_other(text: str, tag: Tagged) -> Tagged:
    """What was taken for a reference beside the row that is one: letters spell a name, and one or
    two numbers are hours."""
    signs = said_signs(text[tag.start : tag.end]) or ""
    if tag.label == "give:reference" and signs.isalpha() and len(signs) >= MOST_OF_IT:
        return replace(tag, label="give:name")
    hours = tag.label == "give:reference" and signs.isdigit() and len(signs) <= LEAST_ASKED
    return replace(tag, label="give:when") if hours else tag


def _is_spelled(tag: Tagged, start: int, end: int) -> bool:
    """Whether the row is a telephone number or an address."""
    beside = tag.end <= start or tag.start >= end
    return tag.label in ("give:phone", "give:email") and not beside


def _spells_a_name(tags: Sequence[Tagged], signs: str, start: int, end: int) -> bool:
    """Whether the letters are those of a name that is being given."""
    names = [tag for tag in tags if tag.label == "give:name" and tag.start < end]
    return signs.isalpha() and any(tag.end > start for tag in names)


def _outside(tag: Tagged, start: int, end: int) -> Iterator[Tagged]:
    """What is left of a stretch before that row and behind it."""
    if tag.end <= start or tag.start >= end:
        yield tag
    elif tag.start < start and tag.label not in ("give:reference", "give:party"):
        yield replace(tag, end=start)


def _follows_the_word(text: str, tag: Tagged) -> bool:
    """Single letters right after the word "reference" are one, and no name."""
    before = [word.folded for word in words_of(text[: tag.start])][-3:]
    signs = [word.folded for word in words_of(text[tag.start : tag.end])]
    return "reference" in before and all(len(sign) == 1 for sign in signs)


def with_signs_beside(text: str, tag: Tagged, tags: Sequence[Tagged]) -> Tagged:
    """The single letters and digits around a reference belong to it."""
    taken = [(each.start, each.end) for each in tags if each.start != tag.start]
    start, end = tag.start, tag.end
    words = words_of(text)
    for word in reversed([each for each in words if each.end <= tag.start]):
        if len(word.folded) > 1 or any(one <= word.start < two for one, two in taken):
            break
        start = word.start
    for word in (each for each in words if each.start >= tag.end):
        if len(word.folded) > 1 or any(one <= word.start < two for one, two in taken):
            break
        end = word.end
    return replace(tag, start=start, end=end)


def is_a_reference(text: str, tag: Tagged) -> bool:
    """Whether a name or reference is one of signs: by a digit in it, or the word before it."""
    words = text[tag.start : tag.end]
    digits = any(map(str.isdigit, words)) and sum(map(str.isalpha, words)) < MOST_LETTERS
    return digits or _follows_the_word(text, tag)
