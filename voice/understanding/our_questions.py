"""What a question of ours, in whatever words a model puts it, asks the caller for."""

from __future__ import annotations

import re
from typing import Literal

AskedFor = Literal[
    "anything_else", "confirm_cancel", "confirm_move", "confirm", "person", "reference", "name",
    "phone", "time", "date", "choose", "service",
]  # fmt: skip

_ASKS: tuple[tuple[AskedFor, str], ...] = (
    ("anything_else", r"anything else|something else|else (?:i|we) can|else can (?:i|we)"),
    ("confirm_cancel", r"\b(?:shall|should|want|like|may|can|sure|go ahead) .*\bcancel"),
    ("confirm_move", r"\b(?:shall|should|want|like|may|can) .*\b(?:move|reschedule|change)\b"),
    (
        "confirm",
        r"\b(?:shall|should|want|like|may|can) .*\b(?:book|reserve|schedule|confirm|go ahead|"
        r"put you down)\b|\b(?:is|are|does) (?:that|this|it|everything|these) (?:all )?"
        r"(?:right|correct|look|sound)",
    ),
    ("person", r"\b(?:put you through|transfer you|connect you|speak (?:to|with) (?:a|some))"),
    ("reference", r"\breference\b"),
    ("name", r"\bname\b"),
    ("phone", r"\b(?:phone|telephone|mobile|cell|number)\b"),
    ("time", r"\b(?:what|which) time|morning or (?:the )?afternoon"),
    ("date", r"\b(?:what|which) (?:day|date)|\bwhen\b"),
    ("choose", r"\b(?:which|suits?|works?|either|prefer)\b"),
    (
        "service",
        r"\bwhat (?:would you like|can|do you need|kind|service|are you)|\bwhich service|help you",
    ),
)


def asked_for(sentence: str) -> AskedFor | None:
    """None for what is no question, or asks for something else."""
    if not sentence.rstrip("\"')]”’").endswith("?"):
        return None
    return next((what for what, words in _ASKS if re.search(words, sentence, re.IGNORECASE)), None)
