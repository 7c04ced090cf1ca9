"""What Python puts off until first use, done before the first caller would wait for it."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from functools import cache

from scheduling.business import Business
from support.answers import Question
from support.questions import find_answer
from voice.understanding.hearing import Hearing
from voice.understanding.read import read
from voice.understanding.tagging.meaning import closeness

_THEN = datetime.fromisoformat("2026-01-05T09:00+00:00")
_SAID = "Hi, could I book a haircut with Ana tomorrow at half past two? It's Rosa, 212 555 0188."


def warm_up(businesses: Iterable[Business] = ()) -> None:
    """Weights and word lists are read, patterns compiled, once in a process; and what each of
    these businesses wrote is read, for all questions."""
    _read_once()
    for business in businesses:
        find_answer(business, Question("is there"), now=_THEN, closeness=closeness)


@cache
def _read_once() -> None:
    read(_SAID, Hearing(now=_THEN.replace(tzinfo=None)))
