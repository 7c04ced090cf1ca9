"""Word error rate, with numbers counted as words however a recogniser writes them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

SMALL = (
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen "
    "fifteen sixteen seventeen eighteen nineteen"
).split()
TENS = "zero ten twenty thirty forty fifty sixty seventy eighty ninety".split()
FIRST = {
    "one": "first", "two": "second", "three": "third", "five": "fifth", "eight": "eighth",
    "nine": "ninth", "twelve": "twelfth",
}  # fmt: skip
SAME = {
    "mr": ["mister"], "mrs": ["missus"], "dr": ["doctor"], "ok": ["okay"], "oh": ["zero"],
    "&": ["and"], "@": ["at"], "checkup": ["check", "up"], "ill-disposed": ["ill", "disposed"],
}  # fmt: skip
_PIECE = re.compile(r"\d+(?:st|nd|rd|th)\b|\d+|[a-z]+(?:'[a-z]+)*|[&@]|(?<=\w)\.(?=[a-z])")


def word_errors(said: Sequence[str], heard: Sequence[str]) -> int:
    """Fewest substitutions, deletions and insertions that turn one into the other."""
    row = list(range(len(heard) + 1))
    for i, word in enumerate(said, 1):
        before, row[0] = row[0], i
        for j, other in enumerate(heard, 1):
            before, row[j] = row[j], min(row[j] + 1, row[j - 1] + 1, before + (word != other))
    return row[-1]


def scored_words(text: str, *, digits: bool = False) -> list[str]:
    """The words of a text in one style; `digits` reads every number digit by digit."""
    return [word for piece in _PIECE.findall(text.lower()) for word in _words(piece, digits)]


def _words(piece: str, digits: bool) -> Iterator[str]:
    if piece == ".":
        yield "dot"
    elif piece in SAME:
        yield from SAME[piece]
    elif not piece[0].isdigit():
        yield piece
    elif not piece.isdigit():
        *tens, last = _cardinal(int(piece[:-2]))
        yield from tens
        yield FIRST.get(last, f"{last[:-1]}ieth" if last.endswith("y") else f"{last}th")
    elif digits or len(piece) > 4 or piece[0] == "0":
        yield from (SMALL[int(digit)] for digit in piece)
    elif len(piece) > 2:  # a clock time without its colon: "930"
        yield from _cardinal(int(piece[:-2]))
        yield from _cardinal(int(piece[-2:]))
    else:
        yield from _cardinal(int(piece))


def _cardinal(number: int) -> list[str]:
    """Below a hundred."""
    if number < len(SMALL):
        return [SMALL[number]]
    tens, ones = divmod(number, 10)
    return [TENS[tens], SMALL[ones]] if ones else [TENS[tens]]
