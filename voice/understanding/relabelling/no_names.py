"""What seems a customer's name and is none: one of the staff's, or a thing's."""

from __future__ import annotations

from collections.abc import Sequence

from voice.understanding.acts import Tagged
from voice.understanding.hearing import Hearing
from voice.understanding.names.said_names import said_name
from voice.understanding.relabelling.beginnings import OWN
from voice.understanding.services.matching import TITLES, where_named
from voice.understanding.words import plain

BOOKINGS = frozenset("appointment appointments booking bookings visit visits diary books".split())
_ARTICLES = frozenset(("the", "a", "an"))
_OF_ONE_S_OWN = frozenset("name names im its under called".split())
"""Words before one's own name, or before that of whom a visit is for."""
_BEHIND_ONE_S_OWN = frozenset(("here", "speaking", "calling"))
_WITH = frozenset("with see seeing".split())
"""Words before the name of whom a visit is with."""
_OF_OTHERS = _WITH | frozenset("from not that by than".split())
_BEFORE_A_PLACE = frozenset("from near outside".split())
_OF_A_PLACE = frozenset("by in at to on".split())
_WHERE = frozenset("out over up down back live lives living based here".split())
"""Words before those, by which somebody is told to be of a place: "out by Sonoita"."""
_NEAR = 4
"""Words before a name that tell whose it is."""


def behind_staff(text: str, tag: Tagged, hearing: Hearing) -> int:
    """Where a customer's whole name begins behind that of one who works here: "Owen, Jill Pugh";
    else 0."""
    staff, comma, rest = text[tag.start : tag.end].partition(",")
    own = said_name(rest) if comma and _of_staff(staff, hearing) else None
    return tag.end - len(rest.lstrip()) if own and len(own.split()) > 1 else 0


def instead_of_a_name(text: str, tag: Tagged, tags: Sequence[Tagged], hearing: Hearing) -> str:
    """The label of what the tagger takes for a customer's name, where it is none: "with the tall
    lad Marek" tells whom it is with, "the senior discount" nobody. Empty: it may be one."""
    said = plain(text[tag.start : tag.end]).split()
    before = plain(text[: tag.start]).split()[-_NEAR:]
    behind = plain(text[tag.end :]).split()[:1]
    service = where_named(text[tag.start : tag.end], hearing.services)
    if service == (0, tag.end - tag.start):
        return "give:service"
    letters = sum(len(word) == 1 for word in said)
    placed = before[-1:] and before[-1] in _OF_A_PLACE and before[-2:-1] and before[-2] in _WHERE
    if placed or not _BEFORE_A_PLACE.isdisjoint(before[-1:]):
        return "story"
    if set(said) <= BOOKINGS | OWN | _ARTICLES:
        return "story"
    if not _ARTICLES.isdisjoint(before[-1:]) and not letters:
        return "story"
    alone = sum(each.label == "give:name" for each in tags) == 1
    words = text[tag.start : tag.end]
    person = _of_staff(words if alone else words.partition(",")[0], hearing)
    at = next((at for at, word in enumerate(said) if word.removesuffix("s") in person), 0)
    leads = [word for word in (*before, *said[:at]) if word in _OF_ONE_S_OWN | _OF_OTHERS]
    own = leads[-1] in _OF_ONE_S_OWN if leads else alone and hearing.asked == "name" or letters > 1
    own = own or before[-2:] == ["this", "is"] or not _BEHIND_ONE_S_OWN.isdisjoint(behind)
    if own or not person:
        return ""
    return "give:provider" if leads and leads[-1] in _WITH else "story"


def _of_staff(words: str, hearing: Hearing) -> set[str]:
    """The parts of the name, where nothing is told but that of one who works here, or a part."""
    said = {part.removesuffix("s") for part in plain(said_name(words) or "").split()} - TITLES
    people = [plain(name).split() for each in hearing.providers for name in each.names]
    known = any(said <= {part.removesuffix("s") for part in who} for who in people)
    return said if known else set()
