"""Stretches that name several services, people or things at once: each gets one of its own."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from voice.understanding.acts import Tagged
from voice.understanding.hearing import Hearing
from voice.understanding.names.letter_runs import spelled_from
from voice.understanding.names.said_names import said_name
from voice.understanding.reading import Named
from voice.understanding.services.matching import TITLES, where_named
from voice.understanding.services.services_said import Meant, said_person, said_service
from voice.understanding.word_lists import word_lists
from voice.understanding.words import fold, plain, words_of

WHOM = ("give:provider", "rule_out:provider")
JOINTS = frozenset(("and", "plus", "then", "with", "also"))
LEADING_TO_WHOM = frozenset("with have see get can could whenever".split())
NO_REPAIRS = frozenset(("make", "should", "change"))
"""Words that take back beside others only: an oil change is none."""
SURE_OF_A_PERSON = 0.8
"""Confidence, where somebody of the business is named behind "with"."""
_LONGEST_PERSON = 3
"""Words, a title among them."""
_FULL_NAME = 2
"""Words of which a name is a person's whole one."""

Stretch = tuple[int, int]


def each_by_itself(text: str, tags: Sequence[Tagged], hearing: Hearing) -> tuple[Tagged, ...]:
    """The tags, with each of several services or whole names in one of them apart, and with the
    person who is named beside a time."""
    whom = any(tag.label in WHOM for tag in tags)
    if not whom and (missed := _whom_between(text, tags, hearing.providers)) is not None:
        tags, whom = sorted((*tags, missed), key=lambda tag: tag.start), True
    apart = (
        _whom_apart(text, tag, hearing.providers)
        if tag.label in ("give:when", "want:book") and not whom
        else _parts(text, tag, hearing.services)
        for tag in tags
    )
    return tuple(each for parts in apart for each in parts)


def _whom_between(text: str, tags: Sequence[Tagged], people: Sequence[Named]) -> Tagged | None:
    """ "With Ana", where it stands in no stretch at all."""
    words = words_of(text)
    for at, word in enumerate(words[:-1]):
        if word.folded != "with":
            continue
        for size in range(_LONGEST_PERSON, 0, -1):
            start, end = word.start, words[min(at + size, len(words) - 1)].end
            free = all(tag.end <= start or tag.start >= end for tag in tags)
            if free and _is_person(text[start:end], people):
                return Tagged("give:provider", start, end, SURE_OF_A_PERSON)
    return None


def _whom_apart(text: str, tag: Tagged, people: Sequence[Named]) -> Iterator[Tagged]:
    """ "Friday with June": a time, and a person."""
    words = words_of(text[tag.start : tag.end])
    for at, word in enumerate(words[:-1]):
        after = words[at + 1 : at + 1 + _LONGEST_PERSON]
        if word.folded not in LEADING_TO_WHOM:
            continue
        for size in range(len(after), 0, -1):
            start, end = tag.start + word.start, tag.start + after[size - 1].end
            end = start + len(text[start:end].removesuffix("'s"))
            if _is_person(text[start:end], people):
                if text[tag.start : start].strip(" ,"):
                    yield replace(tag, end=len(text[:start].rstrip(" ,")))
                yield replace(tag, label="give:provider", start=start, end=end)
                if text[end : tag.end].strip(" ,"):
                    yield replace(tag, start=end + 1)
                return
    yield tag


def _is_person(words: str, people: Sequence[Named]) -> bool:
    """Whether every one of the words is of a person's name, or a title."""
    who = said_person(words, people, loosely=False)
    names = (name for one in people if one.id == who for name in one.names)
    parts = {part for name in names for part in plain(name).split()}
    return bool(parts) and set(plain(words).split()[1:]) <= parts | TITLES


def _parts(text: str, tag: Tagged, services: Sequence[Named]) -> Iterator[Tagged]:
    stretches: list[Stretch] = []
    if tag.label == "give:service":
        stretches = _services_apart(text, tag, services)
    elif tag.label == "give:name":
        stretches = _names_apart(text, tag)
    if not stretches:
        yield tag
    for start, end in stretches:
        yield replace(tag, start=start, end=end)


def _services_apart(text: str, tag: Tagged, services: Sequence[Named]) -> list[Stretch]:
    """Where each half names one service, and no name has the joint in it ("wash and blow dry")."""
    if _takes_back(text[tag.start : tag.end]):
        return []
    whole = where_named(text[tag.start : tag.end], services)
    for first, second in _halves(text, tag.start, tag.end):
        if whole and tag.start + whole[0] < first[1] and second[0] < tag.start + whole[1]:
            continue
        one, other = (said_service(text[start:end], services) for start, end in (first, second))
        if (one[0] or other[0]) and _are_two(one, other):
            rest = replace(tag, start=second[0], end=second[1])
            return [first, *(_services_apart(text, rest, services) or [second])]
    return []


def _are_two(one: Meant, other: Meant) -> bool:
    """Whether both are services, and surely not the same."""
    first, second = ({value, *likely} - {None} for value, likely in (one, other))
    return bool(first and second) and first.isdisjoint(second)


def _share_a_part(one: Sequence[str], other: Sequence[str]) -> bool:
    """Whether both may be one person, who says a part once more: two of a family share the last."""
    return any(
        fold(part) in map(fold, other) for part in one if part != one[-1] or part != other[-1]
    )


def _names_apart(text: str, tag: Tagged) -> list[Stretch]:
    """Where each half is the whole name of somebody, and of somebody else."""
    if _takes_back(text[tag.start : tag.end]):
        return []
    for first, second in _halves(text, tag.start, tag.end):
        place = next(at for at, word in enumerate(words_of(text)) if word.start == second[0])
        letter = len(words_of(text)[place].folded) == 1
        if letter or spelled_from(words_of(text), place, text, named=True).names:
            continue  # the letters of the one before, or what it is written with
        names = [(said_name(text[start:end]) or "").split() for start, end in (first, second)]
        if min(map(len, names)) >= _FULL_NAME and not _share_a_part(*names):
            return [first, second]
    return []


def _halves(text: str, start: int, end: int) -> Iterator[tuple[Stretch, Stretch]]:
    """The words before and behind each joint; a comma is one too."""
    words = words_of(text[start:end])
    for at in range(1, len(words)):
        if words[at].folded in JOINTS:
            behind = next((w for w in words[at:] if w.folded not in JOINTS), None)
            if behind is not None:
                yield (start, start + words[at - 1].end), (start + behind.start, end)
        elif "," in text[start + words[at - 1].end : start + words[at].start]:
            yield (start, start + words[at - 1].end), (start + words[at].start, end)


def _takes_back(words: str) -> bool:
    said = {word.folded for word in words_of(words)}
    return not said.isdisjoint(word_lists("repairs")["words"] - NO_REPAIRS)
