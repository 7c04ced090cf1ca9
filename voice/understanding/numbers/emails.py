"""E-mail addresses, typed or said: "j dot smith at gmail dot com"."""

from __future__ import annotations

import re

from voice.understanding.words import DIGITS, TEENS, TENS, words_of

_TYPED = re.compile(r"[a-z0-9][a-z0-9._%+-]*@[a-z0-9-]+(?:\.[a-z0-9-]+)+", re.IGNORECASE)
_SAID_SIGNS = {
    "dot": ".", "period": ".", "point": ".", "underscore": "_", "dash": "-", "hyphen": "-",
    "minus": "-", "plus": "+",
}  # fmt: skip
_ENDINGS = frozenset(
    """com net org edu gov co uk io us ca au info me biz de fr es ie nz health dev app""".split()
)
_LEAD_IN = frozenset(
    """is its at my email mail address to me on the thats use yes be would sure and with under send
    um uh so okay ok emails all lower case lowercase caps capital""".split()
)


_ONE_WORD = re.compile(
    r"(?i),?\s*\b(?:all (?:as )?one word|(?:as )?one word|no spaces?|all together|all joined up|"
    r"(?:all )?(?:in )?(?:lower ?case|small letters|capitals|caps)),?(?=\s)"
)
"""How an address is written, told beside it."""
_COM = frozenset("gmail hotmail outlook yahoo icloud aol googlemail".split())
"""Said without their ending."""
_AT = re.compile(r"(?i)\bat the rate(?: of)?\b")
_MOST_OF_A_DOMAIN = 12
_MOST_JOINED = 3
"""Words that are read as one; more are a sentence."""


def said_email(text: str) -> str | None:
    """The address that these words give, lower case; None where they give none."""
    typed = _TYPED.search(text)
    if typed:
        return typed[0].lower()
    text = _ONE_WORD.sub(" ", text)
    text = _AT.sub(" at ", text)
    words = [word.folded for word in words_of(text.replace("@", " at ").replace(".", " dot "))]
    for at, word in reversed(list(enumerate(words))):  # "to her at jo at gmail dot com"
        if word == "at" and 0 < at < len(words) - 1:
            domain = _domain(words[at + 1 :])
            local = _local(words[:at]) if domain else ""
            if domain and local:
                return f"{local}@{domain}"
    return None


def _domain(words: list[str]) -> str:
    """ "gmail dot com", "my firm dot co dot uk"; empty when it is none."""
    if words and words[0] in _COM and words[1:2] != ["dot"]:
        return f"{words[0]}.com"
    name: list[str] = []
    at = 0
    words = words[:_MOST_OF_A_DOMAIN]
    while at < len(words) and words[at] != "dot":
        name.append(_SAID_SIGNS.get(words[at], words[at]))
        at += 1
        if len(name) > 4:
            return ""
    parts = ["".join(name)]
    while at + 1 < len(words) and words[at] == "dot":
        ending = words[at + 1]
        if words[at + 1 : at + 3] == ["i", "e"]:
            ending = "ie"
        if len(parts) > 1 and ending not in _ENDINGS:
            break
        parts.append(ending)
        at += 2
    return ".".join(parts) if len(parts) > 1 and parts[0] else ""


def _local(words: list[str]) -> str:
    """What stands before the at sign, back to the words that lead in to it."""
    signs: list[str] = []
    joined = True
    words = _with_tens_joined(words)
    led = next((at for at in range(len(words), 0, -1) if words[at - 1] in _LEAD_IN), 0)
    whole = 1 < len(words) - led <= _MOST_JOINED and all(map(str.isalpha, words[led:]))
    if whole and _SAID_SIGNS.keys().isdisjoint(words[led:]):
        return "".join(map(_number, words[led:]))  # "is Jane Doe at", which nothing parts
    for word in reversed(words):
        if word in _SAID_SIGNS:
            signs.insert(0, _SAID_SIGNS[word])
            joined = True
        elif word in _LEAD_IN or not joined and len(word) > 1 and not _counts(word):
            break
        else:
            signs.insert(0, _number(word))
            joined = len(word) == 1 or bool(_counts(word))
    return "".join(signs).strip("._-+")


def _with_tens_joined(words: list[str]) -> list[str]:
    """ "ninety nine" is two digits, not three."""
    joined: list[str] = []
    for word in words:
        ones = DIGITS.get(word, "0")
        if joined and joined[-1] in TENS and ones != "0":
            joined[-1] = str(TENS[joined[-1]] + int(ones))
        else:
            joined.append(word)
    return joined


def _counts(word: str) -> bool:
    return word.isdigit() or word in DIGITS or word in TEENS or word in TENS


def _number(word: str) -> str:
    if word in DIGITS and len(word) > 1:
        return DIGITS[word]
    if word in TEENS or word in TENS:
        return str(TEENS.get(word) or TENS[word])
    return word
