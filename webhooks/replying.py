"""From the conversation's parts to a door: nothing breaks or stalls, and all is counted."""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncGenerator
from contextlib import aclosing

import structlog

from scheduling.errors import Refusal, Superseded
from voice.turn import Part, Say, Turn
from webhooks.resources import Resources

log = structlog.stdlib.get_logger(__name__)

PATIENCE_SECONDS = 8.0
SORRY = "I'm sorry, something went wrong on my side. Could you say that again?"


async def reply_parts(
    resources: Resources, turn: Turn, *, patience: float = PATIENCE_SECONDS
) -> AsyncGenerator[Part, None]:
    """The parts of the answer; a failure or a stall becomes one spoken sentence.

    Closing this closes the answer, which is how the conversation learns that the caller went.
    """
    metrics, door = resources.metrics, turn.call.door
    answer = resources.conversation.answer(turn)
    started = time.perf_counter()
    silent = True
    outcome = "left"
    try:
        async with aclosing(answer):
            while (part := await _next(answer, patience)) is not None:
                if silent and isinstance(part, Say) and not part.filler:
                    silent = False
                    metrics.first_content.labels(door).observe(time.perf_counter() - started)
                yield part
        outcome = "superseded" if silent else "answered"
    except Superseded:
        outcome = "superseded"
    except TimeoutError:
        outcome = "late"
        log.warning("reply late", call_id=turn.call.call_id, turn=turn.number)
        if silent:
            yield Say(SORRY)
    except Refusal as refusal:
        outcome = "refused"
        log.warning("turn refused", call_id=turn.call.call_id, code=refusal.code)
        yield Say(SORRY)
    except Exception as error:
        outcome = "failed"
        log.error("reply failed", call_id=turn.call.call_id, turn=turn.number, exc_info=error)
        yield Say(SORRY)
    finally:
        metrics.turns.labels(door, outcome).inc()


async def _next(answer: AsyncGenerator[Part, None], patience: float) -> Part | None:
    """The next part, None after the last; TimeoutError when it takes longer than the patience."""
    async with asyncio.timeout(patience):
        return await anext(answer, None)
