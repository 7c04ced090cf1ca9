"""A customer's name that is told in parts, or of which one part is put right."""

from __future__ import annotations

from collections.abc import Iterable
from difflib import SequenceMatcher

from voice.understanding.acts import Act, NamePart
from voice.understanding.names.one_person import INSTEAD
from voice.understanding.names.spelled_against import cut_like
from voice.understanding.word_lists import word_lists
from voice.understanding.words import fold, plain

ALIKE = 0.6
"""Of two spellings of one part of a name."""


def fuller_name(known: str | None, said: str | None) -> str | None:
    """Of two names the one said last; but one part of somebody's name never takes the place of
    the whole. Two parts are whole: who says them again may be putting them right."""
    if known is None or said is None:
        return said or known
    return known if said.casefold() in known.casefold().split() else said


def in_full(said: str, names: Iterable[str], known: str | None) -> str:
    """The only whole one of these other names that a part alone is of: "just Con" is Con Murphy,
    where a visit is under that."""
    whole = {name for name in names if name != known and fold(said) in fold(name).split()}
    return whole.pop() if len(whole) == 1 else said


def with_told(known: str, told: Act, words: str) -> str:
    """The whole name, with what was told of it last: one more part, one in the place of its like,
    or without what it is not ("not Webb B, just Webb"); `words`: of the whole turn."""
    said = told.value or known
    whole, new = _parts(known), _parts(said)
    denied = _denied(words)
    kept = [part for part in whole if fold(part) not in denied or part in new]
    if len(kept) < len(whole) and set(new) <= set(kept):
        return " ".join(kept)
    part = told.part or _other_part(known, said)
    alike = len(whole) == 1 and _likeness(known, said) >= ALIKE
    if len(new) != 1 or not part or alike or said in whole:
        return with_part(known, said)
    if part == "given":
        return " ".join([said, *(whole[1:] or whole)])
    return " ".join([*(whole[:-1] or whole), said])


def _parts(name: str) -> list[str]:
    """The parts of a name; "Ní Mhaoldomhnaigh" and "van der Berg" are one."""
    parts: list[str] = []
    begun: list[str] = []
    for word in name.split():
        begun.append(word)
        if fold(word) not in word_lists("names")["particles"]:
            parts.append(" ".join(begun))
            begun = []
    return [*parts, *begun]


def _denied(words: str) -> set[str]:
    told = plain(words).split()
    behind = told[told.index("not") + 1 :] if "not" in told else []
    instead = next((at for at, word in enumerate(behind) if word in INSTEAD), 0)
    return set(behind[:instead])


def _other_part(known: str, said: str) -> NamePart:
    """Which part a single name is beside a single one of the other sort: "Priscilla", "Webb"."""
    given = word_lists("given_names")[""]
    first, second = fold(known) in given, fold(said) in given
    if first == second or len(_parts(known)) != 1:
        return ""
    return "given" if second else "family"


def _likeness(one: str, other: str) -> float:
    return SequenceMatcher(None, one.casefold(), other.casefold()).ratio()


def with_part(known: str, said: str) -> str:
    """A name of which one part is said or spelled once more keeps its others: "Qualter, Q U A …"
    of Mattie Qualter."""
    parts = known.split()
    if len(parts) < 2 or len(said.split()) != 1:
        return said
    if (both := cut_like(parts, said)) is not None:
        return " ".join(both)
    likeness = [_likeness(part, said) for part in parts]
    best = max(range(len(parts)), key=likeness.__getitem__)
    if likeness[best] < ALIKE:
        return said
    return " ".join([*parts[:best], said, *parts[best + 1 :]])


def in_place_of(known: str, said: str, words: str) -> str:
    """The whole name, where of two parts it was told which is another: "it's not Niamh, it's
    Saoirse"."""
    parts, told = known.split(), plain(words).split()
    wrong = [at for at, part in enumerate(parts) if fold(part) in told]
    if len(wrong) != 1 or len(parts) < 2 or len(said.split()) != 1:
        return with_part(known, said)
    if fold(said) in map(fold, parts):
        return known
    return " ".join([*parts[: wrong[0]], said, *parts[wrong[0] + 1 :]])
