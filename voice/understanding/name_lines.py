"""A name as it is written, and the words in which it was said."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from voice.understanding.words import Word

Span = tuple[int, int]


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
    """The words of a name, and a plain text of them whose offsets lead back to the words."""

    words: Sequence[Word]

    @cached_property
    def joined(self) -> str:
        """The folded words with single spaces."""
        return " ".join(word.folded for word in self.words)

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
