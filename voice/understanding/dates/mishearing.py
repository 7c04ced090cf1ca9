"""Numbers that a recogniser wrote as the small words they sound like: "at to thirty"."""

from __future__ import annotations

from collections.abc import Sequence

from voice.understanding.dates.lexicon import ONES

SOUNDS_LIKE = {"to": "two", "too": "two", "for": "four", "fore": "four", "ate": "eight",
               "won": "one", "tree": "three", "free": "three"}  # fmt: skip
SAID_OF_A_TIME = frozenset({"free"})
""" "At half past free on Monday" tells nothing; "free o'clock" does."""
NEEDS_A_NUMBER = frozenset({"at", "past", "quarter to", "half"})
"""After these such a word cannot stand for itself where the sentence ends or a time goes on."""
MAY_TAKE_A_NUMBER = frozenset({"about", "around", "it", "say", "like", "", "or", "do"})
"""After these it is a number only before minutes that are no hour, or before "o'clock"."""
OF_AN_HOUR = frozenset({"o'clock", "am", "pm", "ish", "sharp"})
NO_HOURS = frozenset({"thirty", "forty", "fourty", "fifty"})
FOLLOWS = frozenset({"", "on", "in", "tomorrow", "today", "please", "this", "next", "if", "then"})
COUNTED = ("minute", "min", "hour", "day", "people", "dollar", "pound", "year", "of")


def heard_as_numbers(texts: Sequence[str]) -> list[str]:
    """The words of a turn in lower case, with those read as numbers that can be nothing else."""
    heard = list(texts)
    for place, word in enumerate(texts):
        if word in SOUNDS_LIKE and is_number(heard, place):
            heard[place] = SOUNDS_LIKE[word]
    return heard


def is_number(texts: Sequence[str], place: int) -> bool:
    """Whether what stands around the word leaves room for an hour alone."""
    before, after = word_at(texts, place - 1), word_at(texts, place + 1)
    needed = not NEEDS_A_NUMBER.isdisjoint((before, f"{word_at(texts, place - 2)} {before}"))
    if not needed and before not in MAY_TAKE_A_NUMBER:
        return False
    if after in OF_AN_HOUR:
        return True
    if after not in NO_HOURS and not (needed and after == "fifteen"):
        return needed and after in FOLLOWS and texts[place] not in SAID_OF_A_TIME
    following = word_at(texts, place + 2 + (word_at(texts, place + 2) == "five"))
    if before == "" and following not in ("", "please"):
        return False
    return not following.startswith(COUNTED) and following not in ("past", "to", *ONES)


def word_at(texts: Sequence[str], place: int) -> str:
    return texts[place] if 0 <= place < len(texts) else ""
