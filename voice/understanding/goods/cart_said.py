"""Which thing of a cart a number or a no belongs to: the one that is named beside it."""

from __future__ import annotations

from collections.abc import Sequence

from voice.understanding.goods.goods_said import quantity_said
from voice.understanding.reading import Named
from voice.understanding.services.matching import stem
from voice.understanding.word_lists import says_any, word_lists
from voice.understanding.words import words_of

BEHIND = frozenset({"off", "out", "away", "back", "again", "instead"})
"""Words behind a thing that still are of it: "take the floss off"."""


def things_headed(text: str, goods: Sequence[Named]) -> tuple[str, ...]:
    """Ids of the things whose sort is named, whatever is said before it: "so leave the cord off";
    of several of one sort those of whose names most is said. A "card number" is no card."""
    heard, lists = words_of(text), word_lists("shopping")
    said = {stem(word.folded) for word in heard}
    headed = set(said)
    ending = lists["out"] | lists["polite"] | lists["after"] | lists["joint"]
    for word, behind in zip(heard, heard[1:], strict=False):
        if behind.folded not in ending and text[word.end : behind.start].isspace():
            headed.discard(stem(word.folded))
    fitting: dict[str, tuple[int, list[str]]] = {}
    for each in goods:
        stems = {stem(word.folded) for name in each.names for word in words_of(name)}
        for head in head_words([each]) & headed:
            most, ids = fitting.get(head, (0, []))
            told = len(stems & said)
            if told >= most:
                fitting[head] = (told, [*(ids if told == most else ()), each.id])
    return tuple(dict.fromkeys(one for _, ids in fitting.values() for one in ids))


def by_thing(text: str, start: int, end: int, goods: Sequence[Named]) -> list[tuple[int, int]]:
    """A clause as one stretch for each thing that has its own number or no: "three of the masks |
    not cords | just the one cord"."""
    heads, heard = head_words(goods), words_of(text[start:end])
    ends = []
    for at, word in enumerate(heard):
        if stem(word.folded) in heads:
            while at + 1 < len(heard) and heard[at + 1].folded in BEHIND:
                at += 1
            ends.append(start + heard[at].end)
    found: list[tuple[int, int]] = []
    for last in ends:
        first = found[-1][1] if found else start
        words = text[first:last]
        if found and not (quantity_said(words) or says_any("shopping", "out", words)):
            first = found.pop()[0]
        found.append((first, last))
    if len(found) < 2:
        return [(start, end)]
    found[-1] = (found[-1][0], end)
    return [(last - len(text[first:last].lstrip()), last) for first, last in found]


def head_words(goods: Sequence[Named]) -> set[str]:
    """The words that say of what sort these are: the last of each name, before what qualifies it
    behind a comma."""
    named = [words_of(name.partition(",")[0]) for each in goods for name in each.names]
    return {stem(words[-1].folded) for words in named if words}
