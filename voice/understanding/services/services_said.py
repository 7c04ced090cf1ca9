"""Which service a caller means, or which treats what is wrong, and which person.

It is known that the words name a service, a problem or a person. What is not sure is told so: the
services that it may be, best first.
"""

from __future__ import annotations

from collections.abc import Sequence

from voice.understanding.everyday import GIVEN_TOO, NEVER_NAMES, NOT_NAMES
from voice.understanding.phrasebook import says
from voice.understanding.reading import Named
from voice.understanding.services.likely_services import (
    clearly_treats,
    may_be_called,
    may_mean,
    sees_to_anything,
)
from voice.understanding.services.matching import BEFORE_PERSON, EVERYDAY, TITLES, services_named
from voice.understanding.sounding import likeness, sounds_same
from voice.understanding.words import plain

ANYONE = "any"
_MOST_NAMED, _MOST_LIKELY = 3, 2
LEAST_OF_A_NEED = 0.12
"""Of the nearest service to what is wrong, where none is near: what has nothing to do with the
business stays below more often than not."""
_ALIKE = 0.88
_SHORTEST_BY_SOUND = 3
_SURE_BY_SOUND = 5

Meant = tuple[str | None, tuple[str, ...]]
"""The one that is meant, else those that may be, best first."""


def said_service(words: str, services: Sequence[Named]) -> Meant:
    """By its names, else by meaning, sound and words of the trade, which are guesses."""
    if not services:
        return None, ()
    named = services_named(words, services)
    if named:
        return (named[0], ()) if len(named) == 1 else (None, named[:_MOST_NAMED])
    return None, may_be_called(words, services)


def treating(words: str, services: Sequence[Named]) -> Meant:
    """Which service sees to a problem: the one that names it, or for which words speak clearly;
    where that is not so, those that may, and those that see to anything."""
    named = services_named(words, services, loosely=False)
    if len(named) == 1:
        return named[0], ()
    clear = clearly_treats(words, services)
    if clear is not None and not named:
        return clear, ()
    likely = may_mean(words, services)
    if len(likely) == 1 and not named:
        return None, likely
    general = [each.id for each in services if sees_to_anything(each)]
    nearest = (*named, *likely, *general) or may_mean(words, services, least=LEAST_OF_A_NEED)
    return None, tuple(dict.fromkeys(nearest))[:_MOST_LIKELY]


def said_person(words: str, people: Sequence[Named], *, loosely: bool = True) -> str | None:
    """The person who is named, `any` when it does not matter who; None when it is nobody here, or
    more than one. `loosely`: a name that sounds alike will do, as where the words are a name."""
    heard = plain(words).split()
    if not loosely:
        heard = [word for at, word in enumerate(heard) if _names_somebody(heard, at)]
    said = [word for word in heard if word not in TITLES]
    for alike in (_same, _similar) if loosely else (_same,):
        counts = {
            person.id: max(
                sum(any(alike(word, part) for word in said) for part in _parts(name))
                for name in person.names
            )
            for person in people
        }
        best = max(counts.values(), default=0)
        if best:
            leaders = [who for who, count in counts.items() if count == best]
            return leaders[0] if len(leaders) == 1 else None
    return ANYONE if says("people", "anyone", words) else None


def _names_somebody(heard: Sequence[str], at: int) -> bool:
    """Whether a word that says something else too is a name here: "is Will in", not "will you"."""
    everyday = heard[at] in NEVER_NAMES or heard[at] in GIVEN_TOO or heard[at] in NOT_NAMES
    return not everyday or at > 0 and heard[at - 1] in BEFORE_PERSON


def _parts(name: str) -> list[str]:
    return [part for part in plain(name).split() if part not in TITLES]


def _same(word: str, part: str) -> bool:
    return part in (word, word.removesuffix("s")) and len(part) > 1


def _similar(word: str, part: str) -> bool:
    if word in NEVER_NAMES or word in NOT_NAMES or len(word) < _SHORTEST_BY_SOUND:
        return False
    sounds = sounds_same(word, part) and len(word) >= _SURE_BY_SOUND
    return sounds or likeness(word, part) >= _ALIKE


def only_a_look(words: str, services: Sequence[Named]) -> bool:
    """ "A look at" names no service."""
    said = set(plain(words).split())
    return "look" in said and said <= EVERYDAY and said_service(words, services)[0] is None
