"""Of what sort the one is whom a visit is for, and the service that is made for just that: the
children's check-up for a girl of nine, the large dog's bath for a big one."""

from __future__ import annotations

from collections.abc import Sequence
from typing import cast

from voice.understanding.acts import Act, Whom
from voice.understanding.reading import Named
from voice.understanding.services.matching import stem
from voice.understanding.word_lists import word_lists
from voice.understanding.words import DIGITS, TEENS, words_of

GROWN = 16
"""Years: from this age on nobody is a child where a business says no other."""
OWN = frozenset(("me", "myself", "i", "im", "mine", "us"))
"""Words by which a party is the caller's own."""
PERSONS = frozenset("shes hes she he".split())


def whom_told(text: str) -> Whom:
    """Of what sort they are, by the words or by an age; empty: not told."""
    if age_told(text):
        return "a child"
    heard = [word.folded for word in words_of(text)]
    for sort, words in word_lists("whom").items():
        if not words.isdisjoint(heard):
            return cast("Whom", sort)
    return ""


def age_told(text: str) -> int:
    """Where a child's age ends, "she's nine,", which is no hour; 0: none is told."""
    heard = words_of(text)
    for at, word in enumerate(heard[:-1]):
        rest = heard[at + 1 :]
        rest = rest[1:] if rest[0].folded in ("is", "only", "just") and len(rest) > 1 else rest
        said = rest[0].folded
        years = TEENS.get(said) or int(DIGITS.get(said, said if said.isdecimal() else "0"))
        ended = len(rest) == 1 or bool(text[rest[0].end : rest[1].start].strip())
        ended = ended or rest[1].folded.startswith(("year", "now", "and", "so"))
        if word.folded in PERSONS and 0 < years < GROWN and ended:
            return rest[0].end
    return 0


def made_for(service_id: str, whom: Whom, services: Sequence[Named]) -> str:
    """The service of the same name that is for that sort alone; else the one that was named."""
    named = next((each for each in services if each.id == service_id), None)
    if named is None or not whom:
        return service_id
    sorts = {stem(word) for word in word_lists("whom")[whom]}
    plain_names = [_stems(name) for name in named.names]
    for other in services:
        names = [_stems(name) for name in other.names] if other is not named else []
        if any(own < name and name - own <= sorts for own in plain_names for name in names):
            return other.id
    return service_id


def made_for_anybody(service_id: str, services: Sequence[Named]) -> str:
    """The service of the same name that is for no sort alone; else this one."""
    sorts = word_lists("whom")
    found = (
        each.id
        for each in services
        for sort in sorts
        if each.id != service_id and made_for(each.id, cast("Whom", sort), services) == service_id
    )
    return next(found, service_id)


def is_of_oneself(party: Act) -> bool:
    """ "One for me too"."""
    return not OWN.isdisjoint(word.folded for word in words_of(party.text))


def _stems(name: str) -> set[str]:
    return {stem(word.folded) for word in words_of(name)}
