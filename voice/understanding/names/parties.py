"""For whom a visit is, and how many they are: "for my father Peter", "for my two dogs"."""

from __future__ import annotations

import re
from collections.abc import Sequence

from voice.understanding.everyday import NOT_NAMES
from voice.understanding.names.said_names import said_name
from voice.understanding.word_lists import word_lists
from voice.understanding.words import DIGITS, TEENS, Word, words_of

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
    if count > 1 or not said.isdisjoint(word_lists("parties")["no customer"]):
        return None, count
    beside = word_lists("parties")["leads to a name"] | word_lists("parties")["beside a name"]
    last = max((at for at, word in enumerate(words) if word.folded in beside), default=-1)
    name = words[last + 1 :]
    led = last >= 0 and words[last].folded in word_lists("parties")["leads to a name"]
    if not led or not 0 < len(name) <= _LONGEST_NAME or any(w.folded in NOT_NAMES for w in name):
        return None, count
    if len(name) == 1 and words[last].folded in word_lists("parties")["leads to anything"]:
        return None, count  # "it's for Tib" may be a kitten
    return said_name(text[name[0].start :]), count


def many_of(text: str, *, of_several: bool) -> int:
    """For how many a service is asked, where their number leads it: "two kids' cuts"; 0: not told.
    "Two fillings" are for one person, unless it is told of `of_several` for whom they are."""
    lists = word_lists("parties")
    words = [word for word in words_of(text) if word.folded not in _LIGHT]
    if not words[1:] or words[0].folded in ("too", "both"):
        return 0
    who = words[1].folded
    people = who.removesuffix("s") in {"children", *lists["somebody"]}
    many = people or of_several and any(word.folded.endswith("s") for word in words[1:])
    return _count(words, 0) if many else 0


def is_of_kin(text: str) -> bool:
    """Whether the words speak of somebody who is the caller's: "it's about my wife", or of their
    name, and not only of something of theirs: "my sister's wedding"."""
    lists = word_lists("parties")
    kin = lists["leads to a name"] - lists["leads to anything"]
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
    lists, given = word_lists("parties"), word_lists("given_names")[""]
    leading = (lists["leads to a name"] - lists["leads to anything"]) | {"for"}
    found, led, heard = [], False, words_of(text)
    following = [each.folded for each in heard[1:]] + [""]
    for word, then in zip(heard, following, strict=False):
        owner = _OWNER.fullmatch(word.text)
        if owner is not None:
            found.append(owner[1])
        elif led and word.folded not in leading | lists["beside a name"] | NOT_NAMES:
            found.append(word.text)
        elif then in _TELLS and word.folded in given - NOT_NAMES:
            found.append(word.text)
        led = word.folded in leading or led and word.folded in lists["beside a name"]
    return tuple(found)


def _joined(words: Sequence[Word]) -> int:
    """Two where two are named side by side: "for my son and daughter", "for Eli and Micah"."""
    places = [at for at, word in enumerate(words) if word.folded == "and"]
    if len(places) != 1:
        return 0
    halves = words[: places[0]], words[places[0] + 1 :]
    led = bool(words) and words[0].folded == "for"
    return 2 if all(_is_somebody(half, named=led) for half in halves) else 0


def _is_somebody(words: Sequence[Word], *, named: bool) -> bool:
    lists = word_lists("parties")
    kin = (lists["leads to a name"] | lists["somebody"]) - lists["leads to anything"]
    said = {word.folded for word in words}
    if not said or len(words) > _LONGEST_HALF:
        return False
    if not said.isdisjoint(kin - {"named", "called", "name"} | lists["no customer"]):
        return True
    names = [word for word in words if word.folded != "for"]
    return named and len(names) == 1 and names[0].folded not in NOT_NAMES


def _count(words: Sequence[Word], at: int) -> int:
    word = words[at].folded
    if at + 1 < len(words) and words[at + 1].folded.startswith(("year", "month", "week", "old")):
        return 0
    if word in word_lists("parties")["two"]:
        return 2
    if at + 1 == len(words) and (not at or words[at - 1].folded not in _BEFORE_A_COUNT):
        return 0  # "they're five"
    digits = DIGITS.get(word, word)
    number = TEENS.get(word) or (int(digits) if digits.isdigit() else 0)
    return number if 1 < number <= _MOST else 0
