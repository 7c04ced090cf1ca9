"""What people said, from the hands of examples that are kept from training, piece by piece.

What lies in `kept_hands` is nobody's to learn from: a reader that had seen it would be rehearsed
in words it knows.
"""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

KEPT_HANDS = "kept_hands"
_KINDS = ("slot", "matter", "topic", "kind")
_JOINTS = frozenset(
    "and but so or um uh er erm well like oh ah okay ok right just cause because then yeah now "
    "please actually anyway look listen hmm mm if be it's that's is for with to i".split()
)
"""Words between two pieces that may stay or go when one of them goes."""
_MAY_GO = ("story", "social:", "noise:", "ask:", "give:party", "give:other")
"""What can be left out without the rest meaning something else."""


@dataclass(frozen=True, slots=True)
class Piece:
    """Some words of a turn, and what they do; no label: they only join."""

    text: str
    label: str = ""
    """`affirm`, `give:when`; a value that replaces an earlier one ends in `!`."""
    which: int | None = None
    """Of a choice: the place among the offers."""


@dataclass(frozen=True, slots=True)
class Turn:
    """One turn of a caller."""

    id: str
    domain: str
    asked: str
    agent: str
    offers: tuple[str, ...]
    pieces: tuple[Piece, ...]

    @property
    def labels(self) -> Counter[str]:
        """What the turn does."""
        return Counter(piece.label for piece in self.pieces if piece.label)

    def only(self, keep: Sequence[int]) -> Turn | None:
        """Without the pieces at the other places; None when the rest would not read on."""
        left: list[Piece] = []
        for place, piece in enumerate(self.pieces):
            if place in keep or not piece.label:
                left.append(piece)
                continue
            if not piece.label.startswith(_MAY_GO) or piece.label.endswith("!"):
                return None
            around = [
                self.pieces[at] for at in (place - 1, place + 1) if 0 <= at < len(self.pieces)
            ]
            if not all(_is_joint(each.text) for each in around if not each.label):
                return None
            if left and left[-1].label.startswith("want:"):  # it would want nothing any more
                return None
            if left and not left[-1].label:
                left.pop()
        return Turn(self.id, self.domain, self.asked, self.agent, self.offers, _tidied(left))


def words_of(text: str) -> list[str]:
    """Lower-case words; an apostrophe belongs to its word."""
    return re.findall(r"[^\W_]+(?:['’][^\W_]+)*", text.lower())


@cache
def kept_turns() -> tuple[Turn, ...]:
    """Every turn of the kept hands."""
    folder = files("rehearsal") / KEPT_HANDS
    hands = sorted(
        (each for each in folder.iterdir() if each.name.endswith(".jsonl")),
        key=lambda each: each.name,
    )
    return tuple(
        _turn(json.loads(line))
        for hand in hands
        for line in hand.read_text(encoding="utf-8").splitlines()
    )


@cache
def turns_after(*asked: str) -> tuple[Turn, ...]:
    """What people said to these questions."""
    return tuple(turn for turn in kept_turns() if turn.asked in asked)


@cache
def pieces_like(label: str) -> tuple[Turn, ...]:
    """Every piece that does this, each as a turn of its own: it can be understood alone."""
    return tuple(
        Turn(turn.id, turn.domain, turn.asked, turn.agent, turn.offers, (piece,))
        for turn in kept_turns()
        for piece in turn.pieces
        if piece.label == label
    )


def _turn(row: dict[str, object]) -> Turn:
    text, at = str(row["text"]), 0
    pieces: list[Piece] = []
    for act in row["acts"]:  # type: ignore[attr-defined]
        begin = text.index(act["text"], at)
        pieces += _joining(text[at:begin])
        at = begin + len(act["text"])
        pieces.append(Piece(act["text"], _label(act), act.get("which")))
    pieces += _joining(text[at:])
    return Turn(
        id=str(row["id"]),
        domain=str(row["domain"]),
        asked=str(row["asked"]),
        agent=str(row["agent"]),
        offers=tuple(row["offers"]),  # type: ignore[arg-type]
        pieces=tuple(pieces),
    )


def _joining(text: str) -> list[Piece]:
    return [Piece(text.strip())] if text.strip() else []


def _label(act: dict[str, str]) -> str:
    kind = next((act[key] for key in _KINDS if act.get(key)), "")
    label = f"{act['act']}:{kind}" if kind else act["act"]
    return f"{label}!" if act.get("corrects") else label


def _is_joint(text: str) -> bool:
    return all(word in _JOINTS for word in words_of(text))


def _tidied(pieces: Sequence[Piece]) -> tuple[Piece, ...]:
    """Without joints that join nothing any more: at the ends, and after one another."""
    left = list(pieces)
    while left and not left[-1].label and _is_joint(left[-1].text):
        left.pop()
    while left and not left[0].label and _is_joint(left[0].text):
        left.pop(0)
    return tuple(
        piece
        for place, piece in enumerate(left)
        if piece.label or place == 0 or left[place - 1].label or not _is_joint(piece.text)
    )
