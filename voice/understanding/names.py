"""People's names: introduced, bare, or spelled out."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from voice.understanding.everyday import HARD_STOPS, NOT_NAMES
from voice.understanding.reading import Context
from voice.understanding.spelling import spelled_runs
from voice.understanding.words import DIGITS, Word, words_of

Span = tuple[int, int]
_MOST_WORDS = 4

_STRONG = re.compile(
    r"\b(?:(?:my|the|his|her|our) (?:full |first |last |sur ?|family |given |good )?names? (?:is|s|would be|will be|was|has been)|"
    r"names (?!of|is|are|for|to|and)|name s|"
    r"(?:under|in|by|on|with|to|for|has|have|use)(?: the| my)?(?: (?:first|last|full|sur|family))? ?names?(?: of| is)?|"
    r"(?:last|first|sur|family|full|middle|given) ?names?(?: is| of| was|s)?|name(?: is| was| of| would be)|"
    r"(?:you can |please |just |everyone )?call me|known as|the names|my names|"
    r"(?:booked|booking|listed|made|reserved|reservation|registered|filed|it|put it|put|is|appointment|down|scheduled|table) under)\b"
    r"(?: (?:under|for|as|it|its|is|the|actually|um|uh|er|mr|mrs|ms|miss|mister))*"
)
_WEAK = re.compile(
    r"\b(?:this is|it is|its|i am|im|thats|that is|that would be|thatd be|here is|speaking is|"
    r"(?:booking|reservation|appointment|table|booked|reserved|one|is|book|it) for|and im|"
    r"(?:on )?behalf of|for)\b(?: (?:mr|mrs|ms|miss|mister|dr|doctor))*"
)
_TITLE = re.compile(r"\b(?:mr|mrs|ms|miss|mister)\b")
_LEAD = frozenset(
    """yes yeah yep yup sure ok okay oh um uh er erm well so its it is thats that would be the name my names
    this im i am of course hi hello hey and please right no sorry actually under just thanks
    thank you mr mrs ms miss mister first last full""".split()
)
_TRAIL = frozenset(
    "please thanks thank you here speaking is my name sir maam though ok okay the".split()
)
_AFTER = re.compile(
    r"^(?: here| speaking|,? is (?:my|the) (?:(?:first|last|sur|family|full) ?)?(?:name|surname)|,? calling)\b"
)


@dataclass(frozen=True, slots=True)
class NameHeard:
    """A name as we would write it, and where its parts were said."""

    name: str
    parts: tuple[Span, ...]

    @property
    def span(self) -> Span:
        """From the first part to the last."""
        return self.parts[0][0], self.parts[-1][1]


def read_name(text: str, context: Context, taken: Sequence[Span] = ()) -> NameHeard | None:
    """The caller's name; `taken` are spans of times and numbers, which are never names."""
    words = [word for word in words_of(text)]
    line = _Line(text, words, taken)
    spelled = _spelled(line, context.question == "name")
    found = _introduced(line, _STRONG, strong=True) or _followed(line)
    if found is None and context.question == "name":
        found = _bare(line)
    if found is None:
        found = _introduced(line, _WEAK, strong=False)
    if spelled is not None:
        return _merge(found, spelled)
    return found


@dataclass(frozen=True, slots=True)
class _Line:
    """The words, with a plain text whose offsets lead back to them."""

    text: str
    words: Sequence[Word]
    taken: Sequence[Span]

    @property
    def joined(self) -> str:
        return " ".join(word.folded for word in self.words)

    def word_at(self, offset: int) -> int:
        """The index of the first word that begins at or after this offset of `joined`."""
        place = 0
        for index, word in enumerate(self.words):
            if place >= offset:
                return index
            place += len(word.folded) + 1
        return len(self.words)

    def is_taken(self, word: Word) -> bool:
        return any(start < word.end and word.start < end for start, end in self.taken)

    def breaks_before(self, index: int) -> bool:
        """Whether punctuation parts this word from the one before."""
        between = self.text[self.words[index - 1].end : self.words[index].start]
        return any(sign in ",.;:!?()" for sign in between) and not _initial(self.words[index - 1])

    def cased(self) -> bool:
        """Whether capitals in this text mean anything."""
        return any(word.text[0].isupper() for word in self.words[1:]) and not all(
            word.text[0].isupper() for word in self.words
        )


def _initial(word: Word) -> bool:
    return len(word.folded) == 1 or word.folded in {"mr", "mrs", "ms", "dr", "st", "jr"}


def _introduced(line: _Line, pattern: re.Pattern[str], *, strong: bool) -> NameHeard | None:
    """The words after the last introduction that is followed by a name."""
    best: NameHeard | None = None
    for found in pattern.finditer(line.joined):
        first = line.word_at(found.end())
        if strong and _denied(line.joined, found.start()):
            continue
        count = _name_length(line, first, strong=strong)
        if not count:
            continue
        heard = _named(line, first, count)
        if best is None or not strong or "last" in found[0] or "sur" in found[0]:
            best = _joined(best, heard, found[0]) if strong else heard
    return best


def _denied(said: str, before: int) -> bool:
    return said[:before].rstrip().endswith((" not", "isnt", "dont know", "need", "what"))


def _joined(before: NameHeard | None, heard: NameHeard, lead: str) -> NameHeard:
    """ "first name Ana … last name Ruiz" is one name."""
    if before is None or heard.parts[0] in before.parts or before.span[1] > heard.span[0]:
        return heard
    if len(before.parts) == 1 and re.search(r"last|sur|family", lead):
        return NameHeard(f"{before.name} {heard.name}", before.parts + heard.parts)
    return before


def _followed(line: _Line) -> NameHeard | None:
    """ "Danyel Dubs here", "Ribeiro is my surname"."""
    limit = min(_MOST_WORDS, len(line.words) - 1)
    skip = 0
    while skip < len(line.words) and line.words[skip].folded in _LEAD:
        skip += 1
    for first in range(skip, min(skip + 1, len(line.words))):
        for count in range(1, limit + 1):
            after = line.joined[
                sum(len(word.folded) + 1 for word in line.words[: first + count]) - 1 :
            ]
            if _AFTER.match(after) and _name_length(line, first, strong=False, loose=True) >= count:
                return _named(line, first, count)
    return None


def _bare(line: _Line) -> NameHeard | None:
    """The whole answer to "what name?", without the words around it."""
    first, last = 0, len(line.words)
    while first < last and (line.words[first].folded in _LEAD or line.is_taken(line.words[first])):
        first += 1
    while last > first and line.words[last - 1].folded in _TRAIL:
        last -= 1
    count = _name_length(line, first, strong=False, loose=True)
    if not count:
        return None
    if first + count < last and not line.breaks_before(first + count):
        rest = line.words[first + count]
        if rest.folded not in {
            "and",
            "but",
            "from",
            "for",
            "i",
            "its",
            "my",
            "spelled",
            "spelt",
            "with",
            "thats",
            "that",
            "phone",
            "number",
            "calling",
        } and not line.is_taken(rest):
            return None
    return _named(line, first, count)


def _name_length(line: _Line, first: int, *, strong: bool, loose: bool = False) -> int:
    """How many words from here are one name; 0 when they are not a name."""
    stops = HARD_STOPS if strong else NOT_NAMES
    cased = line.cased()
    count = 0
    for index in range(first, min(first + _MOST_WORDS, len(line.words))):
        word = line.words[index]
        if count and line.breaks_before(index):
            break
        if word.folded in stops or not word.folded.isalpha() or line.is_taken(word):
            break
        if count and (word.folded in NOT_NAMES or word.folded in DIGITS):
            break
        if (
            cased
            and not word.text[0].isupper()
            and (not strong or count and line.words[first].text[0].isupper())
        ):
            if not loose or count:
                break
        if len(word.folded) == 1 and not count:
            break
        count += 1
    if count and not strong and not loose and not cased and count > 3:
        return 0
    return count


def _named(line: _Line, first: int, count: int) -> NameHeard:
    words = line.words[first : first + count]
    name = " ".join(write_name(word.text) for word in words)
    return NameHeard(name, tuple((word.start, word.end) for word in words))


def _spelled(line: _Line, asked: bool) -> NameHeard | None:
    """A name given letter by letter; three letters at least unless a name was asked for."""
    said = line.joined
    cued = asked or bool(re.search(r"\b(?:spell\w*|spelt|name|names|that is|thats|with)\b", said))
    runs = [run for run in spelled_runs(line.words, digits=False) if len(run.signs) >= 3]
    if not cued or not runs:
        return None
    parts = tuple((run.start, run.end) for run in runs)
    return NameHeard(" ".join(write_name(run.signs) for run in runs), parts)


def _merge(heard: NameHeard | None, spelled: NameHeard) -> NameHeard:
    """A spelling corrects the part of the name that it spells."""
    if heard is None or heard.span[0] < spelled.span[1] and spelled.span[0] < heard.span[1]:
        return spelled
    parts = heard.name.split()
    written = spelled.name.split()
    if len(written) == 1 and len(parts) > 1:
        alike = [part[:1].lower() == written[0][:1].lower() for part in parts]
        at = len(parts) - 1 - alike[::-1].index(True) if any(alike) else len(parts) - 1
        if at == 0 and len(parts) == 2 and alike[1]:
            at = 1
        parts[at] = written[0]
        return NameHeard(" ".join(parts), heard.parts)
    return NameHeard(spelled.name, heard.parts)


def write_name(said: str) -> str:
    """Title case with the usual inner capitals, unless the words came with their own."""
    bare = said.strip("'’")
    if not bare.isupper() and any(sign.isupper() for sign in bare[1:]):
        return bare
    pieces = re.split(r"([-'’])", bare.lower())
    written = "".join(piece[:1].upper() + piece[1:] for piece in pieces)
    if len(pieces) > 1 and pieces[-1] == "s":
        written = written[:-1] + "s"
    return re.sub(r"^(Mc)([a-z])", lambda found: found[1] + found[2].upper(), written)
