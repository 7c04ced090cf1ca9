"""What Python puts off until first use, done before the first caller would wait for it."""

from __future__ import annotations

from datetime import datetime

from agents.tracing import set_trace_provider
from agents.tracing.provider import DefaultTraceProvider

from voice.models.events import completed, created, item_done, message, text_delta, tool_call
from voice.understanding.reading import Context
from voice.understanding.understand import understand

_SAID = "Hi, could I book a haircut with Ana tomorrow at half past two? It's Rosa, 212 555 0188."


def warm_up() -> None:
    """Patterns are compiled, phrases read and the model SDK's types built.

    The SDK's first run would also open a way to its vendor for traces; it gets one without.
    """
    set_trace_provider(DefaultTraceProvider())
    understand(_SAID, Context(now=datetime.fromisoformat("2026-01-05T09:00")))
    said, asked = message("Yes.", item_id="msg_1"), tool_call("check_availability", "{}")
    created("resp_1")
    text_delta("Yes.", item_id="msg_1")
    item_done(said)
    item_done(asked)
    completed("resp_1", [said, asked])
