"""How callers differ: how much they say at once, what they get wrong, what they ask between."""

from __future__ import annotations

import re
from dataclasses import dataclass
from random import Random

from rehearsal.goals import Temper

FILLERS = ("um", "uh", "er", "like", "you know", "i mean", "well")
RAMBLES = (
    "I've been meaning to call all week.",
    "My sister goes to you and she's very happy.",
    "It's been ages since my last one.",
    "Sorry, there's some noise here, I'm on the bus.",
    "I wasn't sure if you were open.",
    "I hope I've got the right number.",
    "My neighbour told me about you.",
    "I know it's short notice.",
    "Work has been crazy lately.",
)


@dataclass(frozen=True, slots=True)
class Manner:
    """Chances, from 0 to 1 a turn, of what a temper does."""

    tells_all: float = 0.35
    """Says more than was asked: the time with the service, the name with the time."""
    corrects: float = 0.0
    """Says something else first and corrects it in the same breath."""
    asks: float = 0.0
    """Asks a question of his own instead of answering, or after it."""
    mishears: float = 0.0
    """Asks us to say it again."""
    misheard: float = 0.0
    """His name reaches us as another, which he has to put right."""
    terse: bool = False
    rambles: float = 0.0
    recogniser: float = 0.0
    """Words arrive as a poor recogniser writes them: no capitals, no stops, fillers, stutters."""
    early: float = 0.0
    """The line asks for a reply before the caller has finished, and asks again."""


MANNERS: dict[Temper, Manner] = {
    "terse": Manner(tells_all=0.1, terse=True),
    "rambling": Manner(tells_all=0.7, rambles=0.5, early=0.15),
    "corrects himself": Manner(tells_all=0.5, corrects=0.6),
    "interrupts": Manner(tells_all=0.3, asks=0.4),
    "mishears": Manner(tells_all=0.3, mishears=0.25, misheard=0.5),
    "changes his mind": Manner(tells_all=0.4),
    "recogniser": Manner(tells_all=0.4, recogniser=1.0, early=0.25),
}


def ramble(words: str, random: Random) -> str:
    """With something nobody asked about in front or behind."""
    aside = random.choice(RAMBLES)
    if random.random() < 0.6:
        lead = random.choice(["", "Oh, ", "Well, ", "So, "])
        return f"{lead}{aside if not lead else lead_in(aside)} {words}"
    return f"{words.rstrip()} {aside}"


def lead_in(sentence: str) -> str:
    """A sentence that goes on after a word in front of it."""
    return sentence if sentence.startswith("I") else sentence[0].lower() + sentence[1:]


def as_recognised(words: str, random: Random) -> str:
    """What a recogniser hands on: lower case, no stops, fillers, now and then a word twice."""
    text = re.sub(r"(\d):(\d\d)", r"\1 \2", words) if random.random() < 0.5 else words
    text = re.sub(r"\b([AaPp])\.?([Mm])\b", r"\1 \2", text) if random.random() < 0.5 else text
    text = re.sub(r"[,.!?;:](?!\d)", "", text.lower().replace("-", " "))
    heard: list[str] = []
    for word in text.split():
        chance = random.random()
        if chance < 0.06:
            heard.append(random.choice(FILLERS))
        elif chance < 0.09 and word in ("i", "the", "on", "at", "a", "to", "for", "it"):
            heard.append(word)
        heard.append(word)
    if random.random() < 0.3:
        heard.insert(0, random.choice(FILLERS[:3]))
    return " ".join(heard)


def begun(words: str, random: Random) -> str | None:
    """The first part of what is being said, as a line hands it on that does not wait."""
    parts = words.split()
    if len(parts) < 5:
        return None
    return " ".join(parts[: random.randrange(2, len(parts) - 1)])
