"""Whether two names are one person's, allowing for how a recogniser writes them."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from importlib.resources import files

import jellyfish

from scheduling.names import fold as letters
from voice.understanding.sounding import begins_alike, likeness, sounds_same
from voice.understanding.word_lists import word_lists
from voice.understanding.words import words_of

_TITLES = frozenset({"mr", "mrs", "ms", "miss", "mister", "dr", "doctor", "prof", "professor"})
_LEAST_SOUNDS = 4
_LEAST_NAME = 3
"""Letters of a name by which somebody is told among other words."""
_LEAST_SPELLED = 5
_WHOLE = 2
"""Words of a name with a surname in it."""
_SAME, _SOUNDS, _NEAR, _LIKENESS = 1.0, 0.95, 0.85, 0.8
_LIKELY, _ALIKE = 0.87, 0.8
"""Of two names beside the right reference: by what is heard of them, and by their letters."""


def same_name(heard: str, stored: str) -> bool:
    """Conservative: every name heard must fit, first or last or both, as written or as sounded.

    One name alone counts when it fits, sounds the same or is its short form. Of two names one may
    be misheard a little, when the other fits. Spacing never counts: "vanderberg" is "van der Berg".
    """
    said = _parts(heard)
    kept = _parts(stored)
    if not said or not kept:
        return False
    together = "".join(said)
    wholes = _runs(kept)
    if together in wholes and len(together) > 1 or _sounds_whole(together, "".join(kept)):
        return True
    if len(said) == 1:
        if any(_spelled_alike(together, whole) for whole in wholes):
            return True
        return any(_fit(said[0], part) >= _SOUNDS for part in kept)
    if len(kept) == 1:
        return kept[0] in _runs(said)
    if _fit_in_two(said, kept):
        return True
    straight = (_fit(said[0], kept[0]), _fit(said[-1], kept[-1]))
    swapped = (_fit(said[0], kept[-1]), _fit(said[-1], kept[0]))
    return _agree(*straight) or min(swapped) >= _SOUNDS


def likely_name(heard: str, stored: str) -> bool:
    """Beside the right reference: what a recogniser may have made of that name, "Closchmitt" of
    Chloe Schmidt, "Silver" of Silva, one letter too many of a surname that was spelled.

    That is safe: the reference is the proof, one of a thousand million, and the name only guards
    against its having been misheard. Of one house those who are called quite otherwise are still
    told apart.
    """
    if same_name(heard, stored):
        return True
    said, kept = _parts(heard), _parts(stored)
    if _are_two(said, kept):
        return False
    one, other = "".join(said), "".join(kept)
    if len(said) == 1 and any(_is_nearly(one, part) for part in kept):
        return True
    alike = jellyfish.jaro_winkler_similarity(one, other) >= _ALIKE
    return alike and jellyfish.jaro_winkler_similarity(_sounds(one), _sounds(other)) >= _LIKELY


def _are_two(said: Sequence[str], kept: Sequence[str]) -> bool:
    """Whether they are two people: each has a common given name of its own, Sam and Sarah, or
    their surnames begin otherwise and are the same from there, Parker and Barker."""
    one, other = said[-1:], kept[-1:]
    if [each[1:] for each in one] == [each[1:] for each in other]:
        if not all(map(begins_alike, one, other)):
            return True
    if len(said) < _WHOLE or len(kept) < _WHOLE or said[0] == kept[0]:
        return False
    return word_lists("given_names")[""].issuperset((said[0], kept[0]))


def _is_nearly(heard: str, stored: str) -> bool:
    """Two spellings of one name, or one slip in it."""
    if min(len(heard), len(stored)) < _LEAST_SPELLED:
        return False
    slips = jellyfish.damerau_levenshtein_distance(heard, stored)
    return slips == 1 or likeness(heard, stored) >= _LIKELY


def is_very_name(heard: str, stored: str) -> bool:
    """Whether it is that first and that last name, as written or as sounded."""
    said, kept = _parts(heard), _parts(stored)
    if min(len(said), len(kept)) < _WHOLE:
        return False
    return min(_fit(said[0], kept[0]), _fit(said[-1], kept[-1])) >= _SOUNDS


def says_name(words: str, stored: str) -> bool:
    """Whether first and last name, as they are stored, are among these words, in whatever place:
    "Devon Clarke, it's for Amara" holds Amara Clarke."""
    said = {form for word in _parts(words) for form in (word, word.removesuffix("s"))}
    kept = [part for part in _parts(stored) if len(part) >= _LEAST_NAME]
    return len(kept) > 1 and said.issuperset(kept)


def is_part_of(name: str, others: str) -> bool:
    """Whether every word of the name is one of these other names: "Costa" of Nadia Costa."""
    return set(_parts(name)) <= set(_parts(others))


def is_first(word: str, stored: str) -> bool:
    """Whether a name begins with that very word."""
    return _parts(stored)[:1] == [letters(word)]


def is_given(word: str) -> bool:
    """Whether it is a common given name."""
    return letters(word) in word_lists("given_names")[""]


def _runs(parts: Sequence[str]) -> list[str]:
    """Each part, and neighbours written together: a surname of several words is one name."""
    ends = range(1, len(parts) + 1)
    return ["".join(parts[start:end]) for end in ends for start in range(end)]


def _fit_in_two(said: Sequence[str], kept: Sequence[str]) -> bool:
    """Whether both fall into the same two names, however each of these is spaced."""
    if len(said) == len(kept) == 2:
        return False  # as they stand: judged more kindly
    pairs = [("".join(said[:at]), "".join(said[at:])) for at in range(1, len(said))]
    return any(
        min(_fit(first, "".join(kept[:at])), _fit(last, "".join(kept[at:]))) >= _SOUNDS
        for first, last in pairs
        for at in range(1, len(kept))
    )


def _agree(first: float, last: float) -> bool:
    """Both fit, or one fits and the other was misheard a little."""
    return (
        min(first, last) >= _NEAR or max(first, last) >= _SOUNDS and min(first, last) >= _LIKENESS
    )


def _parts(name: str) -> list[str]:
    return [word for word in (letters(each.text) for each in words_of(name)) if word not in _TITLES]


def _fit(heard: str, stored: str) -> float:
    if heard == stored:
        return _SAME
    if sounds_same(heard, stored) or stored in _variants().get(heard, ()):
        return _SOUNDS
    return min(likeness(heard, stored), 0.94)


def _sounds_whole(heard: str, stored: str) -> bool:
    """Whether a whole name has the same sounds in the same order, wherever it was parted."""
    one, other = _sounds(heard), _sounds(stored)
    return one == other and len(one) >= _LEAST_SOUNDS and begins_alike(heard, stored)


def _sounds(name: str) -> str:
    """Its consonants, doubled ones once."""
    sounds = jellyfish.metaphone(name)
    return "".join(
        sound
        for at, sound in enumerate(sounds)
        if sound not in "YW" and sound != sounds[at - 1 : at]
    )


def _spelled_alike(heard: str, stored: str) -> bool:
    """Letters run together, with one slip in seven of them or two in ten."""
    if len(stored) < 7 or not begins_alike(heard, stored):
        return False
    slips = jellyfish.damerau_levenshtein_distance(heard, stored)
    return slips <= (2 if len(stored) >= 10 else 1)


@cache
def _variants() -> dict[str, frozenset[str]]:
    """For each name, the names of its groups."""
    text = files("voice.understanding").joinpath("english/name_variants.txt").read_text("utf-8")
    found: dict[str, set[str]] = {}
    for line in text.splitlines():
        if not line.startswith("#"):
            group = line.split()
            for name in group:
                found.setdefault(name, set()).update(group)
    return {name: frozenset(group - {name}) for name, group in found.items()}
