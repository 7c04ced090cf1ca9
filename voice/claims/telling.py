"""Who is spoken of in a clause of ours, and what is told of them as a fact: "your visit | is set".

Only as much grammar as the claims need. What is asked, planned, denied or hangs on a condition is
no fact.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from voice.claims.bare_hours import HOUR_WORDS

Who = Literal["we", "you", "thing", "noun", "hour", "nobody"]

_PRONOUNS: dict[str, Who] = {
    "i": "we", "we": "we", "you": "you", "it": "thing", "that": "thing", "this": "thing",
    "everything": "thing", "all": "thing", "things": "thing", "both": "thing",
}  # fmt: skip
_DETERMINERS = frozenset("the your our a an that this his her their my".split())
_HELPERS = frozenset(
    """is are am was were has have had been being got gets get goes gone went be become looks
    stands shows show lists sits seems remains reads says stays comes starts begins falls exists
    runs""".split()
)
_ADVERBS = frozenset(
    """all now just already also officially successfully finally fully safely firmly both duly
    still currently quickly completely definitely indeed then so ahead and really here hereby as
    good well truly only too ever again simply personally gladly kindly""".split()
)
_MODALS = frozenset("will would can could shall should may might must let need to going".split())
_DENIALS = frozenset(
    "not never no nothing none nobody cannot neither nor unable without hardly".split()
)
_CONDITIONS = frozenset("if once unless until whether whenever".split())
_NOT_BEFORE_THAT = frozenset("before after when while".split())
"""What follows one of these is not told to have happened: "your name, before it's booked"."""
_WITH_WHOM = re.compile(
    r"\b(appointment|booking|visit|reservation) (?:with|for|on|at) [\w.' ]{1,60}?"
    r"(?='s\b| (?:is|was|has|begins|starts|falls|will|went|got)\b)",
    re.IGNORECASE,
)
_OPENINGS = frozenset(
    """okay ok great perfect right so alright well yes sure there good news and thanks thank you
    wonderful excellent lovely fantastic super brilliant awesome alrighty then now oh yep yeah ah
    please just congratulations hooray""".split()
)
"""What a sentence begins with before it says anything."""
_SHORT = {"'m": "am", "'re": "are", "'ve": "have", "'ll": "will", "'d": "would"}
_TOKEN = re.compile(r"[a-z]+(?=n't\b)|n't\b|'(?:m|re|ve|ll|d|s)\b|o'clock|[\w:-]+", re.IGNORECASE)
_IDIOM = re.compile(
    r"\b(?:(?:don't|not to|no need to) worry|why (?:don't (?:we|you)|not)|"
    r"(?:no|not (?:a|any)|without (?:a |any )?) ?(?:problems?|worries|trouble|bother|issues?|fuss|"
    r"hitch|doubt|delay)(?: at all)?|can't wait|won't take long|if you don't mind|not only|"
    r"if you need\b.*|if (?:anything|there)\b.*)",
    re.IGNORECASE,
)
"""Words that deny nothing and set no condition, though they look like it."""


@dataclass(frozen=True, slots=True)
class Telling:
    """One subject with what is told of it."""

    who: Who
    subject: tuple[str, ...]
    """The words of the subject, its determiner first."""
    helpers: tuple[str, ...]
    """`have been`, `will be`: what stands between."""
    word: str
    """What is told; empty at the end of the words."""
    rest: tuple[str, ...]
    """What follows that."""

    def follows(self, *words: str) -> bool:
        """Whether one of these comes next after the word."""
        return self.rest[:1] != () and self.rest[0] in words

    @property
    def planned(self) -> bool:
        """It will be, or may be."""
        return not _MODALS.isdisjoint(self.helpers)


def tellings(text: str) -> Iterator[Telling]:
    """Everything told as a fact or a plan, subject by subject; `nobody` where none is named."""
    for segment in re.split(r"[,.!;:]\s", _plain(text) + " "):
        words = _tokens(segment)
        if "as" in words[:1] and "soon" in words[1:2] or not _CONDITIONS.isdisjoint(words):
            if words[0] in _CONDITIONS | {"as"}:
                return  # what follows hangs on it: "once I have your name, you're all set"
            continue
        later = [at for at, word in enumerate(words) if word in _NOT_BEFORE_THAT]
        words = words[: min(later, default=len(words))]
        begin = 0
        while begin < len(words) - 1 and words[begin] in _OPENINGS:
            begin += 1
        if words[begin:]:
            yield _told("nobody", (), words[begin:])
        for at in range(len(words)):
            found = _subject(words, at)
            if found is not None and not _inverted(words, at + 1 - len(found[1])):
                told = _told(*found, words[at + 1 :])
                if _DENIALS.isdisjoint(told.helpers):
                    yield told


def _plain(text: str) -> str:
    return _WITH_WHOM.sub(r"\1", _IDIOM.sub(" , ", text))


def _subject(words: Sequence[str], at: int) -> tuple[Who, tuple[str, ...]] | None:
    word, after = words[at], words[at + 1 : at + 2]
    if word in HOUR_WORDS and after and after[0] not in HOUR_WORDS:
        return "hour", (word,)
    if not after or after[0] not in _HELPERS | _ADVERBS | _MODALS | _DENIALS:
        who = _PRONOUNS.get(word)
        return (who, (word,)) if who in ("we", "you", "thing") and after else None
    if word in _PRONOUNS and not (word == "all" and at and words[at - 1] in _HELPERS):
        return _PRONOUNS[word], (word,)
    if word in _HELPERS | _ADVERBS | _MODALS | _DENIALS:
        return None
    if word in ("o'clock", "am", "pm"):
        return "hour", (word,)
    for back in range(at - 1, max(at - 6, -1), -1):
        if words[back] in _DETERMINERS:
            return "noun", tuple(words[back : at + 1])
        if words[back] in _DENIALS:
            return None
        if words[back] in _HELPERS | _MODALS:
            break
    return "noun", (word,)


def _told(who: Who, subject: tuple[str, ...], words: Sequence[str]) -> Telling:
    at = 0
    if who != "nobody":
        small = _HELPERS | _ADVERBS | _MODALS | _DENIALS
        while at < len(words) and words[at] in small:
            at += 1
    else:
        while at < len(words) - 1 and words[at] in _ADVERBS:
            at += 1
    word = words[at] if at < len(words) else ""
    return Telling(who, subject, tuple(words[:at]), word, tuple(words[at + 1 :]))


def _inverted(words: Sequence[str], at: int) -> bool:
    """ "Shall I", "let me", "is it" at the beginning: the helper stands before the subject."""
    before = words[at - 1] if at else ""
    asked = at == 1 and before in ("is", "are", "was", "were", "have", "has", "am")
    return asked or before in _MODALS or before in ("do", "did", "does")


def _tokens(text: str) -> list[str]:
    """Lower case, short forms in full; a name's own 's is left out."""
    words: list[str] = []
    found = [one.lower() for one in _TOKEN.findall(text)]
    for at, word in enumerate(found):
        if word == "n't":
            words.append("not")
        elif word == "'s":
            following = found[at + 1] if at + 1 < len(found) else ""
            if words[-1:] and (
                words[-1] in _PRONOUNS
                or words[-1] in ("he", "she", "there", "here")
                or following.endswith(("ing", "ed"))
                or following in _ADVERBS
            ):
                words.append("is")
        else:
            words.append(_SHORT.get(word, word))
    return words
