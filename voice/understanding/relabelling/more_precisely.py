"""One visit named twice: by a word that may be many a service, and by its own name."""

from __future__ import annotations

from collections.abc import Sequence

from voice.understanding.acts import Adds, Tagged
from voice.understanding.hearing import Hearing
from voice.understanding.relabelling.beside import adds
from voice.understanding.services.matching import is_part_of, services_named, where_named
from voice.understanding.services.whom import whom_told
from voice.understanding.words import plain

PLAINLY = frozenset("just only a an simple quick regular normal usual proper please done".split())
"""Words beside the name of a service that tell nothing of which it is."""
POINTING = frozenset("the his her hers their that this".split())
"""Words before a service that was spoken of already."""
LEAST_OF_A_LIST = 3
ANOTHERS = frozenset({"want:book", "give:name"})
"""Labels of what may begin a visit of its own."""


def named_once(text: str, tags: Sequence[Tagged], hearing: Hearing) -> list[Tagged]:
    """The tags without general words for a service that is named more precisely in the same
    breath, or wanted already: "a haircut, just a men's cut"."""
    places = range(len(tags))
    return [tags[at] for at in places if not _is_general(text, tags, at, hearing)]


def _is_general(text: str, tags: Sequence[Tagged], at: int, hearing: Hearing) -> bool:
    words = text[tags[at].start : tags[at].end]
    named = _service(text, tags[at], hearing)
    added = _added(text, tags, at)
    if named is None or added == "another" or _is_listed(text, tags, hearing):
        return False
    wanted = {one.service for one in hearing.visits}
    start, end = where_named(words, hearing.services) or (0, len(words))
    pointing = plain(f"{text[: tags[at].start]} {words[:start]}").split()[-1:]
    pointing += plain(words[start:]).split()[:1]
    if named not in wanted and not POINTING.isdisjoint(pointing):
        if any(_names(each, words[start:end], hearing) for each in wanted):
            return True
    if added and at:
        return False
    others = (
        place
        for place, tag in enumerate(tags)
        if _service(text, tag, hearing) not in (None, named) and place != at
    )
    return any(
        _names(_service(text, tags[other], hearing), words, hearing)
        and not _added(text, tags, other)
        and _are_of_one(text, tags, at, other)
        for other in others
    )


def _are_of_one(text: str, tags: Sequence[Tagged], at: int, other: int) -> bool:
    """Whether nothing between the two names tells of somebody else, or of a time for each."""
    first, last = sorted((at, other))
    between, behind = tags[first + 1 : last], tags[last + 1 : last + 2]
    if any(tag.label in ANOTHERS for tag in between):
        return False
    whom = {whom_told(text[tag.start : tag.end]) for tag in between if tag.label == "give:party"}
    if whom - ({whom_told(text[tags[other].start : tags[other].end])} - {""}):
        return False
    if any(tag.label == "give:party" for tag in behind) and whom:
        return False
    return not all(any(tag.label == "give:when" for tag in part) for part in (between, behind))


def _added(text: str, tags: Sequence[Tagged], at: int) -> Adds:
    before = tags[at - 1].end if at else 0
    behind = tags[at + 1].start if at + 1 < len(tags) else len(text)
    tag = tags[at]
    return adds(text[before : tag.start], text[tag.start : tag.end], text[tag.end : behind])


def _is_listed(text: str, tags: Sequence[Tagged], hearing: Hearing) -> bool:
    """Whether three or more are told one after the other, "a haircut, a men's cut and a child's":
    each is wanted."""
    told = {each: at for at, tag in enumerate(tags) if (each := _service(text, tag, hearing))}
    return len(told) >= LEAST_OF_A_LIST and bool(_added(text, tags, max(told.values())))


def _service(text: str, tag: Tagged, hearing: Hearing) -> str | None:
    if tag.label != "give:service":
        return None
    named = services_named(text[tag.start : tag.end], hearing.services)
    return named[0] if len(named) == 1 else None


def _names(service_id: str | None, words: str, hearing: Hearing) -> bool:
    """Whether that service may be meant by words that say only a part of a name of it."""
    told = " ".join(word for word in plain(words).split() if word not in PLAINLY | POINTING)
    names = (name for each in hearing.services if each.id == service_id for name in each.names)
    return bool(told) and any(is_part_of(told, name) for name in names)
