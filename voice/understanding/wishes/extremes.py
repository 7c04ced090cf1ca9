"""The first or the last time there is: "as late as possible", "first thing", "the earliest"."""

from __future__ import annotations

from datetime import time

from voice.understanding.acts import Order
from voice.understanding.phrasebook import says
from voice.understanding.reading import When
from voice.understanding.wishes.wanted import Span, Wanted

FIRST_HOURS = (time(8), time(10))
""" "First thing", as the grammar of dates has it; who says so wants the first there is."""


def order_said(words: str) -> Order | None:
    """The first or the last there is, in a stretch that is known to be a wish about time."""
    if says("wishes", "latest", words):
        return "latest"
    if says("wishes", "bound", words):
        return None
    return "soonest" if says("wishes", "soonest", words) else None


def is_haste(when: When) -> bool:
    """Whether it tells no time but that it be soon: "as soon as possible"."""
    return when.start is not None and when.end is None and order_said(when.text) == "soonest"


def order_after(
    said: Order | None, old: Wanted, found: tuple[Span, ...], *, moved: bool
) -> Order | None:
    """The first or the last there is; it stays wanted on another day."""
    return said if said or moved or any(span.has_time for span in found) else old.order
