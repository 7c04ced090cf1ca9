"""Milliseconds to read what is far too long: turns, dates, and sentences of a model.

    python -m benchmarks.long_texts

Each kind is built of what its reader looks at longest; the worst of them is given.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable
from datetime import datetime

from voice.claims.acts import acts_told
from voice.claims.refused import advises, promises_a_deed
from voice.claims.times import with_hours
from voice.claims.words import clauses
from voice.models.hosted_turn import LONGEST_SENTENCE
from voice.understanding.dates.reading import read_times
from voice.understanding.hearing import Hearing
from voice.understanding.read import read as read_turn
from voice.understanding.reading import Context

HEARING = Hearing(now=datetime.fromisoformat("2026-11-21T10:00"), asked="open")
CONTEXT = Context(now=datetime.fromisoformat("2026-11-21T10:00"))
RAMBLING = "so I was thinking well you know my sister said that maybe "
DATES = ("the next ", "from 2 to ", "1/", "Monday or ", "not ", "9:30 ")
CLAIMS = ("on at for with a ", "nine, ", "with Ben for nine on ", "i just also ")


def claims_in(sentence: str) -> None:
    """As the check reads a sentence between a model and the caller."""
    for one in clauses(with_hours(sentence)):
        _ = acts_told(one), promises_a_deed(one, ()), advises(one)


def worst(read: Callable[[str], object], texts: Iterable[str]) -> float:
    """Processor time of the text that took longest, after one much like it: what is remembered of
    a text would cost nothing."""
    taken = []
    for text in texts:
        read(text)
        began = time.thread_time()
        read(f"{text}.")
        taken.append((time.thread_time() - began) * 1000)
    return max(taken)


def measure() -> dict[str, float]:
    """By what is read."""
    sentence = "Your booking for a "
    return {
        "a turn of 24,000 characters, ms": worst(
            lambda text: read_turn(text, HEARING), [f"I'd like a haircut. {RAMBLING * 400}"]
        ),
        "dates in 20,000 and more, ms": worst(
            lambda text: read_times(text, CONTEXT), [piece * 5000 for piece in DATES]
        ),
        "a model's longest sentence, ms": worst(
            claims_in, [sentence + piece * (LONGEST_SENTENCE // len(piece)) for piece in CLAIMS]
        ),
    }


if __name__ == "__main__":
    for name, milliseconds in measure().items():
        print(f"{name}: {milliseconds:.1f}")
