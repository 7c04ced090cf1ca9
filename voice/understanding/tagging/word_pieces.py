"""Words cut into the pieces that the tagger's encoder knows, BERT's uncased way."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Sequence

UNKNOWN, BEGIN, END = "[UNK]", "[CLS]", "[SEP]"
LONGEST_WORD = 100
"""Characters; a longer word is unknown."""


class WordPieces:
    """A vocabulary of pieces; a piece that goes on inside a word is written `##ing`."""

    def __init__(self, pieces: Sequence[str]) -> None:
        self._ids = {piece: number for number, piece in enumerate(pieces)}
        self._unknown = self._ids[UNKNOWN]
        self._longest = max(map(len, pieces))
        self._words: dict[str, tuple[int, ...]] = {}
        self.begin, self.end = self._ids[BEGIN], self._ids[END]

    def ids(self, word: str) -> tuple[int, ...]:
        """The pieces of one stretch without spaces; none where nothing in it can be read."""
        known = self._words.get(word)
        if known is None:
            known = tuple(piece for part in _parts(word) for piece in self._cut(part))
            if len(self._words) < 20_000:  # callers' own words must not fill the memory
                self._words[word] = known
        return known

    def of_text(self, text: str, most: int) -> list[int]:
        """[begin] the pieces of a text [end], not more than that many."""
        pieces = [piece for word in text.split() for piece in self.ids(word)]
        return [self.begin, *pieces[: most - 2], self.end]

    def _cut(self, part: str) -> list[int]:
        """The longest known piece first, then the longest of the rest."""
        if len(part) > LONGEST_WORD:
            return [self._unknown]
        found, start = [], 0
        while start < len(part):
            head = "##" if start else ""
            for end in range(min(len(part), start + self._longest), start, -1):
                piece = self._ids.get(head + part[start:end])
                if piece is not None:
                    found.append(piece)
                    start = end
                    break
            else:
                return [self._unknown]
        return found


def _parts(word: str) -> Iterator[str]:
    """Folded runs of letters and digits, and every mark by itself."""
    run = ""
    if not word.isascii():
        word = unicodedata.normalize("NFD", word)
    for sign in word.lower():
        kind = unicodedata.category(sign)
        if kind == "Mn" or kind[0] == "C" or sign == "\ufffd":
            continue
        if not _stands_alone(sign, kind):
            run += sign
            continue
        if run:
            yield run
        run = ""
        yield sign
    if run:
        yield run


def _stands_alone(sign: str, kind: str) -> bool:
    ideograph = "\u3400" <= sign <= "\u9fff" or "\uf900" <= sign <= "\ufaff"
    return ideograph or kind[0] == "P" or (sign.isascii() and not sign.isalnum())
