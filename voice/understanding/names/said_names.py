"""A customer's name from the stretch in which it was said, spelled, and told how it is written.

It is known that the stretch is a name, so "will", "june" and "summer day" are names in it. What is
told beside it is of three kinds: letters one by one, remarks on how a part is written ("with a k",
"two words"), and which part it is ("surname").
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from voice.understanding.acts import NamePart
from voice.understanding.everyday import NEVER_NAMES, SURNAMES_TOO
from voice.understanding.names.letter_runs import Spelled, spelled_from
from voice.understanding.names.one_person import of_one_person
from voice.understanding.names.spelled_against import (
    are_common,
    common_two,
    fitted,
    is_a_name,
    parted,
    put_right,
)
from voice.understanding.names.spelled_names import (
    Letter,
    lettered,
    merged,
    take_letters,
    write_name,
)
from voice.understanding.sounding import begins_alike
from voice.understanding.word_lists import pairs, word_lists
from voice.understanding.words import DIGITS, Word, fold, words_of

_HYPHENS = ("hyphen", "dash")
_LEAST_SPELLED = 2
_WHOLE = 2
"""Names of somebody whose name is told in full."""
_NEAR = 4
"""Words around a name that may tell which part it is."""
_LEAST_ALONE = 3
"""Letters that are a name where nothing else was said."""
_BEFORE_A_CAPITAL = re.compile(r"\b([OD]|Mc) (?=[A-Z][a-z])")
_LAST_FIRST = re.compile(r"\s*[^\W\d_]{2,}, [^\W\d_]{2,}\.?\s*")


@dataclass(frozen=True, slots=True)
class _Stretch:
    """Words of a name, or the letters of one or more."""

    words: tuple[str, ...] = ()
    spelled: Spelled = Spelled()
    role: NamePart = ""
    """`family` or `given`, where it was said which part this is."""
    of: str = ""
    """Of letters: the part of the name said right before them, folded."""


def said_name(text: str, *, sure: bool = False) -> str | None:
    """The name as it is written; None where the stretch holds only remarks: a letter is none.
    `sure`: its letters cannot be others that rhyme with them."""
    heard_in = _without_letter_said_first(of_one_person(words_of(text), text))
    words, letters = take_letters(heard_in)
    stretches = list(_stretches([*map(_without_um, words)], text))
    said = _in_order(stretches)
    if len(said) == 2 and _LAST_FIRST.fullmatch(text):
        said = [said[1], said[0]]
    for part in stretches:
        names = part.spelled.names
        if len(names) > 1 and {fold(word) for word in said} <= set(names):
            said = [write_name(name) for name in names]  # "mark down m a r k space d o w n"
    heard = _lettered(said, letters) if said else None
    spelled = [part for part in stretches if part.spelled.names]
    if heard and spelled[:1] == stretches[:1] and _are_initials(spelled[0]):
        initials = spelled.pop(0).spelled.names[0].upper()
        heard = heard if fold(initials) in map(fold, said) else " ".join([initials, *said])
    for part in spelled:
        heard = _by_words(heard, part) if sure else _told(heard, part)
    return _finished(heard) if heard and len(_signs(heard)) > 1 else None


def part_told(text: str, start: int, end: int) -> NamePart:
    """Which part of a name a stretch was told to be: "the surname is Webb", "Priscilla's my first
    name"; empty where nothing tells, or more than one part is in it."""
    words = words_of(text)
    inside = [word for word in words if start <= word.start < end]
    roles = {part.role for part in _stretches(inside, text) if part.words or part.spelled.names}
    if roles == {""}:
        before = [word for word in words if word.end <= start][-_NEAR:]
        near = [*before, *(word for word in words if word.start >= end)][: len(before) + _NEAR]
        roles = {_role(near, at) for at in range(len(near))} - {""}
    return roles.pop() if len(roles) == 1 else ""


def _without_um(word: Word) -> Word:
    """ "Hannahum": a common name with a hesitation hanging on it."""
    given = word_lists("given_names")[""]
    for filler in ("um", "uh", "er"):
        name = word.text.removesuffix(filler)
        if name != word.text and fold(name) in given and word.folded not in given:
            return replace(word, text=name, folded=fold(name))
    return word


def _are_initials(part: _Stretch) -> bool:
    return len(part.spelled.names[0]) == _LEAST_SPELLED


def _told(heard: str | None, part: _Stretch) -> str | None:
    """The name with what these letters tell of it; they add no word to one that is whole."""
    names = part.spelled.names
    both = None if part.role else common_two(names)
    if heard is None and both is not None:
        return " ".join(both)
    if heard is not None and not part.role:
        parts = heard.split()
        fits = fitted(parts, part.spelled.run)
        if both is not None and _are_both(both, fits, parts):
            return " ".join(both)
        if fits is not None:
            return " ".join(fits)
        if len(names) == _WHOLE and all(map(is_a_name, names)):
            return " ".join(write_name(put_right(name)) for name in names)
        if len(parts) == 1 and part.spelled.as_word:
            return " ".join([*parts, *map(write_name, names)])
        begun = any(begins_alike(fold(each), name) for each in parts for name in names)
        few = sum(map(len, names)) <= _LEAST_ALONE
        if not all(map(is_a_name, names)) or len(parts) > 1 and (few or not begun):
            return heard
    for name in names:
        if heard is None and len(names) == 1 and len(name) < _LEAST_ALONE:
            return None
        heard = _with_spelled(heard, write_name(put_right(name)), part)
    return heard


def _by_words(heard: str | None, part: _Stretch) -> str:
    """The names whose letters are sure; one of them is that part of what was heard."""
    names = part.spelled.names
    names = tuple(parted(names[0])) if len(names) == 1 and not are_common(names) else names
    if len(names) > 1 or heard is None:
        return " ".join(map(write_name, names))
    return merged(heard, write_name(names[0]), part.of)


def _are_both(both: Sequence[str], fits: Sequence[str] | None, heard: Sequence[str]) -> bool:
    """Whether the letters of two common names are rather of these than of what was heard: where
    that is none, or has one of them beside another name; not where it agrees with its letters."""
    if fits is None:
        return True
    if len(fits) > _WHOLE or list(map(fold, fits)) == list(map(fold, heard)):
        return False
    other = fits[-1] == both[1] and not begins_alike(fold(fits[0]), fold(both[0]))
    return other or not are_common(fits)


def _lettered(said: Sequence[str], letters: Sequence[Letter]) -> str:
    """The name as the remarks say that it is written; one that does not fit the word before it is
    of another part: "Christian Young with a K"."""
    heard = lettered(" ".join(map(write_name, said)), letters)
    for letter in letters:
        if letter.sign in fold(heard) or not letter.written:
            continue
        for word in said:
            other = lettered(heard, [Letter(letter.sign, True, fold(word))])
            if other != heard and letter.sign in fold(other):
                return other
    return heard


def _with_spelled(heard: str | None, name: str, spelled: _Stretch) -> str:
    """The name with one part as it was spelled; letters of a part alone change nothing."""
    if heard is None:
        return name
    parts = heard.split()
    letters = _signs(name)
    if any(letters in _signs(part) for part in parts):
        return heard
    for first in range(len(parts)):
        for last in range(first + 2, len(parts) + 1):
            if "".join(map(_signs, parts[first:last])) == letters:
                apart = "-" not in name and min(map(len, parts[first:last])) >= _LEAST_ALONE
                return heard if apart else " ".join([*parts[:first], name, *parts[last:]])
    if spelled.role and len(parts) == 1 and _signs(parts[0])[:1] != letters[:1]:
        return f"{heard} {name}" if spelled.role == "family" else f"{name} {heard}"
    return merged(heard, name, spelled.of)


def _signs(name: str) -> str:
    return "".join(sign for sign in fold(name) if sign.isalnum())


def _in_order(stretches: Sequence[_Stretch]) -> list[str]:
    """The parts said, given names first; a name said again in full stands for what was said."""
    said: list[str] = []
    roles: dict[str, list[str]] = {"given": [], "family": []}
    noise = False
    for part in stretches:
        if part.spelled.names:
            noise = len(said) > 1 and not _spelled_out("".join(part.spelled.names), said)
        if noise and not part.role:
            continue  # a piece of badly heard letters: "Kevin Petrovap, ETR, Ovia"
        words = _once(part.words, part.role, again=part is not stretches[-1])
        known = [fold(word) for word in said]
        new = [fold(word) for word in words]
        if part.role:
            roles[part.role] += [word for word in words if fold(word) not in known]
        elif said and len(new) > len(said) and set(known) <= set(new):
            said = words
        else:
            said += [word for word in words if fold(word) not in known]
    told = {fold(word) for words in roles.values() for word in words}
    rest = [word for word in said if fold(word) not in told]
    return [*roles["given"], *rest, *roles["family"]]


def _spelled_out(letters: str, said: Sequence[str]) -> bool:
    """Whether these are the letters of one of the words said, or of all."""
    heard = [_signs(word) for word in said]
    return _signs(letters) in (*heard, "".join(heard))


def _once(words: Sequence[str], role: str, *, again: bool) -> list[str]:
    """ "Bond, James Bond" without the first; said again before it is spelled, without the last."""
    if len(words) > 2 and fold(words[0]) == fold(words[-1]):
        given = word_lists("given_names")[""]
        first = fold(words[0]) in given
        again = first if first != (fold(words[1]) in given) else again
        again = role == "given" if role else again
        return list(words[:-1] if again else words[1:])
    return list(words)


def _stretches(words: Sequence[Word], text: str) -> Iterator[_Stretch]:
    """Names and runs of letters in the order said; remarks are passed over."""
    lists = word_lists("names")
    beside = lists["remarks"] | lists["spells"]
    names: list[str] = []
    role: NamePart = ""
    last, remark, at, known = "", False, 0, set[str]()
    while at < len(words):
        word = words[at].folded
        spelled = spelled_from(words, at, text, named=bool(names or known))
        named = "" if spelled.names else _role(words, at)
        ends = word in beside and not (word in SURNAMES_TOO and at == len(words) - 1)
        if word in _HYPHENS and names and at + 1 < len(words) and _may_be_part(words, at + 1):
            at += 1
            continue
        if names and (spelled.names or named or ends):
            back = _role_of_before(words, at) if named else ""
            yield _Stretch(tuple(names), role=role or back)
            names, role, named = [], "", "" if back else named
        if spelled.names:
            if words[at - 1].folded != "not" or not at:
                yield _Stretch(spelled=spelled, role=role, of=last)
            role, remark, at = "", False, spelled.after
            continue
        if named:
            role, remark = named, False
        elif ends or word in beside and not at:
            remark = remark or word in lists["remarks"] and (bool(known) or word == "not")
        elif _may_be_part(words, at) and (not remark or word in known):
            last = word
            names = _with_word(names, words, at, text)
            known.add(word)
            remark = False
        elif word in ("its", "it"):
            remark = False
        elif word in NEVER_NAMES - lists["unkept"] - SURNAMES_TOO:
            remark = bool(known)
        at += 1
    if names:
        yield _Stretch(tuple(names), role=role)


def _with_word(names: Sequence[str], words: Sequence[Word], at: int, text: str) -> list[str]:
    """The parts with one word more, which a hyphen may join to the one before."""
    said = words[at].text
    if names and _hyphen_before(words, at, text):
        return [*names[:-1], f"{names[-1]}-{said}"]
    return [*names] if [*names[-1:]] == [said] else [*names, said]


def _hyphen_before(words: Sequence[Word], at: int, text: str) -> bool:
    """Whether a hyphen, written or said, joins the word to the one before."""
    if at and words[at - 1].folded in _HYPHENS:
        return True
    return at > 0 and text[words[at - 1].end : words[at].start] == "-"


def _may_be_part(words: Sequence[Word], at: int) -> bool:
    """Whether the word is one of a name: no title, nothing said around names, no letter told of
    ("two fs"); a small word only where it ends the stretch, or is all of it."""
    lists = word_lists("names")
    word, before = words[at].folded, words[at - 1].folded if at else ""
    if len(word) == 2 and word[1] == "s" and (before in DIGITS or "'" in words[at].text):
        return False
    if len(word) == 1 and before in DIGITS:
        return False
    if any(map(str.isdigit, word)):
        return False
    if word in SURNAMES_TOO or word not in lists["unkept"] | NEVER_NAMES:
        return True
    return len(words) == 1 or at == len(words) - 1 and word in lists["names too"]


def _role(words: Sequence[Word], at: int) -> NamePart:
    """Which part of a name the word tells of; some do only beside "name"."""
    lists, word = word_lists("names"), words[at].folded
    following = words[at + 1].folded if at + 1 < len(words) else ""
    if word in lists["with name"] and not following.startswith("name"):
        return ""
    return "family" if word in lists["family"] else "given" if word in lists["given"] else ""


def _role_of_before(words: Sequence[Word], at: int) -> NamePart:
    """ "Hope, that's the surname", "Webb's my surname": the part just said; "Hope, and the surname
    is Webb" tells of the next."""
    tells = at > 1 and words[at - 1].folded in ("the", "my", "our", "her", "his")
    tells = tells and words[at - 2].folded not in ("and", "but", "so", "with")
    return _role(words, at) if tells else ""


def _without_letter_said_first(words: Sequence[Word]) -> tuple[Word, ...]:
    """ "With an x, x i o m a r a": the remark goes where the letters follow."""
    for at in range(len(words) - 4):
        with_a = words[at].folded == "with" and words[at + 1].folded in ("a", "an")
        if with_a and not at and len(words[2].folded) == 1:
            return tuple(words[3:])
        if with_a and all(len(word.folded) == 1 for word in words[at + 2 : at + 5]):
            return (*words[:at], *words[at + 3 :])
    return tuple(words)


def _finished(name: str) -> str:
    """With the apostrophe of O'Brien, heard in one word or two, the Mc of one word, and the
    accents of an Irish name."""
    of_o = word_lists("names")["after o"]
    name = _BEFORE_A_CAPITAL.sub(_joined, name)
    parts = [
        f"O'{part[1:].capitalize()}" if part[:1] in "Oo" and part[1:].lower() in of_o else part
        for part in name.split()
    ]
    accents = pairs("accents")[""]
    if any(fold(part) in word_lists("names")["irish particles"] for part in parts):
        parts = [accents.get((part.lower(),), (part,))[0] for part in parts]
    return " ".join(parts)


def _joined(found: re.Match[str]) -> str:
    """The prefix as it stands before the rest of the name."""
    return found[1] if found[1] == "Mc" else f"{found[1]}'"
