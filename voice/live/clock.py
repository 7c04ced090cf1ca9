"""The clock of playback: what is heard is counted in audio, what is played in its seconds."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Awaitable, Callable
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Clock:
    """The ways to ask for the time; tests and rehearsals bring their own."""

    now: Callable[[], float] = time.monotonic
    """Seconds since whenever."""
    sleep: Callable[[float], Awaitable[None]] = asyncio.sleep
    deadline: Callable[[float], AbstractAsyncContextManager[object]] = asyncio.timeout
    """So many seconds for what is done within it, then TimeoutError."""
