"""Of a visit that there is and is to be changed: what only names it, and what is wished instead."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from voice.understanding.acts import Tagged, Unsuited
from voice.understanding.dates.reading import read_times
from voice.understanding.hearing import Hearing
from voice.understanding.loose_phrases import account_wish
from voice.understanding.phrasebook import says
from voice.understanding.relabelling.told import becoming
from voice.understanding.services.services_said import ANYONE, said_person
from voice.understanding.words import words_of

CHANGING = frozenset({"want:move", "want:cancel", "want:book", "ask:times", "more"})
"""Labels of what is asked for in the place of a visit."""
WISHES = ("want:move", "want:book")
OF_WHATEVER = ("want:account", "want:cancel")
"""Labels of wishes that are told by their words, if these say what is to become of a visit."""
PLAIN = 0.6
"""Confidence of a wish whose words say in so many words what is to become of a visit."""
_ENDED = ".?!;"


def of_a_change(text: str, tags: Sequence[Tagged], hearing: Hearing) -> Iterator[Tagged]:
    """The tags, where "later that day" is no booking, "you're moving the Thursday one" no wish for
    Thursday, and "would Maeve have anything" names a person; "after all" is after nothing."""
    changes = hearing.has_bookings and any(tag.label in CHANGING for tag in tags)
    moves = any(tag.label == "want:move" for tag in tags)
    before: Tagged | None = None
    for tag in (_without_after_all(text, each) for each in tags):
        words = text[tag.start : tag.end]
        if tag.label == "give:booking" and (changes or moves) and says("own_visits", "side", words):
            tag = replace(tag, label="give:when")
        elif tag.label == "give:when" and before is not None and before.label == "want:move":
            one = says("own_visits", "the one", words)
            tag = replace(tag, label="give:booking") if one else tag
        elif tag.label == "want:move" and says("own_visits", "given away", text[tag.start :]):
            tag = replace(tag, label="want:cancel")
        elif tag.label in OF_WHATEVER and not account_wish(words) and (kind := becoming(words)):
            tag = replace(tag, label=f"want:{kind}", confidence=max(tag.confidence, PLAIN))
        yield from _with_person(text, tag, hearing) if tag.label in WISHES else (tag,)
        before = tag


def _without_after_all(text: str, tag: Tagged) -> Tagged:
    said = [word.folded for word in words_of(text[tag.end :])[:1]]
    heard = words_of(text[tag.start : tag.end])
    if len(heard) < 2 or heard[-1].folded != "after" or said != ["all"]:
        return tag
    return replace(tag, end=tag.start + heard[-2].end)


def _with_person(text: str, tag: Tagged, hearing: Hearing) -> Iterator[Tagged]:
    """The wish, and whoever is named in it."""
    words = text[tag.start : tag.end]
    for word in words_of(words)[1:]:
        if said_person(word.text, hearing.providers, loosely=False) not in (None, ANYONE):
            start = tag.start + word.start
            yield replace(tag, end=len(text[:start].rstrip()))
            yield replace(tag, label="give:provider", start=start, end=tag.start + word.end)
            return
    yield tag


def unsuited(text: str, hearing: Hearing) -> Unsuited:
    """How the words say that a visit which there is does not suit any more: by its day, by its hour
    alone, or as one that is too early or too late."""
    start = 0
    for end in [*(at for at, sign in enumerate(text) if sign in _ENDED), len(text)]:
        words, start = text[start:end], end + 1
        if not says("own_visits", "unsuited", words):
            continue
        for side in ("early", "late"):
            if says("own_visits", f"so {side}", words):
                return "early" if side == "early" else "late"
        times = read_times(words, hearing.asking("date"))
        told = [when.value for when in (*times.found, *times.exclude)]
        dayly = [one for one in told if one is not None and not hasattr(one, "hour")]
        return "day" if dayly and len(dayly) == len(told) else "hour"
    return ""
