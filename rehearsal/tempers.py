"""How callers differ: how much they say at once, what they get wrong, what they ask between."""

from __future__ import annotations

import re
from dataclasses import dataclass
from random import Random

from rehearsal.goals import Temper

FILLERS = ("um", "uh", "er")
SOUNDS_LIKE: dict[str, tuple[str, ...]] = {
    "two": ("to", "too"), "four": ("for",), "eight": ("ate",), "one": ("won",), "there": ("their",),
    "their": ("there",), "you're": ("your",), "your": ("you're",), "here": ("hear",),
    "right": ("write",), "week": ("weak",), "by": ("buy",), "brake": ("break",),
    "brakes": ("breaks",), "check": ("cheque",), "tire": ("tyre",),
}  # fmt: skip
"""Words, and what a recogniser writes for them that sounds the same."""
SOUNDS_LIKE_CHANCE = 0.03


DIGIT_WORDS = frozenset(
    "oh zero one two three four five six seven eight nine double triple".split()
)


@dataclass(frozen=True, slots=True)
class Manner:
    """Chances, from 0 to 1 a turn, of what a temper does; everybody does a little of everything."""

    tells_all: float = 0.4
    """Says more than was asked: the time with the service, the name with the time."""
    corrects: float = 0.1
    """Says something else first and corrects it in the same breath."""
    asks: float = 0.1
    """Asks a question of his own instead of answering, or after it."""
    mishears: float = 0.03
    """Asks us to say it again."""
    misheard: float = 0.05
    """His name reaches us as another, which he has to put right."""
    terse: bool = False
    chatty: bool = False
    """Says what nobody asked about."""
    wanders: float = 0.04
    """Makes us wait, says something to somebody else, chats."""
    recogniser: float = 0.3
    """Words arrive as a poor recogniser writes them: no capitals, no stops, fillers, stutters."""
    early: float = 0.0
    """The line asks for a reply before the caller has finished, and asks again."""


MANNERS: dict[Temper, Manner] = {
    "terse": Manner(tells_all=0.1, terse=True, asks=0.0, wanders=0.0),
    "rambling": Manner(tells_all=0.7, chatty=True, wanders=0.12, early=0.15),
    "corrects himself": Manner(tells_all=0.5, corrects=0.6),
    "interrupts": Manner(tells_all=0.3, asks=0.4, wanders=0.08),
    "mishears": Manner(tells_all=0.3, mishears=0.25, misheard=0.5),
    "changes his mind": Manner(),
    "recogniser": Manner(recogniser=1.0, early=0.25),
}


def as_recognised(words: str, random: Random) -> str:
    """What a recogniser hands on: lower case, no stops, fillers, now and then a word twice."""
    text = re.sub(r"(\d):(\d\d)", r"\1 \2", words) if random.random() < 0.5 else words
    text = re.sub(r"\b([AaPp])\.?([Mm])\b", r"\1 \2", text) if random.random() < 0.5 else text
    text = re.sub(r"[,.!?;:](?!\d)", "", text.lower().replace("-", " "))
    heard: list[str] = []
    for word in text.split():
        chance = random.random()
        if chance < 0.04:
            heard.append(random.choice(FILLERS))
        elif chance < 0.07 and word in ("the", "on", "at", "to", "for", "it"):
            heard.append(word)
        others = SOUNDS_LIKE.get(word, ())
        alone = not heard or heard[-1] not in DIGIT_WORDS
        misheard = others and alone and random.random() < SOUNDS_LIKE_CHANCE
        heard.append(random.choice(others) if misheard else word)
    if random.random() < 0.3:
        heard.insert(0, random.choice(FILLERS))
    return " ".join(heard)


def without_fillers(words: str) -> str:
    """As a voice can say it: of "um" and "er" the synthetic one makes "M" and "her", letters and
    words that no person says there."""
    said = [word for word in words.split() if word.lower().strip(",.;") not in FILLERS]
    return " ".join(said) or words


def begun(words: str, random: Random) -> str | None:
    """The first part of what is being said, as a line hands it on that does not wait."""
    parts = words.split()
    if len(parts) < 5:
        return None
    return " ".join(parts[: random.randrange(2, len(parts) - 1)])
