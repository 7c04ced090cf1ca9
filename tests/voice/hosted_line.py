"""A line whose agent has a scripted hosted model behind it."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass

from tests.scripted_openai import ScriptedOpenAI
from tests.voice.caller import Caller
from voice.models.models import Models, Patience

QUICK = Patience(first_word_seconds=3.0, hosted_first_word_seconds=3.0, backoff_seconds=0.01)


@dataclass
class Line:
    """A caller whose agent has a hosted model behind it."""

    caller: Caller
    server: ScriptedOpenAI
    models: Models


Lines = Callable[..., Awaitable[Line]]
