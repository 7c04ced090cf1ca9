"""Whether a caller who has fallen silent is likely to go on, by the last of their words."""

from __future__ import annotations

import re

from voice.understanding.acts import Reading

_DICTATING = re.compile(r"(?:\d|\b(?:zero|oh|one|two|three|four|five|six|seven|eight|nine))[\s-]*$")
_UNFINISHED = re.compile(
    r"(?:,|-|\b(?:and|or|but|so|because|um+|uh+m?|er+m?|hmm+|well|like|the|a|an|my|on|at|to|for|with"
    r"|from|of|is|it's|its|it is|name's|i'm|i'd like|i want|let me see|let's see))$",
    re.IGNORECASE,
)
_SPELLED = re.compile(r"(?:^|[\s,.-])[A-Za-z](?:[\s,.-]+[A-Za-z])*$")
_SIGNS = re.compile(r"[A-Za-z0-9](?![A-Za-z])")
_BYE = re.compile(r"\b(?:good)?bye$", re.IGNORECASE)
_REFERENCE_SIGNS = 6
_BESIDE_WAITING = frozenset({"hold", "social", "story", "noise", "affirm", "deny"})


def ends_open(words: str) -> bool:
    """Whether nobody ends so: "and", "my", a comma."""
    return _UNFINISHED.search(words) is not None


def ends_with_goodbye(words: str) -> bool:
    """Whether the last word takes leave."""
    return _BYE.search(words) is not None


def is_dictating(words: str) -> bool:
    """Whether a digit was said last: numbers come in groups."""
    return _DICTATING.search(words.casefold()) is not None


def is_spelling(words: str) -> bool:
    """Whether a single letter was said last."""
    return _SPELLED.search(words) is not None


def has_few_signs(words: str) -> bool:
    """Whether letters and digits are being said, and not yet as many as a reference has."""
    last = words.rsplit(maxsplit=1)[-1] if words else ""
    dictated = is_dictating(words) or any(map(str.isdigit, last))
    return dictated and len(_SIGNS.findall(words)) < _REFERENCE_SIGNS


def only_asks_to_wait(reading: Reading) -> bool:
    """Whether we are asked to wait, and nothing else."""
    waits = reading.first("hold") is not None
    return waits and all(act.name in _BESIDE_WAITING for act in reading.acts)
