"""Whisper's vocabulary: pieces of words as bytes, joined by rank (byte-pair encoding, GPT-2's)."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

_WORDS = re.compile(r"'(?:s|t|re|ve|m|ll|d)| ?[^\W\d_]+| ?\d+| ?(?:[^\s\w]|_)+|\s+(?!\S)|\s+")


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """Text to pieces and back. Pieces from `first_special` on are signs, not text."""

    pieces: tuple[str, ...]
    """By id."""
    ids: Mapping[str, int]
    ranks: Mapping[tuple[str, str], int]
    """Which two pieces are joined first: the lower."""
    first_special: int

    def encode(self, text: str) -> list[int]:
        """The ids of the pieces of `text`."""
        return [
            self.ids[piece]
            for word in _WORDS.findall(text)
            for piece in self._joined([_SIGN_OF[byte] for byte in word.encode()])
        ]

    def decode(self, ids: Iterable[int]) -> str:
        """The text of the pieces; signs say nothing, and half a letter is left out."""
        signs = "".join(self.pieces[number] for number in ids if number < self.first_special)
        return bytes(_BYTE_OF[sign] for sign in signs).decode(errors="ignore")

    def texts(self) -> Iterator[tuple[int, str]]:
        """Every piece that is no sign, with its id."""
        return ((number, self.decode([number])) for number in range(self.first_special))

    def _joined(self, pieces: Sequence[str]) -> Sequence[str]:
        while len(pieces) > 1:
            best = min(
                zip(pieces, pieces[1:], strict=False),
                key=lambda pair: self.ranks.get(pair, len(self.ranks)),
            )
            if best not in self.ranks:
                break
            pieces = _join(pieces, best)
        return pieces


def read_vocabulary(tokenizer_json: bytes) -> Vocabulary:
    """From a `tokenizer.json`, whose digest its reader has checked."""
    told = json.loads(tokenizer_json)
    ids: dict[str, int] = told["model"]["vocab"]
    specials = {added["content"]: added["id"] for added in told["added_tokens"]}
    every = ids | specials
    pieces = [""] * (max(every.values()) + 1)
    for piece, number in every.items():
        pieces[number] = piece
    merges = (tuple(merge.split(" ")) for merge in told["model"]["merges"])
    return Vocabulary(
        pieces=tuple(pieces),
        ids=every,
        ranks={(left, right): rank for rank, (left, right) in enumerate(merges)},
        first_special=min(specials.values()),
    )


def _join(pieces: Sequence[str], pair: tuple[str, str]) -> list[str]:
    joined: list[str] = []
    at = 0
    while at < len(pieces):
        if tuple(pieces[at : at + 2]) == pair:
            joined.append("".join(pair))
            at += 2
        else:
            joined.append(pieces[at])
            at += 1
    return joined


def _signs() -> dict[int, str]:
    """GPT-2 writes each byte as one visible letter: itself where it is one, else from U+0100 on."""
    visible = {*range(0x21, 0x7F), *range(0xA1, 0xAD), *range(0xAE, 0x100)}
    hidden = iter(range(0x100, 0x200))
    return {byte: chr(byte if byte in visible else next(hidden)) for byte in range(256)}


_SIGN_OF = _signs()
_BYTE_OF = {sign: byte for byte, sign in _SIGN_OF.items()}
