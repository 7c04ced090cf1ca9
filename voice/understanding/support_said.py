"""Wishes for which the tagger has no label, or one too wide: a message, and what of an account."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from voice.understanding.account_wishes import account_wish
from voice.understanding.acts import Tagged
from voice.understanding.loose_phrases import where_said

SURE = 0.8
"""Of words that say it outright."""
OF_AN_ACCOUNT = frozenset(
    """ask:help ask:other ask:service ask:policy ask:reference ask:times want:cancel want:lookup
    outside""".split()
)
OF_A_MESSAGE = frozenset("ask:help ask:other ask:policy person outside want:account".split())


def with_support(text: str, tags: Sequence[Tagged]) -> tuple[Tagged, ...]:
    """The tags with wishes for a message, and about what is kept of the caller, under their
    own labels."""
    made = tuple(_relabelled(text[tag.start : tag.end], tag) for tag in tags)
    if not any(tag.label == "want:tech" for tag in made):
        return made
    return tuple(_of_the_problem(text[tag.start : tag.end], tag) for tag in made)


def _of_the_problem(words: str, tag: Tagged) -> Tagged:
    """ "I'm locked out" beside "I can't log in": nothing that is kept of the caller is wanted."""
    of_an_account = tag.label == "want:account" and account_wish(words)
    if tag.label != "want:account" or of_an_account:
        return tag
    return replace(tag, label="give:problem")


def _relabelled(words: str, tag: Tagged) -> Tagged:
    if tag.label in OF_A_MESSAGE and where_said(words, "messages", "leave"):
        return replace(tag, label="want:message", confidence=max(tag.confidence, SURE))
    if tag.label not in OF_AN_ACCOUNT:
        return tag
    wish = account_wish(words)
    fits = wish if not tag.label.startswith("want") else wish == "forget"
    return replace(tag, label="want:account", confidence=SURE) if fits else tag
