"""What Python puts off until first use, done before the first caller would wait for it."""

from __future__ import annotations

from datetime import datetime
from functools import cache

from voice.understanding.hearing import Hearing
from voice.understanding.read import read

_SAID = "Hi, could I book a haircut with Ana tomorrow at half past two? It's Rosa, 212 555 0188."


@cache
def warm_up() -> None:
    """Weights and word lists are read, patterns compiled: once in a process is enough."""
    read(_SAID, Hearing(now=datetime.fromisoformat("2026-01-05T09:00")))
