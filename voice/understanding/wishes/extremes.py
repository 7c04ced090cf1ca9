"""The first or the last time there is: "as late as possible", "first thing", "the earliest"."""

from __future__ import annotations

from datetime import time

from voice.understanding.phrasebook import phrases
from voice.understanding.wishes.wanted import Extreme, Span, Wanted
from voice.understanding.words import plain

FIRST_HOURS = (time(8), time(10))
""" "First thing", as the grammar of dates has it; who says so wants the first there is."""


def order_said(words: str) -> Extreme | None:
    """The first or the last there is, in a stretch that is known to be a wish about time."""
    said = f"{plain(words)} "
    if phrases("wishes")["latest"].search(said):
        return "latest"
    return "soonest" if phrases("wishes")["soonest"].search(said) else None


def order_after(
    said: Extreme | None, old: Wanted, found: tuple[Span, ...], *, moved: bool
) -> Extreme | None:
    """The first or the last there is. The last stays wanted on another day; of the first nobody
    can say whether it was the day or the hour that mattered."""
    if said or moved or any(span.has_time for span in found):
        return said
    if found and old.order == "soonest" and old.has_day:
        return None
    return old.order
