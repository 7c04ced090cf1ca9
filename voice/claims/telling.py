"""What a clause of ours tells, stretch by stretch, with what hangs on it: "no", "if", "I can"."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

ADVERBS = frozenset(
    """all now just already also officially successfully finally fully safely firmly both duly
    still currently quickly completely definitely indeed then so ahead really here hereby well
    truly only too ever again simply personally gladly kindly even actually certainly always
    already absolutely most very quite rather""".split()
)
_DENIALS = frozenset(
    """not never no nothing none nobody cannot neither nor unable without hardly almost nearly
    unfortunately failed unsuccessful""".split()
)
_CONDITIONS = frozenset("if once unless until whether whenever before after when while".split())
_PLANS = frozenset(
    """will would can could shall may might must let need needs going want wants able ready
    happy glad try trying to like""".split()
)
_PERHAPS = _PLANS - {"will", "going", "happy", "glad", "ready", "to", "want"}
_SUBJECTS = frozenset("i we you it that this he she they everything all things both there".split())
_MATTERS = frozenset("appointment booking visit slot spot place session reservation".split())
_MAY_BE = _SUBJECTS | _MATTERS | {"here", "what", "who", "where", "let"}
"""After these an 's is a verb; a name's may be its own."""
_HELPERS = frozenset("is are am was were has have had will got".split())
_INVERTING = frozenset("do does did shall should can could may let would will".split())
_SHORT = {"'m": "am", "'re": "are", "'ve": "have", "'ll": "will", "'d": "would"}
_TOKEN = re.compile(
    r"[^\W\d_]+(?=n't\b)|n't\b|'(?:m|re|ve|ll|d|s)\b|o'clock|\d[\w:.,]*\w|\w[\w-]*", re.IGNORECASE
)
_IDIOM = re.compile(
    r"\b(?:(?:don't|not to|no need to) worry(?: about (?:it|that|a thing))?|"
    r"why (?:don't (?:we|you)|not)|"
    r"(?:no|not (?:a|any)|without (?:a |any )?) ?(?:problems?|worries|trouble|bother|issues?|fuss|"
    r"hitch|doubt|delay|stress)(?: at all)?|can't wait|won't take long|if you don't mind|not only|"
    r"if you need\b.*|if (?:anything|there)\b.*)",
    re.IGNORECASE,
)
"""Words that deny nothing and set no condition, though they look like it."""
_SEEN = re.compile(
    r"\b(?:i|we) (?:can|could|would|'d|will|'ll|do)? ?(?:happily |gladly )?(?:see|confirm|tell you|"
    r"say|assure you|promise(?: you)?|guarantee) (?:here )?(?:that )?(?=(?:you|your|we|it|he|"
    r"she|they|there|the|that|everything)\b)",
    re.IGNORECASE,
)
"""What opens so is told as a fact, whatever stands before it."""
_BREAK = re.compile(r"[,.!?;:]\s|\s[-–—]\s|\s+and (?=(?:i|we|you|it|your|that|he|she)\b)", re.I)


@dataclass(frozen=True, slots=True)
class Told:
    """A stretch of words between two commas: lower case, short forms in full."""

    words: tuple[str, ...]
    conditional: bool = False
    """What stood before it set a condition: "once I have your name, …"."""

    def denied(self, at: int) -> bool:
        """Whether a word there is denied by one before it."""
        return not _DENIALS.isdisjoint(self.words[:at])

    def planned(self, at: int) -> bool:
        """Whether what stands there is to be, may be, or hangs on something."""
        return self._open(at, _PLANS)

    def perhaps(self, at: int) -> bool:
        """The same, where "will" settles it: "Ben will see you"."""
        return self._open(at, _PERHAPS)

    def _open(self, at: int, words: frozenset[str]) -> bool:
        told = zip(("", *self.words), self.words[:at], strict=False)
        if self.conditional or any(one in _CONDITIONS and before != "is" for before, one in told):
            return True
        return not words.isdisjoint(self.words[self._subject(at) : at])

    def _subject(self, at: int) -> int:
        """Where the last subject before that begins: a plan before it is not about this."""
        for back in range(at - 1, 0, -1):
            inverted = self.words[back - 1] in _INVERTING
            follows = self.words[back + 1 : back + 2]
            if self.words[back] in _SUBJECTS and follows and follows[0] in _HELPERS:
                return 0 if inverted else back
        return 0


@lru_cache(maxsize=64)
def tellings(text: str) -> tuple[Told, ...]:
    """All stretches of a clause in order."""
    conditional = False
    found = []
    for stretch in _BREAK.split(_SEEN.sub(", ", _IDIOM.sub(" , ", text)) + " "):
        words = tokens(stretch)
        if not words:
            continue
        first = [word for word in words[:4] if word not in ("so", "then", "and", "well", "just")]
        sets = first[:1] and first[0] in _CONDITIONS or words[:2] == ("as", "soon")
        found.append(Told(words, conditional or bool(sets)))
        conditional = conditional or bool(sets)
    return tuple(found)


@lru_cache(maxsize=4096)
def tokens(text: str) -> tuple[str, ...]:
    """Lower case, short forms in full; a name's own 's is left out."""
    words: list[str] = []
    found = [one.lower() for one in _TOKEN.findall(text.replace("’", "'"))]
    for at, word in enumerate(found):
        if word == "n't":
            words[-1:] = [{"ca": "can", "wo": "will", "sha": "shall"}.get(words[-1], words[-1])]
            words.append("not")
        elif word == "'s":
            following = found[at + 1] if at + 1 < len(found) else ""
            if words[-1:] and (
                words[-1] in _MAY_BE or following.endswith(("ing", "ed")) or following in ADVERBS
            ):
                words.append("us" if words[-1] == "let" else "is")
        else:
            words.append(_SHORT.get(word, word))
    return tuple(words)
