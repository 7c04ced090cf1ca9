"""From the conversation's parts to a door: nothing breaks or stalls, and all is counted."""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncGenerator
from contextlib import aclosing

import structlog

from scheduling.errors import Refusal, Superseded
from voice.live_reply import LiveReply
from voice.turn import Part, Say, Turn
from webhooks.resources import Resources

log = structlog.stdlib.get_logger(__name__)

PATIENCE_SECONDS = 8.0
SORRY = "I'm sorry, something went wrong on my side. Could you say that again?"


async def reply_parts(
    resources: Resources,
    turn: Turn,
    *,
    patience: float = PATIENCE_SECONDS,
    held_back: LiveReply | None = None,
) -> AsyncGenerator[Part, None]:
    """The parts of the answer; a failure or a stall becomes one spoken sentence.

    Who asks for the next part says so that the last one was heard, and who closes this that the
    caller went; unless they are held back: then the door itself says so, and closes the reply.
    """
    metrics, door, started = resources.metrics, turn.call.door, time.perf_counter()
    answer = held_back or resources.conversation.answer(turn)
    silent, outcome = True, "left"
    try:
        async with aclosing(_parts(answer, patience, told=held_back is None)) as parts:
            async for part in parts:
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


async def _parts(answer: LiveReply, patience: float, *, told: bool) -> AsyncGenerator[Part, None]:
    """The parts; TimeoutError when one takes longer than the patience. `told`: each was heard when
    the next is asked for, and the reply is closed at the end."""
    try:
        at = 0
        while (part := await _next(answer, patience)) is not None:
            yield part
            if told:
                answer.heard(at)
            at += 1
        if told:
            await answer.played()
    finally:
        if told:
            await answer.aclose()


async def _next(answer: LiveReply, patience: float) -> Part | None:
    """The next part, None after the last; TimeoutError when it takes longer than the patience."""
    async with asyncio.timeout(patience):
        return await anext(answer, None)
