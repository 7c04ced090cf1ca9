"""Whether words that are read as a yes say so plainly: a second witness beside the model.

A refusal in an idiom that the model never met ("is it heck") may look like a yes to it. A yes in
words that examples know as one does not.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterable

from voice.understanding.word_lists import word_lists

MOST_OFTEN = 0.5
"""The share of a word's uses in which it must be part of a yes, to be a word of yes."""
_WORD = re.compile(r"[a-z0-9']+")
_NEGATIONS = frozenset({"no", "not", "nah", "nope", "never", "none", "cannot", "without"})

Yes = tuple[str, str]
"""A caller's turn, and what of it is a yes (empty where nothing is)."""


def yes_phrases(turns: Iterable[tuple[str, Collection[str]]]) -> list[str]:
    """Of turns with what of them is a yes: the words that mostly are part of one, and the yeses
    of several words that come more than once."""
    said: Counter[str] = Counter()
    in_a_yes: Counter[str] = Counter()
    whole: Counter[str] = Counter()
    for text, yeses in turns:
        said.update(_WORD.findall(text.lower()))
        for each in yeses:
            in_a_yes.update(_WORD.findall(each.lower()))
            whole[_plain(each)] += 1
    words = {word for word, n in in_a_yes.items() if (n - 0.3) / (said[word] + 1) > MOST_OFTEN}
    many = {each for each, n in whole.items() if n > 1}
    return sorted(words | many)


def says_yes(words: str, phrases: Collection[str]) -> bool:
    """Whether these words are a known yes, or hold a word of yes and nothing that denies, or are
    made of known yeses alone."""
    if _plain(words) in phrases or is_all_yes(words, phrases):
        return True
    found = _plain(words).split()
    return not denies(words) and any(each in phrases for each in found)


def is_all_yes(words: str, phrases: Collection[str]) -> bool:
    """Whether nothing but several known yeses is said, one behind the other: "go on, book it"; the
    hesitation before them apart."""
    said = _plain(words).split()
    while said and said[0] in word_lists("refusals")["before"] and said[0] not in phrases:
        said = said[1:]
    ends = {0}
    """Places up to which the words are made of known yeses."""
    for end in range(1, len(said) + 1):
        if any(" ".join(said[start:end]) in phrases for start in ends):
            ends.add(end)
    return len(said) > 1 and len(said) in ends and not denies(words)


def denies(words: str) -> bool:
    """Whether a word of them says no or not."""
    found = _plain(words).split()
    return any(each in _NEGATIONS or each.endswith(("n't", "dont", "cant")) for each in found)


def _plain(words: str) -> str:
    return " ".join(_WORD.findall(words.lower().replace("’", "'")))
