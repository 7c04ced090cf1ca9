"""People's names: introduced or bare, and what was spelled of them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from voice.understanding.everyday import GIVEN_TOO, NEVER_NAMES, NOT_NAMES, SURNAMES_TOO, WEEKDAYS
from voice.understanding.name_lines import LEAD, NameHeard, NameLine, Span, write_name
from voice.understanding.reading import Context
from voice.understanding.spelled_names import lettered, merged, spelled_name, take_letters
from voice.understanding.words import DIGITS, Word, fold, words_of

_MOST_WORDS = 4
_KIND = (
    r"(?:full |first |second |last |sur ?|family |given |middle |good |maiden |married |legal |"
    r"real |proper |actual )?"
)
_TITLES = r"(?: (?:mr|mrs|ms|miss|mister|missus|missis|mx|dr|doctor|professor|princess|sir)\b)*"
_STRONG = re.compile(
    rf"\b(?:(?:my|the|his|her|our) {_KIND}names? (?:is|s|would be|will be|was|which is|that is)|"
    rf"(?:my|the|his|her|our) {_KIND}names\b|names (?!of|is|are|for|to|and)|name s|"
    rf"(?:under|in|by|on|with|to|for|has|have|use)(?: the| my)? {_KIND}names?"
    r"(?: of| is| which is| that is)?|"
    rf"(?:last|first|second|sur|family|full|middle|given) ?names?(?: is| of| was|s)?|"
    r"name(?: is| was| of| would be)?(?: for the (?:booking|reservation|appointment))?(?: is)?|"
    r"(?:me|us|him|her|it) down as|(?:listed|registered) as|call me|known as|i go by|goes by|"
    r"myself|under)\b"
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
_KIN = re.compile(
    r"\bfor (?:my|our) (?:\w+ )?(?:son|daughter|wife|husband|partner|mother|father|mom|mum|dad|"
    r"brother|sister|boy|girl|kid|child|baby|friend|boyfriend|girlfriend)\b"
    r"(?: called| named)?(?! (?:missed|aged?|turn\w+|asked|lost|broke|chipped|hurt)\b)"
)
_CALLED = re.compile(r"\b(?:calls? me|known as|goe?s? by) \w+(?: \w+)? but\b")
_WHICH = re.compile(r"(?P<family>last|second|sur ?|family)|(?:first|given)")
"""Which part of a name an introduction is of."""
_AFTER = re.compile(
    r"^ (?:here|speaking|is (?:my|the) (?:\w+ )?(?:name|surname)|calling|party of|has done the)\b"
)
_DENIED = frozenset(
    {"not", "isnt", "know", "need", "what", "whats", "forgot", "a", "your", "which"}
)
_TRAIL = frozenset("please thanks thank you here speaking is my name sir maam ok okay the".split())
_GOES_ON = frozenset(
    """and but from for i its my spelled spelt with thats that phone number calling mobile cell
    contact at im""".split()
)


def read_name(text: str, context: Context, numbers: Sequence[Span] = ()) -> NameHeard | None:
    """The caller's name; `numbers` are spans of telephone numbers, beside which names are bare."""
    asked = context.question == "name"
    line, letters = take_letters(_without_nickname(NameLine(text, words_of(text), numbers)))
    spelled, line = spelled_name(line, asked)
    found = _introduced(line, _STRONG, strong=True, asked=asked) or _followed(line)
    if found is None and (asked or numbers):
        found = _bare(line, asked)
    if found is None:
        found = _introduced(line, _WEAK, strong=False) or _clause(line)
    if found is None and (line.cased or asked):
        found = _introduced(line, _FOR, strong=False)
    if found is None:
        found = _of_kin(line)
    if found is not None:
        found = lettered(_in_full(line, found), letters)
    return found if spelled is None else merged(found, spelled)


def _without_nickname(line: NameLine) -> NameLine:
    """What follows the but of "you can call me Trish, but it's Patricia Vance"."""
    called = _CALLED.search(line.joined)
    return replace(line, words=line.words[line.word_at(called.end()) :]) if called else line


def _in_full(line: NameLine, heard: NameHeard) -> NameHeard:
    """The whole name, where it was said with more of it after: "Bond, James Bond"."""
    names = [fold(part) for part in heard.name.split()]
    if len(names) == 3 and names[0] == names[2]:
        return NameHeard(heard.name.split(" ", 1)[1], heard.parts[1:])
    if len(names) > 1:
        return heard
    after = next((at for at, word in enumerate(line.words) if word.end >= heard.span[1]), 0) + 1
    for at in range(after, len(line.words)):
        if line.words[at].folded != names[0]:
            continue
        for first in (at, at - 1):
            count = _name_length(line, first, strong=False, whole=True) if first >= after else 0
            if count > 1:
                return _named(line, first, min(count, 2 + at - first))
    return heard


def _introduced(
    line: NameLine, pattern: re.Pattern[str], *, strong: bool, asked: bool = False
) -> NameHeard | None:
    """The name after the introduction; a first and a last name may have one each, or, where a
    name was asked for, one of them may stand in front: "Nguyen, first name Linh"."""
    best: NameHeard | None = None
    led = ""
    for found in pattern.finditer(line.joined):
        first = line.word_at(found.end())
        introduced = line.word_at(found.start())
        if strong and introduced and line.words[introduced - 1].folded in _DENIED:
            continue
        count = _name_length(line, first, strong=strong)
        if not count:
            continue
        heard = _named(line, first, count)
        if best is None and asked and (before := _alone_before(line, introduced)):
            best = before if _WHICH.search(found[0]) else None
        best, led = _joined(best, heard, found[0], led, strong), led or found[0]
    return best


def _joined(
    before: NameHeard | None, heard: NameHeard, lead: str, led: str, strong: bool
) -> NameHeard:
    """ "First name Ana … last name Ruiz" is one name, in either order; otherwise the first
    introduction counts."""
    if before is None or not strong:
        return heard
    which, other = _WHICH.search(lead), _WHICH.search(led)
    if which is None or len(before.parts) > 1 or len(heard.parts) > 1:
        return before
    family_last = which["family"] is not None
    if other is not None and (other["family"] is not None) == family_last:
        return before
    one, two = (before, heard) if family_last else (heard, before)
    return NameHeard(f"{one.name} {two.name}", before.parts + heard.parts)


def _alone_before(line: NameLine, end: int) -> NameHeard | None:
    """One word that may be a name, and nothing else, before the word of this index."""
    said = [at for at in range(end) if line.words[at].folded not in LEAD]
    if len(said) != 1 or _stops(line.words[said[0]], strong=False, whole=True, continued=False):
        return None
    return _named(line, said[0], 1)


def _followed(line: NameLine) -> NameHeard | None:
    """ "Danyel Dubs here", "I hope I'm not too late. Ribeiro is my surname"."""
    words = line.words
    ends = [at for at in range(1, len(words)) if _ends_before(line, at)]
    for first in (0, *ends):
        while first < len(words) and words[first].folded in LEAD | {"the"}:
            first += 1
        length = _name_length(line, first, strong=False, whole=True)
        for count in range(length, 0, -1):
            if _AFTER.match(line.joined_after(first + count)):
                return _named(line, first, count)
    return None


def _ends_before(line: NameLine, at: int) -> bool:
    """Whether a sentence ends in front of that word."""
    between = line.text[line.words[at - 1].end : line.words[at].start]
    return any(sign in ".!?" for sign in between)


def _bare(line: NameLine, asked: bool) -> NameHeard | None:
    """The whole answer to "what name?", without the words around it."""
    first, last = 0, len(line.words)
    while first < last and (line.words[first].folded in LEAD or line.in_number(first)):
        first += 1
    while last > first and (line.words[last - 1].folded in _TRAIL or line.in_number(last - 1)):
        last -= 1
    while first + 2 < last and line.words[first].folded == line.words[first + 1].folded:
        first += 1  # "Carlos. Carlos Okafor", or a stutter
    count = _name_length(line, first, strong=False, whole=True)
    first, count = _said_in_full(line, first, count)
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


def _said_in_full(line: NameLine, first: int, count: int) -> tuple[int, int]:
    """ "Bond, James Bond" is one name, said in full after its last part."""
    after = first + count
    if count == 1 and after < len(line.words) and line.breaks_before(after):
        whole = _name_length(line, after, strong=False, whole=True)
        if whole > 1 and line.words[after + whole - 1].folded == line.words[first].folded:
            return after, whole
    return first, count


def _all_may_be_names(words: Sequence[Word]) -> bool:
    """ "Will Smith", "Katy Long", "April", "Joe Friday": everyday words, but the whole answer."""
    usual = [word.folded in NOT_NAMES for word in words]
    if not usual[0] and words[-1].folded in WEEKDAYS:
        return True
    everyday = [word.folded in SURNAMES_TOO | GIVEN_TOO for word in words]
    return all(known or not plainly for known, plainly in zip(everyday, usual, strict=True))


def _number_follows(line: NameLine, at: int) -> bool:
    return line.in_number(at) or line.words[at].folded == "and" and line.in_number(at + 1)


def _of_kin(line: NameLine) -> NameHeard | None:
    """ "A check-up for my daughter poppy tomorrow", without capitals: what follows the name, if
    anything does, is an everyday word."""
    for found in _KIN.finditer(line.joined):
        first = line.word_at(found.end())
        count = _name_length(line, first, strong=False)
        after = first + count
        ends = after >= len(line.words) or line.breaks_before(after)
        if 0 < count <= 2 and (ends or line.words[after].folded in NOT_NAMES):
            return _named(line, first, count)
    return None


def _clause(line: NameLine) -> NameHeard | None:
    """A clause at either end that is two or three capitalised words and nothing else."""
    if not line.cased and len(line.words) > 3:
        return None
    for first, last in line.end_clauses():
        words = line.words[first:last]
        named = 2 <= len(words) <= 3 and all(word.text[0].isupper() for word in words)
        usual = named and words[0].folded in GIVEN_TOO  # "Bill Pott"
        if named and _name_length(line, first + usual, strong=False, whole=True) + usual == len(
            words
        ):
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
