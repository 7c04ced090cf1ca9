"""Turns since the caller last heard an answer: they are asked again as one."""

from __future__ import annotations

from dataclasses import dataclass

from voice.turn import CallFacts, Turn


@dataclass(frozen=True, slots=True)
class Unheard:
    """The run of turns, in their order."""

    first: int = 0
    texts: tuple[str, ...] = ()
    keys: tuple[str, ...] = ()

    def and_then(self, number: int, text: str, keys: tuple[str, ...]) -> Unheard:
        """With one more turn."""
        first = self.first if self.texts else number
        return Unheard(first, (*self.texts, text), (*self.keys, *keys))

    def turn(self, call: CallFacts, number: int) -> Turn:
        """All of them as one; history is the journal's."""
        text = " ".join(filter(None, self.texts))
        return Turn(call, number, self.first, text, None, self.keys)
