"""For whom a visit is, and how many they are: "for my father Peter", "for my two dogs"."""

from __future__ import annotations

import re
from collections.abc import Sequence
from collections.abc import Set as AbstractSet

from voice.understanding.everyday import NOT_NAMES
from voice.understanding.names.said_names import said_name
from voice.understanding.word_lists import word_lists
from voice.understanding.words import DIGITS, TEENS, Word, fold, words_of

ME = "me"
SOMEBODY = "somebody"
"""In the place of "her" or "his"."""
_LISTS = word_lists("parties")
_NO_KIN = _LISTS["leads to anything"] | _LISTS["mine"] | {
    "me", "i", "him", "her", "us", "called", "name", "named", "mr", "mrs", "ms", "miss", "mister",
}  # fmt: skip
KIN = (_LISTS["leads to a name"] | _LISTS["somebody"] | _LISTS["no customer"]) - _NO_KIN
"""Words that tell who, or what, somebody is to the caller: "father", "dog"."""
_FILLING = frozenset().union(*(_LISTS[each] for each in _LISTS))
_MOST = 20
_LONGEST_NAME = 3
_LONGEST_HALF = 4
_LIGHT = frozenset(("a", "the", "for", "its", "just"))
_OWNER = re.compile(r"(.+)['’]s")
_TELLS = frozenset("is isnt was has hasnt needs wants cant cannot".split())
"""Behind the name of somebody of whom something is told."""
_BEFORE_A_COUNT = frozenset(("for", "of", "all"))


def party_of(text: str) -> tuple[str | None, int]:
    """The name of the person it is for, where there is one; and how many, 0 where that was not
    said. The name of a pet or of a car is no customer's."""
    words = words_of(text)
    said = {word.folded.removesuffix("s") for word in words} | {word.folded for word in words}
    count = next((count for at in range(len(words)) if (count := _count(words, at))), 0)
    count = count or _joined(words)
    if count > 1 or not said.isdisjoint(_LISTS["no customer"]):
        return None, count
    beside = _LISTS["leads to a name"] | _LISTS["beside a name"]
    last = max((at for at, word in enumerate(words) if word.folded in beside), default=-1)
    name = words[last + 1 :]
    led = last >= 0 and words[last].folded in _LISTS["leads to a name"]
    if not led or not 0 < len(name) <= _LONGEST_NAME or any(w.folded in NOT_NAMES for w in name):
        return None, count
    if len(name) == 1 and words[last].folded in _LISTS["leads to anything"]:
        return None, count  # "it's for Tib" may be a kitten
    return said_name(text[name[0].start :]), count


def many_of(text: str, *, of_several: bool) -> int:
    """For how many a service is asked, where their number leads it: "two kids' cuts"; 0: not told.
    "Two fillings" are for one person, unless it is told of `of_several` for whom they are."""
    words = [word for word in words_of(text) if word.folded not in _LIGHT]
    if not words[1:] or words[0].folded in ("too", "both"):
        return 0
    who = words[1].folded
    people = who.removesuffix("s") in {"children", *_LISTS["somebody"]}
    many = people or of_several and any(word.folded.endswith("s") for word in words[1:])
    return _count(words, 0) if many else 0


def is_of_kin(text: str) -> bool:
    """Whether the words speak of somebody who is the caller's: "it's about my wife", or of their
    name, and not only of something of theirs: "my sister's wedding"."""
    kin = _LISTS["leads to a name"] - _LISTS["leads to anything"]
    heard = words_of(text)
    following = [each.folded for each in heard[2:]] + [""]
    return any(
        first.folded in ("my", "our")
        and (
            then.folded in kin
            and not then.text.endswith("s")
            or last == "name"
            and then.folded.removesuffix("s") in kin
        )
        for first, then, last in zip(heard, heard[1:], following, strict=False)
    )


def people_led_to(text: str) -> tuple[str, ...]:
    """Words that stand where somebody is named: behind "for", behind kin, with an 's, or a common
    name of which something is told, "Felix is ill". Behind a word for kin there is also what they
    do: "where does my wife park"."""
    given = word_lists("given_names")[""]
    leading = (_LISTS["leads to a name"] - _LISTS["leads to anything"]) | {"for"}
    found, led, heard = [], False, words_of(text)
    following = [each.folded for each in heard[1:]] + [""]
    for word, then in zip(heard, following, strict=False):
        owner = _OWNER.fullmatch(word.text)
        if owner is not None:
            found.append(owner[1])
        elif led and word.folded not in leading | _LISTS["beside a name"] | NOT_NAMES:
            found.append(word.text)
        elif then in _TELLS and word.folded in given - NOT_NAMES:
            found.append(word.text)
        led = word.folded in leading or led and word.folded in _LISTS["beside a name"]
    return tuple(found)


def people_in(words: str) -> frozenset[str]:
    """For whom a visit is, in words that can be found again: "dad", "luke", "me"."""
    found = set()
    heard = [bare(word) for word in words_of(words)]
    for before, word in zip(["", *heard], heard, strict=False):
        if word in _LISTS["mine"] or word in ("me", "i", "im") or (before, word) == ("my", "own"):
            return frozenset((ME,))
        one = word.removesuffix("s") if word not in KIN else word
        if one in KIN:
            found.add(one)
        elif word in _LISTS["somebody else"]:
            found.add(SOMEBODY)
        elif word.isalpha() and word not in NOT_NAMES | _FILLING:
            found.add(word)
    return frozenset(found - {SOMEBODY}) or frozenset(found)


def is_kin(people: AbstractSet[str]) -> bool:
    """Whether all these words tell who somebody is to the caller, and are no names."""
    return people <= KIN


def is_person(people: AbstractSet[str]) -> bool:
    """Whether they tell of one of the caller's family, or of others, and of no pet or thing."""
    return people <= KIN - _LISTS["no customer"]


def bare(word: Word) -> str:
    """A word without the ending of "Luke's"."""
    return fold(re.sub(r"['’]s$", "", word.text))


def _joined(words: Sequence[Word]) -> int:
    """Two where two are named side by side: "for my son and daughter", "for Eli and Micah"."""
    places = [at for at, word in enumerate(words) if word.folded == "and"]
    if len(places) != 1:
        return 0
    halves = words[: places[0]], words[places[0] + 1 :]
    led = bool(words) and words[0].folded == "for"
    return 2 if all(_is_somebody(half, named=led) for half in halves) else 0


def _is_somebody(words: Sequence[Word], *, named: bool) -> bool:
    kin = (_LISTS["leads to a name"] | _LISTS["somebody"]) - _LISTS["leads to anything"]
    said = {word.folded for word in words}
    if not said or len(words) > _LONGEST_HALF:
        return False
    if not said.isdisjoint(kin - {"named", "called", "name"} | _LISTS["no customer"]):
        return True
    names = [word for word in words if word.folded != "for"]
    return named and len(names) == 1 and names[0].folded not in NOT_NAMES


def _count(words: Sequence[Word], at: int) -> int:
    word = words[at].folded
    if at + 1 < len(words) and words[at + 1].folded.startswith(("year", "month", "week", "old")):
        return 0
    if word in _LISTS["two"]:
        return 2
    if at + 1 == len(words) and (not at or words[at - 1].folded not in _BEFORE_A_COUNT):
        return 0  # "they're five"
    digits = DIGITS.get(word, word)
    number = TEENS.get(word) or (int(digits) if digits.isdigit() else 0)
    return number if 1 < number <= _MOST else 0
