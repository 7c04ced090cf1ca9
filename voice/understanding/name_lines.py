"""A line of words in which a name is looked for, with its punctuation, capitals and numbers."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from voice.understanding.words import Word

Span = tuple[int, int]

LEAD = frozenset(
    """yes yeah yep yup sure ok okay oh um uh uhm er erm well so its it is thats that would be the
    name my names this im i am of course hi hello hey and please right no sorry actually under just
    thanks thank you mr mrs ms miss mister missus dr first last full absolutely certainly definitely
    mam maam sir for correct great perfect yea hmm""".split()
)
"""Words before a name, and before its letters."""
_NO_BREAK_AFTER = frozenset({"mr", "mrs", "ms", "dr", "st", "jr"})


@dataclass(frozen=True, slots=True)
class NameHeard:
    """A name as we would write it, and where its parts were said."""

    name: str
    parts: tuple[Span, ...]

    @property
    def span(self) -> Span:
        """From the first part to the last."""
        return self.parts[0][0], self.parts[-1][1]


@dataclass(frozen=True)
class NameLine:
    """The words, and a plain text of them whose offsets lead back to the words."""

    text: str
    words: Sequence[Word]
    numbers: Sequence[Span]
    """Spans of telephone numbers."""

    @cached_property
    def joined(self) -> str:
        """The folded words with single spaces."""
        return " ".join(word.folded for word in self.words)

    @cached_property
    def cased(self) -> bool:
        """Whether capitals in this text mean anything."""
        upper = [word.text[0].isupper() for word in self.words]
        return any(upper[1:]) and not all(upper)

    @cached_property
    def _starts(self) -> list[int]:
        starts, place = [], 0
        for word in self.words:
            starts.append(place)
            place += len(word.folded) + 1
        return starts

    def word_at(self, offset: int) -> int:
        """The index of the first word that begins at or after this offset of `joined`."""
        return next(
            (at for at, start in enumerate(self._starts) if start >= offset), len(self.words)
        )

    def joined_after(self, index: int) -> str:
        """What follows the word before this one in `joined`, its space included."""
        if index >= len(self.words):
            return ""
        return self.joined[self._starts[index] - 1 :]

    def in_number(self, index: int) -> bool:
        """Whether this word is part of a telephone number."""
        if index >= len(self.words):
            return False
        word = self.words[index]
        return any(start < word.end and word.start < end for start, end in self.numbers)

    def breaks_before(self, index: int) -> bool:
        """Whether punctuation parts this word from the one before."""
        before = self.words[index - 1]
        between = self.text[before.end : self.words[index].start]
        short = len(before.folded) == 1 or before.folded in _NO_BREAK_AFTER
        return any(sign in ",.;:!?()" for sign in between) and not short

    def end_clauses(self) -> list[tuple[int, int]]:
        """The first and the last stretch between punctuation, as indices of words."""
        breaks = [at for at in range(1, len(self.words)) if self.breaks_before(at)]
        if not self.words:
            return []
        if not breaks:
            return [(0, len(self.words))]
        return [(0, breaks[0]), (breaks[-1], len(self.words))]


def write_name(said: str) -> str:
    """Title case with the usual inner capitals, unless the words came with their own."""
    bare = said.strip("'’")
    if not bare.isupper() and any(sign.isupper() for sign in bare[1:]):
        return bare
    pieces = re.split(r"([-'’])", bare.lower())
    written = "".join(piece[:1].upper() + piece[1:] for piece in pieces)
    if len(pieces) > 1 and pieces[-1] == "s":
        written = written[:-1] + "s"
    return re.sub(r"^(Mc)([a-z])", lambda found: found[1] + found[2].upper(), written)
