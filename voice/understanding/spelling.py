"""Letters and digits said one by one: "J A Y N E", "kilo seven", "B for Bravo", "double five"."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from voice.understanding.words import DIGITS, LETTERS, Word

_SOUNDS = {
    "ay": "a", "bee": "b", "be": "b", "see": "c", "sea": "c", "cee": "c", "dee": "d", "ee": "e",
    "ef": "f", "eff": "f", "gee": "g", "aitch": "h", "eye": "i", "jay": "j", "kay": "k", "el": "l",
    "ell": "l", "em": "m", "en": "n", "pee": "p", "pea": "p", "queue": "q", "cue": "q", "kew": "q",
    "are": "r", "ar": "r", "ess": "s", "tee": "t", "tea": "t", "you": "u", "vee": "v", "ex": "x",
    "why": "y", "wye": "y",
}  # fmt: skip
_DIGIT_SOUNDS = {
    "for": "4",
    "fore": "4",
    "to": "2",
    "too": "2",
    "ate": "8",
    "won": "1",
    "tree": "3",
}
_FILLED = frozenset(
    {
        "um",
        "uh",
        "er",
        "then",
        "dash",
        "hyphen",
        "space",
        "capital",
        "letter",
        "the",
        "number",
        "and",
        "comma",
    }
)
_TIMES = {"double": 2, "triple": 3, "treble": 3}


@dataclass(frozen=True, slots=True)
class Spelled:
    """A run of single signs, lower case, and which words it took."""

    signs: str
    first: int
    last: int
    start: int
    end: int


def spelled_runs(words: Sequence[Word], *, digits: bool) -> Iterator[Spelled]:
    """Runs of at least two signs; with `digits`, number words count as signs too."""
    at = 0
    while at < len(words):
        signs, after = _run(words, at, digits)
        if len(signs) >= 2:
            last = after - 1
            yield Spelled(signs, at, last, words[at].start, words[last].end)
            at = after
        else:
            at += 1


def _run(words: Sequence[Word], at: int, digits: bool) -> tuple[str, int]:
    """The signs of the run that begins here, and the word after it."""
    signs, after, position = "", at, at
    while position < len(words):
        sign, taken = _sign(words, position, digits, inside=bool(signs))
        if sign == "i" and _speaks(words, position):
            break
        if sign:
            signs += sign
            position += taken
            after = position
        elif signs and words[position].folded in _FILLED:
            position += 1
        else:
            break
    return signs, after


def _speaks(words: Sequence[Word], at: int) -> bool:
    """Whether "I" is the caller: "Q X, and I want to cancel"."""
    following = words[at + 1].folded if at + 1 < len(words) else ""
    spelled = len(following) == 1 or following in LETTERS or following in DIGITS
    return words[at - 1].folded == "and" and bool(following) and not spelled


def _sign(words: Sequence[Word], at: int, digits: bool, *, inside: bool) -> tuple[str, int]:
    """One sign and how many words it took; ("", 0) when this word is no sign."""
    said = words[at].folded
    if said in _TIMES and at + 1 < len(words):
        if said == "double" and words[at + 1].folded in {"you", "u"}:
            return "w", 2
        sign, taken = _sign(words, at + 1, digits, inside=True)
        return (sign * _TIMES[said], taken + 1) if len(sign) == 1 else ("", 0)
    letter = _letter(said, digits, inside)
    if not letter:
        return "", 0
    return letter, 1 + _explained(words, at + 1, letter)


def _letter(said: str, digits: bool, inside: bool) -> str:
    if len(said) == 1 and (said.isalpha() or digits and said.isdigit()):
        return said
    if digits:
        if said.isdigit() and len(said) <= 4 or len(said) <= 5 and _mixed(said):
            return said
        if said in DIGITS:
            return DIGITS[said]
        if inside and said in _DIGIT_SOUNDS:
            return _DIGIT_SOUNDS[said]
    if said in LETTERS:
        return LETTERS[said]
    return _SOUNDS.get(said, "") if inside else ""


def _mixed(said: str) -> bool:
    return said.isalnum() and not said.isalpha() and not said.isdigit()


def _explained(words: Sequence[Word], at: int, letter: str) -> int:
    """How many words only explain the letter: "for Bravo", "as in Ben", "like boy"."""
    if letter == "x" and at < len(words) and words[at].folded == "ray":
        return 1
    for lead in (("for",), ("as", "in"), ("like",), ("as",), ("is", "for"), ("of",)):
        span = [word.folded for word in words[at : at + len(lead) + 1]]
        if tuple(span[:-1]) == lead and len(span) == len(lead) + 1:
            if span[-1].startswith(letter) and len(span[-1]) > 1:
                return len(span)
    return 0
