"""How pressing a problem is, by the words in which it is told."""

from __future__ import annotations

from typing import Literal

from voice.understanding.loose_phrases import section_said

Urgency = Literal["low", "normal", "high", "urgent"]
_SAID: dict[str, Urgency] = {"urgent": "urgent", "high": "high", "low": "low"}
_ORDER: tuple[Urgency, ...] = ("low", "normal", "high", "urgent")


def urgency_of(text: str, *, upset: bool = False) -> Urgency:
    """As staff sort their tickets; `upset`: the caller's mood makes an ordinary one pressing."""
    said = _SAID.get(section_said(text, "urgency"), "normal")
    return "high" if upset and said in ("low", "normal") else said


def more_pressing(urgency: Urgency) -> Urgency:
    """The next step up: of who rings about the same thing again."""
    return _ORDER[min(_ORDER.index(urgency) + 1, len(_ORDER) - 2)]
