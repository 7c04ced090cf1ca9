"""Letters and digits said one by one: "J A Y N E", "kilo seven", "B for Bravo", "double five"."""

from __future__ import annotations

from collections.abc import Sequence

from voice.understanding.words import DIGITS, LETTERS, REPEATING, Word

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
_LONGEST_SOUND = 3
"""Letters of a word that may be how a letter sounds, "kay", rather than stand for it."""


def sign_at(words: Sequence[Word], at: int, digits: bool, *, inside: bool) -> tuple[str, int]:
    """One sign and how many words it took; ("", 0) when this word is no sign."""
    said = words[at].folded
    if said in REPEATING and at + 1 < len(words):
        if said == "double" and words[at + 1].folded in {"you", "u"}:
            return "w", 2
        sign, taken = sign_at(words, at + 1, digits, inside=True)
        return (sign * REPEATING[said], taken + 1) if len(sign) == 1 else ("", 0)
    letter = _letter(said, digits, inside)
    if not letter:
        return "", 0
    explained = _explained(words, at + 1, letter)
    if digits and not explained and said == letter and _is_word_for(words, at + 1, letter):
        explained = 1
    return letter, 1 + explained


def _is_word_for(words: Sequence[Word], at: int, letter: str) -> bool:
    """Whether a word of the telephone alphabet, or a whole word that begins so, only says the
    letter once more: "A alpha", "Z zebra"."""
    said = words[at].folded if at < len(words) else ""
    return len(said) > _LONGEST_SOUND and said.isalpha() and said.startswith(letter)


def _letter(said: str, digits: bool, inside: bool) -> str:
    if len(said) == 1 and (said.isalpha() or digits and said.isdigit()):
        return said
    if digits:
        mixed = said.isalnum() and not said.isalpha() and not said.isdigit()
        if said.isdigit() and len(said) <= 4 or len(said) <= 5 and mixed:
            return said
        if said in DIGITS:
            return DIGITS[said]
        if inside and said in _DIGIT_SOUNDS:
            return _DIGIT_SOUNDS[said]
    if said in LETTERS:
        return LETTERS[said]
    return _SOUNDS.get(said, "") if inside else ""


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
