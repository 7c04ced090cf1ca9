"""A customer's name from the stretch in which it was said, spelled, and told how it is written.

It is known that the stretch is a name, so "will", "june" and "summer day" are names in it. What is
told beside it is of three kinds: letters one by one, remarks on how a part is written ("with a k",
"two words"), and which part it is ("surname").
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from voice.understanding.everyday import NEVER_NAMES, SURNAMES_TOO
from voice.understanding.name_lines import NameHeard, NameLine, write_name
from voice.understanding.spelled_names import Letter, lettered, merged, take_letters
from voice.understanding.spelling import sign_at
from voice.understanding.word_lists import pairs, word_lists
from voice.understanding.words import DIGITS, Word, fold, words_of

_LEAST_SPELLED = 2
_LEAST_ALONE = 3
"""Letters that are a name where nothing else was said."""
_SIGNS_SAID = {"apostrophe": "'", "hyphen": "-", "dash": "-"}
_BEFORE_A_CAPITAL = re.compile(r"\b([OD]|Mc) (?=[A-Z][a-z])")
_LAST_FIRST = re.compile(r"\s*[^\W\d_]{2,}, [^\W\d_]{2,}\.?\s*")


@dataclass(frozen=True, slots=True)
class _Stretch:
    """Words of a name, or the letters of one or more."""

    words: tuple[str, ...] = ()
    spelled: tuple[str, ...] = ()
    role: str = ""
    """`family` or `given`, where it was said which part this is."""


def said_name(text: str) -> str | None:
    """The name as it is written; None where the stretch holds only remarks."""
    line, letters = take_letters(NameLine(_without_letter_said_first(words_of(text))))
    stretches = list(_stretches(line.words, text))
    said = _in_order(stretches)
    if len(said) == 2 and _LAST_FIRST.fullmatch(text):
        said = [said[1], said[0]]
    for part in stretches:
        if len(part.spelled) > 1 and {fold(word) for word in said} <= set(part.spelled):
            said = [write_name(name) for name in part.spelled]  # "mark down m a r k space d o w n"
    names = [(name, part.role) for part in stretches for name in part.spelled]
    heard = _lettered(said, letters) if said else None
    if heard and len(names) > 0 and stretches[0].spelled and len(names[0][0]) == _LEAST_SPELLED:
        initials = names.pop(0)[0].upper()
        heard = heard if fold(initials) in map(fold, said) else _heard([initials, *said])
    for name, role in names:
        if heard is None and len(names) == 1 and len(name) < _LEAST_ALONE:
            return None
        heard = _with_spelled(heard, write_name(name), role)
    return _finished(heard.name) if heard else None


def _heard(parts: Sequence[str]) -> NameHeard:
    return NameHeard(" ".join(parts), ((0, 0),))


def _lettered(said: Sequence[str], letters: Sequence[Letter]) -> NameHeard:
    """The name as the remarks say that it is written; one that does not fit the word before it is
    of another part: "Christian Young with a K"."""
    heard = lettered(_heard([write_name(word) for word in said]), letters)
    for letter in letters:
        if letter.sign in fold(heard.name) or not letter.written:
            continue
        for word in said:
            other = lettered(heard, [Letter(letter.sign, True, fold(word))])
            if other.name != heard.name and letter.sign in fold(other.name):
                return other
    return heard


def _with_spelled(heard: NameHeard | None, name: str, role: str) -> NameHeard:
    """The name with one part as it was spelled; letters of a part alone change nothing."""
    if heard is None:
        return _heard([name])
    parts = heard.name.split()
    letters = _signs(name)
    if any(letters in _signs(part) for part in parts):
        return heard
    for first in range(len(parts)):
        for last in range(first + 2, len(parts) + 1):
            if "".join(map(_signs, parts[first:last])) == letters:
                apart = "-" not in name and min(map(len, parts[first:last])) >= _LEAST_ALONE
                return heard if apart else _heard([*parts[:first], name, *parts[last:]])
    if role and len(parts) == 1 and _signs(parts[0])[:1] != letters[:1]:
        return _heard([*parts, name] if role == "family" else [name, *parts])
    return merged(heard, _heard([name]))


def _signs(name: str) -> str:
    return "".join(sign for sign in fold(name) if sign.isalnum())


def _in_order(stretches: Sequence[_Stretch]) -> list[str]:
    """The parts said, given names first; a name said again in full stands for what was said."""
    said: list[str] = []
    roles: dict[str, list[str]] = {"given": [], "family": []}
    for part in stretches:
        words = _once(part.words, again=part is not stretches[-1])
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


def _once(words: Sequence[str], *, again: bool) -> list[str]:
    """ "Bond, James Bond" without the first; said again before it is spelled, without the last."""
    if len(words) > 2 and fold(words[0]) == fold(words[-1]):
        return list(words[:-1] if again else words[1:])
    return list(words)


def _stretches(words: Sequence[Word], text: str) -> Iterator[_Stretch]:
    """Names and runs of letters in the order said; remarks are passed over."""
    lists = word_lists("names")
    beside = lists["remarks"] | lists["spells"]
    names: list[str] = []
    role, remark, at, known = "", False, 0, set[str]()
    while at < len(words):
        word = words[at].folded
        spelled, after = _letters(words, at, text)
        named = "" if spelled else _role(words, at)
        ends = word in beside and not (word in SURNAMES_TOO and at == len(words) - 1)
        if names and (spelled or named or ends):
            back = _role_of_before(words, at) if named else ""
            yield _Stretch(tuple(names), role=role or back)
            names, role, named = [], "", "" if back else named
        if spelled:
            if words[at - 1].folded != "not" or not at:
                yield _Stretch(spelled=spelled, role=role)
            role, remark, at = "", False, after
            continue
        if named:
            role, remark = named, False
        elif ends or word in beside and not at:
            remark = remark or word in lists["remarks"] and (bool(known) or word == "not")
        elif _may_be_part(words, at) and (not remark or word in known):
            if names[-1:] != [words[at].text]:
                names.append(words[at].text)
            if _hyphen_before(words, at, text) and len(names) > 1:
                names[-2:] = ["-".join(names[-2:])]
            known.add(word)
            remark = False
        elif word in ("its", "it"):
            remark = False
        elif word in NEVER_NAMES - lists["unkept"] - SURNAMES_TOO:
            remark = bool(known)
        at += 1
    if names:
        yield _Stretch(tuple(names), role=role)


def _hyphen_before(words: Sequence[Word], at: int, text: str) -> bool:
    """Whether a hyphen, written or said, joins the word to the one before."""
    if at and words[at - 1].folded in ("hyphen", "dash"):
        return True
    return at > 0 and text[words[at - 1].end : words[at].start] == "-"


def _may_be_part(words: Sequence[Word], at: int) -> bool:
    """Whether the word is one of a name: no title, nothing said around names, no letter told of
    ("two fs"); a small word only where it ends the stretch, or is all of it."""
    lists = word_lists("names")
    word, before = words[at].folded, words[at - 1].folded if at else ""
    if len(word) == 2 and word[1] == "s" and (before in DIGITS or "'" in words[at].text):
        return False
    if word in SURNAMES_TOO or word not in lists["unkept"] | NEVER_NAMES:
        return True
    return len(words) == 1 or at == len(words) - 1 and word in lists["names too"]


def _role(words: Sequence[Word], at: int) -> str:
    """Which part of a name the word tells of; some do only beside "name"."""
    lists, word = word_lists("names"), words[at].folded
    following = words[at + 1].folded if at + 1 < len(words) else ""
    if word in lists["with name"] and not following.startswith("name"):
        return ""
    return next((role for role in ("family", "given") if word in lists[role]), "")


def _role_of_before(words: Sequence[Word], at: int) -> str:
    """ "Hope, that's the surname": the part just said."""
    tells = at > 0 and words[at - 1].folded == "the"
    return _role(words, at) if tells else ""


def _letters(words: Sequence[Word], at: int, text: str) -> tuple[tuple[str, ...], int]:
    """The names spelled from this word on, and the word after them; two letters at least."""
    lists = word_lists("names")
    names, after, place = [""], at, at
    stops: list[int] = []
    while place < len(words):
        word = words[place].folded
        sign, taken = sign_at(words, place, False, inside=any(names))
        begins = len(word) == 1 or _goes_on(words, place + taken) and not _spells(words, place)
        if sign and (any(names) or begins):
            if names[-1] and "," in text[words[place - 1].end : words[place].start]:
                stops.append(len(names[-1]))
            names[-1] += sign
            place += taken
            after = place
        elif any(names) and word in lists["between names"]:
            names += [""] if names[-1] else []
            place += 1
        elif word in lists["inside letters"] or any(names) and word in _SIGNS_SAID:
            names[-1] += _SIGNS_SAID.get(word, "")
            place += 1
        else:
            break
    names = [name.strip("-'") for name in names if name.strip("-'")]
    if len(names) == 1:
        names = _parted(names[0], stops)
    return (tuple(names), after) if sum(map(len, names)) >= _LEAST_SPELLED else ((), at)


def _parted(name: str, stops: Sequence[int]) -> list[str]:
    """ "J A Y N E, P R Y O R": two names, where each is long enough for one."""
    cuts = [0, *stops, len(name)]
    parts = [name[start:end] for start, end in zip(cuts, cuts[1:], strict=False)]
    return parts if min(map(len, parts)) >= _LEAST_ALONE else [name]


def _spells(words: Sequence[Word], at: int) -> bool:
    """Whether the letters behind a word are its own: "Victor, v i c t o r"."""
    behind = [word.folded for word in words[at + 1 : at + 1 + _LEAST_SPELLED]]
    return behind == list(words[at].folded[:_LEAST_SPELLED])


def _goes_on(words: Sequence[Word], at: int) -> bool:
    """Whether the word of the telephone alphabet before it began a spelling: "mike romeo o z"."""
    return at < len(words) and bool(sign_at(words, at, False, inside=False)[0])


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
