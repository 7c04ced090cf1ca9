"""A line with a scripted hosted model behind it."""

from __future__ import annotations

import asyncio
import re
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from typing import Any

from tests.scripted_openai import ScriptedOpenAI
from tests.voice.caller import Caller
from voice.models.hosted_side import Patience
from voice.models.models import Models

UNHURRIED = 1000.0
"""Seconds that no test takes, on whatever machine."""
QUICK = Patience(
    reading_seconds=UNHURRIED,
    first_word_seconds=UNHURRIED,
    reading_filler_seconds=UNHURRIED,
    filler_seconds=UNHURRIED,
    stall_seconds=UNHURRIED,
    backoff_seconds=0.01,
)
"""For models that answer or fail at once: what is late is late by the test's own doing."""


@dataclass
class Clock:
    """The running loop's clock: it goes on by itself, and leaps where a test says so."""

    loop: asyncio.AbstractEventLoop
    leapt: float = 0.0
    real: Callable[[], float] = field(init=False)

    def __post_init__(self) -> None:
        self.real = self.loop.time

    def time(self) -> float:
        """In place of the loop's own."""
        return self.real() + self.leapt

    def leap(self, seconds: float) -> None:
        """So much later it is now, and what was due meanwhile happens next."""
        self.leapt += seconds

    def after(self, seconds: float) -> asyncio.Event:
        """An event that comes after all else that is due until then, which is now."""
        event = asyncio.Event()
        self.loop.call_later(seconds, event.set)
        self.leap(seconds)
        return event


@dataclass
class Line:
    """A caller who is answered with a hosted model."""

    caller: Caller
    server: ScriptedOpenAI
    models: Models


Lines = Callable[..., Awaitable[Line]]


def last_offer(body: dict[str, Any]) -> str:
    """The first offer that the model was told of: by a tool in this turn, else as a fact."""
    told = str(body["messages"])
    found = re.findall(r'"offer_id":"(\w+)"', told) or re.findall(r"live offers: (\w+) =", told)
    return str(found[-1])
