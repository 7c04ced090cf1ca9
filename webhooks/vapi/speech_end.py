"""How long Vapi should wait before the caller counts as done, when it asks us."""

from __future__ import annotations

import re

_DICTATING = re.compile(r"(?:\d|\b(?:zero|oh|one|two|three|four|five|six|seven|eight|nine))[\s-]*$")
_UNFINISHED = re.compile(
    r"(?:,|\b(?:and|or|but|so|because|um+|uh+|er+|the|a|an|my|on|at|to|for|with|from|is|it's))\s*$",
    re.IGNORECASE,
)
_FINISHED = re.compile(r"[.?!]\s*$")

FINISHED_SECONDS = 0.2
OPEN_SECONDS = 0.7
DICTATING_SECONDS = 1.2
UNFINISHED_SECONDS = 1.6


def pause_before_reply(said: str) -> float:
    """Seconds: numbers come in groups, and nobody ends on "and"."""
    if _DICTATING.search(said.casefold().rstrip(".")):
        return DICTATING_SECONDS
    if _UNFINISHED.search(said):
        return UNFINISHED_SECONDS
    return FINISHED_SECONDS if _FINISHED.search(said) else OPEN_SECONDS
