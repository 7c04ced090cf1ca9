"""The same turn as a poor recogniser would write it, its tags kept."""

from __future__ import annotations

import random

HOMOPHONES = {
    "to": "two", "two": "to", "for": "four", "four": "for", "eight": "ate", "won": "one",
    "there": "their", "their": "there", "your": "you're", "you're": "your", "its": "it's",
    "week": "weak", "right": "write", "hi": "high", "our": "are", "be": "b",
    "see": "c", "you": "u", "are": "r", "why": "y", "okay": "ok", "ok": "okay", "yeah": "yea",
    "hello": "hallo", "by": "buy", "bye": "by", "mail": "male", "wait": "weight", "here": "hear",
    "brakes": "breaks", "hair": "hare", "son": "sun", "sunday": "sun day", "i'd": "id",
    "i'll": "ill", "we'll": "well", "can't": "cant", "fifteen": "fifty",
}  # fmt: skip
FILLERS = ("um", "uh", "er", "like", "you know", "em", "so", "well")
PLAIN_MARKS = str.maketrans("", "", '.,;:!?"…—–-()')


def noisy(words: list[str], tags: list[str], luck: random.Random) -> tuple[list[str], list[str]]:
    """Without marks, and with a slip here and there."""
    out: list[str] = []
    kept: list[str] = []
    for word, tag in zip(words, tags, strict=True):
        inside = tag if tag == "O" else "I-" + tag[2:]
        if luck.random() < 0.04:
            for filler in luck.choice(FILLERS).split():
                out.append(filler)
                kept.append(inside if tag[0] == "I" else "O")
        bare = word.lower() if "@" in word else word.lower().translate(PLAIN_MARKS)
        if luck.random() < 0.08:
            bare = HOMOPHONES.get(bare, bare)
        for number, part in enumerate(bare.split() or [word]):
            out.append(part)
            kept.append(inside if number else tag)
            if luck.random() < 0.015:
                out.append(part)  # a stammer
                kept.append(inside)
    return out, kept
