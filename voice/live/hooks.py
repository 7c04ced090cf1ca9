"""What a live call lets its parts do."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Coroutine
from dataclasses import dataclass
from typing import Any

from voice.live.events import EndReason, Event


@dataclass(frozen=True, slots=True)
class CallHooks:
    """Tell the door, start what does not outlive the call, end it."""

    emit: Callable[[Event], None]
    spawn: Callable[[Coroutine[Any, Any, None]], asyncio.Task[None]]
    end: Callable[[EndReason], None]
