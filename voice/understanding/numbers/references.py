"""The reference of a booking as a recogniser writes it: "for WF H2M", "7x and f s j".

A reference has six signs, none of which is a nought, an O, a one or an I: one that was heard stands
for another sign. What may be meant by the words is held against that, and the few ways that are
left are told in order.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import combinations, islice, product

from voice.understanding.numbers.said_numbers import REFERENCE_SIGNS, said_signs
from voice.understanding.numbers.spelling import sign_at
from voice.understanding.words import DIGITS, Word, words_of

MOST_WAYS = 4
_SIGNS = frozenset("23456789ABCDEFGHJKLMNPQRSTUVWXYZ")
_SOFT = {
    **dict.fromkeys(("and", "on", "an", "end", "in"), ("N", "")),
    **dict.fromkeys(("or", "our"), ("", "R")), "are": ("R", ""), "you": ("U", ""),
    "why": ("Y", ""), "see": ("C", ""), "sea": ("C", ""), "be": ("B", ""), "bee": ("B", ""),
    "for": ("4", ""), "to": ("2", ""), "too": ("2", ""), "ate": ("8", ""), "tea": ("T", ""),
    "a": ("A", "8", ""), "im": ("", "M"), "em": ("M", ""), "ex": ("X", ""), "eh": ("A", ""),
    "the": ("", "D"), "oh": ("",), "um": ("",), "uh": ("",), "er": ("",), "dash": ("",),
    "i": ("", "I"), "then": ("",), "capital": ("",), "letter": ("",), "number": ("",),
    "digit": ("",),
}  # fmt: skip
"""Words that stand for a sign, or for none, the likelier first."""
_FILLERS = "RMEA"
"""What an "er", "um" or "uh" between the signs is written as."""
_RHYMING = ("MN", "FSX", "8AHJK", "BCDEGPTVZ3", "QU2")
"""Signs that are taken for one another; each is in one row at most."""
_ROW_OF = {sign: row for row in _RHYMING for sign in row}
_STANDS_FOR = {"I": "AY", "1": "AY", "O": "QD", "0": "DQ"}
"""What was said, where a recogniser writes a sign that no reference has."""
_DOUBLE_U = (["double", "u"], ["double", "you"])
"""A letter, or one that is said twice: the length of the reference tells."""
_LONGEST_WORD = 7
_MOST_ALTERNATIVES = 400


def reference_ways(text: str) -> tuple[str, ...]:
    """What the reference may be, the likeliest first; none where six signs cannot be made of it."""
    row = _row(words_of(text))
    whole = ["".join(way) for way in islice(product(*row), _MOST_ALTERNATIVES)]
    exact = [way for way in whole if len(way) == REFERENCE_SIGNS]
    longer = [way for way in whole if len(way) == REFERENCE_SIGNS + 1]
    ways = exact or [shorter for way in longer for shorter in _without_filler(way)]
    meant = (one for way in ways for one in _in_signs_of_ours(way) if _SIGNS.issuperset(one))
    return tuple(islice(dict.fromkeys(meant), MOST_WAYS))


def reference_said(stretch: str, turn: str) -> tuple[str, ...]:
    """What the reference may be that this stretch gives, the likeliest first: read with the whole
    `turn`, where it answers our question, unless the stretch is one by itself. Else its letters
    and digits; once, where all of them came twice."""
    signs = said_signs(stretch)
    ways = () if len(signs or "") == REFERENCE_SIGNS else reference_ways(turn)
    if ways or (ways := reference_ways(stretch)):
        return ways
    first, again = (signs or "")[:REFERENCE_SIGNS], (signs or "")[REFERENCE_SIGNS:]
    twice = len(first) == REFERENCE_SIGNS and again.startswith(first)
    return (first if twice else signs,) if signs else ()


def sounding_like(reference: str) -> tuple[str, ...]:
    """References that may have been said where this one was heard, some four hundred: with any
    other sign in one place, or with signs in two that rhyme with those heard. Numbers are none."""
    if len(reference) != REFERENCE_SIGNS or not _SIGNS.issuperset(reference):
        return ()
    one = ((at, sign) for at in range(REFERENCE_SIGNS) for sign in sorted(_SIGNS))
    found = [_with(reference, (place,)) for place in one]
    rhyming = [(at, sign) for at, heard in enumerate(reference) for sign in _ROW_OF.get(heard, "")]
    found += [_with(reference, two) for two in combinations(rhyming, 2) if two[0][0] != two[1][0]]
    others = (each for each in found if each != reference and not each.isdigit())
    return tuple(dict.fromkeys(others))


def kin_of(reference: str) -> tuple[str, ...]:
    """Keys of which any two references have one in common that sound like each other: guesses are
    counted under them."""
    if len(reference) != REFERENCE_SIGNS:
        return ()
    rows = [_ROW_OF.get(sign, sign)[0] for sign in reference]
    return tuple("".join((*rows[:at], "?", *rows[at + 1 :])) for at in range(REFERENCE_SIGNS))


def _with(reference: str, places: Sequence[tuple[int, str]]) -> str:
    signs = list(reference)
    for at, sign in places:
        signs[at] = sign
    return "".join(signs)


def _row(words: Sequence[Word]) -> list[tuple[str, ...]]:
    """For each word from the first that is surely a sign to the last, and for soft ones around
    them, what it may be."""
    row: list[tuple[str, ...]] = []
    sure: list[int] = []
    at = 0
    while at < len(words):
        if [word.folded for word in words[at : at + 2]] in _DOUBLE_U:
            sure.append(len(row))
            row.append(("W", "UU"))
            at += 2
            continue
        signs, taken = _sure(words, at)
        soft = _SOFT.get(words[at].folded)
        if signs:
            sure.append(len(row))
        elif soft is None and sure:
            break
        elif soft is None:
            row = []
        if signs or soft:
            row.append((signs,) if signs else soft or ())
        at += taken
    return row if sure else []


def _sure(words: Sequence[Word], at: int) -> tuple[str, int]:
    """The signs that a word surely is, and how many words they took."""
    said, written = words[at].folded, words[at].text
    if said in _SOFT:
        return "", 1
    if said.isalnum() and len(said) <= _LONGEST_WORD:
        digits = any(map(str.isdigit, said))
        voiceless = len(said) <= REFERENCE_SIGNS // 2 and set(said).isdisjoint("aeiouy")
        if len(said) == 1 or digits or written.isupper() or voiceless:
            return _joined(words, at, said.upper())
    if said in DIGITS:
        return DIGITS[said], 1
    sign, taken = sign_at(words, at, True, inside=True)
    return sign.upper(), taken or 1


def _joined(words: Sequence[Word], at: int, signs: str) -> tuple[str, int]:
    """With the words behind that only explain a letter: "K for kilo"."""
    sign, taken = sign_at(words, at, True, inside=True) if len(signs) == 1 else (signs, 1)
    return sign.upper() or signs, taken or 1


def _without_filler(signs: str) -> Iterator[str]:
    places = [at for at in range(len(signs)) if signs[at] in _FILLERS]
    for at in sorted(places, key=lambda place: _FILLERS.index(signs[place])):
        yield signs[:at] + signs[at + 1 :]


def _in_signs_of_ours(signs: str) -> Iterator[str]:
    """With what may have been said for each sign that no reference has; a number is an order's,
    which may have any digit."""
    if signs.isdigit():
        return iter((signs,))
    return map("".join, product(*(_STANDS_FOR.get(sign, sign) for sign in signs)))
