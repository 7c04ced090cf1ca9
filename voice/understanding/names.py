"""People's names: introduced, bare, or spelled out."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from voice.understanding.everyday import GIVEN_TOO, NEVER_NAMES, NOT_NAMES, SURNAMES_TOO
from voice.understanding.name_lines import NameLine, Span
from voice.understanding.reading import Context
from voice.understanding.spelling import spelled_runs
from voice.understanding.words import DIGITS, Word, words_of

_MOST_WORDS = 4
_KIND = r"(?:full |first |second |last |sur ?|family |given |middle |good )?"
_TITLES = r"(?: (?:mr|mrs|ms|miss|mister|dr|doctor|princess|sir)\b)*"
_STRONG = re.compile(
    rf"\b(?:(?:my|the|his|her|our) {_KIND}names? (?:is|s|would be|will be|was)|"
    rf"(?:my|the|his|her|our) {_KIND}names\b|names (?!of|is|are|for|to|and)|name s|"
    rf"(?:under|in|by|on|with|to|for|has|have|use)(?: the| my)? {_KIND}names?(?: of| is)?|"
    rf"(?:last|first|second|sur|family|full|middle|given) ?names?(?: is| of| was|s)?|"
    r"name(?: is| was| of| would be)?(?: for the (?:booking|reservation|appointment))?(?: is)?|"
    r"call me|known as|i go by|goes by|myself|under)\b"
    rf"(?: (?:under|for|as|it|its|is|the|actually|um|uh|er|name|i think)\b)*{_TITLES}"
)
_WEAK = re.compile(
    r"\b(?:this is|it is|its|it should be|i am|im|thats|that is|that would be|thatd be|here is|"
    r"(?:booking|reservation|appointment|table|booked|reserved|one|is|book|it) for|and im|"
    rf"behalf of)\b(?: i think\b)?{_TITLES}"
)
_FOR = re.compile(
    r"\b(?:(?<!looking )(?<!searching )(?<!waiting )(?<!asking )for|"
    r"my (?:son|daughter|wife|husband|mother|father|mom|mum|dad|brother|sister|partner))\b"
    rf"(?: i think\b)?{_TITLES}"
)
_WITH_LETTER = re.compile(r"\bwith an? ([a-z])\b")
_AFTER = re.compile(
    r"^ (?:here|speaking|is (?:my|the) (?:\w+ )?(?:name|surname)|calling|party of|has done the)\b"
)
_DENIED = frozenset(
    {"not", "isnt", "know", "need", "what", "whats", "forgot", "a", "your", "which"}
)
_LEAD = frozenset(
    """yes yeah yep yup sure ok okay oh um uh uhm er erm well so its it is thats that would be the
    name my names this im i am of course hi hello hey and please right no sorry actually under just
    thanks thank you mr mrs ms miss mister first last full absolutely certainly definitely mam maam
    sir for correct great perfect yea hmm""".split()
)
_BESIDE_LETTERS = {word for word in _LEAD if len(word) > 2} | {"space", "surname", "is"}
_TRAIL = frozenset("please thanks thank you here speaking is my name sir maam ok okay the".split())
_GOES_ON = frozenset(
    """and but from for i its my spelled spelt with thats that phone number calling mobile cell
    contact at im""".split()
)
_REFERENCES = frozenset({"reference", "ref", "confirmation", "code"})


@dataclass(frozen=True, slots=True)
class NameHeard:
    """A name as we would write it, and where its parts were said."""

    name: str
    parts: tuple[Span, ...]

    @property
    def span(self) -> Span:
        """From the first part to the last."""
        return self.parts[0][0], self.parts[-1][1]


def read_name(text: str, context: Context, numbers: Sequence[Span] = ()) -> NameHeard | None:
    """The caller's name; `numbers` are spans of telephone numbers, beside which names are bare."""
    asked = context.question == "name"
    line = NameLine(text, words_of(text), numbers)
    spelled, rest = _spelled(line, asked)
    line = NameLine(text, rest, numbers)
    found = _introduced(line, _STRONG, strong=True) or _followed(line)
    if found is None and (asked or numbers):
        found = _bare(line, asked)
    if found is None:
        found = _introduced(line, _WEAK, strong=False) or _clause(line)
    if found is None and (line.cased or asked):
        found = _introduced(line, _FOR, strong=False)
    if found is not None:
        found = _with_letter(found, line.joined)
    return found if spelled is None else _merge(found, spelled)


def _introduced(line: NameLine, pattern: re.Pattern[str], *, strong: bool) -> NameHeard | None:
    """The name after the introduction; a first and a last name may have one each."""
    best: NameHeard | None = None
    for found in pattern.finditer(line.joined):
        first = line.word_at(found.end())
        introduced = line.word_at(found.start())
        if strong and introduced and line.words[introduced - 1].folded in _DENIED:
            continue
        count = _name_length(line, first, strong=strong)
        if count:
            best = _joined(best, _named(line, first, count), found[0], strong)
    return best


def _joined(before: NameHeard | None, heard: NameHeard, lead: str, strong: bool) -> NameHeard:
    """ "First name Ana … last name Ruiz" is one name; otherwise the first introduction counts."""
    if before is None or not strong:
        return heard
    if len(before.parts) == 1 and re.search(r"last|second|sur|family", lead):
        return NameHeard(f"{before.name} {heard.name}", before.parts + heard.parts)
    return before


def _followed(line: NameLine) -> NameHeard | None:
    """ "Danyel Dubs here", "Ribeiro is my surname"."""
    first = 0
    while first < len(line.words) and line.words[first].folded in _LEAD | {"the"}:
        first += 1
    length = _name_length(line, first, strong=False, whole=True)
    for count in range(length, 0, -1):
        if _AFTER.match(line.joined_after(first + count)):
            return _named(line, first, count)
    return None


def _bare(line: NameLine, asked: bool) -> NameHeard | None:
    """The whole answer to "what name?", without the words around it."""
    first, last = 0, len(line.words)
    while first < last and (line.words[first].folded in _LEAD or line.in_number(first)):
        first += 1
    while last > first and (line.words[last - 1].folded in _TRAIL or line.in_number(last - 1)):
        last -= 1
    while first + 2 < last and line.words[first].folded == line.words[first + 1].folded:
        first += 1  # "Carlos. Carlos Okafor", or a stutter
    count = _name_length(line, first, strong=False, whole=True)
    stalled = "i" not in (word.folded for word in line.words[:first])
    if (
        asked
        and stalled
        and count < last - first <= 2
        and _all_may_be_names(line.words[first:last])
    ):
        count = last - first
    after = first + count
    if not count or not asked and after < len(line.words) and not _number_follows(line, after):
        return None
    if after < last and not line.breaks_before(after) and not line.in_number(after):
        if line.words[after].folded not in _GOES_ON:
            return None
    return _named(line, first, count)


def _all_may_be_names(words: Sequence[Word]) -> bool:
    """ "Will Smith", "Katy Long", "April": everyday words, but the whole answer."""
    usual = [word.folded in NOT_NAMES for word in words]
    everyday = [word.folded in SURNAMES_TOO | GIVEN_TOO for word in words]
    return all(known or not plainly for known, plainly in zip(everyday, usual, strict=True))


def _number_follows(line: NameLine, at: int) -> bool:
    return line.in_number(at) or line.words[at].folded == "and" and line.in_number(at + 1)


def _clause(line: NameLine) -> NameHeard | None:
    """A clause at either end that is two or three capitalised words and nothing else."""
    if not line.cased and len(line.words) > 3:
        return None
    for first, last in line.end_clauses():
        words = line.words[first:last]
        named = 2 <= len(words) <= 3 and all(word.text[0].isupper() for word in words)
        if named and _name_length(line, first, strong=False, whole=True) == len(words):
            return _named(line, first, len(words))
    return None


def _name_length(line: NameLine, first: int, *, strong: bool, whole: bool = False) -> int:
    """How many words from here are one name; 0 when they are not a name."""
    count = 0
    for index in range(first, min(first + _MOST_WORDS, len(line.words))):
        word = line.words[index]
        if count and line.breaks_before(index):
            break
        if _stops(word, strong=strong, whole=whole, continued=count > 0) or line.in_number(index):
            break
        if line.cased and not word.text[0].isupper():
            started_upper = count and line.words[first].text[0].isupper()
            if started_upper or not (strong or whole):
                break
        count += 1
    return 0 if count > 3 and not strong and not line.cased else count


def _stops(word: Word, *, strong: bool, whole: bool, continued: bool) -> bool:
    """Whether this word cannot be (more of) a name here."""
    said = word.folded
    if not said.isalpha() or len(said) == 1 and not continued:
        return True
    if said in NEVER_NAMES or continued and said in DIGITS and len(said) > 1:
        return True
    if strong:
        return continued and said in NOT_NAMES - SURNAMES_TOO
    if said in NOT_NAMES:
        return True
    return not whole and not word.text[0].isupper() and _looks_like_a_word(said)


def _looks_like_a_word(said: str) -> bool:
    """Endings that names seldom have; enough against "I'm arriving" and "it's currently"."""
    return said.endswith("ing") and len(said) > 5 or said.endswith("ly") and len(said) > 7


def _named(line: NameLine, first: int, count: int) -> NameHeard:
    words = line.words[first : first + count]
    name = ""
    for before, word in zip([None, *words], words, strict=False):
        hyphen = before is not None and line.text[before.end : word.start] == "-"
        name += ("-" if hyphen else " ") + write_name(word.text)
    name = re.sub(r"\bO (?=[A-Z][a-z])", "O'", name.strip())
    return NameHeard(name, tuple((word.start, word.end) for word in words))


def _spelled(line: NameLine, asked: bool) -> tuple[NameHeard | None, Sequence[Word]]:
    """A name given letter by letter, three letters at least; and the words beside it."""
    cued = asked or re.search(r"\b(?:spell\w*|spelt|names?|that is|thats|with)\b", line.joined)
    pieces = _in_pieces(line.words) if asked else None
    if pieces is not None:
        return pieces, ()
    runs = [
        run
        for run in spelled_runs(line.words, digits=False)
        if len(run.signs) >= 3 and not _of_a_reference(line.words, run.first)
    ]
    if not cued or not runs:
        return None, line.words
    parts = tuple((run.start, run.end) for run in runs)
    taken = {at for run in runs for at in range(run.first, run.last + 1)}
    rest = [word for at, word in enumerate(line.words) if at not in taken]
    return NameHeard(" ".join(write_name(run.signs) for run in runs), parts), rest


def _of_a_reference(words: Sequence[Word], first: int) -> bool:
    """Letters that follow "the reference is", perhaps after some digits of it."""
    return any(word.folded in _REFERENCES for word in words[max(0, first - 6) : first])


def _in_pieces(words: Sequence[Word]) -> NameHeard | None:
    """Letters that a recogniser has run together here and there: "C L I ve", "K EI t h"."""
    said = [word for word in words if word.folded not in _BESIDE_LETTERS]
    letters = "".join(word.folded for word in said)
    single = sum(len(word.folded) == 1 for word in said)
    whole = [word for word in said if len(word.folded) > 4]
    if len(said) < 3 or single * 2 < len(said) or whole or not letters.isalpha():
        return None
    return NameHeard(write_name(letters), ((said[0].start, said[-1].end),))


def _with_letter(heard: NameHeard, said: str) -> NameHeard:
    """ "Cathy with a K" begins with it; "Ann with an E" ends with it."""
    letter = _WITH_LETTER.search(said)
    name, _, rest = heard.name.partition(" ")
    if letter is None or letter[1] in name.lower():
        return heard
    written = f"{name}e" if letter[1] == "e" else letter[1].upper() + name[1:]
    return NameHeard(f"{written} {rest}".strip(), heard.parts)


def _merge(heard: NameHeard | None, spelled: NameHeard) -> NameHeard:
    """A spelling corrects the part of the name that it spells: the one that begins alike."""
    if heard is None:
        return spelled
    parts = heard.name.split()
    if " " in spelled.name or len(parts) == 1:
        return NameHeard(spelled.name, heard.parts)
    alike = [at for at, part in enumerate(parts) if part[0].lower() == spelled.name[0].lower()]
    parts[alike[-1] if alike else len(parts) - 1] = spelled.name
    return NameHeard(" ".join(parts), heard.parts)


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
