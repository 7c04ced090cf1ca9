"""What simulated callers say."""

from __future__ import annotations

from benchmarks.turns import OPEN_DAYS

QUESTION = "Where do I park?"
"""Of callers at stub engines, which understand nothing else."""
LONG_ANSWERS = ("What do you offer?", QUESTION)
INTERRUPTIONS = (
    "Sorry, how much is a check-up?",
    "Wait, stop, I want to book something.",
    "No, I meant something else.",
    "Hold on, where do I park?",
    "Actually, can I speak to a person?",
    "Stop.",
    "Can I ask something?",
    "Yes, that one.",
    "No, wait.",
    "What about Thursday?",
)
HUMS = (95, 115, 135, 160, 190)
"""Hz: "mm-hmm" has no spelling that a voice would read as people say it."""
NODS = ("Okay.", "Yeah.", "Right.", "Okay, yeah.", "All right.")
"""What else a listener says to keep us going."""
DAYS_EACH = 5
"""That one caller asks for."""


def booking(caller: int, turns: int) -> list[str]:
    """A call of eleven turns at most, for days that no other asks for: most of its answers were
    never spoken before."""
    first, *others = [
        f"{day:%B} {day.day}" for day in OPEN_DAYS[DAYS_EACH * caller : DAYS_EACH * (caller + 1)]
    ]
    lines = [
        "Hi, I'd like to book an appointment please.",
        "A check-up.",
        f"{first} in the morning, please.",
    ]
    for other in others:
        lines += [f"And what do you have on {other}?", "Is there anything in the afternoon?"]
    return lines[:turns]


def everything(callers: dict[int, int]) -> set[str]:
    """All sentences of all scripts, to be recorded beforehand; turns by the number of a caller."""
    said = {QUESTION, *LONG_ANSWERS, *INTERRUPTIONS, *NODS}
    return said.union(*(booking(*each) for each in callers.items()))
