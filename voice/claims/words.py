"""The clauses of a sentence of ours, and the stretches of words in them: what is told, what is
asked, what is denied, planned, repeated or hangs on a condition."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property, lru_cache
from importlib.resources import files

_SECTION = re.compile(r"^\[([\w ]+)\]$")
_NAME = re.compile(r"\{([a-z_]+)\}")


class Wording:
    """The sections of one file."""

    def __init__(self, module: str) -> None:
        self._sections = {**_read("shared"), **_read(module)}

    def text(self, section: str) -> str:
        """The pattern, to be part of another."""
        return _NAME.sub(lambda found: self.text(found[1]), self._sections[section])

    def pattern(self, section: str) -> re.Pattern[str]:
        """The pattern, whatever the case."""
        return re.compile(self.text(section), re.IGNORECASE)

    def words(self, section: str) -> frozenset[str]:
        """The section as a list of words."""
        return frozenset(self._sections[section].split())


def _read(name: str) -> Mapping[str, str]:
    text = files("voice.claims").joinpath(f"english/{name}.txt").read_text("utf-8")
    sections: dict[str, str] = {}
    section = ""
    for line in text.splitlines():
        if found := _SECTION.match(line):
            section = found[1]
            sections[section] = ""
        elif line and not line.startswith("#"):
            joint = "" if not sections[section] or sections[section].endswith("|") else " "
            sections[section] += joint + line
    return sections


_SAYS = Wording("words")
ADVERBS = _SAYS.words("adverbs")
_DENIALS = _SAYS.words("denials")
_CONDITIONS = _SAYS.words("conditions")
_PLANS = _SAYS.words("plans")
_PERHAPS = _PLANS - {"will", "going", "happy", "glad", "ready", "to", "want"}
_MATTERS = _SAYS.words("matters")
_SUBJECTS = _SAYS.words("subjects")
_MAY_BE = _SUBJECTS | _MATTERS | {"here", "what", "who", "where", "let", "name"}
"""After these an 's is a verb; a name's may be its own."""
_HELPERS = _SAYS.words("helpers")
_INVERTING = _SAYS.words("inverting")
_SHORT = {"'m": "am", "'re": "are", "'ve": "have", "'ll": "will", "'d": "would"}
_TOKEN = re.compile(
    r"[^\W\d_]+(?=n't\b)|n't\b|'(?:m|re|ve|ll|d|s)\b|o'clock|\d[\w:.,]*\w|\w[\w-]*", re.IGNORECASE
)
_MINUTES_TO = _SAYS.pattern("minutes_to")
_IDIOM = _SAYS.pattern("idiom")
"""Words that deny nothing and set no condition, though they look like it."""
_SEEN = _SAYS.pattern("seen")
"""What opens so is told as a fact, whatever stands before it."""
_PART = _SAYS.pattern("part")
_BREAK = _SAYS.pattern("break")
_SAID_THAT = _SAYS.pattern("said_that")
"""What follows is told as a fact, also within a question: "could you say that you are booked?"."""
_TAG = _SAYS.pattern("tag")
"""Where a question hangs on to a statement: "you're all set, is there anything else?"."""
_ASKED = _SAYS.pattern("asked")
_TAKEN = _SAYS.pattern("taken")
_DENIED = _SAYS.pattern("denied")
_VERB = _SAYS.pattern("verb")
_WISH = _SAYS.pattern("wish")
_ECHO = _SAYS.pattern("echo")
_LOOKS = _SAYS.pattern("looks")
_TO_BE_HAD = _SAYS.pattern("to_be_had")
_DATE = _SAYS.pattern("date")
_FREE = _SAYS.pattern("free")
_STRETCH = _SAYS.pattern("stretch")


@dataclass(frozen=True, slots=True)
class Stretch:
    """Words between two commas: lower case, short forms in full."""

    words: tuple[str, ...]
    conditional: bool = False
    """What stood before it set a condition: "once I have your name, …"."""

    @property
    def plain(self) -> Stretch:
        """Without adverbs; the last word stays."""
        words = tuple(word for word in self.words[:-1] if word not in ADVERBS) + self.words[-1:]
        return Stretch(words, self.conditional)

    @property
    def text(self) -> str:
        """As one line."""
        return " ".join(self.words)

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


@dataclass(frozen=True)
class Clause:
    """A part of a sentence that says one thing, with its place in the sentence."""

    text: str
    start: int
    end: int
    asks: bool
    """It is, or belongs to, a question."""

    @cached_property
    def stretches(self) -> tuple[Stretch, ...]:
        """Its words, part by part."""
        return _stretches(self.text)

    def covers(self, span: tuple[int, int]) -> bool:
        """Whether what begins there belongs to this clause."""
        return self.start <= span[0] < self.end

    @property
    def looks(self) -> bool:
        """It says that we are going to look."""
        return bool(_LOOKS.search(self.text))

    @property
    def echoes(self) -> bool:
        """It repeats what the caller said, or only names it: "you'd like Friday", "Friday then"."""
        repeats = _ECHO.search(self.text) or _WISH.search(self.text)
        return bool(repeats) or not _VERB.search(self.text)

    @property
    def repeats(self) -> bool:
        """It says what the caller said or wants."""
        return bool(_ECHO.search(self.text))

    @property
    def denies(self) -> bool:
        """It says what is not to be had."""
        return _denies(self.text)

    @property
    def offers(self) -> bool:
        """It says, or asks in a way that says, that a time is to be had. What is told does so
        unless it repeats, denies or looks."""
        if self.asks:
            return not (_ECHO.search(self.text) or self.denies) and bool(_FREE.search(self.text))
        return not (self.echoes or self.denies or self.looks or _DATE.search(self.text))

    @property
    def frees(self) -> bool:
        """It has words of what is to be had."""
        return bool(_FREE.search(self.text))

    @property
    def settles(self) -> bool:
        """It tells of a time as of a settled thing, not as of one to be had."""
        told = not (self.asks or self.denies or self.echoes or self.looks)
        return told and not _TO_BE_HAD.search(self.text)

    def denies_at(self, at: int) -> bool:
        """Whether what stands there in the sentence is denied, not what stands beside it: "nine
        isn't free, three is". A list goes on with the denial before it."""
        place, start, denied = at - self.start, 0, False
        for found in _STRETCH.finditer(self.text + ", "):
            stretch = self.text[start : found.start()]
            if _VERB.search(stretch) or not denied:
                denied = _denies(stretch)
            if place < found.end():
                return denied
            start = found.end()
        return denied


def clauses(sentence: str) -> list[Clause]:
    """The clauses in order; a question mark at the end covers the last of them, as far as it
    asks."""
    plain = sentence.replace("’", "'")
    asks = plain.rstrip(" \"'”)").endswith("?")
    cuts = [0, *(found.end() for found in _BREAK.finditer(plain)), len(plain)]
    if asks:
        cuts = sorted({*cuts, _asked_from(plain, cuts[-2])})
    spans = [(start, end) for start, end in zip(cuts, cuts[1:], strict=False) if end > start]
    said_that = asks and _SAID_THAT.search(plain, cuts[-2]) is not None
    return [
        Clause(plain[start:end], start, end, asks and end == len(plain) and not said_that)
        for start, end in spans
    ]


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


@lru_cache(maxsize=64)
def _stretches(text: str) -> tuple[Stretch, ...]:
    conditional = False
    found = []
    text = _MINUTES_TO.sub(r"\1-to-\2", text)
    for part in _PART.split(_SEEN.sub(", ", _IDIOM.sub(" , ", _TAKEN.sub(" ", text))) + " "):
        words = tokens(part)
        if not words:
            continue
        first = [word for word in words[:4] if word not in ("so", "then", "and", "well", "just")]
        sets = first[:1] and first[0] in _CONDITIONS or words[:2] == ("as", "soon")
        found.append(Stretch(words, conditional or bool(sets)))
        conditional = conditional or bool(sets)
    return tuple(found)


@lru_cache(maxsize=1024)
def _denies(text: str) -> bool:
    said = _IDIOM.sub(" ", text)
    return bool(_DENIED.search(said) or _TAKEN.search(said))


def _asked_from(plain: str, start: int) -> int:
    """Where the question begins that hangs on to a statement; without one, the start."""
    tag = _TAG.search(plain, start)
    if tag is None or _ASKED.match(plain[start:]):
        return start
    return tag.end()
